"""What the owner of a summary is told when it does not go out."""

import pytest

from dialogs.notices import HELD, MEANWHILE, STANDS, TITLES, held_up
from policies.model import Contact

EMERGENCY = Contact(role="emergency", name="Emergency services", number="999")


@pytest.mark.parametrize("state", HELD)
def test_an_owner_is_told_what_stands_and_who_can_mend_it(state: str) -> None:
    page = held_up("SC-AAAA-AAAA", state, "The bot is not in it.", "Invite it.", EMERGENCY)

    theirs, operators = page.sections
    assert page.title == TITLES[state]
    assert theirs.lines == (f"Reference SC-AAAA-AAAA. {HELD[state]}", STANDS, MEANWHILE)
    assert operators.lines == ("The bot is not in it. Invite it.",)
    assert page.emergency == EMERGENCY
