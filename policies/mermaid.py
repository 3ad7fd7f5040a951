"""A chart as Mermaid text, which many pages draw by themselves; it needs no library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policies.drawing import DOUBT, LANE, ON, Arrow, Asks, Chart, Ends
from policies.model import Verdict

SHAPES = {
    Verdict.ACT_NOW: ("{{", "}}"),
    Verdict.MUST_SHARE: ("[[", "]]"),
    Verdict.SHARE: ("([", "])"),
    Verdict.DO_NOT_SHARE: ("[/", r"\]"),
    Verdict.SEEK_ADVICE: (">", "]"),
}
FILLS = {
    Verdict.ACT_NOW: "fill:#fbe3e0,stroke:#0b0c0c,stroke-width:3px",
    Verdict.MUST_SHARE: "fill:#d9e8f7,stroke:#0b0c0c",
    Verdict.SHARE: "fill:#dff0e3,stroke:#0b0c0c",
    Verdict.DO_NOT_SHARE: "fill:#e8e8e8,stroke:#0b0c0c",
    Verdict.SEEK_ADVICE: "fill:#fff3cf,stroke:#0b0c0c",
}
TAKEN = "stroke:#0b0c0c,stroke-width:5px"
SPECIAL = re.compile(r"[^\w\s.,:;?!()'’“”…/•-]")
"""Whatever could mean something to Mermaid, or to the page that it draws on."""


def mermaid(chart: Chart) -> str:
    """The chart in Mermaid; the same text for the same pack."""
    boxes = {box.id: _box(box) for box in chart.boxes}
    lane = [line for name, line in boxes.items() if name in chart.lane]
    parts = [
        f"accTitle: {_text([f'{chart.pack.id}, version {chart.pack.version}'])}",
        f"accDescr: {_text([chart.pack.name])}",
        f'subgraph lane["{LANE}"]',
        *(f"  {line}" for line in lane),
        "end",
        *(line for name, line in boxes.items() if name not in chart.lane),
        *_lines(chart),
        *(f"classDef {verdict} {look},color:#0b0c0c" for verdict, look in FILLS.items()),
        *_taken(chart),
    ]
    body = "\n".join(f"  {line}" for line in parts)
    return f"flowchart TB\n{body}\n"


def _box(box: Asks | Ends) -> str:
    if isinstance(box, Asks):
        return f'{_name(box.id)}["{_text([box.heading, box.text])}"]'
    opening, closing = SHAPES[box.verdict]
    words = _text([box.word, box.headline])
    return f'{_name(box.id)}{opening}"{words}"{closing}:::{box.verdict}'


def _lines(chart: Chart) -> Iterator[str]:
    for arrow in chart.arrows:
        yield _line(arrow, "==>" if arrow.taken else "-->", arrow.marked)
    for arrow in chart.on:
        yield _line(arrow, "==>" if arrow.taken else "-.->", [ON])
    if any(asks.doubt for asks in chart.questions):
        yield f'doubt["{_text([DOUBT])}"] --> {_name(chart.doubt)}'


def _line(arrow: Arrow, head: str, labels: Iterable[str]) -> str:
    return f'{_name(arrow.start)} {head}|"{_text(labels)}"| {_name(arrow.to)}'


def _taken(chart: Chart) -> Iterator[str]:
    """Thick frames along the path of one check."""
    taken = [_name(box.id) for box in chart.boxes if box.taken]
    if taken:
        yield f"classDef taken {TAKEN}"
        yield f"class {','.join(taken)} taken"


def _name(node: str) -> str:
    """A name that is no word of Mermaid's own, such as `end`."""
    return f"n_{node}"


def _text(lines: Iterable[str]) -> str:
    """Text that Mermaid shows as it is, in lines of its own."""
    return "<br>".join(SPECIAL.sub(lambda found: f"#{ord(found[0])};", line) for line in lines)
