"""The register's contract: what is appended stands, once, in order, and can be read."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.keys import Keyring, Unopenable
from bot.register.database import Refused, RegisterUnavailable, WrongDatabaseUrl
from bot.register.entries import AlreadyRecorded, Erased
from bot.register.store import Register
from tests.bot.register.conftest import Addresses
from tests.bot.register.drafts import BODY, KEYRING, SIGNER, TODAY, a_draft, an_erasure

# Values of the first entry, for rows that somebody would like to slip in.
REST = "at, body, reference, salt, commitment, text_digest, key, seal FROM entries WHERE seq = 1"


async def test_an_entry_is_read_as_appended(register: Register) -> None:
    appended = await register.append(a_draft(text="Because of the bruises."))

    (found,) = await register.find("check-1")
    assert appended.new
    assert found == appended.entry
    assert (found.seq, found.kind, found.revision, found.at) == (1, "advice", 1, TODAY)
    assert found.body == BODY
    assert found.verifies()
    assert await register.text(found) == "Because of the bruises."


async def test_the_same_draft_again_writes_nothing(register: Register) -> None:
    first = await register.append(a_draft(text="Because."))

    again = await register.append(a_draft(text="Because."))

    assert not again.new
    assert again.entry == first.entry
    assert await register.latest(9) == (first.entry,)


async def test_one_draft_from_many_callers_stands_once(register: Register) -> None:
    results = await asyncio.gather(*(register.append(a_draft(text="x")) for _ in range(40)))

    assert sum(result.new for result in results) == 1
    assert {result.entry.seq for result in results} == {1}


@pytest.mark.parametrize(
    "other",
    [
        a_draft(body={**BODY, "verdict": "do_not_share"}, text="Because."),
        a_draft(text="Because of something else."),
        a_draft(text=None),
    ],
    ids=["body", "text", "no text"],
)
async def test_another_draft_under_one_identity_is_refused(
    register: Register, other: object
) -> None:
    first = await register.append(a_draft(text="Because."))

    with pytest.raises(AlreadyRecorded) as caught:
        await register.append(other)  # type: ignore[arg-type]

    assert caught.value.entry == first.entry
    assert await register.latest(9) == (first.entry,)


async def test_revisions_and_kinds_stand_beside_each_other(register: Register) -> None:
    await register.append(a_draft())
    await register.append(a_draft(revision=2))
    await register.append(a_draft(kind="decision"))
    await register.append(a_draft("check-2"))

    found = await register.find("check-1")

    assert [(entry.seq, entry.kind, entry.revision) for entry in found] == [
        (1, "advice", 1),
        (2, "advice", 2),
        (3, "decision", 1),
    ]


async def test_entries_are_found_in_every_way(register: Register) -> None:
    for number in range(3):
        await register.append(a_draft(f"check-{number}", body={"reference": f"R{number % 2}"}))

    assert [entry.seq for entry in await register.latest(2)] == [3, 2]
    assert [entry.seq for entry in await register.by_reference("R0")] == [1, 3]
    assert await register.by_reference("R9") == ()
    assert await register.find("check-9") == ()
    second = await register.entry(2)
    assert second is not None
    assert second.check == "check-1"
    assert await register.entry(4) is None


async def test_an_export_goes_on_while_others_append(register: Register) -> None:
    for number in range(5):
        await register.append(a_draft(f"before-{number}"))
    seen = []

    async for entry in register.export():
        seen.append(entry.seq)
        await register.append(a_draft(f"meanwhile-{entry.seq}")) if entry.seq <= 5 else None

    assert seen == list(range(1, 11))


async def test_a_destroyed_key_erases_the_text(register: Register) -> None:
    entry = (await register.append(a_draft(text="Because of the bruises."))).entry
    assert entry.key is not None

    await register.keystore.erase([an_erasure(entry.key)])

    assert await register.text(entry) == Erased(TODAY, "a test")
    (found,) = await register.find("check-1")
    assert found.verifies()


async def test_an_entry_verifies_without_its_sealed_text(register: Register) -> None:
    entry = (await register.append(a_draft(text="Because."))).entry
    await _run(register, "DELETE FROM sealed_texts")

    (found,) = await register.find("check-1")

    assert found.verifies()
    assert await register.text(entry) == Erased()


async def test_a_swapped_text_is_not_read_out(register: Register) -> None:
    first = (await register.append(a_draft("check-1", text="One."))).entry
    second = (await register.append(a_draft("check-2", text="Two."))).entry

    with pytest.raises(Unopenable):
        await register.text(replace(first, key=second.key))


async def test_a_text_of_half_a_character_survives(register: Register) -> None:
    entry = (await register.append(a_draft(text="half \ud83d\x00"))).entry

    assert await register.text(entry) == "half \ud83d\x00"


async def test_an_empty_text_is_not_no_text(register: Register) -> None:
    with_text = (await register.append(a_draft("check-1", text=""))).entry
    without = (await register.append(a_draft("check-2"))).entry

    assert await register.text(with_text) == ""
    assert await register.text(without) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET revision = 9",
        "UPDATE entries SET commitment = salt WHERE seq = 1",
        "UPDATE entries SET seq = 9 WHERE seq = 2",
        "DELETE FROM entries WHERE seq = 2",
        "DELETE FROM entries",
        f"INSERT INTO entries SELECT 9, kind, 'x', revision, {REST}",
        f'INSERT INTO entries SELECT 3, kind, "check", revision, {REST}',
    ],
)
async def test_the_database_refuses_to_alter_entries(register: Register, statement: str) -> None:
    await register.append(a_draft("check-1"))
    await register.append(a_draft("check-2"))
    before = await register.latest(9)

    with pytest.raises(Refused):
        await _run(register, statement)

    assert await register.latest(9) == before


@pytest.mark.parametrize(("seq", "check"), [(2, "check-1"), (1, "check-9"), (3, "check-1")])
async def test_replacing_an_entry_is_refused_too(register: Register, seq: int, check: str) -> None:
    if register.database.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    await register.append(a_draft("check-1"))
    await register.append(a_draft("check-2"))
    before = await register.latest(9)

    with pytest.raises(Refused):
        await _run(
            register,
            f"INSERT OR REPLACE INTO entries SELECT {seq}, kind, '{check}', revision, {REST}",
        )

    assert await register.latest(9) == before


async def test_everything_stands_after_opening_again(addresses: Addresses) -> None:
    register = await Register.open(addresses.register, addresses.keys, KEYRING, SIGNER)
    written = (await register.append(a_draft(text="Because."))).entry
    await register.close()

    register = await Register.open(addresses.register, addresses.keys, KEYRING, SIGNER)

    assert await register.latest(9) == (written,)
    assert await register.text(written) == "Because."
    assert (await register.append(a_draft("check-2"))).entry.seq == 2
    await register.close()


async def test_a_text_outlives_the_rotation_of_keys(addresses: Addresses) -> None:
    register = await Register.open(addresses.register, addresses.keys, KEYRING, SIGNER)
    written = (await register.append(a_draft(text="Because."))).entry
    await register.close()
    rotated = Keyring((b"n" * 32, b"k" * 32))

    register = await Register.open(addresses.register, addresses.keys, rotated, SIGNER)

    assert await register.text(written) == "Because."
    await register.close()


async def test_a_closed_register_takes_nothing_more(addresses: Addresses) -> None:
    register = await Register.open(addresses.register, addresses.keys, KEYRING, SIGNER)
    await register.ready()
    under_way = [asyncio.create_task(register.append(a_draft(str(n)))) for n in range(5)]
    await asyncio.sleep(0)

    await register.close()

    assert sorted([(await task).entry.seq for task in under_way]) == [1, 2, 3, 4, 5]
    with pytest.raises(RegisterUnavailable):
        await register.append(a_draft("late"))


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://root:hunter2@localhost/x"],
)
async def test_an_unusable_address_is_refused_unshown(url: str, files: Addresses) -> None:
    with pytest.raises(WrongDatabaseUrl) as caught:
        await Register.open(url, files.keys, KEYRING, SIGNER)

    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_damaged_register_is_told_at_once(files: Addresses, tmp_path: Path) -> None:
    (tmp_path / "register.db").write_bytes(b"not a database at all" * 200)

    with pytest.raises(RegisterUnavailable, match="The register cannot be used now"):
        await Register.open(files.register, files.keys, KEYRING, SIGNER)


async def _run(register: Register, statement: str) -> None:
    await register.database.write(lambda connection: connection.execute(text(statement)))
