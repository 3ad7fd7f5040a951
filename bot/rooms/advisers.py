"""The advisers' desk inside the room of enquiries: nobody else's verbs lead anywhere here."""

from __future__ import annotations

from dataclasses import dataclass

from bot.enquiries.relay import Relay
from bot.enquiries.secrets import new_token
from bot.register.database import RegisterUnavailable
from bot.rooms import Practitioner, Visit
from bot.sessions import Unavailable
from dialogs.enquiry import adviser, asker, codes, forms
from dialogs.enquiry.parts import ROOM, Filled, Place
from dialogs.enquiry.states import Did, Draft
from dialogs.pages import FormView, PageView, Way

DEEDS = {"claim": Did.CLAIMED, "put_back": Did.PUT_BACK, "close": Did.CLOSED}
VERBS = frozenset({"list", "open", "answer", "preview_answer", *DEEDS})
View = PageView | FormView


@dataclass(frozen=True)
class AdvisersDesk:
    """What advisers press; each press asks again whether they are one."""

    relay: Relay
    place: Place

    async def take(self, who: Practitioner, visit: Visit) -> View | None:
        """What it comes to; None when this is not an adviser's business."""
        if visit.verb in ("send", "change"):
            return await self._draft(who, visit)
        if visit.verb not in VERBS:
            return None
        if not self.place.is_adviser:
            return self._refused()
        match visit.verb:
            case "list":
                waiting = await self.relay.answering.waiting(who)
                return self._refused() if waiting is None else adviser.waiting(self.place, waiting)
            case "open":
                return await self._open(who, visit.value)
            case "answer":
                return await self._form(who, visit.value)
            case "preview_answer":
                return await self._preview(who, visit)
            case _:
                return await self._deed(who, visit)

    async def _open(self, who: Practitioner, enquiry: str) -> View:
        found = await self.relay.answering.opened(who, enquiry)
        return self._refused() if found is None else adviser.opened(self.place, found)

    async def _form(self, who: Practitioner, enquiry: str, filled: Filled | None = None) -> View:
        found = await self.relay.answering.opened(who, enquiry)
        if found is None:
            return self._refused()
        if not adviser.may_answer(found):
            return self._moved_on(enquiry)
        return adviser.answer(self.place, found, filled)

    async def _deed(self, who: Practitioner, visit: Visit) -> View:
        if not await self.relay.answering.did(who, visit.value, DEEDS[visit.verb]):
            found = await self.relay.answering.opened(who, visit.value)
            return self._refused() if found is None else self._moved_on(visit.value)
        return await self._open(who, visit.value)

    async def _preview(self, who: Practitioner, visit: Visit) -> View:
        found = forms.read(forms.answer(self.place.words), visit.form)
        if isinstance(found, forms.Wrong):
            return await self._form(who, visit.value, Filled(visit.form, found))
        enquiry = await self.relay.answering.opened(who, visit.value)
        if enquiry is None:
            return self._refused()
        draft = Draft(
            kind="answer",
            by=self._owner(who)[0],
            words=found.words,
            role=found.role,
            about=visit.value,
        )
        token = new_token()
        try:
            await self.relay.drafts.put(draft, token)
        except Unavailable:
            wrong = forms.Wrong({"words": self.place.words.gone["not_kept"]})
            return await self._form(who, visit.value, Filled(visit.form, wrong))
        return adviser.preview(self.place, enquiry, draft, token)

    async def _draft(self, who: Practitioner, visit: Visit) -> View | None:
        """Send or change an answer; None when the draft is not one, or there is none."""
        again = Way("Try again", ROOM, visit.verb, visit.value, style="primary")
        if not codes.is_token(visit.value):
            return None
        try:
            draft = await self.relay.drafts.get(self._owner(who), visit.value)
            if draft is None or draft.kind != "answer":
                return None
            return await self._sent(who, visit, draft)
        except (Unavailable, RegisterUnavailable, TimeoutError):
            not_sent = self.place.words.gone["not_sent"]
            return asker.told(self.place, "Not sent yet", not_sent, again)

    async def _sent(self, who: Practitioner, visit: Visit, draft: Draft) -> View:
        enquiry = draft.about or ""
        if visit.verb == "change":
            typed = {"words": (draft.words,), "role": (draft.role or "adviser",)}
            return await self._form(who, enquiry, Filled(typed))
        if not await self.relay.answering.answer(who, draft, visit.value):
            found = await self.relay.answering.opened(who, enquiry)
            return self._refused() if found is None else self._moved_on(enquiry)
        return await self._open(who, enquiry)

    def _refused(self) -> View:
        return asker.told(self.place, "For advisers only", self.place.words.gone["not_an_adviser"])

    def _moved_on(self, enquiry: str) -> View:
        words = self.place.words.gone["moved_on"]
        return asker.told(self.place, "Moved on", words, Way("Open it", ROOM, "open", enquiry))

    def _owner(self, who: Practitioner) -> tuple[str, ...]:
        return self.relay.office.keyring.owners(who.surface, who.tenant, who.person)
