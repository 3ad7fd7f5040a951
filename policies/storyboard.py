"""Every screen of a pack in order, with what leads to it and from it, for its owner to read.

Where a pack names things by id (a question, an option, a role, a source), the storyboard says them
in words: whoever signs a policy should not have to know how it is filed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policies.drawing import WORDS
from policies.library import Edition
from policies.model import (
    Citation,
    Contact,
    Notice,
    Option,
    Outcome,
    Pack,
    Question,
    Rule,
    Verdict,
)

ORIGINS = {
    "printed": "Printed in this document",
    "national": "From the national guidance or the law behind it",
    "inferred": "Follows from the source; not printed there",
    "added": "Added by this project",
}
KINDS = {
    "law": "The law today",
    "how": "How to share it",
    "warning": "Take care",
    "record": "Keep a record",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One option as it is offered: its words, when it is offered, and where it leads."""

    option: Option
    offered: str
    leads: str


@dataclass(frozen=True, slots=True)
class QuestionScreen:
    """A question as it is asked."""

    number: int
    question: Question
    source: str
    rules: tuple[Rule, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A notice, and when it is shown."""

    notice: Notice
    kind: str
    shown: str
    source: str


@dataclass(frozen=True, slots=True)
class OutcomeScreen:
    """An outcome as the advice that is given; `reached` says which answers end here."""

    number: int
    outcome: Outcome
    word: str
    source: str
    reached: tuple[str, ...]
    call: tuple[Contact, ...]
    rules: tuple[Rule, ...]
    notices: tuple[str, ...]
    goes_on: str


@dataclass(frozen=True, slots=True)
class Storyboard:
    """A pack as its owner reads it, from the first screen to the sign-off."""

    edition: Edition
    questions: tuple[QuestionScreen, ...]
    outcomes: tuple[OutcomeScreen, ...]
    notices: tuple[Told, ...]

    @property
    def pack(self) -> Pack:
        """The pack that it shows."""
        return self.edition.pack

    def cited(self, citation: Citation) -> str:
        """A source in words."""
        return cited(self.pack, citation)


def storyboard(edition: Edition) -> Storyboard:
    """Every screen of a pack, in the pack's order."""
    pack = edition.pack
    asked = len(pack.questions)
    return Storyboard(
        edition,
        tuple(_question(pack, n, question) for n, question in enumerate(pack.questions, start=1)),
        tuple(_outcome(pack, n, end) for n, end in enumerate(pack.outcomes, start=asked + 1)),
        tuple(
            Told(notice, KINDS[notice.kind], _shown(pack, notice), cited(pack, notice.source))
            for notice in pack.notices
        ),
    )


def cited(pack: Pack, citation: Citation) -> str:
    """A source in words: what it is, whose, of when, and where in it."""
    source = next(source for source in pack.sources if source.id == citation.doc)
    return f"{source.title} ({source.publisher}, {source.published}), {citation.at}"


def in_words(pack: Pack, when: Mapping[str, tuple[str, ...]]) -> str:
    """A condition in words, or nothing where there is none."""
    return " and ".join(
        f"question {_number(pack, question)} is answered {_either(pack, question, values)}"
        for question, values in when.items()
    )


def _question(pack: Pack, number: int, question: Question) -> QuestionScreen:
    answers = tuple(
        Answer(option, in_words(pack, option.when), place(pack, option.then))
        for option in question.options
    )
    source = cited(pack, question.source)
    return QuestionScreen(number, question, source, _rules(pack, question.rules), answers)


def _outcome(pack: Pack, number: int, outcome: Outcome) -> OutcomeScreen:
    return OutcomeScreen(
        number,
        outcome,
        WORDS[outcome.verdict],
        cited(pack, outcome.source),
        tuple(_reaching(pack, outcome)),
        tuple(pack.contacts_by_role[role] for role in outcome.call),
        _rules(pack, outcome.rules),
        tuple(
            notice.id
            for notice in pack.notices
            if not notice.verdicts or outcome.verdict in notice.verdicts
        ),
        place(pack, outcome.then) if outcome.then else "",
    )


def _reaching(pack: Pack, outcome: Outcome) -> list[str]:
    """The answers that end here, each once."""
    return list(
        dict.fromkeys(
            f"Question {number}: “{option.label}”"
            for number, question in enumerate(pack.questions, start=1)
            for option in question.options
            if option.then == outcome.id
        )
    )


def _shown(pack: Pack, notice: Notice) -> str:
    """When a notice is shown, as a whole sentence."""
    parts = []
    if notice.verdicts:
        parts.append(f"the advice is {_one_of(notice.verdicts)}")
    if notice.when:
        parts.append(in_words(pack, notice.when))
    return f"Shown when {', and '.join(parts)}." if parts else "Shown with every advice."


def _one_of(verdicts: tuple[Verdict, ...]) -> str:
    return " or ".join(f"“{WORDS[verdict].capitalize()}”" for verdict in verdicts)


def place(pack: Pack, node_id: str) -> str:
    """Where an arrow leads, in words."""
    node = pack.nodes[node_id]
    if isinstance(node, Outcome):
        return f"{WORDS[node.verdict]}: {node.headline}"
    return f"Question {_number(pack, node_id)}: {node.text}"


def _number(pack: Pack, question: str) -> int:
    return [asked.id for asked in pack.questions].index(question) + 1


def _either(pack: Pack, question: str, values: tuple[str, ...]) -> str:
    asked = pack.nodes[question]
    assert not isinstance(asked, Outcome)
    labels = {option.value: option.label for option in asked.options}
    return " or ".join(f"“{labels[value]}”" for value in values)


def _rules(pack: Pack, ids: tuple[str, ...]) -> tuple[Rule, ...]:
    return tuple(pack.rules_by_id[rule] for rule in ids)
