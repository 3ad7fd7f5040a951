"""A table as a drawing: told by its labels and lengths, so that it needs no colour.

A hidden number is an open, dashed bar of one length for all of them, whatever it hides.
"""

from __future__ import annotations

from html import escape

from bot.statistics.tables import HIDDEN, Cell, Table

WIDTH, VALUE = 640, 60
ROW, BAR, ABOVE = 52, 16, 20
LONGEST = WIDTH - VALUE
HIDDEN_LENGTH = 24


def chart(table: Table) -> str:
    """The table as an SVG element, with its numbers as its description."""
    most = max((cell.rounded for cell in table.cells if cell.shown != HIDDEN), default=0)
    rows = "".join(_row(cell, place, most) for place, cell in enumerate(table.cells))
    said = "; ".join(f"{label}: {shown}" for label, shown in table.rows)
    return (
        f'<svg class="bars" role="img" viewBox="0 0 {WIDTH} {ROW * len(table.cells)}" '
        f'width="{WIDTH}" xmlns="http://www.w3.org/2000/svg"><title>{escape(table.title)}</title>'
        f"<desc>{escape(said)}</desc>{rows}</svg>"
    )


def _row(cell: Cell, place: int, most: int) -> str:
    """A label, its bar below it, and the number behind the bar."""
    top = ROW * place
    hidden = cell.shown == HIDDEN
    length = HIDDEN_LENGTH if hidden else round(LONGEST * cell.rounded / most) if most else 0
    look = 'fill="none" stroke-dasharray="4 3"' if hidden else 'fill="currentColor"'
    bar = (
        f'<rect x="1" y="{top + ABOVE + 4}" width="{length}" height="{BAR}" '
        f'stroke="currentColor" stroke-width="1.5" {look}/>'
        if length
        else ""
    )
    return (
        f'<text x="0" y="{top + ABOVE - 4}">{escape(cell.label)}</text>{bar}'
        f'<text x="{length + 10}" y="{top + ABOVE + BAR + 2}" class="bars__value">'
        f"{cell.shown}</text>"
    )
