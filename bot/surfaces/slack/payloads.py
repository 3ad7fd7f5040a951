"""What Slack sends, read into values: only what the conversation needs, and nothing guessed."""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, TypeAdapter, ValidationError

from bot.conversation import Practitioner
from bot.surfaces.bodies import Unreadable
from bot.surfaces.slack.modal import Action, Named, OpenModal, Sent, Text, User

SURFACE = "slack"


class Interaction(Sent):
    """Who did something, where."""

    user: User
    team: Named | None = None
    enterprise: Named | None = None

    @property
    def who(self) -> Practitioner:
        """The practitioner; an app installed for a whole organisation may see no team."""
        name = self.user.username or self.user.name
        return _practitioner(self.user.id, self.team or self.enterprise, name)

    def routing(self) -> dict[str, Any]:
        """Who and where, in Slack's own shape."""
        found: dict[str, Any] = {"user": {"id": self.user.id}}
        if self.team:
            found["team"] = {"id": self.team.id}
        if self.enterprise:
            found["enterprise"] = {"id": self.enterprise.id}
        return found


class Submission(Interaction):
    """The submit button of a modal."""

    type: Literal["view_submission"]
    view: OpenModal


class Press(Interaction):
    """A button in a modal, or under a message."""

    type: Literal["block_actions"]
    trigger_id: str = ""
    response_url: str = ""
    view: OpenModal | None = None
    actions: Annotated[tuple[Action, ...], Field(min_length=1)]

    @property
    def action(self) -> Action:
        """What was pressed; Slack sends one at a time."""
        return self.actions[0]

    def routing(self) -> dict[str, Any]:
        """What Bolt finds the listener by."""
        action = {"action_id": self.action.action_id, "block_id": self.action.block_id}
        return {**Interaction.routing(self), "type": self.type, "actions": [action]}


class Command(Sent):
    """A slash command."""

    command: Text
    text: str = ""
    trigger_id: str = ""
    user_id: Text
    user_name: str = ""
    team_id: str = ""
    enterprise_id: str = ""

    @property
    def who(self) -> Practitioner:
        """The practitioner who typed it."""
        tenant = self.team_id or self.enterprise_id
        return _practitioner(self.user_id, Named(id=tenant) if tenant else None, self.user_name)

    def routing(self) -> dict[str, Any]:
        """What Bolt finds the listener by."""
        return {
            "command": self.command,
            "user_id": self.user_id,
            "team_id": self.team_id,
            "enterprise_id": self.enterprise_id,
        }


class Shortcut(Interaction):
    """The app's global shortcut."""

    type: Literal["shortcut"]
    trigger_id: str = ""
    callback_id: str = ""

    def routing(self) -> dict[str, Any]:
        """What Bolt finds the listener by."""
        named = {"type": self.type, "callback_id": self.callback_id}
        return {**Interaction.routing(self), **named}


class Closing(Interaction):
    """A modal that was closed."""

    type: Literal["view_closed"]
    view: OpenModal

    def routing(self) -> dict[str, Any]:
        """What Bolt finds the listener by."""
        named = {"type": self.type, "view": {"callback_id": self.view.callback_id}}
        return {**Interaction.routing(self), **named}


class Revoked(Sent):
    """Whose tokens were taken back."""

    bot: tuple[str, ...] = ()


class Inner(Sent):
    """What happened; what somebody wrote is not read."""

    type: Text
    user: str = ""
    channel: str = ""
    channel_type: str = ""
    tab: str = ""
    subtype: str = ""
    bot_id: str = ""
    tokens: Revoked = Revoked()


class Happening(Sent):
    """Something that the Events API tells of."""

    type: Literal["event_callback"]
    team_id: str = ""
    enterprise_id: str | None = None
    event_id: Text
    event_time: float = 0.0
    event: Inner

    @property
    def who(self) -> Practitioner:
        """The practitioner who did it; an event of the app itself has none."""
        tenant = self.team_id or self.enterprise_id or ""
        return _practitioner(self.event.user, Named(id=tenant) if tenant else None)

    def routing(self) -> dict[str, Any]:
        """What Bolt finds the listener by."""
        return {"type": self.type, "team_id": self.team_id, "event": {"type": self.event.type}}


Asked: TypeAlias = Submission | Press | Command | Shortcut | Closing | Happening
_READERS: dict[str, TypeAdapter[Any]] = {
    "view_submission": TypeAdapter(Submission),
    "block_actions": TypeAdapter(Press),
    "command": TypeAdapter(Command),
    "shortcut": TypeAdapter(Shortcut),
    "view_closed": TypeAdapter(Closing),
    "event_callback": TypeAdapter(Happening),
}


def read(body: dict[str, Any]) -> Asked | None:
    """What was asked; None for what the app has no answer to. Raises `Unreadable`."""
    kind = "command" if "command" in body else body.get("type")
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


def _practitioner(user: str, home: Named | None, name: str = "") -> Practitioner:
    return Practitioner(SURFACE, home.id if home else "", user, address=user, name=name)
