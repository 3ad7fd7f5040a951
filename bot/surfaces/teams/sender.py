"""Sends the outbox's rows through the Bot Connector, by a retry table of our own.

Making an activity is not idempotent, and a bot cannot look into a channel. So only what is known
not to have been done is tried again; what may be out is left for a person to say.
"""

from dataclasses import dataclass

from bot.outbox import Later, Outcome, Parked, Row, Sent, Unknown
from bot.outbox.sending import made
from bot.register.database import RegisterUnavailable
from bot.surfaces.teams.book import Book
from bot.surfaces.teams.calls import NotReached, Place, Refused, TooFast, Unanswered
from bot.surfaces.teams.connector import Connector, jittered
from bot.surfaces.teams.messages import message
from bot.surfaces.teams.pieces import Json
from bot.surfaces.teams.remedies import reason, remedy
from bot.surfaces.telling import Telling

WAIT_TO_CONNECT = 5.0
MAY_BE_OUT = "Teams does not let a bot look whether its message is out: see there, then say."


@dataclass(frozen=True, slots=True)
class TeamsSender:
    """Posts summaries and direct messages; a message is named by its conversation and its id."""

    connector: Connector
    book: Book
    telling: Telling
    bot: str

    async def send(self, row: Row, *, retry: bool) -> Outcome:
        """Post a row; with retry an earlier attempt may be out, and only an edit is safe.

        Raises `CannotBeMade`.
        """
        try:
            return await self._sent(row, retry=retry)
        except TooFast as asked:
            return Later(jittered(asked.seconds))
        except (NotReached, RegisterUnavailable):
            return Later(jittered(WAIT_TO_CONNECT))
        except Unanswered:
            # An edit is harmless to repeat; a message is not, and a bot cannot look for it.
            lost = "The answer of Teams was lost, so the message may be out."
            return Unknown(lost, can_look=row.edits_message is not None)
        except Refused as refused:
            return Parked(reason(refused), remedy(refused, to_person=row.recipient is not None))

    async def _sent(self, row: Row, *, retry: bool) -> Outcome:
        activity = await made(self._drawn(row))
        if activity is None:
            return Sent(None)
        if row.edits_message and await self._edited(row, row.edits_message, activity):
            return Sent(row.edits_message)
        if retry:
            return Unknown(MAY_BE_OUT, can_look=False)
        person = row.recipient
        place = await (self._chat(row, person) if person else self._channel(row))
        if place is None:
            return _nowhere(row)
        posted = await self.connector.post(place, activity)
        # A direct message is not named: its conversation leads to one person.
        named = posted and not row.recipient
        return Sent(f"{place.conversation}/{posted}" if named else None)

    async def _drawn(self, row: Row) -> Json | None:
        told = await self.telling.of(row)
        return message(told, self.telling.conversation.shelf.today()) if told else None

    async def _channel(self, row: Row) -> Place | None:
        channel = row.channel
        if row.purpose == "summary":
            channel = (await self.telling.workspace(row)).summary_channel or channel
        if channel is None:
            return None
        return Place((await self.book.of_tenant(row.tenant)).service_url, channel)

    async def _chat(self, row: Row, person: str) -> Place:
        """The chat with one person: as they last wrote, or opened for them if they never did."""
        known = await self.book.of_person(row.tenant, person)
        if known is not None:
            return known.place
        url = (await self.book.of_tenant(row.tenant)).service_url
        try:
            chat = await self.connector.open_chat(url, row.tenant, self.bot, person)
        except Unanswered:
            # Opening a chat twice leads to the same chat, so nothing can be out.
            raise NotReached from None
        return Place(url, chat)

    async def _edited(self, row: Row, name: str, activity: Json) -> bool:
        """Edit the message that this check has already; False when it is not there any more.

        The same edit again is harmless, so this is safe whatever became of the last try.
        """
        channel, _, activity_id = name.rpartition("/")
        url = (await self.book.of_tenant(row.tenant)).service_url
        try:
            await self.connector.put(Place(url, channel), activity_id, activity)
        except Refused as refused:
            if refused.status == 404:
                return False
            raise
        return True


def _nowhere(row: Row) -> Parked:
    if row.purpose == "summary":
        return Parked(
            "No channel is set for summaries.", "Set TEAMS_SUMMARY_CHANNEL, then resend."
        )
    return Parked("No channel is set for it.", "Set TEAMS_ADVISER_CHANNEL, then resend.")
