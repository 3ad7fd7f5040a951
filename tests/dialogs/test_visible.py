"""What cannot be seen of a text is taken out of it, and the rest stays."""

import pytest

from dialogs.visible import visible


@pytest.mark.parametrize(
    ("hidden", "seen"),
    [
        ("\u202eevil\u202c", "evil"),
        ("Ad\u200bvice\u2060: \ufeffMay share", "Advice: May share"),
        ("\u2066a\u2069\u200e\u200f\u061c", "a"),
        ("a\x00b\x07c\x7fd\x85e", "abcde"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("a\u2028b\u2029c", "abc"),
        ("a\n\n\n \n\nb", "a\n\nb"),
        ("a\nb\n\nc", "a\nb\n\nc"),
        ("plain words", "plain words"),
        ("Caf\u00e9 \u2019 \u2022 \U0001f600 \u0ba4", "Caf\u00e9 \u2019 \u2022 \U0001f600 \u0ba4"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(hidden: str, seen: str) -> None:
    assert visible(hidden) == seen
