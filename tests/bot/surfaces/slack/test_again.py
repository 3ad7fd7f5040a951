"""Screens that are drawn again and again look as if they were drawn anew."""

import json
from dataclasses import replace

import pytest

from bot.conversation import Shown
from bot.surfaces.slack.again import Screens
from bot.surfaces.slack.screens import draw
from dialogs.session import Stage
from dialogs.show import show
from tests.bot.surfaces.slack.packs import CHECK, TODAY, editions, session_at, telling_paths

EDITION = editions()[0]
PATH = max(telling_paths(EDITION), key=lambda path: len(path.answers))


def seen(stage: Stage = Stage.CHECKING, turn: int = 7, check: str | None = CHECK) -> Shown:
    return Shown(check, turn, show(EDITION.pack, session_at(EDITION, PATH, stage)))


def test_the_second_time_it_is_drawn_for_good() -> None:
    screens, shown = Screens(), seen()
    other = replace(shown, check="zyxwvutsrqponmlk76543210", turn=31)

    assert screens.drawn_before(shown, TODAY) is None
    for each in (shown, other, shown):
        drawn = screens.drawn_before(each, TODAY)
        assert drawn
        assert json.loads(drawn) == draw(each, TODAY)


def test_a_question_carries_the_turn_in_its_block_too() -> None:
    screens = Screens()
    view = show(EDITION.pack, session_at(EDITION, PATH, Stage.ASKING, again=list(PATH.answers)[1]))
    [*_, drawn] = [screens.drawn_before(Shown(CHECK, turn, view), TODAY) for turn in (3, 4, 5)]

    assert drawn
    assert json.loads(drawn) == draw(Shown(CHECK, 5, view), TODAY)


def test_what_differs_from_check_to_check_is_drawn_anew() -> None:
    screens = Screens()
    for shown in (seen(Stage.ADVISED), seen(check=None)):
        for _ in range(3):
            assert screens.drawn_before(shown, TODAY) is None


def test_views_that_are_met_once_are_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.surfaces.slack.again.MOST_MET", 1)
    monkeypatch.setattr("bot.surfaces.slack.again.MOST_DRAWN", 1)
    screens, first, second = Screens(), seen(), seen()

    met = (first, second, first, first, second, second, first)
    drawn = [screens.drawn_before(shown, TODAY) for shown in met]

    assert [each is not None for each in drawn] == [False, False, False, True, False, True, False]
    assert screens.drawn_before(first, TODAY)
