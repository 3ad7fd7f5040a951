"""The duty of 2026: a share while nobody has confirmed it, a must once somebody has."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from policies.assess import Advice, applies, assess, locate
from policies.filing import FaultyPack
from policies.library import SHIPPED, Library
from policies.model import Outcome, Pack, Verdict
from policies.proof import paths, prove
from tests.policies.builders import Draft

DUTY, QUESTIONS = "england-duty-2026", ("covered", "holds", "relevant", "may_help", "more_harm")


def by_the_section(told: dict[str, str], *, in_force: bool) -> str:
    """Section 16LA(1) to (4) on these answers, as plain code."""
    for question in ("covered", "holds", "relevant", "may_help"):
        if told[question] != "yes":
            return "seek_advice"
    if told["more_harm"] != "no":
        return "seek_advice"
    return "must_share" if in_force else "share"


@pytest.fixture(scope="module", params=["", "2026-12-01"], ids=["unconfirmed", "confirmed"])
def state(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped policies, with what the standing file says of the duty's start."""
    folder: Path = tmp_path_factory.mktemp("policies") / "shipped"
    _copy(folder, confirmed_on=request.param)
    return folder


def _copy(folder: Path, confirmed_on: str) -> None:
    for file in (*SHIPPED.glob("packs/*/*.toml"), *SHIPPED.glob("standing/*/*.toml")):
        text = file.read_text().replace('confirmed_on = ""', f'confirmed_on = "{confirmed_on}"')
        place = folder / file.relative_to(SHIPPED)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


@pytest.fixture(scope="module")
def packs(state: Path) -> dict[str, Pack]:
    """The newest version of every pack, by id."""
    return {edition.pack.id: edition.pack for edition in Library.read(state).newest()}


@pytest.fixture(scope="module")
def in_force(packs: dict[str, Pack]) -> bool:
    """Whether this library holds the duty to be confirmed."""
    return "duty_in_force" in packs[DUTY].nodes


def test_every_pack_is_sound_either_way(packs: dict[str, Pack]) -> None:
    assert [fault for pack in packs.values() for fault in prove(pack)] == []


def test_the_duty_answers_as_the_section_says(packs: dict[str, Pack], *, in_force: bool) -> None:
    for told in product(("yes", "no", "not_sure"), repeat=len(QUESTIONS)):
        answers = dict(zip(QUESTIONS, told, strict=True))
        end = locate(packs[DUTY], {"danger": "no", **answers})

        assert isinstance(end, Outcome)
        assert end.verdict == by_the_section(answers, in_force=in_force), answers


def test_only_an_open_duty_names_who_must_confirm(
    packs: dict[str, Pack], *, in_force: bool
) -> None:
    answers = {"danger": "no", **dict.fromkeys(QUESTIONS, "yes"), "more_harm": "no"}

    advice = assess(packs[DUTY], answers)

    assert isinstance(advice, Advice)
    told = "data protection officer or legal team must confirm it" in advice.outcome.reason
    assert told is not in_force
    assert advice.outcome.id == ("duty_in_force" if in_force else "duty_unconfirmed")
    assert {"data_protection_officer", "legal_team"} <= {*advice.outcome.call}


def test_no_pack_says_both_that_it_is_and_may_be(
    packs: dict[str, Pack], *, in_force: bool
) -> None:
    texts = [notice.text for pack in packs.values() for notice in pack.notices]
    texts += [gap.note for pack in packs.values() for gap in pack.missing]

    announced = [text for text in texts if "16LA" in text and "announced" in text]

    assert (announced == []) is in_force
    settled = [text.replace("whether it is in force", "") for text in texts if "16LA" in text]
    assert any("is in force" in text for text in settled) is in_force


def test_england_names_the_duty_once_either_way(packs: dict[str, Pack]) -> None:
    england = packs["england-2024"]
    named = [notice for notice in england.notices if "16LA" in notice.text]

    sharing = {Verdict.SHARE, Verdict.MUST_SHARE}
    for path in paths(england):
        if path.outcome.verdict in sharing and "basis" in path.answers:
            told = sum(applies(notice, path.answers, path.outcome) for notice in named)
            assert told == (0 if path.answers["risk"] == "adult" else 1)


@pytest.fixture
def draft() -> Draft:
    """The garden, with words that stand only in one state of the duty."""
    made = Draft()
    made.pack["missing"] = [{"item": "The start", "s16la": "unconfirmed"}, {"item": "Snails"}]
    made.find("keep_it_small")["s16la"] = "confirmed"
    return made


def test_an_empty_day_leaves_a_law_unconfirmed(draft: Draft) -> None:
    draft.standing["s16la"] = {"confirmed_on": ""}

    pack = draft.resolved()

    assert [gap.item for gap in pack.missing] == ["The start", "Snails"]
    assert "keep_it_small" not in {notice.id for notice in pack.notices}


def test_a_day_confirms_it(draft: Draft) -> None:
    draft.standing["s16la"] = {"confirmed_on": "2025-03-01"}

    pack = draft.resolved()

    assert [gap.item for gap in pack.missing] == ["Snails"]
    assert "keep_it_small" in {notice.id for notice in pack.notices}


def test_anything_but_a_day_is_refused(draft: Draft, tmp_path: Path) -> None:
    draft.standing["s16la"] = {"confirmed_on": "soon"}
    draft.write(tmp_path)

    with pytest.raises(FaultyPack, match=r"s16la\.confirmed_on"):
        Library.read(tmp_path)
