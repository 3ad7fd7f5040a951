"""What is said where others read along: one neutral line, and the way to a chat of one's own."""

from bot.surfaces.teams.frame import Screen, card
from bot.surfaces.teams.pieces import Json, emergency_line, words

HERE = "Share Check works in a chat of your own, where nobody else reads along."


def chat_link(app_id: str) -> str:
    """Where Teams opens the chat with the bot."""
    return f"https://teams.microsoft.com/l/chat/0/0?users=28:{app_id}"


def neutral(app_id: str) -> str:
    """The one line for a channel or a group; it repeats nothing of what was typed."""
    return f"{HERE} Open it here: {chat_link(app_id)}" if app_id else HERE


def elsewhere(app_id: str) -> Json:
    """The same as a card, for a button of a check that was pressed where it does not belong."""
    screen = Screen([words(HERE)], [], [emergency_line()])
    if app_id:
        link = {"type": "Action.OpenUrl", "title": "Open my chat", "url": chat_link(app_id)}
        screen.buttons.append(link)
    return card(screen)
