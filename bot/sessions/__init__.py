"""Sessions and desks in Redis: what a practitioner left open, sealed, for a while."""

from bot.sessions.address import BrokenAddress
from bot.sessions.counts import Counts
from bot.sessions.drafts import Drafts
from bot.sessions.road import Unavailable
from bot.sessions.sealing import DeskItem, Held, Owner
from bot.sessions.store import Gone, Sessions

__all__ = [
    "BrokenAddress",
    "Counts",
    "DeskItem",
    "Drafts",
    "Gone",
    "Held",
    "Owner",
    "Sessions",
    "Unavailable",
]
