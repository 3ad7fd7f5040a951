"""Draws pages: a screen on the left, the channel and the register beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.surfaces.web import form
from bot.surfaces.web.components import components
from bot.surfaces.web.panel import Beside
from bot.surfaces.web.read import Submitted, go
from bot.surfaces.web.screens import Screen
from bot.surfaces.web.static_files import StaticFile
from dialogs import explain, lines
from dialogs.summary import VERDICTS

WAYS_IN = (
    ("start", "Start a check"),
    ("desk", "Your desk"),
    ("rules", "Rules"),
    ("contacts", "Whom to call"),
    ("practise", "Practise"),
    ("ask", "Ask an adviser"),
    ("setup", "Settings"),
    ("help", "Help"),
)
"""What stands at the top of every page, where a room offers it."""

FAILED = "Something went wrong on our side"
FAILED_WORDS = (
    "Nothing that was recorded is lost. Go back and try again. If it happens again, tell whoever "
    "looks after Share Check this reference:"
)
REFUSED = "That cannot be shown"


class Pages:
    """Our templates, read once."""

    def __init__(self, static: Mapping[str, StaticFile], commands: Iterable[str]) -> None:
        """Make the templates' environment; the commands are those that a page can be opened by."""
        offered = set(commands)
        self.ways_in = tuple(way for way in WAYS_IN if way[0] in offered)
        self._environment = Environment(
            loader=PackageLoader("bot.surfaces.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.do"],
        )
        self._environment.globals |= {
            **components(),
            "static": {name: file.address for name, file in static.items()},
            "verdict_words": VERDICTS,
            "notice_words": explain.NOTICES,
            "not_recorded": explain.NOT_RECORDED,
            "earlier_stands": explain.EARLIER_STANDS,
            "check_number": lines.CHECK_NUMBER,
            "weighing": explain.weighing,
            "reasoning": explain.reasoning,
            "meanings": explain.meanings,
            "drawn_as": form.drawn_as,
            "place_of": form.place_of,
            "held": form.held,
            "go": go,
            "ways_in": self.ways_in,
        }
        self._environment.filters["day"] = _in_words

    def draw(self, screen: Screen, beside: Beside, again: Submitted | None = None) -> str:
        """The page; `again` is the form to send once more when its turn could not be taken."""
        template = self._environment.get_template(f"{screen.name}.html")
        return template.render(
            screen=screen,
            beside=beside,
            again=again,
            today=_today(),
            **dict(screen.reads),
        )

    def failed(self, reference: str) -> str:
        """The page for a fault of ours."""
        return self._told(FAILED, FAILED_WORDS, reference)

    def refused(self, words: str) -> str:
        """The page for a request that cannot be answered."""
        return self._told(REFUSED, words)

    def _told(self, heading: str, words: str, reference: str = "") -> str:
        template = self._environment.get_template("failed.html")
        return template.render(heading=heading, words=words, reference=reference)


def _in_words(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


def _today() -> date:
    return datetime.now(UTC).date()
