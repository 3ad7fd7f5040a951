"""The room of questions to advisers: the way in for askers, and the advisers' desk.

Thin: it reads forms, asks the relay, and shows pages of `dialogs/enquiry`. Until it is sent, what
is typed lies under a name and a key that only the screen holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation import Conversation
from bot.enquiries.office import approval_of
from bot.enquiries.relay import Relay
from bot.enquiries.secrets import new_token
from bot.register.database import RegisterUnavailable
from bot.rooms import Practitioner, Shown, Visit
from bot.rooms.advisers import AdvisersDesk
from bot.sessions import Unavailable
from dialogs.enquiry import asker, codes, forms
from dialogs.enquiry.parts import ROOM, Filled, Place
from dialogs.enquiry.states import KEPT_DAYS, Draft, Enquiry
from dialogs.enquiry.words import Words, read_words
from dialogs.fields import Field
from dialogs.pages import FormView, PageView, Way
from dialogs.views import AdviceView

COMMANDS = {"ask": "Ask an adviser without giving your name"}
View = PageView | FormView


@dataclass(frozen=True)
class EnquiriesRoom:
    """Where a question is asked, and answered."""

    conversation: Conversation
    relay: Relay
    name: str = ROOM
    commands: Mapping[str, str] = field(default_factory=lambda: COMMANDS)

    async def enter(self, who: Practitioner, command: str) -> Shown:  # noqa: ARG002
        """The form of a question; what stood after the sub-command is not read."""
        return _shown(await self._ask(who, ""))

    async def take(self, who: Practitioner, visit: Visit) -> Shown:
        """What an asker or an adviser pressed or filled in."""
        desk = AdvisersDesk(self.relay, await self._place(who))
        if (view := await desk.take(who, visit)) is not None:
            return _shown(view)
        return _shown(await self._asked(who, visit))

    async def _asked(self, who: Practitioner, visit: Visit) -> View:
        place, words = await self._place(who), read_words()
        match visit.verb:
            case "about":
                return await self._ask(who, visit.value)
            case "preview" | "preview_more":
                return await self._preview(who, visit)
            case "change":
                return await self._change(who, visit.value)
            case "send":
                return await self._send(who, visit.value)
            case "code":
                return asker.code(place)
            case "collect":
                return await self._collect(who, visit)
            case "read":
                return await self._read(who, visit.value)
            case "more" if codes.is_token(visit.value):
                return asker.further(place, visit.value)
            case "end":
                return await self._end(who, visit.value, words)
            case _:
                return await self._ask(who, "")

    async def _ask(self, who: Practitioner, check: str, filled: Filled | None = None) -> View:
        place = await self._place(who)
        if (await self.relay.office.workspace(who)).adviser_channel is None:
            return asker.told(place, "No advisers", place.words.gone["no_advisers"])
        attachable = check if check and await self._advice(who, check) else ""
        return asker.ask(place, attachable, filled)

    async def _preview(self, who: Practitioner, visit: Visit) -> View:
        """What was typed, kept until it is sent; or the form again, with what to put right."""
        place, further = await self._place(who), visit.verb == "preview_more"
        advice = None if further else await self._advice(who, visit.value)
        found = forms.read(self._fields(place, further=further, advice=advice), visit.form)
        if isinstance(found, forms.Wrong):
            return await self._again(who, visit, Filled(visit.form, found))
        attach = advice if found.attach else None
        draft = Draft(
            kind="further" if further else "new",
            by=self._owner(who)[0],
            words=found.words,
            back=found.back,
            at_once=found.at_once,
            about=visit.value or None,
            policy=f"{attach.policy.name} ({attach.policy.version})" if attach else None,
            attached=tuple((said.text, said.label) for said in attach.path) if attach else (),
        )
        token = new_token()
        try:
            await self.relay.drafts.put(draft, token)
        except Unavailable:
            wrong = forms.Wrong({"words": place.words.gone["not_kept"]})
            return await self._again(who, visit, Filled(visit.form, wrong))
        return asker.preview(place, draft, token)

    async def _again(self, who: Practitioner, visit: Visit, filled: Filled) -> View:
        if visit.verb == "preview_more":
            return asker.further(await self._place(who), visit.value, filled)
        return await self._ask(who, visit.value, filled)

    async def _change(self, who: Practitioner, token: str) -> View:
        place = await self._place(who)
        draft = await self.relay.drafts.get(self._owner(who), token)
        if draft is None:
            return asker.told(place, "Not kept any more", place.words.gone["draft"])
        about = draft.about or ""
        attach, when = ("yes" if draft.policy else "no"), ("now" if draft.at_once else "slot")
        typed = {"words": draft.words, "back": draft.back, "attach": attach, "when": when}
        filled = Filled({name: (value,) for name, value in typed.items()})
        if draft.kind == "further":
            return asker.further(place, about, filled)
        return await self._ask(who, about, filled)

    async def _send(self, who: Practitioner, token: str) -> View:
        """Store it first; the draft goes when that is done, and else waits to be sent again."""
        place = await self._place(who)
        again = Way("Try again", ROOM, "send", token, style="primary")
        try:
            draft = await self.relay.drafts.get(self._owner(who), token)
            view = await self._sent(who, draft, token) if draft else None
        except (Unavailable, RegisterUnavailable, TimeoutError):
            return asker.told(place, "Not sent yet", place.words.gone["not_sent"], again)
        if view is None:
            found = await self._found(who, token)
            gone = asker.told(place, "Not kept any more", place.words.gone["draft"])
            return asker.stands(place, found, token, new=True) if found else gone
        return view

    async def _sent(self, who: Practitioner, draft: Draft, token: str) -> View:
        place, asking = await self._place(who), self.relay.asking
        if draft.kind == "new":
            made = await asking.ask(who, draft, token)
            if made is None:
                return asker.told(place, "No advisers", place.words.gone["no_advisers"])
            await self._drop(token)
            return asker.stands(place, made, token, new=True)
        code = draft.about or ""
        if not await asking.ask_further(who, draft, token):
            return await self._read(who, code)
        await self._drop(token)
        return await self._read(who, code)

    async def _drop(self, token: str) -> None:
        try:
            await self.relay.drafts.drop(token)
        except Unavailable:
            return  # It runs out by itself, and sending it again finds what was sent.

    async def _collect(self, who: Practitioner, visit: Visit) -> View:
        place = await self._place(who)
        if await self.relay.guesses.too_many(who):
            return asker.code(place, place.words.gone["limited"])
        typed = "".join(visit.form.get("code", ())[:1])
        token = codes.heard(typed[:300])
        if token is None:
            return asker.code(place, place.words.gone["not_a_code"])
        found = await self._found(who, token)
        if found is None:
            await self.relay.guesses.wrong(who)
            return asker.code(place, _gone_code(place.words))
        return await self._stands(place, found, token)

    async def _read(self, who: Practitioner, token: str) -> View:
        place = await self._place(who)
        if await self.relay.guesses.too_many(who):
            return asker.told(place, "Too many codes", place.words.gone["limited"])
        found = await self._found(who, token)
        if found is None:
            await self.relay.guesses.wrong(who)
            return asker.told(place, "No such question", _gone_code(place.words))
        return await self._stands(place, found, token)

    async def _stands(self, place: Place, found: Enquiry, token: str) -> View:
        stuck = await self.relay.asking.stuck(found)
        return asker.stands(place, found, token, stuck=stuck)

    async def _end(self, who: Practitioner, token: str, words: Words) -> View:
        place = await self._place(who)
        ended = codes.is_token(token) and await self.relay.asking.end(who, token)
        if not ended:
            return await self._read(who, token)
        return asker.told(place, "Closed", words.gone["words"])

    async def _found(self, who: Practitioner, token: str) -> Enquiry | None:
        return await self.relay.asking.found(who, token) if codes.is_token(token) else None

    async def _advice(self, who: Practitioner, check: str) -> AdviceView | None:
        """The advice of this person's own check, if that is where it stands."""
        if not check:
            return None
        shown = await self.conversation.resume(who, check)
        return shown.view if isinstance(shown.view, AdviceView) else None

    def _fields(
        self, place: Place, *, further: bool, advice: AdviceView | None
    ) -> tuple[Field, ...]:
        if further:
            return forms.further()
        return forms.question(
            place.words,
            can_deliver=place.can_deliver,
            attachable=advice is not None,
            slots=place.minutes > 0,
        )

    async def _place(self, who: Practitioner) -> Place:
        office = self.relay.office
        workspace = await office.workspace(who)
        words = read_words()
        return Place(
            words=words,
            emergency=self.conversation.emergency,
            people=await office.people(who),
            floor=workspace.enquiry_floor,
            duty=workspace.duty_number,
            open_now=words.hours.now(office.now()),
            minutes=-(-office.releases.seconds // 60),
            can_deliver=who.address is not None,
            is_adviser=await office.is_adviser(who),
            approval=approval_of(workspace),
        )

    def _owner(self, who: Practitioner) -> tuple[str, ...]:
        return self.conversation.keyring.owners(who.surface, who.tenant, who.person)


def _gone_code(words: Words) -> str:
    return words.gone["code"].format(days=KEPT_DAYS)


def _shown(view: View) -> Shown:
    return Shown(None, 0, view)
