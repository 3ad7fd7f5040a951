"""The conversations.*, users.*, team.* and auth.* methods of the Web API."""

from typing import Any

from .arguments import flag, required, whole
from .channels import Channel, Message
from .checking import Json
from .errors import Refused
from .payloads import message_json
from .workspace import User, Workspace


def auth_test(workspace: Workspace, arguments: Json) -> Json:
    identity = workspace.identity
    return {
        "url": f"https://{identity.team_domain}.slack.com/",
        "team": identity.team_name,
        "user": identity.bot_name,
        "team_id": identity.team_id,
        "user_id": identity.bot_user_id,
        "bot_id": identity.bot_id,
        "is_enterprise_install": False,
    }


def open_conversation(workspace: Workspace, arguments: Json) -> Json:
    user_id = required(arguments, "users")
    if user_id not in workspace.users:
        raise Refused("user_not_found")
    return {"channel": {"id": workspace.direct_channel(user_id).id}}


def join(workspace: Workspace, arguments: Json) -> Json:
    channel = workspace.channel_for(required(arguments, "channel"))
    if channel.kind != "public":
        raise Refused("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refused("is_archived")
    channel.members.add(workspace.identity.bot_user_id)
    return {"channel": _described(workspace, channel)}


def info(workspace: Workspace, arguments: Json) -> Json:
    channel = workspace.channel_for(required(arguments, "channel"))
    if channel.kind == "private" and workspace.identity.bot_user_id not in channel.members:
        raise Refused("channel_not_found")
    described = _described(workspace, channel)
    if flag(arguments, "include_num_members"):
        described["num_members"] = len(channel.members)
    return {"channel": described}


def history(workspace: Workspace, arguments: Json) -> Json:
    """Newest first; replies are not part of it."""
    channel = workspace.readable(required(arguments, "channel"))
    standing = [held for held in channel.messages if held.thread_ts in (None, held.ts)]
    return _page(workspace, list(reversed(standing)), arguments)


def replies(workspace: Workspace, arguments: Json) -> Json:
    """A thread, oldest first, its parent at the head."""
    channel = workspace.readable(required(arguments, "channel"))
    root = required(arguments, "ts")
    if channel.find(root) is None:
        raise Refused("thread_not_found")
    thread = [held for held in channel.messages if root in (held.ts, held.thread_ts)]
    return _page(workspace, thread, arguments)


def members(workspace: Workspace, arguments: Json) -> Json:
    channel = workspace.readable(required(arguments, "channel"))
    shown, cursor = _part(sorted(channel.members), arguments)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


def user_info(workspace: Workspace, arguments: Json) -> Json:
    user = workspace.users.get(required(arguments, "user"))
    if user is None:
        raise Refused("user_not_found")
    return {"user": _person(workspace, user)}


def users_list(workspace: Workspace, arguments: Json) -> Json:
    users = sorted(workspace.users.values(), key=lambda user: user.id)
    shown, cursor = _part(users, arguments)
    people = [_person(workspace, user) for user in shown]
    return {"members": people, "response_metadata": {"next_cursor": cursor}}


def team_info(workspace: Workspace, arguments: Json) -> Json:
    identity = workspace.identity
    team = {"id": identity.team_id, "name": identity.team_name, "domain": identity.team_domain}
    return {"team": team}


def _page(workspace: Workspace, standing: list[Message], arguments: Json) -> Json:
    limit = whole(arguments, "limit", default=100, low=1, high=999)
    start = _place(arguments.get("cursor"))
    chosen = [held for held in standing if _is_between(held.ts, arguments)]
    shown = chosen[start : start + limit]
    more = start + limit < len(chosen)
    with_metadata = flag(arguments, "include_all_metadata")
    page: Json = {
        "messages": [
            message_json(workspace.identity, held, with_metadata=with_metadata) for held in shown
        ],
        "has_more": more,
    }
    if more:
        page["response_metadata"] = {"next_cursor": f"place:{start + limit}"}
    return page


def _part(standing: list[Any], arguments: Json) -> tuple[list[Any], str]:
    """One page of a list, and the cursor of the next one."""
    limit = whole(arguments, "limit", default=100, low=1, high=1000)
    start = _place(arguments.get("cursor"))
    end = start + limit
    return standing[start:end], f"place:{end}" if end < len(standing) else ""


def _place(cursor: object) -> int:
    if not cursor:
        return 0
    prefix, _, place = str(cursor).partition(":")
    if prefix != "place" or not place.isdigit():
        raise Refused("invalid_cursor")
    return int(place)


def _is_between(ts: str, arguments: Json) -> bool:
    oldest, latest = _time(arguments, "oldest", "0"), _time(arguments, "latest", "inf")
    if flag(arguments, "inclusive"):
        return oldest <= float(ts) <= latest
    return oldest < float(ts) < latest


def _time(arguments: Json, name: str, default: str) -> float:
    try:
        return float(arguments.get(name) or default)
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None


def _described(workspace: Workspace, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "direct",
        "is_private": channel.kind != "public",
        "is_archived": channel.is_archived,
        "is_member": workspace.identity.bot_user_id in channel.members,
    }


def _person(workspace: Workspace, user: User) -> Json:
    return {
        "id": user.id,
        "team_id": workspace.identity.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "is_bot": user.is_bot,
        "is_admin": user.is_admin,
        "is_owner": False,
        "enterprise_user": {"id": user.id, "is_admin": user.is_org_admin, "is_owner": False},
        "profile": {"display_name": user.name, "real_name": user.name},
    }


METHODS = {
    "auth.test": auth_test,
    "conversations.open": open_conversation,
    "conversations.join": join,
    "conversations.info": info,
    "conversations.history": history,
    "conversations.replies": replies,
    "conversations.members": members,
    "users.info": user_info,
    "users.list": users_list,
    "team.info": team_info,
}
