"""Redis servers of every kind, started for tests."""

import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis, RedisError

from bot.embedded import find_engine


class Running(subprocess.Popen[bytes]):
    """A server that ends with its `with` block, whatever state it is in."""

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.wait()


def start(folder: Path, *words: str) -> Running:
    """Start the wheel's server with its own folder as working directory."""
    return Running([str(find_engine().program), *words], stdout=subprocess.DEVNULL, cwd=folder)


def free_port() -> int:
    """Find a port; a low one, for a cluster's bus listens 10,000 above it."""
    while True:
        port = 20_000 + secrets.randbelow(10_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


@contextmanager
def watched(folder: Path) -> Iterator[str]:
    """A primary behind a Sentinel; the first Sentinel of the URL is dead on purpose."""
    primary, sentinel = free_port(), free_port()
    watching = folder / "sentinel.conf"
    watching.write_text(f"port {sentinel}\nsentinel monitor checks 127.0.0.1 {primary} 1\n")
    with (
        start(folder, "--port", str(primary), "--save", ""),
        start(folder, str(watching), "--sentinel"),
    ):
        wait_for(primary, "PING")
        wait_for(sentinel, "PING")
        yield f"redis+sentinel://127.0.0.1:1,127.0.0.1:{sentinel}/checks/0"


@contextmanager
def clustered(folders: tuple[Path, Path]) -> Iterator[str]:
    """A cluster of two nodes, each with half of the slots."""
    ports = (free_port(), free_port())
    first, second = (
        start(folder, "--port", str(port), "--save", "", "--cluster-enabled", "yes")
        for folder, port in zip(folders, ports, strict=True)
    )
    with first, second:
        for port, slots in zip(ports, (range(8192), range(8192, 16384)), strict=True):
            wait_for(port, "PING")
            with Redis(port=port) as node:
                node.execute_command("CLUSTER", "ADDSLOTS", *slots)
        with Redis(port=ports[0]) as node:
            node.execute_command("CLUSTER", "MEET", "127.0.0.1", ports[1])
        for port in ports:
            wait_for(port, "CLUSTER", "INFO", until=b"cluster_state:ok")
        yield f"redis+cluster://127.0.0.1:{ports[0]},127.0.0.1:{ports[1]}"


def wait_for(port: int, *command: str, until: bytes = b"") -> None:
    """Ask until the answer holds what it should."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        with Redis(port=port) as node:
            try:
                reply = node.execute_command(*command)
            except RedisError:
                reply = None
        if reply is True or (isinstance(reply, bytes) and until in reply):
            return
        time.sleep(0.05)
    raise TimeoutError(f"The server on port {port} is not ready.")
