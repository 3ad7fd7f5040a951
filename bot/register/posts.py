"""What must be posted somewhere, as it is written beside the entry that asks for it."""

import secrets
import time
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
    """One message to post: closed values for a sender to put into words, and where to.

    `recipient` is whom a direct message is for; `owner` whom to tell if a post to a channel does
    not go out. Both are sealed, and erased once the message is out. Before `due` it is not sent.
    """

    check: str
    purpose: str
    surface: str
    tenant: str
    channel: str | None
    body: Mapping[str, Json]
    at: date
    recipient: str | None = field(default=None, repr=False)
    owner: str | None = field(default=None, repr=False)
    edits: str | None = None
    due: float = 0.0
    id: str = field(default_factory=_new_id)

    def __post_init__(self) -> None:
        """Refuse at once what could not be written later."""
        canonical(self.body)


def recipient_name(row_id: str) -> str:
    """Name under which the recipient of a row is sealed."""
    return f"outbox-recipient:{row_id}"


def owner_name(row_id: str) -> str:
    """Name under which the owner of a row is sealed."""
    return f"outbox-owner:{row_id}"


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
        "recipient": _sealed(keyring, post.recipient, recipient_name(post.id)),
        "owner": _sealed(keyring, post.owner, owner_name(post.id)),
        "body": canonical(post.body).decode(),
        "state": "waiting",
        "attempts": 0,
        "next_at": post.due,
        "edits": post.edits,
        "at": post.at,
        "since": max(time.time(), post.due),
    }


def _sealed(keyring: Keyring, plain: str | None, name: str) -> bytes | None:
    return None if plain is None else keyring.seal(plain.encode(), name)
