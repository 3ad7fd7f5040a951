"""Checks on their packs: which pack one follows, as its workspace chose, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from bot.checks.steps import Steps
from bot.workspaces import Workspace
from dialogs import check as checks
from dialogs.events import Event
from dialogs.session import Session
from dialogs.show import emergency, show
from dialogs.turn import Turn
from dialogs.views import View
from policies.library import Edition, Library, UnknownPack
from policies.model import Contact, Pack

ORGANISATION = "organisation"
"""The question whose answer a workspace may know beforehand, in packs that ask it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What to show, and the check and turn that the screen must carry."""

    check: str | None
    turn: int
    view: View


@dataclass(frozen=True)
class Shelf:
    """Begins checks, and finds the pack that a check pins, wherever the stores are."""

    library: Library
    default_pack: str
    contacts: tuple[Contact, ...]
    today: Callable[[], date]
    _laid_over: dict[tuple[str, tuple[Contact, ...]], Pack] = field(
        default_factory=dict, init=False, repr=False
    )
    _steps: Steps = field(default_factory=Steps, init=False, repr=False)

    def fresh(self, check: str, workspace: Workspace) -> Session:
        """A new check as this workspace has set it up."""
        edition = self._edition(workspace.pack)
        session = checks.begin(edition.pack, edition.digest, check)
        likely = {ORGANISATION: workspace.organisation} if workspace.organisation else {}
        return session.model_copy(
            update={"likely": likely, "named": workspace.identity == "named"}
        )

    def following(self, session: Session, pack: str) -> Session:
        """A new check that follows this pack instead; as it is, if there is no such pack."""
        if pack not in self.library.ids:
            return session
        edition = self._edition(pack)
        return session.model_copy(update={"pack": edition.pack.id, "digest": edition.digest})

    def named(self, pack: str, workspace: Workspace) -> Pack:
        """The pack in force of this name; the workspace's, if there is none."""
        known = pack if pack in self.library.ids else workspace.pack
        return self.pack_of(self._edition(known).digest, workspace)

    def every(self, workspace: Workspace) -> tuple[Pack, ...]:
        """Every pack in force today."""
        found = {self.named(pack, workspace).id for pack in self.library.ids}
        return tuple(self.named(pack, workspace) for pack in sorted(found))

    def advanced(self, session: Session, event: Event, workspace: Workspace) -> Turn:
        """What the event comes to."""
        pack = self.pack_of(session.digest, workspace)
        return self._steps.taken(pack, session, event) or checks.advance(pack, session, event)

    def shown(self, session: Session, workspace: Workspace) -> Shown:
        """Where the check stands."""
        view = show(self.pack_of(session.digest, workspace), session)
        return Shown(session.check, session.turn, view)

    def pack_of(self, digest: str, workspace: Workspace) -> Pack:
        """The pack of this digest, with the operator's contacts and the workspace's over them."""
        name = digest, workspace.contacts
        if name not in self._laid_over:
            pack = self.library.by_digest[digest].pack
            self._laid_over[name] = pack.with_contacts((*self.contacts, *workspace.contacts))
        return self._laid_over[name]

    def in_force(self) -> tuple[Pack, ...]:
        """The packs that a workspace may choose from, the current ones first."""
        on = self.today()
        first = {edition.pack.id: edition.pack.version for edition in self.library.editions[::-1]}
        packs = [self.library.find(pack, on).pack for pack, day in first.items() if day <= on]
        return tuple(sorted(packs, key=lambda pack: (pack.status != "current", pack.id)))

    @property
    def emergency(self) -> Contact:
        """The contact that every screen carries."""
        workspace = Workspace(pack=self.default_pack)
        return emergency(self.pack_of(self._edition(self.default_pack).digest, workspace))

    def _edition(self, pack: str) -> Edition:
        """The edition in force; the default's, if a workspace's pack is not in the library."""
        try:
            return self.library.find(pack, self.today())
        except UnknownPack:
            return self.library.find(self.default_pack, self.today())
