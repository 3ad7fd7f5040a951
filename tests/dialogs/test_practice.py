"""Rehearsal: where somebody stands travels in the form, and what is learned says why."""

from typing import Any

import pytest

from dialogs import practice
from dialogs.pages import FormView, PageView
from policies.library import Library
from policies.model import Contact, Outcome
from policies.practice import Case, read_rehearsals
from tests.policies.builders import Draft

PACK = Draft().resolved()
EMERGENCY = Contact(role="emergency", name="Emergency services", number="999")
WEEDS: dict[str, Any] = {
    "id": "weeds",
    "title": "Weeds in the bed",
    "you": "You have a garden",
    "theme": "Weeds",
    "story": ["A neighbour asks about your weeds."],
    "answers": {"danger": "no", "risk": "no", "purpose": "yes", "consent": "yes"},
    "also": {"purpose": ["no"]},
    "told": ["danger"],
    "outcome": "agreed",
    "points": [
        {"question": "consent", "why": "They said so."},
        {"question": "risk", "why": "Weeds hurt nobody."},
    ],
    "lesson": "Ask before you tell.",
}


def case(**changes: Any) -> Case:
    return Case.model_validate(WEEDS | changes)


def shown(*picked: str, **changes: Any) -> PageView | FormView:
    return practice.show(PACK, practice.stands(PACK, case(**changes), picked), EMERGENCY)


def learned(*picked: str, **changes: Any) -> PageView:
    page = shown(*picked, **changes)
    assert isinstance(page, PageView)
    return page


def headings(page: PageView) -> list[str]:
    return [section.heading for section in page.sections if section.heading]


def test_every_case_on_offer_can_be_read() -> None:
    page = practice.cases_page([case(), case(id="roses")], EMERGENCY)

    ways = [way for section in page.sections for way in section.ways]
    assert [(way.room, way.verb, way.value) for way in ways] == [
        ("practice", "read", "weeds"),
        ("practice", "read", "roses"),
    ]
    assert page.emergency is EMERGENCY


def test_a_case_says_first_that_it_is_made_up_and_of_which_policy() -> None:
    page = practice.case_page(PACK, case(), EMERGENCY)

    assert page.sections[0].lines == (practice.MADE_UP, "The policy: The garden rules.")
    assert page.sections[1].lines == ("A neighbour asks about your weeds.",)
    assert (page.ways[0].verb, page.ways[0].value) == ("ask", "weeds")


def test_what_the_story_tells_is_not_asked() -> None:
    form = shown()

    assert isinstance(form, FormView)
    [field] = form.fields
    assert field.id == "risk"
    assert field.options == (
        *(("child", "Child"), ("adult", "Adult"), ("no", "No"), ("not_sure", "Not_sure")),
    )
    assert (form.verb, form.value) == ("answer", "weeds:")


def test_an_answer_leads_to_the_next_question_and_back() -> None:
    standing = practice.stands(PACK, case(), ())

    form = practice.answered(PACK, standing, {"risk": ("no",)}, EMERGENCY)

    assert isinstance(form, FormView)
    assert form.fields[0].id == "purpose"
    assert form.value == "weeds:no"
    assert [(way.verb, way.value) for way in form.ways] == [("ask", "weeds:")]


def test_from_the_first_question_the_way_back_is_the_story() -> None:
    form = shown()

    assert [(way.verb, way.value) for way in form.ways] == [("read", "weeds:")]


@pytest.mark.parametrize("form", [{}, {"risk": ()}, {"risk": ("maybe",)}, {"purpose": ("yes",)}])
def test_without_an_answer_that_is_offered_it_asks_again(form: dict[str, tuple[str, ...]]) -> None:
    standing = practice.stands(PACK, case(), ())

    again = practice.answered(PACK, standing, form, EMERGENCY)

    assert isinstance(again, FormView)
    assert again.errors == {"risk": practice.NOTHING_CHOSEN}
    assert again.value == "weeds:"


def test_a_form_of_a_case_that_has_ended_shows_what_was_learned() -> None:
    standing = practice.stands(PACK, case(), ("child",))

    assert isinstance(practice.answered(PACK, standing, {}, EMERGENCY), PageView)


def test_options_that_are_not_on_offer_are_left_out_with_all_after_them() -> None:
    standing = practice.stands(PACK, case(), ("no", "perhaps", "yes"))

    assert standing.chosen == ("no",)
    assert standing.node.id == "purpose"


