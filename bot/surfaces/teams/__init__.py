"""The Teams surface: one card in the chat with the bot, and the messages that last."""

from bot.surfaces.teams.hosts import BrokenHosts, Hosts
from bot.surfaces.teams.settings import METADATA_URL, TeamsSettings, token_url
from bot.surfaces.teams.surface import Stores, TeamsSurface, attach

__all__ = [
    "METADATA_URL",
    "BrokenHosts",
    "Hosts",
    "Stores",
    "TeamsSettings",
    "TeamsSurface",
    "attach",
    "token_url",
]
