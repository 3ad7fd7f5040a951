"""The library: every pack by id and date in force, read from TOML, resolved and sealed by digest.

A pack as filed holds only what its document says. Resolving it puts the standing advice in front
(the danger question first), takes over the questions of an included pack, and adds the option
`not_sure` where the document has none, marked as added. The digest is taken of the resolved pack,
so that a session or a register entry names every word that the practitioner was shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from policies.filing import Fault, FaultyPack, read_files
from policies.model import (
    FIRST,
    NOT_SURE,
    Notice,
    Option,
    Outcome,
    Pack,
    Question,
    Standing,
    Term,
)
from policies.parts import S16LA, Missing, Stale

SHIPPED = Path(__file__).parent
Arrow = TypeVar("Arrow", Option, Outcome)
Filed: TypeAlias = Mapping[tuple[str, date], Pack]
Conditional = TypeVar("Conditional", Option, Outcome, Notice, Missing)


class UnknownPack(LookupError):
    """There is no such pack, or no version of it at that date; the message names those there."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A pack resolved with one version of the standing advice, and the digest of the two."""

    pack: Pack
    standing: date
    digest: str


@dataclass(frozen=True)
class Library:
    """Every edition of every pack, oldest first."""

    editions: tuple[Edition, ...]

    @classmethod
    def read(cls, folder: Path = SHIPPED) -> Library:
        """Read `packs/<id>/<date>.toml` and `standing/<jurisdiction>/<date>.toml` below a folder.

        Raises `FaultyPack` with every fault found.
        """
        return cls(tuple(resolve_all(*read_files(folder))))

    @cached_property
    def by_digest(self) -> dict[str, Edition]:
        """Editions by digest, as a session or a register entry pins them."""
        return {edition.digest: edition for edition in self.editions}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all packs."""
        return tuple(sorted({edition.pack.id for edition in self.editions}))

    def find(self, pack_id: str, on: date) -> Edition:
        """The pack as it stood on a day, with the standing advice of that day, or `UnknownPack`.

        The standing advice is today's law; for a day before the first one, the first one speaks.
        """
        ours = [edition for edition in self.editions if edition.pack.id == pack_id]
        if not ours:
            raise UnknownPack(f"There is no pack '{pack_id}'; there are: {', '.join(self.ids)}.")
        in_force = [edition for edition in ours if edition.pack.version <= on]
        if not in_force:
            first = ours[0].pack.version
            raise UnknownPack(f"{pack_id} was not in force on {on}; its first day was {first}.")
        newest = [e for e in in_force if e.pack.version == in_force[-1].pack.version]
        return ([e for e in newest if e.standing <= on] or newest[:1])[-1]

    def newest(self) -> Iterator[Edition]:
        """Every version of every pack with the newest standing advice."""
        latest = {(edition.pack.id, edition.pack.version): edition for edition in self.editions}
        return iter(latest.values())


def digest(pack: Pack) -> str:
    """SHA-256, in hexadecimal, of the resolved pack as canonical JSON.

    Fields at their default are left out, so that a field added to the model later leaves the
    digest of every older pack as it was.
    """
    plain = pack.model_dump(mode="json", exclude_defaults=True)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def resolve_all(packs: list[Pack], standings: list[Standing]) -> Iterator[Edition]:
    """Resolve every pack with every version of its jurisdiction's standing advice."""
    filed = {(pack.id, pack.version): pack for pack in packs}
    for pack in sorted(packs, key=lambda pack: (pack.id, pack.version)):
        yield from resolve_one(pack, filed, standings)


def resolve_one(pack: Pack, filed: Filed, standings: list[Standing]) -> Iterator[Edition]:
    """Resolve one pack, which may include others of those filed; raises `FaultyPack`."""
    taken, titles = _included(pack, filed), _titles(filed.values())
    for standing in _standings(pack, standings):
        resolved = _resolve(pack, taken, standing, titles)
        yield Edition(resolved, standing.version, digest(resolved))


def _titles(packs: Iterable[Pack]) -> dict[str, str]:
    """The title of every pack, as its newest version has it."""
    return {pack.id: pack.title for pack in sorted(packs, key=lambda pack: pack.version)}


