"""The shipped packs, and on each the paths that lead to every advice there is."""

from datetime import date
from functools import cache
from typing import Any

from dialogs.session import Session, Stage
from policies.assess import applies
from policies.library import Edition, Library
from policies.model import Contact
from policies.proof import Path, paths

TODAY = date(2026, 11, 22)
LATER = date(2027, 11, 22)
CHECK = "abcdefghijklmnop01234567"
EMERGENCY = Contact(role="emergency", name="Emergency services", number="999")


@cache
def editions() -> tuple[Edition, ...]:
    return tuple(Library.read().newest())


def telling_paths(edition: Edition) -> tuple[Path, ...]:
    """One path for each outcome with each set of notices, which is every advice there is."""
    return _telling_paths(edition.digest)


@cache
def _telling_paths(digest: str) -> tuple[Path, ...]:
    [pack] = [edition.pack for edition in editions() if edition.digest == digest]
    found: dict[object, Path] = {}
    for path in paths(pack):
        notices = tuple(n.id for n in pack.notices if applies(n, path.answers, path.outcome))
        found.setdefault((path.outcome.id, notices, path.passed), path)
    return tuple(found.values())


def session_at(edition: Edition, path: Path, stage: Stage, **more: Any) -> Session:
    return Session(
        check=CHECK,
        pack=edition.pack.id,
        digest=edition.digest,
        turn=7,
        stage=stage,
        answers=path.answers,
        passed=path.passed,
        **more,
    )
