"""How commands lay out advice and packs for a person to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bot.cli.advising import question_line
from dialogs.explain import Part, noticed, reasoning, warned, weighing
from dialogs.lines import contact_line
from dialogs.show import contacts
from dialogs.summary import VERDICTS
from policies.assess import Advice, Asking
from policies.explanation import explain
from policies.library import Edition
from policies.model import Outcome, Pack


def stands(pack: Pack, found: Asking | Advice, answers: Mapping[str, str], today: date) -> str:
    """Where answers lead in words: the next question, or the advice with all that explains it."""
    if isinstance(found, Asking):
        offered = ", ".join(option.value for option in found.options)
        return f"Next: {found.question.id} ({offered})"
    outcome, explained = found.outcome, explain(pack, found, answers)
    lines = [outcome.headline, f"Advice: {VERDICTS[found.verdict]}. {outcome.reason}"]
    for part in (
        *warned(found),
        Part("What to do now", outcome.steps, "number"),
        Part("Whom to call", tuple(_called(pack, outcome, today)), "bullet"),
        *weighing(found, explained, today),
        *noticed(found),
        *reasoning(found, explained),
    ):
        lines += ["", part.heading, *_lines(part)] if any(part.lines) else []
    return "\n".join(lines)


def _called(pack: Pack, outcome: Outcome, today: date) -> Iterator[str]:
    for contact in contacts(pack, outcome.call):
        yield contact_line(contact, today)


def _lines(part: Part) -> Iterator[str]:
    marks = {"": "", "bullet": "- "}
    yield from ([part.lead] if part.lead else [])
    for number, line in enumerate(part.lines, start=1):
        yield f"{marks.get(part.mark, f'{number}. ')}{line}"


def pack(edition: Edition) -> str:
    """A pack as its owner reads it: sequence, arrows, outcomes, rules, matter, gaps, overtaken."""
    shown = edition.pack
    lines = [f"{shown.name} ({shown.id}, {shown.version}, {shown.status})"]
    lines += [f"Digest: {edition.digest}", f"Owner: {shown.owner}; review by {shown.review_by}"]
    lines += ["", "Questions"]
    for question in shown.questions:
        lines.append(f"  {question_line(question)}")
        for option in question.options:
            when = "".join(f" if {q} is {' or '.join(v)}" for q, v in option.when.items())
            lines.append(f"    {option.value} > {option.then}{when}")
    lines += ["", "Outcomes"]
    lines += [f"  {e.id} ({e.verdict}, {e.origin}): {e.headline}" for e in shown.outcomes]
    lines += ["", "Notices"]
    for notice in shown.notices:
        dated = next(s.published for s in shown.sources if s.id == notice.source.doc)
        source = f"{notice.source.doc} ({dated}), {notice.source.at}"
        lines.append(f"  {notice.id} ({notice.kind}, {notice.origin}): {source}")
    lines += ["", "Rules"]
    lines += [f"  {r.id} ({r.origin}, {r.source.at}): {r.title}" for r in shown.rules]
    lines += ["", "What else it says"]
    lines += [f"  {m.topic}: {m.id} ({m.origin}, {m.source.at}): {m.title}" for m in shown.matter]
    lines += ["", "What it does not say"]
    lines += [f"  {gap.item}. {gap.note}".rstrip() for gap in shown.missing]
    lines += ["", "What time has overtaken"]
    for old in shown.stale:
        lines.append(f"  {old.item} Now: {old.now} ({old.severity}, checked {old.checked_on})")
    return "\n".join(lines)
