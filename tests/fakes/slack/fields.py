"""The fields of a view: what each holds at first, and what it holds once a person has chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from . import limits
from .blocks import elements_of
from .checking import Json
from .errors import FieldRefused, NotOnScreen
from .objects import offered_options

# For each element that keeps a value: the key it is reported under, and its initial key.
_HELD_UNDER = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "radio_buttons": ("selected_option", "initial_option"),
    "static_select": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "users_select": ("selected_user", "initial_user"),
}
_TYPED = ("plain_text_input", "email_text_input")

FieldKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """An element that a person can fill in."""

    block_id: str
    action_id: str
    element: Json
    required: bool
    is_input: bool

    @property
    def key(self) -> FieldKey:
        return self.block_id, self.action_id

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def values(self) -> tuple[str, ...]:
        """The value of each option, in the order shown."""
        return tuple(str(offer["value"]) for offer in offered_options(self.element))

    def at_first(self) -> Json:
        held, initial = _HELD_UNDER[self.kind]
        empty: Any = [] if held == "selected_options" else None
        return {"type": self.kind, held: self.element.get(initial, empty)}

    def holding(self, value: Any) -> Json:
        """The state after a person typed this text, or chose these option values."""
        held, _ = _HELD_UNDER[self.kind]
        if held == "selected_options":
            return {"type": self.kind, held: [self._offered(each) for each in value or ()]}
        if held == "selected_option":
            return {"type": self.kind, held: None if value is None else self._offered(value)}
        return {"type": self.kind, held: value or None}

    def value_of(self, state: Json) -> Any:
        return state[_HELD_UNDER[self.kind][0]]

    def still_fits(self, state: Json) -> bool:
        """Whether a value kept from an earlier version of the view can stand in this one."""
        if state["type"] != self.kind or not self.value_of(state):
            return False
        kept = self.value_of(state)
        offers = offered_options(self.element)
        match kept:
            case dict():
                return kept in offers
            case list():
                return all(each in offers for each in kept)
            case _:
                return True

    def refuse_unfit(self, state: Json) -> None:
        """Stop what Slack's own client stops before anything is sent."""
        value = self.value_of(state)
        if self.required and not value:
            raise FieldRefused(self.block_id, "Please complete this required field.")
        if self.kind in _TYPED and value:
            shortest = self.element.get("min_length", 0)
            longest = self.element.get("max_length", limits.TYPED_TEXT)
            if not shortest <= len(value) <= longest:
                raise FieldRefused(self.block_id, f"Use {shortest} to {longest} characters.")

    def _offered(self, value: str) -> Json:
        for offer in offered_options(self.element):
            if offer["value"] == value:
                return dict(offer)
        raise NotOnScreen(f"{self.block_id} offers {self.values}, not {value!r}")


def fields_of(blocks: Sequence[Json]) -> Iterator[Field]:
    """Every element of these blocks that keeps a value."""
    for block in blocks:
        for _, element in elements_of(block):
            if element["type"] in _HELD_UNDER:
                is_input = block["type"] == "input"
                required = is_input and not block.get("optional", False)
                block_id, action_id = block["block_id"], element["action_id"]
                yield Field(block_id, action_id, element, required, is_input)
