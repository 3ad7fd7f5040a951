"""A whole Teams turn beside CloudAdapter's bare invoke, each on one core."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count, islice, repeat
from pathlib import Path
from urllib.request import urlopen

from benchmarks import servers
from benchmarks.activities import (
    APP_ID,
    PERSON,
    TENANT,
    Begun,
    Cards,
    Checks,
    SameAgain,
    Signer,
    activity,
)
from benchmarks.forms import Json
from benchmarks.load import Source, Unexpected, run
from benchmarks.machine import Cores
from benchmarks.rounds import CONNECTIONS, Round, Size, used
from benchmarks.servers import Bot, Server

OURS, NEW_TOKENS = "Share Check in Teams", "  every token a new one"
STOCK = "CloudAdapter, bare invoke"
STOCK_SHARE = 10
"""CloudAdapter is sent fewer requests, or a run would take minutes more."""


@dataclass(slots=True)
class Chats:
    """Starts checks by the real command, and hands out their first cards."""

    bot: Bot
    microsoft: Server
    signer: Signer
    cards: Cards
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def begin(self, number: int) -> list[Begun]:
        """So many checks, each with its first card in a chat of its own."""
        people = [f"P{person:011}".encode() for person in islice(self._numbers, number)]
        blank, said = PERSON[3:].encode(), {"type": "message", "text": "share-check"}
        form = activity(self.cards.service_url, **said)
        forms = iter([form.replace(blank, person) for person in people])
        tokens = repeat(self.signer.token())
        run(self.bot.port, [SameAgain(forms, tokens) for _ in range(CONNECTIONS)])
        with urlopen(f"http://127.0.0.1:{self.microsoft.port}/opened") as answer:
            opened: list[Json] = json.load(answer)
        if len(opened) != number:
            raise Unexpected(f"{len(opened)} first cards for {number} commands")
        return [_begun(each) for each in opened]

    def round(self, size: Size, tokens: Callable[[int], Iterator[bytes]]) -> Round:
        """Checks question by question, from the first card to the answers in review."""

        def connections(checks: int, number: int) -> list[Source]:
            begun = iter(self.begin(checks))
            taken = tokens(checks * 12)
            return [Checks(self.cards, taken, begun) for _ in range(number)]

        run(self.bot.port, connections(CONNECTIONS, CONNECTIONS))
        sources = connections(size.checks, CONNECTIONS)
        before, redis_before = self.bot.cpu, self.bot.redis_cpu
        many = run(self.bot.port, sources)
        cpu = used(before, self.bot.cpu, many)
        redis_cpu = used(redis_before, self.bot.redis_cpu, many)
        alone = run(self.bot.port, connections(size.checks_alone, 1))
        return Round(many, alone, cpu, redis_cpu)

    def one_token(self, _: int) -> Iterator[bytes]:
        """As Teams does: one token for about an hour."""
        return repeat(self.signer.token())

    def new_tokens(self, number: int) -> Iterator[bytes]:
        """A token for each request, so that each has to be validated."""
        return iter([self.signer.token() for _ in range(number)])


def over_http(
    folder: Path,
    cores: Cores,
    size: Size,
    interleaved: Callable[[dict[str, Callable[[], Round]], int], dict[str, list[Round]]],
) -> dict[str, list[Round]]:
    """Share Check and CloudAdapter, in turn."""
    port = servers.free_port()
    service_url = f"http://127.0.0.1:{port}/teams/"
    signer = Signer(service_url)
    keys, fixed = folder / "keys.json", folder / "card.json"
    keys.write_text(json.dumps(signer.published()))
    with ExitStack() as running:
        named = ["benchmarks.fake_microsoft", str(port), str(keys)]
        microsoft = running.enter_context(
            servers.listening("fake-microsoft", named, folder, cores.load, port)
        )
        bot = running.enter_context(
            servers.bot_with(folder / "teams", _settings(microsoft.port), cores.servers)
        )
        chats = Chats(bot, microsoft, signer, Cards(service_url))
        run(bot.port, [Checks(chats.cards, chats.one_token(1), iter(chats.begin(1)))])
        card, form = chats.cards.typical()
        fixed.write_text(json.dumps(card))
        at = servers.free_port()
        stock = running.enter_context(
            servers.listening(
                "stock-teams",
                ["benchmarks.stock_teams", str(at), str(fixed)],
                folder,
                cores.servers,
                at,
            )
        )
        return interleaved(
            {
                OURS: lambda: chats.round(size, chats.one_token),
                NEW_TOKENS: lambda: chats.round(size, chats.new_tokens),
                STOCK: lambda: _stock_round(stock, form, size),
            },
            size.repetitions,
        )


def _stock_round(server: Server, form: bytes, size: Size) -> Round:
    """The same press again and again, with no token at all."""

    def connections(requests: int, number: int) -> list[Source]:
        forms = islice(repeat(form), requests)
        return [SameAgain(forms) for _ in range(number)]

    run(server.port, connections(CONNECTIONS, CONNECTIONS))
    before = server.cpu
    many = run(server.port, connections(size.stock // STOCK_SHARE, CONNECTIONS))
    cpu = used(before, server.cpu, many)
    return Round(many, run(server.port, connections(size.stock_alone, 1)), cpu)


def _settings(port: int) -> dict[str, str]:
    return {
        "MICROSOFT_APP_ID": APP_ID,
        "MICROSOFT_APP_PASSWORD": "benchmark",
        "MICROSOFT_APP_TENANT_ID": TENANT,
        "TEAMS_OPENID_METADATA_URL": f"http://127.0.0.1:{port}/metadata",
        "TEAMS_TOKEN_URL": f"http://127.0.0.1:{port}/token",
        "TEAMS_SERVICE_HOSTS": f"127.0.0.1:{port}",
        "TEAMS_SUMMARY_CHANNEL": "19:benchmark@thread.tacv2",
    }


def _begun(opened: Json) -> Begun:
    [attachment] = opened["activity"]["attachments"]
    card = attachment["content"]
    check = card["actions"][0]["data"]["_at"]["check"]
    person = str(opened["chat"]).removeprefix("a:")
    return Begun(person.encode(), check.encode(), card)
