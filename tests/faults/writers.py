"""Writers who offer the same draft until the register says that it stands."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.outbox import Outbox
from bot.register.database import RegisterUnavailable
from bot.register.entries import Appended, Entry
from bot.register.store import Register
from tests.bot.register.drafts import KEYRING, a_draft, a_post

PATIENCE = 60.0


@dataclass
class Writers:
    """What was acknowledged to whom, and how often somebody had to ask again."""

    register: Register
    acknowledged: dict[str, Appended] = field(default_factory=dict)
    refused: int = 0

    async def write(self, number: int, writers: int = 8, *, first: int = 0) -> None:
        """Each writer takes the next draft when theirs is acknowledged."""
        numbers = iter(range(first, first + number))

        async def one() -> None:
            for name in numbers:
                self.acknowledged[f"check-{name}"] = await self._insisted(f"check-{name}")

        async with asyncio.timeout(PATIENCE + number):
            await asyncio.gather(*(one() for _ in range(writers)))

    async def _insisted(self, check: str) -> Appended:
        draft = a_draft(check, text=f"Because of {check}.", posts=(a_post(check, check=check),))
        while True:
            try:
                return await self.register.append(draft)
            except RegisterUnavailable:
                self.refused += 1
                await asyncio.sleep(0.02)

    async def wrong(self) -> list[str]:
        """Everything that was acknowledged and does not stand, or stands twice."""
        entries = [entry async for entry in self.register.export()]
        if {entry.check for entry in entries} - set(self.acknowledged):
            return ["something stands that nobody wrote"]
        return await self._wrong(entries)

    async def wrong_of_acknowledged(self) -> list[str]:
        """The same, where others wrote as well."""
        return await self._wrong([entry async for entry in self.register.export()])

    async def _wrong(self, entries: Sequence[Entry]) -> list[str]:
        standing = {entry.identity: entry for entry in entries}
        found = [
            f"{check} is lost"
            for check, appended in self.acknowledged.items()
            if standing.get(appended.entry.identity) != appended.entry
        ]
        counted = Counter(entry.check for entry in entries)
        found += [
            f"{check} stands {number} times" for check, number in counted.items() if number > 1
        ]
        if [entry.seq for entry in entries] != list(range(1, len(entries) + 1)):
            found.append("there are gaps")
        found += [f"{entry.check} does not verify" for entry in entries if not entry.verifies()]
        rows = await Outbox(
            self.register.database, KEYRING, {}, posted=self.register.posted
        ).list()
        posts = Counter(row.check for row in rows)
        found += [f"{c} has {posts[c]} posts" for c in self.acknowledged if posts[c] != 1]
        for last in list(self.acknowledged.values())[-3:]:
            if await self.register.text(last.entry) != f"Because of {last.entry.check}.":
                found.append(f"the text of {last.entry.check} cannot be read")
        return found
