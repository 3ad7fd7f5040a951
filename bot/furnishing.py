"""What can be visited beyond a check, and what puts rows of the outbox into words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import Conversation
from bot.directories import Directory
from bot.enquiries.relay import Relay
from bot.outbox import Drawing, Outbox
from bot.outbox.notices import Notices
from bot.register.store import Register
from bot.reminders import Reminders
from bot.rooms import Room
from bot.rooms.desk import DeskRoom
from bot.rooms.enquiries import EnquiriesRoom
from bot.rooms.library import LibraryRoom
from bot.rooms.practice import PracticeRoom
from bot.rooms.privacy import PrivacyRoom
from bot.rooms.register import RegisterRoom
from bot.rooms.setup import SetupRoom
from policies.practice import Rehearsal


def rooms_of(
    conversation: Conversation,
    relay: Relay,
    directories: Mapping[str, Directory],
    rehearsals: tuple[Rehearsal, ...],
) -> tuple[Room, ...]:
    """Every room; help lists their sub-commands in this order."""
    rooms: tuple[Room, ...] = (
        LibraryRoom(conversation),
        EnquiriesRoom(conversation, relay),
        PracticeRoom(conversation, rehearsals),
        RegisterRoom(conversation, conversation.keeper.register),
        PrivacyRoom(conversation),
        SetupRoom(conversation, directories),
    )
    known = frozenset(word for room in rooms for word in room.commands)
    return (DeskRoom(conversation, known), *rooms)


def drawings_of(
    outbox: Outbox, register: Register, conversation: Conversation
) -> dict[str, Drawing]:
    """By the purpose of a row; enquiries bring their own."""
    reminders = Reminders(conversation, register)
    return {"notice": Notices(outbox, conversation.emergency).draw, "reminder": reminders.draw}
