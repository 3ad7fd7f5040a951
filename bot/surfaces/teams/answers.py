"""What Teams is answered with: a card in the place of the one that was pressed, or a few words."""

from typing import Any

from bot.surfaces.teams.pieces import CARD, Json
from dialogs.lines import EMERGENCY

WORDS = "application/vnd.microsoft.activity.message"
NOT_SAVED = (
    "We could not save that just now. Nothing is lost: press the button again in a moment. "
    f"{EMERGENCY}"
)


def with_card(card: Json) -> dict[str, Any]:
    """The next card, in the place of the one that was pressed."""
    return {"statusCode": 200, "type": CARD, "value": card}


def with_words(text: str) -> dict[str, Any]:
    """A few words; the card stays as it is, with what was filled in."""
    return {"statusCode": 200, "type": WORDS, "value": text}
