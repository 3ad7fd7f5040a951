"""The same facts put to every pack: where they agree, and where they must not."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from policies.assess import Advice, assess
from policies.library import Library

FILE = Path(__file__).parent.parent / "cases" / "differences.toml"
PACKS = {edition.pack.id: edition.pack for edition in Library.read().newest()}
USUAL = {
    "danger": "no",
    "risk": "no",
    "statutory_duty": "no",
    "override": "public_interest",
    "family_talk": "yes",
    "mode": "asked",
    "go_on": "yes",
    "organisation": "public_authority",
    "basis": "public_task",
    "special": "none",
    "talk": "told",
    "receiver": "yes",
}
"""What holds wherever the facts say nothing else."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Made-up facts, and what each pack says of them."""

    name: str
    answers: dict[str, str]
    verdicts: dict[str, str]
    ends: dict[str, str] = field(default_factory=dict)
    notices: dict[str, str] = field(default_factory=dict)


FACTS = [Facts(**facts) for facts in tomllib.loads(FILE.read_text())["facts"]]


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts.name)
def test_each_pack_says_of_the_facts_what_its_document_does(facts: Facts) -> None:
    for pack, verdict in facts.verdicts.items():
        advice = assess(PACKS[pack], {**USUAL, **facts.answers})

        assert isinstance(advice, Advice), pack
        assert advice.verdict == verdict, pack
        if pack in facts.ends:
            assert advice.path[-1].question.id == facts.ends[pack], pack
        if pack in facts.notices:
            assert facts.notices[pack] in {notice.id for notice in advice.notices}, pack


def test_some_facts_divide_the_packs() -> None:
    divided = [facts for facts in FACTS if len({*facts.verdicts.values()}) > 1]

    assert len(divided) >= 6
    assert {pack for facts in divided for pack in facts.verdicts} == {*PACKS} - {
        "england-duty-2026"
    }