def test_what_a_story_tells_is_asked_where_the_facts_do_not_fit() -> None:
    facts = WEEDS["answers"] | {"risk": "child", "purpose": "no"}

    form = shown(answers=facts, told=["risk"], outcome="tell")

    assert isinstance(form, FormView)
    assert form.fields[0].id == "danger"


def test_the_right_answers_are_told_why_they_matter() -> None:
    page = learned("no", "yes", "yes")

    assert headings(page)[:3] == [
        "You came to what the policy says",
        "Why the answers matter here",
        "What to take away",
    ]
    assert page.sections[1].bullets == (
        "What about risk? Weeds hurt nobody.",
        "What about consent? They said so.",
    )
    assert page.sections[-1].lines == (practice.KEPT,)


def test_an_answer_that_differs_is_set_beside_what_the_facts_point_to() -> None:
    page = learned("no", "yes", "no")

    assert headings(page)[:2] == ["You came to something else", "What about consent?"]
    assert page.sections[1].lines == (
        "You answered “No”. The facts point to “Yes”.",
        "They said so.",
    )


def test_without_a_point_of_its_own_the_policy_says_why() -> None:
    page = learned("no", "yes", "no", points=[])

    assert "The guide asks about consent." in page.sections[1].lines
    assert "Why the answers matter here" not in headings(page)


def test_another_verdict_on_fair_answers_is_a_fair_reading() -> None:
    assert headings(learned("no", "no"))[0] == "Another fair reading of the facts"


def test_the_same_advice_may_come_from_answers_that_differ() -> None:
    facts = {"danger": "no", "risk": "adult", "purpose": "yes"}

    page = learned("child", answers=facts, outcome="tell")

    assert headings(page)[:2] == ["The same advice, with answers that differ", "What about risk?"]


def test_the_same_verdict_may_come_another_way() -> None:
    assert headings(learned("child"))[0] == "The same verdict, in another way"


def test_asking_for_help_too_soon_is_no_mistake_to_be_ashamed_of() -> None:
    page = learned("now", told=[], answers=WEEDS["answers"] | {"consent": "no"}, outcome="refuse")

    assert headings(page)[0] == "You would have asked for help at once"
    assert practice.TOO_SOON in page.sections[0].lines


def test_an_answer_that_is_not_offered_on_this_path_is_still_named() -> None:
    facts = {"danger": "no", "risk": "no", "purpose": "no", "consent": "no"}
    page = learned("adult", "yes", answers=facts, also={}, outcome="refuse")

    assert headings(page)[:3] == [
        "You came to something else",
        "What about risk?",
        "What about purpose?",
    ]


def test_a_case_without_rules_names_none() -> None:
    draft = Draft()
    draft.find("risk")["rules"] = []
    pack = draft.resolved()

    page = practice.show(pack, practice.stands(pack, case(), ("no", "yes", "yes")), EMERGENCY)

    assert isinstance(page, PageView)
    assert "The rules weighed" not in headings(page)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("weeds:no,yes", ("weeds", ("no", "yes"))),
        ("weeds:", ("weeds", ())),
        ("weeds", ("weeds", ())),
        ("", ("", ())),
        ("a:b:c,", ("a", ("b:c", ""))),
    ],
)
def test_whatever_a_form_carries_can_be_read(
    value: str, found: tuple[str, tuple[str, ...]]
) -> None:
    assert practice.read(value) == found


SHIPPED = [(r.pack, made_up) for r in read_rehearsals() for made_up in r.cases]


@pytest.mark.parametrize(("name", "made_up"), SHIPPED, ids=[made_up.id for _, made_up in SHIPPED])
def test_a_shipped_case_can_be_answered_rightly_to_its_end(name: str, made_up: Case) -> None:
    pack = next(e.pack for e in Library.read().newest() if e.pack.id == name)
    standing = practice.stands(pack, made_up, ())
    while not isinstance(standing.node, Outcome):
        form = {standing.node.id: (made_up.answers[standing.node.id],)}
        view = practice.answered(pack, standing, form, EMERGENCY)
        value = view.value if isinstance(view, FormView) else ""
        picked = practice.read(value)[1] if value else (*standing.chosen, *form.popitem()[1])
        standing = practice.stands(pack, made_up, picked)

    page = practice.show(pack, standing, EMERGENCY)

    assert isinstance(page, PageView)
    assert headings(page)[0] == "You came to what the policy says"
    assert len(practice.written(made_up, standing.chosen)) < 300
