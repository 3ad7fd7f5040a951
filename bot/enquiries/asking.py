"""What an asker does: asks, comes back with the code, asks further, ends it.

Nothing of it shows to advisers before the next release.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.checks.recording import Practitioner
from bot.enquiries.office import Office, home
from bot.enquiries.opening import Route, sealed_message, sealed_route
from bot.enquiries.secrets import code_digest, id_of, message_of
from bot.enquiries.store import Kept, Line, Moved
from bot.register.database import RegisterUnavailable
from dialogs.enquiry import names
from dialogs.enquiry.states import (
    KEPT_DAYS,
    MOST_QUESTIONS,
    Attached,
    Draft,
    Enquiry,
    Message,
    Status,
)

TRIES = 3


@dataclass(frozen=True, slots=True)
class Asking:
    """The asker's side of the relay."""

    office: Office

    async def ask(self, who: Practitioner, draft: Draft, token: str) -> Enquiry | None:
        """A new question; the same code again finds the one that stands. None without advisers."""
        store = self.office.store
        found = await store.by_code(code_digest(token))
        if found is None:
            if (await self.office.workspace(who)).adviser_channel is None:
                return None
            await self._add(who, draft, token)
            await self.office.releases.at_once()
            found = await store.by_code(code_digest(token))
        return await self.office.opener.for_asker(found) if found else None

    async def found(self, who: Practitioner, token: str) -> Enquiry | None:
        """The question that this code leads to; a delivered one for its own asker alone."""
        kept = await self._kept(who, token)
        return await self.office.opener.for_asker(kept) if kept else None

    async def stuck(self, enquiry: Enquiry) -> bool:
        """Whether its way to the advisers' channel is barred until somebody mends it."""
        return any(card.stuck for card in await self.office.eraser.cards(enquiry.id))

    async def ask_further(self, who: Practitioner, draft: Draft, token: str) -> bool:
        """A further question; False when there is nothing any more to ask further about."""
        return await _tried(lambda: self._ask_further(who, draft, token))

    async def end(self, who: Practitioner, token: str) -> bool:
        """Destroy a question at its asker's word; advisers see it with the next release."""
        return await _tried(lambda: self._end(who, token))

    async def _ask_further(self, who: Practitioner, draft: Draft, token: str) -> bool:
        office, code = self.office, draft.about or ""
        kept = await self._kept(who, code)
        key = await office.opener.words_key(kept) if kept else None
        if kept is None or key is None:
            return False
        lines = await office.store.lines(kept.id)
        if sum(line.author == "asker" for line in lines) >= MOST_QUESTIONS:
            return False
        values: dict[str, Any] = {"until": office.today() + timedelta(days=KEPT_DAYS)}
        if kept.back == "delivered" and kept.route is None and who.address is not None:
            values |= await self._new_route(who, code, kept.id)
        line_id = message_of(token)
        line = Line(
            id=line_id,
            enquiry=kept.id,
            place=len(lines),
            author="asker",
            sealed=sealed_message(key, line_id, Message("asker", draft.words)),
            release_at=office.releases.slot(at_once=draft.at_once),
        )
        await office.store.change(kept, values, line=line)
        await office.releases.at_once()
        return True

    async def _end(self, who: Practitioner, token: str) -> bool:
        office = self.office
        kept = await self._kept(who, token)
        if kept is None:
            return False
        # First the day, so that whatever fails from here on is done again by the next tick.
        await office.store.change(kept, {"until": office.today()})
        await office.eraser.words(kept, office.releases.slot())
        await office.releases.at_once()
        return True

    async def _add(self, who: Practitioner, draft: Draft, token: str) -> None:
        office = self.office
        enquiry, line_id = id_of(token), message_of(token)
        words_key, key = await office.keys.make()
        attached = Attached(draft.policy, draft.attached) if draft.policy else None
        sealed = sealed_message(key, line_id, Message("asker", draft.words, attached=attached))
        delivered = draft.back == "delivered" and who.address is not None
        surface, tenant = home(who)
        row: dict[str, Any] = {
            "id": enquiry,
            "code": code_digest(token),
            "name": await self._name(),
            "surface": surface,
            "tenant": tenant,
            "status": Status.RECEIVED.value,
            "back": "delivered" if delivered else "code",
            "until": office.today() + timedelta(days=KEPT_DAYS),
            "words_key": words_key,
            "reminded": 0,
        }
        row |= await self._new_route(who, token, enquiry) if delivered else {}
        release_at = office.releases.slot(at_once=draft.at_once)
        await office.store.add(row, Line(line_id, enquiry, 0, "asker", sealed, release_at))

    async def _new_route(self, who: Practitioner, token: str, enquiry: str) -> dict[str, Any]:
        route_key, key = await self.office.keys.make()
        route = Route(who.surface, who.tenant, who.person, who.address or "", token)
        return {"route_key": route_key, "route": sealed_route(key, enquiry, route)}

    async def _kept(self, who: Practitioner, token: str) -> Kept | None:
        kept = await self.office.store.by_code(code_digest(token))
        route = await self.office.opener.route(kept) if kept else None
        asker = (who.surface, who.tenant, who.person)
        if route is not None and (route.surface, route.tenant, route.person) != asker:
            return None
        return kept

    async def _name(self) -> str:
        taken = await self.office.store.names()
        free = [n for n in map(names.name_of, range(names.HOW_MANY)) if n not in taken]
        return secrets.choice(free or [names.name_of(0)])


async def _tried(work: Callable[[], Awaitable[bool]]) -> bool:
    """Do it, and again on what stands by then when somebody was quicker."""
    for _ in range(TRIES):
        try:
            return await work()
        except Moved:
            continue
    raise RegisterUnavailable("The question moves too fast.")
