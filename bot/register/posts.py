"""What must be posted somewhere, as it is written beside the entry that asks for it."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, insert, select

from bot.keys import Keyring
from bot.register.canonical import Json, canonical
from bot.register.tables import outbox


def _new_id() -> str:
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Post:
    """One message to post: closed values for a sender to put into words, and where to."""

    check: str
    purpose: str
    surface: str
    tenant: str
    channel: str | None
    body: Mapping[str, Json]
    at: date
    recipient: str | None = field(default=None, repr=False)
    edits: str | None = None
    id: str = field(default_factory=_new_id)

    def __post_init__(self) -> None:
        """Refuse at once what could not be written later."""
        canonical(self.body)


def recipient_name(row_id: str) -> str:
    """Name under which the recipient of a row is sealed."""
    return f"outbox-recipient:{row_id}"


def insert_posts(connection: Connection, keyring: Keyring, posts: Iterable[Post]) -> bool:
    """Add the rows that are not there yet and say whether there were any."""
    offered = {post.id: post for post in posts}
    if not offered:
        return False
    query = select(outbox.c.id).where(outbox.c.id.in_(offered))
    known = set(connection.scalars(query))
    rows = [_row(post, keyring) for post in offered.values() if post.id not in known]
    if rows:
        connection.execute(insert(outbox), rows)
    return bool(rows)


def _row(post: Post, keyring: Keyring) -> dict[str, object]:
    return {
        "id": post.id,
        "check": post.check,
        "purpose": post.purpose,
        "surface": post.surface,
        "tenant": post.tenant,
        "channel": post.channel,
        "recipient": _sealed(post, keyring),
        "body": canonical(post.body).decode(),
        "state": "waiting",
        "attempts": 0,
        "next_at": 0.0,
        "edits": post.edits,
        "at": post.at,
    }


def _sealed(post: Post, keyring: Keyring) -> bytes | None:
    if post.recipient is None:
        return None
    return keyring.seal(post.recipient.encode(), recipient_name(post.id))
