"""Who is who on a surface, as far as the bot has to know; each surface asks its own platform."""

from __future__ import annotations

from typing import Protocol

from bot.checks.recording import Practitioner


class Directory(Protocol):
    """Answers from the platform; what it does not answer is taken as no."""

    async def is_admin(self, who: Practitioner) -> bool:
        """Whether this person may change how their workspace is set up."""

    async def is_member(self, who: Practitioner, channel: str) -> bool:
        """Whether this person is in a channel; what is known may be a minute old."""

    async def members(self, tenant: str) -> int | None:
        """How many people a workspace has; None where the platform does not say."""

    async def hindrance(self, tenant: str, channel: str) -> str:
        """What keeps the bot from posting in a channel, and the remedy; joins it where it may."""


class Alone:
    """Web and terminal in development: one person, who is everybody."""

    async def is_admin(self, who: Practitioner) -> bool:  # noqa: ARG002
        """Whoever sits at this machine may change everything."""
        return True

    async def is_member(self, who: Practitioner, channel: str) -> bool:  # noqa: ARG002
        """And is in every channel."""
        return True

    async def members(self, tenant: str) -> int | None:  # noqa: ARG002
        """And alone."""
        return 1

    async def hindrance(self, tenant: str, channel: str) -> str:  # noqa: ARG002
        """The panel takes everything."""
        return ""
