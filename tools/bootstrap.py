"""Make .venv with share-check in it, on a machine that has only python3 and pip.

Two ways, in this order: uv, from PATH or fetched by pip into .tools; then venv and pip, when uv
fails for whatever reason or MODE=pip asks for it. Both install requirements.lock, hashes checked.
The file keeps to what Python 3.8 can read, so that an old python3 is told in one line what to do.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Callable, Dict, Iterator, List, Optional, Sequence, Tuple

OLDEST = (3, 11)
NEWEST = (3, 14)
ROOT = Path(__file__).resolve().parents[1]

Version = Tuple[int, ...]
Way = Callable[[], None]

# uv does not read pip's configuration; these are the settings that say where packages come from.
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}


class CannotSetUp(Exception):
    """The environment cannot be made; the message says in a line what is missing."""


class StepFailed(Exception):
    """A command of one way failed; the message is the end of what it said."""


def main() -> int:
    """Make the environment, or see that it is fresh."""
    started = time.monotonic()
    try:
        python = find_python(tuple(sys.version_info[:2]), _this_python(ROOT))
        if is_fresh(ROOT):
            mark_fresh(ROOT)
            return 0
        first_that_works(ways(python, ROOT, os.environ.get("MODE", "")))
    except CannotSetUp as problem:
        print(problem, file=sys.stderr)
        return 1
    mark_fresh(ROOT)
    print(f"Ready in {time.monotonic() - started:.1f} s: .venv/bin/share-check")
    return 0


def find_python(own: Version, executable: str, path: Optional[str] = None) -> str:
    """A Python that the project runs on: the one that runs this file, else the newest on PATH."""
    if OLDEST <= own <= NEWEST:
        return executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}", path=path)
        if found and _said([found, "-c", ""]) is not None:
            return found
    raise CannotSetUp(
        f"Share Check needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]} and this is "
        f"{own[0]}.{own[1]}: install python3.{NEWEST[1] - 1} (apt, brew, pyenv) and try again."
    )


def is_fresh(root: Path) -> bool:
    """Whether .venv was made from the files as they stand now, and still runs."""
    stamp = root / ".venv" / ".ready"
    if not stamp.is_file() or stamp.read_text() != _digest(root):
        return False
    command = root / ".venv" / "bin" / "share-check"
    return command.is_file() and _said([_venv_python(root), "-c", ""]) is not None


def mark_fresh(root: Path) -> None:
    """Leave the stamp that make and the next run look at."""
    (root / ".venv" / ".ready").write_text(_digest(root))


def ways(python: str, root: Path, mode: str) -> List[Way]:
    """What to try, in order."""
    with_pip = partial(install_with_pip, python, root)
    return [with_pip] if mode == "pip" else [partial(install_with_uv, python, root), with_pip]


def first_that_works(attempts: Sequence[Way]) -> None:
    """Try one way after the other; the last one's failure is the reason given."""
    for attempt in attempts[:-1]:
        try:
            return attempt()
        except StepFailed as problem:
            print(f"Going on without uv: {str(problem).splitlines()[-1].strip()}")
    try:
        attempts[-1]()
    except StepFailed as problem:
        raise CannotSetUp(f"{problem}\nThe environment could not be made: see above.") from None


def install_with_uv(python: str, root: Path) -> None:
    """Make .venv with uv."""
    uv = shutil.which("uv") or fetch_uv(python, root)
    environment = {**_pip_settings_for_uv(python), "UV_PYTHON_DOWNLOADS": "never", **os.environ}
    into = ["--python", _venv_python(root)]
    with _stage("Making .venv with uv"):
        _run([uv, "venv", "--clear", "--python", python, ".venv"], root, environment)
    with _stage("Installing requirements.lock"):
        install = [uv, "pip", "sync", "--require-hashes", *into, "requirements.lock"]
        _run(install, root, environment)
    with _stage("Installing share-check"):
        project = [uv, "pip", "install", "--no-deps", "--no-build-isolation", *into, "-e", "."]
        _run(project, root, environment)


