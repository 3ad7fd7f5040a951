"""The keys that Microsoft signs with: fetched in the background, and again for an unknown one.

Keys roll over without notice. A token that names a key we do not know is reason to look again,
but a stranger can name as many as they like, so we look at most once a minute.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK
from jwt.exceptions import PyJWTError
from pydantic_core import from_json

from bot.surfaces.teams.refreshing import NotFetched, Refresher

REFRESH_SECONDS = 60 * 60.0
LEAST_APART = 60.0
MOST_BYTES = 512 * 1024
MOST_KEYS = 200
SHORTEST_KEY = 2048


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key, and the channels that it may speak for."""

    public: RSAPublicKey
    endorsements: frozenset[str]


class SigningKeys:
    """The keys by their ids, as the metadata document last gave them."""

    def __init__(
        self,
        session: Callable[[], aiohttp.ClientSession],
        metadata_url: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Fetch nothing yet."""
        self._session = session
        self._metadata_url = metadata_url
        self._clock = clock
        self._keys: Mapping[str, SigningKey] = {}
        self._asked_at = -LEAST_APART
        self._refresher = Refresher(self._fetch, "signing_keys")

    def start(self) -> None:
        """Begin to keep the keys fresh."""
        self._refresher.start()

    async def close(self) -> None:
        """Stop."""
        await self._refresher.close()

    def known(self, key_id: str) -> SigningKey | None:
        """A key that we have."""
        return self._keys.get(key_id)

    async def find(self, key_id: str) -> SigningKey | None:
        """A key; for one that we do not have, look again, unless that was done just now."""
        found = self._keys.get(key_id)
        if found is None:
            # Just after the start, or in the middle of a refresh: what is being fetched may do.
            await self._refresher.under_way()
            found = self._keys.get(key_id)
        if found is None and self._clock() - self._asked_at >= LEAST_APART:
            self._asked_at = self._clock()
            await self._refresher.now()
            found = self._keys.get(key_id)
        return found

    async def _fetch(self) -> float:
        metadata = await self._document(self._metadata_url)
        address = metadata.get("jwks_uri")
        if not isinstance(address, str) or not _as_private(address, self._metadata_url):
            raise NotFetched
        listed = (await self._document(address)).get("keys")
        if not isinstance(listed, list):
            raise NotFetched
        keys = dict(key for each in listed[:MOST_KEYS] if (key := _key(each)))
        if not keys:
            raise NotFetched
        self._keys = keys
        return REFRESH_SECONDS

    async def _document(self, address: str) -> dict[str, Any]:
        async with self._session().get(address, allow_redirects=False) as answer:
            text = await answer.content.read(MOST_BYTES)
            while answer.status == 200 and len(text) < MOST_BYTES and not answer.content.at_eof():
                text += await answer.content.read(MOST_BYTES)
        if answer.status != 200 or len(text) >= MOST_BYTES:
            raise NotFetched
        try:
            document = from_json(text)
        except ValueError:
            raise NotFetched from None
        if not isinstance(document, dict):
            raise NotFetched
        return document


def _as_private(address: str, metadata_url: str) -> bool:
    """Whether the keys come by a way that is as good as the one of the metadata."""
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return False
    return scheme == "https" or scheme == urlsplit(metadata_url).scheme


def _key(listed: Any) -> tuple[str, SigningKey] | None:
    """A usable key with its id: RSA, long enough, and endorsed for at least one channel."""
    match listed:
        case {"kid": str(key_id), "kty": "RSA", "endorsements": list(endorsed)}:
            pass
        case _:
            return None
    try:
        public = PyJWK({**listed, "alg": "RS256"}).key
    except (PyJWTError, ValueError, TypeError):
        return None
    if not isinstance(public, RSAPublicKey) or public.key_size < SHORTEST_KEY:
        return None
    return key_id, SigningKey(
        public, frozenset(each for each in endorsed if isinstance(each, str))
    )
