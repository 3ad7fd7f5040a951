"""From the answers alone to the next question, or to the advice with its reasons.

Nothing is remembered between calls and no cursor is kept: the answers are replayed from the first
question. An answer that is not offered where it would count stops the replay at its question, and
an answer to a question off the path is left alone, so that going back loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple, TypeAlias

from policies.model import Notice, Option, Outcome, Pack, Question, Rule, Verdict

Answers: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One question on the path, with the option that was chosen."""

    question: Question
    option: Option


class Reached(NamedTuple):
    """Where answers lead: the path, and the node at its end."""

    path: tuple[Step, ...]
    node: Question | Outcome


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """Another answer to one question: the verdict that follows, else what may still follow."""

    question: str
    answer: str
    verdict: Verdict | None
    possible: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question stands next, with the options that apply after the answers so far."""

    path: tuple[Step, ...]
    question: Question
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Advice:
    """An outcome was reached: the verdict with everything that explains it."""

    path: tuple[Step, ...]
    outcome: Outcome
    notices: tuple[Notice, ...]
    rules: tuple[Rule, ...]
    reckon: Callable[[], tuple[Counterfactual, ...]] = field(repr=False, compare=False)

    @cached_property
    def counterfactuals(self) -> tuple[Counterfactual, ...]:
        """What other answers would have led to: reckoned when somebody asks, as few turns do."""
        return self.reckon()

    @property
    def verdict(self) -> Verdict:
        """The outcome's verdict."""
        return self.outcome.verdict


def assess(pack: Pack, answers: Answers, passed: Collection[str] = ()) -> Asking | Advice:
    """Replay the answers; `passed` names outcomes the practitioner chose to go on from."""
    path, node = replay(pack, answers, passed)
    if isinstance(node, Question):
        return Asking(path, node, offered(node, given(path)))
    return advise(pack, path, node, answers, passed)


def advise(
    pack: Pack, path: tuple[Step, ...], outcome: Outcome, answers: Answers, passed: Collection[str]
) -> Advice:
    """Put the advice together for a path that ended at this outcome."""
    facts = given(path)
    return Advice(
        path,
        outcome,
        tuple(notice for notice in pack.notices if applies(notice, facts, outcome)),
        weighed(pack, path, outcome),
        partial(counterfactuals, pack, path, answers, passed),
    )


def locate(pack: Pack, answers: Answers, passed: Collection[str] = ()) -> Question | Outcome:
    """Return the node where the answers lead: the next question, or the outcome."""
    return replay(pack, answers, passed)[1]


def replay(pack: Pack, answers: Answers, passed: Collection[str] = ()) -> Reached:
    """Follow the arrows from the first question as far as the answers carry."""
    return follow(pack, Reached((), pack.nodes[pack.start]), answers, passed)


def follow(
    pack: Pack, reached: Reached, answers: Answers, passed: Collection[str] = ()
) -> Reached:
    """Follow the arrows on from where earlier answers led."""
    path, facts, node = list(reached.path), given(reached.path), reached.node
    while True:
        if isinstance(node, Outcome):
            if node.then is None or node.id not in passed:
                return Reached(tuple(path), node)
            node = pack.nodes[node.then]
            continue
        option = chosen(node, answers.get(node.id), facts)
        if option is None:
            return Reached(tuple(path), node)
        path.append(Step(node, option))
        facts[node.id] = option.value
        node = pack.nodes[option.then]


def given(path: tuple[Step, ...]) -> dict[str, str]:
    """The answers on the path, by question id."""
    return {step.question.id: step.option.value for step in path}


def offered(question: Question, facts: Answers) -> tuple[Option, ...]:
    """The options that apply after these answers, in the order of the pack."""
    return tuple(option for option in question.options if holds(option.when, facts))


def chosen(question: Question, value: str | None, facts: Answers) -> Option | None:
    """The option with this value that applies here, or None where it is not on offer."""
    for option in question.by_value.get(value, ()):
        if not option.when or holds(option.when, facts):
            return option
    return None


