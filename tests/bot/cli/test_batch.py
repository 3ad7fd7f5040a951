"""`advise --batch` against each document, on every combination of answers.

Each oracle is written from the document as plain code, in the order in which it asks. None of them
looks at a pack: what they share with it is the names of the questions and answers.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.cli import advising
from policies.library import Edition, Library
from tests.bot.server import run

TODAY = date(2026, 11, 22)
YES_NO = ("yes", "no", "not_sure")
DANGER = ("now", "harm", "no", "not_sure")


class Doubt(Exception):
    """The practitioner is not sure: ask for advice."""


class NotThere(Exception):
    """The answer is not on offer at this place."""


@dataclass
class Asker:
    """Gives the answers that an oracle asks for, and remembers in which order it asked."""

    answers: dict[str, str]
    asked: list[str] = field(default_factory=list)

    def __call__(self, question: str) -> str:
        self.asked.append(question)
        answer = self.answers[question]
        if answer == "not_sure":
            raise Doubt
        return answer

    def yes(self, question: str) -> bool:
        """Whether the answer is yes."""
        return self(question) == "yes"


Oracle: TypeAlias = Callable[[Asker], str]


def briefing(ask: Asker) -> str:
    """The list "When to share", line by line."""
    if not ask.yes("purpose"):
        return "do_not_share"
    if ask.yes("consent"):
        return "share"
    if not ask.yes("identifiable"):
        return "share"
    return "share" if ask.yes("lawful_reason") else "do_not_share"


def croydon(ask: Asker) -> str:
    """The national questions of 2008, for cases without a duty or an order."""
    if ask.yes("statutory_duty"):
        return "must_share"
    if not ask.yes("purpose"):
        return "do_not_share"
    if not ask.yes("identifiable"):
        return "share"
    if not ask.yes("confidential"):
        return "share"
    if ask.yes("consent"):
        return "share"
    return "share" if ask.yes("public_interest") else "do_not_share"


def enfield(ask: Asker) -> str:
    """The bullets as printed: the duty is the fifth, after consent."""
    if not ask.yes("purpose"):
        return "do_not_share"
    if not ask.yes("identifiable"):
        return "share"
    if not ask.yes("confidential"):
        return "share"
    if ask.yes("consent"):
        return "share"
    if ask.yes("statutory_duty"):
        return "must_share"
    return "share" if ask.yes("public_interest") else "do_not_share"


def coventry(ask: Asker) -> str:
    """Talk with the family, or look at the exceptions; then the page ends, unless one goes on."""
    if not ask.yes("family_talk"):
        ask("family_risk")
    return briefing(ask) if ask.yes("go_on") else "seek_advice"


def wokingham(ask: Asker) -> str:
    """One of three ways of being involved; then the page ends, unless one goes on."""
    ask("mode")
    return croydon(ask) if ask.yes("go_on") else "seek_advice"


def duty(ask: Asker) -> str:
    """Section 16LA(1) to (4), in force only once somebody has confirmed it."""
    for part in ("covered", "holds", "relevant", "may_help"):
        if not ask.yes(part):
            return "seek_advice"
    return "seek_advice" if ask.yes("more_harm") else "share"


OWN = {"voluntary": "legitimate", "private": "legitimate", "public_authority": "public_task"}


def england(ask: Asker) -> str:
    """The rules of 2024 and the law: with somebody at risk no consent, and never a refusal."""
    risk = ask("risk")
    refusal = "do_not_share" if risk == "no" else "seek_advice"
    if not ask.yes("purpose"):
        return refusal
    if not ask.yes("identifiable"):
        return "share"
    consent = risk == "no" and ask.yes("consent")
    if ask.yes("confidential") and not consent and ask("override") == "none":
        return refusal
    own = OWN[ask("organisation")]
    basis = ask("basis")
    if basis == "none":
        return refusal
    if basis == "consent" and not consent:
        raise NotThere
    if ("legitimate" in basis and own != "legitimate") or (basis == "public_task" != own):
        raise NotThere
    ask("special"), ask("talk")
    if not ask.yes("receiver"):
        return "seek_advice"
    return "must_share" if basis == "legal_obligation" else "share"


ORACLES: dict[str, tuple[Oracle, dict[str, tuple[str, ...]]]] = {
    "briefing-2018": (
        briefing,
        dict.fromkeys(("purpose", "consent", "identifiable", "lawful_reason"), YES_NO),
    ),
    "croydon-2008": (
        croydon,
        dict.fromkeys(
            (
                *("statutory_duty", "purpose", "identifiable"),
                *("confidential", "consent", "public_interest"),
            ),
            YES_NO,
        ),
    ),
    "england-duty-2026": (
        duty,
        dict.fromkeys(("covered", "holds", "relevant", "may_help", "more_harm"), YES_NO),
    ),
}
ORACLES["enfield-2006"] = (enfield, ORACLES["croydon-2008"][1])
ORACLES["coventry-2018"] = (
    coventry,
    dict.fromkeys(("family_talk", "family_risk", "go_on"), YES_NO) | ORACLES["briefing-2018"][1],
)
ORACLES["wokingham-2008"] = (
    wokingham,
    {"mode": ("concern", "asked", "plan", "not_sure"), "go_on": YES_NO}
    | ORACLES["croydon-2008"][1],
)

ENGLAND: dict[str, tuple[str, ...]] = {
    "danger": DANGER,
    "risk": ("child", "adult", "no", "not_sure"),
    "purpose": YES_NO,
    "identifiable": YES_NO,
    "consent": YES_NO,
    "confidential": YES_NO,
    "override": ("law_or_order", "public_interest", "best_interests", "none", "not_sure"),
    "organisation": ("public_authority", "voluntary", "private", "not_sure"),
    "basis": (
        *("legal_obligation", "public_task", "recognised_legitimate_interests"),
        *("legitimate_interests", "vital_interests", "consent", "none", "not_sure"),
    ),
    "special": ("none", "health_or_other_special", "criminal", "both", "not_sure"),
    "talk": ("told", "will_tell", "unsafe", "not_practicable", "not_sure"),
    "receiver": YES_NO,
}


def expected(oracle: Oracle, answers: dict[str, str]) -> tuple[str, list[str]]:
    """What the document comes to, the danger question ahead of it, and what it asked."""
    ask = Asker(answers)
    try:
        verdict = "act_now" if ask("danger") != "no" else oracle(ask)
    except Doubt:
        verdict = "seek_advice"
    except NotThere:
        verdict = "error"
    return verdict, ask.asked


def told(result: advising.Result) -> tuple[str, list[str]]:
    """What `advise` came to, and what it asked."""
    if "error" in result:
        return "error", []
    return result["verdict"], [step["question"] for step in result["path"]]


def combinations(values: dict[str, tuple[str, ...]]) -> Iterator[dict[str, str]]:
    """Every combination of answers."""
    for chosen in product(*values.values()):
        yield dict(zip(values, chosen, strict=True))


def edition(pack: str) -> Edition:
    """A shipped pack as it stands today."""
    return Library.read().find(pack, TODAY)


@pytest.mark.parametrize("pack", ORACLES)
def test_every_combination_agrees_with_the_document(pack: str) -> None:
    oracle, values = ORACLES[pack]
    every = list(combinations({"danger": DANGER, **values}))

    results = advising.batch(edition(pack), map(json.dumps, every))

    for answers, result in zip(every, results, strict=True):
        assert told(result) == expected(oracle, answers), answers


def test_a_large_sample_agrees_with_england_s_rules() -> None:
    dice = random.Random(16)
    every = [{name: dice.choice(ENGLAND[name]) for name in ENGLAND} for _ in range(6_000)]
    # Doubt and danger end most of them early: the rest are without either.
    sure = {name: [v for v in ENGLAND[name] if v != "not_sure"] for name in ENGLAND}
    every += [
        {name: dice.choice(sure[name]) for name in ENGLAND} | {"danger": "no", "purpose": "yes"}
        for _ in range(6_000)
    ]

    results = advising.batch(edition("england-2024"), map(json.dumps, every))

    seen = set()
    for answers, result in zip(every, results, strict=True):
        verdict, asked = expected(england, answers)
        assert told(result) == (verdict, [] if verdict == "error" else asked), answers
        seen.add(verdict)
    assert seen == {"act_now", "must_share", "share", "do_not_share", "seek_advice", "error"}


def test_the_command_says_the_same_line_by_line(tmp_path: Path) -> None:
    oracle, values = ORACLES["briefing-2018"]
    every = list(combinations({"danger": DANGER, **values}))
    lines = "\n".join(map(json.dumps, every))

    ended = run(tmp_path, "advise", "--pack", "briefing-2018", "--batch", "--json", stdin=lines)

    assert ended.returncode == 0
    for answers, line in zip(every, ended.stdout.splitlines(), strict=True):
        assert told(json.loads(line)) == expected(oracle, answers), answers
