"""What Slack sends to an app, and how it writes views and messages in its answers."""

from typing import Any

from .channels import Ephemeral, Message
from .checking import Json
from .fields import fields_of
from .screens import OpenView
from .workspace import Identity, User, Workspace


def view_json(identity: Identity, view: OpenView) -> Json:
    return {
        "id": view.id,
        "team_id": identity.team_id,
        **view.shape,
        "state": view.state(),
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "app_id": identity.app_id,
        "app_installed_team_id": identity.team_id,
        "bot_id": identity.bot_id,
    }


def message_json(identity: Identity, message: Message, *, with_metadata: bool = False) -> Json:
    by_bot = message.author == identity.bot_user_id
    written: Json = {
        "type": "message",
        "user": message.author,
        "text": message.text,
        "ts": message.ts,
        "team": identity.team_id,
    }
    if by_bot:
        written |= {"bot_id": identity.bot_id, "app_id": identity.app_id}
    if message.blocks:
        written["blocks"] = message.blocks
    if message.thread_ts:
        written["thread_ts"] = message.thread_ts
    # Slack shows the edited flag only on messages that are drawn from their text.
    if message.edits and not message.blocks:
        written["edited"] = {"user": message.author, "ts": message.ts}
    if message.metadata and with_metadata:
        written["metadata"] = message.metadata
    return written


def command_fields(
    workspace: Workspace, user: User, command: str, text: str, channel_id: str, response_url: str
) -> dict[str, str]:
    """The form of a slash command."""
    identity = workspace.identity
    return {
        "token": identity.verification_token,
        "team_id": identity.team_id,
        "team_domain": identity.team_domain,
        "channel_id": channel_id,
        "channel_name": workspace.channels[channel_id].name,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": identity.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": workspace.permits.issue_trigger(user.id),
    }


def submission(workspace: Workspace, user: User, view: OpenView) -> Json:
    return {
        "type": "view_submission",
        **_who(workspace, user),
        "trigger_id": workspace.permits.issue_trigger(user.id, view.id),
        "view": view_json(workspace.identity, view),
        "response_urls": [],
    }


def closing(workspace: Workspace, user: User, view: OpenView, *, is_cleared: bool) -> Json:
    return {
        "type": "view_closed",
        **_who(workspace, user),
        "view": view_json(workspace.identity, view),
        "is_cleared": is_cleared,
    }


def press_in_view(workspace: Workspace, user: User, view: OpenView, action: Json) -> Json:
    return {
        "type": "block_actions",
        **_who(workspace, user),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": workspace.permits.issue_trigger(user.id, view.id),
        "view": view_json(workspace.identity, view),
        "actions": [action],
    }


def press_in_message(
    workspace: Workspace, user: User, message: Message | Ephemeral, action: Json, response_url: str
) -> Json:
    channel = workspace.channels[message.channel_id]
    is_ephemeral = isinstance(message, Ephemeral)
    shown: Json = {} if isinstance(message, Ephemeral) else _shown(workspace, message)
    return {
        "type": "block_actions",
        **_who(workspace, user),
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": is_ephemeral,
        },
        "trigger_id": workspace.permits.issue_trigger(user.id),
        "channel": {"id": channel.id, "name": channel.name},
        **shown,
        "state": {"values": _state_of(message.blocks, action)},
        "response_url": response_url,
        "actions": [action],
    }


def shortcut(workspace: Workspace, user: User, callback_id: str, action_ts: str) -> Json:
    who = _who(workspace, user)
    del who["api_app_id"]
    return {
        "type": "shortcut",
        **who,
        "action_ts": action_ts,
        "callback_id": callback_id,
        "trigger_id": workspace.permits.issue_trigger(user.id),
    }


def message_shortcut(
    workspace: Workspace, user: User, callback_id: str, message: Message, response_url: str
) -> Json:
    channel = workspace.channels[message.channel_id]
    return {
        **shortcut(workspace, user, callback_id, message.ts),
        "type": "message_action",
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel.name},
        "message": message_json(workspace.identity, message),
        "response_url": response_url,
    }


def event(workspace: Workspace, inner: Json) -> Json:
    """An Events API envelope."""
    identity = workspace.identity
    return {
        "token": identity.verification_token,
        "team_id": identity.team_id,
        "api_app_id": identity.app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": workspace.names.make("Ev0"),
        "event_time": int(workspace.clock.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": identity.team_id,
                "user_id": identity.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def _who(workspace: Workspace, user: User) -> Json:
    identity = workspace.identity
    return {
        "team": {"id": identity.team_id, "domain": identity.team_domain},
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": identity.team_id,
        },
        "api_app_id": identity.app_id,
        "token": identity.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _shown(workspace: Workspace, message: Message) -> Json:
    return {"message": message_json(workspace.identity, message, with_metadata=True)}


def _state_of(blocks: list[Json], action: Json) -> Json:
    """What the fields of a message hold once this action has been taken."""
    values: dict[str, Any] = {}
    for field in fields_of(blocks):
        held = field.at_first()
        if field.key == (action["block_id"], action["action_id"]):
            held = {name: action[name] for name in held}
        values.setdefault(field.block_id, {})[field.action_id] = held
    return values
