"""What is made from a code, one way only: ids, names under which drafts lie, and their keys."""

from __future__ import annotations

import hashlib
import secrets

from bot.keys import Unopenable, open_with, seal_with
from bot.sessions import Drafts
from dialogs.enquiry import codes
from dialogs.enquiry.states import Draft

DRAFT_SECONDS = 3_600


def new_token() -> str:
    """A code that nobody can guess."""
    return codes.token_of(secrets.randbits(codes.BITS))


def code_digest(token: str) -> bytes:
    """What is stored of a code: 130 random bits cannot be tried one by one."""
    return _digest("enquiry-code", token)


def id_of(token: str) -> str:
    """The id that advisers' buttons carry: made from the code, so that sending twice is one."""
    return _digest("enquiry-id", token).hex()[:32]


def message_of(token: str) -> str:
    """The id of the message that a draft becomes."""
    return _digest("enquiry-message", token).hex()[:32]


class DraftBox:
    """Keeps what was typed until it is sent: under a name and a key that only its screen has."""

    def __init__(self, drafts: Drafts) -> None:
        """Keep them here."""
        self._drafts = drafts

    async def put(self, draft: Draft, token: str) -> None:
        """Keep a draft for an hour; raises `Unavailable`."""
        name = _name(token)
        sealed = seal_with(_digest("draft-key", token), draft.model_dump_json().encode(), name)
        await self._drafts.put(name, sealed, DRAFT_SECONDS)

    async def get(self, owner: tuple[str, ...], token: str) -> Draft | None:
        """The draft, for whoever typed it; None when it is not kept, or not theirs."""
        if not codes.is_token(token):
            return None
        name = _name(token)
        sealed = await self._drafts.get(name)
        if sealed is None:
            return None
        try:
            opened = open_with(_digest("draft-key", token), sealed, name)
        except Unopenable:
            return None
        draft = Draft.model_validate_json(opened)
        return draft if draft.by in owner else None

    async def drop(self, token: str) -> None:
        """Forget a draft."""
        await self._drafts.drop(_name(token))


def _name(token: str) -> str:
    return _digest("draft-name", token).hex()[:32]


def _digest(end: str, token: str) -> bytes:
    return hashlib.sha256(f"share-check/{end}/1\n{token}".encode()).digest()
