"""What can go wrong in a call of the Web API."""

from enum import Enum


class Fault(Enum):
    """What goes wrong, and whether Slack had already done what it was asked."""

    REFUSE = "the connection is reset at once"
    DROP = "the connection is closed before anything is done"
    LOSE_REPLY = "it is done, and the connection is closed before the reply"
    SERVER_ERROR = "HTTP 500, nothing done"
    RATE_LIMITED = "HTTP 429 with Retry-After, nothing done"
    DELAY = "it is done, but only after some seconds"
    SAY_ERROR = "an error code of the test's choice, nothing done"
