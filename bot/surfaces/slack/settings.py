"""What the Slack surface must be told, and the token of an app that is installed once."""

from dataclasses import dataclass, field

SLACK_API = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class OAuth:
    """How the app is installed in many workspaces; `address` is where people reach the server."""

    client_id: str
    client_secret: str = field(repr=False)
    address: str


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """One app: how it is installed, and on which road Slack reaches it.

    With a signing secret Slack calls `/slack/events`; with an app token we connect to Slack.
    `answer_seconds` are for a whole answer; Slack waits three.
    """

    bot_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    api_url: str = SLACK_API
    app_token: str | None = field(default=None, repr=False)
    oauth: OAuth | None = None
    answer_seconds: float = 2.85


@dataclass(frozen=True, slots=True)
class OneToken:
    """The app is installed once, so its token holds for whoever asks."""

    bot_token: str = field(repr=False)

    async def token(self, tenant: str) -> str | None:  # noqa: ARG002
        """The one token."""
        return self.bot_token

    async def gone(self, tenant: str, at: float) -> None:
        """Nothing to forget: the operator takes the token out of the settings."""
