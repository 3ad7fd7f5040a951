"""The bootstrap: what it tells an old Python, how it falls back, and when it does nothing."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tools/bootstrap.py"
LOCK = """\
aiohttp==3.14.5 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
uv==0.13.9 \\
    --hash=sha256:cc
uvloop==0.23.0 ; sys_platform != 'win32' \\
    --hash=sha256:dd
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("pyproject.toml", "requirements.lock", "tools/bootstrap.py"):
        copy = tmp_path / name
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, copy)
    return tmp_path


@pytest.fixture
def made(project: Path) -> Path:
    commands = project / ".venv/bin"
    commands.mkdir(parents=True)
    (commands / "python").symlink_to(sys.executable)
    (commands / "share-check").touch()
    bootstrap.mark_fresh(project)
    return project


def test_an_old_python_can_read_it() -> None:
    tree = ast.parse(SCRIPT.read_text(), feature_version=(3, 8))

    imported = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize("own", [(3, 8), (3, 10), (3, 15)])
def test_a_wrong_python_is_told_what_to_install(own: tuple[int, int], tmp_path: Path) -> None:
    with pytest.raises(bootstrap.CannotSetUp) as told:
        bootstrap.find_python(own, "/usr/bin/python3", path=str(tmp_path))

    assert str(told.value).startswith(
        f"Share Check needs Python 3.11 to 3.14 and this is 3.{own[1]}:"
    )
    assert "\n" not in str(told.value)


def test_an_old_python_finds_a_newer_one(tmp_path: Path) -> None:
    newer = tmp_path / "python3.12"
    newer.write_text("#!/bin/sh\nexit 0\n")
    newer.chmod(0o755)

    assert bootstrap.find_python((3, 8), "python3", path=str(tmp_path)) == str(newer)


def test_a_python_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    for name, code in (("python3.13", 1), ("python3.11", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n")
        (tmp_path / name).chmod(0o755)

    assert bootstrap.find_python((3, 8), "python3", path=str(tmp_path)).endswith("python3.11")


def test_a_fitting_python_is_used_itself() -> None:
    assert bootstrap.find_python((3, 11), "/here/python3", path="") == "/here/python3"


def test_uv_alone_is_taken_from_the_lock() -> None:
    assert bootstrap.pinned("uv", LOCK) == "uv==0.13.9 \\\n    --hash=sha256:cc\n"


def test_a_lock_without_uv_is_a_failed_step() -> None:
    with pytest.raises(bootstrap.StepFailed, match="does not pin uv"):
        bootstrap.pinned("uv", "aiohttp==3.14.5\n")


def test_pip_takes_over_when_uv_fails(capsys: pytest.CaptureFixture[str]) -> None:
    tried = []

    def broken() -> None:
        tried.append("uv")
        raise bootstrap.StepFailed("a long story\nno such index")

    bootstrap.first_that_works([broken, lambda: tried.append("pip")])

    assert tried == ["uv", "pip"]
    assert capsys.readouterr().out == "Going on without uv: no such index\n"


def test_the_last_failure_is_the_reason_given() -> None:
    def broken() -> None:
        raise bootstrap.StepFailed("no network")

    with pytest.raises(bootstrap.CannotSetUp, match="no network"):
        bootstrap.first_that_works([broken, broken])


def test_pip_can_be_asked_for() -> None:
    assert len(bootstrap.ways("python3", ROOT, "pip")) == 1
    assert len(bootstrap.ways("python3", ROOT, "")) == 2


def test_a_fresh_environment_is_left_alone(made: Path) -> None:
    done = run(made)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.lock", "tools/bootstrap.py"])
def test_a_changed_source_makes_it_stale(made: Path, name: str) -> None:
    with (made / name).open("a") as source:
        source.write("\n")

    assert not bootstrap.is_fresh(made)


def test_an_environment_that_no_longer_runs_is_stale(made: Path) -> None:
    (made / ".venv/bin/python").unlink()

    assert not bootstrap.is_fresh(made)


def test_a_failure_leaves_no_stamp_and_no_traceback(project: Path) -> None:
    (project / "requirements.lock").write_text("")

    done = run(project, MODE="pip", PIP_NO_INDEX="1")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr.splitlines()[0]
    assert done.stderr.endswith("The environment could not be made: see above.\n")
    assert not (project / ".venv/.ready").exists()


def run(project: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the copied bootstrap as make does."""
    return subprocess.run(
        [sys.executable, str(project / "tools/bootstrap.py")],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
