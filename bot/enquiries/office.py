"""Whose advisers somebody asks, who is an adviser, and what both sides of the relay stand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.checks.recording import Practitioner
from bot.directories import Directory
from bot.enquiries.erasing import Eraser
from bot.enquiries.keys import EnquiryKeys
from bot.enquiries.opening import Opener
from bot.enquiries.release import Releases
from bot.enquiries.store import EnquiryStore
from bot.keys import Keyring
from bot.workspaces import Workspace, Workspaces
from dialogs.enquiry.words import Approval

BESIDE = {"terminal": ("web", "development")}
"""The terminal has no advisers of its own: its questions go to the room of the web surface."""


@dataclass(frozen=True)
class Office:
    """The stores of the relay, and who may do what."""

    store: EnquiryStore
    keys: EnquiryKeys
    opener: Opener
    eraser: Eraser
    releases: Releases
    keyring: Keyring
    workspaces: Workspaces
    directories: Mapping[str, Directory]
    now: Callable[[], datetime]

    async def workspace(self, who: Practitioner) -> Workspace:
        """The choices of the place whose advisers this person asks."""
        return await self.workspaces.of(*home(who))

    async def people(self, who: Practitioner) -> int | None:
        """How many people could have asked."""
        surface, tenant = home(who)
        directory = self.directories.get(surface)
        return await directory.members(tenant) if directory else None

    async def is_adviser(self, who: Practitioner) -> bool:
        """Whether this person is in the advisers' channel, as of a minute ago at most."""
        channel = (await self.workspace(who)).adviser_channel
        directory = self.directories.get(who.surface)
        return bool(channel and directory and await directory.is_member(who, channel))

    def mark(self, who: Practitioner, enquiry: str) -> str:
        """What an adviser's name leaves on one question, and on no other."""
        owner = self.keyring.owners(who.surface, who.tenant, who.person)
        return self.keyring.mark(owner[0], enquiry)

    def today(self) -> date:
        """The day."""
        return self.now().date()


def approval_of(workspace: Workspace) -> Approval:
    """Who has approved the words of the enquiries for this workspace, if anybody has."""
    role, day = workspace.words_approved_by, workspace.words_approved_on
    return Approval(role=role, on=day, of=workspace.words_approved)


def home(who: Practitioner) -> tuple[str, str]:
    """The surface and the tenant whose advisers this person asks."""
    return BESIDE.get(who.surface, (who.surface, who.tenant))
