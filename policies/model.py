"""The shape of a pack: two kinds of node, one kind of arrow, and the words that go with them.

A question offers options; an option's arrow (`then`) leads to a question or an outcome. An option
may carry a condition (`when`): each named question was answered with one of the named values.
There are no expressions and no code, so a pack can be walked, proved and drawn from its data.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from policies import limits
from policies.glossary import Glossary
from policies.parts import (
    S16LA,
    Citation,
    Commencement,
    Contact,
    FindOut,
    Id,
    Include,
    Invariant,
    Matter,
    Missing,
    Notice,
    Option,
    Origin,
    PackId,
    Rule,
    Source,
    Stale,
    Term,
    Text,
    Value,
    Verdict,
)

__all__ = [
    "EMERGENCY",
    "FIRST",
    "NOT_SURE",
    "Citation",
    "Contact",
    "FindOut",
    "Matter",
    "Notice",
    "Option",
    "Outcome",
    "Pack",
    "Question",
    "Rule",
    "Source",
    "Stale",
    "Standing",
    "Term",
    "Value",
    "Verdict",
]

NOT_SURE = "not_sure"
EMERGENCY = "emergency"
"""The role of the contact that every screen carries."""

FIRST = "pack"
"""In the standing advice only: stands for the first question of whichever pack it goes before."""


class Question(Value):
    """One thing that is asked, why it is asked, and where the question comes from."""

    id: Id
    text: Annotated[Text, Field(max_length=limits.QUESTION_TEXT)]
    hint: Annotated[str, Field(max_length=limits.HINT)] = ""
    why: Annotated[Text, Field(max_length=limits.PARAGRAPH)]
    source: Citation
    origin: Origin
    rules: tuple[Id, ...] = ()
    find_out: FindOut | None = None
    options: tuple[Option, ...]

    @cached_property
    def by_value(self) -> dict[str | None, tuple[Option, ...]]:
        """The options of each value; more than one where they differ in their condition."""
        return {
            o.value: tuple(p for p in self.options if p.value == o.value) for o in self.options
        }


class Outcome(Value):
    """Where a pack may end; `then` is where a practitioner may go on to from here, if anywhere.

    `call` names roles among the contacts, most useful first. The two risks stand side by side on
    the screen. `if_risk` says what to do if it turns out that somebody may be at risk of harm
    after all.
    """

    id: Id
    verdict: Verdict
    headline: Annotated[Text, Field(max_length=limits.HEADLINE)]
    reason: Annotated[Text, Field(max_length=limits.PARAGRAPH)]
    source: Citation
    origin: Origin
    s16la: S16LA = None
    steps: tuple[Annotated[Text, Field(max_length=limits.PARAGRAPH)], ...]
    call: tuple[Id, ...] = ()
    record: Annotated[str, Field(max_length=limits.PARAGRAPH)] = ""
    rules: tuple[Id, ...] = ()
    family_words: Annotated[str, Field(max_length=limits.PARAGRAPH)] = ""
    not_sharing_risk: Annotated[str, Field(max_length=limits.PARAGRAPH)] = ""
    sharing_risk: Annotated[str, Field(max_length=limits.PARAGRAPH)] = ""
    if_risk: Annotated[str, Field(max_length=limits.PARAGRAPH)] = ""
    then: Id | None = None


class Standing(Value):
    """What applies to every pack of a jurisdiction: the danger question, notices, contacts."""

    jurisdiction: Id
    version: date
    sources: tuple[Source, ...]
    s16la: Commencement = Commencement()
    questions: tuple[Question, ...]
    not_sure: Option
    outcomes: tuple[Outcome, ...]
    notices: tuple[Notice, ...] = ()
    contacts: tuple[Contact, ...]
    terms: tuple[Term, ...] = ()

    @property
    def filed_under(self) -> str:
        """The folder that its files stand in."""
        return self.jurisdiction


class Pack(Value):
    """One policy at one version; `version` is the date on which it came into force.

    `successor` is the title of the pack that replaces it. The library fills it in, beside the
    digest and not under it: a new version of one pack leaves the digests of all others alone.
    """

    id: PackId
    title: Annotated[Text, Field(max_length=limits.TITLE)]
    name: Text
    version: date
    jurisdiction: Id
    status: Literal["current", "superseded", "local"]
    superseded_by: PackId | None = None
    successor: Annotated[str, Field(max_length=0, exclude=True)] = ""
    published: Text
    owner: Text
    review_by: date
    sources: tuple[Source, ...]
    missing: tuple[Missing, ...] = ()
    stale: tuple[Stale, ...] = ()
    include: tuple[Include, ...] = ()
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    outcomes: tuple[Outcome, ...]
    notices: tuple[Notice, ...] = ()
    rules: tuple[Rule, ...] = ()
    matter: tuple[Matter, ...] = ()
    contacts: tuple[Contact, ...] = ()
    terms: tuple[Term, ...] = ()
    invariants: tuple[Invariant, ...] = ()

    @property
    def filed_under(self) -> str:
        """The folder that its files stand in."""
        return self.id

    def with_contacts(self, contacts: tuple[Contact, ...]) -> Pack:
        """This pack with other contacts laid over its own, by role."""
        values = {name: getattr(self, name) for name in Pack.model_fields}
        return Pack.model_construct(**{**values, "contacts": (*self.contacts, *contacts)})

    @property
    def start(self) -> str:
        """The id of the first question; `danger`, once the standing advice goes before."""
        return self.questions[0].id

    @cached_property
    def nodes(self) -> dict[str, Question | Outcome]:
        """Every question and outcome by id."""
        questions = {question.id: question for question in self.questions}
        return {**questions, **{outcome.id: outcome for outcome in self.outcomes}}

    @cached_property
    def rules_by_id(self) -> dict[str, Rule]:
        """The rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def stale_by_id(self) -> dict[str, Stale]:
        """What time has overtaken, by id."""
        return {old.id: old for old in self.stale}

    @cached_property
    def contacts_by_role(self) -> dict[str, Contact]:
        """The contacts by role; where a role stands twice, the later one holds."""
        return {contact.role: contact for contact in self.contacts}

    @cached_property
    def glossary(self) -> Glossary:
        """The words that this pack explains."""
        return Glossary(self.terms)

    @cached_property
    def reads(self) -> dict[str, tuple[str, ...]]:
        """For every node, the questions that conditions at or below it read."""
        found: dict[str, frozenset[str]] = {}

        def visit(node_id: str) -> frozenset[str]:
            if node_id not in found:
                node = self.nodes[node_id]
                if isinstance(node, Outcome):
                    found[node_id] = visit(node.then) if node.then else frozenset()
                else:
                    read = (frozenset(option.when) for option in node.options)
                    below = (visit(option.then) for option in node.options)
                    found[node_id] = frozenset().union(*read, *below)
            return found[node_id]

        visit(self.start)
        return {node_id: tuple(sorted(questions)) for node_id, questions in found.items()}

    @cached_property
    def depth(self) -> dict[str, int]:
        """For every node, the most questions that may be asked from it on, itself included."""
        found: dict[str, int] = {}

        def visit(node_id: str) -> int:
            if node_id not in found:
                node = self.nodes[node_id]
                if isinstance(node, Outcome):
                    found[node_id] = visit(node.then) if node.then else 0
                else:
                    found[node_id] = 1 + max(visit(option.then) for option in node.options)
            return found[node_id]

        visit(self.start)
        return found
