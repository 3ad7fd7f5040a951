"""A table as a drawing: told by its labels and lengths, so that it needs no colour.

A hidden number is an open, dashed bar of one length for all of them, whatever it hides.
"""

from __future__ import annotations

from html import escape

from bot.statistics.tables import HIDDEN, Cell, Table

WIDTH, LABEL, VALUE = 720, 300, 60
ROW, BAR, TOP = 34, 18, 8
LONGEST = WIDTH - LABEL - VALUE
HIDDEN_LENGTH = 24
LETTERS = 38
"""Of a label; the table beside the drawing has it whole."""


def chart(table: Table) -> str:
    """The table as an SVG element, with its numbers as its description."""
    most = max((cell.rounded for cell in table.cells if cell.shown != HIDDEN), default=0)
    rows = "".join(_row(cell, place, most) for place, cell in enumerate(table.cells))
    height = TOP + ROW * len(table.cells)
    said = "; ".join(f"{label}: {shown}" for label, shown in table.rows)
    return (
        f'<svg class="bars" role="img" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(table.title)}</title>'
        f"<desc>{escape(said)}</desc>{rows}</svg>"
    )


def _row(cell: Cell, place: int, most: int) -> str:
    middle = TOP + ROW * place + ROW / 2
    hidden = cell.shown == HIDDEN
    length = HIDDEN_LENGTH if hidden else round(LONGEST * cell.rounded / most) if most else 0
    look = 'fill="none" stroke-dasharray="4 3"' if hidden else 'fill="currentColor"'
    bar = (
        f'<rect x="{LABEL}" y="{middle - BAR / 2:g}" width="{length}" height="{BAR}" '
        f'stroke="currentColor" stroke-width="1.5" {look}/>'
        if length
        else ""
    )
    return (
        f'<text x="{LABEL - 12}" y="{middle + 5:g}" text-anchor="end">{escape(_short(cell.label))}'
        f"</text>{bar}"
        f'<text x="{LABEL + length + 10}" y="{middle + 5:g}" class="bars__value">'
        f"{cell.shown}</text>"
    )


def _short(label: str) -> str:
    return label if len(label) <= LETTERS else f"{label[: LETTERS - 1].rstrip()}…"
