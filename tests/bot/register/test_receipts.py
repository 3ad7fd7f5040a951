"""Receipts, and the verifier that shares nothing with what writes them."""

import ast
import copy
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.register import receipt_check
from bot.register.canonical import Json
from bot.register.kept_tree import Altered
from bot.register.receipt_check import NotProved, Unreadable, check
from bot.register.receipts import receipt_of
from bot.register.signing import Signer
from bot.register.store import Register
from bot.register.tables import checkpoints
from tests.bot.register.drafts import BODY, SIGNER, a_draft
from tests.bot.register.tampering import fill, tamper

PUBLIC = SIGNER.public_key
ODD: dict[str, Json] = {
    **BODY,
    "\ufb33": 1,
    "😀": [True, False, None],
    "€": 'é\n\u2028\x7f"',
    "": {"a": -(2**53) + 1},
}


async def a_receipt(register: Register, seq: int) -> dict[str, Any]:
    entry = await register.entry(seq)
    assert entry is not None
    made = await receipt_of(register.heads, entry)
    # As it comes back from a file.
    values: dict[str, Any] = json.loads(json.dumps(made.values()))
    return values


@pytest.mark.parametrize("size", [1, 2, 5, 300])
async def test_a_receipt_proves_its_entry_to_anybody(register: Register, size: int) -> None:
    await fill(register, size)

    for seq in {1, size // 2 + 1, size}:
        said = check(await a_receipt(register, seq), PUBLIC)
        assert f"entry {seq}, advice 1 of 2026-03-02" in said
        assert f"first {size} entries" in said


async def test_any_body_is_spelt_alike_by_writer_and_verifier(register: Register) -> None:
    await register.append(a_draft(body=ODD, text="Because."))

    assert check(await a_receipt(register, 1), PUBLIC).startswith("Proved")


async def test_a_receipt_holds_no_free_text_and_is_small(register: Register) -> None:
    await fill(register, 1000)
    await register.append(a_draft("mine", text="Because of the bruises."))

    values = json.dumps(await a_receipt(register, 1001))

    assert "bruises" not in values
    assert len(values) < 3_000


ALTERATIONS: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("kind", lambda r: r["entry"].update(kind="decision")),
    ("revision", lambda r: r["entry"].update(revision=2)),
    ("day", lambda r: r["entry"].update(at="2026-03-03")),
    ("check", lambda r: r["entry"].update(check="another")),
    ("verdict", lambda r: r["entry"]["body"].update(verdict="do_not_share")),
    ("a value more", lambda r: r["entry"]["body"].update(more=None)),
    ("salt", lambda r: r["entry"].update(salt="00" * 32)),
    ("text digest", lambda r: r["entry"].update(text_digest="00" * 32)),
    ("place", lambda r: r["entry"].update(seq=2)),
    ("place behind the end", lambda r: r["entry"].update(seq=12)),
    ("step", lambda r: r["proof"].__setitem__(0, "00" * 32)),
    ("a step less", lambda r: r["proof"].pop()),
    ("a step more", lambda r: r["proof"].append("00" * 32)),
    ("size", lambda r: r["checkpoint"].update(size=12)),
    ("root", lambda r: r["checkpoint"].update(root="00" * 32)),
    ("time", lambda r: r["checkpoint"].update(time="2020-01-01T00:00Z")),
    ("signature", lambda r: r["checkpoint"].update(signature="00" * 64)),
    ("key", lambda r: r["checkpoint"].update(key="0" * 16)),
]


@pytest.mark.parametrize("alter", [a for _, a in ALTERATIONS], ids=[n for n, _ in ALTERATIONS])
async def test_an_altered_receipt_proves_nothing(
    register: Register, alter: Callable[[dict[str, Any]], object]
) -> None:
    await fill(register, 11)
    receipt = await a_receipt(register, 7)
    alter(receipt)

    with pytest.raises(NotProved):
        check(receipt, PUBLIC)


async def test_a_forger_with_another_key_proves_nothing(register: Register) -> None:
    await fill(register, 3)
    receipt = await a_receipt(register, 2)
    other = Signer((b"o" * 32,))

    with pytest.raises(NotProved, match="another key"):
        check(receipt, other.public_key)


