"""What the Teams surface must be told."""

from dataclasses import dataclass, field

from bot.surfaces.teams.hosts import Hosts

METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"


def token_url(tenant: str) -> str:
    """Where a single-tenant bot asks for its own token."""
    return f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """One bot registration, and the tenants whose people may talk to it.

    Without an app id nothing is authenticated: for development on this machine only.
    `answer_seconds` are for a whole answer; Teams waits ten to fifteen.
    """

    app_id: str | None
    app_password: str | None = field(repr=False)
    tenants: tuple[str, ...]
    hosts: Hosts
    metadata_url: str = METADATA_URL
    token_url: str = ""
    summary_channel: str | None = None
    adviser_channel: str | None = None
    answer_seconds: float = 8.0
