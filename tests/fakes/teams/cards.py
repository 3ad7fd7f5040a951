"""The part of Adaptive Cards 1.5 that a bot in Teams may use, checked piece by piece.

Where the schema leaves open what a client then makes of it, this is stricter: inputs have labels,
`Action.Execute` has a fallback, and nothing that Teams ignores may be relied on.
"""

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from . import limits

Json: TypeAlias = dict[str, Any]

COMMON = {"type", "id", "isVisible", "spacing", "separator"}
TEXT_BLOCK = COMMON | {"text", "style", "size", "weight", "wrap"}
INPUT = COMMON | {"label", "isRequired", "errorMessage", "value"}
CHOICES = INPUT | {"choices", "style", "isMultiSelect", "wrap", "placeholder"}
TEXT = INPUT | {"isMultiline", "maxLength", "placeholder"}
KEYS = {
    "TextBlock": TEXT_BLOCK,
    "RichTextBlock": COMMON | {"inlines"},
    "ActionSet": COMMON | {"actions"},
    "Container": COMMON | {"items", "style"},
    "ColumnSet": COMMON | {"columns"},
    "Input.ChoiceSet": CHOICES,
    "Input.Text": TEXT,
    "Input.Date": INPUT | {"min", "max"},
}
ACTION = {"type", "title", "id", "style", "tooltip"}
ACTIONS = {
    "Action.Execute": ACTION | {"verb", "data", "associatedInputs", "fallback"},
    "Action.Submit": ACTION | {"data", "associatedInputs"},
    "Action.OpenUrl": ACTION | {"url"},
    "Action.ShowCard": ACTION | {"card"},
}
STYLES = {None, "default", "positive", "destructive"}
CARD = {"type", "$schema", "version", "lang", "msteams", "body", "actions", "fallbackText"}


class BadCard(ValueError):
    """A card that Teams would refuse, or not draw as it was meant; with a JSON pointer."""


def check_card(card: Any) -> None:
    """Raise `BadCard` for a card that is not to be sent."""
    _need(isinstance(card, dict), "", "a card is an object")
    _keys(card, CARD, "")
    _need(card.get("type") == "AdaptiveCard", "/type", "must be AdaptiveCard")
    _need(card.get("version") == limits.CARD_VERSION, "/version", "must be 1.5")
    _need(bool(_text(card.get("fallbackText"))), "/fallbackText", "older clients need words")
    size = len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode())
    _need(size <= limits.CARD_BYTES, "", f"{size} bytes are more than {limits.CARD_BYTES}")
    _need(isinstance(card.get("body"), list) and bool(card["body"]), "/body", "needs elements")
    _body(card, "")
    ids = [element["id"] for element in inputs_of(card)]
    _need(len(ids) == len(set(ids)), "", "input ids must differ")


def inputs_of(card: Json) -> Iterator[Json]:
    """Every input of a card, in order."""
    yield from (each for each in elements_of(card) if each["type"].startswith("Input."))


def elements_of(card: Json) -> Iterator[Json]:
    """Every element of a card, those inside others too."""
    for element in card["body"]:
        yield from _element_and_inner(element)
    for action in card.get("actions", []):
        if action["type"] == "Action.ShowCard":
            yield from elements_of(action["card"])


def actions_of(card: Json) -> Iterator[Json]:
    """Every button of a card, those inside folded cards too."""
    for element in card["body"]:
        for inner in _element_and_inner(element):
            yield from _with_folded(inner.get("actions", []))
    yield from _with_folded(card.get("actions", []))


def _with_folded(actions: list[Json]) -> Iterator[Json]:
    for action in actions:
        yield action
        if action["type"] == "Action.ShowCard":
            yield from actions_of(action["card"])


def _element_and_inner(element: Json) -> Iterator[Json]:
    yield element
    for inner in element.get("items", []):
        yield from _element_and_inner(inner)
    for column in element.get("columns", []):
        for inner in column["items"]:
            yield from _element_and_inner(inner)


def _body(card: Json, at: str) -> None:
    for place, element in enumerate(card["body"]):
        _element(element, f"{at}/body/{place}")
    _actions(card.get("actions", []), f"{at}/actions")


def _element(element: Any, at: str) -> None:
    _need(isinstance(element, dict), at, "must be an object")
    kind = element.get("type")
    _need(kind in KEYS, f"{at}/type", f"{kind} is not one of 1.5 that Teams draws")
    _keys(element, KEYS[kind], at)
    match element:
        case {"type": "TextBlock"}:
            _need(bool(_text(element.get("text"))), f"{at}/text", "needs text")
            _need(element.get("wrap") is True, f"{at}/wrap", "text that does not wrap is cut off")
        case {"type": "RichTextBlock"}:
            _runs(element.get("inlines"), f"{at}/inlines")
        case {"type": "ActionSet"}:
            _need(bool(element.get("actions")), f"{at}/actions", "needs a button")
            _actions(element["actions"], f"{at}/actions")
        case {"type": "Container"}:
            for place, inner in enumerate(element["items"]):
                _element(inner, f"{at}/items/{place}")
        case {"type": "ColumnSet"}:
            _columns(element["columns"], f"{at}/columns")
        case _:
            _input(element, at)


