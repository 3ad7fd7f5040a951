"""A modal as Slack sends it back, and what was pressed in it: the parts of every payload."""

from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=255)]


class Sent(BaseModel):
    """A frozen part of a payload; Slack adds keys as it likes."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Named(Sent):
    """Something that has an id."""

    id: Text


class User(Named):
    """Who did it, under the name that they have in Slack."""

    username: str = ""
    name: str = ""


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
    type: str = "modal"
    hash: str = ""
    callback_id: str = ""
    private_metadata: str = ""
    state: State = State()
    blocks: tuple[dict[str, Any], ...] = ()
    title: dict[str, Any] | None = None
    submit: dict[str, Any] | None = None
    close: dict[str, Any] | None = None
    app_installed_team_id: str | None = None


class Action(Sent):
    """A button that was pressed, or an element in which something was chosen."""

    action_id: str
    block_id: str = ""
    value: str | None = None
