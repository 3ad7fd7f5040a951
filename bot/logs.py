"""Logs that hold no one's name and nothing anybody wrote: only keys of an allow-list pass.

An allow-list, because a block-list forgets. A key that is not on it is dropped and counted in
`dropped`, so that a developer sees the gap and a practitioner's words never reach a disk.
"""

from __future__ import annotations

import logging
import sys
from typing import BinaryIO, TextIO

import structlog
from pydantic_core import to_json
from structlog.typing import EventDict, WrappedLogger

ALLOWED = frozenset(
    {
        *("event", "level", "timestamp", "logger", "error", "reference", "dropped"),
        *(
            "surface",
            "room",
            "did",
            "view",
            "changed",
            "milliseconds",
            "pack",
            "version",
            "digest",
        ),
        *("outcome", "purpose", "state", "count", "status", "method", "path", "why", "remedy"),
        *("host", "port", "engine", "signal", "seconds", "attempt"),
    }
)
QUIET = ("aiohttp", "slack_bolt", "slack_sdk", "asyncio", "alembic", "sqlalchemy", "aiosqlite")


def configure(level: str, stream: TextIO | None = None) -> None:
    """Set up logging for the process; JSON unless the stream is a terminal."""
    out = stream or sys.stderr
    for_people = out.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _safe,
            structlog.dev.ConsoleRenderer() if for_people else _json,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=(
            structlog.PrintLoggerFactory(out)
            if for_people
            else structlog.BytesLoggerFactory(_bytes_of(out))
        ),
        cache_logger_on_first_use=True,
    )
    _cap_the_others(out)


def _safe(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Let only allowed keys through, and say how many were not."""
    exception = event.pop("exc_info", None)
    if isinstance(exception, BaseException):
        event["error"] = _kind(exception)
    elif exception:
        event["error"] = _kind(sys.exc_info()[1])
    strange = event.keys() - ALLOWED
    for key in strange:
        del event[key]
    if strange:
        event["dropped"] = len(strange)
    return event


def _kind(error: BaseException | None) -> str:
    """An error by its kind and place; its message could quote what somebody wrote."""
    if error is None:
        return "unknown"
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" in {trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}"


def _json(_: WrappedLogger, __: str, event: EventDict) -> bytes:
    return to_json(event, fallback=lambda _: "unprintable")


def _bytes_of(out: TextIO) -> BinaryIO:
    """The bytes under a text stream: a line is written without being decoded first."""
    return out.buffer


def _cap_the_others(out: TextIO) -> None:
    """Third parties log warnings by kind only: their messages may quote a request's body."""

    class Kind(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            logger, level = record.name, record.levelname.lower()
            return to_json({"event": "library.warned", "logger": logger, "level": level}).decode()

    handler = logging.StreamHandler(out)
    handler.setFormatter(Kind())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