def _resolve(
    pack: Pack, taken: tuple[Pack, ...], standing: Standing, titles: dict[str, str]
) -> Pack:
    """The pack as a practitioner meets it."""
    state = standing.s16la.state
    questions = tuple(
        question.model_copy(update={"options": _standing_now(question.options, state)})
        for question in _merged(pack, taken, "questions")
    )
    first, asked = questions[0].id, {question.id for question in questions}
    readable = asked | {question.id for question in standing.questions}
    ends = (*_standing_now(_merged(pack, taken, "outcomes"), state), *standing.outcomes)
    reached = {end.verdict for end in ends}
    extra = (
        notice
        for notice in standing.notices
        if not asked & {*notice.without}
        and {*notice.when} <= readable
        and (not notice.verdicts or reached & {*notice.verdicts})
    )
    sources = (pack.sources, *(other.sources for other in taken), standing.sources)
    return pack.model_copy(
        update={
            "successor": titles.get(pack.superseded_by or "", ""),
            "sources": _by_id(*sources),
            "questions": tuple(
                _ready(question, first, standing.not_sure)
                for question in (*standing.questions, *questions)
            ),
            "outcomes": tuple(_pointed(outcome, first) for outcome in ends),
            "notices": _standing_now((*_merged(pack, taken, "notices"), *extra), state),
            "missing": _standing_now(pack.missing, state),
            "stale": _overtaken(pack, taken),
            "rules": _merged(pack, taken, "rules"),
            "contacts": (*standing.contacts, *pack.contacts),
            "terms": _terms(pack, taken, standing),
        }
    )


def _standings(pack: Pack, standings: list[Standing]) -> list[Standing]:
    ours = [standing for standing in standings if standing.jurisdiction == pack.jurisdiction]
    if not ours:
        problem = f"There is no standing advice for '{pack.jurisdiction}'."
        raise FaultyPack([Fault(_file(pack), "jurisdiction", problem, "Add it to standing/.")])
    return sorted(ours, key=lambda standing: standing.version)


def _included(pack: Pack, filed: Filed) -> tuple[Pack, ...]:
    for wanted in pack.include:
        if (wanted.pack, wanted.version) not in filed:
            problem = f"Includes {wanted.pack} of {wanted.version}, which is not here."
            raise FaultyPack([Fault(_file(pack), "include", problem, "Pin a version that is.")])
    return tuple(filed[wanted.pack, wanted.version] for wanted in pack.include)


def _file(pack: Pack) -> str:
    return f"{pack.id}/{pack.version}.toml"


def _merged(pack: Pack, taken: tuple[Pack, ...], kind: str) -> tuple[Any, ...]:
    """The pack's own values of a kind, then those taken over, which are `national` to it.

    Its own are kept even where two have one id, so that proof can refuse them.
    """
    own = getattr(pack, kind)
    names = {value.id for value in own}
    theirs = [v for other in taken for v in getattr(other, kind) if v.id not in names]
    return (*own, *_by_id(v.model_copy(update={"origin": "national"}) for v in theirs))


def _overtaken(pack: Pack, taken: tuple[Pack, ...]) -> tuple[Stale, ...]:
    """The pack's own warnings, then those that rules taken over bring with them."""
    named = {name for rule in _merged(pack, taken, "rules") for name in rule.stale}
    theirs = (old for other in taken for old in other.stale if old.id in named)
    return _by_id(pack.stale, theirs)


def _terms(pack: Pack, taken: tuple[Pack, ...], standing: Standing) -> tuple[Term, ...]:
    """The words explained, each as the pack itself explains it if it does."""
    found: dict[str, Term] = {}
    for term in chain(pack.terms, *(other.terms for other in taken), standing.terms):
        found.setdefault(term.term, term)
    return tuple(found.values())


def _by_id(*groups: Iterable[Any]) -> tuple[Any, ...]:
    """The values of several groups, the first of each id."""
    found: dict[str, Any] = {}
    for value in chain.from_iterable(groups):
        found.setdefault(value.id, value)
    return tuple(found.values())


def _standing_now(values: tuple[Conditional, ...], state: S16LA) -> tuple[Conditional, ...]:
    """The values that stand while section 16LA is in this state."""
    return tuple(value for value in values if value.s16la in (None, state))


def _pointed(node: Arrow, first: str) -> Arrow:
    """A node or option whose arrow to the pack points at the pack's first question."""
    return node.model_copy(update={"then": first}) if node.then == FIRST else node


def _ready(question: Question, first: str, not_sure: Option) -> Question:
    """A question with `not_sure` among its options, and arrows that point into the pack."""
    options = [_pointed(option, first) for option in question.options]
    if all(option.value != NOT_SURE for option in options):
        options.append(not_sure)
    return question.model_copy(update={"options": tuple(options)})
