"""Where Redis is, read from a URL that may hold a password."""

import pytest

from bot.sessions import BrokenAddress
from bot.sessions.address import Nodes, Sentinels, Server, read_address


def test_addresses_of_one_server_are_read() -> None:
    assert isinstance(read_address("redis://127.0.0.1:6380/1"), Server)
    assert isinstance(read_address("rediss://user:word@redis.example:6380"), Server)
    assert read_address("unix:///var/redis%20here.sock?db=2").options["db"] == 2


def test_addresses_of_many_servers_are_read() -> None:
    sentinels = read_address("redis+sentinel://app:wo%2Frd@one,two:26380/checks/3")
    nodes = read_address("rediss+cluster://one:7000,[::1]")

    assert sentinels == Sentinels(
        hosts=(("one", 26379), ("two", 26380)),
        service="checks",
        options={"username": "app", "password": "wo/rd", "db": 3},
    )
    assert nodes == Nodes(hosts=(("one", 7000), ("::1", 6379)), options={"ssl": True})


@pytest.mark.parametrize(
    "address",
    [
        "http://secret@host",
        "redis://secret@host:port",
        "redis+sentinel://secret@host",
        "redis+sentinel://secret@host/service/nought",
        "redis+cluster://secret@",
        "redis+cluster://secret@host:many",
    ],
)
def test_a_broken_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(BrokenAddress) as refusal:
        read_address(address)

    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)
