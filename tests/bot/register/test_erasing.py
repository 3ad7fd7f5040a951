"""Erasing: what is due goes, what is held stays, and what is gone is said and cannot come back."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.register.database import RegisterUnavailable
from bot.register.entries import Entry, Erased
from bot.register.erasing import EVERYTHING, DaysOf, Erasing
from bot.register.evidence import Evidence
from bot.register.store import Register
from bot.register.tables import entry_keys, sealed_texts
from bot.register.verification import Verification
from tests.bot.register.conftest import Addresses
from tests.bot.register.drafts import KEYRING, SIGNER, TODAY, a_draft
from tests.bot.register.test_verification import verify

LATER = TODAY + timedelta(days=400)
WORDS = "Because of the bruises."


def days(**of: int | None) -> DaysOf:
    async def days_of(workspace: str | None) -> int | None:
        return of.get((workspace or "none").replace(":", "_"))

    return days_of


async def write(
    register: Register, check: str, workspace: str | None = None, at: date = TODAY
) -> Entry:
    draft = a_draft(check, text=WORDS, at=at)
    object.__setattr__(draft, "workspace", workspace)
    return (await register.append(draft)).entry


async def test_each_workspace_keeps_texts_for_its_own_time(register: Register) -> None:
    await write(register, "short", "slack:T1")
    await write(register, "long", "slack:T2")
    await write(register, "for good", "slack:T3")
    await write(register, "nobody's")
    await write(register, "young", "slack:T1", at=LATER)

    due = await register.erasing.due(LATER, days(slack_T1=30, slack_T2=365, none=400))

    assert {policy: [text.check for text in texts] for policy, texts in due.items()} == {
        "retention of 30 days": ["short"],
        "retention of 365 days": ["long"],
        "retention of 400 days": ["nobody's"],
    }


async def test_an_erased_text_is_gone_and_says_so(register: Register) -> None:
    entry, other = await write(register, "one"), await write(register, "other")
    await register.heads.write()

    erased, held = await register.erasing.erase(
        await register.erasing.of("one"), "retention of 30 days", LATER
    )

    assert ([text.seq for text in erased], held) == ([entry.seq], [])
    words = await register.text(entry)
    assert words == Erased(LATER, "retention of 30 days")
    assert str(words) == "erased on 6 April 2027, under retention of 30 days"
    assert await register.text(other) == WORDS
    report = await verify(register)
    assert (report.faults, report.erased) == ([], 1)


async def test_a_legal_hold_keeps_a_text(register: Register) -> None:
    entry = await write(register, "held")
    await register.erasing.hold("held", TODAY)

    erased, held = await register.erasing.erase(
        await register.erasing.of("held"), "a request", TODAY
    )

    assert (erased, [text.check for text in held]) == ([], ["held"])
    assert await register.text(entry) == WORDS
    assert await register.erasing.release("held", LATER)
    assert not await register.erasing.release("held", LATER)
    erased, held = await register.erasing.erase(
        await register.erasing.of("held"), "a request", TODAY
    )
    assert ([text.check for text in erased], held) == (["held"], [])
    [hold] = await register.erasing.holds()
    assert (hold.since, hold.until) == (TODAY, LATER)


async def test_everything_can_be_held_at_once(register: Register) -> None:
    await write(register, "one")
    await register.erasing.hold(EVERYTHING, TODAY)

    [text] = (await register.erasing.due(LATER, days(none=1)))["retention of 1 days"]

    assert text.held
    assert (await register.erasing.erase([text], "x", LATER))[0] == []


async def test_an_interrupted_erasure_is_finished_the_next_time(register: Register) -> None:
    entry = await write(register, "one")
    [text] = await register.erasing.of("one")

    class Stopped(Exception):
        pass

    class Interrupted(Erasing):
        """Dies after the key store, before the register."""

    erasing = Interrupted(register.database, register.keystore, SIGNER)
    with pytest.raises(Stopped), _stops(register, Stopped):
        await erasing.erase([text], "the first policy", TODAY)
    assert await register.text(entry) == Erased(TODAY, "the first policy")
    assert (await verify(register)).sound

    [left] = await register.erasing.of("one")
    await register.erasing.erase([left], "another policy", LATER)

    assert await register.erasing.of("one") == []
    assert await register.text(entry) == Erased(TODAY, "the first policy")
    assert (await verify(register)).sound


@contextmanager
def _stops(register: Register, error: type[Exception]) -> Iterator[None]:
    """The process dies when it turns to the register."""
    database = register.database
    write = database.write_in_one_go

    async def stopped(*_: object, **__: object) -> None:
        raise error

    database.write_in_one_go = stopped  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        database.write_in_one_go = write  # type: ignore[method-assign]


async def test_a_restored_backup_cannot_read_what_was_shredded(
    files: Addresses, tmp_path: Path
) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER)
    entry = await write(register, "one")
    other = await write(register, "other")
    await register.close()
    _copy(tmp_path, tmp_path / "backup")

    register = await Register.open(files.register, files.keys, KEYRING, SIGNER)
    await register.erasing.erase(await register.erasing.of("one"), "a request", LATER)
    await register.close()
    _copy(tmp_path / "backup", tmp_path)

    register = await Register.open(files.register, files.keys, KEYRING, SIGNER)
    assert len(await register.erasing.of("one")) == 1
    # The sealed text is back, and nobody can open it; the key store knows why.
    assert await register.text(entry) == Erased(LATER, "a request")
    assert await register.text(other) == WORDS
    assert (
        await Verification(register.database, register.keystore, SIGNER, Evidence()).run()
    ).faults == []
    await register.close()


def _copy(source: Path, target: Path) -> None:
    """The register alone, as its backup holds it: the key store is kept apart."""
    target.mkdir(exist_ok=True)
    for file in target.glob("register.db*"):
        file.unlink()
    for file in source.glob("register.db*"):
        shutil.copy(file, target / file.name)


async def test_an_erased_text_leaves_no_bytes_in_the_files(
    files: Addresses, tmp_path: Path
) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER)
    for number in range(20):
        await write(register, f"check-{number}")
    sealed = await register.database.read(
        lambda c: c.run_sync(lambda s: s.scalars(select(sealed_texts.c.sealed)).all())
    )
    wrapped = await register.keystore.database.read(
        lambda c: c.run_sync(lambda s: s.scalars(select(entry_keys.c.wrapped)).all())
    )
    before = _bytes(tmp_path)
    assert all(value in before for value in (*sealed, *wrapped))

    due = await register.erasing.due(LATER, days(none=1))
    await register.erasing.erase(due["retention of 1 days"], "a request", LATER)

    after = _bytes(tmp_path)
    assert not any(value in after for value in (*sealed, *wrapped))
    await register.close()


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("*.db*"))


async def test_a_key_store_that_does_not_answer_leaves_all_as_it_was(files: Addresses) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER, deadline=0.3)
    entry = await write(register, "one")
    texts = await register.erasing.of("one")

    with sqlite3.connect(files.keys.removeprefix("sqlite:///"), isolation_level=None) as lock:
        lock.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegisterUnavailable):
            await register.erasing.erase(texts, "a request", TODAY)
        lock.execute("ROLLBACK")
    lock.close()

    assert await register.erasing.of("one") == texts
    assert await register.text(entry) == WORDS
    await register.close()
