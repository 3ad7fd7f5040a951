"""The outbox in doubt: what may be out is looked for first, and a person settles the rest."""

import asyncio
import sqlite3
import sys
from pathlib import Path

from bot.outbox import Later, Outbox, Outcome, Parked, Row, Sender, Sent, Unknown
from bot.register.store import Register
from tests.bot.outbox.channels import Channel, Clock, Hanging, Make, files_in
from tests.bot.register.drafts import KEYRING, SIGNER, a_post

ROOT = Path(__file__).parents[3]
HANG = Path(__file__).parents[1] / "register" / "hang_while_sending.py"


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


async def test_a_post_whose_success_is_unwritten_is_looked_up(
    tmp_path: Path, clock: Clock
) -> None:
    files = files_in(tmp_path)
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
