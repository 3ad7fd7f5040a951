"""The owner of a summary hears of it, once and in words, when it does not go out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.keys import Keyring
from bot.outbox import Outbox, Outcome, Parked, Row, Sent, Unknown
from bot.outbox.notices import Notices, held_words, notice_of
from bot.register.store import Register
from dialogs.pages import PageView
from policies.model import Contact
from tests.bot.outbox.channels import Channel, Clock
from tests.bot.register.drafts import KEYRING, SIGNER, a_post

GONE = Parked("Slack refused it: is_archived.", "Unarchive the channel.")
EMERGENCY = Contact(role="emergency", name="Emergency services", number="999")


@pytest.fixture
async def register(tmp_path: Path) -> AsyncIterator[Register]:
    folder = f"sqlite:///{tmp_path}"
    register = await Register.open(f"{folder}/register.db", f"{folder}/keys.db", KEYRING, SIGNER)
    yield register
    await register.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def working(register: Register, channel: Channel, clock: Clock, keys: Keyring = KEYRING) -> Outbox:
    return Outbox(
        register.database,
        keys,
        {"slack": channel},
        posted=register.posted,
        now=clock,
        notice=notice_of,
    )


class Telling(Channel):
    """A platform that posts notices, and treats everything else by its script."""

    async def send(self, row: Row, *, retry: bool) -> Outcome:
        if row.purpose == "notice":
            self.asked.append(row)
            return Sent(None)
        return await super().send(row, retry=retry)

    @property
    def told(self) -> list[str | None]:
        return [row.recipient for row in self.asked if row.purpose == "notice"]


async def said(outbox: Outbox, row: Row) -> PageView | None:
    return await Notices(outbox, EMERGENCY).draw(row)


async def test_a_parked_summary_is_told_to_its_owner(register: Register, clock: Clock) -> None:
    channel = Telling(GONE)
    outbox = working(register, channel, clock)
    await register.post([a_post("one", owner="U0OWNER"), a_post("two", owner="U0OTHER")])

    await outbox.drain()

    assert channel.told == ["U0OWNER"]
    page = await said(outbox, channel.asked[-1])
    assert page is not None
    assert page.emergency == EMERGENCY
    words = " ".join(line for part in page.sections for line in part.lines)
    assert "The summary is not in your team's channel." in words
    assert "Unarchive the channel." in words
    assert len(page.title) <= 24


async def test_it_is_told_once_however_often_it_is_held_up(
    register: Register, clock: Clock
) -> None:
    channel = Telling(GONE, GONE, GONE)
    outbox = working(register, channel, clock)
    post = a_post("one", owner="U0OWNER")
    await register.post([post])

    for _ in range(3):
        await outbox.drain()
        await outbox.resend(post.id)
    await outbox.drain()

    assert channel.told == ["U0OWNER"]
    assert channel.posted == ["one"]


async def test_a_summary_of_unknown_fate_is_told_when_looking_is_over(
    register: Register, clock: Clock
) -> None:
    channel = Telling(*[Unknown("The reply was lost.")] * 6)
    outbox = working(register, channel, clock)
    await register.post([a_post("one", owner="U0OWNER")])
    for _ in range(5):
        await outbox.drain()
        clock.time += 400
    before = list(channel.told)

    await outbox.drain()

    assert before == []
    assert channel.told == ["U0OWNER"]
    page = await said(outbox, channel.asked[-1])
    assert page is not None
    assert page.title == "Summary may be missing"


async def test_nothing_is_said_about_what_is_out_by_then(register: Register, clock: Clock) -> None:
    channel = Telling(GONE)
    outbox = working(register, channel, clock)
    post = a_post("one", owner="U0OWNER")
    await register.post([post])
    await outbox.drain()
    [notice] = [row for row in channel.asked if row.purpose == "notice"]

    await outbox.resolve(post.id, "m-found")

    assert await said(outbox, notice) is None


async def test_an_owner_is_sealed_and_forgotten_once_it_is_out(
    register: Register, clock: Clock
) -> None:
    outbox = working(register, Telling(), clock)
    await register.post([a_post("one", owner="U0OWNER")])
    [before] = await outbox.list()

    await outbox.drain()

    [after] = await outbox.list()
    assert before.sealed_owner is not None
    assert b"U0OWNER" not in before.sealed_owner
    assert after.sealed_owner is None


async def test_without_an_owner_or_the_key_nobody_is_told(
    register: Register, clock: Clock
) -> None:
    channel = Telling(GONE, GONE)
    await register.post([a_post("one"), a_post("two", owner="U0OWNER")])

    await working(register, channel, clock, Keyring((b"z" * 32,))).drain()

    assert channel.told == []
    assert len(await working(register, channel, clock).list("parked")) == 2


async def test_the_screen_says_where_a_held_summary_stands(
    register: Register, clock: Clock
) -> None:
    channel = Telling(GONE)
    outbox = working(register, channel, clock)
    await register.post([a_post("one")])
    before = held_words(await outbox.of("check-1"))

    await outbox.drain()

    assert before == held_words(()) == ""
    assert held_words(await outbox.of("check-1")).startswith("The summary is not in")
