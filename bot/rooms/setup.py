"""Setting a workspace up: whoever administers it sees what holds, and may change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation import Conversation
from bot.directories import Directory
from bot.rooms import Practitioner, Shown, Visit
from bot.workspaces import Workspace
from dialogs import setup
from dialogs.setup import Offered

COMMANDS = {"setup": "Set up Share Check for this workspace (for those who administer it)"}
CHANNELS = {"summary_channel": "Summaries", "adviser_channel": "Questions to advisers"}


@dataclass(frozen=True)
class SetupRoom:
    """A page of what holds and a form that changes it; every visit asks who is asking."""

    conversation: Conversation
    directories: Mapping[str, Directory]
    name: str = setup.ROOM
    commands: Mapping[str, str] = field(default_factory=lambda: COMMANDS)

    async def enter(self, who: Practitioner, command: str) -> Shown:  # noqa: ARG002
        """What holds now."""
        return await self.take(who, Visit("show"))

    async def take(self, who: Practitioner, visit: Visit) -> Shown:
        """Show, change or save; raises `RegisterUnavailable` when it cannot be saved."""
        directory = self.directories.get(who.surface)
        if directory is None or not await directory.is_admin(who):
            return Shown(None, 0, setup.refused(self.conversation.emergency))
        match visit.verb:
            case "change":
                held = setup.filled_in(dict(await self._workspace(who)))
                return self._form(held, {})
            case "save":
                return await self._saved(who, visit, directory)
            case _:
                return await self._shown(who, ())

    async def _saved(self, who: Practitioner, visit: Visit, directory: Directory) -> Shown:
        values, errors = setup.read(self._offered(), visit.form)
        if errors:
            return self._form(visit.form, errors)
        workspaces = self.conversation.workspaces
        choices = workspaces.chosen(who.surface, values)
        workspace = await workspaces.change(who.surface, who.tenant, who.person, choices)
        told = ["Saved.", *[await self._channel(who, directory, workspace, at) for at in CHANNELS]]
        return await self._shown(who, tuple(filter(None, told)))

    async def _channel(
        self, who: Practitioner, directory: Directory, workspace: Workspace, chosen: str
    ) -> str:
        """What has to be done before the bot can post in a channel that was chosen."""
        channel = getattr(workspace, chosen)
        hindrance = await directory.hindrance(who.tenant, channel) if channel else ""
        return f"{CHANNELS[chosen]}: {hindrance}" if hindrance else ""

    async def _shown(self, who: Practitioner, told: tuple[str, ...]) -> Shown:
        workspace = await self._workspace(who)
        history = await self.conversation.workspaces.history(who.surface, who.tenant, limit=1)
        changed = ""
        if history:
            by, day = history[0].by[:8], history[0].at.date().isoformat()
            changed = f"Last changed on {day}, by the person with the pseudonym {by}."
        page = setup.page(
            self._offered(),
            setup.filled_in(dict(workspace)),
            told,
            changed,
            self.conversation.emergency,
        )
        return Shown(None, 0, page)

    def _form(self, held: Mapping[str, tuple[str, ...]], errors: Mapping[str, str]) -> Shown:
        view = setup.form(self._offered(), held, errors, self.conversation.emergency)
        return Shown(None, 0, view)

    def _offered(self) -> Offered:
        return Offered(self.conversation.shelf.in_force())

    async def _workspace(self, who: Practitioner) -> Workspace:
        return await self.conversation.workspaces.of(who.surface, who.tenant)
