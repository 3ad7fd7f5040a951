"""Alters a register behind its back, and fills one quickly with entries that are well made."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Executable, insert, text

from bot.register.entries import Entry, commit
from bot.register.rows import Sealed, make_entry, row_of
from bot.register.store import Register
from bot.register.tables import entries
from tests.bot.register.drafts import BODY, SIGNER, a_draft

SQLITE = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")


async def fill(register: Register, count: int, first: int = 1) -> list[bytes]:
    """Write many entries at once, as the register would have made them."""
    rows = [entry_row(seq) for seq in range(first, first + count)]

    def write(connection: Connection) -> None:
        connection.execute(insert(entries), rows)

    await tamper(register, write)
    return [row["commitment"] for row in rows]


def entry_row(seq: int) -> dict[str, Any]:
    draft = a_draft(f"check-{seq}", body={**BODY, "reference": f"SC-{seq:08}"})
    return row_of(make_entry(Sealed(draft, None), seq, SIGNER), draft)


def forged(seq: int, **values: Any) -> dict[str, Any]:
    """A row with the commitment that suits it, by somebody who knows how but has no key."""
    row = entry_row(seq) | values
    made = Entry(
        **{name: row[name] for name in row if name not in {"reference", "body", "seal"}},
        body=json.loads(row["body"]),
    )
    return row | {"commitment": commit(made, row["salt"], row["text_digest"])}


async def tamper(register: Register, work: Any) -> None:
    """Do what only somebody with rights over the database can: go past the triggers."""

    def steps(connection: Connection) -> None:
        undo = _without_triggers(connection)
        if callable(work):
            work(connection)
        else:
            connection.execute(work if isinstance(work, Executable) else text(work))
        for statement in undo:
            connection.execute(text(statement))

    await register.database.write(lambda connection: connection.run_sync(steps), deadline=60.0)


def _without_triggers(connection: Connection) -> Sequence[str]:
    """Take the triggers away, and say how to put them back."""
    if connection.dialect.name == "postgresql":
        tables = ("entries", "checkpoints", "erasures")
        for table in tables:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        return [f"ALTER TABLE {table} ENABLE TRIGGER ALL" for table in tables]
    triggers = connection.execute(SQLITE).all()
    for name, _ in triggers:
        connection.execute(text(f"DROP TRIGGER {name}"))
    return [statement for _, statement in triggers]
