"""Setting a workspace up: whoever administers it sees what holds, and may change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation import Conversation
from bot.directories import Directory
from bot.rooms import Practitioner, Shown, Visit
from bot.workspaces import Change, Workspace
from dialogs import setup, setup_history
from dialogs.enquiry.words import read_words
from dialogs.setup import Offered
from dialogs.setup_history import Saved

COMMANDS = {"setup": "Set up Share Check for this workspace (for those who administer it)"}
CHANNELS = {"summary_channel": "Summaries", "adviser_channel": "Questions to advisers"}

MOST_SHOWN = 10
"""Changes on the page of past changes."""


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
            case "history":
                return await self._history(who)
            case _:
                return await self._shown(who, ())

    async def _saved(self, who: Practitioner, visit: Visit, directory: Directory) -> Shown:
        values, errors = setup.read(self._offered(), visit.form)
        if errors:
            return self._form(visit.form, errors)
        workspaces = self.conversation.workspaces
        values |= _approval(values, await workspaces.of(who.surface, who.tenant))
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
            changed = f"Last changed on {_day(history[0])}, {self._by(who, history[0])}."
        page = setup.page(
            self._offered(),
            setup.filled_in(dict(workspace)),
            told,
            changed,
            self.conversation.emergency,
        )
        return Shown(None, 0, page)

    async def _history(self, who: Practitioner) -> Shown:
        """The last changes, with who and when; one more is read, to compare the oldest with."""
        workspaces = self.conversation.workspaces
        changes = await workspaces.history(who.surface, who.tenant, limit=MOST_SHOWN + 1)
        saved = [
            Saved(
                self._by(who, change),
                f"{change.at:%Y-%m-%d %H:%M} UTC",
                setup.filled_in(dict(workspaces.made(who.surface, change.choices))),
            )
            for change in changes
        ]
        default = setup.filled_in(dict(workspaces.made(who.surface, {})))
        before = saved.pop().held if len(saved) > MOST_SHOWN else default
        emergency = self.conversation.emergency
        fields = setup.fields(self._offered())
        return Shown(None, 0, setup_history.page(fields, saved, before, emergency))

    def _by(self, who: Practitioner, change: Change) -> str:
        """Who made a change, in words: whoever asks knows their own, of others a pseudonym."""
        own = self.conversation.keyring.owners(who.surface, who.tenant, who.person)
        if change.by in own:
            return "by you"
        return f"by the person with the pseudonym {change.by[:8]}"

    def _form(self, held: Mapping[str, tuple[str, ...]], errors: Mapping[str, str]) -> Shown:
        view = setup.form(self._offered(), held, errors, self.conversation.emergency)
        return Shown(None, 0, view)

    def _offered(self) -> Offered:
        return Offered(self.conversation.shelf.in_force())

    async def _workspace(self, who: Practitioner) -> Workspace:
        return await self.conversation.workspaces.of(who.surface, who.tenant)


def _day(change: Change) -> str:
    return change.at.date().isoformat()


def _approval(values: Mapping[str, Any], held: Workspace) -> dict[str, str]:
    """Which words an approval is of: today's, or where it stands as it did, those of that day."""
    if "words_approved_by" not in values:
        return {}
    said = (values["words_approved_by"], values["words_approved_on"])
    as_it_was = said == (held.words_approved_by, held.words_approved_on)
    return {"words_approved": held.words_approved if as_it_was else read_words().mark}
