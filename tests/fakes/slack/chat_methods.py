"""The chat.* methods of the Web API."""

from typing import Any

from .arguments import required, structure
from .channels import Message
from .checking import Json
from .errors import Refused
from .payloads import message_json
from .surfaces import refuse_bad_message, refuse_bad_metadata
from .workspace import Workspace


def post_message(workspace: Workspace, arguments: Json) -> Json:
    channel = workspace.writable(required(arguments, "channel"))
    text, blocks, metadata = _content(arguments)
    refuse_bad_message(text, blocks)
    thread_ts = arguments.get("thread_ts")
    if thread_ts and channel.find(thread_ts) is None:
        raise Refused("cannot_reply_to_message")
    message = workspace.post(channel, text, blocks or [], thread_ts, metadata)
    written = message_json(workspace.identity, message)
    return {"channel": channel.id, "ts": message.ts, "message": written}


def post_ephemeral(workspace: Workspace, arguments: Json) -> Json:
    channel = workspace.writable(required(arguments, "channel"))
    user_id = required(arguments, "user")
    if user_id not in channel.members:
        raise Refused("user_not_in_channel")
    text, blocks, _ = _content(arguments)
    refuse_bad_message(text, blocks)
    whispered = workspace.whisper(channel.id, user_id, text, blocks or [])
    return {"message_ts": whispered.ts}


def update(workspace: Workspace, arguments: Json) -> Json:
    """Blocks stay only if neither text nor blocks are sent: text alone removes them."""
    name = required(arguments, "channel")
    # Unlike chat.postMessage, this takes neither a #name nor a person's id.
    if name not in workspace.channels:
        raise Refused("channel_not_found")
    channel = workspace.writable(name)
    current = channel.find(required(arguments, "ts"))
    if current is None:
        raise Refused("message_not_found")
    if current.author != workspace.identity.bot_user_id:
        raise Refused("cant_update_message")
    edited = _edited(workspace, current, arguments)
    channel.put(edited)
    written = message_json(workspace.identity, edited)
    return {"channel": channel.id, "ts": edited.ts, "text": edited.text, "message": written}


def get_permalink(workspace: Workspace, arguments: Json) -> Json:
    channel = workspace.channel_for(required(arguments, "channel"))
    message = channel.find(required(arguments, "message_ts"))
    if message is None:
        raise Refused("message_not_found")
    place = f"archives/{channel.id}/p{message.ts.replace('.', '')}"
    domain = workspace.identity.team_domain
    return {"channel": channel.id, "permalink": f"https://{domain}.slack.com/{place}"}


def _content(arguments: Json) -> tuple[str, Any, Json | None]:
    """Text, blocks and metadata; an empty list of blocks counts as none."""
    text = arguments.get("text", "")
    if not isinstance(text, str):
        raise Refused("invalid_arguments", ["[ERROR] must provide a string: text"])
    blocks = structure(arguments, "blocks", "invalid_blocks_format") or None
    metadata = structure(arguments, "metadata", "invalid_metadata_format")
    if metadata is not None:
        refuse_bad_metadata(metadata)
    return text, blocks, metadata


def _edited(workspace: Workspace, current: Message, arguments: Json) -> Message:
    text, blocks, metadata = _content(arguments)
    refuse_bad_message(text, blocks)
    shown = workspace.echoed(blocks or [])
    return current.edited(text, shown, metadata or current.metadata)


METHODS = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.getPermalink": get_permalink,
}
