"""Entries as lines for other programs: JSON Lines, and CSV as RFC 4180 has it.

A spreadsheet takes a cell that begins with one of a few characters for a formula and runs it. The
register holds closed values, but a pack may come from anywhere: such a cell gets an apostrophe in
front, which spreadsheets read as "text".
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from bot.register.entries import BODY_COLUMNS, Entry, export_line

COLUMNS = ("seq", "kind", "check", "revision", "at", *BODY_COLUMNS)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
UNSEEN = " \u00a0\u200b\u2060\ufeff\x00"
"""What a spreadsheet may leave out at the beginning."""


def jsonl(entry: Entry) -> str:
    """One object with every key of the contract, and its line feed."""
    return json.dumps(export_line(entry), ensure_ascii=False) + "\n"


def csv_head() -> str:
    """The names of the columns: the keys of the JSON Lines, in their order."""
    return _record(COLUMNS)


def csv_line(entry: Entry) -> str:
    """One record, its answers in one cell as `question=answer; question=answer`."""
    line: dict[str, Any] = export_line(entry)
    answers = [f"{step['question']}={step['answer']}" for step in line["path"] or ()]
    return _record(_cell(value) for value in {**line, "path": "; ".join(answers)}.values())


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            text = str(value)
            return f"'{text}" if text.lstrip(UNSEEN).startswith(FORMULA) else text


def _record(cells: Iterable[str]) -> str:
    """Quoted where it has to be, with the line ending that the standard asks for."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
