"""The shipped packs say what their documents say, and keep what is promised to practitioners."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from policies.assess import Advice, applies, assess, locate, offered, possible
from policies.library import Library
from policies.model import Outcome, Pack, Question, Verdict
from policies.proof import SHARING, count_paths, paths, prove

CASES = Path(__file__).parent.parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """Made-up facts, and what a pack must say about them."""

    pack: str
    name: str
    answers: dict[str, str]
    verdict: str
    outcome: str
    notices: tuple[str, ...] = ()


def filed_cases() -> Iterator[Case]:
    """Every case of every pack; the file's name is the pack's id."""
    for file in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(file.read_text())["case"]:
            yield Case(file.stem, **case)


def by_the_briefing(yes: dict[str, bool]) -> str:
    """The briefing's list in one line of logic."""
    fine = yes["purpose"] and (yes["consent"] or not yes["identifiable"] or yes["lawful_reason"])
    return "share" if fine else "do_not_share"


def by_croydon(yes: dict[str, bool]) -> str:
    """The 2008 questions in one line of logic, the duty ahead of them."""
    if yes["statutory_duty"]:
        return "must_share"
    free = not yes["identifiable"] or not yes["confidential"]
    fine = yes["purpose"] and (free or yes["consent"] or yes["public_interest"])
    return "share" if fine else "do_not_share"


ORACLES: dict[str, Callable[[dict[str, bool]], str]] = {
    "briefing-2018": by_the_briefing,
    "croydon-2008": by_croydon,
}
ORDERS = {
    "briefing-2018": "purpose consent identifiable lawful_reason",
    "croydon-2008": "statutory_duty purpose identifiable confidential consent public_interest",
}


def expected(pack_id: str, answers: dict[str, str]) -> str:
    """The oracle's verdict; a doubt ends in advice unless earlier answers settle the matter."""
    told = [*answers.values(), "not_sure"]
    known, unknown = [*answers][: told.index("not_sure")], [*answers][told.index("not_sure") :]
    certain = {question: answers[question] == "yes" for question in known}
    verdicts = {
        ORACLES[pack_id]({**certain, **dict(zip(unknown, rest, strict=True))})
        for rest in product([True, False], repeat=len(unknown))
    }
    return verdicts.pop() if len(verdicts) == 1 else "seek_advice"


@pytest.fixture(scope="module")
def library() -> Library:
    """The packs as shipped."""
    return Library.read()


@pytest.fixture(scope="module")
def packs(library: Library) -> dict[str, Pack]:
    """The newest version of every pack, by id."""
    return {edition.pack.id: edition.pack for edition in library.newest()}


@pytest.fixture(scope="module")
def england(packs: dict[str, Pack]) -> Pack:
    """The default pack."""
    return packs["england-2024"]


def test_every_shipped_edition_passes_proof(library: Library) -> None:
    faults = [fault for edition in library.editions for fault in prove(edition.pack)]

    assert faults == []


@pytest.mark.parametrize("case", [*filed_cases()], ids=lambda case: f"{case.pack}: {case.name}")
def test_a_case_ends_as_its_document_says(packs: dict[str, Pack], case: Case) -> None:
    backwards = dict(reversed(case.answers.items()))

    ends = [assess(packs[case.pack], answers) for answers in (case.answers, backwards)]

    for advice in ends:
        assert isinstance(advice, Advice)
        assert (advice.verdict, advice.outcome.id) == (case.verdict, case.outcome)
        assert set(case.notices) <= {notice.id for notice in advice.notices}


def test_the_cases_reach_every_single_outcome(packs: dict[str, Pack]) -> None:
    outcomes = {(id_, outcome.id) for id_, pack in packs.items() for outcome in pack.outcomes}

    reached = {(case.pack, case.outcome) for case in filed_cases()}

    assert reached == outcomes


@pytest.mark.parametrize("pack_id", ORACLES)
def test_questions_stand_in_their_document_s_order(packs: dict[str, Pack], pack_id: str) -> None:
    asked = [question.id for question in packs[pack_id].questions]

    assert asked == ["danger", *ORDERS[pack_id].split()]


@pytest.mark.parametrize("pack_id", ORACLES)
def test_every_set_of_answers_agrees_with_oracle(packs: dict[str, Pack], pack_id: str) -> None:
    asked = ORDERS[pack_id].split()

    for told in product(("yes", "no", "not_sure"), repeat=len(asked)):
        answers = dict(zip(asked, told, strict=True))
        end = locate(packs[pack_id], {"danger": "no", **answers})

        assert isinstance(end, Outcome)
        assert end.verdict == expected(pack_id, answers), answers


