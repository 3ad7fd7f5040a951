"""Wrong codes are limited however many processes there are, and nobody's name is counted."""

import base64
import os
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from bot.enquiries.guesses import MOST, MOST_TOGETHER, SECONDS, Guesses
from bot.keys import Keyring
from bot.sessions import Sessions
from tests.bot.enquiries.stage import ASKER, OTHER, Clock, person

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def keyring() -> Keyring:
    return Keyring.parse(base64.urlsafe_b64encode(os.urandom(32)).decode())


@pytest.fixture
async def sessions(redis_url: str, keyring: Keyring) -> AsyncIterator[Sessions]:
    opened = Sessions.open(redis_url, keyring)
    yield opened
    await opened.close()


def process(sessions: Sessions, keyring: Keyring, clock: Clock) -> Guesses:
    return Guesses(sessions.counts, keyring, lambda: clock().timestamp())


async def test_more_processes_do_not_mean_more_guesses(
    sessions: Sessions, keyring: Keyring
) -> None:
    clock = Clock()
    for _ in range(MOST_TOGETHER // MOST):
        one = process(sessions, keyring, clock)
        assert not await one.too_many(OTHER)
        for _ in range(MOST):
            await one.wrong(OTHER)

    newest = process(sessions, keyring, clock)

    assert await newest.too_many(OTHER)
    assert not await newest.too_many(person("asker", tenant="T0ELSEWHERE"))
    clock.forward(seconds=SECONDS)
    assert not await newest.too_many(OTHER)


async def test_one_person_is_limited_long_before_the_others_are(
    sessions: Sessions, keyring: Keyring
) -> None:
    guesses = process(sessions, keyring, Clock())
    for _ in range(MOST):
        await guesses.wrong(OTHER)

    assert await guesses.too_many(OTHER)
    assert not await guesses.too_many(ASKER)


async def test_what_redis_counts_names_nobody_and_runs_out(
    sessions: Sessions, keyring: Keyring, redis_url: str
) -> None:
    await process(sessions, keyring, Clock()).wrong(OTHER)

    async with Redis.from_url(redis_url) as redis:
        kept = {key: await redis.ttl(key) async for key in redis.scan_iter("count:*")}

    assert kept
    for key, seconds in kept.items():
        assert all(name not in key for name in (b"other", b"T0TENANT", b"slack"))
        assert 0 < seconds <= SECONDS


async def test_without_redis_each_process_counts_by_itself(keyring: Keyring) -> None:
    guesses = process(Sessions.open(NOWHERE, keyring), keyring, Clock())
    for _ in range(MOST):
        assert not await guesses.too_many(OTHER)
        await guesses.wrong(OTHER)

    assert await guesses.too_many(OTHER)
    assert not await guesses.too_many(ASKER)
