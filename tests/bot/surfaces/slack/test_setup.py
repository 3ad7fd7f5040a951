"""Setting a workspace up in Slack, from the sub-command to the next check and its summary."""

from tests.bot.surfaces.slack.stage import (
    COMMAND,
    Stage,
    answer,
    check_of,
    fill_in,
    question_of,
    reach_form,
    reference_of,
    shown,
)
from tests.fakes.slack import Person


async def changed(person: Person, **more: object) -> None:
    await person.command(COMMAND, "setup")
    await person.press("go:setup:change:1.0")
    await person.submit({f"{name}:form": value for name, value in more.items()})


async def test_an_admin_chooses_channel_organisation_and_names(
    stage: Stage,
) -> None:
    slack = stage.slack
    slack.add_channel("C0OTHER", "other", with_bot=False)
    admin = Person(slack, "U0ADMIN", is_admin=True)
    workspaces = stage.parts.workspaces
    try:
        await changed(
            admin,
            summary_channel="C0OTHER",
            organisation="voluntary",
            identity="named",
        )
        assert "Saved." in shown(admin).words
        person = stage.person()
        await person.command(COMMAND)
        assert "keep your name" in shown(person).words
        for value in ("no", "child", "yes", "yes", "no"):
            await answer(person, value)
        assert question_of(person) == "organisation"
        [field] = [field for field in shown(person).fields if field.action_id == "answer"]
        assert shown(person).holds(field)["selected_option"]["value"] == "voluntary"
        await person.close()
        await reach_form(person)
        check = check_of(person)
        await fill_in(person)
        await person.submit()
        await stage.summaries(reference_of(check))
    finally:
        await workspaces.change("slack", "T0FAKE001", "U0ADMIN", {})
        slack.channel("C0OTHER").is_archived = True

    posted = [m.words for m in slack.channel("C0OTHER").messages]
    assert any(reference_of(check) in words for words in posted)
    entries = await stage.entries(check)
    name = f"person-{person.id.lower()}"
    assert f"Decided by {name}." in str(await stage.parts.register.text(entries[-1]))
    assert all(name not in words for words in (*posted, str([e.body for e in entries])))


async def test_whoever_is_no_admin_is_told_who_is(stage: Stage) -> None:
    person = stage.person()

    await person.command(COMMAND, "setup")

    assert "Only people who administer" in shown(person).words


async def test_a_mistake_in_the_form_is_marked(stage: Stage) -> None:
    admin = Person(stage.slack, "U0ADMIN", is_admin=True)

    await changed(admin, enquiry_floor="many")

    assert "Enter a number" in shown(admin).words or any(
        "Enter a number" in error for error in shown(admin).errors.values()
    )
