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
    passed: tuple[str, ...] = ()


def filed_cases() -> Iterator[Case]:
    """Every case of every pack; the file's name is the pack's id."""
    for pack_id in Library.read().ids:
        for case in tomllib.loads((CASES / f"{pack_id}.toml").read_text())["case"]:
            yield Case(pack_id, **case)


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


def by_the_duty(yes: dict[str, bool]) -> str:
    """Section 16LA(1) to (4) in one line of logic; it shares, as nobody has confirmed it."""
    bound = yes["covered"] and yes["holds"] and yes["relevant"] and yes["may_help"]
    return "share" if bound and not yes["more_harm"] else "seek_advice"


def by_enfield(yes: dict[str, bool]) -> str:
    """Enfield's questions in a few lines of logic, the duty where its page prints it."""
    if not yes["purpose"]:
        return "do_not_share"
    if not yes["identifiable"] or not yes["confidential"] or yes["consent"]:
        return "share"
    if yes["statutory_duty"]:
        return "must_share"
    return "share" if yes["public_interest"] else "do_not_share"


ORACLES: dict[str, Callable[[dict[str, bool]], str]] = {
    "briefing-2018": by_the_briefing,
    "croydon-2008": by_croydon,
    "enfield-2006": by_enfield,
    "england-duty-2026": by_the_duty,
}
ORDERS = {
    "briefing-2018": "purpose consent identifiable lawful_reason",
    "croydon-2008": "statutory_duty purpose identifiable confidential consent public_interest",
    "enfield-2006": "purpose identifiable confidential consent statutory_duty public_interest",
    "coventry-2018": "family_talk family_risk go_on purpose consent identifiable lawful_reason",
    "england-duty-2026": "covered holds relevant may_help more_harm",
}

FAMILIES: tuple[dict[str, str], ...] = (
    {"family_talk": "yes"},
    {"family_talk": "no", "family_risk": "yes"},
    {"family_talk": "no", "family_risk": "no"},
)
"""Every way through Coventry's own questions that leads on."""


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

    ends = [
        assess(packs[case.pack], answers, case.passed) for answers in (case.answers, backwards)
    ]

    for advice in ends:
        assert isinstance(advice, Advice)
        assert (advice.verdict, advice.outcome.id) == (case.verdict, case.outcome)
        assert set(case.notices) <= {notice.id for notice in advice.notices}


def test_the_cases_reach_every_single_outcome(packs: dict[str, Pack]) -> None:
    outcomes = {(id_, outcome.id) for id_, pack in packs.items() for outcome in pack.outcomes}

    reached = {(case.pack, case.outcome) for case in filed_cases()}

    assert reached == outcomes


@pytest.mark.parametrize("pack_id", ORDERS)
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
    assert possible(packs["enfield-2006"], facts) == (Verdict.SHARE,)


def test_enfield_sends_every_share_the_right_way(packs: dict[str, Pack]) -> None:
    sharing = {Verdict.SHARE, Verdict.MUST_SHARE}
    outcomes = [end for end in packs["enfield-2006"].outcomes if end.verdict in sharing]

    starts = [{step.split(":")[0] for step in outcome.steps} for outcome in outcomes]

    assert len(starts) == 5
    assert all({"Right information", "Right way"} <= steps for steps in starts)


@pytest.mark.parametrize("family", FAMILIES)
def test_coventry_goes_on_just_as_the_briefing(
    packs: dict[str, Pack], family: dict[str, str]
) -> None:
    asked = ORDERS["briefing-2018"].split()

    for told in product(("yes", "no", "not_sure"), repeat=len(asked)):
        answers = {"danger": "no", **dict(zip(asked, told, strict=True))}
        ours = locate(packs["coventry-2018"], {**family, "go_on": "yes", **answers})

        assert ours.id == locate(packs["briefing-2018"], answers).id, answers


@pytest.mark.parametrize("family", FAMILIES)
def test_coventry_s_own_part_only_lists_its_rules(
    packs: dict[str, Pack], family: dict[str, str]
) -> None:
    answers = dict.fromkeys(ORDERS["briefing-2018"].split(), "yes")

    advice = assess(packs["coventry-2018"], {"danger": "no", **family, "go_on": "no", **answers})

    assert isinstance(advice, Advice)
    assert (advice.outcome.id, advice.verdict) == ("own_part_done", Verdict.SEEK_ADVICE)
    assert [rule.id for rule in advice.rules] == [f"rule_{number}" for number in range(1, 8)]
    assert {rule.source.doc for rule in advice.rules} == {"coventry"}


def test_coventry_marks_what_it_does_not_print(packs: dict[str, Pack]) -> None:
    origins = {question.id: question.origin for question in packs["coventry-2018"].questions}

    own = {"family_talk": "inferred", "family_risk": "inferred", "go_on": "added"}
    national = dict.fromkeys(ORDERS["briefing-2018"].split(), "national")
    assert origins == {"danger": "added", **own, **national}


