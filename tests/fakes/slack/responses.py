"""What an app says in answer to a command, or through a response URL."""

from typing import Any

from .arguments import structure
from .checking import Json
from .errors import Refused
from .permits import ResponseUrl
from .surfaces import refuse_bad_message
from .workspace import Workspace


def respond(workspace: Workspace, permit: ResponseUrl, said: Json) -> None:
    """Show a response: for one person unless it asks for the channel."""
    channel = workspace.channels[permit.channel_id]
    if said.get("delete_original") is True:
        _remove_original(workspace, permit)
        return
    text = said.get("text", "")
    blocks = structure(said, "blocks", "invalid_blocks_format") or None
    if not isinstance(text, str):
        raise Refused("invalid_arguments", ["[ERROR] must provide a string: text"])
    refuse_bad_message(text, blocks)
    if said.get("replace_original") is True and _replace(workspace, permit, text, blocks):
        return
    match said.get("response_type", "ephemeral"):
        case "in_channel":
            workspace.post(channel, text, blocks or [])
        case "ephemeral":
            workspace.whisper(channel.id, permit.user_id, text, blocks or [])
        case other:
            raise Refused("invalid_arguments", [f"[ERROR] no such response_type: {other}"])


def _replace(workspace: Workspace, permit: ResponseUrl, text: str, blocks: Any) -> bool:
    channel = workspace.channels[permit.channel_id]
    original = channel.find(permit.message_ts) if permit.message_ts else None
    if original is None:
        _remove_original(workspace, permit)
        return False
    channel.put(original.edited(text, workspace.echoed(blocks or []), original.metadata))
    return True


def _remove_original(workspace: Workspace, permit: ResponseUrl) -> None:
    if permit.message_ts is None:
        return
    workspace.channels[permit.channel_id].remove(permit.message_ts)
    workspace.ephemeral[:] = [held for held in workspace.ephemeral if held.ts != permit.message_ts]
