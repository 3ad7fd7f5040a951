"""Whether a bearer token is Microsoft's word that an activity comes from Teams, for this bot.

Nothing is read from the request's body before this is settled. The algorithm is ours to choose,
not the token's: RS256, with a key that Microsoft published and endorsed for the channel.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt

from bot.surfaces.teams.signing_keys import SigningKeys

ISSUER = "https://api.botframework.com"
CLOCKS_APART = 300
LONGEST = 7_000
MOST_KEPT = 2_048


class NotAuthentic(Exception):
    """The token does not prove what it should; the text says which part, and quotes nothing."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says once its signature holds."""

    service_url: str
    endorsements: frozenset[str]
    key_id: str
    expires: float


class Tokens:
    """Validates tokens, and remembers for a while which ones held."""

    def __init__(
        self, keys: SigningKeys, app_id: str, now: Callable[[], float] = time.time
    ) -> None:
        """Take tokens for this bot only."""
        self._keys = keys
        self._app_id = app_id
        self._now = now
        self._held: OrderedDict[bytes, Claims] = OrderedDict()

    async def validated(self, authorization: str | None) -> Claims:
        """The claims of a valid token; raises `NotAuthentic`."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.isascii() or not 0 < len(token) <= LONGEST:
            raise NotAuthentic("no bearer token")
        digest = hashlib.sha256(token.encode()).digest()
        return self._remembered(digest) or await self._validated(digest, token)

    def _remembered(self, digest: bytes) -> Claims | None:
        claims = self._held.get(digest)
        if claims is None:
            return None
        if claims.expires <= self._now() or self._keys.known(claims.key_id) is None:
            del self._held[digest]
            return None
        self._held.move_to_end(digest)
        return claims

    async def _validated(self, digest: bytes, token: str) -> Claims:
        key_id = _key_id(token)
        key = await self._keys.find(key_id)
        if key is None:
            raise NotAuthentic("signed with an unknown key")
        try:
            body: dict[str, Any] = jwt.decode(
                token,
                key.public,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=ISSUER,
                leeway=CLOCKS_APART,
                options={"require": ["exp", "nbf", "iss", "aud"]},
            )
            expires = float(body["exp"])
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            # Its text may quote the token.
            raise NotAuthentic(type(error).__name__) from None
        service_url = body.get("serviceurl", body.get("serviceUrl"))
        if not isinstance(service_url, str) or not service_url:
            raise NotAuthentic("no serviceurl claim")
        claims = Claims(service_url, key.endorsements, key_id, expires)
        self._held[digest] = claims
        if len(self._held) > MOST_KEPT:
            self._held.popitem(last=False)
        return claims


def _key_id(token: str) -> str:
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise NotAuthentic("not a token") from None
    key_id = header.get("kid")
    if header.get("alg") != "RS256" or not isinstance(key_id, str) or not 0 < len(key_id) <= 255:
        raise NotAuthentic("another algorithm, or no key named")
    return key_id
