"""A process that dies at its nth statement while it opens a register: register, keys, n."""

import asyncio
import os
import signal
import sys

from sqlalchemy import Engine, event

from bot.register.store import Register
from tests.bot.register.drafts import KEYRING, SIGNER


async def main(register_url: str, keys_url: str, last: int) -> None:
    said = 0

    def count(*_: object) -> None:
        nonlocal said
        said += 1
        if said == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    register = await Register.open(register_url, keys_url, KEYRING, SIGNER)
    await register.close()
    print(said)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
