"""Every button is an event, and every event is a button."""

from typing import get_args

import pytest

from bot.surfaces.web.gate import Fields, Malformed
from bot.surfaces.web.read import event_of, read
from dialogs.events import (
    Answered,
    Changed,
    Confirmed,
    Decided,
    Deciding,
    Deleted,
    Event,
    LeftUndecided,
    Posted,
    Restarted,
    WentBack,
    WentOn,
)

BUTTONS: list[tuple[str, Fields, Event]] = [
    ("answer", {"question": ("consent",), "consent": ("yes",)}, Answered(3, "consent", "yes")),
    ("answer", {"question": ("consent",)}, Answered(3, "consent", None)),
    ("back", {}, WentBack(3)),
    ("change:consent", {}, Changed(3, "consent")),
    ("confirm", {}, Confirmed(3)),
    ("go_on", {}, WentOn(3)),
    ("decide", {}, Deciding(3)),
    (
        "decide",
        {"screen": ("decision",), "kinds": ("health", "other"), "kept": ("a",), "more": ("b",)},
        Decided(3, {"kinds": ("health", "other"), "kept": ("a",)}),
    ),
    ("undecided", {}, LeftUndecided(3)),
    ("post", {}, Posted(3, post=True)),
    ("skip", {}, Posted(3, post=False)),
]


@pytest.mark.parametrize(("verb", "fields", "event"), BUTTONS)
def test_a_button_is_read_as_its_event(verb: str, fields: Fields, event: Event) -> None:
    form = {"check": ("abc",), "turn": ("3",), "verb": (verb,), **fields}

    assert event_of(read(form)) == event


def test_every_event_has_a_button() -> None:
    handled_by_the_routes = {Deleted, Restarted}

    assert {type(event) for *_, event in BUTTONS} | handled_by_the_routes == set(get_args(Event))


@pytest.mark.parametrize("verb", ["", "explode", "back:consent", "change:", "answer:consent"])
def test_a_button_we_do_not_have_is_malformed(verb: str) -> None:
    form = {"check": ("abc",), "turn": ("3",), "verb": (verb,), "question": ("consent",)}

    with pytest.raises(Malformed):
        event_of(read(form))
