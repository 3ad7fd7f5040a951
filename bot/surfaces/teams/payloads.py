"""What Teams sends, read into values: only what the conversation needs, and nothing guessed."""

import html
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from bot.conversation import Practitioner

SURFACE = "teams"
MENTION = re.compile(r"<at\b[^>]{0,200}>[^<]{0,200}</at>", re.IGNORECASE)
LONGEST_TEXT = 4_000
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=512)]


class Malformed(ValueError):
    """A body is not the activity that it says it is; the text quotes nothing."""


class Sent(BaseModel):
    """A frozen part of an activity; Teams adds keys as it likes."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, found: Any) -> Any:
        """A key with nothing in it is a key left out: libraries write either."""
        if isinstance(found, dict) and None in found.values():
            return {name: value for name, value in found.items() if value is not None}
        return found


class Named(Sent):
    """Something that has an id."""

    id: Text


class ChannelData(Sent):
    """What Teams says beside the activity itself."""

    tenant: Named | None = None
    team: Named | None = None
    channel: Named | None = None


class Chat(Sent):
    """The conversation: with one person, a group, or a channel of a team."""

    id: Text
    conversation_type: str | None = None
    is_group: bool = False
    tenant_id: str | None = None


class Received(Sent):
    """Who did something, where, and where the answer goes."""

    type: Text
    id: str = ""
    channel_id: Text
    service_url: Text
    sender: Annotated[Named, Field(alias="from")]
    recipient: Named
    conversation: Chat
    channel_data: ChannelData = ChannelData()
    reply_to_id: str = ""

    @property
    def tenants(self) -> frozenset[str]:
        """Every tenant that the activity names; more than one is for the door to refuse."""
        told = self.channel_data.tenant.id if self.channel_data.tenant else None
        return frozenset(each for each in (self.conversation.tenant_id, told) if each)

    @property
    def tenant(self) -> str:
        """The tenant; none in development, where a client may leave it out."""
        return next(iter(self.tenants), "development")

    @property
    def who(self) -> Practitioner:
        """The practitioner; they are written to in the chat that we have with them."""
        return Practitioner(SURFACE, self.tenant, self.sender.id, address=self.sender.id)

    @property
    def personal(self) -> bool:
        """Whether this is the chat with one person, and nobody else reads along."""
        kind = self.conversation.conversation_type
        return kind == "personal" or (kind is None and not self.conversation.is_group)


class Action(Sent):
    """A button of a card, with what the card held when it was pressed."""

    type: Literal["Action.Execute"]
    verb: str = ""
    data: dict[str, Any] = {}


class Pressing(Sent):
    """The value of an invoke."""

    action: Action


class Pressed(Received):
    """`Action.Execute`: the answer carries the next card."""

    type: Literal["invoke"]
    name: Literal["adaptiveCard/action"]
    value: Pressing

    @property
    def verb(self) -> str:
        """What was pressed."""
        return self.value.action.verb

    @property
    def data(self) -> Mapping[str, Any]:
        """What the card held."""
        return self.value.action.data


class Written(Received):
    """A message: typed, or a button of a client that knows `Action.Submit` only."""

    type: Literal["message"]
    text: Annotated[str, Field(max_length=100_000)] | None = None
    value: dict[str, Any] | None = None

    @property
    def words(self) -> str:
        """What was typed, without mentions and markup."""
        plain = html.unescape(MENTION.sub(" ", (self.text or "")[:LONGEST_TEXT]))
        return " ".join(plain.split())


class Moved(Received):
    """Somebody, or the bot itself, came into a conversation or left it."""

    type: Literal["conversationUpdate"]
    members_added: tuple[Named, ...] = ()
    members_removed: tuple[Named, ...] = ()

    @property
    def bot_left(self) -> bool:
        """Whether the bot was taken out."""
        return self.recipient.id in {member.id for member in self.members_removed}


class Installed(Received):
    """The app was installed or removed."""

    type: Literal["installationUpdate"]
    action: str = "add"
    """Or "remove"; with "-upgrade" after it, a newer version takes the place of this one."""

    @property
    def removed(self) -> bool:
        """Whether it is gone, and not only for a newer version to take its place."""
        return self.action == "remove"


Asked: TypeAlias = Pressed | Written | Moved | Installed
_READERS: dict[str, TypeAdapter[Any]] = {
    "message": TypeAdapter(Written),
    "invoke": TypeAdapter(Pressed),
    "conversationUpdate": TypeAdapter(Moved),
    "installationUpdate": TypeAdapter(Installed),
}
_ANY: TypeAdapter[Received] = TypeAdapter(Received)


def read(body: Mapping[str, Any]) -> Received:
    """What was done; a plain `Received` for what the bot has no answer to. Raises `Malformed`."""
    kind = body.get("type")
    if not isinstance(kind, str):
        raise Malformed("an activity without a type")
    reader = _READERS.get(kind, _ANY)
    try:
        read_as: Received = reader.validate_python(body)
    except ValidationError:
        # The cause would quote what it found.
        raise Malformed("not the activity that it says it is") from None
    return read_as
