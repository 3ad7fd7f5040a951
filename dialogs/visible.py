"""What a reader can see of a text.

Characters that cannot be seen, and those that turn the order of reading round, are taken out:
with them a text could look like another one, or like ours.
"""

import re

UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Controls, directional marks and overrides, zero-width and filler characters, tags."""

GAPS = re.compile(r"\n(?:[ \t]*\n){2,}")


def visible(text: str) -> str:
    """What a reader can see of a text, with no gap in it that could pass for the end of it."""
    if not text.isascii() or not text.isprintable():
        text = GAPS.sub("\n\n", UNSEEN.sub("", text))
    return text
