"""Nothing is sent to an address that is not on the list."""

import pytest

from bot.surfaces.teams.hosts import BrokenHosts, Hosts

OURS = Hosts.parse("127.0.0.1:4000, connector.example:8443, localhost:5000")


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/uk/",
        "https://smba.trafficmanager.net:443/teams",
        "https://webchat.botframework.com/",
        "https://smba.infra.gov.teams.microsoft.us/gcch/",
    ],
)
def test_microsofts_own_addresses_are_allowed(url: str) -> None:
    assert Hosts.public().allow(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.trafficmanager.net/uk/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net.example/",
        "https://x.smba.trafficmanager.net/",
        "https://a.b.botframework.com/",
        "https://botframework.com/",
        "https://user@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net\\@example.org/",
        "https://smba.trafficmanager.net/?to=x",
        "https://smba.trafficmanager.net/#x",
        "https://SMBA.trafficmanager.net /",
        "https://smba.trafficmanager.net\r\nHost: x/",
        "https://smba.traffic\tmanager.net/",
        "https://smba.trafficmanager.net/a b",
        "https://smba.trafficmanager.net/\u00e9",
        "https://smba.trafficmanager.net/a\\b",
        f"https://smba.trafficmanager.net/{'x' * 500}",
        "https://127.0.0.1/",
        "http://localhost:6379/",
        "https://[::1]/",
        "https://smba.trafficmanager.net:port/",
        "ftp://smba.trafficmanager.net/",
        "smba.trafficmanager.net",
        "",
    ],
)
def test_anything_else_is_not(url: str) -> None:
    assert not Hosts.public().allow(url)


def test_an_empty_place_in_the_list_is_nothing() -> None:
    assert Hosts.parse("connector.example,, ").allow("https://connector.example/")


def test_http_is_for_this_machine_only() -> None:
    assert OURS.allow("http://127.0.0.1:4000/teams/")
    assert OURS.allow("http://localhost:5000/")
    assert OURS.allow("https://connector.example:8443/")
    assert not OURS.allow("http://connector.example:8443/")
    assert not OURS.allow("http://127.0.0.1:4001/")


def test_the_first_host_is_where_nobody_has_written_from_yet() -> None:
    assert OURS.first == "http://127.0.0.1:4000/"
    assert Hosts.public().first == "https://smba.trafficmanager.net/teams/"
    assert Hosts.parse("connector.example").first == "https://connector.example/"


@pytest.mark.parametrize("text", ["", ",", "host:port", "a@b:1", "host/path", "[::1"])
def test_a_list_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BrokenHosts):
        Hosts.parse(text)
