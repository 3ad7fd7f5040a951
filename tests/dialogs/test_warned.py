"""A contact that a document gives wrongly is shown with what replaced it."""

from __future__ import annotations

from dialogs.show import contacts, warned
from policies.library import Library
from policies.model import EMERGENCY, Pack


def wokingham() -> Pack:
    """The pack whose document prints numbers that time has overtaken."""
    return next(e.pack for e in Library.read().newest() if e.pack.id == "wokingham-2008")


def test_an_overtaken_number_comes_with_its_successor() -> None:
    [police, team] = contacts(wokingham(), ["police", "emergency_duty_team"])

    assert police.number == "101"
    assert "prints: Thames Valley Police on 0845 8505 505. Today: Call 101" in police.note
    assert team.number == "01344 351 999"
    assert "01344 786 543. Today: 01344 351 999" in team.note


def test_a_number_nobody_confirmed_says_so() -> None:
    [care] = contacts(wokingham(), ["childrens_social_care"])

    assert (care.number, "Nobody has confirmed it" in care.note) == ("0118 908 8002", True)


def test_a_contact_that_still_holds_is_left_alone() -> None:
    pack = wokingham()

    assert warned(pack, pack.contacts_by_role[EMERGENCY]) is pack.contacts_by_role[EMERGENCY]
