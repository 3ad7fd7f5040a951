"""After "I'm not sure": where each answer would lead, and which open fact is cheapest to find.

A fact is open if it is the answer that the practitioner was not sure of, or one that would be
asked after it and has no answer yet. Sometimes a later fact settles the matter whatever the first
one is, and takes a telephone call where the first takes a week: so all of them are looked at. A
later doubt is left out of the reckoning, or everything would always end in asking for advice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from policies.assess import Advice, Answers, Step, given, offered, ordered
from policies.model import NOT_SURE, Option, Outcome, Pack, Question, Verdict

SOONEST = ("minutes", "hours", "days")

Verdicts: TypeAlias = frozenset[Verdict]


@dataclass(frozen=True, slots=True)
class Lead:
    """One answer that would end the doubt, and every verdict that could then follow."""

    option: Option
    possible: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A question without an answer, and where each of its answers would lead."""

    question: Question
    leads: tuple[Lead, ...]

    @property
    def settling(self) -> tuple[Lead, ...]:
        """The answers after which only one verdict is left, other than to ask for advice."""
        return tuple(
            lead
            for lead in self.leads
            if len(lead.possible) == 1 and lead.possible != (Verdict.SEEK_ADVICE,)
        )


@dataclass(frozen=True, slots=True)
class Doubt:
    """What somebody was not sure of, and what to find out first; that may be the same."""

    unsure: OpenFact
    first: OpenFact


def doubt(pack: Pack, advice: Advice, answers: Answers, passed: Collection[str]) -> Doubt | None:
    """What stands open where the last answer was not sure, else None."""
    if not advice.path or advice.path[-1].option.value != NOT_SURE:
        return None
    *before, last = advice.path
    facts = _open_facts(pack, last, given(tuple(before)), answers, passed)
    return Doubt(facts[0], _cheapest(facts))


def _cheapest(facts: list[OpenFact]) -> OpenFact:
    """The fact found soonest among those that can settle the matter; the first among equals."""
    able = [fact for fact in facts if fact.settling and fact.question.find_out]
    return min(able, key=_takes, default=facts[0])


def _takes(fact: OpenFact) -> int:
    assert fact.question.find_out is not None
    return SOONEST.index(fact.question.find_out.takes)


def _open_facts(
    pack: Pack, last: Step, before: dict[str, str], answers: Answers, passed: Collection[str]
) -> list[OpenFact]:
    future = _Futures(pack, answers, passed).of(last.question.id, before)
    asked = [last.question, *(q for q in pack.questions if q.id != last.question.id)]
    return [
        OpenFact(question, leads)
        for question in asked
        if (leads := tuple(_leads(question, future.given)))
    ]


def _leads(question: Question, found: Mapping[tuple[str, str], Verdicts]) -> list[Lead]:
    options = {option.value: option for option in reversed(question.options)}
    return [
        Lead(options[value], ordered(found[question.id, value]))
        for value in dict.fromkeys(option.value for option in question.options)
        if (question.id, value) in found
    ]


@dataclass(frozen=True, slots=True)
class _Future:
    """The verdicts that may follow from a node, in all and given each answer asked below it."""

    verdicts: Verdicts
    given: Mapping[tuple[str, str], Verdicts]


class _Futures:
    """What may follow from each node, one table for all questions below it."""

    def __init__(self, pack: Pack, answers: Answers, passed: Collection[str]) -> None:
        self.pack, self.passed = pack, passed
        self.answers = {q: answer for q, answer in answers.items() if answer != NOT_SURE}
        self.known: dict[tuple[str | None, ...], _Future] = {}

    def of(self, node_id: str, facts: dict[str, str]) -> _Future:
        key = (node_id, *(facts.get(question) for question in self.pack.reads[node_id]))
        if key not in self.known:
            node = self.pack.nodes[node_id]
            if isinstance(node, Question):
                self.known[key] = self._asked(node, facts)
            elif node.then and node.id in self.passed:
                self.known[key] = self.of(node.then, facts)
            else:
                self.known[key] = _ended(node)
        return self.known[key]

    def _asked(self, question: Question, facts: dict[str, str]) -> _Future:
        sure = [option for option in offered(question, facts) if option.value != NOT_SURE]
        kept = [option for option in sure if option.value == self.answers.get(question.id)]
        ways = {
            option.value: self.of(option.then, {**facts, question.id: option.value})
            for option in kept or sure
        }
        below = dict.fromkeys(fact for way in ways.values() for fact in way.given)
        found = {
            fact: _either(way.given.get(fact, way.verdicts) for way in ways.values())
            for fact in below
        }
        if not kept:
            found |= {(question.id, value): way.verdicts for value, way in ways.items()}
        return _Future(_either(way.verdicts for way in ways.values()), found)


def _ended(outcome: Outcome) -> _Future:
    return _Future(frozenset({outcome.verdict}), {})


def _either(each: Iterable[Verdicts]) -> Verdicts:
    return frozenset[Verdict]().union(*each)
