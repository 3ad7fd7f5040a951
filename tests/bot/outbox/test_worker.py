"""The outbox: every row goes out, in order, and each once."""

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.keys import Keyring
from bot.outbox import Later, Outbox, Parked, Row, Sent
from bot.register.entries import AlreadyRecorded
from bot.register.store import Register
from tests.bot.outbox.channels import Channel, Clock, Hanging, Make, files_in, until
from tests.bot.register.drafts import KEYRING, SIGNER, a_draft, a_post


async def test_a_row_is_sent_and_its_recipient_forgotten(register: Register, make: Make) -> None:
    channel = Channel()
    outbox = make(channel)
    await register.append(a_draft(posts=(a_post("one", recipient="U0123"),)))

    await outbox.drain()

    (row,) = await outbox.list()
    assert channel.asked[0].recipient == "U0123"
    # Where a direct message stands would say whose it is.
    assert (row.state, row.message, row.body) == ("sent", None, {"name": "one"})
    assert row.sealed_recipient is None
    assert channel.retries == [False]


async def test_a_recipient_is_never_stored_in_clear(register: Register) -> None:
    await register.post([a_post("one", channel=None, recipient="U0123")])

    async def work(connection: AsyncConnection) -> str:
        return str((await connection.execute(text("SELECT * FROM outbox"))).all())

    stored = await register.database.read(work)
    assert "one" in stored
    assert "U0123" not in stored


async def test_only_a_new_entry_is_posted(register: Register, make: Make) -> None:
    channel = Channel()
    await register.append(a_draft(posts=(a_post("one"),)))

    await register.append(a_draft(posts=(a_post("two"),)))
    with pytest.raises(AlreadyRecorded):
        await register.append(a_draft(text="other", posts=(a_post("three"),)))

    await make(channel).drain()
    assert channel.posted == ["one"]


async def test_a_post_offered_again_goes_out_once(register: Register, make: Make) -> None:
    channel = Channel()
    post = a_post("one")

    await register.post([post, post])
    await register.post([post])

    await make(channel).drain()
    assert channel.posted == ["one"]


async def test_a_channel_keeps_its_order(register: Register, make: Make, clock: Clock) -> None:
    channel = Channel(Later(30.0))
    outbox = make(channel)
    await register.post([a_post("one"), a_post("two"), a_post("other", channel="C2")])

    await outbox.drain()
    before = list(channel.posted)
    clock.time += 31
    await outbox.drain()

    assert before == ["other"]
    assert channel.posted == ["other", "one", "two"]
    assert not any(channel.retries)


async def test_rows_without_a_channel_overtake(register: Register, make: Make) -> None:
    channel = Channel(Later(30.0))
    await register.post([a_post(name, channel=None, recipient=name) for name in ("one", "two")])

    await make(channel).drain()

    assert channel.posted == ["two"]


async def test_a_parked_row_lets_the_next_one_by(register: Register, make: Make) -> None:
    channel = Channel(Parked("channel_not_found", "Invite the bot to the channel."))
    outbox = make(channel)
    await register.post([a_post("one"), a_post("two")])

    await outbox.drain()

    (row,) = await outbox.list("parked")
    assert (row.reason, row.remedy) == ("channel_not_found", "Invite the bot to the channel.")
    assert channel.posted == ["two"]


async def test_a_platform_that_asks_to_wait_is_obeyed_for_hours(
    register: Register, make: Make, clock: Clock
) -> None:
    channel = Channel(*[Later(600.0)] * 20)
    outbox = make(channel)
    await register.post([a_post("one")])

    for _ in range(21):
        await outbox.drain()
        clock.time += 601

    assert channel.retries == [False] * 21
    assert channel.posted == ["one"]


async def test_an_edit_waits_for_its_message(register: Register, make: Make, clock: Clock) -> None:
    channel = Channel(Later(30.0))
    outbox = make(channel)
    first = a_post("one")
    edit = a_post("edit", edits=first.id)
    await register.post([first, edit])

    await outbox.drain()
    clock.time += 31
    await outbox.drain()

    assert channel.posted == ["one", "edit"]
    assert channel.asked[-1].edits_message == "m-one"


async def test_an_edit_of_a_parked_row_holds_nobody_up(register: Register, make: Make) -> None:
    channel = Channel(Parked("channel_not_found", "Invite the bot."))
    outbox = make(channel)
    first = a_post("one")
    await register.post([first, a_post("edit", edits=first.id), a_post("two")])

    await outbox.drain()
    before = list(channel.posted)
    await outbox.resend(first.id)
    await outbox.drain()

    assert before == ["two"]
    assert channel.posted == ["two", "one", "edit"]


async def test_a_surface_without_a_sender_waits(register: Register, make: Make) -> None:
    outbox = make(Channel())
    await register.post([a_post("one", surface="teams"), a_post("two")])

    await outbox.drain()

    (row,) = await outbox.list("waiting")
    assert row.surface == "teams"


async def test_an_unreadable_recipient_is_parked(register: Register, make: Make) -> None:
    channel = Channel()
    await register.post([a_post("one", recipient="U0123"), a_post("two")])
    other_keys = Keyring((b"z" * 32,))
    outbox = Outbox(register.database, other_keys, {"slack": channel}, posted=register.posted)

    await outbox.drain()

    (row,) = await outbox.list("parked")
    assert row.remedy == "Put the old key back into SECRET_KEYS."
    assert channel.posted == ["two"]


