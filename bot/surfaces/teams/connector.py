"""The Bot Connector's REST API as this surface calls it: one try, a deadline, a named outcome."""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import quote

import aiohttp
from pydantic_core import from_json, to_json

from bot.surfaces.teams.calls import NotReached, Place, Refused, TooFast, Unanswered
from bot.surfaces.teams.credentials import Credentials
from bot.surfaces.teams.hosts import Hosts
from bot.surfaces.teams.pool import SECONDS, Pool

Json: TypeAlias = dict[str, Any]
Answer: TypeAlias = tuple[int, Json, str]
"""A status, a body, and how long to wait before the next call."""

MOST_BYTES = 4 * 1024 * 1024
SHORTEST_WAIT, LONGEST_WAIT = 1.0, 300.0
PAGES, PAGE = 40, 500
CODE = re.compile(r"[A-Za-z]{1,80}")
HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}


class Connector:
    """Calls to addresses on the list only."""

    def __init__(self, pool: Pool, credentials: Credentials, hosts: Hosts) -> None:
        """Connect to nothing yet."""
        self._pool = pool
        self._credentials = credentials
        self._hosts = hosts

    async def post(self, place: Place, activity: Json) -> str:
        """Put an activity into a conversation; its id."""
        answer = await self._call("POST", place.service_url, _activities(place), activity)
        return str(answer.get("id", ""))

    async def put(self, place: Place, activity_id: str, activity: Json) -> None:
        """Put an activity into the place of an earlier one."""
        path = f"{_activities(place)}/{_quoted(activity_id)}"
        await self._call("PUT", place.service_url, path, activity)

    async def open_chat(self, service_url: str, tenant: str, bot: str, person: str) -> str:
        """The conversation with one person; the same one each time."""
        asked = {
            "isGroup": False,
            "bot": {"id": bot},
            "members": [{"id": person}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        answer = await self._call("POST", service_url, "v3/conversations", asked)
        found = answer.get("id")
        if not isinstance(found, str) or not found:
            raise Unanswered
        return found

    async def members(self, place: Place) -> AsyncIterator[Json]:
        """Everybody in a conversation, or in the team that a channel belongs to."""
        path, token = f"v3/conversations/{_quoted(place.conversation)}/pagedmembers", ""
        for _ in range(PAGES):
            query = f"?pageSize={PAGE}" + (f"&continuationToken={_quoted(token)}" if token else "")
            page = await self._call("GET", place.service_url, path + query)
            for member in page.get("members", ()):
                if isinstance(member, dict):
                    yield member
            token = str(page.get("continuationToken") or "")
            if not token:
                return

    async def _call(
        self, method: str, service_url: str, path: str, body: Json | None = None
    ) -> Json:
        """What is answered; raises `NotReached`, `Unanswered`, `TooFast` or `Refused`."""
        if not self._hosts.allow(service_url):
            raise Refused(403, "AddressNotOnTheList")
        url = f"{service_url.rstrip('/')}/{path}"
        data = to_json(body) if body is not None else None
        status, found, waits = await self._tried(method, url, data)
        if status == 401 and self._credentials.renew():
            # Nothing was done, and the token may only have been withdrawn.
            status, found, waits = await self._tried(method, url, data)
        if 200 <= status < 300:
            return found
        raise _failure(status, found, waits)

    async def _tried(self, method: str, url: str, data: bytes | None) -> Answer:
        headers = {**HEADERS, **await self._credentials.headers()}
        try:
            async with asyncio.timeout(SECONDS):
                return await self._answer(method, url, data, headers)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise NotReached from None
        except (TimeoutError, aiohttp.ClientError, OSError):
            raise Unanswered from None

    async def _answer(
        self, method: str, url: str, data: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        async with self._pool.session().request(
            method, url, data=data, headers=headers, allow_redirects=False
        ) as answer:
            text = await answer.read()
            return answer.status, _object(text), answer.headers.get("Retry-After", "")


def jittered(seconds: float) -> float:
    """A wait that differs from everybody else's."""
    return seconds * random.uniform(1.0, 1.5)  # noqa: S311


def _failure(status: int, found: Json, waits: str) -> Exception:
    if status == 429:
        asked = float(waits) if waits.isascii() and waits.isdigit() else SHORTEST_WAIT
        return TooFast(min(max(asked, SHORTEST_WAIT), LONGEST_WAIT))
    if status == 412:
        return TooFast(SHORTEST_WAIT)
    if status == 408 or status >= 500 or status < 400:
        return Unanswered()
    error = found.get("error")
    code = str(error.get("code", "")) if isinstance(error, dict) else ""
    return Refused(status, code if CODE.fullmatch(code) else "")


def _object(text: bytes) -> Json:
    try:
        found = from_json(text) if len(text) <= MOST_BYTES else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _activities(place: Place) -> str:
    return f"v3/conversations/{_quoted(place.conversation)}/activities"


def _quoted(name: str) -> str:
    return quote(name, safe="")
