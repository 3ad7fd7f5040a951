"""Every page of every policy, drawn in Teams with nothing cut."""

from datetime import date
from typing import get_args

import pytest

from bot.surfaces.teams.frame import CUT, card
from bot.surfaces.teams.page_cards import page_screen
from dialogs.topics import Reader
from policies.library import Library
from policies.model import Pack
from policies.parts import Topic

TODAY = date(2026, 11, 22)
SHELF = tuple(edition.pack for edition in Library.read().newest())


@pytest.mark.parametrize("pack", SHELF, ids=lambda pack: pack.id)
def test_every_page_of_a_policy_fits_a_card_whole(pack: Pack) -> None:
    reader = Reader(pack, SHELF, TODAY, "abcdefghijklmnop01234567")

    for page in (*map(reader.page, get_args(Topic)), reader.policies()):
        assert CUT not in str(card(page_screen(page))), page.title
