"""What a practitioner meets when Redis stalls, dies, restarts or changes its role."""

import asyncio
import secrets
import signal
import time
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import pytest
from redis import Redis

from bot.embedded import Embedded
from bot.keys import Keyring
from bot.sessions import Held, Owner, Sessions, Unavailable

KEYRING = Keyring((secrets.token_bytes(32),))


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Embedded]:
    async with await Embedded.start(tmp_path) as started:
        yield started
        started.process.send_signal(signal.SIGCONT)


@pytest.fixture
async def sessions(server: Embedded) -> AsyncIterator[Sessions]:
    opened = Sessions.open(server.url, KEYRING)
    yield opened
    await opened.close()


@pytest.fixture
def owner() -> Owner:
    return KEYRING.owners("slack", "T1", secrets.token_hex(4))


async def test_a_cancel_storm_mixes_up_nobody(sessions: Sessions) -> None:
    owners = [KEYRING.owners("slack", "T1", f"person {number}") for number in range(200)]
    for one in owners:
        await _save(sessions, one, None, 1, one[0].encode())

    for wait in (0.0, 0.001, 0.003, 0.01):
        storm = [asyncio.create_task(_turns(sessions, one)) for one in owners]
        await asyncio.sleep(wait)
        for task in storm[::2]:
            task.cancel()
        await asyncio.gather(*storm, return_exceptions=True)

    held = await asyncio.gather(*(sessions.load(one, "c1") for one in owners))
    assert [one.value if one else None for one in held] == [one[0].encode() for one in owners]


async def test_a_pause_of_our_own_is_not_held_against_redis(
    sessions: Sessions, owner: Owner
) -> None:
    await _save(sessions, owner, None, 1, b"first")
    asked = asyncio.create_task(sessions.load(owner, "c1"))
    for _ in range(3):
        await asyncio.sleep(0)
    assert not asked.done()

    time.sleep(1.2)  # noqa: ASYNC251 - the whole process stands still

    held = await asked
    assert held is not None
    assert held.value == b"first"


async def test_a_cancel_storm_leaves_every_place_free(sessions: Sessions, owner: Owner) -> None:
    await _save(sessions, owner, None, 1, b"first")
    for _ in range(5):
        storm = [asyncio.create_task(sessions.load(owner, "c1")) for _ in range(200)]
        await asyncio.sleep(0.002)
        for task in storm:
            task.cancel()
        await asyncio.gather(*storm, return_exceptions=True)

    held = await asyncio.gather(*(sessions.load(owner, "c1") for _ in range(300)))

    assert held == [Held(1, b"first")] * 300


async def test_a_stalled_redis_is_told_within_a_second(
    server: Embedded, sessions: Sessions, owner: Owner
) -> None:
    await _save(sessions, owner, None, 1, b"first")
    server.process.send_signal(signal.SIGSTOP)

    reading = await _seconds_until_unavailable(sessions.load(owner, "c1"))
    server.process.send_signal(signal.SIGCONT)
    await asyncio.sleep(1.1)
    server.process.send_signal(signal.SIGSTOP)
    writing = await _seconds_until_unavailable(_save(sessions, owner, 1, 2, b"second"))

    assert 0.5 < reading < 1.2
    assert 0.5 < writing < 1.2


async def test_after_a_stall_the_next_is_told_at_once(
    server: Embedded, sessions: Sessions, owner: Owner
) -> None:
    await _save(sessions, owner, None, 1, b"first")
    server.process.send_signal(signal.SIGSTOP)
    await _seconds_until_unavailable(sessions.load(owner, "c1"))

    waits = [await _seconds_until_unavailable(sessions.load(owner, "c1")) for _ in range(5)]

    assert max(waits) < 0.1


async def test_one_caller_tries_when_the_rest_is_over(
    server: Embedded, sessions: Sessions, owner: Owner
) -> None:
    server.process.send_signal(signal.SIGSTOP)
    await _seconds_until_unavailable(sessions.load(owner, "c1"))
    await asyncio.sleep(1.05)

    waits = await asyncio.gather(
        *(_seconds_until_unavailable(sessions.load(owner, "c1")) for _ in range(10))
    )

    assert sum(wait > 0.5 for wait in waits) == 1


