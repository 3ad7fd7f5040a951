"""What past checks would come to under another version of their pack: a comparison, no more.

A past check is its answers and what was advised on them. The same answers are replayed through the
other version; what differs is named by the least that a reader has to know: the verdict, else the
outcome, else the notices or rules. Where the other version asks something that was not asked then,
or no longer offers an answer that was given, nothing follows until somebody answers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from policies.assess import Asking, assess
from policies.model import Pack


class Differs(StrEnum):
    """In what the advice would differ, gravest first."""

    VERDICT = "verdict"
    OUTCOME = "outcome"
    ASKED = "asked"
    NOTICES = "notices"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Past:
    """A check as the register holds it."""

    answers: Mapping[str, str]
    passed: tuple[str, ...]
    verdict: str
    outcome: str
    notices: frozenset[str]
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, from what and to what; both are empty where nothing does."""

    differs: Differs
    before: str = ""
    after: str = ""


def compare(pack: Pack, past: Past) -> Compared:
    """Replay a past check through a pack and say what would be different."""
    found = assess(pack, past.answers, past.passed)
    if isinstance(found, Asking):
        return Compared(Differs.ASKED, past.outcome, found.question.id)
    if found.verdict.value != past.verdict:
        return Compared(Differs.VERDICT, past.verdict, found.verdict.value)
    if found.outcome.id != past.outcome:
        return Compared(Differs.OUTCOME, past.outcome, found.outcome.id)
    now = {notice.id for notice in found.notices} | {rule.id for rule in found.rules}
    then = past.notices | past.rules
    if now != then:
        return Compared(Differs.NOTICES, _named(then - now), _named(now - then))
    return Compared(Differs.NOTHING)


def _named(ids: frozenset[str] | set[str]) -> str:
    return ", ".join(sorted(ids)) or "none"
