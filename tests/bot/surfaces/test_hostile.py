"""Whatever a pack's texts try to be, every surface shows them as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.checks.shelf import Shelf, Shown
from bot.surfaces.slack.messages import message_of
from bot.surfaces.slack.screens import draw as draw_modal
from bot.surfaces.slack.screens import why_page
from bot.surfaces.teams.cards import draw as draw_card
from bot.surfaces.telling import AdviceTold
from bot.surfaces.terminal.draw import draw as draw_lines
from dialogs.session import Session, Stage
from dialogs.show import show
from dialogs.views import AdviceView, DangerView, QuestionView, View
from policies.library import Library
from policies.proof import Path
from tests.bot.surfaces.web.visitor import served, visiting
from tests.bot.world import World
from tests.fakes.slack.surfaces import refuse_bad_message, refuse_bad_view
from tests.fakes.teams.cards import check_card
from tests.hostile import HOSTILE, hostile, telling

TODAY = date(2026, 11, 22)
CHECK = "abcdefghijklmnop01234567"
EDITION = hostile()
PATHS = telling()


def views(path: Path) -> Iterator[View]:
    """Every question on the way, the answers in review, and the advice."""
    for question in path.answers:
        yield show(EDITION.pack, session(path, Stage.ASKING, again=question))
    for stage in (Stage.CHECKING, Stage.ADVISED):
        yield show(EDITION.pack, session(path, stage))


def session(path: Path, stage: Stage, **more: Any) -> Session:
    return Session(
        check=CHECK,
        pack=EDITION.pack.id,
        digest=EDITION.digest,
        turn=7,
        stage=stage,
        answers=path.answers,
        passed=path.passed,
        **more,
    )


def objects(shape: Any) -> Iterator[dict[str, Any]]:
    """Every dictionary within."""
    if isinstance(shape, dict):
        yield shape
        for held in shape.values():
            yield from objects(held)
    elif isinstance(shape, list):
        for held in shape:
            yield from objects(held)


def held_to_be_inert(shape: dict[str, Any]) -> int:
    """How often the text stands in plain text; marked text must hold nothing of it that acts."""
    found = 0
    for each in objects(shape):
        match each:
            case {"type": "plain_text", "text": str(text)}:
                found += HOSTILE[:75] in text
            case {"type": "mrkdwn", "text": str(text), "verbatim": verbatim}:
                assert verbatim is True
                assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", text)
                assert not re.search(r"[_~`]|(?<!^)(?<!\*\n)\*(?!\n|$)", text)
            case {"type": "mrkdwn"}:
                pytest.fail("Marked text that Slack would look through for links.")
    return found


def test_slack_makes_nothing_of_it_in_any_modal() -> None:
    for path in PATHS:
        for view in views(path):
            modal = draw_modal(Shown(CHECK, 7, view), TODAY)
            refuse_bad_view(modal, "modal")
            assert held_to_be_inert(modal) > 1
            if isinstance(view, DangerView | QuestionView):
                assert held_to_be_inert(why_page(view)) > 1


def test_slack_makes_nothing_of_it_in_a_message() -> None:
    for path in PATHS:
        view = show(EDITION.pack, session(path, Stage.ADVISED))
        assert isinstance(view, AdviceView)

        message = message_of(AdviceTold(CHECK, "SC-ABCD-EFGH", EDITION.pack, view.advice), TODAY)

        refuse_bad_message(message["text"], message["blocks"])
        assert HOSTILE not in message["text"]
        assert (message["mrkdwn"], message["parse"]) == (False, "none")
        assert held_to_be_inert({"blocks": message["blocks"]}) > 1


def test_teams_makes_nothing_of_it() -> None:
    for path in PATHS:
        for view in views(path):
            card = draw_card(Shown(CHECK, 7, view), TODAY)
            check_card(card)
            for each in objects(card):
                # A run of text is never formatted; a block of text is, unless it is escaped.
                if each.get("type") == "TextBlock":
                    assert not re.search(r"(?<!\\)[*_~`\[]", each["text"])


def test_the_terminal_prints_it_as_it_stands() -> None:
    for path in PATHS:
        for view in views(path):
            lines = list(draw_lines(view, TODAY))
            assert any(HOSTILE in line for line in lines)
            assert all(line.isprintable() for line in lines)


async def test_the_web_escapes_it(real: World) -> None:
    shelf = Shelf(Library((EDITION,)), EDITION.pack.id, (), lambda: TODAY)
    keeper = replace(real.conversation.keeper, digests=frozenset({EDITION.digest}))
    conversation = replace(real.conversation, shelf=shelf, keeper=keeper)

    async with served(conversation, real.panel) as url, visiting(url) as visitor:
        page = await visitor.open()
        pages = [page]
        for answer in ("no", "child"):
            page = await visitor.press(page, "answer", **{page.question: [answer]})
            pages.append(page)
        pages.append(await visitor.press(page, "confirm"))

    for shown in pages:
        assert " ".join(HOSTILE.split()) in shown.main.text
        assert not shown.main.every("b")
        assert shown.faults() == []
