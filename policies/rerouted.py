"""Which ways through a pack come to something else in another version of it, with counts.

Every path of the old version is walked again in the new one with the same answers. Where the new
one asks what was not asked then, or does not offer an answer any more, nothing follows until
somebody answers: that is a change too, and is counted by its question.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from policies.assess import replay
from policies.model import Outcome, Pack, Verdict
from policies.proof import Path, paths


@dataclass(frozen=True, slots=True)
class Moved:
    """Paths that end with one verdict in the old version and with another in the new one."""

    before: Verdict
    after: Verdict
    count: int
    example: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rerouted:
    """What became of every old path; `asks` and `refuses` count paths by the question in the way.

    `fresh` counts paths of the new version on whose answers the old one was still asking.
    """

    before: int
    after: int
    same: int
    elsewhere: int
    moved: tuple[Moved, ...]
    asks: dict[str, int]
    refuses: dict[str, int]
    fresh: int


def rerouted(old: Pack, new: Pack) -> Rerouted:
    """Walk every path of the old version in the new one."""
    total = same = elsewhere = 0
    moved: Counter[tuple[Verdict, Verdict]] = Counter()
    examples: dict[tuple[Verdict, Verdict], dict[str, str]] = {}
    asks: Counter[str] = Counter()
    refuses: Counter[str] = Counter()
    for path in paths(old):
        total += 1
        node = replay(new, path.answers, path.passed).node
        if not isinstance(node, Outcome):
            (refuses if node.id in path.answers else asks)[node.id] += 1
        elif node.verdict is not path.outcome.verdict:
            change = (path.outcome.verdict, node.verdict)
            moved[change] += 1
            examples.setdefault(change, path.answers)
        elif node.id == path.outcome.id:
            same += 1
        else:
            elsewhere += 1
    ends = [_still_asks(old, path) for path in paths(new)]
    changes = tuple(Moved(*how, n, examples[how]) for how, n in moved.most_common())
    return Rerouted(
        total, len(ends), same, elsewhere, changes, dict(asks), dict(refuses), sum(ends)
    )


def _still_asks(pack: Pack, path: Path) -> bool:
    return not isinstance(replay(pack, path.answers, path.passed).node, Outcome)
