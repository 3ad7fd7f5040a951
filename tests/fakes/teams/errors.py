"""What goes wrong, as Teams shows it to a person or answers it to a bot."""


class TeamsWouldShow(AssertionError):
    """The app did something at which Teams shows its user an error."""

    def __init__(self, shown: str, reason: str) -> None:
        super().__init__(f"{shown} ({reason})")
        self.shown = shown
        self.reason = reason


class NotOnCard(AssertionError):
    """A test does what nobody could do, because it is not on the card."""


class Refused(Exception):
    """The Bot Connector refuses a call."""

    def __init__(self, status: int, code: str, message: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
