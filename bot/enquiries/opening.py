"""Opens what is sealed of an enquiry, and seals what is new: words under one key, route under one.

What a row says is never trusted alone: each value is bound to the name it is stored under.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.enquiries.keys import EnquiryKeys
from bot.enquiries.store import EnquiryStore, Kept, Line
from bot.keys import Unopenable, open_with, seal_with
from bot.register.database import RegisterUnavailable
from dialogs.enquiry.states import Attached, Did, Enquiry, Message, Status, step


@dataclass(frozen=True, slots=True)
class Route:
    """Who asked and where a message reaches them, with the code that the message carries."""

    surface: str
    tenant: str
    person: str
    address: str
    token: str


@dataclass(frozen=True, slots=True)
class Opener:
    """Reads enquiries whole."""

    store: EnquiryStore
    keys: EnquiryKeys

    async def for_asker(self, kept: Kept) -> Enquiry:
        """Everything that was said; what waits for the next release counts as said."""
        lines = await self.store.lines(kept.id)
        waits = any(line.release_at is not None and line.place for line in lines)
        further = step(kept.status, Did.ASKED) if waits else None
        status = further.status if further else kept.status
        return await self._opened(kept, lines, status)

    async def for_advisers(self, kept: Kept, mark: str = "") -> Enquiry:
        """What advisers may see of it by now."""
        lines = tuple(line for line in await self.store.lines(kept.id) if line.release_at is None)
        return await self._opened(kept, lines, kept.status, mark)

    async def route(self, kept: Kept) -> Route | None:
        """Who asked; None when that is not kept."""
        key = await self._key(kept.route_key)
        if key is None or kept.route is None:
            return None
        return Route(**json.loads(open_sealed(key, kept.route, route_name(kept.id))))

    async def words_key(self, kept: Kept) -> bytes | None:
        """The key of the words; None when they are destroyed."""
        return await self._key(kept.words_key)

    async def _opened(
        self, kept: Kept, lines: tuple[Line, ...], status: Status, mark: str = ""
    ) -> Enquiry:
        key = await self._key(kept.words_key)
        said = tuple(_message(key, line) for line in lines) if key else ()
        return Enquiry(
            id=kept.id,
            name=kept.name,
            status=status,
            back="delivered" if kept.back == "delivered" else "code",
            messages=said,
            claimed=kept.claimed_by is not None,
            mine=bool(mark) and kept.claimed_by == mark,
        )

    async def _key(self, key_id: str | None) -> bytes | None:
        try:
            return await self.keys.get(key_id)
        except Unopenable:
            raise RegisterUnavailable("An enquiry's key opens with none of SECRET_KEYS.") from None


def sealed_message(key: bytes, line_id: str, message: Message) -> bytes:
    """What was said, sealed."""
    attached = message.attached
    value = {
        "words": message.words,
        "role": message.role,
        "policy": attached.policy if attached else None,
        "lines": attached.lines if attached else (),
    }
    return seal_with(key, json.dumps(value).encode(), _message_name(line_id))


def sealed_route(key: bytes, enquiry: str, route: Route) -> bytes:
    """Who asked, sealed."""
    value = {name: getattr(route, name) for name in Route.__slots__}
    return seal_with(key, json.dumps(value).encode(), route_name(enquiry))


def route_name(enquiry: str) -> str:
    """The name under which a route is sealed."""
    return f"enquiry-route:{enquiry}"


def open_sealed(key: bytes, sealed: bytes, name: str) -> str:
    """A sealed value; one that was altered cannot be used."""
    try:
        return open_with(key, sealed, name).decode()
    except Unopenable:
        raise RegisterUnavailable("A sealed value of an enquiry was altered.") from None


def _message(key: bytes, line: Line) -> Message:
    value = json.loads(open_sealed(key, line.sealed, _message_name(line.id)))
    lines = tuple((str(question), str(answer)) for question, answer in value["lines"])
    attached = Attached(value["policy"], lines) if value["policy"] else None
    by = "asker" if line.author == "asker" else "adviser"
    return Message(by, value["words"], value["role"], attached)  # type: ignore[arg-type]


def _message_name(line: str) -> str:
    return f"enquiry-message:{line}"
