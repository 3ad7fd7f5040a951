"""What Slack sends, read into values: only what the conversation needs, and nothing guessed."""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.conversation import Practitioner
from bot.surfaces.slack.door import Unreadable

SURFACE = "slack"
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=255)]


class Sent(BaseModel):
    """A frozen part of a payload; Slack adds keys as it likes."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Named(Sent):
    """Something that has an id."""

    id: Text


class Chosen(Sent):
    """An option that was chosen."""

    value: str


class Held(Sent):
    """What one element of a form holds."""

    selected_option: Chosen | None = None
    selected_options: tuple[Chosen, ...] = ()
    selected_date: str | None = None
    selected_conversation: str | None = None
    value: str | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The values chosen or typed, of whichever kind the element is."""
        if self.selected_option:
            return (self.selected_option.value,)
        if self.selected_options:
            return tuple(option.value for option in self.selected_options)
        typed = self.selected_date or self.selected_conversation or self.value
        return (typed,) if typed else ()


class State(Sent):
    """What the form holds, by block and by action."""

    values: dict[str, dict[str, Held]] = {}


class OpenModal(Sent):
    """The modal that something was done in, with what it takes to show it again."""

    id: Text
    hash: str = ""
    callback_id: str = ""
    private_metadata: str = ""
    state: State = State()
    blocks: tuple[dict[str, Any], ...] = ()
    title: dict[str, Any] | None = None
    submit: dict[str, Any] | None = None
    close: dict[str, Any] | None = None


class Action(Sent):
    """A button that was pressed, or an element in which something was chosen."""

    action_id: str
    block_id: str = ""
    value: str | None = None


class Interaction(Sent):
    """Who did something, where."""

    user: Named
    team: Named | None = None
    enterprise: Named | None = None

    @property
    def who(self) -> Practitioner:
        """The practitioner; an app installed for a whole organisation may see no team."""
        return _practitioner(self.user.id, self.team or self.enterprise)

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
    team_id: str = ""
    enterprise_id: str = ""

    @property
    def who(self) -> Practitioner:
        """The practitioner who typed it."""
        tenant = self.team_id or self.enterprise_id
        return _practitioner(self.user_id, Named(id=tenant) if tenant else None)

    def routing(self) -> dict[str, Any]:
        """What Bolt finds the listener by."""
        return {
            "command": self.command,
            "user_id": self.user_id,
            "team_id": self.team_id,
            "enterprise_id": self.enterprise_id,
        }


Asked: TypeAlias = Submission | Press | Command
_READERS: dict[str, TypeAdapter[Any]] = {
    "view_submission": TypeAdapter(Submission),
    "block_actions": TypeAdapter(Press),
    "command": TypeAdapter(Command),
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


def _practitioner(user: str, home: Named | None) -> Practitioner:
    return Practitioner(SURFACE, home.id if home else "", user, address=user)
