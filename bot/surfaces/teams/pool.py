"""A pool of connections of our own, so that calls that hang hold up nothing else."""

import aiohttp

SECONDS = 10.0
"""The longest that one try may take."""
MOST_CONNECTIONS = 16
IDLE_SECONDS = 10.0


class Pool:
    """Connections that are made with the first call, inside the loop that they belong to."""

    def __init__(self) -> None:
        """Connect to nothing yet."""
        self._session: aiohttp.ClientSession | None = None

    def session(self) -> aiohttp.ClientSession:
        """The pool as the HTTP client has it."""
        if self._session is None:
            # A connection that was idle for long may be closed as we write to it, and then nobody
            # knows whether a message is out.
            connector = aiohttp.TCPConnector(
                limit=MOST_CONNECTIONS, keepalive_timeout=IDLE_SECONDS
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=aiohttp.ClientTimeout(total=SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
