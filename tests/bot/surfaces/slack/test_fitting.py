"""Pages of any size, drawn within what Slack takes."""

from dataclasses import replace
from datetime import date

import pytest

from bot.conversation import Shown
from bot.surfaces.slack.messages import page_message
from bot.surfaces.slack.page_screens import REST, home_view
from bot.surfaces.slack.screens import draw
from dialogs.fields import Field
from dialogs.pages import FormView, PageView, Section, Way
from tests.bot.surfaces.slack.packs import EMERGENCY
from tests.fakes.slack.surfaces import refuse_bad_message, refuse_bad_view, words_in

DAY = date(2026, 11, 22)
LONG = "long & <winding> words " * 400
PLAIN = Way("A way on " * 20, "room", "verb")
WAY = Way("A way on " * 20, "room", "verb", "v" * 5_000, confirm="Are you quite sure? " * 40)
LARGE = (
    PageView("A title that is far too long", (Section(lines=(LONG,)),), (PLAIN,) * 60, EMERGENCY),
    PageView("Headed", (Section(LONG[:150], (LONG, LONG), (LONG,), (WAY,), LONG[:500]),)),
    PageView("Many", tuple(Section("H", ("a",), ways=(WAY,)) for _ in range(300)), (WAY,)),
    PageView(
        "Words", tuple(Section(lines=("word " * 500,)) for _ in range(90)), (WAY,), EMERGENCY
    ),
    PageView("Empty", ()),
)


@pytest.mark.parametrize("page", LARGE, ids=lambda page: page.title.split()[0])
def test_a_page_fits_wherever_it_is_shown(page: PageView) -> None:
    modal, home, message = draw(Shown(None, 0, page), DAY), home_view(page), page_message(page)

    refuse_bad_view(modal, "modal")
    refuse_bad_view(home, "home")
    refuse_bad_message(message["text"], message["blocks"])
    for shown in (modal, home, message):
        assert "999" in "".join(words_in(shown))


@pytest.mark.parametrize("blocks", [95, 96, 97, 98, 99, 100, 101])
def test_what_does_not_fit_is_said_to_be_there(blocks: int) -> None:
    page = PageView("Many", tuple(Section(lines=(f"line {n}",)) for n in range(blocks)), (WAY,))

    modal = draw(Shown(None, 0, page), DAY)

    said = "\n".join(words_in(modal["blocks"]))
    refuse_bad_view(modal, "modal")
    assert (REST in said) == (blocks + 2 > 100)
    assert len(modal["blocks"]) == min(blocks + 2, 100)


def test_a_form_fits_with_everything_typed() -> None:
    fields = tuple(Field(f"f{n}", "Label", "Hint", "text", most=9_000) for n in range(10))
    form = FormView("A form with a very long title", "room", "verb", fields, "Save")

    view = replace(form, form={field.id: ("typed " * 100,) for field in fields})

    refuse_bad_view(draw(Shown(None, 0, view), DAY), "modal")
