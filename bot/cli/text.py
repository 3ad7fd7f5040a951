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
    """A pack as its owner reads it: sequence, arrows, outcomes, rules, gaps, overtaken facts."""
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
    lines += [f"  {end.id} ({end.verdict}): {end.headline}" for end in shown.outcomes]
    lines += ["", "Rules", *(f"  {rule.id}: {rule.title}" for rule in shown.rules)]
    lines += ["", "What the document does not say", *(f"  {gap.item}" for gap in shown.missing)]
    lines += ["", "What time has overtaken"]
    lines += [f"  {old.item} Now: {old.now} ({old.severity})" for old in shown.stale]
    return "\n".join(lines)
