"""A process that appends and says what was acknowledged: register, keys, name, how many."""

import asyncio
import sys

from bot.register.store import Register
from tests.bot.register.drafts import KEYRING, SIGNER, a_draft

WRITERS = 4


async def main(register_url: str, keys_url: str, name: str, count: int) -> None:
    register = await Register.open(register_url, keys_url, KEYRING, SIGNER, deadline=10.0)

    async def write(writer: int) -> None:
        for number in range(writer, count, WRITERS):
            check = f"{name}-{number}"
            appended = await register.append(a_draft(check, text=check))
            print(appended.entry.seq, check, flush=True)  # noqa: T201

    await asyncio.gather(*(write(writer) for writer in range(WRITERS)))
    await register.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
