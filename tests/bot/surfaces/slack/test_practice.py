"""A rehearsal in Slack, from its sub-command to what is learned; nothing goes out."""

from tests.bot.surfaces.slack.stage import COMMAND, TEAM, Stage, shown
from tests.fakes.slack import Person


def button(person: Person, words: str) -> str:
    """The action of the button that says this."""
    rows = [block for block in shown(person).blocks if block["type"] == "actions"]
    buttons = [element for row in rows for element in row["elements"]]
    [found] = [each["action_id"] for each in buttons if words in each["text"]["text"]]
    return str(found)


async def test_a_made_up_case_is_carried_through_and_leaves_nothing(stage: Stage) -> None:
    person = stage.person()
    owed, posted = await stage.parts.outbox.list(), len(stage.slack.channel(TEAM).messages)

    await person.command(COMMAND, "practise")
    await person.press(button(person, "Ten past three"))
    await person.press(button(person, "Answer the questions"))
    await person.submit({"danger:form": "harm"})

    assert "You came to what the policy says" in shown(person).words
    assert await stage.parts.outbox.list() == owed
    assert len(stage.slack.channel(TEAM).messages) == posted
