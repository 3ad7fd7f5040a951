"""Entries: what a commitment binds, and the line an entry becomes in the export."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.register.canonical import NotCanonical
from bot.register.entries import Entry, commit, export_line
from tests.bot.register.drafts import BODY, a_draft, a_post

SALT = bytes(range(32))
ENTRY = Entry(
    seq=7,
    kind="decision",
    check="check-1",
    revision=2,
    at=date(2026, 3, 2),
    body={"decision": "share", "departs": False, "n": None},
    salt=SALT,
    commitment=b"",
    text_digest="ab" * 32,
    key="k" * 32,
)


def test_a_commitment_is_made_as_written_down() -> None:
    # Spelt out by hand, for a verifier in another language to agree with.
    leaf = (
        b"share-check/entry/1\n"
        b'["000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",'
        b'"decision","check-1",2,"2026-03-02",'
        b'{"decision":"share","departs":false,"n":null},"' + b"ab" * 32 + b'"]'
    )

    assert commit(ENTRY, SALT, ENTRY.text_digest) == hashlib.sha256(leaf).digest()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "advice"},
        {"check": "check-2"},
        {"revision": 1},
        {"at": date(2026, 3, 3)},
        {"body": {"decision": "share", "departs": True, "n": None}},
        {"body": {"decision": "share", "departs": False}},
        {"body": {"decision": "share", "departs": 0, "n": None}},
        {"salt": bytes(32)},
        {"text_digest": None},
        {"text_digest": "ba" * 32},
    ],
)
def test_any_changed_value_breaks_the_commitment(change: dict[str, Any]) -> None:
    entry = replace(ENTRY, commitment=commit(ENTRY, SALT, ENTRY.text_digest))

    assert entry.verifies()
    assert not replace(entry, **change).verifies()


def test_the_place_is_not_in_the_commitment() -> None:
    entry = replace(ENTRY, commitment=commit(ENTRY, SALT, ENTRY.text_digest))

    assert replace(entry, seq=8).verifies()


def test_an_export_line_has_every_key_in_order() -> None:
    line = export_line(replace(ENTRY, body=BODY))

    assert ",".join(line) == (
        "seq,kind,check,revision,at,pack,version,digest,path,verdict,outcome,decision,departs"
    )
    assert line["at"] == "2026-03-02"
    assert line["path"] == [{"question": "danger", "answer": "no"}]
    assert line["decision"] is None


def test_a_body_that_is_not_closed_is_refused() -> None:
    with pytest.raises(NotCanonical):
        a_draft(body={"likelihood": 0.5})  # type: ignore[dict-item]


def test_free_text_and_recipients_are_never_shown() -> None:
    shown = repr(a_draft(text="Rosa's words", posts=(a_post("p", recipient="U0123"),)))

    assert "Rosa" not in shown
    assert "U0123" not in shown
