"""One row on its way: sent through its surface, and what became of it written down.

A send is given up well before its claim lapses, so that two workers never send one row. Whatever
goes wrong once a sender has been asked, the message may be out: only a sender that says so knows
that it is not.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

import structlog

from bot.keys import Unopenable
from bot.outbox.sending import Address, CannotBeMade, Later, Outcome, Parked, Sender, Sent, Unknown
from bot.register.database import RegisterUnavailable
from bot.register.deliveries import Deliveries, Row, State
from bot.register.posts import Post

log = structlog.get_logger(__name__)

SEND_SHARE = 0.7
MOST_ATTEMPTS = 6
LONGEST_BACK_OFF = 300.0
WAIT_SECONDS = 2.0
# A request that was given up may still be on its way to the channel. Whoever looks too soon does
# not find the message, and would send it a second time.
STILL_ON_ITS_WAY = 30.0
UNREADABLE = Parked("The row cannot be read.", "Somebody altered it: resolve it by hand.")

Notice: TypeAlias = Callable[[Row, str, State], Post]
"""Makes the post that tells somebody what became of their row."""


@dataclass(frozen=True, slots=True)
class Deliverer:
    """Sends claimed rows, each through the sender of its surface."""

    deliveries: Deliveries
    senders: Mapping[str, Sender]
    notice: Notice | None
    now: Callable[[], float]
    claim_seconds: float
    addresses: Mapping[str, Address] | None = None

    async def deliver(self, row: Row, until: float) -> None:
        """Send a row that is claimed until then, and write what became of it."""
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
        if not row.readable:
            return UNREADABLE
        if row.attempts >= MOST_ATTEMPTS:
            return Unknown("Every attempt ended before its outcome was known.")
        try:
            recipient = await self._recipient(row)
        except Unopenable:
            return Parked(
                "The recipient cannot be read.", "Put the old key back into SECRET_KEYS."
            )
        except RegisterUnavailable:
            return Later(WAIT_SECONDS)
        if recipient is None and self._nameless(row):
            return Sent(None)
        opened = replace(row, recipient=recipient)
        try:
            async with asyncio.timeout(self.claim_seconds * SEND_SHARE):
                return await self.senders[row.surface].send(opened, retry=may_be_out)
        except CannotBeMade as problem:
            return Parked(str(problem), "Resolve this row by hand: the message cannot be made.")
        except TimeoutError:
            return Unknown("The platform did not answer in time.", STILL_ON_ITS_WAY)
        except Exception as error:  # noqa: BLE001
            # The last resort of every sender: whatever broke, the message may be out.
            return Unknown(f"Sending failed ({type(error).__name__}).")

    async def _recipient(self, row: Row) -> str | None:
        find = (self.addresses or {}).get(row.purpose)
        return await find(row) if find else self.deliveries.recipient(row)

    def _nameless(self, row: Row) -> bool:
        """Whether a row itself must never say, not even afterwards, whom it is for."""
        return row.purpose in (self.addresses or {})

    async def _settle(self, row: Row, until: float, outcome: Outcome, *, may_be_out: bool) -> bool:
        settle = self.deliveries.settle
        match outcome:
            case Sent(message):
                # Where a direct message stands says whose it is.
                direct = row.sealed_recipient is not None or self._nameless(row)
                said = None if direct else message
                return await self.deliveries.sent(row.id, said)
            case Unknown(reason, seconds, can_look):
                next_at = self._look_again_at(row, seconds) if can_look else None
                then = self._told(row, "unknown") if next_at is None else None
                return await settle(
                    row, until, then=then, state="unknown", reason=reason, next_at=next_at
                )
            case Parked(reason, remedy):
                then = self._told(row, "parked")
                return await settle(
                    row,
                    until,
                    then=then,
                    state="parked",
                    reason=reason,
                    remedy=remedy,
                    next_at=None,
                )
            case Later(seconds):
                return await settle(
                    row,
                    until,
                    state="unknown" if may_be_out else "waiting",
                    next_at=self.now() + seconds,
                    attempts=row.attempts,
                )
        assert_never(outcome)

    def _told(self, row: Row, state: State) -> Post | None:
        """What tells the owner that their row does not go out, if it has an owner to tell."""
        try:
            owner = self.deliveries.owner(row)
        except Unopenable:
            return None
        return self.notice(row, owner, state) if self.notice and owner else None

    def _look_again_at(self, row: Row, seconds: float) -> float | None:
        """When to look again, later each time, or None when it is a person's turn."""
        if row.attempts + 1 >= MOST_ATTEMPTS:
            return None
        return self.now() + max(seconds, min(2.0**row.attempts, LONGEST_BACK_OFF))
