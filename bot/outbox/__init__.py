"""The outbox: posts what must be posted, until it is known to be posted."""

from bot.outbox.sending import Address, Drawing, Later, Outcome, Parked, Sender, Sent, Unknown
from bot.outbox.worker import Outbox
from bot.register.deliveries import Row, State
from bot.register.posts import Post

__all__ = [
    "Address",
    "Drawing",
    "Later",
    "Outbox",
    "Outcome",
    "Parked",
    "Post",
    "Row",
    "Sender",
    "Sent",
    "State",
    "Unknown",
]
