"""What a workspace has chosen before, change by change."""

from dialogs import setup, setup_history
from dialogs.setup_history import NOTHING, Saved
from tests.dialogs.test_setup import EMERGENCY, OFFERED, VALUES


def test_each_change_is_told_by_what_it_changed_newest_first() -> None:
    fields = setup.fields(OFFERED)
    first = setup.filled_in(VALUES)
    second = setup.filled_in({**VALUES, "enquiry_floor": 8, "reminders": True})
    before = setup.filled_in({**VALUES, "organisation": None})
    saved = [
        Saved("by you", "2026-11-25 21:00 UTC", second),
        Saved("by you", "2026-11-25 20:00 UTC", first),
        Saved("by somebody", "2026-11-24 09:00 UTC", first),
    ]

    page = setup_history.page(fields, saved, before, EMERGENCY)

    newest, nothing, oldest = page.sections
    assert newest.heading == "2026-11-25 21:00 UTC, by you"
    assert len(newest.bullets) == 2
    assert nothing.bullets == (NOTHING,)
    assert oldest.heading == "2026-11-24 09:00 UTC, by somebody"
    assert len(oldest.bullets) == 1
    assert [way.verb for way in page.ways] == ["show"]