async def test_sending_holds_no_transaction(register: Register, make: Make) -> None:
    hanging = Hanging()
    outbox = make(hanging)
    await register.post([a_post("one")])
    draining = asyncio.create_task(outbox.drain())
    await hanging.begun.wait()

    appended = await register.append(a_draft())

    assert appended.new
    await outbox.close(grace=0)
    await draining


async def test_an_append_wakes_the_worker(register: Register) -> None:
    channel = Channel()
    outbox = Outbox(
        register.database, KEYRING, {"slack": channel}, posted=register.posted, poll_seconds=60.0
    )
    running = asyncio.create_task(outbox.run())
    await asyncio.sleep(0.1)

    await register.append(a_draft(posts=(a_post("one"),)))

    await until(lambda: channel.posted == ["one"])
    await outbox.close()
    await asyncio.wait_for(running, 1.0)


async def test_rows_of_another_process_are_found(
    register: Register, places: tuple[str, str]
) -> None:
    channel = Channel()
    outbox = Outbox(
        register.database, KEYRING, {"slack": channel}, posted=asyncio.Event(), poll_seconds=0.05
    )
    running = asyncio.create_task(outbox.run())
    other = await Register.open(*places, KEYRING, SIGNER)

    await other.post([a_post("one")])

    await until(lambda: channel.posted == ["one"])
    await outbox.close()
    await running
    await other.close()


async def test_two_workers_send_every_row_once(
    register: Register, places: tuple[str, str]
) -> None:
    channel = Channel()
    other = await Register.open(*places, KEYRING, SIGNER)
    workers = [
        Outbox(place.database, KEYRING, {"slack": channel}, posted=place.posted, poll_seconds=0.02)
        for place in (register, other)
    ]
    running = [asyncio.create_task(worker.run()) for worker in workers]

    await register.post([a_post(str(number), channel=f"C{number % 5}") for number in range(40)])

    await until(lambda: len(channel.posted) >= 40)
    for worker in workers:
        await worker.close()
    await asyncio.gather(*running)
    assert sorted(map(int, channel.posted)) == list(range(40))
    first = [number for number in map(int, channel.posted) if number % 5 == 0]
    assert first == sorted(first)
    await other.close()


async def test_a_locked_database_stops_no_worker(tmp_path: Path) -> None:
    files = files_in(tmp_path)
    register = await Register.open(*files, KEYRING, SIGNER, deadline=0.2)
    channel = Channel()
    outbox = Outbox(
        register.database, KEYRING, {"slack": channel}, posted=register.posted, poll_seconds=0.05
    )
    await register.post([a_post("one")])
    lock = sqlite3.connect(files[0].removeprefix("sqlite:///"), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    running = asyncio.create_task(outbox.run())
    await asyncio.sleep(0.5)
    assert channel.posted == []

    lock.rollback()

    await until(lambda: channel.posted == ["one"])
    await outbox.close()
    await running
    lock.close()
    await register.close()


async def test_the_outbox_is_counted_and_listed(register: Register, make: Make) -> None:
    outbox = make(Channel(Sent("m-1"), Parked("is_archived", "Choose another channel.")))
    await register.post([a_post("one"), a_post("two"), a_post("three", check="check-2")])
    await register.post([a_post("four", surface="teams")])

    await outbox.drain()

    assert await outbox.counts() == {"waiting": 1, "sent": 2, "parked": 1, "unknown": 0}
    assert _names(await outbox.list()) == ["one", "two", "three", "four"]
    assert _names(await outbox.list(limit=2)) == ["one", "two"]
    assert _names(await outbox.sent("slack", 9)) == ["three", "one"]
    assert _names(await outbox.sent("slack", 1)) == ["three"]
    assert _names(await outbox.of("check-2")) == ["three"]


async def test_a_row_with_a_day_waits_for_it(register: Register, make: Make, clock: Clock) -> None:
    channel = Channel()
    outbox = make(channel)
    due = clock() + 100.0
    await register.post(
        [replace(a_post("later", channel=None), due=due), a_post("now", channel=None)]
    )

    await outbox.drain()
    at_first = [row.body["name"] for row in channel.asked]
    clock.time += 101.0
    await outbox.drain()

    assert at_first == ["now"]
    assert [row.body["name"] for row in channel.asked] == ["now", "later"]


async def test_a_row_that_waits_can_be_let_go(
    register: Register, make: Make, clock: Clock
) -> None:
    channel = Channel()
    outbox = make(channel)
    due = clock() + 100.0
    later, now = replace(a_post("later", channel=None), due=due), a_post("now", channel=None)
    await register.post([later, now])
    await outbox.drain()

    gone = [await outbox.let_go(each.id) for each in (later, later, now)]
    clock.time += 101.0
    await outbox.drain()

    assert gone == [True, False, False]
    assert [row.body["name"] for row in channel.asked] == ["now"]


def _names(rows: tuple[Row, ...]) -> list[object]:
    return [row.body["name"] for row in rows]
