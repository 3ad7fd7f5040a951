"""What a practitioner is shown of the register: checks of their own, and what a receipt proves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.fields import CHOICE, Field
from dialogs.pages import FormView, PageView, Section, Way, way_to
from dialogs.summary import VERDICTS
from policies.model import Contact

ROOM = "register"
FIND, VERIFY = "find", "verify"
TITLES = {FIND: "Find a check of yours", VERIFY: "Check a receipt"}

NAMED = Field(
    "named",
    "Reference or receipt code",
    "A reference looks like SC-ABCD-EFGH. A code stands in the last line of every summary, "
    "“Register mark”, and on every receipt.",
    "line",
    required=True,
    most=80,
)
NOT_ONE = (
    "This is neither a reference (like SC-ABCD-EFGH) nor a code (like 12-0a1b2c3d4e5f). "
    "Please look at it again."
)
NOTHING = (
    "No check of yours has this reference.",
    (
        "Only checks that you carried out yourself can be looked up here. Whoever runs Share "
        "Check can find others in the register, and should be asked with a reason."
    ),
)
LIMITS = Section(
    "What this does not prove",
    bullets=(
        "That what was recorded is right, or complete: only that it has not been altered since.",
        (
            "That the bot itself is honest: it was the bot that looked. A receipt as a file can "
            "be checked without it, by anybody; ask whoever runs Share Check for one."
        ),
    ),
)
ALTERED = Section(
    "Something is wrong with the register",
    (
        "It is not what it was when its last checkpoint was signed.",
        (
            "Keep your code, and tell whoever runs Share Check and your Caldicott Guardian or "
            "data protection officer."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry as a practitioner may see it; `said` and `reference` of their own only."""

    seq: int
    kind: str
    revision: int
    day: date
    reference: str = ""
    said: str = ""
    check: str = ""
    code: str = ""

    @property
    def words(self) -> str:
        """The entry in a sentence's part."""
        what = f"a decision{_again(self.revision)}" if self.kind == "decision" else "advice"
        return f"entry {self.seq} of the register, {what} of {self.day.day} {self.day:%B %Y}"


def said(body: Mapping[str, object]) -> str:
    """What an entry says, in the words that its practitioner was shown."""
    decision = dict(CHOICE.options).get(str(body.get("decision")))
    verdicts = {verdict.value: words for verdict, words in VERDICTS.items()}
    return decision or verdicts.get(str(body.get("verdict")), "")


def ask(
    command: str,
    emergency: Contact,
    *,
    given: str = "",
    wrong: str = "",
) -> FormView:
    """The one question of either command."""
    return FormView(
        title=TITLES[command],
        room=ROOM,
        verb=command,
        fields=(NAMED,),
        submit="Look it up" if command == FIND else "Check it",
        form={NAMED.id: (given,)} if given else {},
        errors={NAMED.id: wrong} if wrong else {},
        emergency=emergency,
    )


def found(entries: Iterable[Standing], emergency: Contact) -> PageView:
    """A practitioner's own check, entry by entry; nothing if it is not theirs or not there."""
    own = tuple(entries)
    if not own:
        return PageView(TITLES[FIND], (Section(lines=NOTHING),), _ways(), emergency)
    rows = tuple(f"{entry.words[0].upper()}{entry.words[1:]}: {entry.said}." for entry in own)
    ways = (
        Way("Show its receipts", ROOM, "receipts", own[0].check, style="primary"),
        Way("Go to the check", "desk", "resume", own[0].check),
    )
    return PageView(
        TITLES[FIND], (Section(own[0].reference, bullets=rows, ways=ways),), _ways(), emergency
    )


def receipts(entries: Iterable[Standing], head: str, emergency: Contact) -> PageView:
    """The receipts of one's own check, each as a code to write down."""
    own = tuple(entries)
    if not own:
        return PageView(TITLES[VERIFY], (Section(lines=NOTHING),), _ways(), emergency)
    told = tuple(
        Section(
            own[0].reference if number == 0 else "",
            (
                f"{entry.words[0].upper()}{entry.words[1:]}: {entry.said}.",
                f"Code: {entry.code}",
            ),
        )
        for number, entry in enumerate(own)
    )
    proved = Section(
        "What this proves",
        (
            f"Each stands in the register today as it was written. It leads to {head}.",
            "With the code anybody can later see whether it still does.",
        ),
    )
    return PageView(TITLES[VERIFY], (*told, proved, LIMITS), _ways(), emergency)


def stands(entry: Standing, size: int | None, emergency: Contact) -> PageView:
    """A code that the register agrees with."""
    lines = [f"It stands: {entry.words}, is the one that this code was given for."]
    if size is not None:
        lines.append(
            f"The first {size} entries are, in the same order, those that the register had when "
            "the code was given: none was altered, removed or slipped in."
        )
    if entry.reference:
        lines.append(f"It is yours: {entry.reference}, {entry.said}.")
    return PageView(TITLES[VERIFY], (Section("Proved", tuple(lines)), LIMITS), _ways(), emergency)


def differs(why: str, emergency: Contact) -> PageView:
    """A code that the register does not agree with."""
    lines = (
        why,
        (
            "Look at the code again: one wrong letter is enough. If it is as it was given to "
            "you, the register was altered. Keep the code, and tell whoever runs Share Check."
        ),
    )
    return PageView(TITLES[VERIFY], (Section("Not proved", lines),), _ways(), emergency)


def altered(emergency: Contact) -> PageView:
    """A register that does not agree with itself."""
    return PageView(TITLES[VERIFY], (ALTERED,), _ways(), emergency)


def _again(revision: int) -> str:
    return "" if revision == 1 else f" (changed, version {revision})"


def _ways() -> tuple[Way, ...]:
    return (way_to(FIND, "Find another"), way_to(VERIFY, "Check a code"))
