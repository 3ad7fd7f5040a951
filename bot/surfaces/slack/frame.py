"""The frame of every modal: its title, what it carries, and its way on."""

from dataclasses import dataclass

from bot.surfaces.slack.blocks import Json, note, plain, words
from dialogs.views import Policy

TITLE = "Share check"
TITLE_LENGTH = 24
"""Characters of a modal's title (Slack)."""
CLOSE = "Close"
CAN_BE_LEFT = ("question", "check_answers")
"""Screens whose closing Slack tells of, so that whoever closes one hears what becomes of it."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What differs from one modal to the next."""

    name: str
    blocks: list[Json]
    submit: str | None = None
    title: str = TITLE


def modal(screen: Screen, metadata: str) -> Json:
    """A modal; it carries ids only, never an answer."""
    shown: Json = {
        "type": "modal",
        "callback_id": screen.name,
        "private_metadata": metadata,
        "title": plain(screen.title[:TITLE_LENGTH]),
        "close": plain(CLOSE),
        "blocks": screen.blocks,
    }
    if screen.submit:
        shown["submit"] = plain(screen.submit)
    if screen.name in CAN_BE_LEFT:
        shown["notify_on_close"] = True
    return shown


def policy_line(policy: Policy) -> Json:
    """Which policy is being followed, in one small line at the foot."""
    return note(f"{policy.name} ({policy.version})")


def superseded(policy: Policy) -> list[Json]:
    """Near the top, for as long as an older policy is followed."""
    return [words(policy.replaced)] if policy.replaced else []
