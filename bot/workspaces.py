"""What an organisation has chosen for its people: a workspace of Slack, or a tenant of Teams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from policies.model import Contact, Value


class Workspace(Value):
    """The choices of one workspace; what it has not chosen is the environment's.

    `enquiry_floor` is the number of people below which an asker is warned that so few could have
    sent a question. `retention_days` is how long free text is kept; None for as long as the entry.
    """

    pack: str
    summary_channel: str | None = None
    adviser_channel: str | None = None
    organisation: str | None = None
    identity: Literal["pseudonym", "named"] = "pseudonym"
    retention_days: int | None = None
    reminders: bool = True
    enquiry_floor: int = 20
    duty_number: str = ""
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True)
class Workspaces:
    """Finds the choices of a workspace; `defaults` are the environment's, by surface."""

    defaults: Mapping[str, Workspace]
    others: Workspace = field(repr=False)

    async def of(self, surface: str, tenant: str) -> Workspace:  # noqa: ARG002
        """The choices of this workspace."""
        return self.defaults.get(surface, self.others)
