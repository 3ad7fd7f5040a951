"""`advise` as outside tools rely on it: one object, all keys always there."""

import json
from datetime import date

import pytest

from bot.cli.advising import NotOffered, advise, batch
from policies.library import Library

KEYS = {
    *("pack", "pack_status", "version", "digest", "status", "path", "next", "verdict", "outcome"),
    *("headline", "reasons", "notices", "rules", "steps", "counterfactuals", "unused"),
}
BRIEFING = Library.read().find("briefing-2018", date(2026, 11, 22))
ENGLAND = Library.read().find("england-2024", date(2026, 11, 22))
SHARED = {"danger": "no", "purpose": "yes", "consent": "yes"}


def test_danger_is_never_assumed() -> None:
    found = advise(BRIEFING, {"purpose": "no"})

    assert found.keys() == KEYS
    assert found["status"] == "question"
    assert found["next"] == {"question": "danger", "options": ["now", "harm", "no", "not_sure"]}
    assert found["unused"] == ["purpose"]
    assert found["verdict"] is None
    assert found["reasons"] == []


def test_advice_has_every_key_and_no_next() -> None:
    found = advise(BRIEFING, {**SHARED, "identifiable": "no"})

    assert found.keys() == KEYS
    assert (found["status"], found["verdict"], found["next"]) == ("advice", "share", None)
    assert found["path"] == [{"question": q, "answer": a} for q, a in SHARED.items()]
    assert [reason["question"] for reason in found["reasons"]] == list(SHARED)
    assert found["unused"] == ["identifiable"]
    assert {"kind", "id", "text"} == found["notices"][0].keys()
    assert {"id", "title"} == found["rules"][0].keys()
    assert {"question", "answer", "verdict", "possible"} == found["counterfactuals"][0].keys()


def test_answers_count_in_any_order() -> None:
    backwards = dict(reversed(SHARED.items()))

    assert advise(BRIEFING, backwards) == advise(BRIEFING, SHARED)


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({"danger": "maybe"}, "now, harm, no, not_sure"),
        ({"weather": "fine"}, "purpose, consent"),
        ({"danger": "no", "lawful_reason": "perhaps"}, "yes, no"),
    ],
)
def test_what_is_not_offered_is_refused_with_what_is(answers: dict[str, str], named: str) -> None:
    with pytest.raises(NotOffered, match=named) as refusal:
        advise(BRIEFING, answers)

    assert "\n" not in str(refusal.value)


def test_an_option_of_another_path_is_refused_here() -> None:
    answers = {"danger": "harm", "risk": "no"}
    at_risk = {"danger": "no", "risk": "child", "purpose": "yes", "identifiable": "yes"}
    voluntary = {"confidential": "no", "organisation": "voluntary", "basis": "public_task"}

    assert advise(ENGLAND, answers)["verdict"] == "act_now"
    with pytest.raises(NotOffered, match="basis=public_task"):
        advise(ENGLAND, {**at_risk, **voluntary})


def test_a_batch_answers_in_order_and_runs_on_past_bad_lines() -> None:
    lines = [json.dumps(SHARED), "{", "[]", '{"danger": 1}', '{"danger": "x"}', "", "{}"]

    found = list(batch(BRIEFING, lines))

    assert [result.get("line") for result in found] == [None, 2, 3, 4, 5, 6, None]
    assert all(result.keys() == {"line", "error"} for result in found[1:6])
    assert found[0] == advise(BRIEFING, SHARED)
    assert found[6]["status"] == "question"


@pytest.mark.parametrize(
    "line", ["[" * 100_000, '{"danger": ' + "9" * 5_000 + "}", '{"\\ud800": "no"}', "\ufffd"]
)
def test_whatever_a_line_holds_the_next_one_is_answered(line: str) -> None:
    bad, good = batch(BRIEFING, [line, "{}"])

    assert bad["line"] == 1
    assert json.dumps(bad, ensure_ascii=False).encode()
    assert good["status"] == "question"
