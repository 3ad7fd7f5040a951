"""Conversations as Teams keeps them: with one person, with a group, and the channels of a team."""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from .cards import BadCard, actions_of, check_card, elements_of

Json: TypeAlias = dict[str, Any]
Kind: TypeAlias = Literal["personal", "groupChat", "channel"]
CARD = "application/vnd.microsoft.card.adaptive"


@dataclass(slots=True)
class Message:
    """An activity of the bot's, as it stands in a conversation."""

    id: str
    conversation: str
    activity: Json
    edits: list[Json] = field(default_factory=list)

    @property
    def card(self) -> Json:
        """The card that it carries."""
        [attachment] = self.activity["attachments"]
        found: Json = attachment["content"]
        return found

    @property
    def text(self) -> str:
        """The text that it carries."""
        return str(self.activity.get("text", ""))

    @property
    def words(self) -> str:
        """Everything that can be read."""
        if not self.activity.get("attachments"):
            return self.text
        return words_of(self.card)


@dataclass(slots=True)
class Conversation:
    """One conversation; a person who removed or blocked the bot cannot be written to."""

    id: str
    kind: Kind
    tenant: str
    members: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    refuses: tuple[int, str] | None = None


def words_of(card: Json) -> str:
    """What a card says and offers, a line each."""
    lines: list[str] = []
    for element in elements_of(card):
        match element:
            case {"type": "TextBlock", "text": text}:
                lines.append(text.replace("\\", ""))
            case {"type": "RichTextBlock", "inlines": runs}:
                lines.append("".join(run["text"] for run in runs))
            case {"type": "Input.ChoiceSet", "label": label, "choices": choices}:
                lines += [label, *(choice["title"] for choice in choices)]
            case {"label": label}:
                lines.append(label)
    return "\n".join([*lines, *(action["title"] for action in actions_of(card))])


def complaint(activity: Any) -> str | None:
    """Why the Bot Connector would not take this activity."""
    if not isinstance(activity, dict) or activity.get("type") != "message":
        return "only messages are taken here"
    attachments = activity.get("attachments", [])
    if attachments and activity.get("text"):
        return "text and card together are split, and then have no id to update"
    if not attachments and not activity.get("text"):
        return "nothing to show"
    if len(attachments) > 1:
        return "one card a message"
    for attachment in attachments:
        if attachment.get("contentType") != CARD:
            return "unknown attachment"
        try:
            check_card(attachment.get("content"))
        except BadCard as problem:
            return str(problem)
        if not activity.get("summary"):
            return "a card needs a summary, for its notification"
    return None
