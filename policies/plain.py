"""The linter for people: whether a tired reader can take in every screen of a pack.

Proof shows that a pack keeps its promises; this shows that its words can be read. What it looks
for and where its limits come from stands in `docs/adr/0014-plain-words.md`. Its faults make
`packs lint` fail and keep nobody from using a pack: a hard word is no reason to be without advice.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

from policies.explanation import outcome_texts, question_texts
from policies.filing import Fault, fault
from policies.library import SHIPPED
from policies.model import Outcome, Pack, Value
from policies.pace import longest
from policies.readability import reading_age, sentences, words

MEDIAN_AGE, WORST_AGE = 12, 15
"""Reading ages: of half a pack's screens, and of any one of them."""

FEW_WORDS = 20
"""A text of fewer words has no reading age worth the name."""

SENTENCE_WORDS = 30
MINUTES = 10
"""How long the longest way to a pack's advice may take."""

BARE = frozenset(
    {
        *("yes", "no", "ok", "okay", "true", "false", "maybe", "other", "others", "none"),
        *("more", "next", "continue", "submit", "here", "click here", "read more"),
    }
)
"""Labels that say nothing to somebody who hears or sees them without their question."""

SHORT = re.compile(r"\b[A-Z][A-Z0-9]+s?\b")
MARKUP = re.compile(
    r"<[/!@#a-z][^<>\s]*|\$\{|\{\{|\{%|`|\]\(|\*\*|(?<!\w)[*_~]\w[^*_~]*[*_~](?!\w)", re.IGNORECASE
)


