"""A strict fake Slack: the workspace with its Web API, and the people who use an app in it."""

from .clock import MovableClock
from .errors import FieldRefused, NotOnScreen, SlackWouldShow
from .faults import Fault
from .person import Person
from .server import FakeSlack

__all__ = [
    "FakeSlack",
    "Fault",
    "FieldRefused",
    "MovableClock",
    "NotOnScreen",
    "Person",
    "SlackWouldShow",
]
