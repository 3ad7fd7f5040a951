"""What a row of the outbox has to tell, whichever surface sends it: closed values put together."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.conversation import Conversation
from bot.outbox import Drawing, Row
from bot.outbox.sending import CannotBeMade
from bot.workspaces import Workspace
from dialogs.pages import PageView
from dialogs.summary import Summary
from policies.assess import Advice, assess
from policies.model import Pack

Marks: TypeAlias = Callable[[Row], Awaitable[str]]
"""Finds the register mark that a summary carries as its last line."""


@dataclass(frozen=True, slots=True)
class SummaryTold:
    """A summary for the team's channel."""

    summary: Summary
    mark: str


@dataclass(frozen=True, slots=True)
class AdviceTold:
    """The advice to keep, for the practitioner alone."""

    check: str
    reference: str
    pack: Pack
    advice: Advice


Told: TypeAlias = SummaryTold | AdviceTold | PageView


@dataclass(frozen=True, slots=True)
class Telling:
    """Finds out what rows tell."""

    conversation: Conversation
    marks: Marks
    drawings: Mapping[str, Drawing]

    async def of(self, row: Row) -> Told | None:
        """What a row tells; None for one that there is nothing to say in any more.

        Raises `CannotBeMade`, or `RegisterUnavailable`.
        """
        body: dict[str, Any] = dict(row.body)
        match row.purpose:
            case "summary":
                kept = {name: body[name] for name in ("title", "reference", "lines")}
                return SummaryTold(Summary.model_validate(kept), await self.marks(row))
            case "advice":
                return self._advice(row.check, body, await self.workspace(row))
            case purpose if draw := self.drawings.get(purpose):
                return await draw(row)
            case _:
                raise CannotBeMade("This surface has no such message.")

    async def workspace(self, row: Row) -> Workspace:
        """What the row's workspace has chosen, today: mending it and sending again works."""
        return await self.conversation.workspaces.of(row.surface, row.tenant)

    def _advice(self, check: str, body: dict[str, Any], workspace: Workspace) -> AdviceTold:
        shelf = self.conversation.shelf
        if body["digest"] not in shelf.library.by_digest:
            raise CannotBeMade("The policy it was given under is not here any more.")
        pack = shelf.pack_of(body["digest"], workspace)
        advice = assess(pack, body["answers"], body["passed"])
        if not isinstance(advice, Advice):
            raise CannotBeMade("Its answers lead to no advice.")
        return AdviceTold(check, body["reference"], pack, advice)
