"""Numbers that several processes count together for a while, under names that lead to nobody."""

from hashlib import sha1

from bot.sessions.road import Road
from bot.sessions.script import Script

PREFIX = "count:"

_ADD = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then
  redis.call('EXPIRE', KEYS[1], ARGV[1])
end
return count
"""
ADD = Script(_ADD, sha1(_ADD.encode(), usedforsecurity=False).hexdigest())


class Counts:
    """Counts up from nothing; a count is forgotten that long after it began."""

    def __init__(self, road: Road) -> None:
        self._road = road

    async def add(self, name: str, seconds: int) -> None:
        """Count one more; raises `Unavailable`."""
        await self._road.run(ADD, (PREFIX + name,), str(seconds))

    async def read(self, name: str) -> int:
        """How many were counted; raises `Unavailable`."""
        [count] = await self._road.ask(("GET", PREFIX + name))
        return int(count or 0)
