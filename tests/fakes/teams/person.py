"""A person in the tenant: what they type and press, and what they then see."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from .cards import BadCard, actions_of, check_card, inputs_of
from .conversations import CARD, Conversation, Json, Message, words_of
from .courier import TROUBLE, Reply
from .errors import NotOnCard, TeamsWouldShow
from .server import FakeTeams

WORDS = "application/vnd.microsoft.activity.message"


class Person:
    """Someone who uses the bot in Teams' own client."""

    def __init__(self, teams: FakeTeams, name: str, *, older_client: bool = False) -> None:
        self._teams = teams
        self.id = f"29:{name}"
        self.chat = teams.chat_of(self.id)
        self.older_client = older_client
        self.told: list[str] = []
        self.last: Json = {}

    @property
    def messages(self) -> list[Message]:
        """The chat with the bot, as it stands."""
        return self.chat.messages

    @property
    def message(self) -> Message:
        """The newest message that carries a card."""
        for message in reversed(self.messages):
            if message.activity.get("attachments"):
                return message
        raise NotOnCard("there is no card in the chat")

    @property
    def card(self) -> Json:
        return self.message.card

    @property
    def words(self) -> str:
        return words_of(self.card)

    @property
    def view(self) -> str:
        """Which view the card shows, by the place that its buttons carry."""
        for action in actions_of(self.card):
            place = action.get("data", {}).get("_at", {})
            if place.get("view"):
                return str(place["view"])
        return ""

    async def install(self, action: str = "add") -> Reply:
        """Install the app for oneself, or with "remove" take it out."""
        return await self._deliver({"type": "installationUpdate", "action": action}, self.chat)

    async def say(self, text: str, chat: Conversation | None = None) -> Reply:
        """Type something: in the chat with the bot, or with a mention in another conversation."""
        where = chat or self.chat
        if where.kind != "personal":
            text = f"<at>Share Check</at> {text}\n"
        return await self._deliver({"type": "message", "text": text}, where)

    async def press(
        self,
        title: str,
        values: Mapping[str, str] | None = None,
        *,
        message: Message | None = None,
        card: Json | None = None,
        action: Json | None = None,
        checked: bool = True,
    ) -> Json | None:
        """Press a button by its title, with what is filled in; the bot's answer is obeyed.

        `card` presses on an older state of the message. Without `checked`, required inputs are
        sent empty, as a client that does not check them would.
        """
        pressed = message or self.message
        shown = card or pressed.card
        action = action or _button(shown, title)
        held = _held(shown, action, values or {}, checked=checked)
        if self.older_client:
            await self._submit(pressed, action["fallback"], held)
            return None
        return await self._execute(pressed, action, held)

    async def press_verb(self, verb: str, **data: Any) -> Json | None:
        """Press the first button with this verb, whatever it is called."""
        for action in actions_of(self.card):
            held = action.get("data", {})
            if action.get("verb") == verb and data.items() <= held.items():
                return await self.press(action["title"], action=action)
        raise NotOnCard(f"no button with the verb {verb!r}")

    async def choose(self, value: str) -> None:
        """Answer the one question of the card, and go on."""
        [question] = inputs_of(self.card)
        await self.press("Continue", {question["id"]: value})

    async def again(self, *, new_id: bool = False) -> Reply:
        """Have Teams deliver the last activity once more."""
        activity = dict(self.last)
        if new_id:
            activity["id"] = f"f:{secrets.token_hex(8)}"
        return await self._teams.courier.send(activity)

    def activity(self, body: Json, chat: Conversation) -> Json:
        """An activity of this person as Teams makes it."""
        tenant = self._teams.tenant
        return {
            "id": f"f:{secrets.token_hex(8)}",
            "timestamp": "2026-11-25T10:00:00.000Z",
            "channelId": "msteams",
            "serviceUrl": self._teams.service_url,
            "from": {"id": self.id, "name": "Made Up", "aadObjectId": f"aad-{self.id}"},
            "recipient": {"id": self._teams.bot, "name": "Share Check"},
            "conversation": {
                "conversationType": chat.kind,
                "tenantId": tenant,
                "id": chat.id,
                **({} if chat.kind == "personal" else {"isGroup": True}),
            },
            "channelData": {"tenant": {"id": tenant}},
            "locale": "en-GB",
            **body,
        }

    async def _deliver(self, body: Json, chat: Conversation) -> Reply:
        self.last = self.activity(body, chat)
        return await self._teams.courier.acknowledged(self.last)

    async def _submit(self, message: Message, action: Json, held: Json) -> None:
        chat = self._teams.conversations[message.conversation]
        value = {**action.get("data", {}), **held}
        await self._deliver({"type": "message", "value": value, "replyToId": message.id}, chat)

    async def _execute(self, message: Message, action: Json, held: Json) -> Json:
        data = {**action["data"], **held}
        pressed = {"type": "Action.Execute", "verb": action["verb"], "data": data}
        chat = self._teams.conversations[message.conversation]
        body = {
            "type": "invoke",
            "name": "adaptiveCard/action",
            "value": {"action": pressed, "trigger": "manual"},
            "replyToId": message.id,
        }
        reply = await self._deliver(body, chat)
        return self._obey(message, reply)

    def _obey(self, message: Message, reply: Reply) -> Json:
        answer = invoke_answer(reply)
        if answer["type"] == WORDS:
            self.told.append(answer["value"])
        elif self._teams.conversations[message.conversation].kind == "personal":
            message.edits.append(message.activity)
            attachment = {"contentType": CARD, "content": answer["value"]}
            message.activity = {**message.activity, "attachments": [attachment]}
        return answer


