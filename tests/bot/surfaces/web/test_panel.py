"""The panel waits a moment for a summary, and no longer."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.panel import EntryLine, PostedSummary
from bot.statistics import Statistics
from bot.surfaces.web.panel import LOOKS, PAUSE, look_after
from dialogs.pages import PageView
from dialogs.views import DoneView
from policies.library import Library

REFERENCE = "SC-1"


@dataclass
class Slow:
    """A channel whose newest summary arrives at the third look."""

    earlier: PostedSummary | None
    later: PostedSummary
    looks: int = 0
    stuck: str = ""

    async def summaries(self) -> Sequence[PostedSummary]:
        self.looks += 1
        newest = self.later if self.looks > 2 else self.earlier
        return (newest,) if newest else ()

    async def statistics(self, library: Library) -> Statistics:
        raise NotImplementedError

    async def held(self, check: str) -> str:
        assert check == "check"
        return self.stuck

    async def entries(self) -> Sequence[EntryLine]:
        return ()

    async def advisers(self) -> Sequence[PageView]:
        return ()

    async def owes(self) -> bool:
        return False


def summary(decision: str, reference: str = REFERENCE) -> PostedSummary:
    return PostedSummary(reference, "A title", (("Decision", decision), ("Register mark", "1-a")))


def done(decision: str | None, *, posted: bool = True) -> DoneView:
    return DoneView(REFERENCE, decision, posted, earlier_stands=False, next_step="")


async def test_the_panel_waits_for_a_new_summary() -> None:
    panel = Slow(None, summary("Share"))

    beside = await look_after(panel, "check", done("Share"))

    assert beside.summaries == (summary("Share"),)


async def test_the_panel_waits_for_an_edited_summary() -> None:
    panel = Slow(summary("Not recorded yet"), summary("Share (departs from the advice)"))

    beside = await look_after(panel, "check", done("Share"))

    assert beside.summaries == (panel.later,)


async def test_the_panel_does_not_wait_for_nothing() -> None:
    panel = Slow(None, summary("Share"))

    await look_after(panel, "check", done("Share", posted=False))

    assert panel.looks == 2


async def test_the_panel_gives_up_after_a_moment() -> None:
    started = time.monotonic()

    beside = await look_after(Slow(None, summary("Share", "SC-2")), "check", done("Share"))

    assert beside.summaries == (summary("Share", "SC-2"),)
    assert time.monotonic() - started < LOOKS * PAUSE * 3


async def test_the_panel_says_at_once_what_does_not_go_out() -> None:
    panel = Slow(None, summary("Share", "SC-2"), stuck="It is not there.")

    beside = await look_after(panel, "check", done("Share"))

    assert beside.held == "It is not there."
    assert panel.looks == 2
