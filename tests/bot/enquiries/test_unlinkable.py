"""Order, links and routes: what is stored tells neither who asked nor who was first."""

import hashlib
import json
from collections.abc import MutableSequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.anonymity import EACH, measure, orders, uniform
from bot.enquiries.secrets import code_digest
from bot.enquiries.tables import enquiries, messages
from bot.register.tables import enquiry_keys, outbox
from dialogs.enquiry import codes
from tests.bot.enquiries.stage import ADVISER, ASKER, OTHER, TENANT, Stage, person

SLOTS = 1_000
CLOSED = {
    *("received", "looking", "answered", "closed", "code", "delivered", "asker", "adviser"),
    *("slack", TENANT, "C0ADVISERS", "enquiry", "enquiry_notice", "waiting", "sent"),
}


@pytest.mark.slow
async def test_order_in_a_slot_is_independent_of_arrival(stage: Stage) -> None:
    # By chance alone one fair shuffle in a hundred looks as unfair as that: it may try again.
    fair = uniform(await orders(stage.relay.releases, stage.outbox, SLOTS))
    if fair <= 0.01:
        fair = await measure(SLOTS)

    assert fair > 0.01


async def test_the_order_of_cards_in_the_channel_is_the_released_one(stage: Stage) -> None:
    stage.relay.releases.shuffle = _by_name
    for number in range(5):
        await stage.ask(person(f"asker{number}"))
    await stage.pass_slot()

    names = [card.sections[0].heading for card in stage.channels.cards]
    assert names == sorted(names)


def _by_name(due: MutableSequence[Any]) -> None:
    due[:] = sorted(due, key=lambda each: str(each[0].name))


