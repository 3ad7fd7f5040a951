"""The stylesheets and the icon, under addresses that change when they do."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

TYPES = {
    "govuk.css": "text/css",
    "icon.svg": "image/svg+xml",
    "share-check.css": "text/css",
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is served."""

    name: str
    content_type: str
    content: bytes

    @property
    def address(self) -> str:
        """Where it is, with a mark of its content, so that a browser may keep it."""
        return f"/static/{self.name}?v={hashlib.sha256(self.content).hexdigest()[:12]}"


def static_files() -> Mapping[str, StaticFile]:
    """Read them all, by name."""
    folder = files("bot.surfaces.web") / "static"
    return {
        name: StaticFile(name, content_type, (folder / name).read_bytes())
        for name, content_type in TYPES.items()
    }
