"""What stands beside a check: the channel's summaries and the register, as they are just now."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from bot.panel import EntryLine, PostedSummary
from bot.register.database import RegisterUnavailable
from bot.statistics import Statistics
from dialogs.pages import PageView
from dialogs.views import DoneView
from policies.library import Library

LOOKS = 20
PAUSE = 0.05
"""A summary is posted a moment after the decision is recorded: wait for it, but not for long."""


class Panel(Protocol):
    """Reads the channel and the register; either may raise `RegisterUnavailable`."""

    async def summaries(self) -> Sequence[PostedSummary] | None:
        """The summaries in the channel, newest first; None when they cannot be read."""

    async def held(self, check: str) -> str:
        """What is to be said about the summary of a check that does not go out."""

    async def entries(self) -> Sequence[EntryLine] | None:
        """The entries of the register, newest first; None when they cannot be read."""

    async def advisers(self) -> Sequence[PageView]:
        """What stands in the advisers' room, newest first."""

    async def statistics(self, library: Library) -> Statistics:
        """How often what was advised and decided, with small numbers hidden."""

    async def owes(self) -> bool:
        """Whether something is still on its way to the channel or to the advisers' room."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the panel shows; None stands for what does not answer just now."""

    summaries: Sequence[PostedSummary] | None
    entries: Sequence[EntryLine] | None
    advisers: Sequence[PageView] | None
    held: str = ""


async def look(panel: Panel) -> Beside:
    """Read the panel as it is."""
    return Beside(await _summaries(panel), await _entries(panel), await _advisers(panel))


async def look_soon(panel: Panel) -> Beside:
    """Read the panel when what is on its way to it has had a moment to arrive."""
    with suppress(RegisterUnavailable):
        for _ in range(LOOKS):
            if not await panel.owes():
                break
            await asyncio.sleep(PAUSE)
    return await look(panel)


async def look_after(panel: Panel, check: str, done: DoneView) -> Beside:
    """Read the panel at the end of a check, when its summary has had a moment to arrive."""
    held = ""
    for _ in range(LOOKS):
        summaries = await _summaries(panel)
        if not done.posted or summaries is None or any(_tells(done, s) for s in summaries):
            break
        if held := await _held(panel, check):
            break
        await asyncio.sleep(PAUSE)
    return replace(await look(panel), held=held)


def _tells(done: DoneView, summary: PostedSummary) -> bool:
    """Whether a summary is this check's, with the decision that was just recorded."""
    if summary.reference != done.reference:
        return False
    values = (value for _, value in summary.lines)
    return done.decision is None or any(value.startswith(done.decision) for value in values)


async def _summaries(panel: Panel) -> Sequence[PostedSummary] | None:
    try:
        return await panel.summaries()
    except RegisterUnavailable:
        return None


async def _held(panel: Panel, check: str) -> str:
    try:
        return await panel.held(check)
    except RegisterUnavailable:
        return ""


async def _entries(panel: Panel) -> Sequence[EntryLine] | None:
    try:
        return await panel.entries()
    except RegisterUnavailable:
        return None


async def _advisers(panel: Panel) -> Sequence[PageView] | None:
    try:
        return await panel.advisers()
    except RegisterUnavailable:
        return None
