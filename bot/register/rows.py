"""Entries as rows: reading them, and writing a group of them in one transaction."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Executable, func, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.register.canonical import canonical
from bot.register.entries import SALT_BYTES, Appended, Draft, Entry, commit
from bot.register.keystore import SealedText
from bot.register.signing import Signer
from bot.register.tables import entries, sealed_texts

Identity = tuple[str, str, int]
IDENTITY = (entries.c.check, entries.c.kind, entries.c.revision)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A draft and its free text, sealed, if it has one."""

    draft: Draft
    text: SealedText | None


async def read_entries(connection: AsyncConnection, query: Executable) -> tuple[Entry, ...]:
    """Run a query over whole rows of the entries."""
    return tuple(_entry(row) for row in (await connection.execute(query)).mappings())


async def standing(
    connection: AsyncConnection, drafts: Sequence[Draft]
) -> Mapping[Identity, Entry]:
    """Find what stands already under the identities of these drafts."""
    wanted = [draft.identity for draft in drafts]
    query = select(entries).where(tuple_(*IDENTITY).in_(wanted))
    return {entry.identity: entry for entry in await read_entries(connection, query)}


async def insert_entries(
    connection: AsyncConnection, group: Sequence[Sealed], signer: Signer | None
) -> Mapping[Identity, Appended]:
    """Write those that are new behind the last entry; the caller holds the register's lock."""
    if not group:
        return {}
    found = await standing(connection, [sealed.draft for sealed in group])
    new = [sealed for sealed in group if sealed.draft.identity not in found]
    last = await connection.scalar(select(func.max(entries.c.seq))) or 0
    made = [_made(sealed, seq, signer) for seq, sealed in enumerate(new, start=last + 1)]
    await _insert(connection, made, new)
    return {
        **{entry.identity: Appended(entry, new=False) for entry in found.values()},
        **{entry.identity: Appended(entry, new=True) for entry in made},
    }


async def _insert(
    connection: AsyncConnection, made: Sequence[Entry], new: Sequence[Sealed]
) -> None:
    rows = [
        {"key": text.key_id, "sealed": text.sealed, "workspace": draft.workspace}
        for draft, text in ((item.draft, item.text) for item in new)
        if text is not None
    ]
    if rows:
        await connection.execute(insert(sealed_texts), rows)
    if made:
        await connection.execute(insert(entries), [_row(entry) for entry in made])


def _made(sealed: Sealed, seq: int, signer: Signer | None) -> Entry:
    draft, text = sealed.draft, sealed.text
    entry = Entry(
        seq=seq,
        kind=draft.kind,
        check=draft.check,
        revision=draft.revision,
        at=draft.at,
        body=json.loads(canonical(draft.body)),
        salt=secrets.token_bytes(SALT_BYTES),
        commitment=b"",
        text_digest=text.digest if text else None,
        key=text.key_id if text else None,
    )
    commitment = commit(entry, entry.salt, entry.text_digest)
    return replace(
        entry, commitment=commitment, seal=signer.seal(seq, commitment) if signer else None
    )


def _row(entry: Entry) -> dict[str, object]:
    reference = entry.body.get("reference")
    return {
        "seq": entry.seq,
        "kind": entry.kind,
        "check": entry.check,
        "revision": entry.revision,
        "at": entry.at,
        "body": canonical(entry.body).decode(),
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
    return Entry(**values)
