"""The outbox: posts what must be posted, until it is known to be posted.

Theory. Chat platforms have no key that would make a second post harmless, so a message whose
fate is unknown is never simply sent again: its sender is told to look first (`retry`). Nothing
is in a transaction while a message is on its way. A row is sent, or it waits, or a person is
told why it does not go out: parked, with a remedy, or unknown, when looking did not settle it.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import assert_never

import structlog

from bot.keys import Keyring, Unopenable
from bot.register.database import Database, RegisterUnavailable
from bot.register.deliveries import Deliveries, Row, State
from bot.register.posts import Post
from bot.sending import Drawing, Later, Outcome, Parked, Sender, Sent, Unknown

__all__ = [
    "Drawing",
    "Later",
    "Outbox",
    "Outcome",
    "Parked",
    "Post",
    "Row",
    "Sender",
    "Sent",
    "State",
    "Unknown",
]

log = structlog.get_logger(__name__)

AT_ONCE = 8
CLAIM_SECONDS = 8.0
# A send is given up well before its claim lapses, so that two workers never send one row.
SEND_SHARE = 0.7
POLL_SECONDS = 1.0
MOST_ATTEMPTS = 6
LONGEST_BACK_OFF = 300.0


class Outbox:
    """Sends rows as they come, each surface through its own sender."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        senders: Mapping[str, Sender],
        *,
        posted: asyncio.Event,
        now: Callable[[], float] = time.time,
        claim_seconds: float = CLAIM_SECONDS,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        """Wake up on the event, and look each second as well, for what other processes wrote."""
        self._deliveries = Deliveries(database, keyring)
        self._senders = senders
        self._wake = posted
        self._now = now
        self._claim_seconds = claim_seconds
        self._poll_seconds = poll_seconds
        self._sending: set[asyncio.Task[None]] = set()
        self._claiming = asyncio.Lock()
        self._closing = False

    async def run(self) -> None:
        """Send until closed."""
        while not self._closing:
            self._wake.clear()
            try:
                started = await self._start_due()
            except RegisterUnavailable:
                log.warning("outbox.stalled")
                started = 0
            if not started:
                await self._pause()

    async def drain(self) -> None:
        """Send everything that is due now, and return when nothing is."""
        while await self._start_due() or self._sending:
            if self._sending:
                await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)

    async def close(self, grace: float = 10.0) -> None:
        """Start nothing more; what is still on its way after the grace is looked up next time."""
        self._closing = True
        self._wake.set()
        if self._sending:
            await asyncio.wait(self._sending, timeout=grace)
        left = tuple(self._sending)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def list(self, state: State | None = None, limit: int | None = None) -> tuple[Row, ...]:
        """Rows in the order in which they came, of one state or of all."""
        return await self._deliveries.list(state, limit)

    async def of(self, check: str) -> tuple[Row, ...]:
        """Every row of one check, in order."""
        return await self._deliveries.of(check)

    async def sent(self, surface: str, limit: int) -> tuple[Row, ...]:
        """The last rows that went out on a surface, newest first."""
        return await self._deliveries.latest_sent(surface, limit)

    async def counts(self) -> Mapping[State, int]:
        """How many rows there are in each state."""
        return await self._deliveries.counts()

    async def resend(self, row_id: str) -> bool:
        """Offer a parked or unknown row again; False when it does not wait for a person."""
        again = await self._deliveries.resend(row_id)
        self._wake.set()
        return again

    async def resolve(self, row_id: str, message: str | None = None) -> bool:
        """Take a person's word that a row is out; False when it was known to be."""
        return await self._deliveries.sent(row_id, message)

    async def _start_due(self) -> int:
        # A row that is claimed is among those being sent before anybody looks for either.
        async with self._claiming:
            free = AT_ONCE - len(self._sending)
            if self._closing or free <= 0:
                return 0
            now = self._now()
            until = now + self._claim_seconds
            rows = await self._deliveries.claim(self._senders, now=now, until=until, limit=free)
            for row in rows:
                task = asyncio.create_task(self._deliver(row, until))
                self._sending.add(task)
                task.add_done_callback(self._finished)
            return len(rows)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self._wake.set()

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._poll_seconds):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _deliver(self, row: Row, until: float) -> None:
        may_be_out = row.state == "unknown" or row.claimed_until is not None
        outcome = await self._outcome(row, may_be_out=may_be_out)
        try:
            settled = await self._settle(row, until, outcome, may_be_out=may_be_out)
        except RegisterUnavailable:
            # The claim lapses, and the next worker looks whether the message is out.
            settled = False
        log.info(
            "outbox.row_settled" if settled else "outbox.row_left",
            outcome=type(outcome).__name__.lower(),
            surface=row.surface,
            purpose=row.purpose,
        )

    async def _outcome(self, row: Row, *, may_be_out: bool) -> Outcome:
        if row.attempts >= MOST_ATTEMPTS:
            return Unknown("Every attempt ended before its outcome was known.")
        try:
            opened = replace(row, recipient=self._deliveries.recipient(row))
        except Unopenable:
            return Parked(
                "The recipient cannot be read.", "Put the old key back into SECRET_KEYS."
            )
        try:
            async with asyncio.timeout(self._claim_seconds * SEND_SHARE):
                return await self._senders[row.surface].send(opened, retry=may_be_out)
        except TimeoutError:
            return Unknown("The platform did not answer in time.")
        except Exception as error:  # noqa: BLE001
            # The last resort of every sender: whatever broke, the message may be out.
            return Unknown(f"Sending failed ({type(error).__name__}).")

    async def _settle(self, row: Row, until: float, outcome: Outcome, *, may_be_out: bool) -> bool:
        settle = self._deliveries.settle
        match outcome:
            case Sent(message):
                return await self._deliveries.sent(row.id, message)
            case Unknown(reason):
                next_at = self._look_again_at(row)
                return await settle(row, until, state="unknown", reason=reason, next_at=next_at)
            case Parked(reason, remedy):
                return await settle(
                    row, until, state="parked", reason=reason, remedy=remedy, next_at=None
                )
            case Later(seconds):
                return await settle(
                    row,
                    until,
                    state="unknown" if may_be_out else "waiting",
                    next_at=self._now() + seconds,
                    attempts=row.attempts,
                )
        assert_never(outcome)

    def _look_again_at(self, row: Row) -> float | None:
        """When to look again, later each time, or None when it is a person's turn."""
        if row.attempts + 1 >= MOST_ATTEMPTS:
            return None
        return self._now() + min(2.0**row.attempts, LONGEST_BACK_OFF)
