"""The room to rehearse in: made-up cases, private answers, reasons afterwards; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.conversation import Conversation
from bot.rooms import Practitioner, Shown, Visit
from dialogs import practice
from dialogs.pages import FormView, PageView
from dialogs.practice import ROOM
from policies.library import UnknownPack
from policies.model import Pack
from policies.practice import Case, Rehearsal, is_sound

COMMANDS = {"practise": "Practise on a made-up case; nothing of it is kept"}


@dataclass(frozen=True)
class PracticeRoom:
    """Shows the cases, and carries one through by what its forms carry themselves."""

    conversation: Conversation
    rehearsals: tuple[Rehearsal, ...]
    name: str = ROOM
    commands: Mapping[str, str] = field(default_factory=lambda: COMMANDS)

    async def enter(self, who: Practitioner, command: str) -> Shown:  # noqa: ARG002
        """The cases on offer."""
        return Shown(None, 0, self._cases())

    async def take(self, who: Practitioner, visit: Visit) -> Shown:  # noqa: ARG002
        """A case, its next question, or what to learn from it; the cases for what is not known."""
        return Shown(None, 0, self._taken(visit))

    def _cases(self) -> PageView:
        cases = (case for case, _ in self._sound())
        return practice.cases_page(cases, self.conversation.emergency)

    def _taken(self, visit: Visit) -> PageView | FormView:
        name, picked = practice.read(visit.value)
        emergency = self.conversation.emergency
        for made_up, pack in self._sound():
            if made_up.id == name:
                standing = practice.stands(pack, made_up, picked)
                match visit.verb:
                    case "read":
                        return practice.case_page(pack, made_up, emergency)
                    case "ask":
                        return practice.show(pack, standing, emergency)
                    case "answer":
                        return practice.answered(pack, standing, visit.form, emergency)
        return self._cases()

    def _sound(self) -> Iterator[tuple[Case, Pack]]:
        """The cases that fit the policy as it stands today."""
        library, today = self.conversation.shelf.library, self.conversation.shelf.today()
        for rehearsal in self.rehearsals:
            try:
                pack = library.find(rehearsal.pack, today).pack
            except UnknownPack:
                continue
            yield from ((case, pack) for case in rehearsal.cases if is_sound(pack, case))
