"""What the Slack surface must be told."""

from dataclasses import dataclass, field

SLACK_API = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """One app in one workspace: its bot token, and the secret that signs what Slack sends.

    `answer_seconds` are for a whole answer; Slack waits three.
    """

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    api_url: str = SLACK_API
    answer_seconds: float = 2.85
