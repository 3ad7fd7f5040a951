"""A pack as a chart: what stands in each box, and which answers lead where.

A chart is for a policy owner to read. So the answers of one question that lead to one place share
one arrow; a question that lets a doubt go to the same place as the others carries a mark instead
of one more arrow; and what stands before every pack has a lane of its own. `dot.py` and
`mermaid.py` write a chart down.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from policies.assess import Answers, Step, replay
from policies.library import Edition
from policies.model import NOT_SURE, Option, Outcome, Pack, Question, Verdict

WORDS = {
    Verdict.ACT_NOW: "ACT NOW",
    Verdict.MUST_SHARE: "MUST SHARE",
    Verdict.SHARE: "MAY SHARE",
    Verdict.DO_NOT_SHARE: "DO NOT SHARE",
    Verdict.SEEK_ADVICE: "ASK FOR ADVICE",
}
"""A verdict is told by a word and a shape; colour only repeats them."""

LANE = "Before every policy"
ON = "Then, if you wish: what else may I share?"
DOUBT = "I'm not sure, at any question with this mark: [?]"

TICK = "\N{HEAVY CHECK MARK} "
"""Stands before the answers of one check, so that its path is not told by thick lines alone."""


@dataclass(frozen=True, slots=True)
class Asks:
    """A question's box; `doubt` says that it carries the mark of a doubt."""

    id: str
    number: int
    text: str
    doubt: bool
    taken: bool

    @property
    def heading(self) -> str:
        """Its number, with the mark of a doubt."""
        return f"Question {self.number} [?]" if self.doubt else f"Question {self.number}"


@dataclass(frozen=True, slots=True)
class Ends:
    """An outcome's box."""

    id: str
    verdict: Verdict
    headline: str
    taken: bool

    @property
    def word(self) -> str:
        """The verdict in capitals."""
        return WORDS[self.verdict]


@dataclass(frozen=True, slots=True)
class Arrow:
    """The answers to one question that lead to one place; `taken` names those of one check."""

    start: str
    to: str
    labels: tuple[str, ...]
    taken: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """A name that no question or outcome can have."""
        return f"{self.start}>{self.to}"

    @property
    def marked(self) -> tuple[str, ...]:
        """The labels, each with a bullet where there are several and a tick where it was taken."""
        bullet = "• " if self.labels[1:] else ""
        return tuple((TICK if at in self.taken else bullet) + at for at in self.labels)


@dataclass(frozen=True, slots=True)
class Chart:
    """A pack to be drawn. `lane` is the danger question with its outcomes; `on` goes on from one.

    `doubt` is the outcome at which a doubt ends wherever a question carries the mark.
    """

    pack: Pack
    digest: str
    questions: tuple[Asks, ...]
    ends: tuple[Ends, ...]
    arrows: tuple[Arrow, ...]
    on: tuple[Arrow, ...]
    lane: frozenset[str]
    doubt: str
    traced: bool

    @property
    def boxes(self) -> tuple[Asks | Ends, ...]:
        """Every question, then every outcome."""
        return (*self.questions, *self.ends)


def chart(edition: Edition, answers: Answers | None = None) -> Chart:
    """The chart of a pack, with the path of these answers marked on it."""
    pack = edition.pack
    passed = going_on(pack, answers or {})
    path, node = replay(pack, answers or {}, passed)
    taken = {node.id, *passed, *(step.question.id for step in path)} if path else set[str]()
    doubt = _usual_doubt(pack)
    return Chart(
        pack=pack,
        digest=edition.digest,
        questions=tuple(
            Asks(q.id, number, q.text, any(_is_usual(o, doubt) for o in q.options), q.id in taken)
            for number, q in enumerate(pack.questions, start=1)
        ),
        ends=tuple(Ends(o.id, o.verdict, o.headline, o.id in taken) for o in pack.outcomes),
        arrows=tuple(arrow for q in pack.questions for arrow in _arrows(pack, q, path, doubt)),
        on=tuple(
            Arrow(o.id, o.then, (), ("on",) if o.id in passed else ())
            for o in pack.outcomes
            if o.then
        ),
        lane=_lane(pack),
        doubt=doubt,
        traced=bool(path),
    )


def going_on(pack: Pack, answers: Answers) -> tuple[str, ...]:
    """The outcomes that these answers go on from: those with an answer to what comes after."""
    passed: list[str] = []
    while True:
        node = replay(pack, answers, passed).node
        if isinstance(node, Question) or node.then not in answers:
            return tuple(passed)
        passed.append(node.id)


def _arrows(
    pack: Pack, question: Question, path: tuple[Step, ...], doubt: str
) -> tuple[Arrow, ...]:
    """The arrows of one question, one to each place that its answers lead to."""
    ways: dict[str, list[Option]] = {}
    for option in question.options:
        if not _is_usual(option, doubt) or _chosen(question, option, path):
            ways.setdefault(option.then, []).append(option)
    return tuple(_arrow(pack, question, to, options, path) for to, options in ways.items())


def _arrow(
    pack: Pack, question: Question, to: str, options: list[Option], path: tuple[Step, ...]
) -> Arrow:
    conditions: dict[str, list[str]] = {}
    for option in options:
        conditions.setdefault(option.label, []).append(_condition(pack, option))
    labels = {label: _labelled(label, found) for label, found in conditions.items()}
    taken = (labels[o.label] for o in options if _chosen(question, o, path))
    return Arrow(question.id, to, tuple(labels.values()), tuple(taken))


def _labelled(label: str, conditions: list[str]) -> str:
    """An option's label, and when it leads this way if it does not always."""
    return label if "" in conditions else f"{label} ({'; or '.join(conditions)})"


def _condition(pack: Pack, option: Option) -> str:
    numbers = {question.id: number for number, question in enumerate(pack.questions, start=1)}
    read = [f"question {numbers[q]} is {_either(values)}" for q, values in option.when.items()]
    return f"if {' and '.join(read)}" if read else ""


def _either(values: tuple[str, ...]) -> str:
    words = [value.replace("_", " ") for value in values]
    return " or ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def _chosen(question: Question, option: Option, path: tuple[Step, ...]) -> bool:
    return any(step.question.id == question.id and step.option == option for step in path)


def _usual_doubt(pack: Pack) -> str:
    """The outcome to which most questions lead a doubt."""
    doubts = (o.then for q in pack.questions for o in q.options if o.value == NOT_SURE)
    # The danger question has a doubt of its own; where only one other asks, the later one holds.
    counts = Counter(reversed([*doubts]))
    return counts.most_common(1)[0][0]


def _is_usual(option: Option, doubt: str) -> bool:
    return option.value == NOT_SURE and option.then == doubt and not option.when


def _lane(pack: Pack) -> frozenset[str]:
    """The first question, and the outcomes that only its own answers lead to."""
    first, *others = pack.questions
    elsewhere = {option.then for question in others for option in question.options}
    ends = {option.then for option in first.options} - elsewhere
    return frozenset({first.id, *(e for e in ends if isinstance(pack.nodes[e], Outcome))})
