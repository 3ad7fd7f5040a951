"""What fits: a surface takes so many blocks, and what does not fit is said to be elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.surfaces.slack.blocks import Json, words

BLOCK_COST = 125
"""Each block of a message counts as so many characters besides its own."""


@dataclass(frozen=True, slots=True)
class Space:
    """How many blocks a surface takes, and how many characters, if it counts them."""

    blocks: int
    characters: int | None = None

    def holds(self, blocks: Sequence[Json]) -> bool:
        """Whether all of them fit."""
        if len(blocks) > self.blocks:
            return False
        return self.characters is None or _size(blocks) <= self.characters


MODAL = Space(blocks=100)
MESSAGE = Space(blocks=50, characters=13_000)


def fitted(body: Sequence[Json], end: Sequence[Json], space: Space, rest: str) -> list[Json]:
    """As much of the body as there is space for, what is said of the rest, and the whole end."""
    if space.holds([*body, *end]):
        return [*body, *end]
    kept = list(body)
    while kept and not space.holds([*kept, words(rest), *end]):
        kept.pop()
    return [*kept, words(rest), *end]


def _size(blocks: Sequence[Json]) -> int:
    return sum(BLOCK_COST + sum(map(len, _texts(block))) for block in blocks)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, held in value.items():
            if name == "text" and isinstance(held, str):
                yield held
            else:
                yield from _texts(held)
    elif isinstance(value, list):
        for held in value:
            yield from _texts(held)
