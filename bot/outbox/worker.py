"""The worker that sends the rows of the outbox, until each is known to be out.

Theory. Chat platforms have no key that would make a second post harmless, so a message whose
fate is unknown is never simply sent again: its sender is told to look first (`retry`). Nothing
is in a transaction while a message is on its way. A row is sent, or it waits, or a person is
told why it does not go out: parked, with a remedy, or unknown, when looking did not settle it.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping

import structlog

from bot.keys import Keyring
from bot.outbox.delivering import Deliverer, Notice
from bot.outbox.sending import Address, Sender
from bot.register.database import Database, RegisterUnavailable
from bot.register.deliveries import Deliveries, Row, State

log = structlog.get_logger(__name__)

AT_ONCE = 8
"""Messages on their way at one time, for each surface: one that hangs holds up no other."""

CLAIM_SECONDS = 8.0
POLL_SECONDS = 1.0


class Outbox:
    """Sends rows as they come, each surface through its own sender."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        senders: Mapping[str, Sender],
        *,
        posted: asyncio.Event,
        addresses: Mapping[str, Address] | None = None,
        now: Callable[[], float] = time.time,
        claim_seconds: float = CLAIM_SECONDS,
        poll_seconds: float = POLL_SECONDS,
        notice: Notice | None = None,
    ) -> None:
        """Wake up on the event, and look each second as well, for what other processes wrote.

        `notice` makes the post that tells the owner of a row that it does not go out.
        """
        self._deliveries = Deliveries(database, keyring)
        self._deliverer = Deliverer(
            self._deliveries, senders, notice, now, claim_seconds, addresses
        )
        self._senders = senders
        self._wake = posted
        self._now = now
        self._claim_seconds = claim_seconds
        self._poll_seconds = poll_seconds
        self._sending: dict[asyncio.Task[None], str] = {}
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
            except Exception as error:  # noqa: BLE001
                # Whatever one row may do to us, the others go out and the bot stays up.
                log.error("outbox.stumbled", error=type(error).__name__)  # noqa: TRY400
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

    async def one(self, row_id: str) -> Row | None:
        """One row by its id."""
        return await self._deliveries.one(row_id)

    async def of(self, check: str) -> tuple[Row, ...]:
        """Every row of one check, in order."""
        return await self._deliveries.of(check)

    async def sent(
        self, surface: str, limit: int, purposes: Collection[str] = ("summary",)
    ) -> tuple[Row, ...]:
        """The last rows of these purposes that went out on a surface, newest first."""
        return await self._deliveries.latest_sent(surface, limit, purposes)

    async def counts(self) -> Mapping[State, int]:
        """How many rows there are in each state."""
        return await self._deliveries.counts()

    async def oldest(self) -> float:
        """How many seconds the oldest row waits that is still to be sent or looked up."""
        since = await self._deliveries.waiting_since()
        return 0.0 if since is None else max(0.0, self._now() - since)

    async def resend(self, row_id: str) -> bool:
        """Offer a parked or unknown row again; False when it does not wait for a person."""
        again = await self._deliveries.resend(row_id)
        self._wake.set()
        return again

    async def resolve(self, row_id: str, message: str | None = None) -> bool:
        """Take a person's word that a row is out; False when it was known to be."""
        return await self._deliveries.sent(row_id, message)

    async def let_go(self, row_id: str) -> bool:
        """Nothing is to be sent for this row any more; False when there was nothing to let go."""
        return await self._deliveries.let_go(row_id)

    async def _start_due(self) -> int:
        # A row that is claimed is among those being sent before anybody looks for either.
        async with self._claiming:
            busy = Counter(self._sending.values())
            free = {name: AT_ONCE - busy[name] for name in self._senders if busy[name] < AT_ONCE}
            if self._closing or not free:
                return 0
            now = self._now()
            until = now + self._claim_seconds
            limit = min(free.values())
            rows = await self._deliveries.claim(free, now=now, until=until, limit=limit)
            for row in rows:
                task = asyncio.create_task(self._deliverer.deliver(row, until))
                self._sending[task] = row.surface
                task.add_done_callback(self._finished)
            return len(rows)

    def _finished(self, task: asyncio.Task[None]) -> None:
        del self._sending[task]
        self._wake.set()

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._poll_seconds):
                await self._wake.wait()
        except TimeoutError:
            pass
