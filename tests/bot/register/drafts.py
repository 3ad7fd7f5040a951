"""Made-up drafts and posts for tests of the register and the outbox."""

from collections.abc import Mapping
from datetime import date

from bot.keys import Keyring
from bot.register.canonical import Json
from bot.register.entries import Draft, Kind
from bot.register.erasures import Erasure
from bot.register.posts import Post
from bot.register.signing import Signer

TODAY = date(2026, 3, 2)
KEYRING = Keyring((b"k" * 32,))
SIGNER = Signer((b"s" * 32,))
BODY: Mapping[str, Json] = {
    "pack": "england-2024",
    "version": "2024-05-01",
    "digest": "d" * 64,
    "path": [{"question": "danger", "answer": "no"}],
    "verdict": "share",
    "outcome": "may_share",
    "reference": "CLEAR-RIVER-12",
}


def a_draft(
    check: str = "check-1",
    *,
    kind: Kind = "advice",
    revision: int = 1,
    at: date = TODAY,
    body: Mapping[str, Json] = BODY,
    text: str | None = None,
    posts: tuple[Post, ...] = (),
) -> Draft:
    return Draft(kind, check, revision, at, body, text, posts)


def an_erasure(key: str) -> Erasure:
    return Erasure.signed(SIGNER, key, TODAY, "a test")


def a_post(
    name: str,
    *,
    surface: str = "slack",
    channel: str | None = "C1",
    recipient: str | None = None,
    owner: str | None = None,
    edits: str | None = None,
    check: str = "check-1",
) -> Post:
    return Post(
        check=check,
        purpose="summary",
        surface=surface,
        tenant="T1",
        channel=channel,
        body={"name": name},
        at=TODAY,
        recipient=recipient,
        owner=owner,
        edits=edits,
    )
