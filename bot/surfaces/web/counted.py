"""The statistics on the web surface: each table, and the same as a drawing."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.checks.shelf import Shelf
from bot.conversation import Practitioner
from bot.register.database import RegisterUnavailable
from bot.statistics import NOTE, chart
from bot.surfaces.web.pages import Pages
from bot.surfaces.web.panel import Panel, look
from bot.surfaces.web.screens import EMERGENCY, Screen


@dataclass(frozen=True, slots=True)
class Counted:
    """Answers requests for the statistics, counted afresh each time."""

    shelf: Shelf
    pages: Pages
    panel: Panel

    async def page(self, _: web.Request, __: Practitioner) -> web.Response:
        """Every table with its drawing."""
        try:
            statistics = await self.panel.statistics(self.shelf.library)
            tables = tuple((table, chart(table)) for table in statistics.tables if table.cells)
        except RegisterUnavailable:
            tables = ()
        reads = (("tables", tables), ("note", NOTE))
        screen = Screen("statistics", "How Share Check is used", None, 0, EMERGENCY, reads=reads)
        drawn = self.pages.draw(screen, await look(self.panel))
        return web.Response(text=drawn, content_type="text/html")
