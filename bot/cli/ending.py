"""How a command ends: async work run to its end, or one line on stderr and an exit code."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, NoReturn

import click


def stop(line: str, code: int) -> NoReturn:
    """Say what is wrong, and leave with this exit code."""
    click.echo(line, err=True)
    sys.exit(code)


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run async work on the fastest loop there is."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        new_event_loop = None  # type: ignore[assignment]
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(work)
