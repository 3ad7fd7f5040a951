"""How a run of faults is told, and where it puts its files."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def told(what: str) -> Iterator[None]:
    """A heading, and how long it took."""
    started = time.monotonic()
    print(f"\n{what}")
    yield
    print(f"  took {time.monotonic() - started:,.0f} s", flush=True)


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="faults-") as made:
        yield Path(made)
