"""The manifest of the Slack app, as it is pasted at api.slack.com/apps."""

from collections.abc import Iterator

from bot.surfaces.slack.scopes import EVENTS, SCOPES

EXAMPLE = "https://bot.example.org"
HEAD = """\
# The Slack app that Share Check is installed as. Made by `share-check manifest slack`.
"""
HOW = """\
# Put the address at which Slack reaches your server in the place of bot.example.org, or print it
# with yours: share-check manifest slack --url https://...
"""


def manifest(address: str, *, socket: bool) -> str:
    """The manifest as YAML, for a server at this address or for Socket Mode."""
    features, rest = _features(address, socket=socket), _rest(address, socket=socket)
    return "\n".join((*_head(address), *features, *rest, ""))


def _head(address: str) -> Iterator[str]:
    yield (HEAD + (HOW if address == EXAMPLE else "")).rstrip()
    yield "display_information:"
    yield "  name: Share Check"
    yield (
        "  description: Helps you decide whether you may share information about a child, an "
        "adult or a family."
    )
    yield '  background_color: "#0f4c4c"'


def _features(address: str, *, socket: bool) -> Iterator[str]:
    yield "features:"
    yield "  app_home:"
    yield "    home_tab_enabled: true"
    yield "    messages_tab_enabled: true"
    yield "    messages_tab_read_only_enabled: false"
    yield "  bot_user:"
    yield "    display_name: Share Check"
    yield "    always_online: true"
    yield "  shortcuts:"
    yield "    - name: Start a share check"
    yield "      type: global"
    yield "      callback_id: start_check"
    yield "      description: Decide whether you may share information, step by step"
    yield "  slash_commands:"
    yield "    - command: /share-check"
    if not socket:
        yield f"      url: {address}/slack/events"
    yield "      description: Decide whether you may share information, step by step"
    yield '      usage_hint: "[start | resume | record | ask | help]"'
    yield "      should_escape: false"


def _rest(address: str, *, socket: bool) -> Iterator[str]:
    yield "oauth_config:"
    yield "  redirect_urls:"
    yield f"    - {address}/slack/oauth_redirect"
    yield "  scopes:"
    yield "    bot:"
    for scope, reason in SCOPES.items():
        yield f"      # {reason}"
        yield f"      - {scope}"
    yield "settings:"
    yield "  event_subscriptions:"
    if not socket:
        yield f"    request_url: {address}/slack/events"
    yield "    bot_events:"
    yield from (f"      - {event}" for event in EVENTS)
    yield "  interactivity:"
    yield "    is_enabled: true"
    if not socket:
        yield f"    request_url: {address}/slack/events"
    yield "  org_deploy_enabled: false"
    yield f"  socket_mode_enabled: {'true' if socket else 'false'}"
    yield "  token_rotation_enabled: false"
