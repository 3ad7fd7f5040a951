"""The web surface's requests: show where a check stands, take what was pressed, serve its files.

A turn that was taken is answered with a redirect to where the check stands, so that reloading a
page or going back never sends a form twice. A mistake is shown at once, because nothing keeps it.
The turn in the address is read by nobody: with one address for all, a browser would keep only the
first of a check's pages, and its own back button would leave the check.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import structlog
from aiohttp import web

from bot.conversation import Conversation, Practitioner, Shown
from bot.reception import Reception, Visit
from bot.surfaces.web.counted import Counted
from bot.surfaces.web.drawn import Drawn
from bot.surfaces.web.gate import (
    HEADERS,
    Malformed,
    check_host,
    check_origin,
    person_of,
    read_form,
    remember,
)
from bot.surfaces.web.pages import Pages
from bot.surfaces.web.panel import Panel, look, look_after, look_soon
from bot.surfaces.web.read import CHECK, Submitted, event_of, read, visited
from bot.surfaces.web.screens import screen_of
from bot.surfaces.web.static_files import StaticFile, static_files
from dialogs.events import Deleted
from dialogs.views import DoneView, TryAgainView

log = structlog.get_logger(__name__)

A_YEAR = 31_536_000
Answer: TypeAlias = Callable[[web.Request, Practitioner], Awaitable[web.Response]]


def attach(application: web.Application, reception: Reception, panel: Panel) -> None:
    """Add the pages and their files to the application."""
    static = static_files()
    pages = Pages(static, reception.commands())
    surface = WebSurface(reception, panel, pages, static)
    application.router.add_get("/", surface.get)
    application.router.add_post("/", surface.post)
    application.router.add_get("/static/{name}", surface.file)
    drawn = Drawn(reception.conversation.shelf, pages, panel)
    for address, answer in (
        ("/statistics", Counted(reception.conversation.shelf, pages, panel).page),
        ("/packs", drawn.index),
        ("/packs/{name}.svg", drawn.drawing),
        ("/packs/{name}", drawn.pack),
        ("/packs/{name}/storyboard", drawn.storyboard),
    ):
        application.router.add_get(address, partial(surface.answered, answer=answer))


@dataclass(frozen=True, slots=True)
class WebSurface:
    """Answers requests by asking the conversation."""

    reception: Reception
    panel: Panel
    pages: Pages
    static: Mapping[str, StaticFile]

    @property
    def conversation(self) -> Conversation:
        """The checks."""
        return self.reception.conversation

    async def get(self, request: web.Request) -> web.Response:
        """A new check, or where the one named by the address stands."""
        return await self.answered(request, self._show)

    async def post(self, request: web.Request) -> web.Response:
        """Take what was pressed."""
        return await self.answered(request, self._take)

    async def file(self, request: web.Request) -> web.Response:
        """A stylesheet or the icon."""
        found = self.static.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound(text="There is no such file.")
        keep = f"public, max-age={A_YEAR}, immutable"
        charset = "utf-8"
        response = web.Response(
            body=found.content, content_type=found.content_type, charset=charset
        )
        response.headers.update({**HEADERS, "Cache-Control": keep})
        return response

    async def answered(self, request: web.Request, answer: Answer) -> web.Response:
        """What one request comes to, whatever happens; never a fault of ours for the caller's."""
        person = person_of(request)
        try:
            check_host(request)
            response = await answer(request, Practitioner("web", "development", person))
            remember(response, person)
        except web.HTTPException as refused:
            response = self._refused(refused.status, refused.text or refused.reason)
        except Malformed:
            response = self._refused(400, "We could not read what was sent.")
        except Exception:
            # The last resort of this surface: whatever broke, say what to do and how to name it.
            reference = secrets.token_hex(4)
            log.exception("web.request_failed", reference=reference)
            response = self._failed(reference)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    async def _show(self, request: web.Request, who: Practitioner) -> web.Response:
        check = request.query.get("check")
        if check is None:
            opened = await self.reception.open(who, request.query.get("open", ""))
            return await self._page(opened)
        if not CHECK.fullmatch(check):
            raise Malformed("No such check.")
        return await self._page(await self.conversation.resume(who, check))

    async def _take(self, request: web.Request, who: Practitioner) -> web.Response:
        check_origin(request)
        fields = await read_form(request)
        if fields.get("verb") == ("restart",):
            return _see("/")
        if way := visited(fields):
            return await self._visited(who, *way)
        submitted = read(fields)
        match submitted.verb:
            case "resume":
                return _see(f"/?check={submitted.check}")
            case "delete":
                return await self._delete(submitted, who)
            case _:
                return await self._turn(submitted, who)

    async def _visited(self, who: Practitioner, room: str, visit: Visit) -> web.Response:
        shown = await self.reception.visit(who, room, visit)
        if shown.check is not None and shown.turn:
            return _see(f"/?check={shown.check}&turn={shown.turn}")
        return await self._page(shown, visited=True)

    async def _turn(self, submitted: Submitted, who: Practitioner) -> web.Response:
        event = event_of(submitted)
        shown = await self.conversation.take(who, submitted.check, event)
        if shown.check is not None and shown.turn != submitted.turn:
            return _see(f"/?check={shown.check}&turn={shown.turn}")
        return await self._page(shown, submitted)

    async def _delete(self, submitted: Submitted, who: Practitioner) -> web.Response:
        """Delete an open check; the screen that lists it does not know its turn."""
        shown = await self.conversation.resume(who, submitted.check)
        if shown.check is not None and not isinstance(shown.view, TryAgainView):
            shown = await self.conversation.take(who, shown.check, Deleted(shown.turn))
        return await self._page(shown, submitted)

    async def _page(
        self, shown: Shown, submitted: Submitted | None = None, *, visited: bool = False
    ) -> web.Response:
        again = submitted if isinstance(shown.view, TryAgainView) else None
        done = shown.view if isinstance(shown.view, DoneView) else None
        check, looking = shown.check or "", look_soon if visited else look
        beside = await (look_after(self.panel, check, done) if done else looking(self.panel))
        page = self.pages.draw(screen_of(shown), beside, again)
        return web.Response(text=page, content_type="text/html")

    def _refused(self, status: int, words: str) -> web.Response:
        page = self.pages.refused(words)
        return web.Response(status=status, text=page, content_type="text/html")

    def _failed(self, reference: str) -> web.Response:
        page = self.pages.failed(reference)
        return web.Response(status=500, text=page, content_type="text/html")


def _see(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address})
