"""Kill -9 the real bot under load, again and again, and hold it to what it acknowledged.

The register is SQLite or a PostgreSQL of its own, sessions are in a Redis that outlives the bot,
and Slack is a strict fake that loses replies, closes connections and asks to wait all the while.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bot.embedded import Embedded
from tests import postgresql
from tests.bot.server import Server
from tests.bot.surfaces.slack.stage import TEAM
from tests.fakes.slack import FakeSlack, Fault
from tests.faults.audit import Findings, compare, read
from tests.faults.nursery import ForkedServer, Nursery
from tests.faults.practitioners import Crowd

WORKERS = 6
MOST_SECONDS = 0.8
"""How long a server may work before it is killed."""
REST_SECONDS = 240.0
SPOILT = ("chat.postMessage", "chat.update", "conversations.history", "conversations.open")
FAULTS = (Fault.LOSE_REPLY, Fault.DROP, Fault.SERVER_ERROR, Fault.RATE_LIMITED, Fault.REFUSE)


@dataclass
class Soak:
    """One run: a fake Slack, a bot that is killed, and a crowd that goes on pressing."""

    folder: Path
    slack: FakeSlack
    settings: dict[str, str]
    dice: random.Random
    faults: bool = True
    nursery: Nursery | None = None
    """Where servers come from; None to start each anew, as an operator would."""
    crowd: Crowd = field(init=False)
    _up: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.crowd = Crowd(self.slack, self._wait, self.dice)

    async def run(self, cycles: int, workers: int = WORKERS, *, gently: bool = False) -> Findings:
        """Kill so many times, or stop gently, let everything come to rest, and compare."""
        working = asyncio.create_task(self.crowd.work(workers))
        server = self._server()
        for cycle in range(cycles):
            await self._started(server)
            if cycle == cycles - 1:
                self.crowd.stopping = True
            await asyncio.sleep(self.dice.uniform(0.0, MOST_SECONDS))
            if working.done():
                working.result()
            self._up.clear()
            await asyncio.to_thread(_stop if gently else Server.kill, server)
        self.slack.heal()
        await self._started(server)
        async with asyncio.timeout(REST_SECONDS):
            await working
            await self._rest(server.url)
        assert await asyncio.to_thread(server.stop) == 0
        return self._findings(cycles)

    def _server(self) -> Server:
        if self.nursery is None:
            return Server(self.folder, **self.settings)
        return ForkedServer(self.nursery, self.folder, **self.settings)

    async def _started(self, server: Server) -> None:
        await asyncio.to_thread(server.start)
        self.slack.connect(f"{server.url}/slack/events")
        if self.faults:
            self._spoil()
        self._up.set()

    async def _wait(self) -> None:
        await self._up.wait()

    def _spoil(self) -> None:
        for method in SPOILT:
            if self.dice.random() < 0.5:
                fault = self.dice.choice(FAULTS)
                self.slack.fail(method, fault, times=self.dice.randint(1, 3), seconds=1)

    async def _rest(self, url: str) -> None:
        """Wait until nothing waits to be sent or looked up."""
        async with aiohttp.ClientSession() as session:
            while True:
                async with session.get(f"{url}/metrics") as answer:
                    text = await answer.text()
                if "share_check_outbox_oldest_seconds 0.0" in text:
                    return
                await asyncio.sleep(0.25)

    def _findings(self, cycles: int) -> Findings:
        channel = [message.words for message in self.slack.channel(TEAM).messages]
        direct = [
            [message.text for message in person.messages if message.text.startswith("Your advice")]
            for person in self.crowd.people
        ]
        standing = read(self.folder, channel, direct, **self.settings)
        found = compare(self.crowd.acknowledged, standing)
        found.cycles = cycles
        return found


def _stop(server: Server) -> None:
    """As an orchestrator would; it has to end well, and in time."""
    assert server.stop() == 0


@asynccontextmanager
async def soaking(
    folder: Path, database: str, seed: int, *, faults: bool = True
) -> AsyncIterator[Soak]:
    """Everything that a run needs, on an engine of its own."""
    redis = folder / "redis"
    redis.mkdir()
    async with FakeSlack() as slack, await Embedded.start(redis) as sessions:
        slack.add_channel(TEAM, "team")
        settings = {
            "REDIS_URL": sessions.url,
            "DEFAULT_PACK": "briefing-2018",
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "SUMMARY_CHANNEL": TEAM,
        }
        dice = random.Random(seed)
        if database == "sqlite":
            yield Soak(folder, slack, settings, dice, faults)
            return
        with postgresql.running() as server:
            async with server.database() as register, server.database() as keys:
                more = {"DATABASE_URL": register, "ENTRY_KEYS_URL": keys}
                yield Soak(folder, slack, {**settings, **more}, dice, faults)
