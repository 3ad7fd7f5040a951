"""What Slack refuses for good is parked, with what somebody can do about it."""

import pytest

from bot.outbox import Parked, Sender, Unknown
from bot.outbox.sending import CannotBeMade
from bot.surfaces.slack.remedies import OTHER, remedy
from tests.bot.surfaces.slack.rows import ANSWERS, BODY, a_row
from tests.bot.surfaces.slack.stage import TEAM, Stage
from tests.fakes.slack import FakeSlack, Fault


@pytest.mark.parametrize(
    "code",
    [
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "restricted_action",
        "msg_too_long",
        "account_inactive",
        "token_revoked",
        "invalid_auth",
        "missing_scope",
    ],
)
async def test_a_refusal_for_good_parks_with_a_remedy(
    slack: FakeSlack, sender: Sender, code: str
) -> None:
    slack.fail("chat.postMessage", Fault.SAY_ERROR, code=code)

    outcome = await sender.send(a_row("refused"), retry=False)

    assert outcome == Parked(f"Slack refused it: {code}.", remedy(code))
    assert remedy(code) != OTHER


@pytest.mark.parametrize("code", ["fatal_error", "internal_error"])
async def test_work_half_done_is_unknown(slack: FakeSlack, sender: Sender, code: str) -> None:
    slack.fail("chat.postMessage", Fault.SAY_ERROR, code=code)

    assert isinstance(await sender.send(a_row("half"), retry=False), Unknown)


async def test_an_archived_channel_parks(slack: FakeSlack, sender: Sender) -> None:
    slack.channel(TEAM).is_archived = True

    outcome = await sender.send(a_row("archived"), retry=False)

    assert outcome == Parked("Slack refused it: is_archived.", remedy("is_archived"))


async def test_a_row_that_cannot_be_made_says_so(stage: Stage, sender: Sender) -> None:
    stage.person()
    digest = next(iter(stage.parts.conversation.shelf.library.by_digest))
    advice = {"digest": "0" * 64, "answers": ANSWERS, "passed": [], "reference": "SC-MADE-UP00"}
    unfinished = {**advice, "digest": digest, "answers": {}}
    await stage.parts.workspaces.change("slack", "T0NOWHERE", "U0ADMIN", {"summary_channel": None})
    nowhere = a_row("nowhere", channel=None, tenant="T0NOWHERE")
    rows = [
        a_row("purpose", purpose="made_up", recipient="U0PERSON1"),
        a_row("older", purpose="advice", channel=None, body=advice, recipient="U0PERSON1"),
        a_row("short", purpose="advice", channel=None, body=unfinished, recipient="U0PERSON1"),
        a_row("nobody", purpose="advice", channel=None, body=advice),
    ]

    assert await sender.send(nowhere, retry=False) == Parked(
        "No channel is set for summaries.", "Set SUMMARY_CHANNEL, then resend."
    )
    for row in rows:
        with pytest.raises(CannotBeMade):
            await sender.send(row, retry=False)


async def test_an_edit_that_is_refused_for_good_parks(slack: FakeSlack, sender: Sender) -> None:
    slack.fail("chat.update", Fault.SAY_ERROR, code="is_archived")

    outcome = await sender.send(a_row("kept", edits_message=f"{TEAM}/1.000001"), retry=False)

    assert outcome == Parked("Slack refused it: is_archived.", remedy("is_archived"))


async def test_a_person_who_left_parks(sender: Sender) -> None:
    row = a_row("left", purpose="advice", channel=None, body=BODY, recipient="U0NOBODY")

    assert await sender.send(row, retry=False) == Parked(
        "Slack refused it: user_not_found.", remedy("user_not_found")
    )
