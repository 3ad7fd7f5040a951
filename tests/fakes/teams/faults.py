"""What can go wrong at an endpoint of the Bot Connector."""

from enum import Enum


class Fault(Enum):
    """What goes wrong, and whether it had already been done."""

    DROP = "the connection is closed before anything is done"
    LOSE_REPLY = "it is done, and the connection is closed before the reply"
    STATUS = "an HTTP status of the test's choice, nothing done"
    STATUS_BUT_DONE = "an HTTP status of the test's choice, although it is done"
    HANG = "nothing is ever answered"
    DELAY = "it is done, but only after some seconds"
