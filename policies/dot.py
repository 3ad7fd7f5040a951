"""A chart in DOT, the language of Graphviz, which lays it out.

The answers stand in small boxes of their own between a question and where they lead: Graphviz lets
no arrow cross a box, while it would set a label beside an arrow wherever there is room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from policies.drawing import DOUBT, LANE, ON, Arrow, Asks, Chart, Ends
from policies.model import Verdict

Attributes = Mapping[str, object]

WIDE = 26
"""Characters of a line in a box: four words or so, quick to read, and no box gets wide."""

TITLE_WIDE = 90
ROW = 3
"""Outcomes of one question side by side; further ones stand lower."""

GRAPH = {"rankdir": "TB", "nodesep": 0.2, "ranksep": 0.35, "pad": 0.2, "bgcolor": "white"}
FONT = {"fontname": "Arial", "fontsize": 13}
"""Larger than the letters will be drawn: a reader's font may be wider than Graphviz believes."""

NODE = {**FONT, "style": "filled", "margin": "0.12,0.08", "height": 0.3}
TITLE = {**FONT, "labelloc": "t"}
FRAME = {**FONT, "style": "dashed", "color": "#505a5f", "label": LANE, "labeljust": "l"}
WAY = {"shape": "box", "style": "rounded,filled", "fillcolor": "#f3f2f1", "class": "way"}
SHAPES: dict[Verdict, Attributes] = {
    Verdict.ACT_NOW: {"shape": "octagon", "peripheries": 2, "fillcolor": "#fbe3e0"},
    Verdict.MUST_SHARE: {"shape": "box", "peripheries": 2, "fillcolor": "#d9e8f7"},
    Verdict.SHARE: {"shape": "ellipse", "margin": "0,0", "fillcolor": "#dff0e3"},
    Verdict.DO_NOT_SHARE: {"shape": "hexagon", "margin": "0,0", "fillcolor": "#e8e8e8"},
    Verdict.SEEK_ADVICE: {"shape": "note", "fillcolor": "#fff3cf"},
}

PLAIN = {"color": "#505a5f", "penwidth": 1.2}
TAKEN = {"color": "#0b0c0c", "penwidth": 4}
PALE = {"color": "#b1b4b6", "fontcolor": "#505a5f", "penwidth": 1}


def dot(chart: Chart) -> str:
    """The chart in DOT; the same text for the same pack."""
    boxes = {box.id: _box(chart, box) for box in chart.boxes}
    ways = {arrow.id: _way(chart, arrow) for arrow in chart.arrows}
    inside = {arrow.id for arrow in chart.arrows if arrow.to in chart.lane}
    lane = chart.lane | inside
    drawn = {**boxes, **ways}
    parts = [
        f"graph [{_pairs({**GRAPH, **TITLE, 'label': _title(chart)})}]",
        f"node [{_pairs(NODE)}]",
        'edge [arrowsize="0.7"]',
        f"subgraph cluster_lane {{ graph [{_pairs(FRAME)}]",
        *(f"  {line}" for name, line in drawn.items() if name in lane),
        "}",
        *(line for name, line in drawn.items() if name not in lane),
        *(line for arrow in chart.arrows for line in _lines(chart, arrow)),
        *_going_on(chart),
        *_doubt(chart),
    ]
    body = "\n".join(f"  {line}" for line in parts)
    return f"digraph {_quoted(chart.pack.id)} {{\n{body}\n}}\n"


def _title(chart: Chart) -> list[str]:
    pack = chart.pack
    version = f"{pack.id}, version {pack.version} ({pack.status}), digest {chart.digest[:12]}"
    return [*wrap(pack.name, TITLE_WIDE), version, ""]


