"""A pack whose every text tries to be more than text: mentions, markup, templates, formatting."""

from __future__ import annotations

from typing import Any

from policies.library import Edition
from policies.proof import Path, paths, prove
from tests.policies.builders import Draft

HOSTILE = "<@U0> <!here> <b>x</b> &amp; ${a} {{7*7}} *b* _i_ ~s~ `c` [l](//e.example)"
"""No longer than a label may be."""

WORDS = frozenset(
    {
        *("text", "hint", "why", "label", "description", "because", "headline", "reason"),
        *("record", "family_words", "not_sharing_risk", "sharing_risk", "if_risk", "how"),
        *("gloss", "name", "note", "hours", "number"),
    }
)


def hostile() -> Edition:
    """The garden pack with such a text wherever a text may stand."""
    draft = Draft()
    for raw in (draft.pack, draft.standing):
        raw["terms"] = [{"term": "here", "gloss": ""}]
        _spoil(raw)
    draft.pack["title"] = HOSTILE[:24]
    [edition] = draft.library().editions
    assert prove(edition.pack) == []
    return edition


def telling() -> tuple[Path, ...]:
    """Every path of it."""
    return tuple(paths(hostile().pack))


def _spoil(value: Any) -> None:
    if isinstance(value, dict):
        for name, held in value.items():
            if name in WORDS and isinstance(held, str):
                # What proof looks for has to stay.
                value[name] = f"{HOSTILE} Consent." if name == "reason" else HOSTILE
            elif name == "steps":
                value[name] = [HOSTILE]
            else:
                _spoil(held)
    elif isinstance(value, list):
        for held in value:
            _spoil(held)
