"""One contract for sessions and desks, on a server, behind Sentinel and in a cluster."""

import asyncio

import pytest
from redis import Redis

from bot.keys import Keyring
from bot.sessions import DeskItem, Gone, Held, Owner, Sessions
from bot.sessions.sealing import check_key, desk_key
from tests.bot.sessions.turns import drop, save


async def test_a_check_never_begun_is_not_held(sessions: Sessions, owner: Owner) -> None:
    assert await sessions.load(owner, "c1") is None


async def test_a_saved_turn_is_loaded_again(sessions: Sessions, owner: Owner) -> None:
    standing = await save(sessions, owner, None, 1, b"first")

    assert standing is None
    assert await sessions.load(owner, "c1") == Held(1, b"first")


async def test_each_turn_takes_the_place_of_the_last(sessions: Sessions, owner: Owner) -> None:
    await save(sessions, owner, None, 1, b"first")

    standing = await save(sessions, owner, 1, 2, b"second")

    assert standing is None
    assert await sessions.load(owner, "c1") == Held(2, b"second")


async def test_the_losing_racer_gets_what_stands(sessions: Sessions, owner: Owner) -> None:
    await save(sessions, owner, None, 1, b"first")
    await save(sessions, owner, 1, 2, b"winner")

    standing = await save(sessions, owner, 1, 2, b"loser")

    assert standing == Held(2, b"winner")
    assert await sessions.load(owner, "c1") == Held(2, b"winner")


async def test_one_of_many_racers_wins(sessions: Sessions, owner: Owner) -> None:
    await save(sessions, owner, None, 1, b"first")

    racing = (save(sessions, owner, 1, 2, b"%d" % racer) for racer in range(20))
    standings = await asyncio.gather(*racing)

    [winner] = [racer for racer, standing in enumerate(standings) if standing is None]
    others = {standing for standing in standings if standing is not None}
    assert others == {Held(2, b"%d" % winner)}


async def test_the_same_turn_saved_twice_is_saved(sessions: Sessions, owner: Owner) -> None:
    first = await save(sessions, owner, None, 1, b"first", DeskItem("c1", b"open"))
    again = await save(sessions, owner, None, 1, b"first", DeskItem("c1", b"open"))

    assert (first, again) == (None, None)
    assert await sessions.desk(owner) == (DeskItem("c1", b"open"),)


async def test_a_second_beginning_does_not_overwrite(sessions: Sessions, owner: Owner) -> None:
    await save(sessions, owner, None, 1, b"first")

    standing = await save(sessions, owner, None, 1, b"other")

    assert standing == Held(1, b"first")


async def test_a_dropped_check_leaves_nothing_behind(sessions: Sessions, owner: Owner) -> None:
    await save(sessions, owner, None, 1, b"first", DeskItem("c1", b"open"))

    standing = await drop(sessions, owner, 1)

    assert standing is None
    assert await sessions.load(owner, "c1") is None
    assert await sessions.desk(owner) == ()


async def test_a_check_dropped_twice_is_dropped(sessions: Sessions, owner: Owner) -> None:
    await save(sessions, owner, None, 1, b"first")

    assert await drop(sessions, owner, 1) is None
    assert await drop(sessions, owner, 1) is None


async def test_a_check_that_moved_on_is_not_dropped(sessions: Sessions, owner: Owner) -> None:
    await save(sessions, owner, None, 1, b"first")
    await save(sessions, owner, 1, 2, b"second")

    standing = await drop(sessions, owner, 1)

    assert standing == Held(2, b"second")


async def test_a_dropped_check_may_leave_a_receipt(sessions: Sessions, owner: Owner) -> None:
    await save(sessions, owner, None, 1, b"first", DeskItem("c1", b"open"))

    await drop(sessions, owner, 1, DeskItem("c1", b"receipt"))

    assert await sessions.load(owner, "c1") is None
    assert await sessions.desk(owner) == (DeskItem("c1", b"receipt"),)


async def test_a_turn_of_a_lost_check_is_gone(sessions: Sessions, owner: Owner) -> None:
    with pytest.raises(Gone):
        await save(sessions, owner, 3, 4, b"fourth")

    assert await sessions.load(owner, "c1") is None


async def test_a_save_without_desk_keeps_the_desk(sessions: Sessions, owner: Owner) -> None:
    await save(sessions, owner, None, 1, b"first", DeskItem("c1", b"open"))

    await save(sessions, owner, 1, 2, b"second")

    assert await sessions.desk(owner) == (DeskItem("c1", b"open"),)


async def test_the_desk_lists_the_latest_first(sessions: Sessions, owner: Owner) -> None:
    for check in ("c1", "c2", "c3"):
        await sessions.save(
            owner, check, expected=None, turn=1, value=b"v", desk=DeskItem(check, b"open")
        )
    await save(sessions, owner, 1, 2, b"w", DeskItem("c1", b"again"))

    desk = await sessions.desk(owner)

    assert [item.check for item in desk] == ["c1", "c3", "c2"]


async def test_the_oldest_item_makes_room_at_twenty(sessions: Sessions, owner: Owner) -> None:
    for number in range(21):
        check = f"c{number}"
        await sessions.save(
            owner, check, expected=None, turn=1, value=b"v", desk=DeskItem(check, b"open")
        )

    desk = await sessions.desk(owner)

    assert [item.check for item in desk] == [f"c{number}" for number in range(20, 0, -1)]


async def test_people_see_only_their_own(
    sessions: Sessions, owner: Owner, keyring: Keyring
) -> None:
    other = keyring.owners("slack", "T1", "somebody else")
    await save(sessions, owner, None, 1, b"first", DeskItem("c1", b"open"))

    assert await sessions.load(other, "c1") is None
    assert await sessions.desk(other) == ()


async def test_three_hundred_calls_at_once_all_end(sessions: Sessions, keyring: Keyring) -> None:
    owners = [keyring.owners("slack", "crowd", str(number)) for number in range(100)]
    for one in owners:
        await drop(sessions, one, None)

    async def turn(one: Owner) -> Held | None:
        await sessions.load(one, "c1")
        await save(sessions, one, None, 1, one[0].encode())
        return await sessions.load(one, "c1")

    held = await asyncio.gather(*(turn(one) for one in owners))

    assert held == [Held(1, one[0].encode()) for one in owners]


async def test_redis_that_answers_is_ready(sessions: Sessions) -> None:
    assert await sessions.ready()
    assert await sessions.policy_warning() is None


async def test_an_evicting_policy_is_warned_of(on_server: Sessions, redis: Redis) -> None:
    redis.config_set("maxmemory-policy", "allkeys-lru")
    try:
        warning = await on_server.policy_warning()
    finally:
        redis.config_set("maxmemory-policy", "noeviction")

    assert warning
    assert "allkeys-lru" in warning


async def test_nothing_is_kept_for_ever(on_server: Sessions, owner: Owner, redis: Redis) -> None:
    await save(on_server, owner, None, 1, b"first", DeskItem("c1", b"open"))

    assert 86_000 < redis.ttl(check_key(owner[0], "c1")) <= 86_400
    assert 29 * 86_400 < redis.ttl(desk_key(owner[0])) <= 30 * 86_400


async def test_a_forgotten_script_is_sent_again(
    on_server: Sessions, owner: Owner, redis: Redis
) -> None:
    await save(on_server, owner, None, 1, b"first")
    redis.script_flush()

    assert await save(on_server, owner, 1, 2, b"second") is None
