"""What a server does for its register by itself: checkpoints, and texts whose time has come."""

from __future__ import annotations

import asyncio
import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import structlog

from bot.keys import Unopenable
from bot.register.checkpoints import Checkpoint, read_checkpoint
from bot.register.database import RegisterUnavailable
from bot.register.heads import Heads
from bot.register.kept_tree import Altered
from bot.retention import Retention

log = structlog.get_logger(__name__)

LOOK_SECONDS = 10.0
EVERY_ENTRIES = 100
EVERY_SECONDS = 600.0


@dataclass
class Upkeep:
    """Writes checkpoints on a schedule, each also to a file outside; erases what is due daily."""

    heads: Heads
    retention: Retention
    file: Path | None = None
    look_seconds: float = LOOK_SECONDS
    every_entries: int = EVERY_ENTRIES
    every_seconds: float = EVERY_SECONDS
    _told: int | None = None
    _altered: str = ""
    _purged: date | None = None
    _since: float = field(default_factory=time.monotonic)
    _closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Look now and then whether a checkpoint is due, until closed; then write a last one."""
        while not self._closing.is_set():
            await self._try(last=False)
            await self._purge()
            with suppress(TimeoutError):
                async with asyncio.timeout(self.look_seconds):
                    await self._closing.wait()
        await self._try(last=True)

    def close(self) -> None:
        """Let `run` come to its end."""
        self._closing.set()

    async def _try(self, *, last: bool) -> None:
        try:
            if last or await self._is_due():
                await self.checkpoint()
        except RegisterUnavailable:
            log.warning("checkpoint.put_off")
        except Altered as altered:
            if str(altered) != self._altered:
                # Once, not at each look; no word of an entry is in it, only places.
                log.critical("register.altered", why=str(altered))
            self._altered = str(altered)
        else:
            self._altered = ""

    async def warning(self) -> str | None:
        """What an operator should know before anything is signed."""
        try:
            newest = await self.heads.newest()
        except (RegisterUnavailable, Altered):
            # The first look tells the one, and retries the other.
            return None
        if newest is None or self.heads.knows(newest.key):
            return None
        return (
            f"SIGNING_KEY: the last checkpoint was signed with key {newest.key}, which is not "
            "among them. Nothing is signed until it stands behind the new one; if it is lost, "
            "see 'A lost key' in docs/register.md."
        )

    async def _purge(self) -> None:
        """Once a day; what one replica erased is no longer there for the next."""
        today = self.retention.today()
        if self._purged == today:
            return
        try:
            for erased in await self.retention.purge():
                log.info("retention.erased", count=len(erased.texts), why=erased.policy)
        except (RegisterUnavailable, Unopenable) as error:
            log.warning("retention.put_off", why=type(error).__name__)
            return
        self._purged = today

    async def checkpoint(self) -> Checkpoint | None:
        """Write a checkpoint of the register as it is now."""
        head = await self.heads.write()
        await self._tell(head)
        return head

    async def _is_due(self) -> bool:
        newest, size = await self.heads.newest(), await self.heads.size()
        # One that a summary asked for, or that another replica wrote, goes to the file as well.
        await self._tell(newest)
        grown = size - (newest.size if newest else 0)
        if not grown:
            self._since = time.monotonic()
        return grown >= self.every_entries or (
            grown != 0 and time.monotonic() - self._since >= self.every_seconds
        )

    async def _tell(self, head: Checkpoint | None) -> None:
        if self._told is None:
            self._told = await asyncio.to_thread(_last_size, self.file) if self.file else 0
        if head is None or head.size <= self._told:
            return
        if self.file is not None:
            try:
                await asyncio.to_thread(_append, self.file, head.line())
            except OSError as error:
                log.warning("checkpoint.not_outside", why=error.strerror)
                return
        self._told, self._since = head.size, time.monotonic()


def _last_size(file: Path) -> int:
    """The size of the checkpoint in a file's last line; 0 if that cannot be read."""
    try:
        last = file.read_text("utf-8").splitlines()[-1]
        return read_checkpoint(json.loads(last)).size
    except (OSError, ValueError, IndexError):
        return 0


def _append(file: Path, line: str) -> None:
    """Add a whole line and wait for the disk; several replicas may share a file."""
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
