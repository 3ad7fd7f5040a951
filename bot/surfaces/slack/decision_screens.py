"""The screens after the advice: the decision form, the preview of the summary, and the end."""

from bot.surfaces.slack.blocks import (
    Json,
    actions,
    button,
    emergency_line,
    header,
    note,
    plain,
    words,
)
from bot.surfaces.slack.fields import input_of, problems
from bot.surfaces.slack.frame import Screen
from dialogs.explain import ended
from dialogs.fields import KEPT, WORDS
from dialogs.screening import answerable
from dialogs.summary import MARK_TO_COME, Summary
from dialogs.views import DecisionView, DoneView, PreviewView


def decision_screen(view: DecisionView, turn: int) -> Screen:
    """The form, mostly filled in, with what was wrong with it just now."""
    inputs = (input_of(field, view.form.get(field.id, ()), str(turn)) for field in view.fields)
    blocks: list[Json] = [*problems(view.fields, view.errors), *inputs]
    if mark := mark_of(view):
        blocks.append(_kept(mark, view.form.get(KEPT, ())))
    undecided = button("Post the advice without a decision", "undecided")
    leaving = [undecided] if view.can_leave else []
    blocks += [
        actions(*leaving, button("Back", "back")),
        note(f"Reference {view.reference}"),
        emergency_line(view.emergency),
    ]
    return Screen("decision", blocks, "Preview")


def mark_of(view: DecisionView) -> str | None:
    """The mark of words that wait for an answer, or have it: is it personal data?"""
    return answerable("".join(view.form.get(WORDS.id, ())[:1]))


def preview_screen(view: PreviewView) -> Screen:
    """The exact words, and the choice not to post them."""
    without = "Record without posting" if view.decided else "Close without posting"
    with_it = "Record and post" if view.decided else "Post the advice"
    blocks = [
        words("This is exactly what your team's channel will show."),
        *summary_blocks(view.summary, MARK_TO_COME),
        actions(button(with_it, "post"), button(without, "skip"), button("Back", "back")),
        emergency_line(),
    ]
    return Screen("preview", blocks, with_it)


def summary_blocks(summary: Summary, mark: str) -> list[Json]:
    """A summary as it stands in the channel: nothing in it is formatted, linked or mentioned."""
    said = [f"{label}: {value}" for label, value in summary.marked(mark)]
    return [header(summary.title), words(f"Reference: {summary.reference}"), *map(words, said)]


def done_screen(view: DoneView) -> Screen:
    """What was recorded, where it went, and what comes next."""
    later = [] if view.decision else [button("Record a decision", "decide", style="primary")]
    blocks = [
        header(f"Reference {view.reference}"),
        *map(words, ended(view)),
        actions(*later, button("Start another check", "restart")),
        emergency_line(),
    ]
    return Screen("done", blocks)


def _kept(mark: str, answered: tuple[str, ...]) -> Json:
    """The practitioner's answer to the screen; its id changes with the words it is about."""
    option = {"value": mark, "text": plain("It is not personal data")}
    chosen = {"initial_options": [option]} if mark in answered else {}
    return {
        "type": "input",
        "block_id": f"{KEPT}:{mark}",
        "optional": True,
        "label": plain("What looks like personal data in your reasons"),
        "element": {"type": "checkboxes", "action_id": KEPT, "options": [option], **chosen},
    }
