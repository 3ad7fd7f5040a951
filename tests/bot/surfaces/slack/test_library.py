"""Every page of every policy, drawn in Slack within its limits."""

from datetime import date
from typing import get_args

import pytest

from bot.conversation import Shown
from bot.surfaces.slack.screens import draw
from dialogs.topics import Reader
from policies.library import Library
from policies.model import Pack
from policies.parts import Topic
from tests.fakes.slack.surfaces import refuse_bad_view

TODAY = date(2026, 11, 22)
SHELF = tuple(edition.pack for edition in Library.read().newest())


@pytest.mark.parametrize("pack", SHELF, ids=lambda pack: pack.id)
def test_every_page_of_a_policy_fits_a_modal(pack: Pack) -> None:
    reader = Reader(pack, SHELF, TODAY, "abcdefghijklmnop01234567")

    for page in (*map(reader.page, get_args(Topic)), reader.policies()):
        refuse_bad_view(draw(Shown(None, 0, page), TODAY), "modal")
