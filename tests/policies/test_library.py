"""Packs are resolved with the standing advice, sealed by digest and found by date in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policies.filing import FaultyPack
from policies.library import Library, UnknownPack, digest, resolve_all
from policies.model import Outcome, Pack, Question, Standing
from tests.policies.builders import Draft, file, notice, option, outcome, question


def several() -> Library:
    """Two versions of one pack and another pack, with two versions of the standing advice."""
    draft, older = Draft(), Draft()
    newer = {**draft.pack, "version": date(2026, 5, 1)}
    other = {**draft.pack, "id": "meadow-2025"}
    late = {**older.standing, "version": date(2026, 1, 1)}
    packs = [Pack.model_validate(raw) for raw in (newer, other, draft.pack)]
    standings = [Standing.model_validate(raw) for raw in (late, draft.standing)]
    return Library(tuple(resolve_all(packs, standings)))


def including(**changes: object) -> Pack:
    """A pack with a question of its own that goes on with those of the garden pack."""
    garden, orchard = Draft(), Draft()
    wanted = {"pack": "garden-2025", "version": date(2025, 5, 1)}
    orchard.pack |= {
        "id": "orchard-2026",
        "sources": [{**orchard.pack["sources"][0], "id": "orchard"}],
        "questions": [question("season", option("yes", "risk"), option("no", "tell"))],
        "outcomes": [outcome("tell", "share", "Our own words on consent.")],
        "include": [wanted],
        **changes,
    }
    packs = [Pack.model_validate(draft.pack) for draft in (garden, orchard)]
    standing = Standing.model_validate(garden.standing)
    return Library(tuple(resolve_all(packs, [standing]))).find("orchard-2026", date.max).pack


def test_a_library_is_read_from_its_files(tmp_path: Path) -> None:
    Draft().write(tmp_path)

    library = Library.read(tmp_path)

    assert library.editions == Draft().library().editions


def test_the_danger_question_leads_into_the_pack() -> None:
    pack = Draft().resolved()
    danger, act = pack.nodes["danger"], pack.nodes["act"]

    assert [node.id for node in pack.questions] == ["danger", "risk", "purpose", "consent"]
    assert isinstance(danger, Question)
    assert isinstance(act, Outcome)
    assert [option.then for option in danger.options] == ["act", "risk", "ask"]
    assert act.then == "risk"


def test_not_sure_is_added_where_the_document_has_none() -> None:
    draft = Draft()
    draft.find("consent")["options"].append(option("not_sure", "pause", origin="printed"))

    questions = draft.resolved().questions

    added = {q.id: [o.origin for o in q.options if o.value == "not_sure"] for q in questions}
    assert added == {
        "danger": ["added"],
        "risk": ["added"],
        "purpose": ["added"],
        "consent": ["printed"],
    }


def test_a_standing_notice_keeps_to_packs_it_suits() -> None:
    draft = Draft()
    draft.standing["notices"] = [
        notice("for_all"),
        notice("reads_risk", when={"risk": ["no"]}),
        notice("reads_weather", when={"weather": ["rain"]}),
        notice("without_weather", without=["weather"]),
        notice("without_risk", without=["risk"]),
    ]

    found = [value.id for value in draft.resolved().notices if value.id not in _own(draft)]

    assert found == ["for_all", "reads_risk", "without_weather"]


def _own(draft: Draft) -> set[str]:
    return {value["id"] for value in draft.pack["notices"]}


def test_the_pack_s_contact_stands_over_the_standing_one() -> None:
    assert Draft().resolved().contacts_by_role["lead"].name == "The head gardener"


def test_an_included_pack_lends_its_questions_as_national() -> None:
    pack = including()

    origins = {question.id: question.origin for question in pack.questions}
    assert list(origins) == ["danger", "season", "risk", "purpose", "consent"]
    assert origins["season"] == "printed"
    assert origins["risk"] == origins["consent"] == "national"
    assert {"orchard", "guide"} <= {source.id for source in pack.sources}


def test_a_pack_s_own_words_stand_over_those_included() -> None:
    tell = including().nodes["tell"]

    assert isinstance(tell, Outcome)
    assert tell.reason == "Our own words on consent."
    assert [end.id for end in including().outcomes].count("tell") == 1


def test_an_include_that_is_not_there_is_refused() -> None:
    wanted = [{"pack": "garden-2025", "version": date(2024, 1, 1)}]

    with pytest.raises(FaultyPack) as refusal:
        including(include=wanted)

    line = str(refusal.value)
    assert line.startswith("orchard-2026/2025-05-01.toml: include: Includes garden-2025 of 2024-")
    assert line.endswith("which is not here. Pin a version that is.")


def test_a_jurisdiction_without_standing_advice_is_refused(tmp_path: Path) -> None:
    draft = Draft()
    draft.pack["jurisdiction"] = "wales"
    draft.write(tmp_path)

    with pytest.raises(FaultyPack) as refusal:
        Library.read(tmp_path)

    line = str(refusal.value)
    assert line.startswith("garden-2025/2025-05-01.toml: jurisdiction: There is no standing")
    assert line.endswith("for 'wales'. Add it to standing/.")


@pytest.mark.parametrize(
    ("on", "version", "standing"),
    [
        (date(2025, 5, 1), date(2025, 5, 1), date(2025, 1, 1)),
        (date(2025, 12, 31), date(2025, 5, 1), date(2025, 1, 1)),
        (date(2026, 1, 1), date(2025, 5, 1), date(2026, 1, 1)),
        (date(2026, 4, 30), date(2025, 5, 1), date(2026, 1, 1)),
        (date(2026, 5, 1), date(2026, 5, 1), date(2026, 1, 1)),
        (date.max, date(2026, 5, 1), date(2026, 1, 1)),
    ],
)
def test_a_pack_is_found_as_it_stood(on: date, version: date, standing: date) -> None:
    edition = several().find("garden-2025", on)

    assert (edition.pack.version, edition.standing) == (version, standing)


def test_before_any_standing_advice_the_first_speaks() -> None:
    draft = Draft()
    draft.standing["version"] = date(2026, 1, 1)

    edition = draft.library().find("garden-2025", date(2025, 6, 1))

    assert edition.standing == date(2026, 1, 1)


def test_an_unknown_pack_is_refused_with_the_known() -> None:
    with pytest.raises(UnknownPack) as refusal:
        several().find("forest", date.max)

    assert str(refusal.value) == "There is no pack 'forest'; there are: garden-2025, meadow-2025."


def test_a_day_before_the_first_version_is_refused() -> None:
    with pytest.raises(UnknownPack, match="not in force on 2025-04-30; its first day was 2025-05"):
        several().find("garden-2025", date(2025, 4, 30))


def test_newest_gives_each_version_once_with_latest_standing() -> None:
    newest = [(e.pack.id, e.pack.version.year, e.standing.year) for e in several().newest()]

    assert newest == [
        ("garden-2025", 2025, 2026),
        ("garden-2025", 2026, 2026),
        ("meadow-2025", 2025, 2026),
    ]


def test_every_edition_is_found_by_its_digest() -> None:
    library = Draft().library()
    [edition] = library.editions

    assert library.by_digest == {edition.digest: edition}
    assert edition.digest == digest(edition.pack)
    assert len(edition.digest) == 64


def test_one_changed_word_changes_the_digest() -> None:
    draft, other = Draft(), Draft()
    other.standing["outcomes"][0]["headline"] = "Act at once"

    assert digest(draft.resolved()) != digest(other.resolved())


def test_a_field_added_later_leaves_older_digests() -> None:
    class Later(Pack):
        """A pack as a later version of the bot may read it."""

        added: str = ""

    pack = Draft().resolved()

    later = Later.model_validate(pack.model_dump())

    assert digest(later) == digest(pack)
    assert digest(later.model_copy(update={"added": "x"})) != digest(pack)


def test_the_digest_does_not_depend_on_files(tmp_path: Path) -> None:
    draft = Draft()
    file(
        tmp_path / "packs" / "garden-2025" / "2025-05-01.toml", dict(reversed(draft.pack.items()))
    )
    file(tmp_path / "standing" / "england" / "2025-01-01.toml", draft.standing)

    assert Library.read(tmp_path).by_digest.keys() == draft.library().by_digest.keys()


def test_a_successor_is_named_and_leaves_the_digest_alone() -> None:
    draft, orchard = Draft(), Draft()
    draft.pack |= {"status": "superseded", "superseded_by": "orchard-2026"}
    orchard.pack |= {"id": "orchard-2026", "title": "Orchard", "version": date(2026, 1, 1)}
    alone = draft.library().editions[0]
    packs = [Pack.model_validate(raw) for raw in (draft.pack, orchard.pack)]

    beside = next(resolve_all(packs, [Standing.model_validate(draft.standing)]))

    assert (alone.pack.successor, beside.pack.successor) == ("", "Orchard")
    assert alone.digest == beside.digest


def test_a_pack_cannot_name_its_successor_itself(tmp_path: Path) -> None:
    draft = Draft()
    draft.pack["successor"] = "Whatever"
    draft.write(tmp_path)

    with pytest.raises(FaultyPack, match="successor"):
        Library.read(tmp_path)
