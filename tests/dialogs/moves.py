"""Whatever a practitioner, an old screen or a forger may send next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias

from hypothesis import strategies as st
from pydantic import BaseModel

from dialogs.check import advance, begin
from dialogs.decision import Form
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
from dialogs.fields import FIELDS, KEPT
from dialogs.screening import fingerprint
from dialogs.session import Session
from dialogs.show import show
from dialogs.turn import Turn
from dialogs.views import (
    AdviceView,
    CheckAnswersView,
    DangerView,
    DecisionView,
    PreviewView,
    QuestionView,
)
from policies.model import Pack
from tests.dialogs.transcripts import CHECK

CANARY = "zebra-quince"
"""Stands in every text that is typed, so that a test can look for it."""

Step: TypeAlias = Callable[[Pack, Session], Event]
"""An event as it depends on what is shown at the time."""

WORDS = st.one_of(
    st.just(f"{CANARY}: the risk is rising."),
    st.just(f"{CANARY}: ring 07700 900123, NHS number 999 000 0018."),
    st.text(max_size=40).map(lambda text: f"{CANARY} {text}"),
    st.just(f"{CANARY} half a sign \ud83d"),
    st.just(CANARY + "x" * 2_001),
)
TEXT = st.text(st.characters(), max_size=8).map(lambda text: text + CANARY)
DATES = st.one_of(st.dates().map(str), TEXT)


def onwards() -> st.SearchStrategy[Step]:
    """What leads on from the screen that is shown, so that checks get far."""

    def step(number: int, form: Form) -> Step:
        def event(pack: Pack, session: Session) -> Event:
            turn = session.turn
            match show(pack, session):
                case DangerView(asked=asked) | QuestionView(asked=asked):
                    choice = asked.choices[number % len(asked.choices)]
                    return Answered(turn, asked.id, choice.value)
                case CheckAnswersView():
                    return Confirmed(turn)
                case AdviceView(can_go_on=True) if number % 2:
                    return WentOn(turn)
                case DecisionView() if number % 5 == 0:
                    return LeftUndecided(turn)
                case DecisionView():
                    return Decided(turn, form)
                case PreviewView():
                    return Posted(turn, post=number % 3 > 0)
                case _:
                    return Deciding(turn)

        return event

    return st.builds(step, st.integers(0, 9), forms())


def changes() -> st.SearchStrategy[Step]:
    """A wish to answer one of the questions again."""

    def step(number: int) -> Step:
        def event(pack: Pack, session: Session) -> Event:
            names = [*session.answers, "weather"]
            return Changed(session.turn, names[number % len(names)])

        return event

    return st.integers(0, 9).map(step)


def forms() -> st.SearchStrategy[Form]:
    """A decision form: well filled in, half filled in, or nonsense in every field."""
    sensible: st.SearchStrategy[Form] = st.fixed_dictionaries(
        {
            field.id: st.sampled_from([value for value, _ in field.options]).map(lambda v: (v,))
            for field in FIELDS
            if field.required
        },
        optional={"words": WORDS.map(lambda words: (words,)), "review": DATES.map(lambda d: (d,))},
    )
    kept = sensible.map(
        lambda form: {**form, KEPT: (fingerprint("".join(form.get("words", ()))),)}
    )
    names = st.sampled_from([*(field.id for field in FIELDS), KEPT, "colour"])
    absurd = st.dictionaries(names, st.lists(TEXT, max_size=3).map(tuple), max_size=6)
    kinds: tuple[st.SearchStrategy[Form], ...] = (kept, kept, kept, sensible, absurd)
    return st.sampled_from(kinds).flatmap(lambda kind: kind)


def plain(make: Callable[[int], Event]) -> Step:
    """An event of the screen that is shown."""
    return lambda _, session: make(session.turn)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """Anything that a screen allows, and absurd answers besides; three in four lead on."""
    step: Step = draw(onwards() if draw(st.integers(0, 3)) else sideways())
    return step


def sideways() -> st.SearchStrategy[Step]:
    """What need not fit the screen that is shown."""
    absurd = st.tuples(st.sampled_from(["danger", "risk", CANARY]), st.one_of(TEXT, st.none()))
    fixed = (Confirmed, WentOn, Deciding, LeftUndecided, WentBack, Deleted, Restarted)
    return st.one_of(
        changes(),
        *(st.just(plain(make)) for make in fixed),
        forms().map(lambda form: plain(lambda turn: Decided(turn, form))),
        st.booleans().map(lambda post: plain(lambda turn: Posted(turn, post))),
        absurd.map(lambda pair: plain(lambda turn: Answered(turn, *pair))),
    )


def run(pack: Pack, steps_taken: list[Step]) -> list[tuple[Session, Event, Turn]]:
    """A check of these steps: each event with the session before it and the turn it came to."""
    session = begin(pack, "d" * 64, CHECK)
    done = []
    for step in steps_taken:
        event = step(pack, session)
        turn = advance(pack, session, event)
        done.append((session, event, turn))
        session = turn.session
    return done


def texts(value: Any) -> list[str]:
    """Every text inside a value, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, BaseModel):
        return [text for name in type(value).model_fields for text in texts(getattr(value, name))]
    if is_dataclass(value):
        return [text for field in fields(value) for text in texts(getattr(value, field.name))]
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in texts(part)]
    if isinstance(value, tuple | list):
        return [text for part in value for text in texts(part)]
    return []
