"""The Slack surface: a modal wizard, and the messages that last."""

from bot.surfaces.slack.sender import SlackSender
from bot.surfaces.slack.settings import OAuth, SlackSettings
from bot.surfaces.slack.surface import SlackSurface, attach

__all__ = ["OAuth", "SlackSender", "SlackSettings", "SlackSurface", "attach"]
