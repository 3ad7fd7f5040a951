"""What the Slack surface must be told."""

from dataclasses import dataclass, field

SLACK_API = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """One app: its token for one workspace, and the secret that signs what Slack sends.

    `answer_seconds` are for a whole answer; Slack waits three.
    """

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    api_url: str = SLACK_API
    answer_seconds: float = 2.85


@dataclass(frozen=True, slots=True)
class OneToken:
    """The app is installed once, so its token holds for whoever asks."""

    bot_token: str = field(repr=False)

    async def token(self, team: str) -> str | None:  # noqa: ARG002
        """The one token."""
        return self.bot_token

    async def gone(self, team: str) -> None:
        """Nothing to forget: the operator takes the token out of the settings."""