def holds(when: Mapping[str, tuple[str, ...]], facts: Answers) -> bool:
    """Whether every question that the condition names was answered with one of its values."""
    # Most options have no condition, and one advice asks this some two hundred times.
    return not when or all(facts.get(question) in values for question, values in when.items())


def applies(notice: Notice, facts: Answers, outcome: Outcome) -> bool:
    """Whether the notice belongs to advice on these answers with this outcome."""
    return holds(notice.when, facts) and (
        not notice.verdicts or outcome.verdict in notice.verdicts
    )


def weighed(pack: Pack, path: tuple[Step, ...], outcome: Outcome) -> tuple[Rule, ...]:
    """The rules that the questions on the path and the outcome name, in the pack's order."""
    named = {rule for step in path for rule in step.question.rules} | set(outcome.rules)
    return tuple(rule for rule in pack.rules if rule.id in named)


def counterfactuals(
    pack: Pack, path: tuple[Step, ...], answers: Answers, passed: Collection[str]
) -> tuple[Counterfactual, ...]:
    """For every other answer on the path: the verdict it gives, and those it leaves open."""
    prospect = Prospect(pack, answers, passed)
    facts: dict[str, str] = {}
    found: list[Counterfactual] = []
    for step in path:
        for option in offered(step.question, facts):
            if option.value != step.option.value:
                other = {**facts, step.question.id: option.value}
                verdict, possible = prospect.beyond(option.then, other)
                found.append(
                    Counterfactual(step.question.id, option.value, verdict, ordered(possible))
                )
        facts[step.question.id] = step.option.value
    return tuple(found)


def possible(pack: Pack, answers: Answers, passed: Collection[str] = ()) -> tuple[Verdict, ...]:
    """The verdicts that these answers leave open, in the order of `Verdict`."""
    return ordered(Prospect(pack, answers, passed).beyond(pack.start, {})[1])


def ordered(verdicts: Collection[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts in the order in which `Verdict` lists them."""
    return tuple(verdict for verdict in Verdict if verdict in verdicts)


class Prospect:
    """What may still follow from a node, with the answers given so far kept.

    A node's future depends only on the answers that conditions at or below it read
    (`Pack.reads`), so one small table serves every counterfactual of an advice.
    """

    def __init__(self, pack: Pack, answers: Answers, passed: Collection[str]) -> None:
        self.pack, self.answers, self.passed = pack, answers, passed
        self.known: dict[tuple[str | None, ...], frozenset[Verdict]] = {}

    def beyond(self, node_id: str, facts: dict[str, str]) -> tuple[Verdict | None, set[Verdict]]:
        """The verdict that the given answers lead to from here, if any, and all possible ones."""
        verdict = self._settled(node_id, dict(facts))
        return verdict, {verdict} if verdict else set(self._open(node_id, facts))

    def _settled(self, node_id: str, facts: dict[str, str]) -> Verdict | None:
        node = self.pack.nodes[node_id]
        if isinstance(node, Outcome):
            if node.then is None or node.id not in self.passed:
                return node.verdict
            return self._settled(node.then, facts)
        option = chosen(node, self.answers.get(node.id), facts)
        if option is None:
            return None
        facts[node.id] = option.value
        return self._settled(option.then, facts)

    def _open(self, node_id: str, facts: dict[str, str]) -> frozenset[Verdict]:
        reads = self.pack.reads[node_id]
        key = (node_id, *(facts.get(question) for question in reads))
        if key not in self.known:
            self.known[key] = self._explore(node_id, facts)
        return self.known[key]

    def _explore(self, node_id: str, facts: dict[str, str]) -> frozenset[Verdict]:
        node = self.pack.nodes[node_id]
        if isinstance(node, Outcome):
            if node.then is None or node.id not in self.passed:
                return frozenset({node.verdict})
            return self._open(node.then, facts)
        option = chosen(node, self.answers.get(node.id), facts)
        ways = (option,) if option else offered(node, facts)
        return frozenset().union(
            *(self._open(way.then, {**facts, node.id: way.value}) for way in ways)
        )
