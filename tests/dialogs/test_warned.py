"""What time has overtaken, a number or a whole policy, is shown with what replaced it."""

from __future__ import annotations

from dialogs.provenance import law_cited, policy, replaced
from dialogs.show import contacts, warned
from policies.library import Library
from policies.model import EMERGENCY, Pack
from tests.policies.builders import Draft


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


def test_a_replaced_policy_names_the_current_one_and_the_way_there() -> None:
    assert replaced(wokingham()) == (
        "This policy has been replaced, and is kept for reference. The current one is England "
        "today (england-2024). To follow that one: share-check start england-2024."
    )
    assert policy(wokingham()).replaced == replaced(wokingham())


def test_notices_of_the_law_are_cited_with_their_dates() -> None:
    pack = wokingham()
    law = [notice for notice in pack.notices if notice.id == "basis_today"]
    others = [notice for notice in pack.notices if notice.kind != "law"]

    assert law_cited(pack, [*law, *others]) == (
        "Where the law is: UK General Data Protection Regulation (As amended to 5 February 2026), "
        "Article 6(1)."
    )
    assert law_cited(pack, others) == ""


def test_without_a_successor_nothing_is_offered() -> None:
    draft = Draft()
    draft.pack["status"] = "superseded"
    alone = draft.resolved()
    draft.pack["superseded_by"] = "orchard-2026"

    assert replaced(alone) == "This policy has been replaced, and is kept for reference."
    assert "The current one is orchard-2026. To follow" in replaced(draft.resolved())
