"""From what is typed at a prompt to an event of the check."""

from __future__ import annotations

import signal
import textwrap
from collections.abc import Iterable, Mapping
from typing import TypeAlias, assert_never

import click

from bot.conversation import Shown
from bot.reception import Visit
from bot.surfaces.terminal.draw import parts, ways
from dialogs.events import (
    Answered,
    Changed,
    Confirmed,
    Decided,
    Deciding,
    Event,
    LeftUndecided,
    Posted,
    WentBack,
    WentOn,
)
from dialogs.explain import meanings
from dialogs.fields import KEPT, WORDS, Field
from dialogs.pages import FormView, PageView
from dialogs.screening import answerable
from dialogs.views import (
    AdviceView,
    Asked,
    CheckAnswersView,
    DangerView,
    DecisionView,
    DoneView,
    ExpiredView,
    NotYoursView,
    PreviewView,
    QuestionView,
    TryAgainView,
)

WIDTH = 78
Asking: TypeAlias = Event | str | tuple[str, Visit] | None
"""An event, the id of a check to go on with, a room to visit, or nothing more to do."""


class Left(Exception):
    """The practitioner closed the terminal; the check is kept."""


def say(lines: Iterable[str]) -> None:
    """Print lines, wrapped, with their indent kept."""
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        click.echo(textwrap.fill(line, WIDTH, subsequent_indent=f"{indent}  "))


def ask(shown: Shown) -> Asking:
    """Ask until there is something to do."""
    view, turn = shown.view, shown.turn
    match view:
        case DangerView():
            return _danger(view, turn)
        case QuestionView():
            return _question(view.asked, turn)
        case CheckAnswersView():
            return _changes(view, turn)
        case AdviceView():
            return _next(view, turn)
        case DecisionView():
            return _decision(view, turn)
        case PreviewView():
            what = "record and post" if view.decided else "post"
            typed = _prompt(f"Enter to {what}, n not to post, b to go back")
            return WentBack(turn) if typed == "b" else Posted(turn, post=typed != "n")
        case TryAgainView():
            _prompt("Enter to try again")
            return None
        case PageView():
            return _way(view)
        case FormView():
            return _filled_in(view)
        case DoneView() | ExpiredView() | NotYoursView():
            return None
        case _:
            assert_never(view)


def _danger(view: DangerView, turn: int) -> Asking:
    others: dict[str, str] = {}
    for number, other in enumerate(view.open_checks, start=1):
        others[f"r{number}"] = other.check
        say([f"  r{number}. Go on with {other.reference} ({other.standing}, {other.day})"])
    return _question(view.asked, turn, others)


def _question(asked: Asked, turn: int, others: Mapping[str, str] | None = None) -> Asking:
    numbered = {str(number): choice.value for number, choice in enumerate(asked.choices, start=1)}
    while True:
        typed = _prompt("Number, w for why we ask, b to go back")
        if typed in numbered:
            return Answered(turn, asked.id, numbered[typed])
        if others and typed in others:
            return others[typed]
        if typed == "b":
            return WentBack(turn)
        if typed != "w":
            return Answered(turn, asked.id, typed or None)
        say([asked.why, *parts([meanings(asked.terms)]), f"Source: {asked.source}"])


def _changes(view: CheckAnswersView, turn: int) -> Asking:
    numbered = {str(number): said.question for number, said in enumerate(view.path, start=1)}
    typed = _prompt("Enter for the advice, a number to change an answer, b to go back")
    if typed in numbered:
        return Changed(turn, numbered[typed])
    return WentBack(turn) if typed == "b" else Confirmed(turn)


def _next(view: AdviceView, turn: int) -> Asking:
    more = ", o for what else you may share" if view.can_go_on else ""
    numbered = {str(number): way for number, way in enumerate(view.ways, start=1)}
    say(f"  {number}. {way.label}" for number, way in numbered.items())
    typed = _prompt(f"Enter to record a decision{more}, c to change answers, q to stop")
    if way := numbered.get(typed):
        return way.room, Visit(way.verb, way.value)
    if typed == "q":
        return None
    if typed == "o" and view.can_go_on:
        return WentOn(turn)
    return WentBack(turn) if typed == "c" else Deciding(turn)


def _decision(view: DecisionView, turn: int) -> Asking:
    words = "".join(view.form.get(WORDS.id, ()))
    mark = answerable(words) if view.errors.keys() == {WORDS.id} else None
    if mark and _prompt("k to keep your words, Enter to fill in the form again") == "k":
        return Decided(turn, {**view.form, KEPT: (mark,)})
    leaving = ", u to post the advice without one" if view.can_leave else ""
    typed = _prompt(f"Enter to fill in the form{leaving}, b to go back")
    if typed == "b":
        return WentBack(turn)
    if typed == "u" and view.can_leave:
        return LeftUndecided(turn)
    return Decided(
        turn, {field.id: _field(field, view.form.get(field.id, ())) for field in view.fields}
    )


def _way(view: PageView) -> Asking:
    numbered = {str(number): way for number, way in enumerate(ways(view), start=1)}
    typed = _prompt("Number, or Enter to stop" if numbered else "Enter to stop")
    way = numbered.get(typed)
    if way is None or (way.confirm and _prompt(f"{way.confirm} y to go on") != "y"):
        return None
    return way.room, Visit(way.verb, way.value)


def _filled_in(view: FormView) -> Asking:
    others = ways(view)
    if others:
        say(f"  {number}. {way.label}" for number, way in enumerate(others, start=1))
    typed = _prompt(f"Enter to fill in the form{', or a number' if others else ''}, q to stop")
    if typed == "q":
        return None
    if typed.isascii() and typed.isdigit() and 0 < int(typed) <= len(others):
        way = others[int(typed) - 1]
        return way.room, Visit(way.verb, way.value)
    held = {field.id: tuple(view.form.get(field.id, ())) for field in view.fields}
    filled = {field.id: _field(field, held[field.id]) for field in view.fields}
    return view.room, Visit(view.verb, view.value, filled)


def _field(field: Field, before: tuple[str, ...]) -> tuple[str, ...]:
    say(["", field.label, *([field.hint] if field.hint else [])])
    numbered = {str(number): value for number, (value, _) in enumerate(field.options, start=1)}
    say(f"  {number}. {field.label_of(value)}" for number, value in numbered.items())
    shown = ", ".join(field.label_of(value) if field.options else value for value in before)
    typed = _prompt(f"Enter for {shown}" if shown else _how(field))
    if not typed:
        return before
    if not field.options:
        return (typed,)
    return tuple(numbered.get(word, word) for word in typed.replace(",", " ").split())


def _how(field: Field) -> str:
    how = {"one": "Number", "many": "Numbers", "date": "Year-month-day"}
    return how.get(field.kind, "Words") + ("" if field.required else ", or Enter for none")


def _prompt(text: str) -> str:
    # The event loop would take Ctrl-C for itself, and the prompt would wait on.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return input(f"{text}: ").strip()
    except (EOFError, KeyboardInterrupt):
        raise Left from None
    finally:
        signal.signal(signal.SIGINT, before)
