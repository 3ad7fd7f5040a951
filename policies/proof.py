"""Proof: every path of a pack is walked, and a pack that breaks a promise is refused.

First the drawing itself is checked (arrows that lead somewhere, no cycle, nothing unreachable,
not more paths than can be walked, sources that exist); only a pack that passes is walked.

What is promised to a practitioner is listed once, in `PROMISES`; each has a planted fault in
`tests/policies/test_proof.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policies import structure
from policies.assess import Answers, applies, holds, offered, possible
from policies.counting import count_paths
from policies.filing import Fault, fault
from policies.model import NOT_SURE, Outcome, Pack, Verdict

SHARING = (Verdict.SHARE, Verdict.MUST_SHARE, Verdict.ACT_NOW)


@dataclass(frozen=True, slots=True)
class Path:
    """One way through a pack: the answers in order, the outcomes passed, and where it ends."""

    answers: dict[str, str]
    passed: tuple[str, ...]
    outcome: Outcome


def prove(pack: Pack) -> list[Fault]:
    """Every fault of a pack; an empty list is the proof."""
    return structure.faults(pack) or [*_broken_promises(pack)]


def paths(pack: Pack) -> Iterator[Path]:
    """Every path from the first question to an outcome, those that go on from one included."""
    return _paths(pack, pack.start, {}, ())


def _paths(
    pack: Pack, node_id: str, facts: dict[str, str], passed: tuple[str, ...]
) -> Iterator[Path]:
    node = pack.nodes[node_id]
    if isinstance(node, Outcome):
        yield Path(facts, passed, node)
        if node.then is not None:
            yield from _paths(pack, node.then, facts, (*passed, node.id))
        return
    for option in offered(node, facts):
        yield from _paths(pack, option.then, {**facts, node.id: option.value}, passed)


def _broken_promises(pack: Pack) -> Iterator[Fault]:
    """The first path that breaks each promise, at each outcome."""
    seen: set[tuple[str, str]] = set()
    for path in paths(pack):
        for promise in PROMISES:
            for node, problem, remedy in promise(pack, path):
                if (node, problem) not in seen:
                    seen.add((node, problem))
                    yield fault(pack, node, f"{problem} On: {_told(path)}.", remedy)


def _told(path: Path) -> str:
    return ", ".join(f"{question}={answer}" for question, answer in path.answers.items())


Breach = tuple[str, str, str]
"""The node, what is wrong, and what to do."""


def never_refuses_where_there_is_risk(_: Pack, path: Path) -> Iterator[Breach]:
    """With somebody at risk no path may end in `do_not_share`."""
    if path.answers.get("risk", "no") != "no" and path.outcome.verdict is Verdict.DO_NOT_SHARE:
        problem = "Ends in do_not_share although somebody may be at risk."
        yield path.outcome.id, problem, "Lead to seek_advice instead."


def consent_never_decides_for_a_child_at_risk(pack: Pack, path: Path) -> Iterator[Breach]:
    """With a child at risk, another answer on consent must not change the verdict."""
    if path.answers.get("risk") != "child" or "consent" not in path.answers:
        return
    asked_at = list(path.answers).index("consent")
    facts = dict(list(path.answers.items())[:asked_at])
    for option in offered(pack.nodes["consent"], facts):  # type: ignore[arg-type]
        other = {**path.answers, "consent": option.value}
        if set(possible(pack, other, path.passed)) != {path.outcome.verdict}:
            problem = "With a child at risk, consent changes the verdict."
            yield "consent", problem, "Do not ask for consent when risk is child."
            return


def says_what_to_do_if_risk_appears(pack: Pack, path: Path) -> Iterator[Breach]:
    """A refusal must say what to do if it turns out that somebody may be at risk."""
    if path.outcome.verdict is not Verdict.DO_NOT_SHARE or path.outcome.if_risk:
        return
    if not any(
        n.then == pack.start and applies(n, path.answers, path.outcome) for n in pack.notices
    ):
        problem = "Does not say what to do if risk appears."
        yield path.outcome.id, problem, "Fill in if_risk, or add a notice that leads to danger."


def says_whether_consent_is_needed(_: Pack, path: Path) -> Iterator[Breach]:
    """An outcome that shares must say in so many words whether consent is needed."""
    words = f"{path.outcome.headline} {path.outcome.reason}".casefold()
    if path.outcome.verdict in SHARING and "consent" not in words:
        problem = "Does not say whether consent is needed."
        yield path.outcome.id, problem, "Say it in the headline or the reason."


def a_doubt_leads_to_advice(_: Pack, path: Path) -> Iterator[Breach]:
    """Not sure ends the check with `seek_advice`, always."""
    last, answer = list(path.answers.items())[-1]
    if answer == NOT_SURE and path.outcome.verdict is not Verdict.SEEK_ADVICE:
        yield last, "Not sure does not end in seek_advice.", "Lead it to a seek_advice outcome."
    doubted = [q for q, a in path.answers.items() if a == NOT_SURE and q != last]
    if doubted:
        yield doubted[0], "The check goes on after not sure.", "End it with seek_advice there."


def keeps_its_own_invariants(pack: Pack, path: Path) -> Iterator[Breach]:
    """What the pack says of itself must hold on every path."""
    for invariant in pack.invariants:
        if not holds(invariant.when, path.answers):
            continue
        if path.outcome.verdict in invariant.never:
            problem = f"Breaks the invariant {invariant.id}: {invariant.text}"
            yield path.outcome.id, problem, "Change the arrows or the invariant."
        for question in invariant.never_asks:
            if question in path.answers:
                problem = f"Breaks the invariant {invariant.id}: {invariant.text}"
                yield question, problem, "Change the arrows or the invariant."


PROMISES: tuple[Callable[[Pack, Path], Iterator[Breach]], ...] = (
    never_refuses_where_there_is_risk,
    consent_never_decides_for_a_child_at_risk,
    says_what_to_do_if_risk_appears,
    says_whether_consent_is_needed,
    a_doubt_leads_to_advice,
    keeps_its_own_invariants,
)

__all__ = ["PROMISES", "Answers", "Path", "count_paths", "paths", "prove"]