def test_croydon_and_the_briefing_differ_on_same_facts(packs: dict[str, Pack]) -> None:
    facts = dict.fromkeys(["confidential", "consent", "lawful_reason", "statutory_duty"], "no")
    facts |= {"danger": "no", "purpose": "yes", "identifiable": "yes"}

    verdicts = [possible(packs[pack_id], facts) for pack_id in ("croydon-2008", "briefing-2018")]

    assert verdicts == [(Verdict.SHARE,), (Verdict.DO_NOT_SHARE,)]


@pytest.mark.parametrize(
    ("pack_id", "count"), [("briefing-2018", 30), ("croydon-2008", 42), ("england-2024", 18_075)]
)
def test_the_number_of_paths_is_known(packs: dict[str, Pack], pack_id: str, count: int) -> None:
    assert count_paths(packs[pack_id]) == count == sum(1 for _ in paths(packs[pack_id]))


def test_every_notice_shows_and_none_are_crowded(packs: dict[str, Pack]) -> None:
    for pack in packs.values():
        shown = [
            [notice.id for notice in pack.notices if applies(notice, path.answers, path.outcome)]
            for path in paths(pack)
        ]

        assert max(map(len, shown)) <= 5, pack.id
        assert {notice for notices in shown for notice in notices} == {n.id for n in pack.notices}


def test_a_sharing_headline_settles_the_consent_question(packs: dict[str, Pack]) -> None:
    headlines = [
        outcome.headline
        for pack in packs.values()
        for outcome in pack.outcomes
        if outcome.verdict in SHARING
    ]

    assert [text for text in headlines if not re.search("Consent is (not )?needed", text)] == []


def test_every_outcome_gives_words_and_names_risk(packs: dict[str, Pack]) -> None:
    outcomes = [outcome for pack in packs.values() for outcome in pack.outcomes]

    assert [o.id for o in outcomes if not (o.family_words and o.not_sharing_risk)] == []


def test_no_text_promises_what_nobody_can(packs: dict[str, Pack]) -> None:
    for pack in packs.values():
        words = pack.model_dump_json()

        assert not re.search("exactly once|completely anonymous|cannot be traced|!", words)


def test_england_shields_people_whenever_it_shares(england: Pack) -> None:
    sharing = [e for e in england.outcomes if e.verdict in {Verdict.SHARE, Verdict.MUST_SHARE}]

    assert sharing
    assert all(any("Shield anyone" in step for step in end.steps) for end in sharing)


def test_with_risk_england_never_asks_for_consent(england: Pack) -> None:
    at_risk = [path for path in paths(england) if path.answers.get("risk", "no") != "no"]

    assert at_risk
    assert not any("consent" in path.answers for path in at_risk)
    assert not any(path.outcome.verdict is Verdict.DO_NOT_SHARE for path in at_risk)


def test_after_danger_england_assumes_somebody_at_risk(england: Pack) -> None:
    question = assess(england, {"danger": "now"}, passed=("act_now_999",))

    assert not isinstance(question, Advice)
    assert question.question.id == "risk"
    assert [option.value for option in question.options] == ["child", "adult", "not_sure"]


def test_only_a_public_body_is_offered_public_task(england: Pack) -> None:
    basis = england.nodes["basis"]
    assert isinstance(basis, Question)

    own = {
        organisation: {o.value for o in offered(basis, {"organisation": organisation})}
        - {"legal_obligation", "vital_interests", "not_sure"}
        for organisation in ("public_authority", "voluntary", "private")
    }

    interests = {"recognised_legitimate_interests", "legitimate_interests"}
    assert own == {
        "public_authority": {"public_task"},
        "voluntary": interests,
        "private": interests,
    }


def test_consent_is_a_basis_only_when_given(england: Pack) -> None:
    relying = [path.answers for path in paths(england) if path.answers.get("basis") == "consent"]

    assert {(answers["risk"], answers["consent"]) for answers in relying} == {("no", "yes")}


def test_england_shows_the_new_duty_wherever_it_may_bind(england: Pack) -> None:
    duty = next(notice for notice in england.notices if notice.id == "duty_2026")

    bound = [
        path
        for path in paths(england)
        if path.outcome.verdict in SHARING and "organisation" in path.answers
    ]

    assert bound
    assert all(applies(duty, path.answers, path.outcome) for path in bound)
