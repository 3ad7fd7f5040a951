"""The Slack surface: a modal wizard, and the messages that last."""

from bot.surfaces.slack.sender import Marks, SlackSender
from bot.surfaces.slack.settings import SlackSettings
from bot.surfaces.slack.surface import SlackSurface, attach

__all__ = ["Marks", "SlackSender", "SlackSettings", "SlackSurface", "attach"]
