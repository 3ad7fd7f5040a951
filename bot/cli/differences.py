"""How `packs diff` lays out what changed between two versions of a pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.changes import Part
from policies.drawing import WORDS
from policies.library import Edition
from policies.model import Pack
from policies.rerouted import Rerouted
from policies.rewording import day
from policies.storyboard import in_words, place


def difference(old: Edition, new: Edition, parts: tuple[Part, ...], ways: Rerouted) -> str:
    """What changed between two versions: in the words, then on the paths."""
    lines = [
        f"{new.pack.name} ({new.pack.id})",
        f"  Before: {_version(old)}",
        f"  Now: {_version(new)}",
    ]
    if not parts:
        lines += ["", "Nothing changed."]
    for part in parts:
        lines += ["", part.heading, *(f"  {line}" for line in part.lines)]
    lines += ["", "What becomes of every way through the questions"]
    lines += (f"  {line}" for line in _ways(old.pack, new.pack, ways))
    return "\n".join(lines)


def _ways(old: Pack, new: Pack, ways: Rerouted) -> Iterator[str]:
    yield f"There were {ways.before:,}. There are {ways.after:,} now."
    yield f"{ways.same:,} end as before."
    if ways.elsewhere:
        yield f"{ways.elsewhere:,} end at another advice with the same verdict."
    for change in ways.moved:
        how = f"from {WORDS[change.before]} to {WORDS[change.after]}"
        example = _answers(old, change.example)
        yield f"{change.count:,} change verdict, {how}. For example: {example}."
    for question, count in ways.asks.items():
        yield f"{count:,} now need an answer first: {place(new, question)}"
    for question, count in ways.refuses.items():
        yield f"{count:,} gave an answer that is not offered any more: {place(new, question)}"
    if ways.fresh:
        yield f"{ways.fresh:,} are new: with these answers the old version was still asking."


def _answers(pack: Pack, given: Mapping[str, str]) -> str:
    """The answers of one way, in words."""
    return "; ".join(in_words(pack, {question: (answer,)}) for question, answer in given.items())


def _version(edition: Edition) -> str:
    return f"in force from {day(edition.pack.version)}, digest {edition.digest[:12]}"
