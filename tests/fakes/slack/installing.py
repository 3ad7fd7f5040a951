"""OAuth: a person agrees in their browser, and the app exchanges the code for a token."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from .arguments import required
from .checking import Json
from .errors import Refused
from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a code stands for."""

    redirect_uri: str
    scope: str
    workspace: Workspace
    organisation: bool


@dataclass(slots=True)
class Registration:
    """The app as it is registered with Slack, and the codes that were given out for it."""

    client_id: str = "111.222"
    client_secret: str = "a-client-secret-for-tests"
    codes: dict[str, Agreed] = field(default_factory=dict)

    def agree(self, address: str, workspace: Workspace, *, organisation: bool = False) -> str:
        """Press Allow at this address; where the browser is sent back to."""
        asked = self._asked(address)
        code = f"{secrets.token_hex(4)}.{secrets.token_hex(16)}"
        redirect = asked["redirect_uri"]
        self.codes[code] = Agreed(redirect, asked["scope"], workspace, organisation)
        return f"{redirect}?{urlencode({'code': code, 'state': asked['state']})}"

    def refuse(self, address: str) -> str:
        """Press Cancel at this address."""
        asked = self._asked(address)
        told = {"error": "access_denied", "state": asked["state"]}
        return f"{asked['redirect_uri']}?{urlencode(told)}"

    def exchange(self, arguments: Json, issue: Callable[[Workspace], str]) -> Json:
        """What oauth.v2.access answers; a code works once."""
        if required(arguments, "client_id") != self.client_id:
            raise Refused("invalid_client_id")
        if required(arguments, "client_secret") != self.client_secret:
            raise Refused("bad_client_secret")
        agreed = self.codes.pop(required(arguments, "code"), None)
        if agreed is None:
            raise Refused("invalid_code")
        if arguments.get("redirect_uri") != agreed.redirect_uri:
            raise Refused("bad_redirect_uri")
        identity = agreed.workspace.identity
        team = {"id": identity.team_id, "name": identity.team_name}
        return {
            "access_token": issue(agreed.workspace),
            "token_type": "bot",
            "scope": agreed.scope,
            "bot_user_id": identity.bot_user_id,
            "app_id": identity.app_id,
            "team": None if agreed.organisation else team,
            "enterprise": {"id": "E0FAKE001", "name": "All"} if agreed.organisation else None,
            "is_enterprise_install": agreed.organisation,
            "authed_user": {"id": "U0INSTALLER"},
        }

    def _asked(self, address: str) -> dict[str, str]:
        """The query of an authorize address, which has to be complete."""
        asked = {name: held[0] for name, held in parse_qs(urlsplit(address).query).items()}
        for name in ("client_id", "scope", "state", "redirect_uri"):
            if not asked.get(name):
                raise Refused("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        if asked["client_id"] != self.client_id:
            raise Refused("invalid_client_id")
        return asked
