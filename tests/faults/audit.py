"""What was acknowledged, against what register and channel hold: lost, twice, or flagged."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bot.server import run
from tests.faults.practitioners import Acknowledged

REFERENCE = re.compile(r"SC-\w{4}-\w{4}")
SAID = {
    "share": "Decision: Share",
    "share_in_part": "Decision: Share part of it",
    "not_share": "Decision: Not share",
    "defer": "Decision: Wait, and decide later",
}


@dataclass
class Findings:
    """The figures of a run; everything in `wrong` is a promise broken."""

    cycles: int = 0
    acknowledged: int = 0
    entries: int = 0
    summaries: int = 0
    direct: int = 0
    flagged: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    unflagged: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """Everything that must not be."""
        return [*self.lost, *self.twice, *self.unflagged, *self.stale]

    def lines(self) -> Iterable[str]:
        """The figures with the number of trials behind each of them."""
        n, m = self.acknowledged, self.summaries + self.direct
        yield f"times: {self.cycles:,}"
        yield f"acknowledged decisions lost from the register: {len(self.lost)} of {n:,}"
        yield f"entries or messages that are there twice: {len(self.twice)} of {m:,} messages"
        yield f"messages missing without a flag: {len(self.unflagged)} of {m:,}"
        yield f"summaries that tell an earlier decision: {len(self.stale)} of {self.summaries:,}"
        yield f"rows flagged for a person: {self.flagged}"


@dataclass(frozen=True, slots=True)
class Standing:
    """What can be read from outside when everything has come to rest."""

    entries: Sequence[Mapping[str, Any]]
    rows: Sequence[tuple[str, str, str, str]]
    """Id, state, purpose and reference of each row of the outbox."""
    channel: Sequence[str]
    direct: Sequence[Sequence[str]]


def read(
    folder: Path, channel: Sequence[str], direct: Sequence[Sequence[str]], **settings: str
) -> Standing:
    """Ask the bot's own commands, as an operator would."""
    exported = run(folder, "register", "export", "--format", "jsonl", **settings)
    listed = run(folder, "outbox", "list", **settings)
    assert (exported.returncode, listed.returncode) == (0, 0), exported.stderr + listed.stderr
    rows = []
    for line in listed.stdout.splitlines():
        words = line.split()
        found = REFERENCE.search(line)
        rows.append((words[0], words[1], words[3], found.group() if found else ""))
    entries = [json.loads(line) for line in exported.stdout.splitlines()]
    return Standing(entries, rows, channel, direct)


def compare(acknowledged: Sequence[Acknowledged], standing: Standing) -> Findings:
    """Hold what people were told to what stands."""
    flagged = [row for row in standing.rows if row[1] in ("parked", "unknown")]
    found = Findings(
        acknowledged=len(acknowledged),
        entries=len(standing.entries),
        summaries=len(standing.channel),
        direct=sum(map(len, standing.direct)),
        flagged=len(flagged),
    )
    _register(found, acknowledged, standing)
    _channel(found, acknowledged, standing, {row[3] for row in flagged})
    _direct(found, standing)
    return found


def _register(found: Findings, told: Sequence[Acknowledged], standing: Standing) -> None:
    decisions = {
        (entry["check"], entry["revision"]): entry["decision"]
        for entry in standing.entries
        if entry["kind"] == "decision"
    }
    for one in told:
        if decisions.get((one.check, one.revision)) != one.choice:
            found.lost.append(f"{one.reference}: decision {one.revision} is not in the register")
    identities = Counter((e["check"], e["kind"], e["revision"]) for e in standing.entries)
    found.twice += [f"{check}: {kind} {n}" for (check, kind, n), m in identities.items() if m > 1]
    places = [entry["seq"] for entry in standing.entries]
    if places != list(range(1, len(places) + 1)):
        found.lost.append("the places of the register have gaps")


def _channel(
    found: Findings, told: Sequence[Acknowledged], standing: Standing, flagged: set[str]
) -> None:
    posted: dict[str, list[str]] = {}
    for words in standing.channel:
        match = REFERENCE.search(words)
        assert match, words
        posted.setdefault(match.group(), []).append(words)
    found.twice += [f"{name}: {len(all_)} summaries" for name, all_ in posted.items() if all_[1:]]
    last = {one.reference: one for one in told}
    wanted = {row[3] for row in standing.rows if row[2] == "summary" and row[1] == "sent"}
    wanted |= {one.reference for one in told if one.posted}
    found.unflagged += [f"{name}: no summary" for name in wanted - set(posted) - flagged]
    for name, messages in posted.items():
        one = last.get(name)
        if one and one.posted and name not in flagged and SAID[one.choice] not in _said(messages):
            found.stale.append(f"{name}: the channel does not say {one.choice}")


def _said(messages: Sequence[str]) -> set[str]:
    """The lines of a summary; one decision's words begin another's, so each has to be whole."""
    lines = (line for words in messages for line in words.splitlines())
    return {line.partition(" (")[0] for line in lines}


def _direct(found: Findings, standing: Standing) -> None:
    kept: Counter[str] = Counter()
    for messages in standing.direct:
        kept.update(m.group() for words in messages if (m := REFERENCE.search(words)))
    sent = Counter(row[2] for row in standing.rows if row[1] == "sent")
    found.twice += [f"{name}: {n} direct messages" for name, n in kept.items() if n > 1]
    if kept.total() < sent["advice"]:
        found.unflagged.append(f"{sent['advice'] - kept.total()} direct messages are not there")
