"""Whatever reaches the surface: answered within a second, never with a 5xx, done at most once."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.surfaces.slack import door
from tests.bot.surfaces.slack.stage import (
    COMMAND,
    TEAM,
    Stage,
    answer,
    answer_all,
    check_of,
    fill_in,
    question_of,
    reach_advice,
    reach_form,
    reference_of,
    shown,
)
from tests.fakes.slack import Person
from tests.fakes.slack.courier import Delivery

STRANGE: tuple[Any, ...] = (
    *(None, True, 7, -1, 1e308, "", "made up", "x" * 3_000, "\u202e\x00"),
    *([], {}, [[]], {"a": {"a": {}}}, ["x"] * 50),
)
Doing = Callable[[Stage, Person], Awaitable[None]]


async def do_command(stage: Stage, person: Person) -> None:
    await person.command(COMMAND)


async def do_submit(stage: Stage, person: Person) -> None:
    await person.command(COMMAND)
    await answer(person, "no")


async def do_form(stage: Stage, person: Person) -> None:
    await reach_form(person)
    await fill_in(person)


async def do_press(stage: Stage, person: Person) -> None:
    await person.command(COMMAND)
    await answer(person, "no")
    await person.press("why")


async def do_page(stage: Stage, person: Person) -> None:
    await person.command(COMMAND, "help")
    await person.press("go:help:open:1.0")


async def do_message_press(stage: Stage, person: Person) -> None:
    await reach_advice(person)
    await person.close()
    await stage.parts.outbox.drain()
    await person.message_press(person.messages[0], "decide")


async def do_shortcut(stage: Stage, person: Person) -> None:
    await person.shortcut("start_check")


async def do_close(stage: Stage, person: Person) -> None:
    await person.command(COMMAND)
    await answer(person, "no")
    await person.close()


async def do_home(stage: Stage, person: Person) -> None:
    await person.open_home()


async def do_mention(stage: Stage, person: Person) -> None:
    person.join(TEAM)
    await person.mention(TEAM, "hello")


EVERYTHING: tuple[Doing, ...] = (
    *(do_command, do_submit, do_form, do_press, do_page, do_message_press),
    *(do_shortcut, do_close, do_home, do_mention),
)


def names(value: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a payload; of long lists the first two, and of blocks no more than one."""
    if isinstance(value, dict):
        for name, held in value.items():
            yield (*above, name)
            yield from names(held, (*above, name))
    elif isinstance(value, list) and len(above) < 4:
        for place, held in enumerate(value[:2]):
            yield (*above, place)
            yield from names(held, (*above, place))


def changed(payload: Any, place: tuple[str | int, ...], value: object) -> Any:
    copied = json.loads(json.dumps(payload))
    held = copied
    for name in place[:-1]:
        held = held[name]
    held[place[-1]] = value
    return copied


def told_again(stage: Stage, delivery: Delivery, payload: Any) -> Delivery:
    """The payload as it would be delivered."""
    kind, _ = delivery.read()
    courier = stage.slack.courier
    if kind == "events_api":
        return courier.event(payload)
    return courier.interaction(payload) if kind == "interactive" else courier.form(payload)


@pytest.mark.slow
@pytest.mark.parametrize("doing", EVERYTHING, ids=lambda doing: doing.__name__)
async def test_a_strange_value_anywhere_is_the_callers_fault_or_no_matter(
    stage: Stage, doing: Doing
) -> None:
    person = stage.person()
    await doing(stage, person)
    delivery = person.last_delivery
    assert delivery
    kind, payload = delivery.read()
    strange = [value for value in STRANGE if kind != "slash_commands" or isinstance(value, str)]
    took, statuses = [], set()

    with capture_logs() as logged:
        for place in list(names(payload)):
            for value in strange:
                began = time.perf_counter()
                reply = await stage.slack.courier.send(
                    told_again(stage, delivery, changed(payload, place, value))
                )
                took.append(time.perf_counter() - began)
                statuses.add(reply.status)

    assert statuses <= {200, 400}
    # Within a second, but for a moment in which the machine does something else altogether.
    assert sorted(took)[-2] < 1.0
    assert [line for line in logged if line["event"] == "slack.request_failed"] == []
    assert [line for line in logged if line["event"] == "slack.drawing_failed"] == []


