"""What `packs replay` does: past checks of the register against another version of their pack."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import click

from bot.register.entries import Entry
from bot.register.store import Register
from policies.library import Edition
from policies.replaying import Compared, Differs, Past, compare

WORDS = {
    Differs.VERDICT: "another verdict",
    Differs.OUTCOME: "another outcome with the same verdict",
    Differs.ASKED: "a question that was not asked, or an answer no longer offered",
    Differs.NOTICES: "the same outcome with other notices or rules",
    Differs.NOTHING: "the same advice",
}


async def replay(register: Register, edition: Edition) -> None:
    """Print how many checks differ in which way, and the references of those that do."""
    pack = edition.pack
    found = await _compared(register, edition)
    checks = sum(map(len, found.values()))
    click.echo(f"{pack.id} {pack.version}: {checks:,} past checks replayed.")
    for differs in Differs:
        ours = {how: names for how, names in found.items() if how.differs is differs}
        click.echo(f"{sum(map(len, ours.values())):>7,}  {WORDS[differs]}")
        if differs is not Differs.NOTHING:
            for how, references in sorted(ours.items(), key=lambda item: str(item[0])):
                click.echo(f"         {how.before} > {how.after}: {' '.join(references)}")


async def _compared(register: Register, edition: Edition) -> dict[Compared, list[str]]:
    """The references of the past checks, by what would be different about them."""
    newest: dict[str, tuple[str, Compared]] = {}
    async for entry in register.export():
        if entry.kind == "advice" and entry.body.get("pack") == edition.pack.id:
            # Later entries supersede earlier ones of the same check.
            newest[entry.check] = (str(entry.body["reference"]), _compare(edition, entry))
    found: dict[Compared, list[str]] = defaultdict(list)
    for reference, how in newest.values():
        found[how].append(reference)
    return found


def _compare(edition: Edition, entry: Entry) -> Compared:
    body: dict[str, Any] = dict(entry.body)
    if body["digest"] == edition.digest:
        return Compared(Differs.NOTHING)
    past = Past(
        answers={step["question"]: step["answer"] for step in body["path"]},
        passed=tuple(body.get("passed", ())),
        verdict=body["verdict"],
        outcome=body["outcome"],
        notices=frozenset(body.get("notices", ())),
        rules=frozenset(body.get("rules", ())),
    )
    return compare(edition.pack, past)
