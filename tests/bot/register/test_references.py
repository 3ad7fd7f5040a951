"""Where people are reached: the newest that was seen, sealed, under names that need our key."""

import asyncio
from datetime import date

from sqlalchemy import text

from bot.keys import Keyring
from bot.register.references import References
from bot.register.store import Register
from tests.bot.register.drafts import KEYRING

TODAY = date(2026, 11, 25)
NAMES = ("a" * 32,)


async def test_the_newest_value_stands(register: Register) -> None:
    references = References(register.database, KEYRING)

    await references.keep(NAMES, b"first", TODAY)
    await references.keep(NAMES, b"second", TODAY)

    assert await references.find(NAMES) == b"second"


async def test_what_was_forgotten_is_gone(register: Register) -> None:
    references = References(register.database, KEYRING)
    await references.keep(NAMES, b"first", TODAY)

    await references.forget(NAMES)

    assert await references.find(NAMES) is None


async def test_many_at_once_leave_one(register: Register) -> None:
    references = References(register.database, KEYRING)

    await asyncio.gather(*(references.keep(NAMES, b"%d" % n, TODAY) for n in range(8)))

    assert await references.find(NAMES) in {b"%d" % n for n in range(8)}


async def test_a_value_kept_under_an_older_key_moves_to_the_newest(register: Register) -> None:
    references = References(register.database, KEYRING)
    await references.keep(("old" * 8,), b"first", TODAY)
    assert await references.find(("new" * 8, "old" * 8)) == b"first"

    await references.keep(("new" * 8, "old" * 8), b"second", TODAY)

    assert await references.find(("old" * 8,)) is None
    assert await references.find(("new" * 8,)) == b"second"


async def test_a_value_that_no_key_opens_is_as_good_as_none(register: Register) -> None:
    await References(register.database, KEYRING).keep(NAMES, b"first", TODAY)

    assert await References(register.database, Keyring((b"x" * 32,))).find(NAMES) is None


async def test_the_table_shows_no_value(register: Register) -> None:
    await References(register.database, KEYRING).keep(NAMES, b"a-conversation", TODAY)

    async with register.database.engine.connect() as connection:
        rows = (await connection.execute(text('SELECT * FROM "references"'))).all()

    assert b"a-conversation" not in repr(rows).encode()
