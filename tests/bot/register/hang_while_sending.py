"""A process that claims a row and never comes back: register, keys, the time it is."""

import asyncio
import sys

from bot.outbox import Outbox, Outcome, Row, Sent
from bot.register.store import Register
from tests.bot.register.drafts import KEYRING, SIGNER


class Hanging:
    """Says that it began, and nothing more."""

    async def send(self, row: Row, *, retry: bool) -> Outcome:
        print("sending", flush=True)  # noqa: T201
        await asyncio.Event().wait()
        return Sent(None)


async def main(register_url: str, keys_url: str, now: float) -> None:
    register = await Register.open(register_url, keys_url, KEYRING, SIGNER)
    outbox = Outbox(
        register.database,
        KEYRING,
        {"slack": Hanging()},
        posted=register.posted,
        now=lambda: now,
    )
    await outbox.drain()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
