"""The bot's own token for the Bot Connector: fetched in the background, kept until it is old."""

import time
from collections.abc import Callable

import aiohttp
import structlog
from pydantic_core import from_json

from bot.surfaces.teams.calls import NotReached, Refused
from bot.surfaces.teams.refreshing import NotFetched, Refresher
from bot.surfaces.teams.settings import TeamsSettings

log = structlog.get_logger(__name__)

SCOPE = "https://api.botframework.com/.default"
SHARE_OF_LIFE = 0.8
MARGIN_SECONDS = 60.0
LONGEST_LIFE = 24 * 60 * 60.0
LEAST_APART = 2.0
MOST_BYTES = 64 * 1024


class Credentials:
    """Proves to the Bot Connector who we are; with no app id, in development, nothing."""

    def __init__(
        self,
        session: Callable[[], aiohttp.ClientSession],
        teams: TeamsSettings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Fetch nothing yet."""
        self._session = session
        self._teams = teams
        self._clock = clock
        self._token = ""
        self._until = 0.0
        self._taken_at = -LEAST_APART
        self._refused = False
        self._asked_at = -LEAST_APART
        self._refresher = Refresher(self._fetch, "token")

    def start(self) -> None:
        """Begin to keep a token fresh."""
        if self._teams.app_id:
            self._refresher.start()

    async def close(self) -> None:
        """Stop."""
        await self._refresher.close()

    async def headers(self) -> dict[str, str]:
        """What a call carries; raises `NotReached`, or `Refused` for wrong credentials."""
        if not self._teams.app_id:
            return {}
        if self._is_old() and self._clock() - self._asked_at >= LEAST_APART:
            self._asked_at = self._clock()
            await self._refresher.now()
        if not self._is_old():
            return {"Authorization": f"Bearer {self._token}"}
        if self._refused:
            raise Refused(401, "invalid_client")
        raise NotReached

    def renew(self) -> bool:
        """Take another token next time; False if there was none, or it was taken just now."""
        if not self._teams.app_id or self._clock() - self._taken_at < LEAST_APART:
            return False
        self._until = 0.0
        return True

    def _is_old(self) -> bool:
        return self._until <= self._clock()

    async def _fetch(self) -> float:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._teams.app_id or "",
            "client_secret": self._teams.app_password or "",
            "scope": SCOPE,
        }
        address = self._teams.token_url
        async with self._session().post(address, data=form, allow_redirects=False) as answer:
            status, text = answer.status, await answer.content.read(MOST_BYTES)
        self._refused = status in (400, 401)
        if self._refused:
            log.error("teams.credentials_refused", remedy="Renew MICROSOFT_APP_PASSWORD.")
        if status != 200:
            raise NotFetched
        self._token, seconds = _token(text)
        self._taken_at = self._clock()
        self._until = self._clock() + max(seconds - MARGIN_SECONDS, seconds / 2)
        return seconds * SHARE_OF_LIFE


def _token(text: bytes) -> tuple[str, float]:
    try:
        found = from_json(text)
    except ValueError:
        raise NotFetched from None
    match found:
        case {"access_token": str(token), "expires_in": int() | float() | str() as seconds}:
            pass
        case _:
            raise NotFetched
    try:
        lasts = float(seconds)
    except ValueError:
        raise NotFetched from None
    if not token.isascii() or not token.isprintable() or not lasts >= 1:
        raise NotFetched
    return token, min(lasts, LONGEST_LIFE)
