"""The relay put together: both of its sides, what time does to it, and its cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.directories import Directory
from bot.enquiries.answering import Answering
from bot.enquiries.asking import Asking
from bot.enquiries.drawing import Cards
from bot.enquiries.erasing import Eraser
from bot.enquiries.guesses import Guesses
from bot.enquiries.keys import EnquiryKeys
from bot.enquiries.office import Office
from bot.enquiries.opening import Opener
from bot.enquiries.release import Releases
from bot.enquiries.schedule import Schedule
from bot.enquiries.secrets import DraftBox
from bot.enquiries.store import EnquiryStore
from bot.metrics import Metrics
from bot.register.store import Register
from bot.sessions import Sessions
from bot.workspaces import Workspaces
from policies.model import Contact


@dataclass(frozen=True, slots=True)
class Relay:
    """Everything that questions to advisers need."""

    office: Office
    asking: Asking
    answering: Answering
    cards: Cards
    drafts: DraftBox
    guesses: Guesses

    @property
    def releases(self) -> Releases:
        """What time does."""
        return self.office.releases


def open_relay(
    register: Register,
    sessions: Sessions,
    workspaces: Workspaces,
    directories: Mapping[str, Directory],
    metrics: Metrics,
    *,
    emergency: Callable[[], Contact],
    now: Callable[[], datetime],
    seconds: int,
) -> Relay:
    """A relay on these stores; `seconds` is how long a release slot lasts."""
    store = EnquiryStore(register.database, register.keyring)
    keys = EnquiryKeys(register.keystore.database, register.keyring)
    opener, eraser = Opener(store, keys), Eraser(register.database, keys)
    schedule = Schedule(register.database, register.keyring)
    releases = Releases(
        store, schedule, eraser, workspaces, register.posted, now, seconds, metrics.released.inc
    )
    office = Office(
        store=store,
        keys=keys,
        opener=opener,
        eraser=eraser,
        releases=releases,
        keyring=register.keyring,
        workspaces=workspaces,
        directories=directories,
        now=now,
    )
    return Relay(
        office=office,
        asking=Asking(office),
        answering=Answering(office),
        cards=Cards(opener, emergency),
        drafts=DraftBox(sessions.drafts),
        guesses=Guesses(sessions.counts, register.keyring, lambda: now().timestamp()),
    )