class Words(Value):
    """Short forms that need no gloss, and hard words with what to write instead."""

    familiar: tuple[str, ...]
    instead: dict[str, str]

    @classmethod
    def read(cls, folder: Path = SHIPPED) -> Words:
        """What stands in `words.toml`."""
        return cls.model_validate(tomllib.loads((folder / "words.toml").read_text("utf-8")))

    @cached_property
    def hard(self) -> re.Pattern[str]:
        """Any of the hard words."""
        joined = "|".join(map(re.escape, sorted(self.instead, key=len, reverse=True)))
        return re.compile(rf"\b(?:{joined})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Screen:
    """What is read in one go: where it stands, and its texts."""

    node: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """How a pack reads: ages in years, the longest sentence, and the longest way to its advice."""

    median_age: float
    worst_age: float
    worst: str
    sentence: int
    questions: int
    minutes: float

    def __str__(self) -> str:
        """One line, to stand behind the pack's name."""
        return (
            f"reading age {self.median_age:.0f}, at worst {self.worst_age:.0f} ({self.worst}); "
            f"longest sentence {self.sentence} words; "
            f"longest way {self.questions} questions, {self.minutes:.1f} minutes"
        )


def figures(pack: Pack) -> Figures:
    """How a pack reads."""
    told = [screen for screen in screens(pack) if _count(screen) >= FEW_WORDS]
    ages = {screen.node: reading_age(screen.texts) for screen in told} or {"": 0.0}
    worst = max(ages, key=lambda node: ages[node])
    way = longest(pack)
    return Figures(
        median(ages.values()),
        ages[worst],
        worst,
        max(len(said) for screen in screens(pack) for said in sentences(screen.texts)),
        way.questions,
        way.minutes,
    )


def faults(pack: Pack, known: Words) -> list[Fault]:
    """What a tired reader would trip over."""
    return [
        *_hard_to_read(pack, figures(pack)),
        *_long_sentences(pack),
        *_labels(pack),
        *_jargon(pack, known),
        *_markup(pack),
        *_silences(pack),
    ]


def screens(pack: Pack) -> Iterator[Screen]:
    """Everything that a pack says, as it is read."""
    for question in pack.questions:
        yield Screen(question.id, tuple(question_texts(question, question.options)))
        yield Screen(f"{question.id}, why", (question.why,))
        yield Screen(f"{question.id}, because", tuple(o.because for o in question.options))
        if question.find_out:
            yield Screen(f"{question.id}, find out", (question.find_out.how,))
    for outcome in pack.outcomes:
        yield Screen(outcome.id, tuple(outcome_texts(outcome)))
    for notice in pack.notices:
        yield Screen(f"notice {notice.id}", (notice.text,))
    for rule in pack.rules:
        yield Screen(f"rule {rule.id}", (rule.title, rule.text))
    for matter in pack.matter:
        yield Screen(f"matter {matter.id}", (matter.title, matter.text, *matter.points))
    for contact in pack.contacts:
        yield Screen(f"contact {contact.role}", (contact.name, contact.note))


def _count(screen: Screen) -> int:
    return sum(len(words(text)) for text in screen.texts)


def _hard_to_read(pack: Pack, found: Figures) -> Iterator[Fault]:
    remedy = "Shorten sentences, and use shorter words."
    if found.median_age > MEDIAN_AGE:
        problem = f"Half its screens need a reading age over {found.median_age:.1f}."
        yield fault(pack, "words", f"{problem} The most is {MEDIAN_AGE}.", remedy)
    for screen in screens(pack):
        if _count(screen) >= FEW_WORDS and (age := reading_age(screen.texts)) > WORST_AGE:
            problem = f"Needs a reading age of {age:.1f}, more than {WORST_AGE}."
            yield fault(pack, screen.node, problem, remedy)
    if found.minutes > MINUTES:
        problem = f"The longest way takes {found.minutes:.1f} minutes, more than {MINUTES}."
        yield fault(pack, "questions", problem, "Ask less, or say less.")


def _long_sentences(pack: Pack) -> Iterator[Fault]:
    for screen in screens(pack):
        for said in sentences(screen.texts):
            if len(said) > SENTENCE_WORDS:
                problem = f"A sentence of {len(said)} words: “{' '.join(said[:6])} …”."
                remedy = f"Split it: at most {SENTENCE_WORDS}."
                yield fault(pack, screen.node, problem, remedy)


def _labels(pack: Pack) -> Iterator[Fault]:
    """A label is read without its question too: in a list of answers, and by a screen reader."""
    for question in pack.questions:
        values: dict[str, str] = {}
        for option in question.options:
            said = " ".join(words(option.label)).casefold()
            if said in BARE:
                problem = f"The label “{option.label}” says nothing by itself."
                yield fault(pack, question.id, problem, "Say in it what is meant.")
            if values.setdefault(said, option.value) != option.value:
                problem = f"Two answers are both called “{option.label}”."
                yield fault(pack, question.id, problem, "Set them apart.")


def _jargon(pack: Pack, known: Words) -> Iterator[Fault]:
    for screen in screens(pack):
        for text in screen.texts:
            plain = pack.glossary.without(text)
            for short in dict.fromkeys(SHORT.findall(plain)):
                if short.removesuffix("s") not in known.familiar:
                    problem = f"“{short}” is not explained."
                    yield fault(pack, screen.node, problem, "Write it out, or add it to terms.")
            for hard in dict.fromkeys(known.hard.findall(plain)):
                problem = f"“{hard}” is a hard word."
                remedy = f"Write “{known.instead[hard.casefold()]}”, or explain it in terms."
                yield fault(pack, screen.node, problem, remedy)


def _markup(pack: Pack) -> Iterator[Fault]:
    for screen in screens(pack):
        for text in screen.texts:
            if found := MARKUP.search(text):
                problem = f"“{found[0]}” looks like markup, which is shown as it stands."
                yield fault(pack, screen.node, problem, "Write plain words.")


def _silences(pack: Pack) -> Iterator[Fault]:
    """What a reader in doubt or at a decision needs, and a pack must not be silent on."""
    for question in pack.questions:
        if question.find_out is None:
            problem = "Does not say how to find out the answer."
            yield fault(pack, question.id, problem, "Fill in find_out.")
    for outcome in pack.outcomes:
        for name in _unsaid(outcome):
            yield fault(pack, outcome.id, f"Is silent on {name}.", f"Fill in {name}.")


def _unsaid(outcome: Outcome) -> Iterator[str]:
    for name in ("family_words", "not_sharing_risk", "sharing_risk"):
        if not getattr(outcome, name):
            yield name