def test_coventry_says_whether_to_talk_first(packs: dict[str, Pack]) -> None:
    pack = packs["coventry-2018"]
    words = {"yes": "do_not_talk_first", "no": "talk_first", "not_sure": "ask_before_talking"}

    asked = [path for path in paths(pack) if "family_risk" in path.answers]

    assert {path.answers["family_risk"] for path in asked} == {*words}
    for path in asked:
        told = {n.id for n in pack.notices if applies(n, path.answers, path.outcome)}
        assert told & {*words.values()} == {words[path.answers["family_risk"]]}


def test_wokingham_goes_on_just_as_croydon_does(packs: dict[str, Pack]) -> None:
    asked = ORDERS["croydon-2008"].split()

    for mode, *told in product(
        ("concern", "asked", "plan"), *[("yes", "no", "not_sure")] * len(asked)
    ):
        answers = {"danger": "no", **dict(zip(asked, told, strict=True))}
        ours = locate(packs["wokingham-2008"], {"mode": mode, "go_on": "yes", **answers})

        assert ours.id == locate(packs["croydon-2008"], answers).id, answers


def test_wokingham_marks_what_it_does_not_print(packs: dict[str, Pack]) -> None:
    origins = {question.id: question.origin for question in packs["wokingham-2008"].questions}

    national = dict.fromkeys(ORDERS["croydon-2008"].split(), "national")
    assert origins == {"danger": "added", "mode": "printed", "go_on": "added", **national}


def test_wokingham_s_own_part_lists_its_rules(packs: dict[str, Pack]) -> None:
    advice = assess(packs["wokingham-2008"], {"danger": "no", "mode": "plan", "go_on": "no"})

    assert isinstance(advice, Advice)
    assert [rule.id for rule in advice.rules] == [f"rule_{number}" for number in range(1, 8)]
    assert {rule.source.doc for rule in advice.rules} == {"wokingham"}


@pytest.mark.parametrize(
    ("overtaken", "replacement"), [("0845 8505 505", "101"), ("01344 786 543", "01344 351 999")]
)
def test_an_overtaken_number_stands_beside_its_successor(
    packs: dict[str, Pack], overtaken: str, replacement: str
) -> None:
    pack = packs["wokingham-2008"]

    told = [old for old in pack.stale if overtaken in old.item]

    assert [replacement in old.now for old in told] == [True]
    assert pack.model_dump_json().count(overtaken) == 1


def test_a_printed_number_nobody_checked_is_doubted(packs: dict[str, Pack]) -> None:
    contacts = packs["wokingham-2008"].contacts_by_role
    today = packs["wokingham-2008"].review_by

    for role in ("childrens_social_care", "emergency_duty_team"):
        assert contacts[role].is_doubtful(today)
        [old] = contacts[role].stale
        assert "council's website" in packs["wokingham-2008"].stale_by_id[old].now


@pytest.mark.parametrize(
    ("pack_id", "count"),
    [
        ("briefing-2018", 30),
        ("coventry-2018", 108),
        ("croydon-2008", 42),
        ("enfield-2006", 42),
        ("england-2024", 18_075),
        ("england-duty-2026", 36),
        ("wokingham-2008", 141),
    ],
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


def test_england_names_the_new_duty_except_for_adults(england: Pack) -> None:
    named = [notice for notice in england.notices if "16LA" in notice.text]

    shown = {
        (path.answers["risk"], sum(applies(n, path.answers, path.outcome) for n in named))
        for path in paths(england)
        if path.outcome.verdict in SHARING and "organisation" in path.answers
    }

    assert shown == {("child", 1), ("no", 1), ("adult", 0)}


def test_protecting_an_adult_names_no_child_rule(england: Pack) -> None:
    answers = {"danger": "no", "risk": "adult", "purpose": "yes", "identifiable": "yes"}
    answers |= {"confidential": "no", "organisation": "private", "basis": "vital_interests"}
    answers |= {"special": "none", "talk": "told", "receiver": "yes"}

    advice = assess(england, answers)

    assert isinstance(advice, Advice)
    assert advice.outcome.id == "share_adult_at_risk"
    assert not {"rule_1", "rule_3"} & {rule.id for rule in advice.rules}


def test_after_danger_no_advice_takes_the_call_back(packs: dict[str, Pack]) -> None:
    for pack in packs.values():
        notice = next(notice for notice in pack.notices if notice.id == "first_call_stands")
        acted = Verdict.ACT_NOW

        for path in paths(pack):
            after = path.answers["danger"] in {"now", "harm"} and path.outcome.verdict is not acted
            assert applies(notice, path.answers, path.outcome) is after, pack.id
