"""A practitioner's desk as a page: what waits for them, what is done, and where to go on to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dialogs.pages import PageView, Section, Way, way_to
from dialogs.views import OpenCheck
from policies.model import Contact

ROOM = "desk"
TITLE = "Your desk"

WELCOME = Section(
    "Welcome to Share Check",
    (
        "You have something to share about a child, an adult or a family.",
        "Share Check asks what your policy asks, one question at a time.",
        "It tells you whether you may share, why, how to do it safely, and whom to call.",
        "It gives advice. You decide, and it takes down what you decided and why.",
    ),
)
KEEPS = Section(
    "What it keeps",
    bullets=(
        "Your answers, while a check is open: for about a day, encrypted.",
        "The advice and your decision: for good, in a register that shows when it was altered.",
        "Your reasons in your own words: apart from the rest, so that they can be erased.",
        "In your team's channel: a summary without names, and only if you post it.",
    ),
)
CANNOT_HIDE = Section(
    "What it cannot hide",
    bullets=(
        "The chat platform knows that you used Share Check, and when.",
        "Your organisation may be able to read direct messages, and may have to keep them.",
        "The people who run Share Check hold its keys.",
        "So do not write names or details here: they belong in the case file.",
    ),
)
GOES = "Its answers go. Advice and decisions already recorded stay recorded."
NOBODY_READS = (
    "Nobody reads what is written to Share Check here, and it keeps none of it. The chat platform "
    "does. Please do not write about a person or a family."
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on it: checks that are open, decisions to record, and what is done."""

    unfinished: tuple[OpenCheck, ...] = ()
    undecided: tuple[OpenCheck, ...] = ()
    done: tuple[OpenCheck, ...] = ()

    @classmethod
    def of(cls, lines: Iterable[OpenCheck]) -> Desk:
        """The lines, each in its pile."""
        piles: dict[str, list[OpenCheck]] = {"open": [], "undecided": [], "done": []}
        for line in lines:
            piles[line.pile].append(line)
        return cls(tuple(piles["open"]), tuple(piles["undecided"]), tuple(piles["done"]))


def page(desk: Desk, onward: tuple[Way, ...], emergency: Contact) -> PageView:
    """The whole desk; whoever has nothing on it is told first what this is."""
    lying = (*_undecided(desk.undecided), *_unfinished(desk.unfinished), *_done(desk.done))
    start = Section(ways=(way_to("start", "Start a check"),))
    if lying:
        return PageView(TITLE, (*lying, start), onward, emergency)
    return PageView(TITLE, (WELCOME, start, KEEPS, CANNOT_HIDE), onward, emergency)


def waiting(desk: Desk, command: str, emergency: Contact) -> PageView:
    """The part of the desk that a sub-command asks for."""
    if command == "record":
        lying, nothing = tuple(_undecided(desk.undecided)), "No decision waits to be recorded."
    else:
        lying, nothing = tuple(_unfinished(desk.unfinished)), "You have no open check."
    sections = lying or (Section(lines=(nothing,)),)
    return PageView(TITLE, sections, (way_to("start", "Start a check"),), emergency)


def way_in(emergency: Contact) -> PageView:
    """What whoever writes to the bot is answered with: never an answer to what they wrote."""
    lines = (
        "Share Check works in a window of its own, step by step. Press the button to begin.",
        NOBODY_READS,
    )
    ways = (
        Way("Start a check", "help", "open", "start", style="primary"),
        way_to("help", "What else there is"),
    )
    return PageView("Share Check", (Section(lines=lines),), ways, emergency)


def left_open(check: str, emergency: Contact) -> PageView:
    """What whoever closes a window in the middle of a check is told."""
    lines = (
        "You closed a check.",
        "Your answers are kept for about a day: go on whenever you like.",
    )
    ways = (
        Way("Continue", ROOM, "resume", check, style="primary"),
        Way("Delete", ROOM, "delete", check, style="danger", confirm=GOES),
    )
    return PageView("Your check is kept", (Section(lines=lines),), ways, emergency)


def unreached(emergency: Contact) -> PageView:
    """The desk while what is on it cannot be looked up."""
    said = "Your desk cannot be shown just now. Nothing is lost. Look again in a moment."
    ways = (way_to("start", "Start a check"),)
    return PageView(TITLE, (Section(lines=(said,)),), ways, emergency)


def _undecided(lines: tuple[OpenCheck, ...]) -> Iterator[Section]:
    for number, line in enumerate(lines):
        ways = (
            Way("Record a decision", ROOM, "decide", line.check, style="primary"),
            Way("Read the advice", ROOM, "resume", line.check),
        )
        yield _section("Decisions to record", number, line, ways)


def _unfinished(lines: tuple[OpenCheck, ...]) -> Iterator[Section]:
    for number, line in enumerate(lines):
        ways = (
            Way("Continue", ROOM, "resume", line.check),
            Way("Delete", ROOM, "delete", line.check, style="danger", confirm=GOES),
        )
        yield _section("Open checks", number, line, ways)


def _done(lines: tuple[OpenCheck, ...]) -> Iterator[Section]:
    if lines:
        said = tuple(f"{line.reference}: {line.standing}, {line.day}." for line in lines)
        find = way_to("verify", "Receipts")
        yield Section("Recorded", bullets=said, ways=(find,))


def _section(heading: str, number: int, line: OpenCheck, ways: tuple[Way, ...]) -> Section:
    """One line of a pile; its heading stands over the first one only."""
    said = f"{line.reference}. {line.standing}, {line.day}."
    return Section("" if number else heading, (said,), ways=ways)
