"""`share-check advise`: a policy's answer without a conversation, as JSON for other tools."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from policies.assess import Advice, Asking, Step, assess, given
from policies.library import Edition
from policies.model import Pack, Question

Result = dict[str, Any]


class NotOffered(ValueError):
    """A question or an option that is not offered; the message names those that are."""


def found_by(
    pack: Pack, answers: Mapping[str, str], passed: Collection[str] = ()
) -> Asking | Advice:
    """Where these answers lead; raises `NotOffered`."""
    _known(pack, answers)
    found = assess(pack, answers, passed)
    if isinstance(found, Asking) and found.question.id in answers:
        name = found.question.id
        raise _refused(f"{name}={answers[name]}", [option.value for option in found.options])
    return found


def advise(edition: Edition, answers: Mapping[str, str], passed: Collection[str] = ()) -> Result:
    """One result, with every key of the contract; raises `NotOffered`."""
    pack = edition.pack
    found = found_by(pack, answers, passed)
    return {
        "pack": pack.id,
        "pack_status": pack.status,
        "version": pack.version.isoformat(),
        "digest": edition.digest,
        "status": "advice" if isinstance(found, Advice) else "question",
        "path": [_step(step) for step in found.path],
        **(_advice(found) if isinstance(found, Advice) else _question(found)),
        "unused": [question for question in answers if question not in given(found.path)],
    }


def batch(edition: Edition, lines: Iterable[str]) -> Iterator[Result]:
    """A result for each line of answers, in order; a bad line gives its number and its fault."""
    for number, line in enumerate(lines, start=1):
        try:
            yield advise(edition, _answers(line))
        except NotOffered as error:
            yield {"line": number, "error": str(error)}
        except (ValueError, RecursionError):
            # Not JSON at all, nested too deep, or a number longer than any answer could be.
            yield {"line": number, "error": "This line is not JSON."}


def _answers(line: str) -> dict[str, str]:
    answers = json.loads(line)
    if not isinstance(answers, dict) or not all(isinstance(v, str) for v in answers.values()):
        raise NotOffered('A line is one object of answers, such as {"danger": "no"}.')
    return answers


def _known(pack: Pack, answers: Mapping[str, str]) -> None:
    questions = {question.id: question for question in pack.questions}
    for name, value in answers.items():
        if name not in questions:
            raise NotOffered(
                f"{pack.id} asks no question '{_printable(name)}'; "
                f"it asks: {', '.join(questions)}."
            )
        options = list(dict.fromkeys(option.value for option in questions[name].options))
        if value not in options:
            raise _refused(f"{name}={value}", options)


def _printable(text: str) -> str:
    """A name as it can be written out, whatever half characters it holds."""
    return text.encode("utf-8", "backslashreplace").decode()


def _refused(what: str, options: list[str]) -> NotOffered:
    offered = ", ".join(options)
    return NotOffered(f"'{_printable(what)}' is not offered here; the options are: {offered}.")


def _question(asking: Asking) -> Result:
    options = [option.value for option in asking.options]
    return {
        "next": {"question": asking.question.id, "options": options},
        **dict.fromkeys(("verdict", "outcome", "headline")),
        **{key: [] for key in ("reasons", "notices", "rules", "steps", "counterfactuals")},
    }


def _advice(advice: Advice) -> Result:
    return {
        "next": None,
        "verdict": advice.verdict.value,
        "outcome": advice.outcome.id,
        "headline": advice.outcome.headline,
        "reasons": [{**_step(step), "text": step.option.because} for step in advice.path],
        "notices": [{"kind": n.kind, "id": n.id, "text": n.text} for n in advice.notices],
        "rules": [{"id": rule.id, "title": rule.title} for rule in advice.rules],
        "steps": list(advice.outcome.steps),
        "counterfactuals": [
            {
                "question": other.question,
                "answer": other.answer,
                "verdict": other.verdict.value if other.verdict else None,
                "possible": [verdict.value for verdict in other.possible],
            }
            for other in advice.counterfactuals
        ],
    }


def _step(step: Step) -> Result:
    return {"question": step.question.id, "answer": step.option.value}


def question_line(question: Question) -> str:
    """A question with its options, as `packs show` lists it."""
    values = dict.fromkeys(option.value for option in question.options)
    return f"{question.id} ({question.origin}): {question.text} [{', '.join(values)}]"
