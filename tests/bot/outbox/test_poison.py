"""Rows that nobody can send, and platforms that hang: they hold up nobody else for ever."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.outbox import Outbox, Outcome, Row, Sender, Sent
from bot.outbox.sending import CannotBeMade, made
from bot.register.database import RegisterUnavailable
from bot.register.store import Register
from tests.bot.outbox.channels import Channel, Clock, Hanging, until
from tests.bot.register.drafts import KEYRING, SIGNER, a_post


@pytest.fixture
async def register(tmp_path: Path) -> AsyncIterator[Register]:
    folder = f"sqlite:///{tmp_path}"
    register = await Register.open(f"{folder}/register.db", f"{folder}/keys.db", KEYRING, SIGNER)
    yield register
    await register.close()


@pytest.mark.parametrize("body", ["not JSON", "[1]"])
async def test_a_row_that_was_altered_is_parked_and_the_next_goes_out(
    register: Register, body: str
) -> None:
    channel = Channel()
    bad, good = a_post("bad"), a_post("good")
    await register.post([bad, good])
    statement = text("UPDATE outbox SET body = :body WHERE id = :id")
    values = {"body": body, "id": bad.id}
    await register.database.write(lambda connection: connection.execute(statement, values))
    outbox = Outbox(register.database, KEYRING, {"slack": channel}, posted=register.posted)

    await outbox.drain()

    [row] = await outbox.list("parked")
    assert (row.id, row.body, row.reason) == (bad.id, {}, "The row cannot be read.")
    assert channel.posted == ["good"]


async def test_a_message_that_cannot_be_made_is_parked_at_once(register: Register) -> None:
    channel = Channel(CannotBeMade("The policy is not here any more."))
    await register.post([a_post("bad"), a_post("good")])
    outbox = Outbox(register.database, KEYRING, {"slack": channel}, posted=register.posted)

    await outbox.drain()

    [row] = await outbox.list("parked")
    assert row.reason == "The policy is not here any more."
    assert channel.posted == ["good"]


async def test_a_fault_while_putting_into_words_is_told_apart_from_sending() -> None:
    async def broken(error: Exception) -> str:
        raise error

    async def well() -> str:
        return "said"

    assert await made(well()) == "said"
    with pytest.raises(CannotBeMade, match=r"^It cannot be put into words \(KeyError\)\.$"):
        await made(broken(KeyError("a name that nobody may read")))
    for passed in (RegisterUnavailable("down"), CannotBeMade("why"), TimeoutError()):
        with pytest.raises(type(passed)):
            await made(broken(passed))


async def test_a_platform_that_hangs_holds_up_no_other(register: Register) -> None:
    hanging, channel = Hanging(), Channel()
    senders: dict[str, Sender] = {"slack": hanging, "teams": channel}
    outbox = Outbox(register.database, KEYRING, senders, posted=register.posted)
    await register.post([a_post(str(n), channel=f"C{n}") for n in range(40)])
    await register.post([a_post("other", surface="teams")])
    running = asyncio.create_task(outbox.run())

    await until(lambda: channel.posted == ["other"])

    await outbox.close(grace=0)
    await running


async def test_a_fault_of_ours_ends_no_worker(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = Channel()
    outbox = Outbox(
        register.database, KEYRING, {"slack": channel}, posted=register.posted, poll_seconds=0.02
    )
    claim = outbox._deliveries.claim
    faults = [ZeroDivisionError()]

    async def faulty(*arguments: object, **more: object) -> tuple[Row, ...]:
        if faults:
            raise faults.pop()
        return await claim(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(outbox._deliveries, "claim", faulty)
    await register.post([a_post("one")])
    running = asyncio.create_task(outbox.run())

    await until(lambda: channel.posted == ["one"])

    await outbox.close()
    await running


async def test_a_request_that_was_given_up_is_not_looked_for_too_soon(
    register: Register,
) -> None:
    clock, later = Clock(), Channel()

    class Slow(Channel):
        async def send(self, row: Row, *, retry: bool) -> Outcome:
            if retry:
                return await super().send(row, retry=retry)
            await asyncio.Event().wait()
            return Sent(None)

    slow = Slow()
    outbox = Outbox(
        register.database,
        KEYRING,
        {"slack": slow},
        posted=register.posted,
        now=clock,
        claim_seconds=0.2,
    )
    await register.post([a_post("one")])
    await outbox.drain()

    clock.time += 29
    await outbox.drain()
    early = list(slow.retries)
    clock.time += 2
    await outbox.drain()

    assert early == []
    assert slow.retries == [True]
    assert later.posted == []


async def test_how_long_the_oldest_row_waits_is_known(register: Register) -> None:
    clock = Clock()
    channel = Channel()
    outbox = Outbox(
        register.database, KEYRING, {"slack": channel}, posted=register.posted, now=clock
    )
    assert await outbox.oldest() == 0.0
    await register.post([a_post("one"), a_post("two")])
    [first, _] = await outbox.list()
    assert first.since is not None
    clock.time = first.since + 90

    waiting = await outbox.oldest()
    await outbox.drain()

    assert waiting == 90
    assert await outbox.oldest() == 0.0
    assert [row.since for row in await outbox.list()] == [None, None]
