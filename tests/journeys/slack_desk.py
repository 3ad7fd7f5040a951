"""Askers and advisers in Slack: what they press, by what the buttons do."""

from tests.bot.surfaces.slack.stage import COMMAND, shown
from tests.fakes.slack import Person
from tests.fakes.slack.channels import Message
from tests.fakes.slack.screens import OpenView


async def ask(person: Person, words: str, back: str) -> None:
    """From the sub-command to the question being sent."""
    await person.command(COMMAND, "ask")
    await fill_in(person, words=words, back=back)
    await press(person, "send")


async def answer(person: Person, card: Message, words: str) -> None:
    """From the card in the channel to the answer being sent."""
    await press_card(person, card, "answer")
    await fill_in(person, words=words, role="safeguarding_lead")
    await press(person, "send")


async def fill_in(person: Person, **values: str) -> None:
    """Fill the form on top in, and send it."""
    fields = {field.action_id: field.block_id for field in shown(person).fields}
    await person.submit({fields[name]: value for name, value in values.items()})


async def press(person: Person, verb: str) -> None:
    """Press the button of a page that does this."""
    await person.press(action(shown(person), verb))


async def press_card(person: Person, card: Message, verb: str) -> None:
    """Press the button of a message that does this."""
    await person.message_press(card, action(card, verb))


def action(on: OpenView | Message, verb: str) -> str:
    """The button that does this."""
    for block in on.blocks:
        for element in block.get("elements", ()):
            found = str(element.get("action_id", ""))
            if found.startswith(f"go:enquiries:{verb}:"):
                return found
    raise AssertionError(f"No button for {verb}.")
