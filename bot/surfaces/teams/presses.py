"""What a pressed button comes to, however the press arrived: by card, as a message, or typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation import Conversation, Practitioner, Shown
from bot.reception import Reception
from bot.surfaces.teams.page_cards import GO
from bot.surfaces.teams.place import MESSAGE, At, place_of
from bot.surfaces.teams.read import event_of, visit_of
from dialogs.events import Deciding, Deleted
from dialogs.views import ExpiredView


@dataclass(frozen=True, slots=True)
class Presses:
    """Leads a press to the check or the room that it belongs to."""

    reception: Reception

    async def take(self, who: Practitioner, verb: str, data: Mapping[str, Any]) -> Shown:
        """What to show; a button that we do not have changes nothing and shows what stands."""
        at = place_of(data)
        match verb:
            case "go":
                return await self.reception.visit(who, *visit_of(data))
            case "restart":
                return await self._checks.begin(who)
            case "resume":
                return await self._checks.resume(who, at.check)
            case "delete":
                return await self._after_resuming(who, at, Deleted)
            case "decide" if at.view == MESSAGE:
                return await self._after_resuming(who, at, Deciding)
        event = event_of(verb, at, data)
        if event is not None:
            return await self._checks.take(who, at.check, event)
        if at.check:
            return await self._checks.resume(who, at.check)
        return await self._checks.begin(who)

    async def standing(self, who: Practitioner, at: At) -> Shown | None:
        """Where a check stands now; None for one that was not begun by an answer yet."""
        shown = await self._checks.resume(who, at.check)
        return None if at.turn == 0 and isinstance(shown.view, ExpiredView) else shown

    async def _after_resuming(
        self, who: Practitioner, at: At, event: type[Deciding | Deleted]
    ) -> Shown:
        """Take an event at the turn where a check stands, for a button that knows no turn."""
        shown = await self._checks.resume(who, at.check)
        return await self._checks.take(who, at.check, event(shown.turn))

    @property
    def _checks(self) -> Conversation:
        return self.reception.conversation


def has_moved_on(at: At, shown: Shown) -> bool:
    """Whether a check stood elsewhere than where this was pressed, so that it was not taken."""
    names_a_turn = at.view not in ("", MESSAGE)
    return names_a_turn and shown.turn > at.turn + 1


def is_of_a_check(verb: str) -> bool:
    """Whether a button belongs to a check, which is for one person and no channel."""
    return verb != GO
