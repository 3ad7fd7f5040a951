"""The house keeps its shape: what stands at the top, how long a file may be, what no text says."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOP = {
    *("bot", "dialogs", "policies", "tests", "benchmarks", "tools", "docs", "deploy"),
    *(".ci", ".github", ".dockerignore", ".editorconfig", ".env.example", ".gitignore"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "SECURITY.md"),
    *("pyproject.toml", "requirements.lock"),
}
BANNED_NAMES = {"utils", "helpers", "common", "manager", "service", "handlers"}
BANNED_WORDS = re.compile("exactly once|completely anonymous|cannot be traced", re.IGNORECASE)


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("Not a git checkout, so it cannot be told which files are ours.")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def sources() -> list[Path]:
    ours = ("bot", "dialogs", "policies")
    return [p for p in tracked() if p.suffix == ".py" and p.relative_to(ROOT).parts[0] in ours]


def test_nothing_stray_stands_at_the_top() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= TOP


def test_a_file_says_first_what_it_is_and_stays_short() -> None:
    for path in sources():
        text = path.read_text()
        assert ast.get_docstring(ast.parse(text)), path
        assert len(text.splitlines()) <= 250, path
        assert path.stem not in BANNED_NAMES, path


def test_no_function_is_long() -> None:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 50, f"{path}: {node.name} has {length} lines"


def test_nobody_is_promised_what_cannot_be_held() -> None:
    read = {".py", ".md", ".toml", ".html", ".yaml"}
    for path in tracked():
        if path.suffix in read and path.name not in {"test_layout.py", "test_packs.py"}:
            assert not BANNED_WORDS.search(path.read_text()), path


def test_every_link_in_the_docs_leads_somewhere() -> None:
    for path in tracked():
        if path.suffix == ".md":
            for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text()):
                assert (path.parent / target).exists(), f"{path}: {target}"
