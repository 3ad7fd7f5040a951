"""From payloads to events, where a modal is odd or old."""

from typing import Any

import pytest

from bot.rooms import Visit
from bot.surfaces.bodies import Unreadable
from bot.surfaces.slack.modal import OpenModal
from bot.surfaces.slack.payloads import Command, read
from bot.surfaces.slack.read import Place, form_of, packed, place_of, pressed, room_of, submitted
from dialogs.events import (
    Answered,
    Changed,
    Confirmed,
    Decided,
    Deciding,
    LeftUndecided,
    Posted,
    WentBack,
    WentOn,
)

CHECK = "abcdefghijklmnop01234567"
WHO = {"user": {"id": "U1"}, "team": {"id": "T1"}}


def a_modal(name: str, values: object = None) -> OpenModal:
    return OpenModal.model_validate(
        {
            "id": "V1",
            "callback_id": name,
            "private_metadata": packed(CHECK, 3),
            "state": {"values": values or {}},
        }
    )


@pytest.mark.parametrize(
    "carried", ["", "{", "[]", "7", '{"check":7,"turn":1}', '{"check":"a"}', '{"turn":"1"}']
)
def test_metadata_of_another_making_leads_nowhere(carried: str) -> None:
    modal = a_modal("question").model_copy(update={"private_metadata": carried})

    assert place_of(modal) == Place("", 0)


def test_metadata_carries_the_check_and_turn_alone() -> None:
    assert packed(CHECK, 3) == f'{{"check":"{CHECK}","turn":3}}'
    assert place_of(a_modal("question")) == Place(CHECK, 3)


@pytest.mark.parametrize(
    "carried", ["", "{", "[]", "7", '{"room":7,"verb":"a","value":""}', '{"room":"a","verb":"b"}']
)
def test_a_form_of_another_making_leads_to_no_room(carried: str) -> None:
    modal = a_modal("form").model_copy(update={"private_metadata": carried})

    assert room_of(modal) == ("", Visit(""))


def test_each_submit_button_means_its_event() -> None:
    chosen = {"risk:3": {"answer": {"type": "radio_buttons", "selected_option": {"value": "no"}}}}
    unchosen = {"risk:3": {"answer": {"type": "radio_buttons", "selected_option": None}}}

    assert submitted(a_modal("question", chosen), 3) == Answered(3, "risk", "no")
    assert submitted(a_modal("danger", unchosen), 3) == Answered(3, "risk", None)
    assert submitted(a_modal("question"), 3) == Answered(3, "", None)
    assert submitted(a_modal("check_answers"), 3) == Confirmed(3)
    assert submitted(a_modal("advice"), 3) == Deciding(3)
    assert submitted(a_modal("decision"), 3) == Decided(3, {})
    assert submitted(a_modal("preview"), 3) == Posted(3, post=True)
    assert submitted(a_modal("done"), 3) is None
    assert submitted(a_modal("made_up"), 3) is None


def test_each_button_means_its_event() -> None:
    advice, form, preview = a_modal("advice"), a_modal("decision"), a_modal("preview")

    assert pressed("back", advice) == WentBack(3)
    assert pressed("go_on", advice) == WentOn(3)
    assert pressed("decide", advice) == Deciding(3)
    assert pressed("decide", form) == Decided(3, {})
    assert pressed("undecided", form) == LeftUndecided(3)
    assert pressed("post", preview) == Posted(3, post=True)
    assert pressed("skip", preview) == Posted(3, post=False)
    assert pressed("change:risk", advice) == Changed(3, "risk")
    assert pressed("confirm", preview) is None
    assert pressed("made_up", advice) is None


def test_every_kind_of_field_is_read() -> None:
    state = a_modal(
        "decision",
        {
            "choice:3": {"choice": {"selected_option": {"value": "share"}}},
            "kinds:3": {"kinds": {"selected_options": [{"value": "health"}, {"value": "other"}]}},
            "review:3": {"review": {"selected_date": "2027-03-31"}},
            "words:3": {"words": {"value": "Because."}},
            "told:3": {"told": {"selected_option": None}},
            "kept:0123": {"kept": {"selected_options": []}},
        },
    ).state

    assert form_of(state) == {
        "choice": ("share",),
        "kinds": ("health", "other"),
        "review": ("2027-03-31",),
        "words": ("Because.",),
    }


def test_the_practitioner_belongs_to_a_workspace_or_organisation() -> None:
    view = {"id": "V1", "callback_id": "done"}
    asked = {"type": "view_submission", "view": view, **WHO}
    in_team, in_organisation = (
        read(asked),
        read({**asked, "team": None, "enterprise": {"id": "E1"}}),
    )

    assert in_team is not None
    assert in_organisation is not None
    assert (in_team.who.tenant, in_team.who.person, in_team.who.address) == ("T1", "U1", "U1")
    assert in_organisation.who.tenant == "E1"
    with pytest.raises(Unreadable):
        read({**asked, "team": None})


def test_an_organisation_that_has_the_app_as_a_whole_is_one_workspace_in_every_payload() -> None:
    whole = {"enterprise": {"id": "E1", "name": "All"}, "is_enterprise_install": True}
    view = {"id": "V1", "callback_id": "danger"}
    command = {"command": "/share-check", "user_id": "U1", "team_id": "T1", "enterprise_id": "E1"}
    inner = {"type": "app_home_opened", "user": "U1", "tab": "home"}
    event = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": inner}
    may_hear = {"enterprise_id": "E1", "team_id": None, "is_enterprise_install": True}
    payloads: tuple[dict[str, Any], ...] = (
        {**command, "is_enterprise_install": "true"},
        {"type": "view_submission", "view": view, **WHO, **whole, "team": None},
        {"type": "view_closed", "view": view, **WHO, **whole, "team": None},
        {"type": "shortcut", "callback_id": "start_check", **WHO, **whole},
        {"type": "block_actions", "actions": [{"action_id": "why"}], **WHO, **whole},
        {**event, "authorizations": [may_hear]},
        {**event, "team_id": None, "enterprise_id": "E1"},
    )

    read_as = [read(payload) for payload in payloads]

    assert {asked.who.tenant for asked in read_as if asked} == {"E1"}
    assert None not in read_as


def test_in_a_channel_that_workspaces_share_it_is_the_one_that_has_the_app() -> None:
    view = {"id": "V1", "callback_id": "danger", "app_installed_team_id": "T9"}
    inner = {"type": "app_mention", "user": "U1", "channel": "C1"}
    event = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": inner}

    submission = read({"type": "view_submission", "view": view, **WHO})
    mention = read({**event, "authorizations": [{"enterprise_id": None, "team_id": "T9"}]})

    assert submission is not None
    assert mention is not None
    assert (submission.who.tenant, mention.who.tenant) == ("T9", "T9")


def test_nothing_is_read_of_an_event_that_the_app_does_not_hear_of() -> None:
    event = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1"}

    assert read({**event, "event": {"type": "user_change", "user": {"id": "U1"}}}) is None
    with pytest.raises(Unreadable):
        read({**event, "event": {"type": "app_mention", "user": {"id": "U1"}}})


def test_a_command_is_known_by_its_fields() -> None:
    asked = read({"command": "/share-check", "text": "help", "user_id": "U1", "team_id": "T1"})

    assert isinstance(asked, Command)
    assert (asked.text, asked.who.tenant) == ("help", "T1")
    assert read({"type": "block_suggestion"}) is None
    with pytest.raises(Unreadable):
        read({"made": "up"})
