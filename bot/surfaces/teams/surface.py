"""The Teams surface put together: the front door, botbuilder's pipeline behind it, the sender."""

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import web
from pydantic_core import to_json

from bot.outbox import Drawing
from bot.reception import Reception
from bot.register.references import References
from bot.sessions import Sessions
from bot.surfaces.bodies import Unreadable, json_object, raw_body
from bot.surfaces.teams import door
from bot.surfaces.teams.answers import NOT_SAVED, with_card
from bot.surfaces.teams.book import Book
from bot.surfaces.teams.cards import told
from bot.surfaces.teams.chats import Chats
from bot.surfaces.teams.connector import Connector
from bot.surfaces.teams.credentials import Credentials
from bot.surfaces.teams.directory import TeamsDirectory
from bot.surfaces.teams.payloads import Asked, Malformed, Pressed, Received, read
from bot.surfaces.teams.place import place_of
from bot.surfaces.teams.pool import Pool
from bot.surfaces.teams.sender import TeamsSender
from bot.surfaces.teams.settings import TeamsSettings
from bot.surfaces.teams.signing_keys import SigningKeys
from bot.surfaces.teams.tokens import Claims, NotAuthentic, Tokens
from bot.surfaces.telling import Marks, Telling

if TYPE_CHECKING:
    from bot.surfaces.teams.adapter import TeamsAdapter
    from bot.surfaces.teams.handler import CheckHandler

PATH = "/api/messages"
MESSAGE_SECONDS = 14.0
WENT_WRONG = "Something went wrong on our side, reference {reference}. Nothing is lost."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Stores:
    """What the surface keeps things in."""

    references: References
    sessions: Sessions


class TeamsSurface:
    """Everything that this process does with Teams."""

    def __init__(self, reception: Reception, stores: Stores, teams: TeamsSettings) -> None:
        """Connect to nothing yet."""
        self._reception = reception
        self._teams = teams
        self._pool, self._key_pool = Pool(), Pool()
        self._credentials = Credentials(self._key_pool.session, teams)
        self._connector = Connector(self._pool, self._credentials, teams.hosts)
        self._keys = SigningKeys(self._key_pool.session, teams.metadata_url)
        self._tokens = Tokens(self._keys, teams.app_id) if teams.app_id else None
        keyring, today = reception.conversation.keyring, reception.conversation.shelf.today
        self._book = Book(stores.references, keyring, teams.hosts, today)
        self._chats = Chats(stores.sessions, keyring)
        self._bot: tuple[TeamsAdapter, CheckHandler] | None = None

    async def start(self) -> None:
        """Begin to keep keys and token fresh, and load what a first request would wait for."""
        if self._tokens is not None:
            self._keys.start()
            self._credentials.start()
            self._bot = self._load()

    def sender(self, marks: Marks, drawings: Mapping[str, Drawing]) -> TeamsSender:
        """Sends the outbox's rows; `marks` finds the register mark of a summary."""
        return TeamsSender(
            connector=self._connector,
            book=self._book,
            telling=Telling(self._reception.conversation, marks, drawings),
            bot=f"28:{self._teams.app_id}",
        )

    def directory(self) -> TeamsDirectory:
        """Who is in which channel."""
        channels = (self._teams.summary_channel, self._teams.adviser_channel)
        return TeamsDirectory(self._connector, self._book, channels)

    async def close(self) -> None:
        """Finish what is being kept, and let go of the connections."""
        await self._book.close()
        await self._keys.close()
        await self._credentials.close()
        await self._pool.close()
        await self._key_pool.close()

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one request."""
        body = await raw_body(request, door.JSON)
        try:
            claims = await self._claims(request)
            received = read(json_object(body))
            door.check(received, claims, self._teams.hosts, self._teams.tenants)
        except NotAuthentic as problem:
            log.warning("teams.token_refused", why=str(problem))
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        except (Unreadable, Malformed) as problem:
            log.warning("teams.request_unreadable", why=str(problem))
            return web.Response(status=400)
        except door.NotAllowed as problem:
            log.warning("teams.request_refused", why=str(problem))
            return web.Response(status=403)
        self._book.see(received)
        return await self._answered(received) if isinstance(received, Asked) else web.Response()

    async def _claims(self, request: web.Request) -> Claims | None:
        if self._tokens is not None:
            return await self._tokens.validated(request.headers.get("Authorization"))
        if "Origin" in request.headers:
            # Without tokens a page in a browser could speak for somebody.
            raise door.NotAllowed("it comes from a browser")
        return None

    async def _answered(self, asked: Asked) -> web.Response:
        """Answer in time, or say how to go on."""
        pressed = isinstance(asked, Pressed)
        try:
            async with asyncio.timeout(self._teams.answer_seconds if pressed else MESSAGE_SECONDS):
                adapter, handler = await self._loaded()
                found = await adapter.process(asked, handler.on_turn)
        except TimeoutError:
            log.warning("teams.answer_late")
            found = _again(asked, NOT_SAVED)
        except Exception:
            # The last resort: whatever broke, the practitioner is told.
            reference = secrets.token_hex(4)
            log.exception("teams.request_failed", reference=reference)
            found = _again(asked, WENT_WRONG.format(reference=reference))
        if not pressed:
            return web.Response()
        return web.Response(body=to_json(found), content_type=door.JSON)

    async def _loaded(self) -> "tuple[TeamsAdapter, CheckHandler]":
        if self._bot is None:
            # In development it waits for its first use, beside the loop: it takes most of a
            # second, and whatever else is under way has deadlines to meet.
            self._bot = await asyncio.to_thread(self._load)
        return self._bot

    def _load(self) -> "tuple[TeamsAdapter, CheckHandler]":
        from bot.surfaces.teams.adapter import TeamsAdapter  # noqa: PLC0415
        from bot.surfaces.teams.handler import CheckHandler  # noqa: PLC0415

        handler = CheckHandler(self._reception, self._chats, self._book, self._teams.app_id)
        return TeamsAdapter(self._connector), handler


def _again(asked: Received, text: str) -> dict[str, Any] | None:
    """A card that leads back to the check, in the place of an answer that did not come."""
    if not isinstance(asked, Pressed):
        return None
    return with_card(told(text, again=place_of(asked.data).check or None))


def attach(
    application: web.Application, reception: Reception, stores: Stores, teams: TeamsSettings
) -> TeamsSurface:
    """Take Teams' requests at `/api/messages` of this application."""
    surface = TeamsSurface(reception, stores, teams)
    application.router.add_post(PATH, surface.receive)
    return surface