async def test_a_stall_that_ends_loses_nothing(
    server: Embedded, sessions: Sessions, owner: Owner
) -> None:
    await _save(sessions, owner, None, 1, b"first")
    server.process.send_signal(signal.SIGSTOP)
    await _seconds_until_unavailable(_save(sessions, owner, 1, 2, b"second"))
    server.process.send_signal(signal.SIGCONT)
    await asyncio.sleep(1.1)

    again = await _save(sessions, owner, 1, 2, b"second")

    assert again is None
    assert await sessions.load(owner, "c1") == Held(2, b"second")


async def test_a_dead_redis_is_told_at_once(
    server: Embedded, sessions: Sessions, owner: Owner
) -> None:
    await _save(sessions, owner, None, 1, b"first")
    await server.stop()

    waits = [await _seconds_until_unavailable(sessions.load(owner, "c1")) for _ in range(3)]

    assert max(waits) < 0.5
    assert not await sessions.ready()
    assert await sessions.policy_warning() is None


async def test_a_redis_that_never_was_is_told_at_once(owner: Owner) -> None:
    for url in (
        "redis://127.0.0.1:1",
        "redis+sentinel://127.0.0.1:1,127.0.0.1:2/checks",
        "redis+cluster://127.0.0.1:1",
    ):
        sessions = Sessions.open(url, KEYRING)

        assert await _seconds_until_unavailable(sessions.load(owner, "c1")) < 1.2
        await sessions.close()


async def test_a_restart_keeps_what_was_saved(
    tmp_path: Path, server: Embedded, sessions: Sessions, owner: Owner
) -> None:
    await asyncio.gather(*(_save(sessions, owner, None, 1, b"first") for _ in range(40)))
    server.process.kill()
    await server.stop()

    async with await Embedded.start(tmp_path):
        held = await asyncio.gather(*(sessions.load(owner, "c1") for _ in range(40)))
        standing = await _save(sessions, owner, 1, 2, b"second")

    assert held == [Held(1, b"first")] * 40
    assert standing is None


async def test_a_demoted_primary_refuses_and_is_left(
    server: Embedded, sessions: Sessions, owner: Owner
) -> None:
    await _save(sessions, owner, None, 1, b"first")
    with Redis.from_url(server.url) as redis:
        await asyncio.gather(*(sessions.load(owner, "c1") for _ in range(10)))
        before = len(redis.client_list())

        redis.execute_command("REPLICAOF", "127.0.0.1", "1")
        with pytest.raises(Unavailable):
            await _save(sessions, owner, 1, 2, b"second")
        await asyncio.sleep(0.05)
        after = len(redis.client_list())
        redis.execute_command("REPLICAOF", "NO", "ONE")

    assert (before, after) == (2, 1)
    assert await _save(sessions, owner, 1, 2, b"second") is None


async def test_a_full_redis_refuses_and_keeps_what_stands(
    server: Embedded, sessions: Sessions, owner: Owner
) -> None:
    await _save(sessions, owner, None, 1, b"first")
    with Redis.from_url(server.url) as redis:
        redis.config_set("maxmemory", 1)
        with pytest.raises(Unavailable):
            await _save(sessions, owner, 1, 2, b"second")
        redis.config_set("maxmemory", 0)

    assert await sessions.load(owner, "c1") == Held(1, b"first")


async def test_too_many_callers_wait_without_blaming_redis(
    server: Embedded, sessions: Sessions, owner: Owner
) -> None:
    await _save(sessions, owner, None, 1, b"first")
    server.process.send_signal(signal.SIGSTOP)
    crowd = [asyncio.create_task(sessions.load(owner, "c1")) for _ in range(100)]
    await asyncio.sleep(0.3)
    server.process.send_signal(signal.SIGCONT)

    held = await asyncio.gather(*crowd)

    assert held == [Held(1, b"first")] * 100


async def _turns(sessions: Sessions, owner: Owner) -> None:
    for _ in range(5):
        held = await sessions.load(owner, "c1")
        assert held
        await _save(sessions, owner, held.turn, held.turn + 1, owner[0].encode())


async def _save(
    sessions: Sessions, owner: Owner, expected: int | None, turn: int, value: bytes
) -> Held | None:
    return await sessions.save(owner, "c1", expected=expected, turn=turn, value=value, desk=None)


async def _seconds_until_unavailable(call: Awaitable[object]) -> float:
    started = time.monotonic()
    with pytest.raises(Unavailable) as refusal:
        await call

    assert "\n" not in str(refusal.value)
    return time.monotonic() - started
