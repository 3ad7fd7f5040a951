"""Takes a check up again from the register, when Redis no longer keeps it.

A decision may be recorded days after the advice. The advice entry holds the answers and a mark
that only its practitioner's name can make, so nothing else needs to be kept for that long.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import Any

from bot.keys import Keyring
from bot.register.entries import Entry
from bot.sessions import Owner
from dialogs.session import Session, Stage


def recall(keyring: Keyring, owner: Owner, entries: Sequence[Entry]) -> Session | None:
    """The session as it stood after the newest advice; None unless it is this owner's."""
    advice = [entry for entry in entries if entry.kind == "advice"]
    if not advice or not _is_theirs(keyring, owner, advice[-1]):
        return None
    newest = advice[-1]
    body: dict[str, Any] = dict(newest.body)
    answers = {step["question"]: step["answer"] for step in body["path"]}
    decisions = [entry.revision for entry in entries if entry.kind == "decision"]
    return Session.model_validate(
        {
            "check": newest.check,
            "pack": body["pack"],
            "digest": body["digest"],
            "turn": 1,
            "stage": Stage.ADVISED,
            "answers": answers,
            "passed": body["passed"],
            "advised": newest.revision,
            "advised_on": answers,
            "decided": max(decisions, default=0),
            "named": "named" in body,
        }
    )


def _is_theirs(keyring: Keyring, owner: Owner, entry: Entry) -> bool:
    marks = keyring.marks(owner, entry.check)
    return any(hmac.compare_digest(str(entry.body["by"]), mark) for mark in marks)
