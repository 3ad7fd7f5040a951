"""A real `share-check serve`, started and stopped as an operator would."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

CHECK = "3\n1\n1\n\n\n\n1\n1\n1\n" + "\n" * 9
"""What somebody types who carries a check of the briefing through to its end."""

READY = "Share Check is ready: "


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Only what a command needs: no setting of the developer's own gets in."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    root = str(Path(__file__).parents[2])
    return {**kept, "PYTHONPATH": root, "VAR_DIR": str(folder / "var"), **settings}


def run(
    folder: Path, *arguments: str, stdin: str = "", **settings: str
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=folder,
        env=environment(folder, **settings),
        check=False,
    )


class Server:
    """`with Server(folder) as server: server.url`; its log is kept in `folder/log`."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = {"PORT": str(free_port()), **settings}
        self.url = ""

    def start(self) -> Self:
        line = self._begin()
        assert line.startswith(READY), (line, (self.folder / "log").read_text()[-2_000:])
        self.url = line.removeprefix(READY).strip()
        return self

    def kill(self) -> None:
        """As the kernel would when memory runs out."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """As an orchestrator would."""
        return self._end(signal.SIGTERM)

    def _begin(self) -> str:
        """Start the process; the first line that it prints."""
        self.log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            cwd=self.folder,
            env=environment(self.folder, **self.settings),
        )
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def _end(self, how: signal.Signals) -> int:
        """Send a signal and wait; the exit code."""
        self.process.send_signal(how)
        code = self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.log.close()
        return code

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.stop()
