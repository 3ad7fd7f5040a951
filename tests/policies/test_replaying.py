"""Past checks against another version of their pack: what would be different, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policies.assess import Advice, assess
from policies.filing import FaultyPack
from policies.outside import read_draft
from policies.replaying import Compared, Differs, Past, compare
from tests.policies.builders import Draft, file, option

CONSENTED = {"danger": "no", "risk": "no", "purpose": "yes", "consent": "yes"}


def past(answers: dict[str, str], passed: tuple[str, ...] = ()) -> Past:
    """A check under the garden pack as it stands."""
    advice = assess(Draft().resolved(), answers, passed)
    assert isinstance(advice, Advice)
    return Past(
        answers,
        passed,
        advice.verdict.value,
        advice.outcome.id,
        frozenset(notice.id for notice in advice.notices),
        frozenset(rule.id for rule in advice.rules),
    )


@pytest.mark.parametrize(
    ("answers", "passed"),
    [(CONSENTED, ()), ({"danger": "now"}, ()), ({"danger": "now", "risk": "child"}, ("act",))],
)
def test_the_same_version_gives_the_same_advice(
    answers: dict[str, str], passed: tuple[str, ...]
) -> None:
    assert compare(Draft().resolved(), past(answers, passed)) == Compared(Differs.NOTHING)


def test_another_verdict_is_named_before_anything_else() -> None:
    draft = Draft()
    draft.option("consent", "yes")["then"] = "refuse"

    found = compare(draft.resolved(), past(CONSENTED))

    assert found == Compared(Differs.VERDICT, "share", "do_not_share")


def test_another_outcome_with_the_same_verdict_is_named() -> None:
    draft = Draft()
    draft.option("consent", "yes")["then"] = "tell"

    assert compare(draft.resolved(), past(CONSENTED)) == Compared(
        Differs.OUTCOME, "agreed", "tell"
    )


def test_a_question_that_was_not_asked_is_named() -> None:
    draft = Draft()
    draft.option("danger", "no")["then"] = "ask"
    draft.option("danger", "now")["then"] = "consent"

    found = compare(draft.resolved(), past({"danger": "now"}))

    assert found == Compared(Differs.ASKED, "act", "consent")


def test_an_answer_that_is_no_longer_offered_is_named() -> None:
    draft = Draft()
    draft.find("consent")["options"] = [option("written", "agreed"), option("no", "refuse")]

    assert compare(draft.resolved(), past(CONSENTED)).differs is Differs.ASKED


def test_other_notices_or_rules_are_named() -> None:
    draft = Draft()
    draft.find("say_thanks")["when"] = {"consent": ["no"]}
    draft.find("agreed")["rules"] = ["kind"]

    found = compare(draft.resolved(), past(CONSENTED))

    assert found == Compared(Differs.NOTICES, "say_thanks", "kind")


def test_a_draft_is_resolved_as_if_it_stood_among_the_others(tmp_path: Path) -> None:
    draft = Draft()
    draft.write(tmp_path)
    alone = file(tmp_path / "new.toml", draft.pack)

    assert read_draft(alone, tmp_path / "own", tmp_path) == draft.library().editions[0]


def test_a_draft_may_take_over_the_questions_of_an_owner_s_pack(tmp_path: Path) -> None:
    draft, theirs = Draft(), Draft()
    draft.write(tmp_path)
    theirs.pack |= {"id": "hedge-2025"}
    file(tmp_path / "own" / "hedge-2025" / "2025-05-01.toml", theirs.pack)
    draft.pack |= {"include": [{"pack": "hedge-2025", "version": date(2025, 5, 1)}]}

    edition = read_draft(file(tmp_path / "new.toml", draft.pack), tmp_path / "own", tmp_path)

    assert edition.pack.id == "garden-2025"


def test_a_draft_that_is_no_pack_is_refused(tmp_path: Path) -> None:
    Draft().write(tmp_path)
    (tmp_path / "new.toml").write_text("id = 1")

    with pytest.raises(FaultyPack):
        read_draft(tmp_path / "new.toml", tmp_path / "own", tmp_path)
