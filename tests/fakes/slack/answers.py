"""What Slack makes of an app's reply: the only answers it accepts, and what it then shows."""

import json
from typing import Any

from . import limits
from .checking import Json
from .courier import Reply
from .errors import Refused, SlackWouldShow
from .screens import OpenView
from .surfaces import refuse_bad_view
from .workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"
_KEYS = {
    "update": {"response_action", "view"},
    "push": {"response_action", "view"},
    "errors": {"response_action", "errors"},
    "clear": {"response_action"},
}


def insist_on_empty(reply: Reply, shown: str) -> None:
    """Only a command or a submission may be answered with anything but an empty 200."""
    if reply.body:
        raise SlackWouldShow(shown, f"expected an empty answer, got {reply.body[:80]!r}")


def command_message(reply: Reply, shown: str) -> Json | None:
    """The message in answer to a command: none, plain text, or JSON."""
    if not reply.body:
        return None
    if reply.content_type == "application/json":
        return _object(reply, shown)
    return {"text": reply.body.decode()}


def obey_submission(workspace: Workspace, view: OpenView, reply: Reply) -> Json | None:
    """Update, push, clear, mark errors, or close: as the answer to a submission says."""
    if not reply.body:
        workspace.screens.close(view)
        return None
    answer = _object(reply, TROUBLE)
    action = answer.get("response_action")
    if action not in _KEYS or set(answer) != _KEYS[action]:
        raise SlackWouldShow(TROUBLE, f"not an answer to a submission: {sorted(answer)}")
    try:
        _obey(workspace, view, action, answer)
    except Refused as refused:
        raise SlackWouldShow(TROUBLE, f"{refused.code} {' '.join(refused.messages)}") from refused
    return answer


def _obey(workspace: Workspace, view: OpenView, action: str, answer: Json) -> None:
    screens = workspace.screens
    match action:
        case "clear":
            screens.clear(view.user_id)
        case "errors":
            _refuse_bad_errors(view, answer["errors"])
            screens.put(view.marked(answer["errors"]))
        case "update":
            refuse_bad_view(answer["view"], "modal")
            screens.update(screens.find(view.id) or view, answer["view"])
        case "push":
            refuse_bad_view(answer["view"], "modal")
            screens.push(view.user_id, answer["view"])


def _refuse_bad_errors(view: OpenView, errors: Any) -> None:
    inputs = {field.block_id for field in view.fields if field.is_input}
    if not isinstance(errors, dict) or not errors:
        raise SlackWouldShow(TROUBLE, "errors must be an object with a block id for each")
    for block_id, sentence in errors.items():
        if block_id not in inputs:
            raise SlackWouldShow(TROUBLE, f"no input block is called {block_id!r}")
        if not isinstance(sentence, str) or not 1 <= len(sentence) <= limits.FIELD_ERROR:
            raise SlackWouldShow(TROUBLE, f"the error for {block_id!r} is empty or too long")


def _object(reply: Reply, shown: str) -> Json:
    if reply.content_type != "application/json":
        raise SlackWouldShow(shown, f"a body of type {reply.content_type}")
    try:
        answer = json.loads(reply.body)
    except ValueError:
        raise SlackWouldShow(shown, "a body that is not JSON") from None
    if not isinstance(answer, dict):
        raise SlackWouldShow(shown, "a body that is not a JSON object")
    return answer
