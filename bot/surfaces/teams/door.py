"""The front door: what reaches the bot comes from Teams, for this bot, from a tenant on the list.

The token is settled before the body is parsed, because a parser is where a stranger's input does
harm. A caller's fault is a status of 4xx, never one of 5xx, and no part of a body is ever logged.
"""

from collections.abc import Collection

from bot.surfaces.teams.hosts import Hosts
from bot.surfaces.teams.payloads import Received
from bot.surfaces.teams.tokens import Claims

JSON = "application/json"
CHANNEL = "msteams"


class NotAllowed(Exception):
    """An activity is not one that this bot may take; the text says why, and quotes nothing."""


def check(
    received: Received, claims: Claims | None, hosts: Hosts, tenants: Collection[str]
) -> None:
    """Whether what was read fits the token that it came with; raises `NotAllowed`.

    Without claims nothing is authenticated, which is for development on this machine.
    """
    if not hosts.allow(received.service_url):
        raise NotAllowed("its service address is not on the list")
    if claims is None:
        return
    if received.service_url != claims.service_url:
        raise NotAllowed("its service address is not the one in its token")
    if received.channel_id != CHANNEL or CHANNEL not in claims.endorsements:
        raise NotAllowed("its channel is not one that the key may speak for")
    named = {tenant.lower() for tenant in received.tenants}
    if not named or not named <= {tenant.lower() for tenant in tenants}:
        raise NotAllowed("its tenant is not on the list")
