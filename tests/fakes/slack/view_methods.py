"""The views.* methods of the Web API."""

from typing import Any

from .arguments import required, structure
from .checking import Json
from .errors import Refused
from .payloads import view_json
from .screens import OpenView
from .surfaces import refuse_bad_view
from .workspace import Workspace


def open_view(workspace: Workspace, arguments: Json) -> Json:
    view = _modal(arguments)
    trigger = workspace.permits.exchange_trigger(required(arguments, "trigger_id"))
    return _shown(workspace, workspace.screens.open(trigger.user_id, view))


def push_view(workspace: Workspace, arguments: Json) -> Json:
    view = _modal(arguments)
    trigger = workspace.permits.exchange_trigger(required(arguments, "trigger_id"))
    if trigger.view_id is None or workspace.screens.find(trigger.view_id) is None:
        raise Refused("not_found")
    return _shown(workspace, workspace.screens.push(trigger.user_id, view))


def update_view(workspace: Workspace, arguments: Json) -> Json:
    current = _named(workspace, arguments)
    view = structure(arguments, "view", "invalid_arguments")
    refuse_bad_view(view, current.shape["type"])
    _refuse_stale(current, arguments)
    return _shown(workspace, workspace.screens.update(current, view))


def publish_view(workspace: Workspace, arguments: Json) -> Json:
    user_id = required(arguments, "user_id")
    if user_id not in workspace.users:
        raise Refused("invalid_arguments", ["[ERROR] no such user [json-pointer:/user_id]"])
    view = structure(arguments, "view", "invalid_arguments")
    refuse_bad_view(view, "home")
    current = workspace.screens.home(user_id)
    if current is not None:
        _refuse_stale(current, arguments)
    return _shown(workspace, workspace.screens.publish(user_id, view))


def _modal(arguments: Json) -> Any:
    view = structure(arguments, "view", "invalid_arguments")
    refuse_bad_view(view, "modal")
    return view


def _named(workspace: Workspace, arguments: Json) -> OpenView:
    """The view that the arguments mean, by exactly one of its two names."""
    view_id, external_id = arguments.get("view_id"), arguments.get("external_id")
    if (view_id is None) == (external_id is None):
        count = "neither" if view_id is None else "both"
        raise Refused("invalid_arguments", [f"[ERROR] {count} `view_id` and `external_id`"])
    screens = workspace.screens
    found = screens.find(str(view_id)) if view_id else screens.find_external(str(external_id))
    if found is None:
        raise Refused("not_found")
    return found


def _refuse_stale(current: OpenView, arguments: Json) -> None:
    expected = arguments.get("hash")
    if expected is not None and expected != current.hash:
        raise Refused("hash_conflict")


def _shown(workspace: Workspace, view: OpenView) -> Json:
    return {"view": view_json(workspace.identity, view)}


METHODS = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
}
