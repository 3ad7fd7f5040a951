"""Rooms and what stands in them."""

from dataclasses import dataclass, field, replace
from typing import Literal

from .checking import Json
from .surfaces import words_in

Kind = Literal["public", "private", "direct"]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is shown now; earlier wordings are in `edits`, oldest first."""

    ts: str
    channel_id: str
    text: str
    blocks: list[Json]
    author: str
    thread_ts: str | None = None
    metadata: Json | None = None
    edits: tuple["Message", ...] = ()

    @property
    def words(self) -> str:
        """What is shown: the blocks where there are any, the text otherwise."""
        return "\n".join(words_in(self.blocks)) if self.blocks else self.text

    def edited(self, text: str, blocks: list[Json], metadata: Json | None) -> "Message":
        earlier = (*self.edits, replace(self, edits=()))
        return replace(self, text=text, blocks=blocks, metadata=metadata, edits=earlier)


@dataclass(slots=True)
class Channel:
    """A channel or a direct conversation."""

    id: str
    name: str
    kind: Kind = "public"
    is_archived: bool = False
    members: set[str] = field(default_factory=set)
    messages: list[Message] = field(default_factory=list)

    def find(self, ts: str) -> Message | None:
        return next((held for held in self.messages if held.ts == ts), None)

    def put(self, message: Message) -> None:
        """Add a message, or show this version of one that is there."""
        for place, held in enumerate(self.messages):
            if held.ts == message.ts:
                self.messages[place] = message
                return
        self.messages.append(message)

    def remove(self, ts: str) -> None:
        self.messages[:] = [held for held in self.messages if held.ts != ts]


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """A message that one person sees until they reload."""

    channel_id: str
    user_id: str
    text: str
    blocks: list[Json]
    ts: str

    @property
    def words(self) -> str:
        return "\n".join(words_in(self.blocks)) if self.blocks else self.text
