"""Which addresses a Bot Connector may have: nothing is ever sent to another one.

An activity says where its answer goes (`serviceUrl`), and our own token goes there too. A signed
activity is no proof that the address is Microsoft's, so it has to be on this list.
"""

import ipaddress
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, urlsplit

PUBLIC = (
    "smba.trafficmanager.net",
    "*.botframework.com",
    "smba.infra.gcc.teams.microsoft.com",
    "smba.infra.gov.teams.microsoft.us",
    "smba.infra.dod.teams.microsoft.us",
    "*.botframework.us",
)
LONGEST = 500


class BrokenHosts(ValueError):
    """TEAMS_SERVICE_HOSTS cannot be read."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Names, each with the port it answers on; a name that begins with `*.` has any first part."""

    allowed: frozenset[tuple[str, int]]
    first: str

    @classmethod
    def public(cls) -> Self:
        """Microsoft's own."""
        first = f"https://{PUBLIC[0]}/teams/"
        return cls(frozenset((name, 443) for name in PUBLIC), first)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Comma-separated hosts, each with a port if it is not 443; raises `BrokenHosts`."""
        words = [word.strip().lower() for word in text.split(",") if word.strip()]
        if not words:
            raise BrokenHosts("no host is named")
        places = [_place(word) for word in words]
        scheme = "http" if is_loopback(places[0][0]) else "https"
        return cls(frozenset(places), f"{scheme}://{words[0]}/")

    def allow(self, url: str) -> bool:
        """Whether something may be sent to this address."""
        if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
            return False
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or ""), parts.port
        except ValueError:
            return False
        if "@" in parts.netloc or "\\" in url or parts.query or parts.fragment:
            return False
        return self._knows(host, port or _usual_port(parts)) and _is_private(parts, host)

    def _knows(self, host: str, port: int) -> bool:
        wild = f"*.{host.partition('.')[2]}"
        return (host, port) in self.allowed or (wild, port) in self.allowed


def is_loopback(host: str) -> bool:
    """Whether a name means this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _place(word: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{word}")
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise BrokenHosts("a host or its port cannot be read") from None
    if not name or parts.path or "@" in word:
        raise BrokenHosts("a host is written as name:port")
    return name, port or 443


def _usual_port(parts: SplitResult) -> int:
    return 80 if parts.scheme == "http" else 443


def _is_private(parts: SplitResult, host: str) -> bool:
    """Whether nobody on the way can read along."""
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
