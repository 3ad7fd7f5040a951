"""Commands as a person and as other tools call them."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from policies import documents
from policies.library import SHIPPED, Library
from policies.model import Outcome
from tests.bot.server import CHECK, Server, run

SHARE = (
    *("--answer", "danger=no", "--answer", "purpose=yes", "--answer", "consent=yes"),
    "--json",
)
PACKS = sorted((Path(__file__).parents[3] / "policies").glob("packs/*/*.toml"))


def test_advise_prints_one_object(tmp_path: Path) -> None:
    ended = run(tmp_path, "advise", "--pack", "briefing-2018", *SHARE)

    assert ended.returncode == 0
    assert json.loads(ended.stdout)["verdict"] == "share"
    assert list(tmp_path.iterdir()) == []


def test_advise_reads_a_batch_from_standard_input_or_a_file(tmp_path: Path) -> None:
    lines = '{"danger": "now"}\nnonsense\n{"danger": "no"}\n'
    (tmp_path / "lines").write_text(lines)

    piped = run(tmp_path, "advise", "--pack", "croydon-2008", "--json", "--batch", stdin=lines)
    filed = run(tmp_path, "advise", "--pack", "croydon-2008", "--batch", "lines")

    assert (piped.returncode, piped.stdout) == (2, filed.stdout)
    first, second, third = map(json.loads, piped.stdout.splitlines())
    assert first["verdict"] == "act_now"
    assert second["line"] == 2
    assert third["next"]["question"] == "statutory_duty"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("advise", "--pack", "atlantis"), "england-2024"),
        (("advise", "--pack", "briefing-2018", "--answer", "x=y"), "lawful_reason"),
        (("advise", "--pack", "briefing-2018", "--answer", "danger=x"), "not_sure"),
        (("advise", "--pack", "briefing-2018", "--answer", "danger"), "QUESTION=OPTION"),
        (("advise", "--pack", "briefing-2018", "--on", "1999-01-01"), "2018-07-04"),
        (("advise", "--pack", "briefing-2018", "--on", "someday"), "--on"),
        (("advise",), "--pack"),
        (("packs", "show", "atlantis"), "briefing-2018"),
        (("nonsense",), "nonsense"),
        (("register", "show", "1"), "1"),
        (("register", "find", "SC-AAAA-AAAA"), "SC-AAAA-AAAA"),
    ],
)
def test_a_wrong_argument_is_one_line_and_exit_two(
    tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    ended = run(tmp_path, *arguments)

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert named in ended.stderr


def test_packs_are_listed_shown_and_proved(tmp_path: Path) -> None:
    listed = run(tmp_path, "packs", "list")
    shown = run(tmp_path, "packs", "show", "briefing-2018")
    linted = run(tmp_path, "packs", "lint")

    assert len(listed.stdout.splitlines()) == len(PACKS)
    assert "purpose (printed)" in shown.stdout
    assert "about: background (printed, Background): Background" in shown.stdout
    assert "consent_not_first (law, national): dfe_2024 (April 2024, reissued May" in shown.stdout
    assert "documents, 154 paragraphs, each carried or left out" in linted.stdout
    assert linted.returncode == 0
    assert linted.stdout.count("all hold") == len(PACKS)
    told = re.search(r"(\d+) packs, ([\d,]+) paths, in ([\d.]+) seconds\.$", linted.stdout)
    assert told
    assert int(told[1]) == len(PACKS)
    assert float(told[3]) < 2


def test_a_faulty_pack_is_named_by_file_node_and_remedy(tmp_path: Path) -> None:
    source = Path(__file__).parents[3] / "policies"
    for kind in ("packs/briefing-2018/2018-07-04.toml", "standing/england/2026-09-30.toml"):
        (tmp_path / kind).parent.mkdir(parents=True)
        text = (source / kind).read_text().replace('then = "no_purpose"', 'then = "nowhere"')
        (tmp_path / kind).write_text(text)

    ended = run(tmp_path, "packs", "lint", str(tmp_path))

    assert ended.returncode == 1
    assert "briefing-2018/2018-07-04.toml: purpose: " in ended.stderr
    assert "Point it at a question or an outcome." in ended.stderr


def test_the_lint_says_all_that_is_wrong_with_files_that_cannot_be_read(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / "packs" / name).mkdir(parents=True)
        (tmp_path / "packs" / name / "2026-01-01.toml").write_text("id = ")

    ended = run(tmp_path, "packs", "lint", str(tmp_path))

    told = [line.split(": ")[0].removeprefix(str(tmp_path)) for line in ended.stderr.splitlines()]
    assert ended.returncode == 1
    assert told == ["/packs/one/2026-01-01.toml", "/packs/two/2026-01-01.toml", ""]


@pytest.mark.parametrize(
    ("wording", "fault"),
    [
        ('"rules.rule_2"', "Names 'rules.rule_22'"),
        ("number = 37", "Paragraph 37 is missing."),
    ],
)
def test_a_gap_in_a_document_fails_the_lint(tmp_path: Path, wording: str, fault: str) -> None:
    source = Path(__file__).parents[3] / "policies"
    shutil.copytree(source / "packs" / "briefing-2018", tmp_path / "packs" / "briefing-2018")
    shutil.copytree(source / "standing", tmp_path / "standing")
    text = (source / "documents.toml").read_text()
    [briefing] = re.findall(
        r'\[\[documents\]\]\nid = "briefing".*?(?=\[\[documents\]\])', text, re.DOTALL
    )
    planted = briefing.replace(wording, f"{wording[:-1]}2{wording[-1]}")
    (tmp_path / "documents.toml").write_text(planted)

    ended = run(tmp_path, "packs", "lint", str(tmp_path))

    assert ended.returncode == 1
    assert "documents.toml: briefing" in ended.stderr
    assert fault in ended.stderr


def test_paragraphs_are_held_to_the_texts_given(tmp_path: Path) -> None:
    for name in ("croydon-quick-guide", "seven-minute-briefing", "coventry-information-sharing"):
        (tmp_path / f"{name}.txt").write_text("Something else.")
    wanting = run(tmp_path, "packs", "lint", "--texts", str(tmp_path))
    for name in ("enfield-information-sharing", "wokingham-guidance"):
        (tmp_path / f"{name}.txt").write_text("Something else.")

    held = run(tmp_path, "packs", "lint", "--texts", str(tmp_path))

    assert wanting.returncode == 2
    assert "enfield-information-sharing.txt cannot be read" in wanting.stderr
    assert held.returncode == 1
    assert "The text has 1 paragraphs, not 55." in held.stderr


def test_words_that_stand_in_a_document_are_told(tmp_path: Path) -> None:
    advice = Library.read().find("england-2024", date(2026, 11, 25)).pack.nodes["act_now_999"]
    assert isinstance(advice, Outcome)
    for document in documents.read(SHIPPED):
        (tmp_path / document.file).write_text(advice.reason)

    ended = run(tmp_path, "packs", "lint", "--texts", str(tmp_path))

    assert ended.returncode == 1
    assert "england-2024/2026-02-05.toml: act_now_999: “someone is in danger you" in ended.stderr


def test_config_check_changes_nothing(tmp_path: Path) -> None:
    ended = run(tmp_path, "config", "check")

    assert ended.returncode == 0
    assert "CONTACTS_FILE" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["REDIS_URL", "DATABASE_URL", "ENTRY_KEYS_URL"])
def test_config_check_reads_every_address(tmp_path: Path, name: str) -> None:
    ended = run(tmp_path, "config", "check", **{name: "foo://x"})

    assert ended.returncode == 2
    assert ended.stderr.startswith(name)
    assert list(tmp_path.iterdir()) == []


def test_a_check_in_the_terminal_reaches_register_and_export(tmp_path: Path) -> None:
    ended = run(tmp_path, "check", stdin=CHECK, DEFAULT_PACK="briefing-2018")
    exported = run(tmp_path, "register", "export", "--format", "jsonl")
    entries = [json.loads(line) for line in exported.stdout.splitlines()]
    waiting = run(tmp_path, "outbox", "list", "--state", "waiting")

    assert ended.returncode == 0, ended.stderr
    assert "Done. Your reference is SC-" in ended.stdout
    assert [entry["kind"] for entry in entries] == ["advice", "decision"]
    assert list(entries[1]) == [
        *("seq", "kind", "check", "revision", "at", "pack", "version", "digest"),
        *("path", "verdict", "outcome", "decision", "departs"),
    ]
    assert (entries[1]["decision"], entries[1]["departs"]) == ("share", False)
    assert len(waiting.stdout.splitlines()) == 1


def test_the_terminal_works_beside_a_server_and_posts_through_it(tmp_path: Path) -> None:
    with Server(tmp_path, DEFAULT_PACK="briefing-2018"):
        ended = run(tmp_path, "check", stdin=CHECK, DEFAULT_PACK="briefing-2018")
        reference = ended.stdout.split("Your reference is ")[1][:12]
        found = run(tmp_path, "register", "find", reference)
        shown = run(tmp_path, "register", "show", "2")
        exported = run(tmp_path, "register", "export")

    assert len(found.stdout.splitlines()) == 2
    assert '"decision": "share"' in shown.stdout
    assert len(exported.stdout.splitlines()) == 2


def test_a_check_left_in_the_terminal_is_offered_again(tmp_path: Path) -> None:
    left = run(tmp_path, "check", stdin="3\n", DEFAULT_PACK="briefing-2018")
    again = run(tmp_path, "check", stdin="r1\n", DEFAULT_PACK="briefing-2018")

    assert "Your check is kept" in left.stdout
    assert "Go on with SC-" in again.stdout
    assert "Question 2 of" in again.stdout


def test_a_command_that_lacks_its_second_word_shows_the_list(tmp_path: Path) -> None:
    ended = run(tmp_path, "register")

    assert ended.returncode == 2
    assert "verify" in ended.stderr
    assert "See --help" not in ended.stderr


def test_a_fault_that_is_ours_to_name_sends_nobody_to_the_help(tmp_path: Path) -> None:
    ended = run(tmp_path, "register", "checkpoint")

    assert ended.stderr == "The register is empty: there is nothing to sign.\n"
    assert ended.returncode == 2


@pytest.mark.parametrize("group", [(), ("packs",), ("register",), ("outbox",), ("manifest",)])
def test_a_list_of_commands_cuts_no_sentence_short(tmp_path: Path, group: tuple[str, ...]) -> None:
    ended = run(tmp_path, *group, "--help")

    assert "..." not in ended.stdout.partition("\n")[2]
