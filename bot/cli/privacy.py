"""`share-check privacy`: what is kept from whom, and what each part would give away."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

WIDTH = 88


@click.command(short_help="Say what is kept, hidden and not hidden.")
@click.option("--markdown", is_flag=True, help="The table alone, as docs/threat-model.md has it.")
def privacy(*, markdown: bool) -> None:
    """Say what the bot keeps to itself, what it cannot hide, and what a compromise gives away."""
    from dialogs.enquiry import privacy as words_of_privacy
    from dialogs.enquiry.words import read_words
    from policies.model import Contact

    words = read_words()
    if markdown:
        click.echo("\n".join(words_of_privacy.table(words)))
        return
    emergency = Contact(role="emergency", name="Emergency services", number="999")
    for section in words_of_privacy.page(words, emergency).sections:
        click.echo("\n".join(_laid_out(section.heading, section.lines, section.bullets)))
    click.echo("In an emergency call 999.")


def _laid_out(heading: str, lines: tuple[str, ...], bullets: tuple[str, ...]) -> Iterator[str]:
    yield heading
    for line in lines:
        yield textwrap.fill(line, WIDTH, initial_indent="  ", subsequent_indent="  ")
    for line in bullets:
        yield textwrap.fill(line, WIDTH, initial_indent="  - ", subsequent_indent="    ")
    yield ""