def _columns(columns: Any, at: str) -> None:
    for place, column in enumerate(columns):
        _keys(column, {"type", "width", "items"}, f"{at}/{place}")
        _need(column.get("width") in {"auto", "stretch"}, f"{at}/{place}/width", "unknown width")
        for number, inner in enumerate(column["items"]):
            _element(inner, f"{at}/{place}/items/{number}")


def _runs(runs: Any, at: str) -> None:
    _need(isinstance(runs, list) and bool(runs), at, "needs a run")
    for place, run in enumerate(runs):
        _keys(run, {"type", "text", "size", "weight", "italic"}, f"{at}/{place}")
        _need(run.get("type") == "TextRun", f"{at}/{place}/type", "must be TextRun")
        _need(bool(_text(run.get("text"))), f"{at}/{place}/text", "needs text")


def _input(element: Json, at: str) -> None:
    _need(bool(_text(element.get("id"))), f"{at}/id", "an input needs an id")
    _need(
        bool(_text(element.get("label"))), f"{at}/label", "an input needs a label, to be read out"
    )
    if element.get("isRequired"):
        said = _text(element.get("errorMessage"))
        _need(bool(said), f"{at}/errorMessage", "a required input says what is missing")
    if element["type"] != "Input.ChoiceSet":
        return
    choices: Any = element.get("choices")
    _need(isinstance(choices, list) and bool(choices), f"{at}/choices", "needs choices")
    for place, choice in enumerate(choices):
        _keys(choice, {"title", "value"}, f"{at}/choices/{place}")
        _need(bool(_text(choice.get("title"))), f"{at}/choices/{place}/title", "needs a title")
        _need(bool(_text(choice.get("value"))), f"{at}/choices/{place}/value", "needs a value")
    values = [choice["value"] for choice in choices]
    _need(len(values) == len(set(values)), f"{at}/choices", "values must differ")
    held = str(element.get("value", ""))
    chosen = held.split(",") if element.get("isMultiSelect") else [held]
    _need(not held or set(chosen) <= set(values), f"{at}/value", "must be among the choices")


def _actions(actions: Any, at: str) -> None:
    _need(isinstance(actions, list), at, "must be an array")
    _need(len(actions) <= limits.ACTIONS, at, f"more than {limits.ACTIONS} buttons in a row")
    for place, action in enumerate(actions):
        _action(action, f"{at}/{place}")


def _action(action: Any, at: str) -> None:
    _need(isinstance(action, dict), at, "must be an object")
    kind = action.get("type")
    _need(kind in ACTIONS, f"{at}/type", f"{kind} is not known")
    _keys(action, ACTIONS[kind], at)
    title = _text(action.get("title"))
    _need(0 < len(title) <= limits.TITLE, f"{at}/title", "a button has 1 to 75 characters")
    _need(action.get("style") in STYLES, f"{at}/style", "unknown style")
    match kind:
        case "Action.Execute":
            _need(bool(_text(action.get("verb"))), f"{at}/verb", "needs a verb")
            _need(isinstance(action.get("data"), dict), f"{at}/data", "must be an object")
            _fallback(action, at)
        case "Action.ShowCard":
            folded = action.get("card")
            _need(isinstance(folded, dict), f"{at}/card", "must be a card")
            _keys(folded, {"type", "body", "actions"}, f"{at}/card")
            _body(folded, f"{at}/card")
        case "Action.OpenUrl":
            url = _text(action.get("url"))
            _need(url.startswith("https://"), f"{at}/url", "must be an https address")


def _fallback(action: Json, at: str) -> None:
    older: Any = action.get("fallback")
    _need(isinstance(older, dict), f"{at}/fallback", "older clients need Action.Submit")
    _need(older.get("type") == "Action.Submit", f"{at}/fallback/type", "must be Action.Submit")
    _action(older, f"{at}/fallback")
    _need(older["title"] == action["title"], f"{at}/fallback/title", "must be the same")


def _keys(found: Json, known: set[str], at: str) -> None:
    strange = found.keys() - known
    _need(not strange, at, f"{', '.join(sorted(strange))} not known here")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _need(holds: bool, at: str, complaint: str) -> None:  # noqa: FBT001
    if not holds:
        raise BadCard(f"{complaint} [json-pointer:{at or '/'}]")
