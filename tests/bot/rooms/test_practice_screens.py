"""Every screen of every case for practice fits Slack and Teams, answered rightly or wrongly."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.rooms import Shown
from bot.surfaces.slack import screens
from bot.surfaces.teams import cards
from dialogs import practice
from dialogs.pages import FormView, PageView
from policies.library import Library
from policies.model import Outcome
from policies.practice import Case, read_rehearsals
from tests.fakes.slack.surfaces import refuse_bad_view
from tests.fakes.teams.cards import check_card

TODAY = date(2026, 11, 22)
LATEST = {edition.pack.id: edition.pack for edition in Library.read().newest()}
CASES = [(rehearsal.pack, case) for rehearsal in read_rehearsals() for case in rehearsal.cases]
EMERGENCY = LATEST["england-2024"].contacts_by_role["emergency"]


def answered(name: str, case: Case, pick: int) -> Iterator[PageView | FormView]:
    """Every screen on the way, choosing the facts' answer (0) or another one that is offered."""
    pack = LATEST[name]
    yield practice.case_page(pack, case, EMERGENCY)
    standing = practice.stands(pack, case, ())
    while not isinstance(standing.node, Outcome):
        form = practice.show(pack, standing, EMERGENCY)
        assert isinstance(form, FormView)
        yield form
        [field] = form.fields
        right = case.answers.get(field.id)
        offers = sorted((value for value, _ in field.options), key=lambda value: value != right)
        picked = offers[min(pick, len(offers) - 1)]
        standing = practice.stands(pack, case, (*standing.chosen, picked))
    yield practice.show(pack, standing, EMERGENCY)


def fits(view: PageView | FormView) -> None:
    """Whether both take the screen as it is drawn."""
    shown = Shown(None, 0, view)
    refuse_bad_view(screens.draw(shown, TODAY), "modal")
    check_card(cards.draw(shown, TODAY))


def test_the_list_of_cases_fits_a_screen() -> None:
    fits(practice.cases_page((case for _, case in CASES), EMERGENCY))


@pytest.mark.parametrize("pick", [0, 1, 2])
@pytest.mark.parametrize(("name", "case"), CASES, ids=[case.id for _, case in CASES])
def test_every_screen_of_a_case_fits(name: str, case: Case, pick: int) -> None:
    for view in answered(name, case, pick):
        fits(view)
