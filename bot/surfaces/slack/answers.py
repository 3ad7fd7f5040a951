"""What Slack is answered with in the same breath: a screen, errors under fields, or nothing."""

from datetime import date

from pydantic_core import to_json
from slack_bolt.response import BoltResponse

from bot.conversation import Shown
from bot.surfaces.slack.again import Screens
from bot.surfaces.slack.blocks import Json
from bot.surfaces.slack.decision_screens import mark_of
from bot.surfaces.slack.modal import OpenModal
from bot.surfaces.slack.page_screens import FORM
from bot.surfaces.slack.screens import draw, try_again, warned
from dialogs.pages import FormView
from dialogs.views import DangerView, DecisionView, QuestionView, TryAgainView


def nothing() -> BoltResponse:
    """The request was taken, and that is all."""
    return BoltResponse(status=200, body="")


def ephemeral(text: str) -> BoltResponse:
    """Words for the person who typed a command, and for nobody else."""
    return _json({"response_type": "ephemeral", "text": text})


def updated(modal: Json) -> BoltResponse:
    """This modal in the place of the one that was submitted."""
    return _json({"response_action": "update", "view": modal})


def next_screen(view: OpenModal, shown: Shown, today: date, screens: Screens) -> BoltResponse:
    """What a submission comes to: errors under its fields, or the next screen."""
    if isinstance(shown.view, TryAgainView):
        return once_more(view)
    errors = _errors(view, shown)
    if errors:
        return _marked(errors)
    if drawn := screens.drawn_before(shown, today):
        return BoltResponse(status=200, body=f'{{"response_action":"update","view":{drawn}}}')
    return updated(draw(shown, today))


def once_more(view: OpenModal) -> BoltResponse:
    """The same screen again, with nothing lost; an error leaves what is typed as it is."""
    text = try_again(str((view.submit or {}).get("text", "the button")))
    inputs = _inputs(view)
    return _marked({inputs[0]: text}) if inputs else updated(warned(view, text))


def _errors(view: OpenModal, shown: Shown) -> dict[str, str]:
    """Mistakes by the input that each belongs to; none, if the screen has to be drawn anew."""
    match shown.view:
        case DangerView(asked=asked) | QuestionView(asked=asked) if asked.error:
            found = {f"{asked.id}:{shown.turn}": asked.error}
        case DecisionView() if mark_of(shown.view) is None:
            found = {f"{field}:{shown.turn}": text for field, text in shown.view.errors.items()}
        case FormView(errors=wrong) if wrong:
            found = {f"{field}:{FORM}": text for field, text in wrong.items()}
            blocks = {f"{field.id}:{FORM}" for field in shown.view.fields}
            if blocks != set(_inputs(view)):
                return {}
        case _:
            return {}
    return found if found.keys() <= set(_inputs(view)) else {}


def _inputs(view: OpenModal) -> list[str]:
    return [block["block_id"] for block in view.blocks if block.get("type") == "input"]


def _marked(errors: dict[str, str]) -> BoltResponse:
    return _json({"response_action": "errors", "errors": errors})


def _json(body: Json) -> BoltResponse:
    return BoltResponse(status=200, body=to_json(body).decode())
