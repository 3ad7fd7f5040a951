"""Installing the app in a workspace: off to Slack with a state, back with a code for a token.

The state is sealed, so that only we can have made it; it runs out; and it fits one browser only,
because it names a number that the browser keeps in a cookie. Somebody else's link ends nowhere.
"""

import base64
import binascii
import hmac
import secrets
import time
from dataclasses import dataclass
from html import escape
from typing import Protocol
from urllib.parse import urlencode

import structlog
from aiohttp import web

from bot.keys import Keyring, Unopenable
from bot.register.database import RegisterUnavailable
from bot.surfaces.slack.api import NotDone, Refused, SlackApi
from bot.surfaces.slack.scopes import SCOPES
from bot.surfaces.slack.settings import OAuth

log = structlog.get_logger(__name__)

COOKIE = "share_check_install"
VALID_SECONDS = 600
NAME = "slack-install"
REDIRECT = "/slack/oauth_redirect"
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
    "<body><h1>{title}</h1><p>{text}</p></body></html>"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Keeping(Protocol):
    """Where tokens are kept."""

    async def put(self, tenant: str, token: str) -> None:
        """Installed, now or again; raises `RegisterUnavailable`."""


@dataclass(frozen=True, slots=True)
class Installing:
    """The two ends of an installation."""

    oauth: OAuth
    api: SlackApi
    keyring: Keyring
    installed: Keeping

    async def begin(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Send the browser to Slack."""
        number = secrets.token_urlsafe(24)
        asked = {
            "client_id": self.oauth.client_id,
            "scope": ",".join(SCOPES),
            "redirect_uri": self._redirect_uri,
            "state": self._state(number),
        }
        answer = web.Response(status=302, headers=HEADERS)
        answer.headers["Location"] = f"{self.api.authorize_url}?{urlencode(asked)}"
        answer.set_cookie(
            COOKIE,
            number,
            max_age=VALID_SECONDS,
            path="/slack",
            httponly=True,
            secure=self.oauth.address.startswith("https://"),
            samesite="Lax",
        )
        return answer

    async def end(self, request: web.Request) -> web.Response:
        """Take the code that the browser brings back, and keep the token that it is worth."""
        if "error" in request.query:
            return _page(400, "Not installed", "Slack was told not to install Share Check.")
        code, state = request.query.get("code", ""), request.query.get("state", "")
        if not self._fits(state, request.cookies.get(COOKIE, "")):
            return _page(400, "Start again", "This link has run out, or belongs elsewhere.")
        try:
            answer = await self._exchanged(code)
        except (*NotDone, RegisterUnavailable) as problem:
            log.warning("slack.not_installed", why=type(problem).__name__)
            if isinstance(problem, Refused):
                return _page(400, "Start again", "Slack does not take this code any more.")
            return _page(503, "Not now", "Something we need does not answer. Try again later.")
        return answer

    async def _exchanged(self, code: str) -> web.Response:
        told = await self.api.exchanged(
            self.oauth.client_id, self.oauth.client_secret, code, self._redirect_uri
        )
        match told:
            case {
                "access_token": str(token),
                "is_enterprise_install": True,
                "enterprise": {"id": str(home)},
            } | {"access_token": str(token), "team": {"id": str(home)}}:
                await self.installed.put(home, token)
            case _:
                return _page(400, "Not installed", "Slack gave no token for a workspace.")
        said = "Open Slack, and type /share-check setup to choose a policy and a channel."
        answer = _page(200, "Share Check is installed", said)
        answer.del_cookie(COOKIE, path="/slack")
        return answer

    @property
    def _redirect_uri(self) -> str:
        return f"{self.oauth.address}{REDIRECT}"

    def _state(self, number: str) -> str:
        until = f"{int(time.time()) + VALID_SECONDS}:{number}"
        return base64.urlsafe_b64encode(self.keyring.seal(until.encode(), NAME)).decode()

    def _fits(self, state: str, number: str) -> bool:
        """Whether we made this state for the browser that brings it, and lately."""
        try:
            opened = self.keyring.open(base64.urlsafe_b64decode(state.encode()), NAME).decode()
        except (Unopenable, binascii.Error, UnicodeError):
            return False
        until, _, ours = opened.partition(":")
        return hmac.compare_digest(ours.encode(), number.encode()) and time.time() < int(until)


def _page(status: int, title: str, text: str) -> web.Response:
    shown = PAGE.format(title=escape(title), text=escape(text))
    return web.Response(status=status, text=shown, content_type="text/html", headers=HEADERS)
