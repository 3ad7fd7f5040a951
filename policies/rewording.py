"""How one value of a pack became another, as sentences that the policy's owner can read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from policies.drawing import WORDS
from policies.model import Citation, FindOut, Pack, Verdict
from policies.parts import Include
from policies.storyboard import cited, in_words, place

NAMES = {
    "because": "reason given",
    "call": "people to call",
    "checked_on": "day it was checked on",
    "family_words": "words for the family",
    "find_out": "way to find out",
    "hours": "opening hours",
    "if_risk": "advice in case risk appears",
    "never": "verdicts that must never come",
    "never_asks": "questions that must never be asked",
    "not_sharing_risk": "risk of not sharing",
    "now": "words on what stands now",
    "published": "date of publication",
    "record": "words on what to write down",
    "review_by": "day to review it by",
    "s16la": "state of section 16LA",
    "sharing_risk": "risk of sharing",
    "stale": "overtaken facts",
    "superseded_by": "policy that replaces it",
    "text": "wording",
    "then": "where it leads",
    "verdicts": "verdicts it is shown with",
    "version": "day it comes into force",
    "when": "condition",
    "why": "answer to “Why are we asking?”",
}
IDS: Mapping[str, Callable[[Pack, str], str]] = {
    "ask": lambda pack, role: pack.contacts_by_role[role].name,
    "call": lambda pack, role: pack.contacts_by_role[role].name,
    "rules": lambda pack, rule: pack.rules_by_id[rule].title,
    "stale": lambda pack, old: pack.stale_by_id[old].item,
    "never_asks": place,
    "then": place,
}
"""Fields that hold an id, and what it stands for."""

SENTENCE = re.compile(r"(?<=[.?!])\s+|(?<=[.?!]”)\s+")


def reworded(name: str, was: Any, now: Any, before: Pack, after: Pack) -> Iterator[str]:
    """One field that differs between two versions: its name, then what became of it."""
    called = NAMES.get(name, name.replace("_", " "))
    match was, now:
        case (FindOut() | None, FindOut() | None):
            yield from _found_out(called, was, now, before, after)
        case (tuple(), tuple()):
            old = [_said(before, name, value) for value in was]
            yield f"{called}. {_relisted(old, [_said(after, name, value) for value in now])}"
        case (str(), str()) if was and now and name not in {*IDS, "verdict"}:
            yield f"{called}. {_retold(was, now)}"
        case _:
            yield _changed(called, _said(before, name, was), _said(after, name, now))


def day(on: date) -> str:
    """A date as people write it."""
    return f"{on.day} {on:%B %Y}"


def quoted(text: str) -> str:
    """Words in quotation marks, with one full stop at their end and not two."""
    return f"“{text}”" if text[-1] in ".?!”" else f"“{text}”."


def _found_out(
    called: str, was: FindOut | None, now: FindOut | None, before: Pack, after: Pack
) -> Iterator[str]:
    if was is None or now is None:
        old, new = was and was.how, now and now.how
        yield _changed(called, _said(before, "how", old), _said(after, "how", new))
        return
    for name, words in (("how", called), ("takes", "time to find out"), ("ask", "who can tell")):
        old, new = getattr(was, name), getattr(now, name)
        if old != new:
            yield _changed(words, _said(before, name, old), _said(after, name, new))


def _changed(called: str, was: str, now: str) -> str:
    if not was:
        return f"{called}. New: {now}"
    if not now:
        return f"{called}. Taken out: {was}"
    return f"{called}. Before: {was} Now: {now}"


def _retold(was: str, now: str) -> str:
    """Both wordings; of a longer text only the sentences that differ."""
    before, after = SENTENCE.split(was), SENTENCE.split(now)
    gone = " ".join(sentence for sentence in before if sentence not in after)
    come = " ".join(sentence for sentence in after if sentence not in before)
    if not gone and not come:
        return f"In another order. Before: {quoted(was)} Now: {quoted(now)}"
    if not gone:
        return f"Now says besides: {quoted(come)}"
    if not come:
        return f"No longer says: {quoted(gone)}"
    return f"Before: {quoted(gone)} Now: {quoted(come)}"


def _relisted(was: list[str], now: list[str]) -> str:
    """What a list lost, gained, or holds in another order."""
    gone = [each for each in was if each not in now]
    come = [each for each in now if each not in was]
    if not gone and not come:
        return f"In another order. Now: {' '.join(now)}"
    lost = f"Taken out: {' '.join(gone)}" if gone else ""
    return " ".join(filter(None, (lost, f"Added: {' '.join(come)}" if come else "")))


def _said(pack: Pack, name: str, value: Any) -> str:
    """A value as the end of a sentence; nothing where there is none."""
    match value:
        case _ if not value:
            return ""
        case Verdict():
            return f"{WORDS[value]}."
        case date():
            return f"{day(value)}."
        case Citation():
            return f"{cited(pack, value)}."
        case Include():
            return f"{value.pack} of {day(value.version)}."
        case Mapping():
            return f"{in_words(pack, value)}."
        case str() if name in IDS:
            return quoted(IDS[name](pack, value))
        case _:
            return quoted(str(value))
