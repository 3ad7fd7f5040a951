"""Counts what the register holds: advice by verdict and policy, decisions, departures by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import Any

from bot.register.entries import Entry
from bot.statistics.suppressing import Rules, suppress
from bot.statistics.tables import Cell, Statistics, Table
from dialogs.fields import CHOICE
from dialogs.summary import VERDICTS
from policies.assess import replay, weighed
from policies.library import Library
from policies.model import Pack
from policies.proof import paths

Taken = tuple[str, str, str, bool, frozenset[str]]
"""Of a decision: its policy and its digest, what was decided, whether it departs, the rules."""

COUNTED = {"pack", "digest", "verdict"}

_walked: dict[str, frozenset[frozenset[str]]] = {}


async def gather(entries: AsyncIterator[Entry], library: Library) -> Statistics:
    """Read every entry once, and count what stands: of each check the newest of either kind."""
    advised: dict[str, tuple[str, str]] = {}
    taken: dict[str, Taken] = {}
    async for entry in entries:
        body: Mapping[str, Any] = entry.body
        if not body.keys() >= COUNTED:
            # Not as the bot writes it: register verify names it.
            continue
        if entry.kind == "advice":
            advised[entry.check] = (body["pack"], body["verdict"])
        else:
            taken[entry.check] = (
                body["pack"],
                body["digest"],
                str(body.get("decision")),
                body.get("departs") is True,
                frozenset(body.get("rules", ())),
            )
    return count(advised, taken, library)


def count(
    advised: Mapping[str, tuple[str, str]], taken: Mapping[str, Taken], library: Library
) -> Statistics:
    """The tables, with as much hidden as has to be."""
    names = sorted({pack for pack, _ in advised.values()} | {each[0] for each in taken.values()})
    titles = {edition.pack.id: edition.pack for edition in library.editions}
    verdicts = Counter(verdict for _, verdict in advised.values())
    packs = Counter(pack for pack, _ in advised.values())
    choices = Counter(choice for _, _, choice, _, _ in taken.values())
    departed = sum(departs for *_, departs, _ in taken.values())
    statistics = Statistics(
        checks=(
            Table("Advice given", tuple(Cell(w, verdicts[v.value]) for v, w in VERDICTS.items())),
            Table("Policy followed", tuple(Cell(_name(titles, p), packs[p]) for p in names)),
        ),
        decisions=(
            Table("Decision taken", tuple(Cell(w, choices[v]) for v, w in CHOICE.options)),
            Table(
                "Decision and advice",
                (
                    Cell("Followed the advice", len(taken) - departed),
                    Cell("Departed from the advice", departed),
                ),
            ),
        ),
        departures=tuple(_by_rule(name, titles, taken) for name in names if name in titles),
    )
    rules = [_together(name, titles[name], taken, library) for name in names if name in titles]
    return suppress(statistics, rules)


def _name(titles: Mapping[str, Pack], pack: str) -> str:
    return titles[pack].title if pack in titles else pack


def _by_rule(name: str, titles: Mapping[str, Pack], taken: Mapping[str, Taken]) -> Table:
    """The rules that were weighed in decisions that departed; one decision counts at each."""
    pack = titles[name]
    ours = [rules for other, _, _, departs, rules in taken.values() if departs and other == name]
    found = Counter(rule for rules in ours for rule in rules)
    cells = tuple(Cell(rule.title, found[rule.id]) for rule in pack.rules)
    return Table(f"Departed from the advice, by rule weighed: {pack.title}", cells)


def _together(name: str, pack: Pack, taken: Mapping[str, Taken], library: Library) -> Rules:
    """Which rules can be weighed together: by the policy's paths, and by what was recorded."""
    places = {rule.id: place for place, rule in enumerate(pack.rules)}
    ours = [each for each in taken.values() if each[0] == name]
    kinds = {rules for *_, rules in ours}
    for digest in {pack_digest for _, pack_digest, *_ in ours}:
        if digest in library.by_digest:
            kinds |= _kinds(library, digest)
    known = {frozenset(places[rule] for rule in rules if rule in places) for rules in kinds}
    return sorted(known or {frozenset()}, key=sorted)


def _kinds(library: Library, digest: str) -> frozenset[frozenset[str]]:
    """Every set of rules that some path of a policy weighs; walked once for each policy."""
    if digest not in _walked:
        pack = library.by_digest[digest].pack
        ways = ((replay(pack, p.answers, p.passed).path, p.outcome) for p in paths(pack))
        _walked[digest] = frozenset(
            frozenset(rule.id for rule in weighed(pack, *way)) for way in ways
        )
    return _walked[digest]
