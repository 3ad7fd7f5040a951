"""The app package that Teams installs: its manifest, and a zip with the icons beside it."""

import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from bot.surfaces.teams.icons import ACCENT, colour_icon, outline_icon

SCHEMA_VERSION = "1.30"
SCHEMA = (
    f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA_VERSION}/"
    "MicrosoftTeams.schema.json"
)
GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
PLACEHOLDER = "00000000-0000-0000-0000-000000000000"
LONGEST_NAME = 32

# Teams offers ten at most; the rest work when they are typed.
COMMANDS = {
    "start": "Begin a check",
    "resume": "Go on with a check that you left open",
    "record": "Record a decision on advice you were given",
    "ask": "Put a question to advisers without your name",
    "find": "Find a check by its reference",
    "verify": "Check a receipt against the register",
    "rules": "The golden rules of your policy",
    "contacts": "Whom to call, and when",
    "privacy": "What is kept, for how long, and who can see it",
    "help": "Everything that you can type",
}
SAID = (
    "Share Check carries people who work with children and families, question by question, to an "
    "answer to “may I share this information?”: with reasons, with how to share it safely, and "
    "with a record of what was decided. It works in a chat of your own. In a team it posts "
    "summaries that hold no names and no free text."
)


@dataclass(frozen=True, slots=True)
class App:
    """What differs from one organisation to the next."""

    app_id: str
    version: str
    organisation: str
    website: str
    privacy: str
    terms: str


def manifest(app: App) -> dict[str, Any]:
    """The manifest, valid against the schema that it names."""
    bot = {
        "botId": app.app_id,
        "scopes": ["personal", "team", "groupChat"],
        "isNotificationOnly": False,
        "supportsFiles": False,
        "commandLists": [
            _commands(["personal"], COMMANDS),
            _commands(["team", "groupChat"], {"start": "Open a chat of your own"}),
        ],
    }
    return {
        "$schema": SCHEMA,
        "manifestVersion": SCHEMA_VERSION,
        "version": app.version,
        "id": app.app_id,
        "developer": {
            "name": app.organisation,
            "websiteUrl": app.website,
            "privacyUrl": app.privacy,
            "termsOfUseUrl": app.terms,
        },
        "name": {"short": "Share Check", "full": "Share Check: may I share this information?"},
        "description": {
            "short": "May I share this information? An answer, its reasons, and a record.",
            "full": SAID,
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": ACCENT,
        "bots": [bot],
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [],
    }


def as_text(made: dict[str, Any]) -> str:
    """The manifest as a file."""
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def package(made: dict[str, Any]) -> bytes:
    """The zip that is uploaded; the same input gives the same bytes."""
    files = {
        "manifest.json": as_text(made).encode(),
        "color.png": colour_icon(),
        "outline.png": outline_icon(),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return held.getvalue()


def _commands(scopes: list[str], commands: dict[str, str]) -> dict[str, Any]:
    listed = [{"title": title, "description": does} for title, does in commands.items()]
    return {"scopes": scopes, "commands": listed}
