"""A drawing that does not hold together is refused, with the file, the node and the remedy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from policies.proof import prove
from policies.structure import faults
from tests.policies.builders import NAME, Draft, notice, option, outcome, question

Plant = Callable[[Draft], Any]

DOUBT = option("not_sure", "agreed")

PLANTED: list[tuple[str, Plant, str, str, str]] = [
    (
        "an option leads nowhere",
        lambda draft: draft.option("consent", "yes").update(then="nowhere"),
        "consent",
        "The arrow of consent=yes leads to 'nowhere', which is not here.",
        "Point it at a question or an outcome.",
    ),
    (
        "an invariant names a question that is not asked",
        lambda draft: draft.pack["invariants"][0].update(never_asks=["weather"]),
        "invariant children_first",
        "Reads 'weather', which this pack does not ask.",
        "Name a question that comes before.",
    ),
    (
        "an outcome goes on to nowhere",
        lambda draft: draft.find("pause").update(then="nowhere"),
        "pause",
        "The arrow of pause leads to 'nowhere', which is not here.",
        "Point it at a question or an outcome.",
    ),
    (
        "an outcome goes on to an outcome",
        lambda draft: draft.find("pause").update(then="ask"),
        "pause",
        "Goes on to 'ask', which is an outcome.",
        "Point it at a question.",
    ),
    (
        "a notice leads nowhere",
        lambda draft: draft.find("say_thanks").update(then="nowhere"),
        "notice say_thanks",
        "The arrow of say_thanks leads to 'nowhere', which is not here.",
        "Point it at a question or an outcome.",
    ),
    (
        "a way to find out asks somebody unknown",
        lambda draft: draft.find("consent").update(
            find_out={"how": "Ask.", "takes": "hours", "ask": "gardener"}
        ),
        "consent",
        "Says to call 'gardener', who is not among the contacts.",
        "Add it, or use: emergency, lead.",
    ),
    (
        "two questions have one id",
        lambda draft: draft.pack["questions"].append(draft.find("consent")),
        "consent",
        "Two nodes have this id.",
        "Rename one of them.",
    ),
    (
        "a question and an outcome have one id",
        lambda draft: draft.find("pause").update(id="purpose"),
        "purpose",
        "Two nodes have this id.",
        "Rename one of them.",
    ),
    (
        "the pack takes an id of the standing advice",
        lambda draft: draft.pack["outcomes"].append(outcome("ask", "seek_advice", "Unsure.")),
        "ask",
        "Two nodes have this id.",
        "Rename one of them.",
    ),
    (
        "two notices have one id",
        lambda draft: draft.pack["notices"].append(notice("say_thanks")),
        "say_thanks",
        "Two notices have this id.",
        "Rename one of them.",
    ),
    (
        "two rules have one id",
        lambda draft: draft.find("kind").update(id="fair"),
        "fair",
        "Two rules have this id.",
        "Rename one of them.",
    ),
    (
        "the arrows of options run in a ring",
        lambda draft: draft.option("consent", "no").update(then="purpose"),
        "purpose",
        "The arrows run in a ring: purpose > consent > purpose.",
        "Cut one of them.",
    ),
    (
        "an outcome goes back to the start",
        lambda draft: draft.find("act").update(then="danger"),
        "danger",
        "The arrows run in a ring: danger > act > danger.",
        "Cut one of them.",
    ),
    (
        "no arrow leads to an outcome",
        lambda draft: draft.pack["outcomes"].append(outcome("lost", "share", "With consent.")),
        "lost",
        "No arrow leads here.",
        "Lead one here or take it out.",
    ),
    (
        "an option reads an unknown question",
        lambda draft: draft.option("consent", "yes").update(when={"weather": ["rain"]}),
        "consent",
        "Reads 'weather', which this pack does not ask.",
        "Name a question that comes before.",
    ),
    (
        "a notice reads an unknown question",
        lambda draft: draft.find("say_thanks").update(when={"weather": ["rain"]}),
        "notice say_thanks",
        "Reads 'weather', which this pack does not ask.",
        "Name a question that comes before.",
    ),
    (
        "an invariant reads an unknown value",
        lambda draft: draft.pack["invariants"][0].update(when={"risk": ["chidl"]}),
        "invariant children_first",
        "Reads 'risk' as 'chidl', which is no option of it.",
        "Use: adult, child, no, not_sure.",
    ),
    (
        "an option reads an unknown value",
        lambda draft: draft.option("risk", "no").update(when={"danger": ["no", "maybe"]}),
        "risk",
        "Reads 'danger' as 'maybe', which is no option of it.",
        "Use: no, not_sure, now.",
    ),
    (
        "a question has no option but not sure",
        lambda draft: draft.pack.update(
            notices=[], questions=[*draft.pack["questions"][:2], question("consent", DOUBT)]
        ),
        "consent",
        "No option applies. On: danger=no, risk=no, purpose=yes.",
        "Add one that does.",
    ),
    (
        "no option applies on one path",
        lambda draft: draft.find("consent").update(
            options=[option(value, "agreed", when={"risk": ["adult"]}) for value in ("yes", "no")]
        ),
        "consent",
        "No option applies. On: danger=no, risk=no, purpose=yes.",
        "Add one that does.",
    ),
    (
        "two options apply at once",
        lambda draft: draft.option("purpose", "yes").update(when={"risk": ["adult", "no"]}),
        "purpose",
        "Two options 'yes' apply at once. On: danger=no, risk=no.",
        "Set their conditions apart.",
    ),
    (
        "an option reads what may not be answered",
        lambda draft: draft.option("purpose", "no").update(when={"consent": ["no"]}),
        "purpose",
        "Reads 'consent', which may not have been answered. On: danger=now, risk=adult.",
        "Read only what every path has asked.",
    ),
    (
        "the first question reads another",
        lambda draft: draft.option("danger", "now").update(when={"risk": ["no"]}),
        "danger",
        "Reads 'risk', which may not have been answered. On: the start.",
        "Read only what every path has asked.",
    ),
    (
        "not sure is not always offered",
        lambda draft: draft.find("consent")["options"].append(
            option("not_sure", "ask", when={"danger": ["now"]})
        ),
        "consent",
        "not_sure is not offered. On: danger=no, risk=no, purpose=yes.",
        "Always offer it.",
    ),
    (
        "a question offers too many options",
        lambda draft: draft.find("consent")["options"].extend(
            option(f"maybe_{number}", "agreed") for number in range(8)
        ),
        "consent",
        "11 options, more than 10.",
        "Offer fewer.",
    ),
    (
        "a question cites no source",
        lambda draft: draft.find("consent").update(source={"doc": "rumour", "at": "page 1"}),
        "consent",
        "Cites 'rumour', which is not among the sources.",
        "Add it, or use: guide.",
    ),
    (
        "a notice cites no source",
        lambda draft: draft.find("say_thanks").update(source={"doc": "rumour", "at": "page 1"}),
        "notice say_thanks",
        "Cites 'rumour', which is not among the sources.",
        "Add it, or use: guide.",
    ),
    (
        "a rule cites no source",
        lambda draft: draft.find("kind").update(source={"doc": "rumour", "at": "page 1"}),
        "rule kind",
        "Cites 'rumour', which is not among the sources.",
        "Add it, or use: guide.",
    ),
    (
        "a question names an unknown rule",
        lambda draft: draft.find("risk").update(rules=["golden"]),
        "risk",
        "Names the rule 'golden', which is not here.",
        "Add it to the rules or take the name out.",
    ),
    (
        "an outcome names an unknown rule",
        lambda draft: draft.find("tell").update(rules=["golden"]),
        "tell",
        "Names the rule 'golden', which is not here.",
        "Add it to the rules or take the name out.",
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

    found = prove(draft.resolved())

    assert f"{NAME}: {node}: {problem} {remedy}" in map(str, found)
    assert found == faults(draft.resolved())


def test_every_broken_arrow_is_told_at_once() -> None:
    draft = Draft()
    draft.option("risk", "child").update(then="nowhere")
    draft.option("consent", "no").update(then="elsewhere")

    assert [fault.node for fault in faults(draft.resolved())] == ["risk", "consent"]
