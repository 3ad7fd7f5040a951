"""Practitioners who do not give up: they press again whatever did not seem to work."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.bot.surfaces.slack.stage import (
    COMMAND,
    answer,
    check_of,
    fill_in,
    question_of,
    reference_of,
    shown,
)
from tests.fakes.slack import FakeSlack, Person
from tests.fakes.slack.errors import NotOnScreen, SlackWouldShow

MOST_PRESSES = 80
WAYS = (
    {"danger": "now"},
    {"danger": "harm"},
    {"danger": "no", "purpose": "yes", "consent": "yes"},
    {"danger": "no", "purpose": "no"},
    {"danger": "no", "purpose": "yes", "consent": "no", "identifiable": "no"},
)
"""Through `briefing-2018`, short ones first."""

Up = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A decision of which somebody was told that it is done."""

    check: str
    reference: str
    revision: int
    choice: str
    posted: bool


@dataclass
class Crowd:
    """Many practitioners at once, each with one check after another, until they are told to stop.

    `up` waits until there is a bot to ask again; what was acknowledged is what the bot has to
    answer for.
    """

    slack: FakeSlack
    up: Up
    dice: random.Random
    acknowledged: list[Acknowledged] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    abandoned: int = 0
    presses: int = 0
    pressed_again: int = 0
    stopping: bool = False

    async def work(self, workers: int) -> None:
        """Return when everybody has finished, or left, their last check."""
        await asyncio.gather(*(self._one_after_another() for _ in range(workers)))

    async def _one_after_another(self) -> None:
        while not self.stopping:
            person = Person(self.slack, f"U0SOAK{len(self.people):06}")
            self.people.append(person)
            if not await self._carried_through(person, 1):
                self.abandoned += 1
            elif self.dice.random() < 0.2 and await self._opened_again(person):
                await self._carried_through(person, 2)

    async def _carried_through(self, person: Person, revision: int) -> bool:
        """From wherever this person is to the end of their check."""
        way = self.dice.choice(WAYS)
        choice = self.dice.choice(("share", "share_in_part", "not_share", "defer"))
        post = self.dice.random() < 0.9
        check = ""
        for _ in range(MOST_PRESSES):
            if person.view is not None and shown(person).callback_id == "done":
                done = Acknowledged(check, reference_of(check), revision, choice, post)
                self.acknowledged.append(done)
                return True
            check = self._check(person) or check
            before = person.view
            await self._pressed(lambda: _next(person, way, choice, post=post))
            if person.view == before:
                # People do not press at once again, and a bot that is starting has other work.
                await asyncio.sleep(0.05 + self.dice.random() * 0.2)
        return False

    async def _opened_again(self, person: Person) -> bool:
        """Change the decision later, from the message that came with the advice."""
        if not person.messages or self.stopping:
            return False
        message = person.messages[0]
        for _ in range(10):
            if await self._pressed(lambda: person.message_press(message, "decide")):
                return person.view is not None and shown(person).callback_id == "decision"
        return False

    async def _pressed(self, press: Callable[[], Awaitable[object]]) -> bool:
        await self.up()
        self.presses += 1
        try:
            await press()
        except SlackWouldShow:
            self.pressed_again += 1
            return False
        return True

    def _check(self, person: Person) -> str | None:
        if person.view is None or '"check"' not in person.view.private_metadata:
            return None
        return check_of(person)


async def _next(person: Person, way: dict[str, str], choice: str, *, post: bool) -> None:
    """Press what leads on from the screen that this person sees."""
    if person.view is None:
        await person.command(COMMAND)
        return
    match shown(person).callback_id:
        case "danger" | "question":
            await answer(person, way[question_of(person)])
        case "check_answers" | "advice":
            await person.submit()
        case "decision":
            await fill_in(person, choice=choice, words="The risk of waiting was weighed.")
        case "preview" if post:
            await person.submit()
        case "preview":
            await person.press("skip")
        case "expired":
            await _again(person)
        case other:
            raise NotOnScreen(f"a practitioner does not know the screen {other}")


async def _again(person: Person) -> None:
    """Try again where that is offered; otherwise begin anew."""
    try:
        await person.press("resume")
    except NotOnScreen:
        await person.press("restart")
