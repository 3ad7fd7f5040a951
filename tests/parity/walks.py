"""Which paths the parity suite walks, and what the engine shows at each step of one.

Every path of the small packs. Of `england-2024`, which has over 18,000: a path for every outcome
with every set of notices, for every two answers that can stand on one path, for every answer with
every outcome it can end in, and every fourteenth path besides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from dialogs.check import advance, begin
from dialogs.events import Answered, Confirmed, Event, WentOn
from dialogs.views import AdviceView, CheckAnswersView, DangerView, QuestionView, View
from policies.assess import applies
from policies.library import Edition, Library
from policies.model import Pack, Verdict
from policies.proof import Path, paths

CHECK = "abcdefghijklmnop01234567"
SMALL = 500
STRIDE = 14


@dataclass(frozen=True, slots=True)
class Step:
    """What a practitioner does next: answer with a value, confirm, or go on."""

    does: str
    value: str = ""


@cache
def editions() -> tuple[Edition, ...]:
    return tuple(Library.read().newest())


@cache
def walks(pack_id: str) -> tuple[Path, ...]:
    """The paths to walk of a pack."""
    [pack] = [edition.pack for edition in editions() if edition.pack.id == pack_id]
    every = list(paths(pack))
    if len(every) <= SMALL:
        return tuple(every)
    seen: set[object] = set()
    kept = []
    for number, path in enumerate(every):
        tells = _tells(pack, path)
        if number % STRIDE == 0 or not tells <= seen:
            kept.append(path)
            seen |= tells
    return tuple(kept)


def one_for_each_verdict(pack_id: str) -> tuple[Path, ...]:
    """The shortest path to each verdict of a pack that goes on from no outcome."""
    found: dict[Verdict, Path] = {}
    for path in sorted(walks(pack_id), key=lambda path: len(path.answers)):
        if path.passed:
            continue
        found.setdefault(path.outcome.verdict, path)
    return tuple(found.values())


def shown_by_the_engine(pack: Pack, path: Path) -> Iterator[tuple[Step | None, View]]:
    """Each step of a path with the view that it comes to; the first is the beginning."""
    session = begin(pack, "d" * 64, CHECK)
    turn = advance(pack, session, WentOn(0))
    yield None, turn.view
    passed = list(path.passed)
    while True:
        step, event = _next(turn.view, turn.session.turn, path, passed)
        if step is None:
            return
        assert event is not None
        turn = advance(pack, turn.session, event)
        yield step, turn.view


def _next(
    view: View, turn: int, path: Path, passed: list[str]
) -> tuple[Step | None, Event | None]:
    match view:
        case DangerView(asked=asked) | QuestionView(asked=asked):
            value = path.answers[asked.id]
            return Step("answer", value), Answered(turn, asked.id, value)
        case CheckAnswersView():
            return Step("confirm"), Confirmed(turn)
        case AdviceView() if passed and view.advice.outcome.id == passed[0]:
            passed.pop(0)
            return Step("go_on"), WentOn(turn)
        case _:
            return None, None


def _tells(pack: Pack, path: Path) -> set[object]:
    steps = list(path.answers.items())
    notices = tuple(n.id for n in pack.notices if applies(n, path.answers, path.outcome))
    return {
        ("outcome", path.outcome.id, path.passed, notices),
        *(("pair", *pair) for pair in combinations(steps, 2)),
        *(("ends", step, path.outcome.id) for step in steps),
    }
