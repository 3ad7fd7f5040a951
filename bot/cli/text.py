"""How commands lay out advice and packs for a person to read."""

from __future__ import annotations

from bot.advising import Result, question_line
from policies.library import Edition


def advice(result: Result) -> str:
    """A result of `advise` in words."""
    if result["status"] == "question":
        following = result["next"]
        return f"Next: {following['question']} ({', '.join(following['options'])})"
    parts = [result["headline"], *(f"- {step}" for step in result["steps"])]
    parts += ["", "Why:", *(f"- {reason['text']}" for reason in result["reasons"])]
    if result["notices"]:
        parts += ["", "Note:", *(f"- {notice['text']}" for notice in result["notices"])]
    return "\n".join(parts)


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
