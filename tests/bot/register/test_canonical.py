"""Canonical JSON: one spelling for each value, and none for what has no place here."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.register.canonical import Json, NotCanonical, canonical

closed_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abé😀", max_size=3), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "spelling"),
    [
        ({"b": 1, "a": [True, False, None]}, '{"a":[true,false,null],"b":1}'),
        ({"": '€$\x0f\nA\'B"\\"/'}, '{"":"€$\\u000f\\nA\'B\\"\\\\\\"/"}'),
        ("\x7f\u2028é", '"\x7f\u2028é"'),
        ((1, (2,)), "[1,[2]]"),
        (-(2**53) + 1, "-9007199254740991"),
        # The order of RFC 8785 is by UTF-16 unit, where an emoji comes before U+FB33.
        ({"\ufb33": 1, "😀": 2, "€": 3, "\r": 4}, '{"\\r":4,"€":3,"😀":2,"\ufb33":1}'),
    ],
)
def test_each_value_has_its_known_spelling(value: Json, spelling: str) -> None:
    assert canonical(value) == spelling.encode()


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        {"deep": [{"er": 0.5}]},
        2**53,
        -(2**53),
        {1: "a"},
        {None: "a"},
        b"bytes",
        {"a", "set"},
        date(2026, 1, 1),
        "half \ud83d",
        {"\ud83d": 1},
    ],
)
def test_what_is_not_closed_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


@given(closed_values)
def test_a_value_is_read_back_and_spelt_alike(value: Json) -> None:
    spelling = canonical(value)

    assert json.loads(spelling) == value
    assert canonical(json.loads(spelling)) == spelling


@given(st.dictionaries(st.text("abé😀", max_size=3), closed_values, min_size=2))
def test_the_order_of_keys_changes_nothing(value: dict[str, Json]) -> None:
    turned = dict(reversed(value.items()))

    assert canonical(turned) == canonical(value)