def test_an_order_that_follows_arrival_is_noticed() -> None:
    always = [[SLOTS if place == came else 0 for place in range(EACH)] for came in range(EACH)]
    nearly = [[SLOTS // 3 + 80 * (place == came) for place in range(EACH)] for came in range(EACH)]

    assert uniform(always) < 1e-9
    assert uniform(nearly) < 0.01
    assert uniform([[SLOTS // 3] * EACH] * EACH) == 1.0


async def rows_of(stage: Stage, code: str) -> list[dict[str, Any]]:
    """Every row of every table that belongs to one question."""

    async def work(connection: AsyncConnection) -> list[dict[str, Any]]:
        found = [
            *(
                await connection.execute(
                    select(enquiries).where(enquiries.c.code == code_digest(code))
                )
            ).mappings()
        ]
        ours = [select(messages).where(messages.c.enquiry == found[0]["id"])]
        ours.append(select(outbox).where(outbox.c.check == found[0]["id"]))
        for query in ours:
            found += [*(await connection.execute(query)).mappings()]
        return [dict(row) for row in found]

    rows = await stage.world.register.database.read(work)
    wanted = [rows[0]["words_key"], rows[0]["route_key"]]

    async def keys(connection: AsyncConnection) -> list[dict[str, Any]]:
        query = select(enquiry_keys).where(enquiry_keys.c.id.in_(wanted))
        return [dict(row) for row in (await connection.execute(query)).mappings()]

    return [*rows, *(await stage.world.register.keystore.database.read(keys))]


def telling(rows: list[dict[str, Any]]) -> set[bytes]:
    """What is in these rows beside closed values, days and small numbers."""
    values: set[bytes] = set()
    for row in rows:
        for value in row.values():
            if isinstance(value, bytes):
                values.add(value)
            elif isinstance(value, str) and value not in CLOSED:
                parts = json.loads(value).values() if value.startswith("{") else [value]
                values |= {part.encode() for part in parts if isinstance(part, str)}
    return values


async def test_two_questions_of_one_person_share_nothing_that_is_stored(stage: Stage) -> None:
    same = [await stage.ask(ASKER, back=back) for back in ("code", "delivered") for _ in range(6)]
    others = [await stage.ask(person(f"one{number}")) for number in range(6)]
    await stage.pass_slot()
    stored = {code: telling(await rows_of(stage, code)) for code in (*same, *others)}

    for one, other in combinations(stored, 2):
        assert not stored[one] & stored[other]


async def test_no_list_of_staff_finds_who_asked_without_the_key(stage: Stage) -> None:
    codes_ = [await stage.ask(ASKER), await stage.ask(ASKER, back="delivered")]
    await stage.pass_slot()
    found = [telling(await rows_of(stage, code)) for code in codes_]
    stored = b"\n".join(value for values in found for value in values)

    staff = [*(f"U{number:010}" for number in range(5_000)), "U0ASKER", "asker"]
    for name in staff:
        for text in (name, f"slack{TENANT}{name}", f"{TENANT}{name}", f"slack:{TENANT}:{name}"):
            for make in (hashlib.sha256, hashlib.sha1, hashlib.md5, hashlib.blake2b):
                made = make(text.encode())
                assert made.digest()[:16] not in stored
                assert made.hexdigest()[:16].encode() not in stored
        assert name.encode() not in stored


async def test_with_a_code_not_even_the_keys_lead_back(stage: Stage) -> None:
    code = await stage.ask(ASKER)
    await stage.pass_slot()
    keyring = stage.world.register.keyring
    stored = b"\n".join(telling(await rows_of(stage, code)))

    [owner] = keyring.owners("slack", TENANT, "asker")
    kept = await stage.relay.office.store.by_code(code_digest(code))
    assert kept is not None
    assert (kept.route, kept.route_key) == (None, None)
    for made in (owner, keyring.mark(owner, kept.id), keyring.mark(owner, code)):
        assert made.encode() not in stored
        assert bytes.fromhex(made) not in stored


@pytest.mark.parametrize("closing", ["adviser", "asker", "time"])
async def test_after_a_close_the_route_cannot_be_rebuilt(stage: Stage, closing: str) -> None:
    code = await stage.ask(ASKER, back="delivered")
    await stage.pass_slot()
    kept = await stage.relay.office.store.by_code(code_digest(code))
    assert kept is not None
    assert kept.route is not None
    wrapped = await _wrapped(stage, str(kept.route_key))
    assert _holds(stage.folder, kept.route), "it is there to be destroyed"
    assert _holds(stage.folder, wrapped)

    if closing == "adviser":
        await stage.go(ADVISER, "close", stage.newest)
    elif closing == "asker":
        await stage.go(ASKER, "end", code)
    else:
        stage.clock.forward(days=28)
    await stage.settle()

    for secret in (kept.route, wrapped, str(kept.route_key).encode()):
        assert not _holds(stage.folder, secret), "in a database, its log or its free pages"
    rows = await stage.outbox.list()
    assert not [row for row in rows if row.purpose == "enquiry_notice"]
    assert await _of(stage, code) is None


async def test_an_answer_that_is_not_delivered_yet_keeps_the_route_a_while(stage: Stage) -> None:
    code = await stage.ask(ASKER, back="delivered")
    await stage.pass_slot()
    await stage.answer(ADVISER, stage.newest)
    await stage.go(ADVISER, "close", stage.newest)
    await stage.relay.releases.tick()
    assert await _of(stage, code) is not None, "the notice is still on its way"

    stage.clock.forward(minutes=16)
    await stage.relay.releases.tick()

    assert await _of(stage, code) is None, "it is not kept for a notice that does not go out"
    await stage.outbox.drain()
    assert stage.channels.notices == []


async def test_words_that_are_destroyed_are_in_no_file(stage: Stage) -> None:
    code = await stage.ask(ASKER)
    await stage.pass_slot()
    kept = await stage.relay.office.store.by_code(code_digest(code))
    assert kept is not None
    [line] = await stage.relay.office.store.lines(kept.id)
    wrapped = await _wrapped(stage, str(kept.words_key))

    await stage.go(ASKER, "end", code)

    assert not _holds(stage.folder, line.sealed)
    assert not _holds(stage.folder, wrapped)
    assert not await stage.relay.office.store.lines(kept.id)


async def test_a_code_is_stored_as_a_digest_alone(stage: Stage) -> None:
    code = await stage.ask(OTHER)
    await stage.pass_slot()

    for form in (code, codes.spoken(code), codes.spoken(code).replace(" ", "")):
        assert not _holds(stage.folder, form.encode())
    assert _holds(stage.folder, code_digest(code))


async def _of(stage: Stage, code: str) -> bytes | None:
    kept = await stage.relay.office.store.by_code(code_digest(code))
    return kept.route if kept else None


async def _wrapped(stage: Stage, key: str) -> bytes:
    query = select(enquiry_keys.c.wrapped).where(enquiry_keys.c.id == key)

    async def work(connection: AsyncConnection) -> bytes:
        return bytes(await connection.scalar(query) or b"")

    return await stage.world.register.keystore.database.read(work)


def _holds(folder: Path, value: bytes) -> bool:
    """Whether any database file, its log or its free pages hold these bytes."""
    files = [path for path in folder.iterdir() if ".db" in path.name]
    assert len(files) >= 2
    return any(value in path.read_bytes() for path in files)
