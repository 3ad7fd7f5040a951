"""The cards after the advice: the decision form, the preview of the summary, and the end."""

from collections.abc import Mapping

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
from dialogs.decision import Form
from dialogs.explain import EARLIER_STANDS
from dialogs.fields import KEPT, WORDS
from dialogs.screening import WORDS_MOST, fingerprint, screened
from dialogs.summary import MARK_TO_COME, Summary
from dialogs.views import DecisionView, DoneView, PreviewView


def decision_screen(view: DecisionView, at: At) -> Screen:
    """The form, mostly filled in, with what was wrong with it just now."""
    body = [*problems(view.fields, view.errors), *field_inputs(view.fields, view.form)]
    if _is_held_by_screen(view.form, view.errors):
        body.append(_kept(view.form[WORDS.id][0]))
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
        words(_recorded(view)),
        words(_posted(view)),
        *([words(view.next_step)] if view.next_step else []),
    ]
    buttons = [execute("Start another check", "restart", at.data(), inputs=False)]
    if not view.decision:
        decide = execute("Record a decision", "decide", at.data(), inputs=False, style="positive")
        buttons.insert(0, decide)
    return Screen(body, buttons, [emergency_line()])


def _recorded(view: DoneView) -> str:
    if view.decision is None:
        return "The advice is recorded. No decision is recorded yet."
    return f"Your decision is recorded: {view.decision}."


def _posted(view: DoneView) -> str:
    if view.posted:
        return "The summary is on its way to your team's channel."
    if view.earlier_stands:
        return EARLIER_STANDS
    return "Nothing was posted to your team's channel."


def _is_held_by_screen(form: Form, errors: Mapping[str, str]) -> bool:
    """Whether the words wait for an answer about what looks like personal data in them."""
    typed, error = form.get(WORDS.id, ()), errors.get(WORDS.id)
    if error is None or not typed or len(typed[0]) > WORDS_MOST:
        return False
    return error == screened(typed[0], form.get(KEPT, ()))


def _kept(typed: str) -> Json:
    """The practitioner's answer to the screen, bound to the words that it is about."""
    option = (fingerprint(typed), "It is not personal data")
    label = "What looks like personal data in your reasons"
    return choices(KEPT, label, [option], required=False, many=True)
