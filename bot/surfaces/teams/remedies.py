"""What somebody can do when the Bot Connector refuses a message for good."""

from bot.surfaces.teams.calls import Refused

CHANNEL = (
    "Check that the channel's id is right and that the app is installed in its team, then resend."
)
PERSON = (
    "The person removed or blocked the app: resolve this row, or resend it when they are back."
)
CREDENTIALS = "Check MICROSOFT_APP_ID, renew MICROSOFT_APP_PASSWORD, then resend."
TOO_LARGE = "Shorten the texts of the policy that this message quotes, then resend."
OTHER = "Look the status up in the Bot Connector's documentation, mend it, then resend."


def remedy(refused: Refused, *, to_person: bool) -> str:
    """What to do, by the status; sub-codes are not the same everywhere."""
    match refused.status:
        case 401:
            return CREDENTIALS
        case 403 | 404:
            return PERSON if to_person else CHANNEL
        case 413:
            return TOO_LARGE
        case _:
            return OTHER


def reason(refused: Refused) -> str:
    """What was answered, in a line."""
    named = f", {refused.code}" if refused.code else ""
    return f"Teams refused it: {refused.status}{named}."
