"""The packs on the web surface: a list, each as a chart, and its storyboard to read and print."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from bot.checks.shelf import Shelf
from bot.conversation import Practitioner
from bot.printing import storyboards
from bot.printing.layout import GET_IT, NoLayout, svg
from bot.surfaces.web.pages import Pages
from bot.surfaces.web.panel import Panel, look
from bot.surfaces.web.screens import EMERGENCY, Screen
from policies.drawing import Chart, chart
from policies.library import Edition, UnknownPack
from policies.mermaid import mermaid
from policies.storyboard import storyboard

ALONE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
"""A drawing and a storyboard carry their style inside, and need nothing else."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Answers requests about the packs, as they are in force today."""

    shelf: Shelf
    pages: Pages
    panel: Panel
    _charts: dict[str, str] = field(default_factory=dict, init=False, repr=False)
    _drawing: asyncio.Lock = field(default_factory=asyncio.Lock, init=False, repr=False)

    async def index(self, _: web.Request, __: Practitioner) -> web.Response:
        """Every pack."""
        editions = (self.shelf.library.find(name, self.shelf.today()) for name in self._ids())
        return await self._page("packs", "The policies, drawn", editions=tuple(editions))

    async def pack(self, request: web.Request, _: Practitioner) -> web.Response:
        """One pack as a chart; as Mermaid text where nothing lays charts out."""
        edition = self._edition(request)
        drawn = chart(edition)
        missing = "" if await self._svg(drawn) else GET_IT
        text = mermaid(drawn) if missing else ""
        title = edition.pack.name
        return await self._page("pack", title, edition=edition, missing=missing, text=text)

    async def drawing(self, request: web.Request, _: Practitioner) -> web.Response:
        """The chart itself."""
        drawn = await self._svg(chart(self._edition(request)))
        if drawn is None:
            raise web.HTTPNotFound(text=GET_IT)
        return _alone(drawn, "image/svg+xml")

    async def storyboard(self, request: web.Request, _: Practitioner) -> web.Response:
        """Every screen on one page."""
        return _alone(storyboards.page(storyboard(self._edition(request))), "text/html")

    def _ids(self) -> list[str]:
        """The packs in force today."""
        today = self.shelf.today()
        found = {e.pack.id for e in self.shelf.library.editions if e.pack.version <= today}
        return sorted(found)

    def _edition(self, request: web.Request) -> Edition:
        try:
            return self.shelf.library.find(request.match_info["name"], self.shelf.today())
        except UnknownPack:
            there = ", ".join(self._ids())
            raise web.HTTPNotFound(text=f"There is no such pack; there are: {there}.") from None

    async def _svg(self, drawn: Chart) -> str | None:
        """The chart laid out, once for each digest; the first takes half a second."""
        async with self._drawing:
            if drawn.digest not in self._charts:
                try:
                    self._charts[drawn.digest] = await asyncio.to_thread(svg, drawn)
                except NoLayout:
                    return None
            return self._charts[drawn.digest]

    async def _page(self, name: str, title: str, **reads: object) -> web.Response:
        screen = Screen(name, title, None, 0, EMERGENCY, reads=tuple(reads.items()))
        page = self.pages.draw(screen, await look(self.panel))
        return web.Response(text=page, content_type="text/html")


def _alone(text: str, content_type: str) -> web.Response:
    response = web.Response(text=text, content_type=content_type)
    response.headers["Content-Security-Policy"] = ALONE
    return response
