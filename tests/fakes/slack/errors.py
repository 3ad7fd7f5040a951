"""What can go wrong between an app, Slack and a person."""

from collections.abc import Sequence


class Refused(Exception):
    """Slack answered an API call with an error code."""

    def __init__(self, code: str, messages: Sequence[str] = ()) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = tuple(messages)


class SlackWouldShow(AssertionError):
    """The person would have seen Slack's own error instead of the app's answer."""

    def __init__(self, shown: str, reason: str) -> None:
        super().__init__(f"{shown} ({reason})")
        self.shown = shown
        self.reason = reason


class FieldRefused(Exception):
    """Slack's own client stopped the submission and marked one field."""

    def __init__(self, block_id: str, reason: str) -> None:
        super().__init__(f"{block_id}: {reason}")
        self.block_id = block_id
        self.reason = reason


class NotOnScreen(LookupError):
    """The test asked for something that this person cannot see or press."""
