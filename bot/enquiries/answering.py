"""What an adviser does: looks, takes up, puts back, answers, closes.

Whether somebody is an adviser is asked again at each deed: whoever has left can do nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.checks.recording import Practitioner
from bot.enquiries import posts
from bot.enquiries.office import Office, home
from bot.enquiries.opening import sealed_message
from bot.enquiries.release import Releases
from bot.enquiries.secrets import message_of
from bot.enquiries.store import Kept, Line, Moved
from bot.register.posts import Post
from dialogs.enquiry.states import CLOSED_DAYS, Deed, Did, Draft, Enquiry, Message, step


@dataclass(frozen=True, slots=True)
class Answering:
    """The advisers' side of the relay."""

    office: Office

    async def opened(self, who: Practitioner, enquiry: str) -> Enquiry | None:
        """A question for an adviser; None when there is none, or it is not for this one."""
        kept = await self._kept(who, enquiry)
        mark = self.office.mark(who, enquiry)
        return await self.office.opener.for_advisers(kept, mark) if kept else None

    async def waiting(self, who: Practitioner) -> tuple[Enquiry, ...] | None:
        """Every open question before these advisers; None for somebody else."""
        if not await self.office.is_adviser(who):
            return None
        kept = await self.office.store.open_ones(*home(who))
        return tuple([await self.office.opener.for_advisers(each) for each in kept])

    async def did(self, who: Practitioner, enquiry: str, did: Did) -> bool:
        """Take up, put back or close a question; False when that does not fit any more."""
        kept = await self._kept(who, enquiry)
        found = step(kept.status, did) if kept else None
        mark = self.office.mark(who, enquiry)
        if kept is None or found is None or (did is Did.PUT_BACK and kept.claimed_by != mark):
            return False
        values: dict[str, Any] = {
            "status": found.status.value,
            "claimed_by": mark if did is Did.CLAIMED else None,
            **_reminding(self.office.releases, did),
        }
        if did is Did.CLOSED:
            last = self.office.today() + timedelta(days=CLOSED_DAYS)
            values |= {"until": min(kept.until, last)}
        return await self._changed(kept, values, found.deeds)

    async def answer(self, who: Practitioner, draft: Draft, token: str) -> bool:
        """Send an answer to the asker; False when the question is closed or gone."""
        kept = await self._kept(who, draft.about or "")
        found = step(kept.status, Did.ANSWERED) if kept else None
        key = await self.office.opener.words_key(kept) if kept else None
        if kept is None or found is None or key is None:
            return False
        line_id = message_of(token)
        line = Line(
            id=line_id,
            enquiry=kept.id,
            place=len(await self.office.store.lines(kept.id)),
            author="adviser",
            sealed=sealed_message(key, line_id, Message("adviser", draft.words, draft.role)),
            release_at=None,
        )
        values = {"status": found.status.value, "claimed_by": None, "remind_at": None}
        return await self._changed(kept, values, found.deeds, line)

    async def _changed(
        self,
        kept: Kept,
        values: Mapping[str, Any],
        deeds: frozenset[Deed],
        line: Line | None = None,
    ) -> bool:
        office = self.office
        due: list[Post] = await office.releases.redrawn(kept)
        route = await office.opener.route(kept) if Deed.TELL in deeds else None
        if route is not None:
            due.append(posts.notice(kept, route.surface, route.tenant, office.today()))
        try:
            await office.store.change(kept, values, line=line, posts=due)
        except Moved:
            return False
        office.releases.wake()
        return True

    async def _kept(self, who: Practitioner, enquiry: str) -> Kept | None:
        if not await self.office.is_adviser(who):
            return None
        kept = await self.office.store.by_id(enquiry)
        return kept if kept and (kept.surface, kept.tenant) == home(who) else None


def _reminding(releases: Releases, did: Did) -> dict[str, int | None]:
    """When advisers are reminded next: soon where nobody looks, later where somebody said so."""
    match did:
        case Did.PUT_BACK:
            return {"remind_at": releases.remind_at(), "reminded": 0}
        case Did.CLAIMED:
            return {"remind_at": releases.remind_at(1), "reminded": 1}
        case _:
            return {"remind_at": None}
