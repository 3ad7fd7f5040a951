"""A check as it belongs in a case file: what was asked and advised, what was decided, and why.

Everything here follows from what the register holds and the words of the policy that it names, so
that the page of a decision can be made again at any time and says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dialogs.explain import NOTICES, Part, reasoning, weighing
from dialogs.fields import FIELDS
from dialogs.show import before
from dialogs.summary import VERDICTS
from policies.assess import Advice, Step, assess, offered
from policies.explanation import explain
from policies.model import Citation, Outcome, Pack


@dataclass(frozen=True, slots=True)
class Offered:
    """One option that was on offer, and whether it was chosen."""

    label: str
    description: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as it was shown, with the answer that was given and why it mattered."""

    text: str
    hint: str
    options: tuple[Offered, ...]
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A notice or a rule that counted, and where it comes from."""

    heading: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Advised:
    """The advice in the words of its policy."""

    asked: tuple[Answered, ...]
    verdict: str
    outcome: Outcome
    source: str
    parts: tuple[Part, ...]
    notices: tuple[Cited, ...]
    rules: tuple[Cited, ...]


def advised(pack: Pack, body: Mapping[str, Any], on: date) -> Advised | None:
    """The advice that an entry's body speaks of; None if these answers lead to another end."""
    answers = {step["question"]: step["answer"] for step in body["path"]}
    advice = assess(pack, answers, body["passed"])
    if not isinstance(advice, Advice) or advice.outcome.id != body["outcome"]:
        return None
    explained = explain(pack, advice, answers, body["passed"])
    return Advised(
        tuple(_answered(pack, advice, step) for step in advice.path),
        VERDICTS[advice.verdict],
        advice.outcome,
        _cited(pack, advice.outcome.source),
        (*weighing(advice, explained, on), *reasoning(advice, explained)),
        tuple(Cited(NOTICES[n.kind], n.text, _cited(pack, n.source)) for n in advice.notices),
        tuple(Cited(r.title, r.text, _cited(pack, r.source)) for r in advice.rules),
    )


def decided(body: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The decision as the form asked for it: a label and the words that were chosen."""
    details: dict[str, Any] = {**body.get("details", {}), "choice": body["decision"]}
    lines = []
    for field in FIELDS:
        value = details.get(field.id)
        if value:
            values = value if isinstance(value, list | tuple) else [value]
            words = dict(field.options)
            lines.append((field.label, "; ".join(words.get(v, str(v)) for v in values)))
    return tuple(lines)


def _answered(pack: Pack, advice: Advice, step: Step) -> Answered:
    question = step.question
    facts = before(advice.path, question.id)
    options = (
        Offered(o.label, o.description, o.value == step.option.value)
        for o in offered(question, facts)
    )
    cited = _cited(pack, question.source)
    return Answered(question.text, question.hint, tuple(options), step.option.because, cited)


def _cited(pack: Pack, citation: Citation) -> str:
    source = next(source for source in pack.sources if source.id == citation.doc)
    return f"{source.title} ({source.publisher}, {source.published}), {citation.at}"
