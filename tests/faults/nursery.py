"""Starts a process to kill in a fraction of the time: forked from one that has it all imported.

Most of a start are imports, which no fault of ours can touch. What is forked has opened nothing
yet and runs one thread; from there on it reads its settings, opens its stores, prints its line,
and is killed like any other process.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from tests.bot.server import Server, environment

SERVER, WRITER = "bot.cli", "tests.faults.dying"
"""What may be forked: modules with a `main`."""

IMPORTED = {
    SERVER: (
        *("bot.logs", "bot.serving", "uvloop"),
        *("bot.surfaces.slack", "bot.surfaces.teams", "bot.surfaces.web"),
    ),
    WRITER: ("aiosqlite", "asyncpg", "uvloop"),
}


class Nursery:
    """The process that forks; asked in lines of JSON, one answer to each."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, folder: Path, **variables: str) -> tuple[int, str]:
        """Fork one, in this folder; its process id and the first line that it prints."""
        pid, line = self.ask(start=str(folder), variables=environment(folder, **variables))
        return int(pid), str(line)

    def end(self, pid: int, how: signal.Signals) -> int:
        """Send it a signal and wait; its exit code."""
        os.kill(pid, how)
        return int(self.ask(wait=pid))

    def ask(self, **question: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


class ForkedServer(Server):
    """A server that comes out of a nursery, and ends as any other does."""

    def __init__(self, nursery: Nursery, folder: Path, **settings: str) -> None:
        super().__init__(folder, **settings)
        self._nursery = nursery
        self._pid = 0

    def _begin(self) -> str:
        self._pid, line = self._nursery.start(self.folder, **self.settings)
        return line

    def _end(self, how: signal.Signals) -> int:
        return self._nursery.end(self._pid, how)


@contextmanager
def nursery(program: str) -> Iterator[Nursery]:
    """A nursery of one program for as long as it is needed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.nursery", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Nursery(process)
    finally:
        process.communicate()


def main() -> None:
    """Answer questions until there are no more."""
    program = importlib.import_module(sys.argv[1])
    for name in IMPORTED[sys.argv[1]]:
        with suppress(ImportError):
            # Not everywhere is there a faster loop.
            importlib.import_module(name)
    assert threading.active_count() == 1, "a fork would lose a thread"
    for line in sys.stdin:
        question = json.loads(line)
        if "wait" in question:
            answer: Any = os.waitstatus_to_exitcode(os.waitpid(question["wait"], 0)[1])
        else:
            answer = _forked(program, Path(question["start"]), question["variables"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _forked(program: ModuleType, folder: Path, variables: dict[str, str]) -> tuple[int, str]:
    """A process id, and the first line that it prints."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _become(program, folder, variables, writing)
    os.close(writing)
    # Left open by nobody, as what is killed prints nothing more.
    with os.fdopen(reading) as said:
        return pid, said.readline()


def _become(program: ModuleType, folder: Path, variables: dict[str, str], output: int) -> None:
    """Become `share-check serve`, or the writer, as if it had just been started."""
    code: Any = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
        os.closerange(3, 64)
        os.environ.clear()
        os.environ.update(variables)
        os.chdir(folder)
        sys.argv = ["share-check", "serve"]
        code = program.main()
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    finally:
        _flush(sys.stdout)
        _flush(sys.stderr)
        os._exit(code or 0)


def _flush(stream: IO[str]) -> None:
    try:
        stream.flush()
    except OSError:
        # Nobody listens to the line of a server that was told to stop before it was up.
        return


if __name__ == "__main__":
    main()
