"""Entries as lines that other programs read, spreadsheets among them."""

import csv
import io
import json
from dataclasses import replace

import pytest

from bot.register.entries import Entry
from bot.register.lines import COLUMNS, csv_head, csv_line, jsonl
from bot.register.store import Register
from tests.bot.register.drafts import BODY, a_draft

CONTRACT = (
    *("seq", "kind", "check", "revision", "at", "pack", "version", "digest"),
    *("path", "verdict", "outcome", "decision", "departs"),
)


@pytest.fixture
async def entry(register: Register) -> Entry:
    return (await register.append(a_draft())).entry


def read(*lines: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(lines), newline=""), strict=True))


def test_a_line_of_json_has_every_key_of_the_contract(entry: Entry) -> None:
    line = jsonl(entry)

    assert tuple(json.loads(line)) == CONTRACT
    assert line.endswith("}\n")
    assert json.loads(line)["decision"] is None


def test_a_record_of_csv_has_the_same_columns(entry: Entry) -> None:
    body = {**BODY, "decision": "share", "departs": False}
    head, record = read(csv_head(), csv_line(replace(entry, body=body)))

    found = dict(zip(head, record, strict=True))
    assert tuple(head) == CONTRACT == COLUMNS
    assert found["path"] == "danger=no"
    assert (found["seq"], found["decision"], found["departs"]) == ("1", "share", "false")


def test_every_record_ends_as_the_standard_says(entry: Entry) -> None:
    assert csv_head().endswith("departs\r\n")
    assert csv_line(entry).endswith("\r\n")
    assert csv_line(entry).count("\n") == 1


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "\ufeff=1",
        "＝1",
        '=HYPERLINK("x")',
    ],
)
def test_a_formula_is_a_text(entry: Entry, value: str) -> None:
    [record] = read(csv_line(replace(entry, body={**BODY, "outcome": value, "pack": value})))

    assert record[10] == f"'{value}"
    assert record[5] == f"'{value}"


@pytest.mark.parametrize("value", ["one, two", 'say "no"', "two\r\nlines", "plain", ""])
def test_a_value_is_read_back_as_it_was(entry: Entry, value: str) -> None:
    [record] = read(csv_line(replace(entry, body={**BODY, "outcome": value})))

    assert record[10] == value


def test_an_entry_without_a_path_is_a_line_all_the_same(entry: Entry) -> None:
    [record] = read(csv_line(replace(entry, body={"reference": "SC-1"})))

    assert record[5:] == [""] * 8
