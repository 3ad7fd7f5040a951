"""The commands that prove and forget, as an operator calls them."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.server import environment, run


def tamper(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "var" / "register.db")) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_an_honest_register_verifies_and_says_what_it_cannot_exclude(folder: Path) -> None:
    ended = run(folder, "register", "verify")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("Entries: 2, each as it was written")
    assert "Without --since this cannot exclude" in ended.stdout


def test_a_kept_checkpoint_closes_the_gap(folder: Path) -> None:
    kept = run(folder, "register", "checkpoint")
    (folder / "kept.json").write_text(kept.stdout)

    good = run(folder, "register", "verify", "--since", "kept.json")
    tamper(folder, "DELETE FROM entries WHERE seq = 2", "DELETE FROM checkpoints")
    blind = run(folder, "register", "verify")
    bad = run(folder, "register", "verify", "--since", "kept.json")

    assert json.loads(kept.stdout)["size"] == 2
    assert (good.returncode, blind.returncode, bad.returncode) == (0, 0, 1)
    assert "What was kept outside agrees, up to entry 2." in good.stdout
    assert bad.stdout.startswith("Entry 2: missing; the checkpoint that was kept")
    assert bad.stderr == "The register does not verify: 1 fault, see above.\n"


def test_a_fault_is_named_with_its_row(folder: Path) -> None:
    tamper(folder, "UPDATE entries SET body = replace(body, 'share', 'shore') WHERE seq = 1")

    ended = run(folder, "register", "verify")

    assert ended.returncode == 1
    assert ended.stdout.startswith("Entry 1: its values are not those")
    assert len(ended.stderr.splitlines()) == 1


def test_a_watcher_reads_the_report_as_json(folder: Path) -> None:
    sound = json.loads(run(folder, "register", "verify", "--json").stdout)
    tamper(folder, "UPDATE entries SET revision = 7 WHERE seq = 1")

    ended = run(folder, "register", "verify", "--json")
    report = json.loads(ended.stdout)

    assert (sound["sound"], sound["entries"], sound["faults"]) == (True, 2, [])
    assert "put back to an earlier state" in sound["cannot_exclude"]
    assert ended.returncode == 1
    assert report.keys() == sound.keys()
    assert report["sound"] is False
    assert report["faults"][0]["row"] == 1


def test_a_key_that_is_not_there_is_the_first_thing_said(folder: Path) -> None:
    assert run(folder, "register", "checkpoint").returncode == 0

    ended = run(folder, "register", "verify", SIGNING_KEY="o" * 43)

    assert ended.returncode == 1
    assert ended.stdout.startswith("Checkpoints name key ")
    assert "which is not in SIGNING_KEY" in ended.stdout


def test_a_receipt_is_checked_without_the_register(folder: Path, tmp_path: Path) -> None:
    reference = run(folder, "register", "show", "2").stdout.split("  ")[3]
    spoken = run(folder, "register", "receipt", reference)
    made = run(folder, "register", "receipt", reference, "--json")
    key = run(folder, "register", "checkpoint", "--public-key").stdout.strip()
    (folder / "receipt.json").write_text(made.stdout)
    forged = json.loads(made.stdout)
    forged["entry"]["body"]["verdict"] = "must_share"
    (folder / "forged.json").write_text(json.dumps(forged))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    good = run(elsewhere, "register", "verify", "--receipt", "../receipt.json", "--key", key)
    bad = run(elsewhere, "register", "verify", "--receipt", "../forged.json", "--key", key)

    assert json.loads(made.stdout)["entry"]["kind"] == "decision"
    assert f"Code: {json.loads(made.stdout)['code']}" in spoken.stdout
    assert good.stdout.startswith("Proved: entry 2")
    assert (bad.returncode, bad.stdout) == (1, "")
    assert bad.stderr.startswith("Not proved.")
    assert list(elsewhere.iterdir()) == []


def test_an_altered_register_signs_nothing(folder: Path) -> None:
    assert run(folder, "register", "checkpoint").returncode == 0
    tamper(folder, "DELETE FROM entries WHERE seq = 2")

    ended = run(folder, "register", "checkpoint")

    assert ended.returncode == 1
    assert ended.stderr.startswith("The register does not verify. Entries 2 to 2 are missing.")


def test_a_damaged_row_is_one_line(folder: Path) -> None:
    tamper(folder, "UPDATE entries SET body = 'no JSON', at = 'someday'")

    shown = run(folder, "register", "show", "1")
    verified = run(folder, "register", "verify")

    assert (shown.returncode, verified.returncode) == (1, 1)
    assert len(shown.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("receipt", "SC-AAAA-AAAA"),
        ("receipt", "99"),
        ("checkpoint",),
        ("checkpoint", "--as-it-stands"),
        ("verify", "--json", "--receipt", "object"),
        ("verify", "--since", "nowhere.json"),
        ("verify", "--since", "empty"),
        ("verify", "--since", "words"),
        ("verify", "--since", "binary"),
        ("verify", "--receipt", "words"),
        ("verify", "--receipt", "object"),
        ("verify", "--receipt", "object", "--since", "words"),
        ("verify", "--receipt", "object", "--key", "short"),
        ("verify", "--key", "short"),
        ("purge", "SC-AAAA-AAAA"),
        ("purge", "--policy", ""),
        ("purge", "--policy", "two\nlines"),
        ("hold", "SC-AAAA-AAAA"),
        ("hold", "everything", "--release"),
        ("hold", "--release"),
    ],
)
def test_a_wrong_argument_is_one_line_and_exit_two(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "empty").write_text("")
    (tmp_path / "words").write_text("not a checkpoint")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "object").write_text("{}")

    ended = run(tmp_path, "register", *arguments)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(ended.stderr.splitlines()) == 1


REASONS = """
import asyncio, sys
from bot.register.store import Register
from bot.settings import Settings
from tests.bot.register.drafts import a_draft
async def main():
    s = Settings.read()
    register = await Register.open(s.database, s.entry_keys, s.keyring(), s.signer())
    for number in (1, 2):
        body = {"reference": f"SC-0000-000{number}", "verdict": "share", "pack": "x"}
        await register.append(a_draft(f"check-{number}", text="Because.", body=body))
    await register.close()
