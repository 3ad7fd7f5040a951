"""Every path of a pack as one tree, and brute force over it: the judge of clever answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from policies.model import Outcome, Pack, Verdict
from policies.proof import Path, paths


@dataclass(slots=True)
class Branch:
    """A place in the tree: the outcome that stands there, the question, and its answers."""

    outcome: Outcome | None = None
    question: str = ""
    answers: dict[str, Branch] = field(default_factory=dict)


def planted(pack: Pack) -> Branch:
    """The tree of all paths of a pack."""
    root = Branch()
    for path in paths(pack):
        branch = root
        for question, answer in path.answers.items():
            branch.question = question
            branch = branch.answers.setdefault(answer, Branch())
        branch.outcome = path.outcome
    return root


def ends(
    branch: Branch, answers: Mapping[str, str], passed: Collection[str]
) -> Iterator[tuple[Outcome, bool]]:
    """Where every completion of these answers ends, and whether none had to be thought up."""
    outcome = branch.outcome
    if outcome and not (outcome.then and outcome.id in passed):
        yield outcome, True
    elif (answer := answers.get(branch.question, "")) in branch.answers:
        yield from ends(branch.answers[answer], answers, passed)
    else:
        for other in branch.answers.values():
            yield from ((end, False) for end, _ in ends(other, answers, passed))


def flips(root: Branch, path: Path) -> Iterator[tuple[str, str, Verdict | None, set[Verdict]]]:
    """Every other answer on a path, with the verdict that follows and those that may."""
    branch = root
    for question, answer in path.answers.items():
        for other in branch.answers:
            if other != answer:
                changed = {**path.answers, question: other}
                found = list(ends(root, changed, path.passed))
                settled = found[0][0].verdict if found[0][1] else None
                yield question, other, settled, {end.verdict for end, _ in found}
        branch = branch.answers[answer]
