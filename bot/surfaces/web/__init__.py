"""The web surface: the views as pages, for development, on this machine only."""

from bot.surfaces.web.panel import Panel
from bot.surfaces.web.routes import attach

__all__ = ["Panel", "attach"]
