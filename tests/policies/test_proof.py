"""Every path is walked, and a pack that breaks a promise to practitioners is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from policies.proof import count_paths, paths, prove
from tests.policies.builders import NAME, Draft, notice, option

Plant = Callable[[Draft], Any]


def consent_for_children(draft: Draft) -> None:
    """Ask for consent with a child at risk, and let it decide."""
    draft.pack["invariants"] = []
    draft.option("risk", "child").update(then="consent")
    draft.find("consent")["options"] = [
        option("yes", "agreed"),
        option("no", "pause", when={"risk": ["child"]}),
        option("no", "refuse", when={"risk": ["no"]}),
    ]


def silent_refusal(draft: Draft) -> None:
    """Refuse without a word on what to do if risk appears."""
    draft.find("refuse").update(if_risk="")


def doubt_decides(draft: Draft) -> None:
    """Let not sure end in a verdict."""
    draft.find("consent")["options"].append(option("not_sure", "refuse"))


def doubt_goes_on(draft: Draft) -> None:
    """Let the check go on after not sure."""
    draft.find("risk")["options"].append(option("not_sure", "purpose"))
    draft.find("purpose")["options"] = [
        option("yes", "tell", when={"risk": ["adult", "not_sure"]}),
        option("yes", "consent", when={"risk": ["no"]}),
        option("no", "pause", when={"risk": ["adult", "not_sure"]}),
        option("no", "refuse", when={"risk": ["no"]}),
    ]


PLANTED: list[tuple[str, Plant, str, str, str]] = [
    (
        "an adult at risk is refused",
        lambda draft: draft.find("pause").update(verdict="do_not_share", if_risk="Ask again."),
        "pause",
        "Ends in do_not_share although somebody may be at risk. On: danger=now, risk=adult,",
        "Lead to seek_advice instead.",
    ),
    (
        "consent decides for a child at risk",
        consent_for_children,
        "consent",
        "With a child at risk, consent changes the verdict. On: danger=now, risk=child,",
        "Do not ask for consent when risk is child.",
    ),
    (
        "a refusal is silent about risk",
        silent_refusal,
        "refuse",
        "Does not say what to do if risk appears. On: danger=no, risk=no, purpose=yes,",
        "Fill in if_risk, or add a notice that leads to danger.",
    ),
    (
        "sharing is silent about consent",
        lambda draft: draft.find("agreed").update(reason="All is well."),
        "agreed",
        "Does not say whether consent is needed. On: danger=no,",
        "Say it in the headline or the reason.",
    ),
    (
        "acting now is silent about consent",
        lambda draft: draft.find("act").update(reason="Act."),
        "act",
        "Does not say whether consent is needed. On: danger=now.",
        "Say it in the headline or the reason.",
    ),
    (
        "a doubt ends in a verdict",
        doubt_decides,
        "consent",
        "Not sure does not end in seek_advice. On: danger=no, risk=no, purpose=yes, consent=not",
        "Lead it to a seek_advice outcome.",
    ),
    (
        "the check goes on after a doubt",
        doubt_goes_on,
        "risk",
        "The check goes on after not sure. On: danger=now, risk=not_sure, purpose=",
        "End it with seek_advice there.",
    ),
    (
        "an invariant's verdict comes up",
        lambda draft: draft.pack["invariants"][0].update(never=["share"]),
        "tell",
        "Breaks the invariant children_first: A child at risk is helped at once. On: danger=now,",
        "Change the arrows or the invariant.",
    ),
    (
        "an invariant's question is asked",
        lambda draft: draft.pack["invariants"][0].update(never_asks=["risk"]),
        "risk",
        "Breaks the invariant children_first: A child at risk is helped at once. On: danger=now,",
        "Change the arrows or the invariant.",
    ),
    (
        "an outcome names no role to call",
        lambda draft: draft.find("tell").update(call=[]),
        "tell",
        "Names no role to call.",
        "Fill in call.",
    ),
    (
        "an outcome names an unknown role",
        lambda draft: draft.find("tell").update(call=["lead", "mayor"]),
        "tell",
        "Says to call 'mayor', who is not among the contacts.",
        "Add it, or use: emergency, lead.",
    ),
    (
        "an outcome says nothing to record",
        lambda draft: draft.find("tell").update(record=""),
        "tell",
        "Does not say what to record.",
        "Fill in record.",
    ),
    (
        "no contact is there for emergencies",
        lambda draft: draft.standing["contacts"][0].update(role="fire"),
        "contacts",
        "There is no contact 'emergency', whom every screen shows.",
        "Add it to the standing advice.",
    ),
    (
        "an advice is too long",
        lambda draft: draft.find("tell").update(steps=["Write it down."] * 49),
        "tell",
        "The advice may run to 52 paragraphs; a screen takes half of them.",
        "Say less, or split the outcome.",
    ),
]


@pytest.mark.parametrize(
    ("plant", "node", "problem", "remedy"),
    [fault[1:] for fault in PLANTED],
    ids=[fault[0] for fault in PLANTED],
)
def test_a_planted_fault_is_told_in_one_line(
    plant: Plant, node: str, problem: str, remedy: str
) -> None:
    draft = Draft()
    assert prove(draft.resolved()) == []
    plant(draft)

    lines = [str(fault) for fault in prove(draft.resolved()) if fault.node == node]

    assert len(lines) == 1
    assert lines[0].startswith(f"{NAME}: {node}: {problem}")
    assert lines[0].endswith(remedy)
    assert "\n" not in lines[0]


def test_a_promise_is_told_once_an_outcome() -> None:
    draft = Draft()
    for end in draft.pack["outcomes"]:
        end["reason"] = "No word of it."

    assert [fault.node for fault in prove(draft.resolved())] == ["tell", "agreed"]


def test_a_notice_that_leads_to_danger_is_enough() -> None:
    draft = Draft()
    silent_refusal(draft)
    draft.pack["notices"].append(notice("ask_again", then="danger", verdicts=["do_not_share"]))

    assert prove(draft.resolved()) == []


def test_a_notice_that_leads_elsewhere_is_not_enough() -> None:
    draft = Draft()
    silent_refusal(draft)
    draft.pack["notices"].append(notice("ask_again", then="risk"))

    assert [fault.node for fault in prove(draft.resolved())] == ["refuse"]


def test_a_child_s_consent_may_change_nothing() -> None:
    draft = Draft()
    consent_for_children(draft)
    draft.find("consent")["options"] = [
        option(value, then, when={"risk": [risk]})
        for risk, ends in (("child", ("pause", "pause")), ("no", ("agreed", "refuse")))
        for value, then in zip(("yes", "no"), ends, strict=True)
    ]

    assert prove(draft.resolved()) == []


def test_paths_go_on_from_an_outcome_too() -> None:
    pack = Draft().resolved()

    found = [(path.passed, list(path.answers), path.outcome.id) for path in paths(pack)]

    assert found[0] == ((), ["danger"], "act")
    assert (("act",), ["danger", "risk"], "tell") in found
    assert len(found) == count_paths(pack) == 17
    assert len({str(path.answers) + str(path.passed) for path in paths(pack)}) == 17
