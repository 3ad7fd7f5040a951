"""Runs botbuilder's turn pipeline, and writes the answer to an invoke ourselves.

botbuilder's own CloudAdapter makes a client for every turn, reads keys and tokens on the event
loop, and answers 500 to an invoke that has a body. Here a turn brings what was read already, and
what it sends goes out over our own connections.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from botbuilder.core import BotAdapter, TurnContext
from botbuilder.schema import (
    Activity,
    ChannelAccount,
    ConversationAccount,
    ConversationReference,
    InvokeResponse,
    ResourceResponse,
)

from bot.surfaces.teams.calls import NotReached, Place, TooFast
from bot.surfaces.teams.connector import Connector, jittered
from bot.surfaces.teams.payloads import Pressed, Received, Written

Result = TypeVar("Result")

ASKED = "share-check.asked"
WAITS = (0.3, 1.0)
"""Seconds before the second and the third try of a message in a chat; somebody is waiting."""
Logic = Callable[[TurnContext], Awaitable[None]]


class Drawn(dict[str, Any]):
    """A card on its way out, which nothing changes any more.

    botbuilder copies whatever is sent, which takes longer than drawing it.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> "Drawn":
        """Itself."""
        return self


class TeamsAdapter(BotAdapter):
    """Between the front door and an `ActivityHandler`."""

    def __init__(self, connector: Connector) -> None:
        """Send by this connector."""
        super().__init__()
        self._connector = connector

    async def process(self, received: Received, logic: Logic) -> dict[str, Any] | None:
        """Run one turn; what an invoke is answered with."""
        context = TurnContext(self, activity_of(received))
        context.turn_state[ASKED] = received
        await self.run_pipeline(context, logic)
        answer = context.turn_state.get(BotAdapter._INVOKE_RESPONSE_KEY)
        body: dict[str, Any] | None = answer.value.body if answer else None
        return body

    async def send_activities(
        self, context: TurnContext, activities: list[Activity]
    ) -> list[ResourceResponse]:
        """Send what a handler says, or keep the answer to its invoke."""
        made = []
        for activity in activities:
            if activity.type == "invokeResponse":
                context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
                made.append(ResourceResponse())
            else:
                made.append(ResourceResponse(id=await self._sent(activity)))
        return made

    async def _sent(self, activity: Activity) -> str:
        place, made = _place(activity), _json(activity)
        return await _patiently(lambda: self._connector.post(place, made))

    async def update_activity(self, context: TurnContext, activity: Activity) -> None:  # noqa: ARG002
        """Put an activity into the place of the one with its id."""
        place, made = _place(activity), _json(activity)
        await _patiently(lambda: self._connector.put(place, activity.id, made))

    async def delete_activity(
        self, context: TurnContext, reference: ConversationReference
    ) -> None:
        """Nothing of ours is ever taken back: what was said in a chat stays said."""
        raise NotImplementedError


async def _patiently(call: Callable[[], Awaitable[Result]]) -> Result:
    """Call again, after a wait, for as long as it is known that nothing was done."""
    for wait in WAITS:
        try:
            return await call()
        except (NotReached, TooFast) as problem:
            asked = problem.seconds if isinstance(problem, TooFast) else 0.0
            await asyncio.sleep(jittered(max(wait, asked)))
    return await call()


def answer(context: TurnContext, body: dict[str, Any]) -> None:
    """Answer an invoke with this body.

    `TurnContext.send_activity` would copy the whole card first, which costs more than drawing it.
    """
    held = Activity(type="invokeResponse", value=InvokeResponse(status=200, body=body))
    context.turn_state[BotAdapter._INVOKE_RESPONSE_KEY] = held


def asked_in(context: TurnContext) -> Received:
    """What was read at the front door."""
    asked: Received = context.turn_state[ASKED]
    return asked


def activity_of(received: Received) -> Activity:
    """What the pipeline routes by, built from what has been read and no more."""
    chat = received.conversation
    activity = Activity(
        type=received.type,
        id=received.id,
        channel_id=received.channel_id,
        service_url=received.service_url,
        from_property=ChannelAccount(id=received.sender.id),
        recipient=ChannelAccount(id=received.recipient.id),
        conversation=ConversationAccount(id=chat.id, conversation_type=chat.conversation_type),
    )
    match received:
        case Pressed():
            activity.name = received.name
        case Written():
            activity.text = received.words
    return activity


def _place(activity: Activity) -> Place:
    return Place(activity.service_url, activity.conversation.id)


def _json(activity: Activity) -> dict[str, Any]:
    """The activity as it is sent; botbuilder would go through a card value by value."""
    carried = activity.attachments or ()
    cards = [each.content for each in carried]
    for each in carried:
        each.content = None
    found: dict[str, Any] = activity.serialize()
    for each, card in zip(found.get("attachments", ()), cards, strict=True):
        each["content"] = card
    return found
