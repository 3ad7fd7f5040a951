"""Alters a register in every way there is, by dice, and looks whether verifying names the row."""

import asyncio
import copy
import json
import random
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.register.canonical import canonical
from bot.register.evidence import Evidence
from bot.register.forgetting import forget_history
from bot.register.receipt_check import NotProved, Unreadable, check
from bot.register.receipts import receipt_of
from bot.register.store import Register
from bot.register.verification import Report, Verification
from tests.bot.register.drafts import KEYRING, SIGNER
from tests.bot.register.tampering import fill, forged

SIZE, EVERY = 120, 20
STRETCH = re.compile(r"Entries (\d+) to (\d+) ")
TEXTS = ("kind", "check", "at", "body", "reference", "text_digest", "key")
BYTES = ("salt", "commitment", "seal")


@dataclass
class Tried:
    """How often each way was tried, and in which it was not found or the row was not named."""

    trials: Counter[str] = field(default_factory=Counter)
    unseen: Counter[str] = field(default_factory=Counter)
    unnamed: Counter[str] = field(default_factory=Counter)
    blamed: int = 0
    """Honest readings that found a fault."""

    @property
    def well(self) -> bool:
        """Whether every alteration was found with its row, and honesty never blamed."""
        return not (self.unseen.total() or self.unnamed.total() or self.blamed)

    def lines(self) -> Iterator[str]:
        """The numbers, way by way."""
        for way, count in sorted(self.trials.items()):
            yield (
                f"{way}: not found {self.unseen[way]} of {count:,}, "
                f"row not named {self.unnamed[way]} of {count:,}"
            )