asyncio.run(main())
"""


def test_what_is_due_is_erased_and_said(tmp_path: Path) -> None:
    _write_reasons(tmp_path)

    nothing = run(tmp_path, "register", "purge")
    held = run(tmp_path, "register", "hold", "SC-0000-0002")
    looked = run(tmp_path, "register", "purge", "--dry-run", RETENTION="1")
    done = run(tmp_path, "register", "purge", RETENTION="1")
    shown = run(tmp_path, "register", "show", "1")
    verified = run(tmp_path, "register", "verify")

    assert nothing.stdout == "There is nothing to erase.\n"
    assert held.returncode == 0
    assert looked.stdout.startswith("Would destroy the key of the text named here")
    assert "under retention of 1 days:\n  entry 1, advice 1 of 2026-03-02, SC-0000-0001" in (
        done.stdout
    )
    assert "Kept by a legal hold: entry 2" in done.stdout
    assert "Reasons: erased on " in shown.stdout
    assert ", under retention of 1 days." in shown.stdout
    assert verified.returncode == 0
    assert "Texts erased: 1" in verified.stdout
    listed = run(tmp_path, "register", "hold")
    assert "check-2  since" in listed.stdout


def test_one_check_is_erased_on_request(tmp_path: Path) -> None:
    _write_reasons(tmp_path)
    asked = ("register", "purge", "sc-0000-0001", "--policy", "UK GDPR article 17")

    done, again = run(tmp_path, *asked), run(tmp_path, *asked)

    assert "under UK GDPR article 17" in done.stdout
    assert again.stdout == "There is nothing to erase.\n"
    assert "Because." in run(tmp_path, "register", "show", "2").stdout


def _write_reasons(folder: Path) -> None:
    command = [sys.executable, "-c", REASONS]
    subprocess.run(command, cwd=folder, env=environment(folder), check=True)