def invoke_answer(reply: Reply) -> Json:
    """The answer to an `Action.Execute`, in the one shape that Teams takes."""
    try:
        answer = json.loads(reply.body)
    except ValueError:
        raise TeamsWouldShow(TROUBLE, "the invoke was not answered with JSON") from None
    if not isinstance(answer, dict) or set(answer) != {"statusCode", "type", "value"}:
        raise TeamsWouldShow(TROUBLE, "an invoke is answered with statusCode, type and value")
    if answer["statusCode"] != 200:
        raise TeamsWouldShow(TROUBLE, f"statusCode {answer['statusCode']}")
    match answer["type"]:
        case "application/vnd.microsoft.activity.message" if isinstance(answer["value"], str):
            pass
        case "application/vnd.microsoft.card.adaptive":
            try:
                check_card(answer["value"])
            except BadCard as problem:
                raise TeamsWouldShow(TROUBLE, str(problem)) from None
        case _:
            raise TeamsWouldShow(TROUBLE, "the invoke was answered with an unknown type")
    found: Json = answer
    return found


def _button(card: Json, title: str) -> Json:
    found = [action for action in actions_of(card) if action["title"] == title]
    if not found:
        titles = [action["title"] for action in actions_of(card)]
        raise NotOnCard(f"no button {title!r}, but {titles}")
    return found[0]


def _held(card: Json, action: Json, values: Mapping[str, str], *, checked: bool) -> Json:
    """What the client sends along: every input with its value, unless the button wants none."""
    inputs = {element["id"]: element for element in inputs_of(card)}
    strange = values.keys() - inputs.keys()
    if strange:
        raise NotOnCard(f"no input {', '.join(sorted(strange))}, but {sorted(inputs)}")
    if action.get("associatedInputs", "auto") == "none":
        return {}
    held: dict[str, Any] = {}
    for name, element in inputs.items():
        value = values.get(name, element.get("value", ""))
        if checked:
            _check_value(element, value)
        if value or not checked:
            held[name] = value
    return held


def _check_value(element: Json, value: str) -> None:
    if element.get("isRequired") and not value:
        raise NotOnCard(f"{element['id']}: {element['errorMessage']}")
    if element["type"] == "Input.ChoiceSet" and value:
        known = {choice["value"] for choice in element["choices"]}
        chosen = set(value.split(",")) if element.get("isMultiSelect") else {value}
        if not chosen <= known:
            raise NotOnCard(f"{element['id']}: {sorted(chosen - known)} is not offered")
    if element["type"] == "Input.Text" and len(value) > element.get("maxLength", 10**6):
        raise NotOnCard(f"{element['id']}: too long")
