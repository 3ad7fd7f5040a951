"""The pages of askers and advisers: what each must say, and what none may carry."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from dialogs.enquiry import adviser, asker, privacy
from dialogs.enquiry.codes import spoken, token_of
from dialogs.enquiry.forms import Wrong
from dialogs.enquiry.parts import Filled, Place, said
from dialogs.enquiry.states import Attached, Draft, Enquiry, Message, Status
from dialogs.enquiry.words import Approval, read_words
from dialogs.pages import FormView, PageView, Section, Way
from policies.limits import OPTION_LABEL, OPTIONS, TITLE
from policies.model import Contact

WORDS = read_words()
EMERGENCY = Contact(role="emergency", name="Emergency", number="999")
TOKEN = token_of(2**129 + 7)
PLACE = Place(WORDS, EMERGENCY, people=240, floor=20, minutes=15, can_deliver=True)
ATTACHED = Attached("The national advice", (("Is there a risk?", "Yes, to a child"),))
ASKED = Message("asker", "May I tell the school?\n\n*Status: closed*", attached=ATTACHED)
ANSWER = Message("adviser", "Yes, tell them.", role="safeguarding_lead")
ENQUIRY = Enquiry("e" * 32, "Amber Heron", Status.RECEIVED, "code", (ASKED,))


def ways_of(view: PageView | FormView) -> dict[str, Way]:
    within = [way for section in view.sections for way in section.ways]
    return {way.verb: way for way in (*view.ways, *within)}


def text_of(view: PageView | FormView) -> str:
    parts: Iterable[Section] = view.sections
    if isinstance(view, FormView):
        parts = (*parts, *view.after)
    return "\n".join(line for part in parts for line in (part.heading, *part.lines, *part.bullets))


def every_view() -> Iterator[PageView | FormView]:
    closed = replace(PLACE, open_now=False, people=None, minutes=0, is_adviser=True)
    draft = Draft(kind="new", by="", words="May I?", back="delivered")
    for place in (PLACE, closed, replace(closed, people=3, duty="07700 900123")):
        yield asker.ask(place)
        yield asker.ask(place, "check", Filled({"words": ("x",)}, Wrong({"words": "No."}, "mark")))
        yield asker.further(place, TOKEN)
        yield asker.code(place)
        yield asker.code(place, "No such code.")
        yield asker.preview(place, draft, TOKEN)
        yield asker.told(place, "Gone", WORDS.gone["code"])
        yield adviser.waiting(place, ())
        yield adviser.waiting(place, (ENQUIRY,) * 21)
        yield adviser.answer(place, ENQUIRY)
        yield adviser.answer(place, ENQUIRY, Filled({}, Wrong({"words": "No."}, "mark")))
        yield adviser.preview(place, ENQUIRY, Draft(kind="answer", by="", words="Yes."), TOKEN)
        for status in Status:
            for messages in ((ASKED, ANSWER), (ASKED,) * 6, ()):
                stands = replace(ENQUIRY, status=status, messages=messages)
                yield asker.stands(place, stands, TOKEN, new=True)
                yield asker.stands(place, replace(stands, back="delivered"), TOKEN, new=True)
                yield adviser.opened(place, replace(stands, mine=True))
                yield adviser.card(WORDS, EMERGENCY, stands)
                yield adviser.reminder(WORDS, EMERGENCY, stands)
    yield asker.notice(WORDS, EMERGENCY, TOKEN)
    yield privacy.page(WORDS, EMERGENCY)


def test_every_view_carries_the_emergency_way_out_and_keeps_to_the_limits() -> None:
    for view in every_view():
        assert view.emergency is EMERGENCY
        assert len(view.title) <= TITLE, view.title
        assert "{" not in text_of(view)
        assert all(len(way.label) <= TITLE for way in ways_of(view).values())
        for field in view.fields if isinstance(view, FormView) else ():
            assert len(field.options) <= OPTIONS
            assert all(len(label) <= OPTION_LABEL for _, label in field.options), field


def test_before_the_first_word_it_says_what_is_hidden_and_what_cannot_be() -> None:
    said = text_of(asker.ask(PLACE))

    for must in ("made-up name", "Slack or Microsoft", "holds its keys", "The way you write"):
        assert must in said
    assert "If someone is in danger now, call 999: do not wait for an answer here." in said
    assert "A referral can never be made without your name" in said
    assert "At least 240 people could have sent this question." in said
    assert "every 15 minutes" in text_of(
        asker.preview(PLACE, Draft(kind="new", by="", words="x"), TOKEN)
    )


def test_three_short_lines_stand_before_the_box_and_the_rest_below_it() -> None:
    for crowd, lines in ((240, 3), (None, 4), (4, 4), (1, 4)):
        form = asker.ask(replace(PLACE, people=crowd))

        [before] = form.sections
        assert len(before.lines) == lines
        assert sum(map(len, before.lines)) < 700
        assert "made-up name" in before.lines[0]
        assert "Slack or Microsoft" in before.lines[1]
        assert "never a referral" in before.lines[2]
        assert form.fields[0].id == "words"
        assert form.after


def test_a_small_crowd_and_a_late_hour_are_said() -> None:
    few = replace(PLACE, people=4, open_now=False, duty="07700 900123")

    above = [line for section in asker.ask(few).sections for line in section.lines]
    assert any("It is outside the advisers' hours" in line for line in above)
    assert "Only 4 people could have sent" in text_of(asker.ask(few))
    assert "call the duty line: 07700 900123" in text_of(asker.ask(few))
    assert "your own out-of-hours duty team" in text_of(asker.ask(replace(few, duty="")))
    assert "the only person here" in text_of(asker.ask(replace(few, people=1)))
    assert "Only you and one other person" in text_of(asker.ask(replace(few, people=2, floor=0)))
    assert "At least 3 people" in text_of(asker.ask(replace(few, people=3, floor=0)))
    assert "could not find out" in text_of(asker.ask(replace(few, people=0)))
    assert "With a message" not in text_of(asker.ask(replace(few, can_deliver=False)))
    assert "could not find out" in text_of(asker.ask(replace(few, people=None)))
    assert "duty line" in text_of(asker.stands(few, ENQUIRY, TOKEN))
    assert "duty line" in text_of(asker.preview(few, Draft(kind="new", by="", words="x"), TOKEN))
    assert "duty line" not in text_of(
        asker.stands(few, replace(ENQUIRY, status=Status.ANSWERED), TOKEN)
    )


def test_a_code_is_shown_once_it_is_needed() -> None:
    assert spoken(TOKEN) in text_of(asker.stands(PLACE, ENQUIRY, TOKEN, new=True))
    assert spoken(TOKEN) not in text_of(asker.stands(PLACE, ENQUIRY, TOKEN))
    delivered = replace(ENQUIRY, back="delivered")
    assert spoken(TOKEN) not in text_of(asker.stands(PLACE, delivered, TOKEN, new=True))


def test_the_time_is_said_to_show_where_nothing_waits() -> None:
    now = Draft(kind="new", by="", words="x", at_once=True)

    assert WORDS.release["now"] in text_of(asker.preview(PLACE, now, TOKEN))
    at_once = replace(PLACE, minutes=0)
    further = Draft(kind="further", by="", words="x")
    said = text_of(asker.preview(at_once, further, TOKEN))
    assert WORDS.release["at_once"] in said
    assert "How the answer reaches you" not in said


def test_after_six_questions_a_call_is_the_better_way() -> None:
    often = replace(ENQUIRY, messages=(ASKED,) * 6)

    assert "more" not in ways_of(asker.stands(PLACE, often, TOKEN))
    assert "more" in ways_of(asker.stands(PLACE, ENQUIRY, TOKEN))


def test_a_notice_says_nothing_about_anything() -> None:
    notice = asker.notice(WORDS, EMERGENCY, TOKEN)

    assert text_of(notice).strip() == WORDS.notice["line"]
    assert ways_of(notice)["read"].value == TOKEN


def test_a_card_is_made_alike_and_its_title_says_nothing() -> None:
    card = adviser.card(WORDS, EMERGENCY, ENQUIRY)
    other = adviser.card(WORDS, EMERGENCY, replace(ENQUIRY, back="delivered"))

    assert card == other
    assert card.title == "A question"
    assert TOKEN not in repr(card)
    assert "Policy: The national advice" in text_of(card)


def test_words_of_others_stand_under_no_heading_of_their_making() -> None:
    [own] = said(ASKED)

    assert own.heading == ""
    assert own.lines == ("May I tell the school?", "*Status: closed*")


def test_a_card_loses_its_words_when_they_are_destroyed() -> None:
    gone = adviser.card(WORDS, EMERGENCY, replace(ENQUIRY, status=Status.CLOSED, messages=()))

    assert WORDS.gone["words"] in text_of(gone)
    assert set(ways_of(gone)) == {"open"}


def test_a_further_question_has_a_card_of_its_own() -> None:
    both = replace(ENQUIRY, messages=(ASKED, ANSWER, Message("asker", "And the GP?")))

    card = adviser.card(WORDS, EMERGENCY, both, 1)

    assert "And the GP?" in text_of(card)
    assert "school" not in text_of(card)


@pytest.mark.parametrize(
    ("status", "mine", "verbs"),
    [
        (Status.RECEIVED, False, {"claim", "answer", "close", "list"}),
        (Status.REOPENED, False, {"claim", "answer", "close", "list"}),
        (Status.LOOKING, False, {"answer", "close", "list"}),
        (Status.LOOKING, True, {"put_back", "answer", "close", "list"}),
        (Status.ANSWERED, False, {"answer", "close", "list"}),
        (Status.CLOSED, False, {"list"}),
    ],
)
def test_an_adviser_is_offered_what_fits(status: Status, *, mine: bool, verbs: set[str]) -> None:
    stands = replace(ENQUIRY, status=status, mine=mine)

    assert set(ways_of(adviser.opened(PLACE, stands))) == verbs


def test_advisers_see_roles_and_nobody_sees_a_code() -> None:
    answered = replace(ENQUIRY, messages=(ASKED, ANSWER), status=Status.ANSWERED)

    assert "Answer: safeguarding lead" in text_of(asker.stands(PLACE, answered, TOKEN))
    assert "Sent to the asker: safeguarding lead" in text_of(adviser.opened(PLACE, answered))
    assert "And 1 more." in text_of(adviser.waiting(PLACE, (ENQUIRY,) * 21))


def test_an_adviser_is_led_to_the_list() -> None:
    assert "list" in ways_of(asker.ask(replace(PLACE, is_adviser=True)))
    assert "list" not in ways_of(asker.ask(PLACE))


def test_every_form_says_whether_anybody_has_approved_the_words() -> None:
    lead = Approval(role="Safeguarding lead", on=date(2027, 1, 15), of=WORDS.mark)
    changed = lead.model_copy(update={"of": "0" * 16})
    in_the_file = WORDS.model_copy(update={"approval": lead.model_copy(update={"of": ""})})

    assert "Not yet approved. A safeguarding lead" in text_of(asker.ask(PLACE))
    approved = text_of(asker.ask(replace(PLACE, approval=lead)))
    assert "Approved by Safeguarding lead on 2027-01-15." in approved
    said = privacy.approved(WORDS, changed)
    assert said.startswith("Not yet approved as they stand: approved by Safeguarding lead on")
    assert privacy.approved(in_the_file).startswith("Approved by Safeguarding lead")
    assert "Approved by" in text_of(privacy.page(WORDS, EMERGENCY, lead))


def test_another_sentence_is_another_mark_and_an_approval_is_not() -> None:
    lead = Approval(role="Safeguarding lead", on=date(2027, 1, 15))

    assert WORDS.model_copy(update={"approval": lead}).mark == WORDS.mark
    assert WORDS.model_copy(update={"release": {}}).mark != WORDS.mark


def test_the_page_on_privacy_prints_every_row_and_who_approved_the_words() -> None:
    said = text_of(privacy.page(WORDS, EMERGENCY))

    for part, gives, spares in privacy.rows(WORDS):
        assert part in said
        assert f"Gives away: {gives}." in said
        assert f"Does not give away: {spares}." in said
    assert len(privacy.table(WORDS)) == len(WORDS.gives_away) + 2


def test_a_question_that_is_stuck_says_so() -> None:
    assert WORDS.gone["stuck"] in text_of(asker.stands(PLACE, ENQUIRY, TOKEN, stuck=True))
