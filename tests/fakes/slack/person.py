"""A person in the workspace: what they type and press, and what they then see."""

from collections.abc import Mapping
from typing import Any

from . import answers, events, payloads
from .channels import Ephemeral, Message
from .checking import Json
from .courier import Delivery, Reply
from .errors import NotOnScreen, Refused, SlackWouldShow
from .fields import FieldKey
from .presses import Choice, action_on, find_element
from .responses import respond
from .screens import OpenView
from .server import FakeSlack
from .workspace import Workspace

_NOTHING_HAPPENED = "Sorry, that didn't work. Try again?"


class Person:
    """Someone who uses the app through Slack's own client."""

    def __init__(
        self,
        slack: FakeSlack,
        user_id: str,
        *,
        is_admin: bool = False,
        is_org_admin: bool = False,
        workspace: Workspace | None = None,
    ) -> None:
        self._slack = slack
        self._workspace = workspace or slack.workspace
        self._user = self._workspace.add_user(
            user_id, is_admin=is_admin, is_org_admin=is_org_admin
        )
        self._direct = self._workspace.direct_channel(user_id)
        self.last_delivery: Delivery | None = None

    @property
    def id(self) -> str:
        return self._user.id

    @property
    def view(self) -> OpenView | None:
        """The view on top of the stack, as it stands now."""
        return self.views[-1] if self.views else None

    @property
    def views(self) -> tuple[OpenView, ...]:
        return tuple(self._workspace.screens.stack(self.id))

    @property
    def home(self) -> OpenView | None:
        return self._workspace.screens.home(self.id)

    @property
    def messages(self) -> list[Message]:
        """The conversation with the app."""
        return self._direct.messages

    @property
    def ephemeral(self) -> list[Ephemeral]:
        """What only this person was shown, in any channel."""
        return [held for held in self._workspace.ephemeral if held.user_id == self.id]

    def join(self, channel_id: str) -> None:
        self._workspace.channels[channel_id].members.add(self.id)

    async def command(self, name: str, text: str = "", *, channel_id: str | None = None) -> None:
        """Type a slash command; what the app answers is shown to this person."""
        where = channel_id or self._direct.id
        permit = self._workspace.permits.issue_response_url(self.id, where, None)
        url = self._response_url(permit)
        fields = payloads.command_fields(self._workspace, self._user, name, text, where, url)
        shown = f"{name} failed. Try again?"
        reply = await self._deliver(self._slack.courier.form(fields), shown)
        said = answers.command_message(reply, shown)
        if said is not None:
            self._show_answer(permit, said, shown)

    def fill(self, values: Mapping[str | FieldKey, Any]) -> OpenView:
        """Type or choose without pressing anything, so that nothing is sent."""
        filled = self._top().filled(values)
        self._workspace.screens.put(filled)
        return filled

    async def submit(
        self, values: Mapping[str | FieldKey, Any] | None = None, view: OpenView | None = None
    ) -> Json | None:
        """Press the submit button of the top view, or of an older version of it.

        Values go by block id, or by block id and action id: text, an option's value, or a
        list of options' values. The app's answer is obeyed, and handed back.
        """
        stale = view is not None and view != self.view
        submitted = (view or self._top()).filled(values or {})
        if submitted.shape["submit"] is None:
            raise NotOnScreen(f"{submitted.callback_id} has no submit button")
        for field in submitted.fields:
            field.refuse_unfit(submitted.holds(field))
        if not stale:
            self._workspace.screens.put(submitted)
        payload = payloads.submission(self._workspace, self._user, submitted)
        reply = await self._interact(payload, answers.TROUBLE)
        return answers.obey_submission(self._workspace, submitted, reply)

    async def press(
        self,
        action_id: str,
        block_id: str | None = None,
        *,
        option: Choice = None,
        agree: bool = True,
    ) -> None:
        """Press a button of the top view, or choose in an element that reports choices."""
        await self._press_in(self._top(), action_id, block_id, option, agree=agree)

    async def press_home(
        self,
        action_id: str,
        block_id: str | None = None,
        *,
        option: Choice = None,
        agree: bool = True,
    ) -> None:
        """Press a button of the app's Home tab."""
        if self.home is None:
            raise NotOnScreen("the Home tab is empty")
        await self._press_in(self.home, action_id, block_id, option, agree=agree)

    async def message_press(
        self,
        message: Message | Ephemeral,
        action_id: str,
        block_id: str | None = None,
        *,
        option: Choice = None,
        agree: bool = True,
    ) -> None:
        """Press a button under a message."""
        block, element = find_element(message.blocks, action_id, block_id)
        if "confirm" in element and not agree:
            return
        action = action_on(block, element, option, self._workspace.next_ts())
        permits = self._workspace.permits
        permit = permits.issue_response_url(self.id, message.channel_id, message.ts)
        url = self._response_url(permit)
        payload = payloads.press_in_message(self._workspace, self._user, message, action, url)
        answers.insist_on_empty(await self._interact(payload), _NOTHING_HAPPENED)

    async def close(self, *, everything: bool = False) -> None:
        """Press the close button, or with `everything` the cross in the corner."""
        view = self._top()
        is_cleared = everything or bool(view.shape["clear_on_close"])
        if is_cleared:
            self._workspace.screens.clear(self.id)
        else:
            self._workspace.screens.close(view)
        if view.shape["notify_on_close"]:
            payload = payloads.closing(self._workspace, self._user, view, is_cleared=is_cleared)
            answers.insist_on_empty(await self._interact(payload), _NOTHING_HAPPENED)

    async def shortcut(self, callback_id: str) -> None:
        """Choose one of the app's global shortcuts."""
        ts = self._workspace.next_ts()
        payload = payloads.shortcut(self._workspace, self._user, callback_id, ts)
        answers.insist_on_empty(await self._interact(payload), _NOTHING_HAPPENED)

    async def message_shortcut(self, callback_id: str, message: Message) -> None:
        """Choose one of the app's shortcuts from a message's menu."""
        permits = self._workspace.permits
        permit = permits.issue_response_url(self.id, message.channel_id, message.ts)
        url = self._response_url(permit)
        payload = payloads.message_shortcut(self._workspace, self._user, callback_id, message, url)
        answers.insist_on_empty(await self._interact(payload), _NOTHING_HAPPENED)

    async def open_home(self) -> None:
        """Open the app's Home tab, which the app hears of as an event."""
        await self._happens(
            events.home_opened(self._workspace, self._user, self._direct, self.home)
        )

    async def mention(self, channel_id: str, text: str = "") -> None:
        """Name the app in a channel, which it hears of as an event."""
        said = f"<@{self._workspace.identity.bot_user_id}> {text}"
        channel = self._workspace.channels[channel_id]
        await self._happens(
            events.written(self._workspace, self._user, channel, "app_mention", said)
        )

    async def write(self, text: str) -> None:
        """Write to the app directly, which it hears of as an event."""
        await self._happens(
            events.written(self._workspace, self._user, self._direct, "message", text)
        )

    async def send_again(self, retry: int = 1) -> Reply:
        """Have Slack deliver the same bytes once more, marked as a retry."""
        if self.last_delivery is None:
            raise NotOnScreen("nothing has been delivered yet")
        return await self._slack.courier.send(self.last_delivery.again(retry))

    def _top(self) -> OpenView:
        if self.view is None:
            raise NotOnScreen("no view is open")
        return self.view

    async def _press_in(
        self,
        view: OpenView,
        action_id: str,
        block_id: str | None,
        option: Choice,
        *,
        agree: bool,
    ) -> None:
        block, element = find_element(view.blocks, action_id, block_id)
        if "confirm" in element and not agree:
            return
        action = action_on(block, element, option, self._workspace.next_ts())
        key = (block["block_id"], element["action_id"])
        is_field = any(field.key == key for field in view.fields)
        filled = view.filled({key: option}) if is_field else view
        self._workspace.screens.put(filled)
        payload = payloads.press_in_view(self._workspace, self._user, filled, action)
        answers.insist_on_empty(await self._interact(payload), _NOTHING_HAPPENED)

    async def _interact(self, payload: Json, shown: str = _NOTHING_HAPPENED) -> Reply:
        return await self._deliver(self._slack.courier.interaction(payload), shown)

    async def _deliver(self, delivery: Delivery, shown: str) -> Reply:
        self.last_delivery = delivery
        return await self._slack.courier.acknowledged(delivery, shown)

    async def _happens(self, inner: Json) -> None:
        envelope = payloads.event(self._workspace, inner)
        reply = await self._deliver(self._slack.courier.event(envelope), _NOTHING_HAPPENED)
        answers.insist_on_empty(reply, _NOTHING_HAPPENED)

    def _response_url(self, permit: str) -> str:
        return f"{self._slack.url}/response/{permit}"

    def _show_answer(self, permit: str, said: Json, shown: str) -> None:
        try:
            respond(self._workspace, self._workspace.permits.response_url(permit), said)
        except Refused as refused:
            raise SlackWouldShow(
                shown, f"{refused.code} {' '.join(refused.messages)}"
            ) from refused
