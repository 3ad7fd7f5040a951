"""The machine: which core each process runs on, what a process has used, and what it all is."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = (
    *("aiohttp", "uvloop", "slack-bolt", "slack-sdk", "botbuilder-core", "redis", "hiredis"),
    "pydantic",
)


@dataclass(frozen=True, slots=True)
class Cores:
    """One core for the servers and another for the load; None where processes are not pinned."""

    servers: int | None
    load: int | None

    @classmethod
    def choose(cls) -> Cores:
        """The first two cores that this process may use."""
        if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
            return cls(None, None)
        servers, load, *_ = sorted(os.sched_getaffinity(0))
        return cls(servers, load)

    def __str__(self) -> str:
        """Say it in the report."""
        if self.servers is None:
            return "processes not pinned, so a server and its load share cores"
        return f"servers and their Redis on core {self.servers}, load on core {self.load}"


@contextmanager
def pinned(core: int | None) -> Iterator[None]:
    """Run this process on one core for a while."""
    if sys.platform != "linux" or core is None:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def pin(process_id: int, core: int | None) -> None:
    """Keep another process, and those that it starts, on one core."""
    if sys.platform == "linux" and core is not None:
        os.sched_setaffinity(process_id, {core})


def cpu_seconds(process_id: int) -> float | None:
    """What a process has used of the processor, with all its threads; None without /proc."""
    place = Path(f"/proc/{process_id}/stat")
    if not place.exists():
        return None
    # The name stands in brackets and may hold spaces, so the fields are counted behind it.
    fields = place.read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def described(redis: str) -> list[str]:
    """The machine and the versions, in lines."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    found = [f"{name} {_version(name)}" for name in LIBRARIES]
    return [
        f"{platform.system()} {platform.machine()}, {cores} cores, {_processor()}",
        f"Python {platform.python_version()}, {', '.join(found)}, Redis server {redis}",
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _processor() -> str:
    place = Path("/proc/cpuinfo")
    lines = place.read_text().splitlines() if place.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "processor not named"
