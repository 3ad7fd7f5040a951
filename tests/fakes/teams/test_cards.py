"""The card checker refuses what Teams refuses, and what only some clients would draw."""

from typing import Any

import pytest

from tests.fakes.teams.cards import BadCard, check_card
from tests.fakes.teams.conftest import a_card, execute

NO_FALLBACK = {"type": "Action.Execute", "title": "Go", "verb": "go", "data": {}}
LABELLED = {"type": "Input.Text", "id": "a", "label": "A"}


def test_a_good_card_is_taken() -> None:
    check_card(a_card())


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"version": "1.6"}, "/version"),
        ({"type": "Card"}, "/type"),
        ({"fallbackText": ""}, "/fallbackText"),
        ({"body": []}, "/body"),
        ({"speak": "x"}, "speak"),
        ({"body": [{"type": "Table"}]}, "/body/0/type"),
        ({"body": [{"type": "TextBlock", "text": "x"}]}, "/body/0/wrap"),
        ({"body": [{"type": "TextBlock", "text": "", "wrap": True}]}, "/body/0/text"),
        ({"body": [{"type": "RichTextBlock", "inlines": []}]}, "/body/0/inlines"),
        ({"body": [{"type": "Input.Text", "id": "a"}]}, "/body/0/label"),
        ({"body": [{"type": "Input.Text", "label": "a"}]}, "/body/0/id"),
        ({"body": [{**LABELLED, "isRequired": True}]}, "/body/0/errorMessage"),
        ({"body": [LABELLED, LABELLED]}, "ids must differ"),
        ({"body": [{"type": "Input.ChoiceSet", "id": "a", "label": "A"}]}, "/body/0/choices"),
        ({"actions": [NO_FALLBACK]}, "/actions/0/fallback"),
        ({"actions": [execute("", "go")]}, "/actions/0/title"),
        ({"actions": [execute("x" * 76, "go")]}, "/actions/0/title"),
        ({"actions": [execute("Go", "")]}, "/actions/0/verb"),
        ({"actions": [execute(f"Go {n}", "go") for n in range(7)]}, "more than 6"),
        ({"actions": [{"type": "Action.Http"}]}, "/actions/0/type"),
        ({"actions": [{"type": "Action.OpenUrl", "title": "x", "url": "http://x"}]}, "/url"),
        ({"body": [{"type": "TextBlock", "text": "x" * 20_000, "wrap": True}]}, "bytes"),
    ],
)
def test_a_card_that_is_not_to_be_sent_is_refused(changed: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadCard, match=complaint):
        check_card(a_card(**changed))


def test_a_value_has_to_be_among_the_choices() -> None:
    card = a_card()
    card["body"][1]["value"] = "green"

    with pytest.raises(BadCard, match="among the choices"):
        check_card(card)


def test_what_is_folded_away_is_checked_too() -> None:
    folded = {"type": "AdaptiveCard", "body": [{"type": "Media"}]}
    card = a_card(actions=[{"type": "Action.ShowCard", "title": "Why?", "card": folded}])

    with pytest.raises(BadCard, match="/actions/0/card/body/0/type"):
        check_card(card)
