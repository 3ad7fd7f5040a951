"""The record a practitioner makes of a decision: theirs, not the bot's, and mostly filled in.

The form itself is data (`dialogs/fields.py`). All but `words` are closed values. `words` is
screened for personal data before it goes anywhere: what was seen is shown back, and stays out
until it is removed or said not to be personal data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TypeAlias

from dialogs import forms
from dialogs.fields import FIELDS, KEPT
from dialogs.screening import screened
from policies.assess import Advice, given
from policies.model import Value, Verdict

Form: TypeAlias = dict[str, tuple[str, ...]]

DEPARTING = "This departs from the advice. Say why, in a sentence or two."
WAITING = (
    "The advice is not to wait. Say why you are waiting, and when you will look at this again."
)


class Decision(Value):
    """A decision as it is recorded; every value is one of the options of its field."""

    choice: str
    kinds: tuple[str, ...]
    receiver: str
    purpose: str | None = None
    asked_by: str | None = None
    consent: str | None = None
    told: str | None = None
    advice_from: str | None = None
    security: str | None = None
    review: date | None = None
    words: str = ""
    departs: bool = False


def filled_in(advice: Advice) -> Form:
    """The form as far as the check has answered it already, and no further: it is a record."""
    facts = given(advice.path)
    found: dict[str, str] = {
        "purpose": {"child": "protect_child", "adult": "protect_adult"}.get(
            facts.get("risk", ""), ""
        ),
        "consent": "given" if facts.get("consent") == "yes" else "",
        "told": facts.get("talk", ""),
    }
    options = {field.id: dict(field.options) for field in FIELDS}
    return {field: (value,) for field, value in found.items() if value in options[field]}


def received(form: Mapping[str, Collection[str]]) -> Form:
    """The form's own fields, as a session keeps them: trimmed, and without half characters."""
    return forms.received((*(field.id for field in FIELDS), KEPT), form)


def read(form: Mapping[str, tuple[str, ...]], advice: Advice) -> Decision | dict[str, str]:
    """The decision that a filled-in form makes, or what is wrong with it, by field id."""
    values, errors = forms.read(FIELDS, form)
    words = str(values.get("words", ""))
    if "words" not in errors and (error := screened(words, form.get(KEPT, ()))):
        errors["words"] = error
    if errors:
        return errors
    decision = Decision.model_validate(values)
    at_risk = given(advice.path).get("risk") in ("child", "adult")
    departs = departs_from(advice.verdict, decision.choice, decision.advice_from, at_risk=at_risk)
    if departs and not words:
        return {"words": WAITING if decision.choice == "defer" else DEPARTING}
    return decision.model_copy(update={"departs": departs})


def departs_from(
    verdict: Verdict, choice: str, advice_from: str | None, *, at_risk: bool = False
) -> bool:
    """Whether a decision goes against the advice.

    After `seek_advice` it is to decide without any; with somebody at risk, to wait as well.
    """
    if choice == "defer":
        urgent = verdict is Verdict.SHARE and at_risk
        return urgent or verdict in (Verdict.ACT_NOW, Verdict.MUST_SHARE)
    if verdict is Verdict.SEEK_ADVICE:
        return advice_from in (None, "nobody")
    return (choice == "not_share") is not (verdict is Verdict.DO_NOT_SHARE)
