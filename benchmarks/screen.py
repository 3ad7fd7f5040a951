"""Measures the screen: recall and precision by type over `tests/cases/screen.toml`.

`python -m benchmarks.screen` prints the table of `docs/screening.md`, the sentences that are got
wrong, and how long hostile text takes.
"""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dialogs.screen import LONGEST, Finding, screen

CASES = Path(__file__).parents[1] / "tests" / "cases" / "screen.toml"
SECOND = CASES.with_name("screen_second.toml")
BEST_EFFORT = "name"
ORDER = (
    *("nhs_number", "ni_number", "date_of_birth", "phone", "email", "postcode", "address"),
    *("secret", "record", "vehicle", "handle", BEST_EFFORT),
)
STRUCTURED = tuple(type_ for type_ in ORDER if type_ != BEST_EFFORT)
HOSTILE = (
    *("a.a.", "A-Aa-Aa", "Aa Aa ", "a@a", "a'", "a at a", "9", "9 ", "+44 ", "0 (", "12 jan "),
    *("12 Aa ", "12's ", "12 aaa aaa ", "eyJ", "Bearer a", "son Aa", "Aa's ", "-----BEGIN "),
    *("O'", "1/1/1/", "born ", "password is ", "door ", "spoke to ", "\ufdfa", "9\u200b"),
    *(
        "@a",
        "lives at 12 Aa ",
        "home, ",
        "first of ",
        "oh oh ",
        "Aa House, ",
        "mosaic 1",
        "Aa van ",
    ),
    *("born 1 may ", "snap as a.", "7700 ", "a dot ", "van der Aa", "x.com/"),
)


@dataclass
class Score:
    """What was found of what was to be found, and what was found beside it."""

    hits: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    sentences: int = 0

    def recall(self, *types: str) -> float:
        """The share of what was to be found that was found."""
        hits, misses = (sum(count[t] for t in types) for count in (self.hits, self.misses))
        return hits / (hits + misses)

    def precision(self, *types: str) -> float:
        """The share of what was found that was to be found."""
        hits, false = (sum(count[t] for t in types) for count in (self.hits, self.false))
        return hits / (hits + false)


def cases(path: Path = CASES) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each sentence with what is personal data in it, by type."""
    for kind, lines in tomllib.loads(path.read_text("utf-8")).items():
        for line in lines:
            if kind == "clean":
                yield line, []
            elif kind == "mixed":
                pairs = [str(one).partition(":") for one in line[1:]]
                yield line[0], [(type_, seen) for type_, _, seen in pairs]
            else:
                yield line[0], [(kind, seen) for seen in line[1:]]


def measure(path: Path = CASES) -> Score:
    """Screen every sentence; a finding counts when its type is right and it covers the whole."""
    score = Score()
    for text, wanted in cases(path):
        score.sentences += 1
        left = list(screen(text))
        for type_, seen in wanted:
            start = text.index(seen)
            found = [one for one in left if _covers(one, type_, start, start + len(seen))]
            if found:
                score.hits[type_] += 1
                left.remove(found[0])
            else:
                score.misses[type_] += 1
                score.wrong.append(f"missed {type_} “{seen}” in: {text}")
        for one in left:
            score.false[one.type] += 1
            score.wrong.append(f"took “{one.seen}” for {one.type} in: {text}")
    return score


def _covers(one: Finding, type_: str, start: int, end: int) -> bool:
    return one.type == type_ and one.start <= start and one.end >= end


def milliseconds(seed: str) -> float:
    """What a text of full length made of this seed takes of this process, at its best of three."""
    text = (seed * LONGEST)[:LONGEST]
    return min(_spent(text) for _ in range(3)) * 1000


def _spent(text: str) -> float:
    started = time.process_time()
    screen(text)
    return time.process_time() - started


def table(score: Score) -> list[str]:
    """The figures as the lines of a table."""
    lines = ["| type | to find | found | false alarms | recall | precision |"]
    lines.append("|---|---|---|---|---|---|")
    for label, types in (
        *((type_.replace("_", " "), (type_,)) for type_ in STRUCTURED),
        ("all of these", STRUCTURED),
        ("name (best effort)", (BEST_EFFORT,)),
    ):
        hits, misses, false = (
            sum(count[t] for t in types) for count in (score.hits, score.misses, score.false)
        )
        figures = f"{score.recall(*types):.3f} | {score.precision(*types):.3f}"
        lines.append(f"| {label} | {hits + misses} | {hits} | {false} | {figures} |")
    return lines


def second(score: Score) -> str:
    """The figures of the set that the table was not tuned on, in one line."""
    recall, precision = score.recall(*STRUCTURED), score.precision(*STRUCTURED)
    return f"{score.sentences} more sentences: recall {recall:.3f}, precision {precision:.3f}"


if __name__ == "__main__":
    first, other = measure(), measure(SECOND)
    print(f"{first.sentences} sentences of tests/cases/screen.toml\n")
    print("\n".join(table(first)))
    print("\nGot wrong:\n" + "\n".join(first.wrong))
    print(f"\n{second(other)} (not tuned on)\n" + "\n".join(other.wrong))
    slowest = max(milliseconds(seed) for seed in HOSTILE)
    print(f"\nSlowest of {len(HOSTILE)} hostile texts of {LONGEST:,} characters: {slowest:.0f} ms")
