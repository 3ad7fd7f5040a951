"""Sends the outbox's rows through Slack, and looks before sending what may be out already."""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from bot.conversation import Conversation
from bot.outbox import Drawing, Later, Outcome, Parked, Row, Sent, Unknown
from bot.register.database import RegisterUnavailable
from bot.sending import CannotBeMade, made
from bot.surfaces.slack.api import NotReached, Refused, SlackApi, TooFast, Unanswered
from bot.surfaces.slack.blocks import Json
from bot.surfaces.slack.messages import (
    advice_message,
    is_marked_as,
    marked_as,
    page_message,
    summary_message,
)
from bot.surfaces.slack.remedies import GONE, remedy
from bot.workspaces import Workspace
from dialogs.summary import Summary
from policies.assess import Advice, assess

Marks: TypeAlias = Callable[[Row], Awaitable[str]]
"""Finds the register mark that a summary carries as its last line."""

PAGES = 5
PAGE = 200
WAIT_TO_CONNECT = 10.0
CLOCKS_DIFFER = 300.0
STILL_FRESH = 1_800.0
NOT_ASKED = Unknown("Slack could not be asked whether the message is out.")


@dataclass(frozen=True, slots=True)
class SlackSender:
    """Posts summaries and direct messages; a message is named by its channel and its time."""

    api: SlackApi
    conversation: Conversation
    marks: Marks
    drawings: Mapping[str, Drawing]

    async def send(self, row: Row, *, retry: bool) -> Outcome:
        """Post a row; with retry an earlier attempt may be out, so look before sending."""
        try:
            return await self._sent(row, retry=retry)
        except TooFast as asked:
            return Later(asked.seconds)
        except (NotReached, RegisterUnavailable):
            return Later(WAIT_TO_CONNECT)
        except Unanswered:
            return Unknown("Slack's answer was lost, so the message may be out.")
        except Refused as refused:
            return Parked(f"Slack refused it: {refused.code}.", remedy(refused.code))

    async def _sent(self, row: Row, *, retry: bool) -> Outcome:
        channel = await self._channel(row)
        if channel is None:
            return Parked("No channel is set for summaries.", "Set SUMMARY_CHANNEL, then resend.")
        drawn = await made(self._content(row))
        if drawn is None:
            return Sent(None)
        content = {**drawn, "metadata": marked_as(row.id, row.purpose)}
        if row.edits_message:
            edited = await self._edited(row.tenant, row.edits_message, content)
            if edited:
                return Sent(row.edits_message)
        if retry:
            found = await self._found(row, channel)
            if found is not None:
                return found
        answer = await self.api.call(
            row.tenant, lambda c: c.chat_postMessage(channel=channel, **content)
        )
        return _sent(row, str(answer.get("channel", channel)), str(answer["ts"]))

    async def _channel(self, row: Row) -> str | None:
        if row.purpose == "summary":
            # The choice of today, so that mending it and sending again works.
            return (await self._workspace(row)).summary_channel or row.channel
        if not row.recipient and row.channel:
            return row.channel
        if not row.recipient:
            raise CannotBeMade("Nobody is named to send it to.")
        recipient = row.recipient
        opened = await self.api.call(row.tenant, lambda c: c.conversations_open(users=recipient))
        return str(opened["channel"]["id"])

    async def _content(self, row: Row) -> Json | None:
        """The message of a row; None for one that there is nothing to say in any more."""
        body: dict[str, Any] = dict(row.body)
        match row.purpose:
            case "summary":
                return summary_message(_summary(body), await self.marks(row))
            case "advice":
                return self._advice(row.check, body, await self._workspace(row))
            case purpose if draw := self.drawings.get(purpose):
                page = await draw(row)
                return page_message(page) if page else None
            case _:
                raise CannotBeMade("This surface has no such message.")

    async def _workspace(self, row: Row) -> Workspace:
        return await self.conversation.workspaces.of(row.surface, row.tenant)

    def _advice(self, check: str, body: dict[str, Any], workspace: Workspace) -> Json:
        shelf = self.conversation.shelf
        if body["digest"] not in shelf.library.by_digest:
            raise CannotBeMade("The policy it was given under is not here any more.")
        pack = shelf.pack_of(body["digest"], workspace)
        advice = assess(pack, body["answers"], body["passed"])
        if not isinstance(advice, Advice):
            raise CannotBeMade("Its answers lead to no advice.")
        return advice_message(check, body["reference"], pack, advice, shelf.today())

    async def _edited(self, team: str, message: str, content: Json) -> bool:
        """Edit the message that this check has already; False when it is not there any more."""
        channel, _, ts = message.partition("/")
        kept = {name: content[name] for name in ("text", "blocks", "metadata", "parse")}
        try:
            await self.api.call(team, lambda c: c.chat_update(channel=channel, ts=ts, **kept))
        except Refused as refused:
            if refused.code in GONE:
                return False
            raise
        return True

    async def _found(self, row: Row, channel: str) -> Outcome | None:
        """The message if it is out, None if it is not, and otherwise when to look again.

        A look that is not answered has done nothing and says nothing: it is no attempt, and is
        made again until Slack is back. A row that is old by then is left to a person.
        """
        try:
            return await self._looked_up(row, channel)
        except Refused:
            return NOT_ASKED
        except (NotReached, Unanswered):
            fresh = row.since is None or time.time() - row.since < STILL_FRESH
            return Later(WAIT_TO_CONNECT) if fresh else NOT_ASKED

    async def _looked_up(self, row: Row, channel: str) -> Outcome | None:
        cursor = None
        for _ in range(PAGES):
            page = await self._page(row.tenant, channel, _from_then_on(row), cursor)
            for message in page.get("messages", ()):
                if is_marked_as(message, row.id):
                    return _sent(row, channel, str(message["ts"]))
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None
        return Unknown("Too much was posted since to find out whether the message is out.")

    async def _page(
        self, team: str, channel: str, oldest: str, cursor: str | None
    ) -> dict[str, Any]:
        return await self.api.call(
            team,
            lambda c: c.conversations_history(
                channel=channel,
                include_all_metadata=True,
                limit=PAGE,
                oldest=oldest,
                cursor=cursor,
            ),
        )


def _sent(row: Row, channel: str, ts: str) -> Sent:
    """A message is out. A direct message is not named: its channel leads to one person."""
    return Sent(None if row.recipient else f"{channel}/{ts}")


def _summary(body: dict[str, Any]) -> Summary:
    kept = {name: body[name] for name in ("title", "reference", "lines")}
    return Summary.model_validate(kept)


def _from_then_on(row: Row) -> str:
    """When the row cannot have been written yet, as Slack counts time.

    The sooner looking ends, the better: a busy channel may have pages and pages of a day.
    """
    if row.since is not None:
        return str(row.since - CLOCKS_DIFFER)
    midnight = datetime(row.at.year, row.at.month, row.at.day, tzinfo=UTC)
    return str((midnight - timedelta(days=1)).timestamp())
