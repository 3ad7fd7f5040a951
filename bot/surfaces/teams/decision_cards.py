"""The cards after the advice: the decision form, the preview of the summary, and the end."""

from bot.surfaces.teams.fields import MANY, field_inputs, many_of, problems
from bot.surfaces.teams.frame import Screen
from bot.surfaces.teams.pieces import (
    Json,
    choices,
    emergency_line,
    execute,
    heading,
    note,
    words,
)
from bot.surfaces.teams.place import At
from dialogs.explain import ended
from dialogs.fields import KEPT, WORDS
from dialogs.screening import answerable
from dialogs.summary import MARK_TO_COME, Summary
from dialogs.views import DecisionView, DoneView, PreviewView


def decision_screen(view: DecisionView, at: At) -> Screen:
    """The form, mostly filled in, with what was wrong with it just now."""
    body = [*problems(view.fields, view.errors), *field_inputs(view.fields, view.form)]
    if mark := answerable("".join(view.form.get(WORDS.id, ())[:1])):
        body.append(_kept(mark))
    held = {**at.data(), MANY: many_of(view.fields, KEPT)}
    buttons = [execute("Preview", "decide", held, inputs=True, style="positive")]
    if view.can_leave:
        label = "Post the advice without a decision"
        buttons.append(execute(label, "undecided", at.data(), inputs=False))
    buttons.append(execute("Back", "back", at.data(), inputs=False))
    foot = [note(f"Reference {view.reference}"), emergency_line(view.emergency)]
    return Screen(body, buttons, foot)


def preview_screen(view: PreviewView, at: At) -> Screen:
    """The exact words, and the choice not to post them."""
    without = "Record without posting" if view.decided else "Close without posting"
    with_it = "Record and post" if view.decided else "Post the advice"
    body = [
        words("This is exactly what your team's channel will show."),
        *summary_body(view.summary, MARK_TO_COME),
    ]
    buttons = [
        execute(with_it, "post", at.data(), inputs=False, style="positive"),
        execute(without, "skip", at.data(), inputs=False),
        execute("Back", "back", at.data(), inputs=False),
    ]
    return Screen(body, buttons, [emergency_line()])


def summary_body(summary: Summary, mark: str) -> list[Json]:
    """A summary as it stands in the channel: nothing in it is formatted, linked or mentioned."""
    said = [f"{label}: {value}" for label, value in summary.marked(mark)]
    return [heading(summary.title), words(f"Reference: {summary.reference}"), *map(words, said)]


def done_screen(view: DoneView, at: At) -> Screen:
    """What was recorded, where it went, and what comes next."""
    body = [
        heading(f"Reference {view.reference}"),
        *map(words, ended(view)),
    ]
    buttons = [execute("Start another check", "restart", at.data(), inputs=False)]
    if not view.decision:
        decide = execute("Record a decision", "decide", at.data(), inputs=False, style="positive")
        buttons.insert(0, decide)
    return Screen(body, buttons, [emergency_line()])


def _kept(mark: str) -> Json:
    """The practitioner's answer to the screen, bound to the words that it is about."""
    option = (mark, "It is not personal data")
    label = "What looks like personal data in your reasons"
    return choices(KEPT, label, [option], required=False, many=True)
