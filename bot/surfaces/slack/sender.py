"""Sends the outbox's rows through Slack, and looks before sending what may be out already."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.outbox import Later, Outcome, Parked, Row, Sent, Unknown
from bot.outbox.sending import CannotBeMade, made
from bot.register.database import RegisterUnavailable
from bot.surfaces.slack.api import NotReached, Refused, SlackApi, TooFast, Unanswered
from bot.surfaces.slack.blocks import Json
from bot.surfaces.slack.messages import is_marked_as, marked_as, message_of
from bot.surfaces.slack.remedies import GONE, remedy
from bot.surfaces.telling import Telling

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
    telling: Telling

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
        drawn = await made(self._drawn(row))
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
            return (await self.telling.workspace(row)).summary_channel or row.channel
        if not row.recipient and row.channel:
            return row.channel
        if not row.recipient:
            raise CannotBeMade("Nobody is named to send it to.")
        recipient = row.recipient
        opened = await self.api.call(row.tenant, lambda c: c.conversations_open(users=recipient))
        return str(opened["channel"]["id"])

    async def _drawn(self, row: Row) -> Json | None:
        told = await self.telling.of(row)
        return message_of(told, self.telling.conversation.shelf.today()) if told else None

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


def _from_then_on(row: Row) -> str:
    """When the row cannot have been written yet, as Slack counts time.

    The sooner looking ends, the better: a busy channel may have pages and pages of a day.
    """
    if row.since is not None:
        return str(row.since - CLOCKS_DIFFER)
    midnight = datetime(row.at.year, row.at.month, row.at.day, tzinfo=UTC)
    return str((midnight - timedelta(days=1)).timestamp())
