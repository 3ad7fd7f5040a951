"""`python -m benchmarks`: measure, print the tables, and fail where a floor is missed."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import pieces, register, report, servers, teams, verifying
from benchmarks.forms import Signer
from benchmarks.load import Measured
from benchmarks.machine import Cores, described, pinned
from benchmarks.practitioners import Screens
from benchmarks.report import AWAITING, LEAN, OURS, STOCK, Findings
from benchmarks.rounds import (
    FULL,
    QUICK,
    Round,
    Size,
    Waiting,
    share_check_round,
    stock_round,
    with_advice,
)
from benchmarks.storage import Kept, kept


@dataclass(frozen=True, slots=True)
class OverHttp:
    """What was measured with servers."""

    rounds: dict[str, list[Round]]
    kept: Kept
    advised: Measured
    redis: str


def main() -> None:
    """Run all of it; exit 1 when a floor is missed."""
    asked = _asked()
    size, cores = QUICK if asked.quick else FULL, Cores.choose()
    # Beside the project: a folder for temporary files may be in memory, and a commit has to
    # reach a disk.
    parent = servers.ROOT / "var"
    parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix="bench-") as name:
        folder = Path(name)
        with pinned(cores.load):
            http = over_http(folder, cores, size)
            say("Teams, beside botbuilder's CloudAdapter")
            in_teams = teams.over_http(folder, cores, size, interleaved)
            say("The policy's answer, and the proof of the packs")
            assessed, lint = pieces.assessed(size.assessments), pieces.packs_lint()
        say("The register")
        times = min(size.repetitions, 5)
        appended = {
            "SQLite": register.on_sqlite(folder, size.entries, times),
            "PostgreSQL": register.on_postgresql(folder, size.entries, times),
        }
        say(f"A register of {size.verified:,} entries, read again")
        reading = verifying.verified(folder, size.verified)
    found = Findings(
        http.rounds, in_teams, http.kept, http.advised, assessed, lint, appended, reading
    )
    say("", *described(http.redis), f"{cores}, {size.repetitions} repetitions", "")
    say(*report.tables(found), "")
    held = report.floors(found)
    say("Floors:", *map(str, held))
    if not asked.no_floors and not all(floor.held for floor in held):
        sys.exit(1)


def over_http(folder: Path, cores: Cores, size: Size) -> OverHttp:
    """Share Check, stock Bolt, Bolt without its wait, and lean Bolt, each in turn."""
    secret = servers.new_secret()
    signer, screens = Signer(secret.encode()), Screens(confirms=False)
    core = cores.servers
    with (
        servers.fake_slack(folder, cores.load) as slack,
        servers.bot(folder, slack, secret, core) as bot,
    ):
        room = Waiting.room(bot, slack, signer)
        say("Share Check is up; one check through it")
        kept_there = kept(room, screens)
        view, form = screens.typical()
        with (
            servers.stock(folder, slack, secret, view, core) as stock,
            servers.stock(folder, slack, secret, view, core, servers.AWAITING) as awaiting,
            servers.lean(folder, slack, secret, view, core) as lean,
        ):
            rounds = interleaved(
                {
                    OURS: lambda: share_check_round(room, screens, size),
                    STOCK: lambda: stock_round(stock, signer, form, size),
                    AWAITING: lambda: stock_round(awaiting, signer, form, size),
                    LEAN: lambda: stock_round(lean, signer, form, size),
                },
                size.repetitions,
            )
        say("Whole checks, with their advice recorded and sent")
        return OverHttp(rounds, kept_there, with_advice(room, size.checks), bot.redis_version)


def interleaved(take: dict[str, Callable[[], Round]], repetitions: int) -> dict[str, list[Round]]:
    """Every server once a repetition, so that a slow moment of the machine meets them all."""
    found: dict[str, list[Round]] = {name: [] for name in take}
    for repetition in range(1, repetitions + 1):
        for name, taken in found.items():
            taken.append(take[name]())
        speeds = [f"{name} {taken[-1].many.per_second:,.0f}/s" for name, taken in found.items()]
        say(f"Repetition {repetition} of {repetitions}: {'; '.join(speeds)}")
    return found


def say(*lines: str) -> None:
    """Print at once: a run takes minutes, and somebody is watching."""
    for line in lines:
        print(line, flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a look, in half a minute")
    parser.add_argument("--no-floors", action="store_true", help="never fail")
    return parser.parse_args()


if __name__ == "__main__":
    main()