def _box(chart: Chart, box: Asks | Ends) -> str:
    if isinstance(box, Asks):
        label = [box.heading, *wrap(box.text, WIDE)]
        look: Attributes = {"shape": "box", "fillcolor": "white", "class": "asks"}
    else:
        label = [box.word, *wrap(box.headline, WIDE)]
        look = {**SHAPES[box.verdict], "class": "ends"}
    return _node(box.id, {"label": label, **look, **_weight(chart, taken=box.taken)})


def _way(chart: Chart, arrow: Arrow) -> str:
    """The small box of the answers that lead one way."""
    indent = "   " if arrow.labels[1:] else ""
    lines = [
        line for label in arrow.marked for line in wrap(label, WIDE + 4, subsequent_indent=indent)
    ]
    look = _weight(chart, taken=bool(arrow.taken))
    return _node(arrow.id, {"label": _left(lines), **WAY, **look})


def _lines(chart: Chart, arrow: Arrow) -> Iterator[str]:
    """The two lines that lead to and from the box of an arrow."""
    look = _weight(chart, taken=bool(arrow.taken))
    straight = {"weight": 8} if arrow.to in {asks.id for asks in chart.questions} else {}
    yield _edge(arrow.start, arrow.id, {"arrowhead": "none", **straight, **look})
    yield _edge(arrow.id, arrow.to, {**straight, **_lower(chart, arrow), **look})


def _lower(chart: Chart, arrow: Arrow) -> Attributes:
    """Where a question has many outcomes of its own, the later ones stand lower."""
    asked = {asks.id for asks in chart.questions}
    ends = [a.id for a in chart.arrows if a.start == arrow.start and a.to not in asked]
    row = ends.index(arrow.id) // ROW if arrow.id in ends else 0
    return {"minlen": 1 + 2 * row} if row else {}


def _going_on(chart: Chart) -> Iterator[str]:
    """From the outcomes that a check may go on from, by one box, to where it goes on."""
    for to in dict.fromkeys(arrow.to for arrow in chart.on):
        starts = [arrow for arrow in chart.on if arrow.to == to]
        look = _weight(chart, taken=any(arrow.taken for arrow in starts))
        name = f">{to}"
        yield _node(
            name, {"label": _left(wrap(ON, WIDE)), **WAY, "style": "rounded,dashed", **look}
        )
        for arrow in starts:
            own = _weight(chart, taken=bool(arrow.taken))
            yield _edge(arrow.start, name, {"style": "dashed", "arrowhead": "none", **own})
        yield _edge(name, to, {"style": "dashed", **look})


def _doubt(chart: Chart) -> Iterator[str]:
    """What the mark in the questions stands for."""
    if any(asks.doubt for asks in chart.questions):
        name, look = f"?>{chart.doubt}", _weight(chart, taken=False)
        yield _node(name, {"label": _left(wrap(DOUBT, WIDE)), **WAY, **look})
        yield _edge(name, chart.doubt, look)


def _weight(chart: Chart, *, taken: bool) -> Attributes:
    if not chart.traced:
        return PLAIN
    return TAKEN if taken else PALE


def _node(name: str, attributes: Attributes) -> str:
    return f"{_quoted(name)} [{_pairs(attributes)}]"


def _edge(start: str, to: str, attributes: Attributes) -> str:
    return f"{_quoted(start)} -> {_quoted(to)} [{_pairs(attributes)}]"


def _pairs(attributes: Attributes) -> str:
    return ", ".join(f"{name}={_value(value)}" for name, value in attributes.items())


def _value(value: object) -> str:
    """An attribute; a list is lines of text, centred."""
    if isinstance(value, list):
        return '"' + r"\n".join(map(_escaped, value)) + '"'
    return f'"{value}"' if isinstance(value, _Left) else _quoted(str(value))


class _Left(str):
    """Text whose lines begin at the left, escaped already."""

    __slots__ = ()


def _left(lines: Iterable[str]) -> _Left:
    return _Left("".join(_escaped(line) + r"\l" for line in lines))


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    r"""Text that Graphviz shows as it is: no end of the string, no \N, no HTML entity."""
    return text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', r"\"")
