"""Practitioners in Slack: what they send, made from the screen that they were shown last.

A screen differs from one check to the next by the check's id only. So each is read once, and its
submission is kept with blanks for the check and the practitioner: making a request then costs the
generator some microseconds, although it answers exactly what the bot has just shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.forms import PERSON, Json, Signer, form_of, submission
from benchmarks.load import Unexpected

CHECK = b"BLANK00FOR00THE00CHECK00"

# The longest way through england-2024: nobody at risk, and every question is asked.
ANSWERS = {
    "danger": "no",
    "risk": "no",
    "purpose": "yes",
    "identifiable": "yes",
    "consent": "no",
    "confidential": "yes",
    "override": "public_interest",
    "organisation": "voluntary",
    "basis": "legitimate_interests",
    "special": "none",
    "talk": "told",
    "receiver": "yes",
}


MOST_TURNS = len(ANSWERS) + 1
"""Every question, and the answers in review; a screen shown again would never end."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A check whose first screen is open in front of a practitioner."""

    person: bytes
    check: bytes
    screen: bytes

    @classmethod
    def of(cls, person: str, view: Json) -> Begun:
        """What `views.open` was told, written as a submission would be answered."""
        check = json.loads(view["private_metadata"])["check"]
        answer = {"response_action": "update", "view": view}
        return cls(person.encode(), check.encode(), json.dumps(answer).encode())


@dataclass(slots=True)
class Screens:
    """Every screen met so far, with the form that answers it; None where a check ends."""

    confirms: bool
    known: dict[bytes, bytes | None] = field(default_factory=dict)

    def form(self, screen: bytes, check: bytes, person: bytes) -> bytes | None:
        """The form that this practitioner sends from this screen."""
        seen = screen.replace(check, CHECK)
        if seen not in self.known:
            self.known[seen] = self._read(screen, seen)
        form = self.known[seen]
        return form and form.replace(CHECK, check).replace(PERSON, person)

    def typical(self) -> tuple[Json, bytes]:
        """The screen whose form is of middling size, as a view, and that form, blanks and all."""
        forms = [(len(form), seen, form) for seen, form in self.known.items() if form]
        _, seen, form = sorted(forms)[len(forms) // 2]
        view: Json = json.loads(seen)["view"]
        return view, form

    def _read(self, screen: bytes, seen: bytes) -> bytes | None:
        if screen == seen:
            raise Unexpected(f"a screen without its check: {screen[:200]!r}")
        view = json.loads(seen)["view"]
        name = view["callback_id"]
        if name in ("danger", "question"):
            return form_of(submission(view, _chosen(view)))
        if name == "check_answers":
            return form_of(submission(view, {})) if self.confirms else None
        raise Unexpected(f"the screen '{name}'")


@dataclass(slots=True)
class Checks:
    """One connection: a check from its first screen to its end, and then the next."""

    signer: Signer
    screens: Screens
    begun: Iterator[Begun]
    _now: Begun | None = None
    _turns: int = 0

    def next(self, answer: bytes | None) -> bytes | None:
        """Answer the screen; begin the next check where this one ends."""
        if answer is not None and self._now is not None:
            form = self._form(answer, self._now)
            if form is not None:
                return self._asked(form)
        self._now, self._turns = next(self.begun, None), 0
        if self._now is None:
            return None
        form = self._form(self._now.screen, self._now)
        assert form is not None
        return self._asked(form)

    def _asked(self, form: bytes) -> bytes:
        self._turns += 1
        if self._turns > MOST_TURNS:
            raise Unexpected("a check that does not move on")
        return self.signer.request(form)

    def _form(self, screen: bytes, now: Begun) -> bytes | None:
        # Advice carries the check's short name too, and is the end of a check in any case.
        if self.screens.confirms and b'"callback_id":"advice"' in screen:
            return None
        return self.screens.form(screen, now.check, now.person)


@dataclass(slots=True)
class SameAgain:
    """One connection that sends the same forms, signed afresh, whatever is answered."""

    signer: Signer
    forms: Iterator[bytes]

    def next(self, answer: bytes | None) -> bytes | None:  # noqa: ARG002
        """The next form."""
        form = next(self.forms, None)
        return form and self.signer.request(form)


def _chosen(view: Json) -> Json:
    """The state of the view with the answer chosen."""
    asked = next(block for block in view["blocks"] if block["type"] == "input")
    element, question = asked["element"], asked["block_id"].partition(":")[0]
    [option] = [o for o in element["options"] if o["value"] == ANSWERS[question]]
    held = {"type": element["type"], "selected_option": option}
    return {asked["block_id"]: {element["action_id"]: held}}
