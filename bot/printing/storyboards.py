"""A storyboard as one page of HTML that needs nothing beside it: to read, to print, to sign."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from policies.storyboard import ORIGINS, Storyboard


def page(shown: Storyboard) -> str:
    """The page; the same for the same pack, whatever the day."""
    environment = Environment(
        loader=PackageLoader("bot.printing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("storyboard.html")
    return template.render(board=shown, pack=shown.pack, origins=ORIGINS) + "\n"
