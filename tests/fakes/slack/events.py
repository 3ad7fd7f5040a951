"""What the Events API tells an app of: the inner part of each event."""

from .channels import Channel, Message
from .checking import Json
from .payloads import view_json
from .screens import OpenView
from .workspace import User, Workspace


def home_opened(workspace: Workspace, user: User, channel: Channel, home: OpenView | None) -> Json:
    inner: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel.id,
        "tab": "home",
        "event_ts": workspace.next_ts(),
    }
    if home is not None:
        inner["view"] = view_json(workspace.identity, home)
    return inner


def written(workspace: Workspace, user: User, channel: Channel, kind: str, text: str) -> Json:
    """A message of a person's, which now stands in the channel; `kind` is the event's type."""
    ts = workspace.next_ts()
    channel.put(Message(ts, channel.id, text, [], user.id))
    inner: Json = {"type": kind, "user": user.id, "text": text, "ts": ts, "event_ts": ts}
    where = {"channel_type": "im"} if channel.kind == "direct" else {}
    return {**inner, "channel": channel.id, **where}
