"""From answers alone to the next question or to advice, and what other answers would change."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from policies.assess import Advice, Asking, advise, assess, locate, possible, replay
from policies.library import Library
from policies.model import Outcome, Pack, Question, Verdict
from policies.proof import Path, count_paths, paths
from tests.policies.builders import Draft
from tests.policies.tree import ends, flips, planted

SHIPPED = [edition.pack.id for edition in Library.read().newest()]
REFUSED = {"danger": "no", "risk": "no", "purpose": "yes", "consent": "no"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    """A made-up pack."""
    return Draft().resolved()


@pytest.fixture(scope="module")
def shipped() -> dict[str, Pack]:
    """The newest version of every shipped pack."""
    return {edition.pack.id: edition.pack for edition in Library.read().newest()}


def advice_on(pack: Pack, answers: dict[str, str], *passed: str) -> Advice:
    """The advice that these answers come to."""
    advice = assess(pack, answers, passed)
    assert isinstance(advice, Advice)
    return advice


def sampled(pack: Pack) -> list[Path]:
    """Every path, or five hundred of them where there are many."""
    every = list(paths(pack))
    return every if len(every) < 2_000 else random.Random(20_241).sample(every, 500)


def test_without_answers_the_danger_question_stands(pack: Pack) -> None:
    asking = assess(pack, {})

    assert isinstance(asking, Asking)
    assert (asking.path, asking.question.id) == ((), "danger")
    assert [option.value for option in asking.options] == ["now", "no", "not_sure"]


def test_only_options_that_apply_are_offered(pack: Pack) -> None:
    asking = assess(pack, {"danger": "no", "risk": "adult"})

    assert isinstance(asking, Asking)
    assert [(o.value, o.then) for o in asking.options] == [
        ("yes", "tell"),
        ("no", "pause"),
        ("not_sure", "ask"),
    ]


def test_advice_holds_its_path_and_its_reasons(pack: Pack) -> None:
    advice = advice_on(pack, REFUSED)

    assert {step.question.id: step.option.value for step in advice.path} == REFUSED
    assert advice.path[-1].option.because == "You answered no."
    assert (advice.outcome.id, advice.verdict) == ("refuse", Verdict.DO_NOT_SHARE)


def test_answers_in_any_order_come_to_the_same(pack: Pack) -> None:
    expected = advice_on(pack, REFUSED)

    shuffled = [assess(pack, dict(items)) for items in permutations(REFUSED.items())]

    assert all(advice == expected for advice in shuffled)


def test_an_answer_off_the_path_counts_only_elsewhere(pack: Pack) -> None:
    answers = {"danger": "no", "risk": "child"}

    fresh = advice_on(pack, answers)
    stale = advice_on(pack, answers | {"purpose": "no", "weather": "rain"})

    assert (stale.path, stale.outcome, stale.rules) == (fresh.path, fresh.outcome, fresh.rules)
    verdicts = [{c.answer: c.verdict for c in a.counterfactuals}["adult"] for a in (fresh, stale)]
    assert verdicts == [None, Verdict.SEEK_ADVICE]


@pytest.mark.parametrize("value", ["maybe", "", "now"])
def test_an_answer_not_on_offer_stops_there(pack: Pack, value: str) -> None:
    asking = assess(pack, REFUSED | {"risk": value})

    assert isinstance(asking, Asking)
    assert asking.question.id == "risk"
    assert [step.question.id for step in asking.path] == ["danger"]


def test_an_option_whose_condition_fails_stops_there(pack: Pack) -> None:
    asking = assess(pack, REFUSED | {"danger": "now"}, passed=["act"])

    assert isinstance(asking, Asking)
    assert asking.question.id == "risk"
    assert "no" not in {option.value for option in asking.options}


def test_a_passed_outcome_lets_the_check_go_on(pack: Pack) -> None:
    answers = {"danger": "now", "risk": "child"}

    stops, goes_on = locate(pack, answers), locate(pack, answers, ["act"])

    assert (stops.id, goes_on.id) == ("act", "tell")


def test_passing_an_outcome_without_arrow_changes_nothing(pack: Pack) -> None:
    assert assess(pack, REFUSED, ["refuse", "nowhere"]) == assess(pack, REFUSED)


def test_notices_follow_from_answers_and_verdict(pack: Pack) -> None:
    ways = [REFUSED, REFUSED | {"consent": "yes"}, {"danger": "no", "risk": "child"}]

    shown = [[notice.id for notice in advice_on(pack, answers).notices] for answers in ways]

    assert shown == [[], ["say_thanks", "keep_it_small"], ["keep_it_small"]]


def test_rules_come_from_questions_and_outcome_in_order(pack: Pack) -> None:
    advice = advice_on(pack, {"danger": "no", "risk": "child"})

    assert [rule.id for rule in advice.rules] == ["open", "fair"]


def test_counterfactuals_say_what_would_change(pack: Pack) -> None:
    found = advice_on(pack, REFUSED).counterfactuals

    told = {(c.question, c.answer): (c.verdict, c.possible) for c in found}
    assert told["consent", "yes"] == (Verdict.SHARE, (Verdict.SHARE,))
    assert told["risk", "adult"] == (Verdict.SHARE, (Verdict.SHARE,))
    assert told["danger", "now"] == (Verdict.ACT_NOW, (Verdict.ACT_NOW,))
    assert told["purpose", "no"] == (Verdict.DO_NOT_SHARE, (Verdict.DO_NOT_SHARE,))
    assert [key for key in told if key[1] == "not_sure"] == [
        (question, "not_sure") for question in REFUSED
    ]


def test_after_a_doubt_they_say_what_would_settle_it(pack: Pack) -> None:
    found = advice_on(pack, {"danger": "no", "risk": "not_sure"}).counterfactuals

    told = {c.answer: (c.verdict, c.possible) for c in found if c.question == "risk"}
    assert told == {
        "child": (Verdict.SHARE, (Verdict.SHARE,)),
        "adult": (None, (Verdict.SHARE, Verdict.SEEK_ADVICE)),
        "no": (None, (Verdict.SHARE, Verdict.DO_NOT_SHARE, Verdict.SEEK_ADVICE)),
    }


def test_a_counterfactual_goes_on_where_one_went_on() -> None:
    draft = Draft()
    draft.find("pause")["then"] = "consent"
    pack = draft.resolved()
    answers = {"danger": "no", "risk": "adult", "purpose": "no", "consent": "yes"}

    settled = advice_on(pack, answers | {"purpose": "not_sure"}, "pause")
    open_ = advice_on(pack, {"danger": "no", "risk": "adult", "purpose": "not_sure"}, "pause")

    ways = [{c.answer: c for c in a.counterfactuals}["no"] for a in (settled, open_)]
    assert (ways[0].verdict, ways[0].possible) == (Verdict.SHARE, (Verdict.SHARE,))
    assert ways[1].verdict is None
    assert set(ways[1].possible) == {Verdict.SHARE, Verdict.DO_NOT_SHARE, Verdict.SEEK_ADVICE}


def test_possible_lists_verdicts_in_one_order(pack: Pack) -> None:
    assert possible(pack, {}) == (
        Verdict.ACT_NOW,
        Verdict.SHARE,
        Verdict.DO_NOT_SHARE,
        Verdict.SEEK_ADVICE,
    )
    assert possible(pack, {"danger": "no", "risk": "no", "purpose": "yes"})[0] is Verdict.SHARE
    assert possible(pack, REFUSED) == (Verdict.DO_NOT_SHARE,)


@pytest.mark.parametrize("pack_id", SHIPPED)
def test_counterfactuals_agree_with_brute_force(shipped: dict[str, Pack], pack_id: str) -> None:
    pack, root = shipped[pack_id], planted(shipped[pack_id])
    compared = 0

    for path in sampled(pack):
        steps, node = replay(pack, path.answers, path.passed)
        assert isinstance(node, Outcome)
        advice = advise(pack, steps, node, path.answers, path.passed)

        claimed = [
            (c.question, c.answer, c.verdict, {*c.possible}) for c in advice.counterfactuals
        ]
        assert claimed == list(flips(root, path))
        compared += len(claimed)

    assert compared > count_paths(pack) / 10


@pytest.mark.parametrize("pack_id", SHIPPED)
def test_one_flipped_answer_leads_where_it_says(shipped: dict[str, Pack], pack_id: str) -> None:
    pack = shipped[pack_id]

    for path in sampled(pack)[:100]:
        for other in advice_on(pack, path.answers, *path.passed).counterfactuals:
            flipped = locate(pack, path.answers | {other.question: other.answer}, path.passed)

            verdict = flipped.verdict if isinstance(flipped, Outcome) else None
            assert verdict == other.verdict, (path, other)


@pytest.mark.parametrize("pack_id", SHIPPED)
def test_half_given_answers_leave_open_what_follows(
    shipped: dict[str, Pack], pack_id: str
) -> None:
    pack, root, dice = shipped[pack_id], planted(shipped[pack_id]), random.Random(999)

    for path in sampled(pack)[:60]:
        some = {q: a for q, a in path.answers.items() if q == "danger" or dice.random() < 0.7}

        left = set(possible(pack, some, path.passed))

        assert left == {end.verdict for end, _ in ends(root, some, path.passed)}


@pytest.mark.parametrize("pack_id", SHIPPED)
def test_every_path_replays_to_its_own_outcome(shipped: dict[str, Pack], pack_id: str) -> None:
    pack = shipped[pack_id]

    for path in paths(pack):
        steps, node = replay(pack, path.answers, path.passed)

        assert node is path.outcome
        assert [step.question.id for step in steps] == list(path.answers)


def test_replay_never_passes_a_question_unanswered(pack: Pack) -> None:
    node = locate(pack, {"risk": "child", "purpose": "yes", "consent": "yes"})

    assert isinstance(node, Question)
    assert node.id == "danger"
