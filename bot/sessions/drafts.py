"""What somebody typed and has not sent: sealed values under names that lead to nobody."""

from bot.sessions.road import Road

PREFIX = "draft:"


class Drafts:
    """Keeps values whole for a while; writing one again writes the same."""

    def __init__(self, road: Road) -> None:
        self._road = road

    async def put(self, name: str, value: bytes, seconds: int) -> None:
        """Keep a value; raises `Unavailable`."""
        await self._road.ask(("SET", PREFIX + name, value, "EX", seconds))

    async def get(self, name: str) -> bytes | None:
        """The value, while it is kept; raises `Unavailable`."""
        [value] = await self._road.ask(("GET", PREFIX + name))
        return bytes(value) if value is not None else None

    async def drop(self, name: str) -> None:
        """Forget a value; raises `Unavailable`."""
        await self._road.ask(("DEL", PREFIX + name))
