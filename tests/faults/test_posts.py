"""A Slack that accepts and does not say so, asks to wait, or lost the channel: nothing twice."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.outbox import Outbox
from tests.fakes.slack import Fault
from tests.faults.posting import CHANNELS, Posting, posting
from tests.faults.teams_posting import teams_posting

LOST = 60
MIXED = 120


@pytest.fixture
async def place(redis_url: str, tmp_path: Path) -> AsyncIterator[Posting]:
    async with posting(redis_url, tmp_path) as opened:
        yield opened


async def test_lost_replies_leave_one_message_each(place: Posting) -> None:
    await place.post(LOST)
    place.slack.fail("chat.postMessage", Fault.LOSE_REPLY, times=LOST)

    await place.come_to_rest()

    assert await place.standing() == ([], [], [])
    posted = [call for call in place.slack.called("chat.postMessage") if call.error is None]
    assert len(posted) == LOST


async def test_mixed_faults_leave_one_message_each_or_a_flag(place: Posting) -> None:
    dice = random.Random(11)
    await place.post(MIXED)

    await place.come_to_rest(dice)

    twice, missing, flagged = await place.standing()
    assert (twice, missing) == ([], [])
    assert len(flagged) <= MIXED // 20
    assert all(row.reason for row in flagged)


async def test_a_storm_of_requests_to_wait_is_weathered(place: Posting) -> None:
    place.slack.limit_posts()
    await place.post(3 * CHANNELS)
    place.slack.fail("chat.postMessage", Fault.RATE_LIMITED, times=200, seconds=30)

    await place.come_to_rest()

    assert await place.standing() == ([], [], [])
    for number in range(CHANNELS):
        messages = place.slack.channel(f"C0POSTS{number}").messages
        assert [m.words.splitlines()[1] for m in messages] == [
            f"Reference: SC-{number + turn * CHANNELS:08}" for turn in range(3)
        ]


async def test_a_channel_that_is_gone_parks_its_rows_and_no_others(place: Posting) -> None:
    gone = place.slack.channel("C0POSTS0")
    gone.is_archived = True
    await place.post(2 * CHANNELS)

    await place.come_to_rest()
    twice, missing, flagged = await place.standing()
    told = [message.words for message in place.owner.messages]
    gone.is_archived = False
    for row in flagged:
        await place.outbox.resend(row.id)
    await place.come_to_rest()

    assert (twice, missing) == ([], [])
    assert [row.channel for row in flagged] == ["C0POSTS0"] * 2
    assert all("Unarchive" in str(row.remedy) for row in flagged)
    assert len([words for words in told if "is not in your team's channel" in words]) == 2
    assert await place.standing() == ([], [], [])
    assert len(gone.messages) == 2
    assert len(place.owner.messages) == 2


async def test_a_slow_acceptance_is_waited_for_before_looking(place: Posting) -> None:
    register = place.stage.parts.register
    hasty = Outbox(
        register.database,
        register.keyring,
        place.stage.parts.senders,
        posted=register.posted,
        now=place.clock,
        claim_seconds=0.5,
    )
    await place.post(1)
    place.slack.fail("chat.postMessage", Fault.DELAY, seconds=0.8)

    await hasty.drain()
    place.pass_by(5.0)
    await hasty.drain()
    await asyncio.sleep(0.8)
    place.pass_by(30.0)
    await hasty.drain()

    assert await place.standing() == ([], [], [])
    assert len(place.slack.channel("C0POSTS0").messages) == 1


async def test_a_faulty_teams_leaves_one_message_each_or_a_flag(
    redis_url: str, tmp_path: Path
) -> None:
    dice = random.Random(12)
    async with teams_posting(redis_url, tmp_path) as place:
        for _ in range(6):
            await place.post(LOST // 6)
            await place.come_to_rest(dice)

        twice, missing, flagged = await place.standing()
        assert (twice, missing) == ([], [])
        assert 0 < len(flagged) < LOST
        assert all(row.reason for row in flagged)
