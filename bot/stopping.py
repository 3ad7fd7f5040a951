"""What ends the bot or a command in one line, with the exit code that outside tools rely on."""


class Stopping(Exception):
    """Ends the process; the message is one line that says what is wrong and what to do."""

    exit_code = 1


class CannotStart(Stopping):
    """Something that the bot needs is not there: a store, a port, an engine."""


class BadSettings(Stopping):
    """A setting is missing or wrong; the line says which, and what to do."""

    exit_code = 2
