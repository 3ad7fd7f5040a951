"""The cards that ask: the danger question, every other question, and the answers in review."""

from collections.abc import Iterable
from datetime import date

from bot.surfaces.teams.frame import Screen, policy_line, superseded
from bot.surfaces.teams.pieces import (
    ASKED,
    Json,
    bold,
    choices,
    emergency_line,
    execute,
    heading,
    hints,
    note,
    part,
    row,
    unfold,
    words,
)
from bot.surfaces.teams.place import At
from dialogs.explain import meanings
from dialogs.lines import bulleted, contact_line, emergency_words
from dialogs.views import (
    Asked,
    CheckAnswersView,
    DangerView,
    OpenCheck,
    QuestionView,
    Said,
)
from dialogs.visible import visible

CONTINUE = "Continue"
WHY = "Why are we asking?"
ADVISE = "Get the advice"
MOST_OPEN = 5
"""Open checks offered on the first card: the question comes first, and it has to be found."""


def danger_screen(view: DangerView, at: At, today: date) -> Screen:
    """The emergency numbers, the danger question, and the checks that were left open."""
    by_role = {contact.role: contact for contact in view.contacts}
    emergency = by_role.pop("emergency", None)
    numbers = bulleted(contact_line(contact, today) for contact in by_role.values())
    body = [heading(emergency_words(emergency), "Large"), *map(words, numbers)]
    body += [*([words(view.notice)] if view.notice else []), *superseded(view.policy)]
    body += _asking(view.asked)
    foot = [*_left_open(view.open_checks), policy_line(view.policy)]
    return Screen(body, [_go_on(at, view.asked), _why(view.asked)], foot)


def question_screen(view: QuestionView, at: At) -> Screen:
    """One question, how far along it is, and the way back."""
    body = [
        note(f"Question {view.number} of at most {view.most}."),
        *superseded(view.policy),
        *_asking(view.asked),
    ]
    back = execute("Back", "back", at.data(), inputs=False)
    buttons = [_go_on(at, view.asked), back, _why(view.asked)]
    return Screen(body, buttons, [emergency_line(view.emergency), policy_line(view.policy)])


def answers_screen(view: CheckAnswersView, at: At) -> Screen:
    """Every answer that counts, each with a way to change it."""
    body = [
        heading("Check your answers before you get the advice."),
        *superseded(view.policy),
        *(_answer(said, at) for said in view.path),
        *_no_longer_counting(view.dropped),
    ]
    buttons = [
        execute(ADVISE, "confirm", at.data(), inputs=False, style="positive"),
        execute("Back", "back", at.data(), inputs=False),
    ]
    return Screen(body, buttons, [emergency_line(view.emergency), policy_line(view.policy)])


def _asking(asked: Asked) -> list[Json]:
    problem = [bold(f"There is a problem. {asked.error}")] if asked.error else []
    options = ((choice.value, choice.label) for choice in asked.choices)
    described = [f"{each.label}: {each.description}" for each in asked.choices if each.description]
    held = asked.selected or ""
    question = choices(asked.id, asked.text, options, value=held, required=True)
    # A choice in a card has no room for a hint or a description, so these stand under it: what is
    # asked comes first.
    return [*problem, question, *hints([asked.hint, *bulleted(described)])]


def _go_on(at: At, asked: Asked) -> Json:
    data = at.data(**{ASKED: asked.id})
    return execute(CONTINUE, "answer", data, inputs=True, style="positive")


def _why(asked: Asked) -> Json:
    meant = meanings(asked.terms)
    told = part(meant.heading, bulleted(meant.lines))
    return unfold(WHY, [words(asked.why), *told, words(f"Source: {asked.source}")])


def _left_open(open_checks: tuple[OpenCheck, ...]) -> list[Json]:
    if not open_checks:
        return []
    body = [heading("Checks that you left open")]
    for left in open_checks[:MOST_OPEN]:
        body += [bold(left.reference), words(f"{left.standing}. Last opened {left.day}.")]
        body.append(row(*_open_buttons(left)))
    return body


def _open_buttons(left: OpenCheck) -> Iterable[Json]:
    """The place in these is the other check's: its turn is found when one is pressed."""
    there = At(left.check).data()
    name = left.reference
    yield execute(f"Continue {name}", "resume", there, inputs=False)
    delete = execute(f"Yes, delete {name}", "delete", there, inputs=False, style="destructive")
    warning = "Its answers go. Advice and decisions already recorded stay recorded."
    yield unfold(f"Delete {name}", [words(warning)], delete)


def _answer(said: Said, at: At) -> Json:
    change = execute("Change", "change", at.data(question=said.question), inputs=False)
    change["tooltip"] = visible(f"Change: {said.text}")
    lines = [bold(said.text), words(said.label, spacing="None")]
    told = {"type": "Column", "width": "stretch", "items": lines}
    button = {"type": "Column", "width": "auto", "items": [row(change)]}
    return {"type": "ColumnSet", "columns": [told, button], "spacing": "Medium"}


def _no_longer_counting(dropped: tuple[Said, ...]) -> list[Json]:
    lines = bulleted(f"{said.text} {said.label}" for said in dropped)
    return part("These answers no longer count", lines)
