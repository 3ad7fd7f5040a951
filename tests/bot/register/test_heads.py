"""Checkpoints: signed heads that follow from one another, or are not signed at all."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, insert

from bot.register.checkpoints import (
    Checkpoint,
    NotACheckpoint,
    mark_of,
    read_checkpoint,
    read_mark,
)
from bot.register.database import RegisterUnavailable
from bot.register.heads import Heads
from bot.register.kept_tree import Altered
from bot.register.signing import Signer
from bot.register.store import Register
from bot.register.tables import entries
from bot.register.tree import leaf_hash, root_by_inclusion, root_of
from tests.bot.register.conftest import Addresses
from tests.bot.register.drafts import KEYRING, SIGNER, a_draft
from tests.bot.register.tampering import fill, tamper


def heads(register: Register) -> Heads:
    return register.heads


async def test_an_empty_register_has_no_head(register: Register) -> None:
    assert await heads(register).write() is None
    assert await heads(register).newest() is None
    assert await heads(register).covering(1) is None


async def test_a_checkpoint_is_the_signed_root_of_all_commitments(register: Register) -> None:
    written = [(await register.append(a_draft(str(n)))).entry for n in range(5)]

    head = await heads(register).write()

    assert head is not None
    assert head.size == 5
    assert head.root == root_of(leaf_hash(entry.commitment) for entry in written)
    assert head.verifies(SIGNER)
    assert not head.verifies(Signer((b"x" * 32,)))
    assert await heads(register).newest() == head


async def test_nothing_new_needs_no_new_checkpoint(register: Register) -> None:
    await register.append(a_draft())

    assert await heads(register).write() == await heads(register).write()


async def test_a_checkpoint_tells_the_hour_and_no_more(register: Register) -> None:
    late = datetime(2026, 11, 22, 14, 59, 58, tzinfo=UTC)
    await register.append(a_draft())

    head = await Heads(register.database, SIGNER, lambda: late).write()

    assert head is not None
    assert head.time == "2026-11-22T14:00Z"


async def test_replicas_sign_one_head_between_them(
    register: Register, addresses: Addresses
) -> None:
    other = await Register.open(addresses.register, addresses.keys, KEYRING, SIGNER)
    for number in range(3):
        await register.append(a_draft(str(number)))

    one, two = await asyncio.gather(heads(register).write(), heads(other).write())

    assert one == two
    await other.close()


@pytest.mark.parametrize("size", [1, 255, 256, 257, 700])
async def test_any_entry_is_proved_against_any_size(register: Register, size: int) -> None:
    commitments = await fill(register, size)

    head = await heads(register).write()

    assert head is not None
    assert head.root == root_of(map(leaf_hash, commitments))
    for seq in {1, size // 2 + 1, size}:
        for at in {seq, size}:
            path = await heads(register).path(seq, at)
            found = root_by_inclusion(leaf_hash(commitments[seq - 1]), seq - 1, at, path)
            assert (
                found
                == root_of(map(leaf_hash, commitments[:at]))
                == await heads(register).root(at)
            )


async def test_kept_subtrees_spare_the_reading_of_leaves(files: Addresses) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER)
    commitments = await fill(register, 66_000)
    await heads(register).write()
    asked: list[str] = []
    for engine in register.database.engines:
        event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

    root = await heads(register).root(66_000)

    assert root == root_of(map(leaf_hash, commitments))
    leaves = [statement for statement in asked if "FROM entries" in statement]
    assert len(asked) < 12
    assert len(leaves) < 8
    await register.close()


async def test_a_summary_asks_for_a_head_that_covers_it_now_and_then(register: Register) -> None:
    first = (await register.append(a_draft("first"))).entry
    covering = await heads(register).covering(first.seq)
    second = (await register.append(a_draft("second"))).entry

    at_once = await heads(register).covering(second.seq)

    assert covering is not None
    assert covering.size == 1
    # A second within one second has to do with the head that stands.
    assert at_once == covering


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM entries WHERE seq >= 4", "Entries 4 to 5 are missing."),
        ("UPDATE entries SET commitment = salt WHERE seq = 2", "Entry 2 is not the one"),
        ("UPDATE entries SET commitment = salt, seal = NULL WHERE seq = 2", "Entry 2 is not the"),
        ("UPDATE checkpoints SET root = signature", "checkpoint of 5 entries is not signed"),
    ],
)
async def test_nothing_is_signed_that_does_not_follow(
    register: Register, statement: str, said: str
) -> None:
    await fill(register, 5)
    before = await heads(register).write()
    await tamper(register, statement)
    if "DELETE" not in statement:
        await register.append(a_draft("next"))

    with pytest.raises(Altered, match=said):
        await heads(register).write()

    newest = await heads(register).newest()
    assert newest is not None
    assert before is not None
    assert newest.size == before.size


async def test_a_slipped_in_entry_is_not_signed(register: Register) -> None:
    await fill(register, 5)
    forged = a_draft("forged")
    await tamper(
        register,
        insert(entries).values(
            seq=6,
            kind="advice",
            check="forged",
            revision=1,
            at=forged.at,
            body="{}",
            salt=b"s" * 32,
            commitment=b"c" * 32,
            seal=b"f" * 32,
        ),
    )

    with pytest.raises(Altered, match="Entry 6 is not the one"):
        await heads(register).write()


async def test_a_rotated_key_goes_on_where_the_former_stopped(
    register: Register, addresses: Addresses
) -> None:
    await register.append(a_draft("1"))
    await heads(register).write()
    rotated = Signer((b"n" * 32, b"s" * 32))

    other = await Register.open(addresses.register, addresses.keys, KEYRING, rotated)
    await other.append(a_draft("2"))
    head = await heads(other).write()

    assert head is not None
    assert (head.size, head.key) == (2, rotated.key_id)
    assert head.verifies(rotated)
    await other.close()


def test_a_checkpoint_comes_back_from_its_line() -> None:
    head = Checkpoint.signed(SIGNER, 7, b"r" * 32, datetime(2026, 1, 1, tzinfo=UTC))

    assert read_checkpoint(json.loads(head.line())) == head


@pytest.mark.parametrize(
    "change",
    [
        {"format": "share-check/checkpoint/2"},
        {"size": "7"},
        {"size": 0},
        {"root": "ab"},
        {"root": "Z" * 64},
        {"signature": None},
        {"key": 4},
    ],
)
def test_what_is_no_checkpoint_is_refused(change: dict[str, object]) -> None:
    head = Checkpoint.signed(SIGNER, 7, b"r" * 32, datetime(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(NotACheckpoint):
        read_checkpoint({**head.values(), **change})


@pytest.mark.parametrize("values", [None, [], "x", {}, 5])
def test_other_json_is_no_checkpoint(values: object) -> None:
    with pytest.raises(NotACheckpoint):
        read_checkpoint(values)


async def test_a_mark_comes_back_as_written(register: Register) -> None:
    entry = (await register.append(a_draft())).entry
    head = await heads(register).write()

    assert read_mark(str(mark_of(entry, head))) == mark_of(entry, head)
    assert read_mark(f" {str(mark_of(entry)).upper()} ") == mark_of(entry)
    assert len(str(mark_of(entry, head))) < 40
    assert str(mark_of(entry, head)).startswith(str(mark_of(entry)))


@pytest.mark.parametrize(
    "words", ["", "1", "1-ab", "0-0123456789ab", "1-0123456789ab-2", "SC-ABCD-EFGH", "1" * 400]
)
def test_other_words_are_no_mark(words: str) -> None:
    assert read_mark(words) is None


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE entries SET commitment = 'a text' WHERE seq = 2", "Entry 2 is not the one"),
        ("UPDATE entries SET commitment = 7 WHERE seq = 2", "Entry 2 is not the one"),
        ("UPDATE checkpoints SET root = 5", "is not a checkpoint"),
        ("UPDATE checkpoints SET signature = 'a text'", "is not a checkpoint"),
        ("UPDATE checkpoints SET time = x'00'", "is not a checkpoint"),
    ],
)
async def test_whatever_is_put_into_a_column_is_told_in_words(
    files: Addresses, statement: str, said: str
) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER)
    await fill(register, 3)
    await heads(register).write()
    await tamper(register, statement)

    with pytest.raises(Altered, match=said):
        await heads(register).write()
    await register.close()


@pytest.mark.parametrize(
    "change", ["commitment = 'a text'", "salt = 5", "body = '[]'", "revision = 'two'"]
)
async def test_a_row_that_is_no_entry_is_not_read_as_one(files: Addresses, change: str) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER)
    await fill(register, 3)
    await tamper(register, f"UPDATE entries SET {change} WHERE seq = 2")  # noqa: S608

    with pytest.raises(RegisterUnavailable, match="damaged"):
        await register.entry(2)
    assert await register.entry(3)
    await register.close()
