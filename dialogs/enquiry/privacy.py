"""What the bot keeps to itself, what it cannot, and what a compromise of each part gives away."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.enquiry.states import KEPT_DAYS
from dialogs.enquiry.words import Approval, Words
from dialogs.pages import PageView, Section, way_to
from policies.model import Contact

UNREAD = "A safeguarding lead should read them, and have it recorded in `setup`."


def page(words: Words, emergency: Contact, approval: Approval | None = None) -> PageView:
    """All of it as a page; `approval` is what a workspace has recorded for itself."""
    more = words.more
    kept, not_kept = promises(words)
    sections = (
        Section(words.before.heading, words.before.lines(emergency.number)),
        Section(more.heading, (*more.lines, more.referral)),
        Section("What the bot promises", bullets=kept),
        Section("What it does not promise", bullets=not_kept),
        Section("What a compromise of each part would give away"),
        *(
            Section(part, (f"Gives away: {gives}.", f"Does not give away: {spares}."))
            for part, gives, spares in rows(words)
        ),
        Section("Who has approved these words", (approved(words, approval),)),
    )
    ways = (way_to("ask", "Ask without a name"),)
    return PageView("What is kept", sections, ways, emergency)


def rows(words: Words) -> Iterator[tuple[str, str, str]]:
    """The table: each part, what it gives away, and what it does not."""
    for row in words.gives_away:
        yield row.part, _dated(row.gives), _dated(row.spares)


def promises(words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is promised, and what is not."""
    kept = tuple(_dated(line) for line in words.promises.kept)
    return kept, tuple(_dated(line) for line in words.promises.not_kept)


def table(words: Words) -> list[str]:
    """The table as the lines of a Markdown table, as docs/threat-model.md holds it."""
    lines = ["| part | gives away | does not give away |", "|---|---|---|"]
    return [*lines, *(f"| {part} | {gives} | {spares} |" for part, gives, spares in rows(words))]


def approved(words: Words, approval: Approval | None = None) -> str:
    """Who has approved the words, or that nobody has yet; an approval of others is none."""
    found = approval if approval and approval.role else words.approval
    if not found.role or found.on is None:
        return f"Not yet approved. {UNREAD}"
    said = f"pproved by {found.role} on {found.on.isoformat()}"
    if found.of not in ("", words.mark):
        return f"Not yet approved as they stand: a{said}, and changed since. {UNREAD}"
    return f"A{said}."


def _dated(line: str) -> str:
    return line.format(days=KEPT_DAYS)