MISSHAPEN: list[Callable[[dict[str, Any]], object]] = [
    lambda r: r.update(format="share-check/receipt/9"),
    lambda r: r.pop("entry"),
    lambda r: r.pop("proof"),
    lambda r: r.update(proof="00"),
    lambda r: r.update(proof=[5]),
    lambda r: r.update(proof=["zz"]),
    lambda r: r.update(proof=["00" * 32] * 65),
    lambda r: r["entry"].update(seq="7"),
    lambda r: r["entry"].update(seq=True),
    lambda r: r["entry"].update(revision=1.0),
    lambda r: r["entry"]["body"].update(share=0.5),
    lambda r: r["entry"]["body"].update(big=2**60),
    lambda r: r["entry"]["body"].update({"half": "\ud83d"}),
    lambda r: r["checkpoint"].update(size=None),
    lambda r: r["checkpoint"].update(root=None),
    lambda r: r["checkpoint"].update(signature="xyz"),
]


@pytest.mark.parametrize("misshape", MISSHAPEN)
async def test_what_is_no_receipt_is_told_so(
    misshape: Callable[[dict[str, Any]], object], made: dict[str, Any]
) -> None:
    receipt = copy.deepcopy(made)
    misshape(receipt)

    with pytest.raises(Unreadable):
        check(receipt, PUBLIC)


@pytest.mark.parametrize("values", [None, [], "x", 5, {}, {"entry": []}])
def test_other_json_is_no_receipt(values: object) -> None:
    with pytest.raises(Unreadable):
        check(values, PUBLIC)


@pytest.mark.parametrize("key", ["", "abc", "!" * 44, "A" * 80])
def test_a_misspelt_key_is_told(made: dict[str, Any], key: str) -> None:
    with pytest.raises(Unreadable, match="public key"):
        check(made, key)


@pytest.fixture
async def made(register: Register) -> dict[str, Any]:
    await fill(register, 11)
    return await a_receipt(register, 7)


async def test_an_altered_register_gives_no_receipt(register: Register) -> None:
    await fill(register, 5)
    await register.heads.write()
    await tamper(register, "UPDATE entries SET body = '{}' WHERE seq = 3")

    with pytest.raises(Altered, match="Entry 3"):
        await a_receipt(register, 3)


async def test_a_receipt_is_checked_in_a_blink(register: Register) -> None:
    await fill(register, 1000)
    receipt = await a_receipt(register, 500)

    took = []
    for _ in range(20):
        started = time.perf_counter()
        check(receipt, PUBLIC)
        took.append(time.perf_counter() - started)

    assert min(took) < 0.010


def test_the_verifier_stands_alone() -> None:
    source = Path(receipt_check.__file__).read_text()
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(source))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported - sys.stdlib_module_names == {"cryptography"}
    assert len(source.splitlines()) < 180


async def test_a_copy_of_the_verifier_works_anywhere(made: dict[str, Any], tmp_path: Path) -> None:
    shutil.copy(receipt_check.__file__, tmp_path / "check.py")
    good, bad = copy.deepcopy(made), copy.deepcopy(made)
    bad["entry"]["body"]["verdict"] = "must_share"
    results = [
        _run(tmp_path, json.dumps(good), PUBLIC),
        _run(tmp_path, json.dumps(bad), PUBLIC),
        _run(tmp_path, "{", PUBLIC),
        _run(tmp_path, "[" * 100_000, PUBLIC),
        _run(tmp_path, json.dumps(good), "short"),
    ]

    assert [result.returncode for result in results] == [0, 1, 2, 2, 2]
    assert results[0].stdout.startswith("Proved: entry 7")
    assert results[1].stderr.startswith("Not proved.")
    assert all(len(result.stderr.splitlines()) <= 1 for result in results)


def _run(folder: Path, content: str, key: str) -> subprocess.CompletedProcess[str]:
    (folder / "receipt.json").write_text(content)
    command = [sys.executable, "-I", "check.py", "receipt.json", key]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


async def test_a_head_that_none_of_our_keys_signed_gives_no_receipt(register: Register) -> None:
    entry = (await register.append(a_draft())).entry
    await register.heads.write()
    await tamper(register, update(checkpoints).values(signature=b"f" * 64))

    with pytest.raises(Altered, match="is not signed with any of SIGNING_KEY"):
        await receipt_of(register.heads, entry)
