"""Somebody at a browser without script, on a real server."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from aiohttp import ClientSession, CookieJar, web

from bot.conversation import Conversation
from bot.reception import Reception, Room
from bot.surfaces.web import Panel, attach
from tests.bot.surfaces.web.page import Page
from tests.bot.world import World

Sent = Mapping[str, Sequence[str]]


@dataclass
class Visitor:
    """A browser of its own, with its own cookie."""

    url: str
    session: ClientSession
    pages: list[Page] = field(default_factory=list)

    async def open(self, address: str = "/") -> Page:
        """Go to an address."""
        async with self.session.get(self.url + address) as response:
            text = await response.text()
            return self._seen(Page.read(response.status, response.url.path_qs, text))

    async def send(self, form: Sent) -> Page:
        """Send a form as a browser does from our own page, and follow where it leads."""
        pairs = [(name, value) for name, values in form.items() for value in values]
        headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
        async with self.session.post(self.url, data=pairs, headers=headers) as response:
            text = await response.text()
            return self._seen(Page.read(response.status, response.url.path_qs, text))

    async def press(self, page: Page, verb: str, **changes: Sequence[str]) -> Page:
        """Press a button, with some fields filled in first."""
        return await self.send({**page.form(verb), **changes})

    async def answer(self, *values: str) -> Page:
        """Begin a check, and answer the questions that come."""
        page = await self.open()
        for value in values:
            page = await self.press(page, "answer", **{page.question: [value]})
        return page

    async def advised(self, *values: str) -> Page:
        """From the beginning to the advice."""
        return await self.press(await self.answer(*values), "confirm")

    async def previewed(self, *values: str) -> Page:
        """From the beginning to the preview of a decision to share."""
        form = await self.press(await self.advised(*values), "decide")
        return await self.press(form, "decide", **DECISION)

    def _seen(self, page: Page) -> Page:
        self.pages.append(page)
        return page


DECISION = {"choice": ["share"], "kinds": ["concern"], "receiver": ["police"], "words": [""]}


@asynccontextmanager
async def served(
    conversation: Conversation, panel: Panel, rooms: Sequence[Room] = ()
) -> AsyncIterator[str]:
    """The surface on a free port."""
    application = web.Application()
    attach(application, Reception(conversation, rooms), panel)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def visiting(url: str) -> AsyncIterator[Visitor]:
    """A browser that has not been here before."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield Visitor(url, session)


@asynccontextmanager
async def posting(world: World) -> AsyncIterator[None]:
    """The outbox at work."""
    task = asyncio.create_task(world.outbox.run())
    try:
        yield
    finally:
        await world.outbox.close()
        with suppress(asyncio.CancelledError):
            await task
