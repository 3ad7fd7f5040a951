"""The app's two icons, drawn here: a speech bubble with a tick, in colour and as an outline.

Shapes are distances: a pixel is inside where the distance is below zero, and its edge is as soft
as half a pixel. Nothing is loaded, so the icons are the same wherever they are made.
"""

import math
import struct
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise

COLOUR_SIZE, OUTLINE_SIZE = 192, 32
TEAL, WHITE = (0x0B, 0x5C, 0x6B), (0xFF, 0xFF, 0xFF)
ACCENT = "#0B5C6B"

Point = tuple[float, float]
Pixel = tuple[int, int, int, int]
Paint = Callable[[float, float], Pixel]

# On a canvas of one by one: the bubble, its tail, and the three corners of the tick.
BUBBLE, ROUND = (0.16, 0.18, 0.84, 0.68), 0.14
TAIL = ((0.30, 0.66), (0.30, 0.84), (0.50, 0.66))
TICK = ((0.34, 0.44), (0.46, 0.55), (0.66, 0.32))
TICK_WIDTH, LINE_WIDTH = 0.045, 0.035


def colour_icon() -> bytes:
    """192 by 192, full colour."""

    def paint(x: float, y: float) -> Pixel:
        cover = _cover(_bubble(x, y), COLOUR_SIZE)
        tick = _cover(_line(TICK, x, y) - TICK_WIDTH, COLOUR_SIZE)
        white = cover * (1 - tick)
        red, green, blue = (
            round(low + (high - low) * white) for low, high in zip(TEAL, WHITE, strict=True)
        )
        return red, green, blue, 255

    return _png(COLOUR_SIZE, paint)


def outline_icon() -> bytes:
    """32 by 32, white on nothing."""

    def paint(x: float, y: float) -> Pixel:
        edge = _cover(abs(_bubble(x, y)) - LINE_WIDTH, OUTLINE_SIZE)
        tick = _cover(_line(TICK, x, y) - LINE_WIDTH, OUTLINE_SIZE)
        return (*WHITE, round(255 * max(edge, tick)))

    return _png(OUTLINE_SIZE, paint)


def _bubble(x: float, y: float) -> float:
    return min(_box(x, y), _triangle(x, y))


def _box(x: float, y: float) -> float:
    left, top, right, bottom = BUBBLE
    across = abs(x - (left + right) / 2) - (right - left) / 2 + ROUND
    down = abs(y - (top + bottom) / 2) - (bottom - top) / 2 + ROUND
    outside = math.hypot(max(across, 0), max(down, 0))
    return outside + min(max(across, down), 0) - ROUND


def _triangle(x: float, y: float) -> float:
    corners = (*TAIL, TAIL[0])
    sides = [(x - a[0]) * (b[1] - a[1]) - (y - a[1]) * (b[0] - a[0]) for a, b in pairwise(corners)]
    distance = _line(corners, x, y)
    return -distance if all(side > 0 for side in sides) else distance


def _line(points: tuple[Point, ...], x: float, y: float) -> float:
    """How far a point is from a line of several pieces."""
    return min(_piece(a, b, x, y) for a, b in pairwise(points))


def _piece(start: Point, end: Point, x: float, y: float) -> float:
    along, down = end[0] - start[0], end[1] - start[1]
    share = ((x - start[0]) * along + (y - start[1]) * down) / (along**2 + down**2)
    share = min(max(share, 0.0), 1.0)
    return math.hypot(x - start[0] - share * along, y - start[1] - share * down)


def _cover(distance: float, size: int) -> float:
    """How much of a pixel is inside."""
    return min(max(0.5 - distance * size, 0.0), 1.0)


def _png(size: int, paint: Paint) -> bytes:
    pixels = b"".join(_rows(size, paint))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _rows(size: int, paint: Paint) -> Iterator[bytes]:
    for down in range(size):
        row = (paint((along + 0.5) / size, (down + 0.5) / size) for along in range(size))
        yield b"\0" + b"".join(bytes(pixel) for pixel in row)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