def fetch_uv(python: str, root: Path) -> str:
    """Put uv, as pinned in the lock, into .tools: --target needs neither ensurepip nor a venv."""
    tools = root / ".tools"
    uv = tools / "bin" / "uv"
    wanted = pinned("uv", (root / "requirements.lock").read_text())
    note = tools / "uv.txt"
    if uv.is_file() and note.is_file() and note.read_text() == wanted:
        return str(uv)
    shutil.rmtree(tools, ignore_errors=True)
    tools.mkdir()
    request = tools / "request.txt"
    request.write_text(wanted)
    with _stage("Fetching uv"):
        options = ["--quiet", "--require-hashes", "--no-deps", "--target", str(tools)]
        _run([python, "-m", "pip", "install", *options, "-r", str(request)], root)
    request.rename(note)  # last, so that a broken download is not taken for a whole one
    return str(uv)


def pinned(name: str, lock: str) -> str:
    """The lines of the lock that pin one package, hashes and all."""
    found = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*\n", lock, re.MULTILINE)
    if not found:
        raise StepFailed(f"requirements.lock does not pin {name}")
    return found.group()


def install_with_pip(python: str, root: Path) -> None:
    """Make .venv with venv, and fill it with whichever pip there is."""
    with _stage("Making .venv with venv"):
        pip = _make_venv(python, root)
    quietly = ["--quiet", "--disable-pip-version-check", "--no-deps"]
    with _stage("Installing requirements.lock with pip"):
        _run([*pip, "install", *quietly, "--require-hashes", "-r", "requirements.lock"], root)
    with _stage("Installing share-check"):
        _run([*pip, "install", *quietly, "--no-build-isolation", "-e", "."], root)


def _make_venv(python: str, root: Path) -> List[str]:
    """Make .venv and name the pip to fill it: the one outside it, where that can reach inside."""
    if _pip_version(python) >= (22, 3):
        _run([python, "-m", "venv", "--clear", "--without-pip", ".venv"], root)
        return [python, "-m", "pip", "--python", _venv_python(root)]
    if _said([python, "-c", "import ensurepip"]) is None:
        raise CannotSetUp(
            f"{python} has neither pip nor ensurepip: install them "
            "(Debian and Ubuntu: apt install python3-pip python3-venv) and try again."
        )
    _run([python, "-m", "venv", "--clear", ".venv"], root)
    return [_venv_python(root), "-m", "pip"]


def _pip_version(python: str) -> Version:
    found = re.match(r"pip (\d+)\.(\d+)", _said([python, "-m", "pip", "--version"]) or "")
    return tuple(int(part) for part in found.groups()) if found else (0, 0)


def _pip_settings_for_uv(python: str) -> Dict[str, str]:
    """Where pip was told to look for packages, in uv's words."""
    settings: Dict[str, str] = {}
    listed = _said([python, "-m", "pip", "config", "list"]) or ""
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        name = PIP_TO_UV.get(key.rpartition(".")[2])
        if name and value:
            settings[name] = " ".join(str(ast.literal_eval(value)).split())
    # As pip does. The hashes, not the order of the indexes, say which file is the right one.
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", **settings}


def _this_python(root: Path) -> str:
    """The Python that runs this file; not the one in .venv, which is about to be replaced."""
    inside = Path(sys.prefix) == root / ".venv"
    return str(getattr(sys, "_base_executable", "") if inside else sys.executable)


def _digest(root: Path) -> str:
    """What .venv is made from, in one line."""
    made_from = hashlib.sha256()
    for name in ("pyproject.toml", "requirements.lock", "tools/bootstrap.py"):
        made_from.update((root / name).read_bytes() + b"\0")
    return made_from.hexdigest() + "\n"


def _venv_python(root: Path) -> str:
    return str(root / ".venv" / "bin" / "python")


@contextmanager
def _stage(name: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    started = time.monotonic()
    print(f"{name} ... ", end="", flush=True)
    try:
        yield
    except (CannotSetUp, StepFailed):
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - started:.1f} s", flush=True)


def _run(command: List[str], folder: Path, environment: Optional[Dict[str, str]] = None) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
    except OSError as problem:
        raise StepFailed(str(problem)) from None
    if done.returncode:
        said = (done.stdout + done.stderr)[-2000:].strip()
        raise StepFailed(said or f"{command[0]} ended with {done.returncode}")


def _said(command: List[str]) -> Optional[str]:
    """What a command printed, or None where it cannot be run."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


if __name__ == "__main__":
    sys.exit(main())
