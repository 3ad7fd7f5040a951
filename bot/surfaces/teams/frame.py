"""The frame of every card: its version, its language, its plain words, and its size."""

from dataclasses import dataclass, field

from pydantic_core import to_json

from bot.surfaces.teams.pieces import Json, note, words
from bot.surfaces.teams.plain import plain_words
from dialogs.views import Policy

MOST_BYTES = 20_000
"""Of JSON in a card; Teams counts UTF-16, and refuses messages well above twice this."""
LEAST_WORDS = 400
ASK_FOR_MORE = "Type text to see all of it."
CUT = "There is more than a card can hold."


@dataclass(slots=True)
class Screen:
    """What differs from one card to the next; the end of `body` goes first if all is too much."""

    body: list[Json]
    buttons: list[Json] = field(default_factory=list)
    foot: list[Json] = field(default_factory=list)


def card(screen: Screen) -> Json:
    """The whole card, with its words as plain text for clients that cannot draw it."""
    made = _made(screen.body, screen)
    said = plain_words(made)
    made["fallbackText"] = said
    if len(to_json(made)) <= MOST_BYTES:
        return made
    body = list(screen.body)
    while (room := _room_beside(made)) < LEAST_WORDS and len(body) > 2:
        # The first parts matter most; an advice that is this long is cut from its end.
        body.pop()
        made = _made([*body, words(CUT)], screen)
    return {**made, "fallbackText": _as_much_of(said, room)}


def _made(body: list[Json], screen: Screen) -> Json:
    made: Json = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "lang": "en",
        "msteams": {"width": "Full"},
        "body": [*body, *screen.foot],
    }
    if screen.buttons:
        made["actions"] = screen.buttons
    return made


def _room_beside(made: Json) -> int:
    """What is left of a card for its words."""
    return MOST_BYTES - len(to_json({**made, "fallbackText": ""})) - len(to_json(ASK_FOR_MORE)) - 2


def _as_much_of(said: str, room: int) -> str:
    """The first lines that there is room for: they matter most."""
    kept: list[str] = []
    for line in said.splitlines():
        room -= len(to_json(line))
        if room < 0:
            break
        kept.append(line)
    return "\n".join([*kept, ASK_FOR_MORE])


def policy_line(policy: Policy) -> Json:
    """Which policy is being followed, in one small line at the foot."""
    return note(f"{policy.name} ({policy.version})")


def superseded(policy: Policy) -> list[Json]:
    """Near the top, for as long as an older policy is followed."""
    return [words(policy.replaced)] if policy.replaced else []