@pytest.mark.parametrize("doing", EVERYTHING, ids=lambda doing: doing.__name__)
async def test_a_delivery_a_hundred_times_over_is_done_at_most_once(
    stage: Stage, doing: Doing
) -> None:
    person = stage.person()
    await doing(stage, person)
    delivery = person.last_delivery
    assert delivery
    entries = await stage.parts.register.latest(10_000)
    owed = len(await stage.parts.outbox.list())

    replies = [
        reply
        for _ in range(10)
        for reply in await asyncio.gather(
            *(stage.slack.courier.send(delivery.again(retry)) for retry in range(1, 11))
        )
    ]

    assert {reply.status for reply in replies} == {200}
    assert await stage.parts.register.latest(10_000) == entries
    assert len(await stage.parts.outbox.list()) == owed


async def test_a_decision_a_hundred_times_over_is_one_entry_and_one_summary(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    check = check_of(person)
    await fill_in(person)
    await person.submit()
    assert shown(person).callback_id == "done"
    assert person.last_delivery
    again = person.last_delivery.again()

    await asyncio.gather(*(stage.slack.courier.send(again) for _ in range(100)))

    assert [entry.kind for entry in await stage.entries(check)] == ["advice", "decision"]
    assert len(await stage.summaries(reference_of(check))) == 1


async def test_two_people_press_one_screen_and_only_its_owner_moves_on(stage: Stage) -> None:
    person, other = stage.person(), stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    assert person.last_delivery
    _, payload = person.last_delivery.read()
    stolen = changed(payload, ("user", "id"), other.id)

    reply = await stage.slack.courier.send(stage.slack.courier.interaction(stolen))
    await person.close()
    await person.command(COMMAND, "resume")

    assert b"somebody else" in reply.body
    assert question_of(person) == "risk"


async def test_a_step_out_of_order_shows_where_the_check_stands(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    check = check_of(person)
    view = shown(person)
    for callback, button in (("preview", "post"), ("decision", "decide"), ("advice", "go_on")):
        assert person.last_delivery
        _, payload = person.last_delivery.read()
        ahead = changed(payload, ("view", "callback_id"), callback)
        ahead["view"]["private_metadata"] = view.private_metadata
        reply = await stage.slack.courier.send(stage.slack.courier.interaction(ahead))

        assert reply.status == 200, button
        assert b'"callback_id":"question"' in reply.body

    assert await stage.entries(check) == ()


async def test_answers_to_another_question_change_nothing(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    await answer_all(person)
    assert person.last_delivery
    _, payload = person.last_delivery.read()
    values = payload["view"]["state"]["values"]
    [(block, held)] = values.items()
    turn = json.loads(shown(person).private_metadata)["turn"]
    for name in ("danger", "made_up", "", ":", block.partition(":")[0]):
        other = changed(payload, ("view", "state", "values"), {f"{name}:{turn}": held})
        other["view"]["private_metadata"] = shown(person).private_metadata
        reply = await stage.slack.courier.send(stage.slack.courier.interaction(other))

        assert b'"callback_id":"check_answers"' in reply.body


async def test_a_body_that_trickles_in_is_given_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.surfaces.bodies.READING_SECONDS", 0.2)
    delivery = stage.slack.courier.form({"payload": "{}"})
    host, port = stage.url.removeprefix("http://").partition("/")[0].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = "".join(f"{name}: {value}\r\n" for name, value in delivery.headers.items())
    writer.write(f"POST /slack/events HTTP/1.1\r\nHost: x\r\n{head}".encode())
    writer.write(b"Content-Length: 100000\r\n\r\npayload")
    began = time.perf_counter()

    status = await asyncio.wait_for(reader.readline(), 5)
    writer.close()

    assert b" 408 " in status
    assert time.perf_counter() - began < 2
    assert door.MOST_SECONDS_APART == 300
