"""What the owner of a summary is told when it does not go out, in words."""

from __future__ import annotations

from dialogs.pages import PageView, Section
from policies.model import Contact

HELD = {
    "parked": "The summary is not in your team's channel.",
    "unknown": "It is not known whether the summary is in your team's channel.",
}
"""Where a summary stands that waits for a person."""

TITLES = {"parked": "Summary not posted", "unknown": "Summary may be missing"}

STANDS = "Your decision stands in the register all the same. You need not do the check again."
MEANWHILE = "If your team has to know now, tell them yourself, and quote the reference."


def held_up(
    reference: str,
    state: str,
    reason: str,
    remedy: str,
    emergency: Contact | None,
) -> PageView:
    """The message to the owner: what happened, what still stands, and who can mend it."""
    return PageView(
        title=TITLES[state],
        sections=(
            Section(lines=(f"Reference {reference}. {HELD[state]}", STANDS, MEANWHILE)),
            Section(
                "For whoever looks after Share Check",
                lines=(" ".join(part for part in (reason, remedy) if part),),
            ),
        ),
        emergency=emergency,
    )
