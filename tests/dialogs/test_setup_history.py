"""What a workspace has chosen before, as a page."""

from datetime import date

from dialogs import setup_history
from dialogs.setup import Offered, fields
from dialogs.setup_history import NOTHING, Saved
from policies.library import Library
from policies.model import Contact

EMERGENCY = Contact(role="emergency", name="Emergency services", number="999")
PACK = Library.read().find("england-2024", date(2026, 11, 22)).pack


def test_each_change_says_when_and_by_whom_and_only_what_changed() -> None:
    before = {"reminders": ("yes",), "duty_number": ("07700 900123",)}
    saved = (
        Saved("a member", "24 November 2026", {**before, "reminders": ("no",)}),
        Saved("you", "23 November 2026", before),
    )

    page = setup_history.page(fields(Offered((PACK,))), saved, before, EMERGENCY)

    newest, oldest = page.sections
    assert newest.heading == "24 November 2026, a member"
    assert len(newest.bullets) == 1
    assert "Remind" in newest.bullets[0]
    assert oldest.bullets == (NOTHING,)
    assert page.emergency == EMERGENCY
