"""What lies in Redis is sealed, and opens only where it belongs."""

import secrets

import pytest
from redis import Redis

from bot.keys import Keyring
from bot.sessions import DeskItem, Owner, Sessions, Unavailable
from bot.sessions.sealing import check_key, desk_key
from tests.bot.sessions.turns import save


async def test_nothing_readable_lies_in_redis(
    on_server: Sessions, owner: Owner, redis: Redis
) -> None:
    await save(on_server, owner, None, 1, b"danger=harm", DeskItem("c1", b"open check"))

    lying = b"%r" % [redis.get(check_key(owner[0], "c1")), redis.hgetall(desk_key(owner[0]))]

    assert b"danger" not in lying
    assert b"open check" not in lying


@pytest.mark.parametrize("damage", ["another owner's", "another check's", "turned", "cut"])
async def test_a_value_that_belongs_elsewhere_is_refused(
    on_server: Sessions, keyring: Keyring, owner: Owner, redis: Redis, damage: str
) -> None:
    other = keyring.owners("slack", "T1", secrets.token_hex(4))
    await save(on_server, owner, None, 1, b"first")
    stored = redis.get(check_key(owner[0], "c1"))
    assert isinstance(stored, bytes)
    place, value = {
        "another owner's": (check_key(other[0], "c1"), stored),
        "another check's": (check_key(owner[0], "c2"), stored),
        "turned": (check_key(owner[0], "c1"), b"7" + stored[1:]),
        "cut": (check_key(owner[0], "c1"), stored[2:]),
    }[damage]
    redis.set(place, value)

    with pytest.raises(Unavailable, match="belongs elsewhere"):
        await on_server.load(other if "{" + other[0] in place else owner, place.split(":")[-1])


async def test_a_desk_item_that_was_moved_is_refused(
    on_server: Sessions, owner: Owner, redis: Redis
) -> None:
    await save(on_server, owner, None, 1, b"first", DeskItem("c1", b"open"))
    item = redis.hget(desk_key(owner[0]), "c1")
    assert item
    redis.hset(desk_key(owner[0]), "c2", item)

    with pytest.raises(Unavailable, match="belongs elsewhere"):
        await on_server.desk(owner)
