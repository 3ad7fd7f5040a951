"""The outbox: every row goes out, in order, and never twice while that can be known."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.keys import Keyring
from bot.outbox import Later, Outbox, Outcome, Parked, Row, Sender, Sent, Unknown
from bot.register.entries import AlreadyRecorded
from bot.register.store import Register
from tests.bot.outbox.channels import Channel, Clock, Hanging, until
from tests.bot.register.drafts import KEYRING, SIGNER, a_draft, a_post
from tests.postgresql import PostgreSQL

ROOT = Path(__file__).parents[3]
HANG = Path(__file__).parents[1] / "register" / "hang_while_sending.py"


Make = Callable[[Sender], Outbox]


@pytest.fixture(params=["sqlite", "postgresql"])
async def places(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[str, str]]:
    """Empty databases on each engine: the register, and the keys of its texts."""
    if request.param == "sqlite":
        yield _files(tmp_path)
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    async with server.database() as register, server.database() as keys:
        yield register, keys


@pytest.fixture
async def register(places: tuple[str, str]) -> AsyncIterator[Register]:
    register = await Register.open(*places, KEYRING, SIGNER)
    yield register
    await register.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(register: Register, clock: Clock) -> Make:
    def made(sender: Sender) -> Outbox:
        senders = {"slack": sender}
        return Outbox(register.database, KEYRING, senders, posted=register.posted, now=clock)

    return made


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


async def test_a_parked_row_can_be_sent_again(register: Register, make: Make) -> None:
    channel = Channel(Parked("channel_not_found", "Invite the bot."))
    outbox = make(channel)
    await register.post([a_post("one")])
    await outbox.drain()
    (row,) = await outbox.list("parked")

    assert await outbox.resend(row.id)

    await outbox.drain()
    assert channel.posted == ["one"]
    assert channel.retries == [False, False]
    assert not await outbox.resend(row.id)


async def test_a_failed_send_is_looked_up_first(
    register: Register, make: Make, clock: Clock
) -> None:
    channel = Channel(ConnectionResetError("lost"))
    outbox = make(channel)
    await register.post([a_post("one"), a_post("two")])
    await outbox.drain()
    (unknown,) = await outbox.list("unknown")

    clock.time += 2
    await outbox.drain()

    assert unknown.reason == "Sending failed (ConnectionResetError)."
    assert channel.retries == [False, True, False]
    assert channel.posted == ["one", "two"]


async def test_a_row_nobody_can_settle_waits_for_a_person(
    register: Register, make: Make, clock: Clock
) -> None:
    channel = Channel(*[Unknown("The reply was lost.")] * 6)
    outbox = make(channel)
    await register.post([a_post("one"), a_post("two")])

    for _ in range(10):
        await outbox.drain()
        clock.time += 400

    (row,) = await outbox.list("unknown")
    assert (row.attempts, row.next_at, row.reason) == (6, None, "The reply was lost.")
    assert channel.retries == [False, True, True, True, True, True, False]
    assert channel.posted == ["two"]


async def test_a_person_settles_an_unknown_row(
    register: Register, make: Make, clock: Clock
) -> None:
    channel = Channel(*[Unknown("The reply was lost.")] * 6)
    outbox = make(channel)
    await register.post([a_post("one", recipient="U0123")])
    for _ in range(6):
        await outbox.drain()
        clock.time += 400
    (row,) = await outbox.list("unknown")

    resolved = await outbox.resolve(row.id, "m-found")

    (first,) = await outbox.list("sent")
    assert resolved
    assert (first.message, first.sealed_recipient, first.reason) == ("m-found", None, None)
    assert not await outbox.resolve(row.id)


async def test_looking_later_keeps_the_doubt(register: Register, make: Make, clock: Clock) -> None:
    channel = Channel(Unknown("The reply was lost."), Later(60.0))
    outbox = make(channel)
    await register.post([a_post("one")])

    for _ in range(3):
        await outbox.drain()
        clock.time += 61

    assert channel.retries == [False, True, True]
    assert channel.posted == ["one"]


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


async def test_a_lapsed_claim_is_looked_up_first(
    register: Register, make: Make, clock: Clock
) -> None:
    hanging, channel = Hanging(), Channel()
    first, second = make(hanging), make(channel)
    await register.post([a_post("one"), a_post("two")])
    draining = asyncio.create_task(first.drain())
    await hanging.begun.wait()
    await first.close(grace=0)
    await draining

    await second.drain()
    before = list(channel.asked)
    clock.time += 61
    await second.drain()

    assert before == []
    assert channel.posted == ["one", "two"]
    assert channel.retries == [True, False]


async def test_a_claim_outlives_its_killed_process(
    register: Register, make: Make, clock: Clock, places: tuple[str, str]
) -> None:
    await register.post([a_post("one")])
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(HANG),
        *places,
        str(clock.time),
        stdout=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"sending\n"
    process.kill()
    await process.wait()
    channel = Channel()

    await make(channel).drain()
    before = list(channel.asked)
    clock.time += 61
    await make(channel).drain()

    assert before == []
    assert channel.retries == [True]


async def test_a_row_that_kills_workers_is_given_up(
    register: Register, make: Make, clock: Clock
) -> None:
    await register.post([a_post("one")])
    for _ in range(6):
        hanging = Hanging()
        outbox = make(hanging)
        draining = asyncio.create_task(outbox.drain())
        await hanging.begun.wait()
        await outbox.close(grace=0)
        await draining
        clock.time += 61
    channel = Channel()

    await make(channel).drain()

    (row,) = await make(channel).list("unknown")
    assert row.next_at is None
    assert channel.asked == []


async def test_a_late_success_is_still_believed(register: Register, clock: Clock) -> None:
    answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    class Slow:
        async def send(self, row: Row, *, retry: bool) -> Outcome:
            return await answer

    def made(sender: Sender) -> Outbox:
        return Outbox(
            register.database, KEYRING, {"slack": sender}, posted=register.posted, now=clock
        )

    await register.post([a_post("one")])
    late = asyncio.create_task(made(Slow()).drain())
    await asyncio.sleep(0.1)
    clock.time += 61
    other = made(Channel(Unknown("Not found yet.")))
    await other.drain()

    answer.set_result(Sent("m-late"))
    await late

    (row,) = await other.list()
    assert (row.state, row.message, row.next_at) == ("sent", "m-late", None)


async def test_a_late_failure_changes_nothing(register: Register, clock: Clock) -> None:
    answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    class Slow:
        async def send(self, row: Row, *, retry: bool) -> Outcome:
            return await answer

    def made(sender: Sender) -> Outbox:
        return Outbox(
            register.database, KEYRING, {"slack": sender}, posted=register.posted, now=clock
        )

    await register.post([a_post("one")])
    late = asyncio.create_task(made(Slow()).drain())
    await asyncio.sleep(0.1)
    clock.time += 61
    other = made(Channel())
    await other.drain()

    answer.set_result(Parked("not_in_channel", "Invite the bot."))
    await late

    (row,) = await other.list()
    assert (row.state, row.message) == ("sent", "m-one")


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


async def test_a_platform_that_hangs_is_given_up(register: Register) -> None:
    outbox = Outbox(
        register.database,
        KEYRING,
        {"slack": Hanging()},
        posted=register.posted,
        claim_seconds=0.2,
    )
    await register.post([a_post("one")])

    async with asyncio.timeout(2.0):
        await outbox.drain()

    (row,) = await outbox.list("unknown")
    assert row.reason == "The platform did not answer in time."


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
    files = _files(tmp_path)
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


async def test_a_post_whose_success_is_unwritten_is_looked_up(
    tmp_path: Path, clock: Clock
) -> None:
    files = _files(tmp_path)
    register = await Register.open(*files, KEYRING, SIGNER, deadline=0.2)
    lock = sqlite3.connect(files[0].removeprefix("sqlite:///"), isolation_level=None)

    class Locking(Channel):
        async def send(self, row: Row, *, retry: bool) -> Outcome:
            if not retry:
                lock.execute("BEGIN IMMEDIATE")
            return await super().send(row, retry=retry)

    channel = Locking()
    outbox = Outbox(
        register.database, KEYRING, {"slack": channel}, posted=register.posted, now=clock
    )
    await register.post([a_post("one")])
    await outbox.drain()
    lock.rollback()
    clock.time += 61

    await outbox.drain()

    assert channel.retries == [False, True]
    assert await outbox.counts() == {"waiting": 0, "sent": 1, "parked": 0, "unknown": 0}
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


def _names(rows: tuple[Row, ...]) -> list[object]:
    return [row.body["name"] for row in rows]


def _files(folder: Path) -> tuple[str, str]:
    return f"sqlite:///{folder}/register.db", f"sqlite:///{folder}/keys.db"


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
