"""Every view of every shipped pack, drawn and held to what Slack takes."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Literal

import pytest

from bot.conversation import Shown
from bot.surfaces.slack.messages import message_of
from bot.surfaces.slack.modal import OpenModal
from bot.surfaces.slack.screens import draw, warned, why_page
from bot.surfaces.telling import SummaryTold
from dialogs import check as checks
from dialogs.events import Answered, Decided, Deciding, Posted
from dialogs.explain import reasoning, weighing
from dialogs.session import Session, Stage
from dialogs.show import show
from dialogs.summary import VERDICTS
from dialogs.views import (
    AdviceView,
    DangerView,
    DecisionView,
    ExpiredView,
    NotYoursView,
    OpenCheck,
    PreviewView,
    QuestionView,
    TryAgainView,
    View,
)
from policies.library import Edition
from policies.plain import BARE
from tests.bot.surfaces.slack.packs import (
    CHECK,
    EMERGENCY,
    LATER,
    TODAY,
    editions,
    session_at,
    telling_paths,
)
from tests.fakes.slack.surfaces import (
    refuse_bad_message,
    refuse_bad_view,
    words_in,
)


def drawn(view: View, turn: int = 7, today: date = TODAY) -> dict[str, Any]:
    modal = draw(Shown(CHECK, turn, view), today)
    refuse_bad_view(modal, "modal")
    assert "999" in words(modal)
    assert not {label.casefold() for label in labels(modal)} & BARE
    return modal


def words(shape: Any) -> str:
    return "\n".join(words_in(shape))


def labels(modal: dict[str, Any]) -> list[str]:
    """What the buttons say: a screen reader may read them without anything around them."""
    rows = [b["elements"] for b in modal["blocks"] if b["type"] == "actions"]
    pressed = [element for row in rows for element in row if "text" in element]
    return [element.get("accessibility_label", element["text"]["text"]) for element in pressed]


def buttons(modal: dict[str, Any]) -> set[str]:
    rows = [b["elements"] for b in modal["blocks"] if b["type"] == "actions"]
    return {element["action_id"] for row in rows for element in row}


def questions(edition: Edition) -> Iterator[View]:
    """Every question as it is asked on the way along the telling paths."""
    seen = set()
    for path in telling_paths(edition):
        asked = list(path.answers)
        for question, following in pairwise([*asked, None]):
            session = session_at(edition, path, Stage.ASKING, again=question)
            view = show(edition.pack, session)
            assert isinstance(view, DangerView | QuestionView)
            key = (question, following, tuple(choice.value for choice in view.asked.choices))
            if key not in seen:
                seen.add(key)
                yield view


@pytest.fixture(params=editions(), ids=lambda edition: edition.pack.id)
def edition(request: pytest.FixtureRequest) -> Edition:
    found = request.param
    assert isinstance(found, Edition)
    return found


def test_every_question_is_drawn_in_the_packs_own_words(edition: Edition) -> None:
    for view in questions(edition):
        assert isinstance(view, DangerView | QuestionView)
        modal = drawn(view)

        [block] = [block for block in modal["blocks"] if block["type"] == "input"]
        element = block["element"]
        assert block["block_id"] == f"{view.asked.id}:7"
        assert block["label"]["text"] == view.asked.text
        assert (element["type"], element["action_id"]) == ("radio_buttons", "answer")
        offered = [(option["value"], option["text"]["text"]) for option in element["options"]]
        assert offered == [(choice.value, choice.label) for choice in view.asked.choices]
        assert element["initial_option"]["value"] == view.asked.selected
        refuse_bad_view(why_page(view), "modal")
        assert view.asked.why in words(why_page(view))


def test_every_review_of_answers_offers_to_change_each(edition: Edition) -> None:
    for path in telling_paths(edition):
        view = show(edition.pack, session_at(edition, path, Stage.CHECKING))

        modal = drawn(view)

        changes = [b["accessory"]["action_id"] for b in modal["blocks"] if "accessory" in b]
        assert changes == [f"change:{question}" for question in path.answers]
        assert modal["submit"]["text"] == "Get the advice"


def test_every_advice_is_drawn_in_full(edition: Edition) -> None:
    for path in telling_paths(edition):
        view = show(edition.pack, session_at(edition, path, Stage.ADVISED))
        assert isinstance(view, AdviceView)

        said = words(drawn(view, today=LATER)).replace("&amp;", "&")

        outcome = path.outcome
        for text in (outcome.headline, VERDICTS[outcome.verdict], outcome.reason, *outcome.steps):
            assert text in said
        for notice in view.advice.notices:
            assert notice.text in said
        for contact in view.contacts:
            assert contact.number in said
        told = (
            *weighing(view.advice, view.explained, LATER),
            *reasoning(view.advice, view.explained),
        )
        for line in (line for part in told for line in (part.heading, part.lead, *part.lines)):
            assert line in said


def test_every_form_preview_and_end_is_drawn(edition: Edition) -> None:
    form = {"choice": ("defer",), "kinds": ("other",), "receiver": ("court",), "words": ("Why.",)}
    for outcome in {path.outcome.id: path for path in telling_paths(edition)}.values():
        session = session_at(edition, outcome, Stage.ADVISED, advised=1)
        deciding = checks.advance(edition.pack, session, Deciding(7))
        preview = checks.advance(edition.pack, deciding.session, Decided(8, form))
        done = checks.advance(edition.pack, preview.session, Posted(9, post=True))

        names = [drawn(turn.view)["callback_id"] for turn in (deciding, preview, done)]

        assert names == ["decision", "preview", "done"]
        assert isinstance(preview.view, PreviewView)
        message = message_of(SummaryTold(preview.view.summary, "12-abcdef"), TODAY)
        refuse_bad_message(message["text"], message["blocks"])
        shown = words(drawn(preview.view)).replace("filled in when posted", "12-abcdef")
        assert words(message["blocks"]) in shown


def test_a_mistake_is_shown_with_everything_typed() -> None:
    session = session_at(editions()[0], telling_paths(editions()[0])[0], Stage.DECIDING, advised=1)
    form = {"words": ("Ask Jane Smith on 07700 900123",), "review": ("2027-03-31",)}

    turn = checks.advance(editions()[0].pack, session, Decided(7, form))
    modal = drawn(turn.view)

    assert isinstance(turn.view, DecisionView)
    assert "There is a problem" in words(modal)
    assert "What have you decided? Choose an answer." in words(modal)
    assert "It is not personal data" in words(modal)
    typed = [b["element"].get("initial_value") for b in modal["blocks"] if "element" in b]
    assert form["words"][0] in typed


def test_answers_that_no_longer_count_are_named() -> None:
    [briefing] = [edition for edition in editions() if edition.pack.id == "briefing-2018"]
    answers = {"danger": "no", "purpose": "no", "identifiable": "yes"}
    session = Session(
        check=CHECK,
        pack="briefing-2018",
        digest=briefing.digest,
        stage=Stage.CHECKING,
        answers=answers,
    )

    modal = drawn(show(briefing.pack, session))

    assert "These answers no longer count" in words(modal)
    assert len([block for block in modal["blocks"] if "accessory" in block]) == 2


def test_closed_checks_offer_a_way_on() -> None:
    reasons: tuple[Literal["expired", "deleted", "pack_changed"], ...]
    reasons = ("expired", "deleted", "pack_changed")
    for why in reasons:
        modal = drawn(ExpiredView(why, EMERGENCY))
        assert (modal["callback_id"], buttons(modal)) == ("expired", {"restart"})
    assert buttons(drawn(NotYoursView(EMERGENCY))) == {"restart"}
    assert buttons(drawn(TryAgainView(EMERGENCY))) == {"resume"}


def test_the_first_screen_offers_the_newest_open_checks() -> None:
    edition = editions()[0]
    session = Session(check=CHECK, pack=edition.pack.id, digest=edition.digest)
    view = show(edition.pack, session)
    assert isinstance(view, DangerView)
    left = tuple(
        OpenCheck(f"check{n}", f"SC-{n}", "Not finished", "2026-11-21") for n in range(20)
    )

    modal = drawn(DangerView(view.policy, view.asked, view.contacts, left), turn=0)

    shown = [b["block_id"] for b in modal["blocks"] if b.get("block_id", "").startswith("open:")]
    assert shown == [f"open:check{n}" for n in range(5)]
    assert buttons(modal) == {"why", "resume", "delete"}


def test_a_question_without_a_choice_says_what_to_do() -> None:
    edition = editions()[0]
    session = Session(check=CHECK, pack=edition.pack.id, digest=edition.digest)

    turn = checks.advance(edition.pack, session, Answered(0, "danger", None))

    assert "There is a problem. Choose one of the answers." in words(drawn(turn.view))


def test_an_older_policy_names_the_one_that_holds_now() -> None:
    [briefing] = [edition for edition in editions() if edition.pack.id == "briefing-2018"]
    path = telling_paths(briefing)[0]

    for stage in (Stage.CHECKING, Stage.ADVISED):
        modal = drawn(show(briefing.pack, session_at(briefing, path, stage)))
        assert "The current one is England today (england-2024)." in words(modal)


def test_a_repeated_warning_stands_once_and_changes_nothing_else() -> None:
    view = show(
        editions()[0].pack,
        session_at(editions()[0], telling_paths(editions()[0])[0], Stage.CHECKING),
    )
    modal = {**drawn(view), "id": "V1"}

    once = warned(OpenModal.model_validate(modal), "First warning")
    twice = warned(OpenModal.model_validate({**once, "id": "V1"}), "Second warning")

    refuse_bad_view(twice, "modal")
    assert "First warning" not in words(twice)
    assert twice["blocks"][1:] == modal["blocks"]
    assert twice["private_metadata"] == modal["private_metadata"]
