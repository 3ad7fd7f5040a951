"""Entries as rows: reading them, and writing a group of them in one transaction."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Executable, func, insert, select, tuple_

from bot.register.database import RegisterUnavailable
from bot.register.entries import SALT_BYTES, Appended, Draft, Entry, commit
from bot.register.keystore import SealedText
from bot.register.signing import Signer
from bot.register.tables import entries, sealed_texts

Identity = tuple[str, str, int]
LAST = select(func.max(entries.c.seq))
KINDS: Mapping[str, type] = {
    **dict.fromkeys(("kind", "check"), str),
    **dict.fromkeys(("seq", "revision"), int),
    **dict.fromkeys(("salt", "commitment"), bytes),
    "at": date,
    "body": dict,
}
"""What the columns hold; whoever forges a row in SQLite may put anything there."""
IDENTITY = (entries.c.check, entries.c.kind, entries.c.revision)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A draft and its free text, sealed, if it has one."""

    draft: Draft
    text: SealedText | None


def read_entries(connection: Connection, query: Executable) -> tuple[Entry, ...]:
    """Run a query over whole rows of the entries."""
    try:
        return tuple(_entry(row) for row in connection.execute(query).mappings())
    except (TypeError, ValueError):
        # The cause would quote the row.
        why = "A row of the register is damaged: see share-check register verify."
        raise RegisterUnavailable(why) from None


def standing(connection: Connection, drafts: Sequence[Draft]) -> Mapping[Identity, Entry]:
    """Find what stands already under the identities of these drafts."""
    wanted = [draft.identity for draft in drafts]
    query = select(entries).where(tuple_(*IDENTITY).in_(wanted))
    return {entry.identity: entry for entry in read_entries(connection, query)}


def last_place(connection: Connection) -> int:
    """The place of the last entry; 0 in an empty register."""
    return connection.scalar(LAST) or 0


def insert_entries(
    connection: Connection,
    group: Sequence[Sealed],
    signer: Signer,
    *,
    last: int,
    found: Mapping[Identity, Entry],
) -> Mapping[Identity, Appended]:
    """Write those that are not found to stand already, behind the last entry."""
    new = [sealed for sealed in group if sealed.draft.identity not in found]
    made = [make_entry(sealed, seq, signer) for seq, sealed in enumerate(new, start=last + 1)]
    _insert(connection, made, new)
    return {
        **{entry.identity: Appended(entry, new=False) for entry in found.values()},
        **{entry.identity: Appended(entry, new=True) for entry in made},
    }


def _insert(connection: Connection, made: Sequence[Entry], new: Sequence[Sealed]) -> None:
    rows = [
        {"key": text.key_id, "sealed": text.sealed, "workspace": draft.workspace}
        for draft, text in ((item.draft, item.text) for item in new)
        if text is not None
    ]
    if rows:
        connection.execute(insert(sealed_texts), rows)
    if made:
        connection.execute(
            insert(entries),
            [row_of(entry, item.draft) for entry, item in zip(made, new, strict=True)],
        )


def make_entry(sealed: Sealed, seq: int, signer: Signer) -> Entry:
    """The entry that a draft becomes at its place."""
    draft, text = sealed.draft, sealed.text
    salt = secrets.token_bytes(SALT_BYTES)
    digest = text.digest if text else None
    commitment = commit(draft, salt, digest, draft.spelling)
    return Entry(
        seq=seq,
        kind=draft.kind,
        check=draft.check,
        revision=draft.revision,
        at=draft.at,
        body=json.loads(draft.spelling),
        salt=salt,
        commitment=commitment,
        text_digest=digest,
        key=text.key_id if text else None,
        seal=signer.seal(seq, commitment),
    )


def row_of(entry: Entry, draft: Draft) -> dict[str, object]:
    """An entry as a row, spelt as its draft."""
    reference = entry.body.get("reference")
    return {
        "seq": entry.seq,
        "kind": entry.kind,
        "check": entry.check,
        "revision": entry.revision,
        "at": entry.at,
        "body": draft.spelling.decode(),
        "reference": reference if isinstance(reference, str) else None,
        "salt": entry.salt,
        "commitment": entry.commitment,
        "text_digest": entry.text_digest,
        "key": entry.key,
        "seal": entry.seal,
    }


def _entry(row: Mapping[Any, Any]) -> Entry:
    values = dict(row) | {"body": json.loads(row["body"])}
    values.pop("reference")
    if not all(isinstance(values[name], kind) for name, kind in KINDS.items()):
        raise TypeError
    return Entry(**values)
