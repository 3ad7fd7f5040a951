"""The Slack surface: a modal wizard, and the messages that last."""

from bot.surfaces.slack.sender import Marks, SlackSender
from bot.surfaces.slack.settings import OAuth, SlackSettings
from bot.surfaces.slack.surface import SlackSurface, attach

__all__ = ["Marks", "OAuth", "SlackSender", "SlackSettings", "SlackSurface", "attach"]