class Tamperer:
    """A register to alter, a copy for each trial."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        """Make nothing yet."""
        self.folder = folder
        self.dice = dice
        self.tried = Tried()
        self.kept = Evidence()
        self.receipts: list[dict[str, Any]] = []

    async def prepare(self) -> None:
        """Fill a register, with a checkpoint now and then; keep checkpoints and receipts."""
        register = await self._open("whole")
        heads = []
        for first in range(1, SIZE + 1, EVERY):
            await fill(register, EVERY, first)
            heads.append(await register.heads.write())
        self.kept = Evidence(tuple(head for head in heads if head))
        for seq in (1, SIZE // 2, SIZE):
            entry = await register.entry(seq)
            assert entry is not None
            values = (await receipt_of(register.heads, entry)).values()
            self.receipts.append(json.loads(json.dumps(values)))
        await forget_history(register.database)
        await register.close()

    async def trial(self) -> None:
        """Alter a copy in one way, and read it again; and read one that nobody altered."""
        way = self.dice.choice(list(WAYS))
        await asyncio.to_thread(self._copy)
        with closing(sqlite3.connect(self.folder / "trial.db")) as database:
            row = WAYS[way](database, self.dice)
            database.commit()
        register = await self._open("trial")
        if way == "put back and grown again":
            await fill(register, SIZE - row + 1, row)
            await register.heads.write()
        needs = way in {"put back", "put back and grown again"}
        report = await _verified(register, self.kept if needs else Evidence())
        await register.close()
        self.tried.trials[way] += 1
        self.tried.unseen[way] += report.sound
        self.tried.unnamed[way] += not (report.sound or _names(report, row))

    async def honest(self) -> None:
        """Read a register that nobody altered."""
        register = await self._open("whole")
        self.tried.blamed += not (await _verified(register, self.kept)).sound
        await register.close()

    def receipt(self) -> None:
        """Alter one value of a receipt, and check it."""
        way = "a receipt"
        receipt = copy.deepcopy(self.dice.choice(self.receipts))
        _alter_one(receipt, self.dice)
        self.tried.trials[way] += 1
        try:
            check(receipt, SIGNER.public_key)
        except (NotProved, Unreadable):
            return
        self.tried.unseen[way] += 1

    def _copy(self) -> None:
        for file in self.folder.glob("trial.db*"):
            file.unlink()
        shutil.copy(self.folder / "whole.db", self.folder / "trial.db")

    async def _open(self, name: str) -> Register:
        folder = f"sqlite:///{self.folder}"
        return await Register.open(f"{folder}/{name}.db", f"{folder}/keys.db", KEYRING, SIGNER)


async def _verified(register: Register, kept: Evidence) -> Report:
    return await Verification(register.database, register.keystore, SIGNER, kept).run()


def _names(report: Report, row: int) -> bool:
    """Whether the first fault is with this row, or with a stretch that it is in; 0 for no row."""
    fault = report.faults[0]
    stretch = STRETCH.match(fault.what)
    if stretch:
        return int(stretch[1]) <= row <= int(stretch[2])
    return fault.row == (row or None)


def _alter_one(receipt: dict[str, Any], dice: random.Random) -> None:
    """Change one value, wherever it is."""
    places = list(_places(receipt))
    *way, last = dice.choice(places)
    holder: Any = receipt
    for step in way:
        holder = holder[step]
    value = holder[last]
    if isinstance(value, str) and value:
        at = dice.randrange(len(value))
        other = dice.choice([c for c in "0123456789abcdef" if c != value[at]])
        holder[last] = value[:at] + other + value[at + 1 :]
    else:
        others: list[Any] = [1, "x", None, [], {}]
        holder[last] = dice.choice([other for other in others if other != value])


def _places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        if isinstance(inner, dict | list) and inner:
            yield from _places(inner, (*way, key))
        else:
            yield (*way, key)


def _edit(database: sqlite3.Connection, dice: random.Random) -> int:
    row, column = dice.randint(1, SIZE), dice.choice([*TEXTS, *BYTES, "revision"])
    value: object = dice.randint(2, 9)
    if column in TEXTS:
        value = f"other-{dice.random()}"
    elif column in BYTES:
        value = dice.randbytes(32)
    database.execute(f'UPDATE entries SET "{column}" = ? WHERE seq = ?', (value, row))  # noqa: S608
    return row


def _delete(database: sqlite3.Connection, dice: random.Random) -> int:
    row = dice.randint(1, SIZE)
    database.execute("DELETE FROM entries WHERE seq = ?", (row,))
    return row


def _delete_and_close(database: sqlite3.Connection, dice: random.Random) -> int:
    row = _delete(database, dice)
    _shift(database, row + 1, -1)
    return row


def _slip_in(database: sqlite3.Connection, dice: random.Random) -> int:
    row = dice.randint(1, SIZE)
    _shift(database, row, 1)
    _insert(database, forged(row, check="slipped in", seal=dice.randbytes(32)))
    return row


def _add(database: sqlite3.Connection, dice: random.Random) -> int:
    _insert(database, forged(SIZE + 1, seal=dice.choice([None, dice.randbytes(32)])))
    return SIZE + 1


def _swap(database: sqlite3.Connection, dice: random.Random) -> int:
    one, other = sorted(dice.sample(range(1, SIZE + 1), 2))
    for seq, there in ((one, 9 * SIZE), (other, one), (9 * SIZE, other)):
        database.execute("UPDATE entries SET seq = ? WHERE seq = ?", (there, seq))
    return one


def _copy_row(database: sqlite3.Connection, dice: random.Random) -> int:
    row = dice.randint(1, SIZE)
    names = [name for _, name, *_ in database.execute("PRAGMA table_info(entries)")]
    columns = ", ".join(f'"{name}"' for name in names)
    values = columns.replace('"seq"', str(SIZE + 1)).replace('"check"', "'a copy'")
    database.execute(
        f"INSERT INTO entries ({columns}) SELECT {values} FROM entries WHERE seq = ?",  # noqa: S608
        (row,),
    )
    return SIZE + 1


def _truncate(database: sqlite3.Connection, dice: random.Random) -> int:
    row = dice.randint(2, SIZE)
    database.execute("DELETE FROM entries WHERE seq >= ?", (row,))
    return row


def _empty(database: sqlite3.Connection, dice: random.Random) -> int:
    database.execute("DELETE FROM entries")
    return 1


def _recompute(database: sqlite3.Connection, dice: random.Random) -> int:
    row = dice.randint(1, SIZE)
    body = {"reference": f"SC-{row:08}", "verdict": "must_share"}
    fake = forged(row, body=canonical(body).decode())
    database.execute("DELETE FROM entries WHERE seq = ?", (row,))
    _insert(database, fake | {"seal": dice.randbytes(32)})
    return row


def _recompute_all(database: sqlite3.Connection, dice: random.Random) -> int:
    """Without a seal or a checkpoint anywhere: nothing shows any more which one it was."""
    _recompute(database, dice)
    database.execute("UPDATE entries SET seal = NULL")
    database.execute("DELETE FROM checkpoints")
    return 1


def _put_back(database: sqlite3.Connection, dice: random.Random) -> int:
    row = dice.randint(1, SIZE)
    database.execute("DELETE FROM entries WHERE seq >= ?", (row,))
    database.execute("DELETE FROM checkpoints WHERE size >= ?", (row,))
    return row


def _forge_checkpoint(database: sqlite3.Connection, dice: random.Random) -> int:
    size = dice.randrange(EVERY, SIZE + 1, EVERY)
    column = dice.choice(("root", "signature"))
    length = 32 if column == "root" else 64
    database.execute(
        f"UPDATE checkpoints SET {column} = ? WHERE size = ?",  # noqa: S608
        (dice.randbytes(length), size),
    )
    return 0


def _shift(database: sqlite3.Connection, first: int, by: int) -> None:
    order = "DESC" if by > 0 else "ASC"
    rows = database.execute(
        f"SELECT seq FROM entries WHERE seq >= ? ORDER BY seq {order}",  # noqa: S608
        (first,),
    ).fetchall()
    for (seq,) in rows:
        database.execute("UPDATE entries SET seq = ? WHERE seq = ?", (seq + by, seq))


def _insert(database: sqlite3.Connection, row: dict[str, Any]) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    values = [value.isoformat() if name == "at" else value for name, value in row.items()]
    database.execute(f"INSERT INTO entries ({columns}) VALUES ({marks})", values)  # noqa: S608


def _without_triggers(
    way: Callable[[sqlite3.Connection, random.Random], int],
) -> Callable[[sqlite3.Connection, random.Random], int]:
    def work(database: sqlite3.Connection, dice: random.Random) -> int:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = database.execute(query).fetchall()
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        row = way(database, dice)
        for _, statement in triggers:
            database.execute(statement)
        return row

    return work


WAYS = {
    name: _without_triggers(way)
    for name, way in {
        "an edit of a column": _edit,
        "a deletion": _delete,
        "a deletion with the gap closed": _delete_and_close,
        "an insertion": _slip_in,
        "an addition": _add,
        "a swap": _swap,
        "a copy": _copy_row,
        "a truncation": _truncate,
        "an emptying": _empty,
        "recomputed hashes": _recompute,
        "recomputed hashes, no seal or checkpoint left": _recompute_all,
        "put back": _put_back,
        "put back and grown again": _put_back,
        "a forged checkpoint": _forge_checkpoint,
    }.items()
}
"""Each alters the database and gives the row that has to be named, 0 where there is none."""
