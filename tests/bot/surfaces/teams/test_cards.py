"""Cards fit into what Teams takes, and say in plain words what they show."""

from datetime import date

import pytest
from pydantic_core import to_json

from bot.conversation import Shown
from bot.surfaces.teams.cards import draw
from bot.surfaces.teams.frame import CUT, MOST_BYTES, Screen, card
from bot.surfaces.teams.messages import carrying
from bot.surfaces.teams.pieces import bold, heading, note, words
from bot.surfaces.teams.plain import plain_words
from dialogs.fields import Field
from dialogs.pages import FormView, PageView, Section, Way
from policies.model import Contact
from tests.fakes.teams.cards import actions_of, check_card, inputs_of
from tests.fakes.teams.conversations import words_of
from tests.parity.walks import CHECK, editions, one_for_each_verdict, shown_by_the_engine

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("pack_id", [edition.pack.id for edition in editions()])
def test_every_view_on_the_way_to_each_verdict_is_a_good_card(pack_id: str) -> None:
    [edition] = [edition for edition in editions() if edition.pack.id == pack_id]
    for path in one_for_each_verdict(pack_id):
        for _, view in shown_by_the_engine(edition.pack, path):
            made = draw(Shown(CHECK, 3, view), TODAY)
            check_card(made)
            assert "999" in words_of(made)
            for action in actions_of(made):
                place = action.get("data", {}).get("_at", {"check": CHECK})
                assert set(place) <= {"check", "turn", "view"}


def test_too_long_a_card_is_cut_from_its_end_and_says_so() -> None:
    body = [heading("First"), *(words(f"Line {number} {'x' * 500}") for number in range(60))]

    made = card(Screen(body, [], [words("Foot")]))

    check_card(made)
    assert len(to_json(made)) <= MOST_BYTES
    said = words_of(made)
    assert (said.startswith("First\nLine 0"), CUT in said, said.endswith("Foot")) == (True,) * 3
    assert "Line 59" not in said


@pytest.mark.parametrize(
    "said", ["{{DATE(2026-11-25T09:00:00Z, SHORT)}}", "{{{TIME(x)}}}", "${name} {{", "{", ""]
)
def test_a_client_fills_nothing_in_where_somebody_typed_braces(said: str) -> None:
    for made in (words(said), note(said), bold(said)):
        runs = [run["text"] for run in made["inlines"]]

        assert "".join(runs) == said
        assert all("{{" not in run for run in runs)
    assert "{{" not in heading(said)["text"]


def test_what_cannot_be_seen_is_on_no_card() -> None:
    said, seen = "Ad\u200bvice\u2060: \u202eMay share", "Advice: May share"
    section = Section(said, (said,), (said,), (Way(said, "desk", "see"),), source=said)
    fields = (
        Field("one", said, said, "one", (("a", said), ("b", said))),
        Field("line", said, said, "line"),
    )
    view = FormView(
        said, "enquiries", "send", fields, said, sections=(section,), errors={"one": said}
    )

    made = draw(Shown(None, 0, view), TODAY)
    sent = carrying(made, said)

    assert "200b" not in to_json(sent, ensure_ascii=True).decode()
    assert "202e" not in to_json(sent, ensure_ascii=True).decode()
    assert words_of(made).count(seen) > 10
    assert sent["summary"] == seen


def test_the_plain_words_of_a_long_card_are_cut_before_the_card_is() -> None:
    body = [heading("First"), *(words(f"Line {number} {'x' * 500}") for number in range(25))]

    made = card(Screen(body, [], [words("Foot")]))

    check_card(made)
    assert "Line 24" in words_of(made)
    assert made["fallbackText"].endswith("Type text to see all of it.")


def test_headings_cannot_be_marked_up_by_a_pack() -> None:
    said = "*Act* [now](https://example.org) _at_ `once`"

    made = card(Screen([heading(said)], [], [words("Foot")]))

    assert made["body"][0]["text"].startswith(r"\*Act\* \[now\]")
    assert plain_words(made).splitlines()[0] == said


def test_a_page_is_drawn_with_its_ways() -> None:
    sure = Way("Delete it", "desk", "delete", "1", style="danger", confirm="Its answers go.")
    section = Section("Told", ("A line",), ("A point",), (sure,), source="Somewhere, 1.2")
    ways = tuple(Way(f"Way {number}", "library", "open", str(number)) for number in range(12))
    emergency = Contact(role="emergency", name="Emergency", number="999", checked_on=TODAY)

    made = draw(Shown(None, 0, PageView("A page", (section,), ways, emergency)), TODAY)

    check_card(made)
    said = words_of(made)
    for part in ("A page", "Told", "A line", "• A point", "Source: Somewhere, 1.2", "999"):
        assert part in said
    titles = [action["title"] for action in actions_of(made)]
    assert titles == ["Delete it …", "Delete it", *(f"Way {number}" for number in range(12))]


def test_a_form_keeps_what_was_typed_and_marks_what_is_wrong() -> None:
    fields = (
        Field("topic", "What is it about?", "One word.", "line", required=True, most=40),
        Field("why", "Why?", "", "text"),
        Field("kinds", "Kinds", "", "many", (("a", "A"), ("b", "B"))),
        Field("when", "When?", "", "date"),
        Field("one", "Which?", "", "one", tuple((f"v{n}", f"V{n}") for n in range(8))),
    )
    form = {"topic": ("x",), "kinds": ("a", "b"), "when": ("2026-12-01",), "one": ("v3",)}
    view = FormView(
        "A form",
        "enquiries",
        "send",
        fields,
        "Send",
        form=form,
        errors={"why": "Say more."},
        after=(Section("More", ("Nothing is printed.",)),),
    )

    made = draw(Shown(None, 0, view), TODAY)

    check_card(made)
    held = {each["id"]: each.get("value") for each in inputs_of(made)}
    assert held == {"topic": "x", "why": None, "kinds": "a,b", "when": "2026-12-01", "one": "v3"}
    assert "• Why? Say more." in words_of(made)
    assert words_of(made).index("Nothing is printed.") > words_of(made).index("Which?")
    [send] = [action for action in made["actions"] if action["title"] == "Send"]
    assert send["data"]["_many"] == ["kinds"]
    assert send["associatedInputs"] == "auto"
