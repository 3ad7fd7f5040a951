"""How `packs diff` lays out what changed between two versions of a pack."""

from __future__ import annotations

from policies.changes import Part
from policies.drawing import WORDS
from policies.library import Edition
from policies.rerouted import Rerouted


def difference(old: Edition, new: Edition, parts: tuple[Part, ...], ways: Rerouted) -> str:
    """What changed between two versions: in the words, then on the paths."""
    lines = [f"{new.pack.id}: {_version(old)} > {_version(new)}"]
    if not parts:
        lines.append("Nothing changed.")
    for part in parts:
        lines += ["", part.heading, *(f"  {line}" for line in part.lines)]
    lines += ["", "Paths", f"  {ways.before:,} before, {ways.after:,} now."]
    lines.append(f"  {ways.same:,} end as before.")
    if ways.elsewhere:
        lines.append(f"  {ways.elsewhere:,} end at another outcome with the same verdict.")
    for change in ways.moved:
        example = ", ".join(f"{question}={answer}" for question, answer in change.example.items())
        how = f"{WORDS[change.before]} > {WORDS[change.after]}"
        lines.append(f"  {change.count:,} change verdict: {how}. For example: {example}.")
    for question, count in ways.asks.items():
        lines.append(f"  {count:,} now need an answer to '{question}' first.")
    for question, count in ways.refuses.items():
        lines.append(f"  {count:,} gave an answer to '{question}' that is not offered any more.")
    if ways.fresh:
        lines.append(
            f"  {ways.fresh:,} are new: with these answers the old version was still asking."
        )
    return "\n".join(lines)


def _version(edition: Edition) -> str:
    return f"{edition.pack.version} (digest {edition.digest[:12]})"
