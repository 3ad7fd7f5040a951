"""Remembers what a chat was last offered in words, for people who type their answers."""

from contextlib import suppress

from pydantic import ValidationError

from bot.conversation import Practitioner
from bot.keys import Keyring
from bot.sessions import Gone, Sessions, Unavailable
from bot.surfaces.teams.offers import Offer

CHAT = "chat"
"""In the place of a check's id, none of which looks like it."""


class Chats:
    """Offers, in Redis beside the practitioner's checks and for as long."""

    def __init__(self, sessions: Sessions, keyring: Keyring) -> None:
        """Connect to nothing yet."""
        self._sessions = sessions
        self._keyring = keyring

    async def offered(self, who: Practitioner) -> Offer | None:
        """What was last offered, if anything; raises `Unavailable`."""
        held = await self._sessions.load(self._owner(who), CHAT)
        try:
            return Offer.model_validate_json(held.value) if held else None
        except ValidationError:
            # Of another release.
            return None

    async def offer(self, who: Practitioner, offer: Offer) -> None:
        """Offer this from now on. Of two at the same moment, either may stand."""
        owner, value = self._owner(who), offer.model_dump_json(exclude_defaults=True).encode()
        with suppress(Gone, Unavailable):
            held = await self._sessions.load(owner, CHAT)
            before = held.turn if held else None
            turn = (held.turn if held else 0) + 1
            await self._sessions.save(owner, CHAT, expected=before, turn=turn, value=value)

    def _owner(self, who: Practitioner) -> tuple[str, ...]:
        return self._keyring.owners(who.surface, who.tenant, who.person)
