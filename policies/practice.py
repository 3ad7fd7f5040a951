"""Made-up cases to rehearse on: a story, how its facts answer a pack's questions, and why.

A case stands beside the packs and not in one: its words can be mended without a new version of a
policy. `faults` holds each case to the pack: its answers must reach the outcome that it states.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from policies import limits
from policies.assess import given, replay
from policies.filing import Fault, FaultyPack, parse
from policies.library import SHIPPED, Library
from policies.model import Pack, Question, Value
from policies.parts import Id, PackId, Text


class Point(Value):
    """Where people go wrong in a case, and why it matters there."""

    question: Id
    why: Annotated[Text, Field(max_length=limits.PARAGRAPH)]


class Case(Value):
    """One made-up case. `answers` says how its facts answer each question that may be asked.

    `also` holds answers that are fair on the same facts. `told` names questions that the story
    itself answers, which nobody need be asked. `you` is whose shoes to stand in. What the case is
    about (`theme`) and the one thing to take away (`lesson`) are told afterwards.
    """

    id: Id
    title: Annotated[Text, Field(max_length=limits.OPTION_LABEL)]
    you: Annotated[Text, Field(max_length=limits.OPTION_LABEL)]
    theme: Annotated[Text, Field(max_length=limits.OPTION_LABEL)]
    story: Annotated[
        tuple[Annotated[Text, Field(max_length=limits.PARAGRAPH)], ...],
        Field(min_length=1, max_length=limits.STORY),
    ]
    answers: dict[Id, Id]
    also: dict[Id, tuple[Id, ...]] = Field(default_factory=dict)
    told: tuple[Id, ...] = ()
    outcome: Id
    points: tuple[Point, ...] = ()
    lesson: Annotated[Text, Field(max_length=limits.PARAGRAPH)]

    @property
    def named(self) -> str:
        """Its title, and in whose shoes it is met."""
        return f"{self.title}: {self.you[:1].lower()}{self.you[1:]}"

    def why(self, question: str) -> str | None:
        """Why an answer to this question matters in this case, if the case says so."""
        return next((point.why for point in self.points if point.question == question), None)

    def fits(self, question: str, answer: str) -> bool:
        """Whether an answer is one that the facts bear out, or that they leave open."""
        right = self.answers.get(question, answer)
        return answer == right or answer in self.also.get(question, ())


class Rehearsal(Value):
    """The cases of one pack, in the order in which they are offered."""

    pack: PackId
    cases: Annotated[tuple[Case, ...], Field(max_length=limits.CASES)]


def read_rehearsals(folder: Path = SHIPPED) -> tuple[Rehearsal, ...]:
    """Read `practice/<pack>.toml` below a folder; raises `FaultyPack` with every fault found."""
    faults: list[Fault] = []
    found: list[Rehearsal] = []
    for file in sorted(folder.glob("practice/*.toml")):
        try:
            found.append(parse(file, Rehearsal))
        except FaultyPack as error:
            faults.extend(error.faults)
    if faults:
        raise FaultyPack(faults)
    return tuple(found)


def faults(rehearsals: tuple[Rehearsal, ...], library: Library) -> Iterator[Fault]:
    """What is wrong with the shipped cases, held to the latest version of their packs."""
    for rehearsal in rehearsals:
        yield from faults_of(rehearsal, library, f"practice/{rehearsal.pack}.toml")


def faults_of(
    rehearsal: Rehearsal, library: Library, file: str, taken: Collection[str] = ()
) -> Iterator[Fault]:
    """What is wrong with the cases of one file; `taken` are ids of cases that stand elsewhere."""
    latest = {edition.pack.id: edition.pack for edition in library.newest()}
    if rehearsal.pack not in latest:
        yield Fault(file, "pack", f"There is no pack '{rehearsal.pack}'.", "Name one.")
        return
    seen = {*taken}
    for case in rehearsal.cases:
        problems = [*_problems(latest[rehearsal.pack], case)]
        if case.id in seen:
            problems.append(("Two cases have this id.", "Rename one of them."))
        seen.add(case.id)
        yield from (Fault(file, case.id, problem, remedy) for problem, remedy in problems)


def is_sound(pack: Pack, case: Case) -> bool:
    """Whether a case fits a version of its pack."""
    return not any(_problems(pack, case))


def _problems(pack: Pack, case: Case) -> Iterator[tuple[str, str]]:
    offers = {q.id: {option.value for option in q.options} for q in pack.questions}
    answers = [*case.answers.items()]
    answers += [(question, answer) for question, fair in case.also.items() for answer in fair]
    for question, answer in answers:
        if answer not in offers.get(question, ()):
            problem = f"{question}={answer} is no answer of {pack.id}."
            yield problem, f"Its questions are: {', '.join(offers)}."
    if len(case.named) > limits.OPTION_LABEL:
        problem = f"“{case.named}” is longer than {limits.OPTION_LABEL}, which a button holds."
        yield problem, "Shorten title or you."
    path, node = replay(pack, case.answers)
    if isinstance(node, Question):
        yield f"The answers stop at '{node.id}'.", "Answer it, or mend the answers before it."
    elif node.id != case.outcome:
        yield f"The answers reach '{node.id}', not '{case.outcome}'.", "Mend one of the two."
    asked = given(path)
    for question in (*case.told, *(point.question for point in case.points)):
        if question not in offers:
            yield f"Names the question '{question}', which is not asked.", "Mend the name."
    for question in case.told:
        if question not in case.answers:
            yield f"'{question}' is told but has no answer.", "Add it to the answers."
    if not asked.keys() - {*case.told}:
        yield "Nothing is left to ask.", "Take a question out of told."
