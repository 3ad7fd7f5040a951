"""What Slack sends, read into values: only what the conversation needs, and nothing guessed."""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, TypeAdapter, ValidationError

from bot.conversation import Practitioner
from bot.surfaces.bodies import Unreadable
from bot.surfaces.slack.modal import Action, Named, OpenModal, Sent, Text, User

SURFACE = "slack"
GONE = ("app_uninstalled", "tokens_revoked")
EVENTS = ("app_home_opened", "app_mention", "message", *GONE)
"""What may have happened that the app hears of; nothing of any other event is read."""


class Interaction(Sent):
    """Who did something, where."""

    user: User
    team: Named | None = None
    enterprise: Named | None = None
    is_enterprise_install: bool = False
    view: OpenModal | None = None

    @property
    def who(self) -> Practitioner:
        """The practitioner, in the workspace where the app is installed.

        That may be another than the one a window was opened in, which Slack names as well.
        """
        installed = self.view.app_installed_team_id if self.view else None
        team = installed or (self.team.id if self.team else "")
        enterprise = self.enterprise.id if self.enterprise else ""
        tenant = _tenant(team, enterprise, whole=self.is_enterprise_install)
        return _practitioner(self.user.id, tenant, self.user.username or self.user.name)


class Submission(Interaction):
    """The submit button of a modal."""

    type: Literal["view_submission"]
    view: OpenModal


class Press(Interaction):
    """A button in a modal, or under a message."""

    type: Literal["block_actions"]
    trigger_id: str = ""
    response_url: str = ""
    actions: Annotated[tuple[Action, ...], Field(min_length=1)]

    @property
    def action(self) -> Action:
        """What was pressed; Slack sends one at a time."""
        return self.actions[0]

    def routing(self) -> dict[str, Any]:
        """What Bolt finds the listener by."""
        action = {"action_id": self.action.action_id, "block_id": self.action.block_id}
        return {"type": self.type, "actions": [action]}


class Command(Sent):
    """A slash command."""

    command: Text
    text: str = ""
    trigger_id: str = ""
    user_id: Text
    user_name: str = ""
    team_id: str = ""
    enterprise_id: str = ""
    is_enterprise_install: bool = False

    @property
    def who(self) -> Practitioner:
        """The practitioner who typed it."""
        whole = self.is_enterprise_install
        tenant = _tenant(self.team_id, self.enterprise_id, whole=whole)
        return _practitioner(self.user_id, tenant, self.user_name)

    def routing(self) -> dict[str, Any]:
        """What Bolt finds the listener by."""
        return {"command": self.command}


class Shortcut(Interaction):
    """A shortcut of the app's; of the message that one was chosen from, nothing is read."""

    type: Literal["shortcut", "message_action"]
    trigger_id: str = ""
    callback_id: str = ""

    def routing(self) -> dict[str, Any]:
        """What Bolt finds the listener by."""
        return {"type": "shortcut", "callback_id": self.callback_id}


class Closing(Interaction):
    """A modal that was closed."""

    type: Literal["view_closed"]
    view: OpenModal

    def routing(self) -> dict[str, Any]:
        """What Bolt finds the listener by."""
        return {"type": self.type, "view": {"callback_id": self.view.callback_id}}


class Revoked(Sent):
    """Whose tokens were taken back."""

    bot: tuple[str, ...] = ()


class Inner(Sent):
    """What happened; what somebody wrote is not read."""

    type: Text
    user: str = ""
    channel: str = ""
    thread_ts: str = ""
    channel_type: str = ""
    tab: str = ""
    subtype: str = ""
    bot_id: str = ""
    tokens: Revoked = Revoked()


class Authorization(Sent):
    """An installation of the app that may hear of an event."""

    team_id: str | None = None
    enterprise_id: str | None = None
    is_enterprise_install: bool = False


class Happening(Sent):
    """Something that the Events API tells of."""

    type: Literal["event_callback"]
    team_id: str | None = None
    enterprise_id: str | None = None
    authorizations: tuple[Authorization, ...] = ()
    event_id: Text
    event_time: float = 0.0
    event: Inner

    @property
    def who(self) -> Practitioner:
        """The practitioner who did it; an event of the app itself has none.

        In a channel that workspaces share, it may have happened in another one than the app's.
        """
        told = Authorization(team_id=self.team_id, enterprise_id=self.enterprise_id)
        at = self.authorizations[0] if self.authorizations else told
        team, enterprise = at.team_id or self.team_id, at.enterprise_id or self.enterprise_id
        tenant = _tenant(team or "", enterprise or "", whole=at.is_enterprise_install)
        return _practitioner(self.event.user, tenant)

    def routing(self) -> dict[str, Any]:
        """What Bolt finds the listener by."""
        return {"type": self.type, "event": {"type": self.event.type}}


Routed: TypeAlias = Press | Command | Shortcut | Closing | Happening
"""What Bolt finds a listener for; a submission goes to its one listener past it."""

Asked: TypeAlias = Submission | Routed
_READERS: dict[str, TypeAdapter[Any]] = {
    "view_submission": TypeAdapter(Submission),
    "block_actions": TypeAdapter(Press),
    "command": TypeAdapter(Command),
    "shortcut": TypeAdapter(Shortcut),
    "message_action": TypeAdapter(Shortcut),
    "view_closed": TypeAdapter(Closing),
    "event_callback": TypeAdapter(Happening),
}


def read(body: dict[str, Any]) -> Asked | None:
    """What was asked; None for what the app has no answer to. Raises `Unreadable`."""
    kind = "command" if "command" in body else body.get("type")
    if _is_no_matter(body):
        return None
    if not isinstance(kind, str):
        raise Unreadable("neither a command nor a payload with a type")
    reader = _READERS.get(kind)
    if reader is None:
        return None
    try:
        asked: Asked = reader.validate_python(body)
        if not asked.who.tenant:
            raise Unreadable("no workspace")
    except ValidationError:
        raise Unreadable(f"not a {kind}") from None
    return asked


def _is_no_matter(body: dict[str, Any]) -> bool:
    """Whether it is an event that the app does not hear of, of whatever shape."""
    match body:
        case {"type": "event_callback", "event": {"type": str(kind)}}:
            return kind not in EVENTS
        case _:
            return False


def _tenant(team: str, enterprise: str, *, whole: bool) -> str:
    """The workspace; an organisation that has the app as a whole is one workspace to us.

    Slack then names a team in some payloads and none in others, and the organisation in all.
    """
    return enterprise or team if whole else team or enterprise


def _practitioner(user: str, tenant: str, name: str = "") -> Practitioner:
    return Practitioner(SURFACE, tenant, user, address=user, name=name)
