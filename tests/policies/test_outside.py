"""Packs from outside stand beside the shipped ones; what cannot be used is left out, and said."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from policies import outside
from policies.library import Library
from policies.outside import Practice, Reading
from policies.practice import read_rehearsals
from tests.policies.builders import Draft, file, option, outcome, question

PLACE = Path("garden-2025") / "2025-05-01.toml"
SHIPPED = Library.read()


def draft_of_ours() -> Draft:
    """The garden pack, with contacts that England's standing advice has."""
    draft = Draft()
    for each in draft.pack["outcomes"]:
        each["call"] = ["safeguarding_lead"]
    draft.pack["contacts"] = []
    return draft


def filed(folder: Path, draft: Draft | None = None) -> Path:
    return file(folder / PLACE, (draft or draft_of_ours()).pack)


def left_out(folder: Path) -> list[str]:
    """What is said of the one file that cannot be used, while every shipped pack stands."""
    reading = outside.read(folder)
    assert reading.library.editions == SHIPPED.editions
    [left] = reading.left_out
    lines = [str(fault) for fault in left.faults]
    assert all(line.isprintable() for line in lines)
    return lines


def test_a_pack_from_outside_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    filed(tmp_path)

    reading = outside.read(tmp_path)

    assert reading.left_out == ()
    assert set(reading.library.ids) == {*SHIPPED.ids, "garden-2025"}
    pack = reading.library.find("garden-2025", date(2026, 11, 22)).pack
    assert pack.start == "danger"
    assert pack.contacts_by_role["emergency"].number == "999"


def test_a_folder_that_is_not_there_holds_no_packs(tmp_path: Path) -> None:
    assert outside.read(tmp_path / "packs") == Reading(SHIPPED, ())


def test_a_later_version_of_a_shipped_pack_is_ours_to_follow(tmp_path: Path) -> None:
    draft = draft_of_ours()
    draft.pack |= {"id": "briefing-2018", "version": date(2026, 10, 1)}
    file(tmp_path / "briefing-2018" / "2026-10-01.toml", draft.pack)

    library = outside.read(tmp_path).library

    assert library.find("briefing-2018", date(2026, 9, 30)).pack.version == date(2018, 7, 4)
    assert library.find("briefing-2018", date(2026, 10, 1)).pack.version == date(2026, 10, 1)


def test_a_pack_may_take_over_the_questions_of_a_shipped_one(tmp_path: Path) -> None:
    draft = draft_of_ours()
    draft.pack |= {
        "include": [{"pack": "briefing-2018", "version": date(2018, 7, 4)}],
        "questions": [question("go_on", option("yes", "purpose"), option("no", "stop"))],
        "outcomes": [outcome("stop", "seek_advice", "Ask.", call=["safeguarding_lead"])],
        "notices": [],
        "rules": [],
        "invariants": [],
    }
    filed(tmp_path, draft)

    reading = outside.read(tmp_path)

    assert reading.left_out == ()
    pack = reading.library.find("garden-2025", date(2026, 11, 22)).pack
    assert "lawful_reason" in pack.nodes
    assert [old.id for old in pack.stale] == ["consent_first"]


def test_a_bad_pack_never_stops_a_good_one(tmp_path: Path) -> None:
    filed(tmp_path)
    bad = tmp_path / "meadow" / "2025-05-01.toml"
    bad.parent.mkdir()
    bad.write_text("id = ")

    reading = outside.read(tmp_path)

    assert "garden-2025" in reading.library.ids
    assert [left.pack for left in reading.left_out] == ["meadow"]
    assert [fault.file for fault in reading.faults_of("meadow")] == [str(bad)]
    assert reading.faults_of("garden-2025") == ()


# --- What is refused by its place ---------------------------------------------------------------


def linked_out(folder: Path, place: Path) -> None:
    real = filed(folder.parent / "elsewhere")
    place.parent.mkdir()
    place.symlink_to(real)


def folder_linked_out(folder: Path, place: Path) -> None:
    place.parent.symlink_to(filed(folder.parent / "elsewhere").parent)


def linked_nowhere(_: Path, place: Path) -> None:
    place.parent.mkdir()
    place.symlink_to("nowhere.toml")


def linked_to_itself(_: Path, place: Path) -> None:
    place.parent.mkdir()
    place.symlink_to(place.name)


def a_pipe(_: Path, place: Path) -> None:
    place.parent.mkdir()
    os.mkfifo(place)


def a_folder(_: Path, place: Path) -> None:
    place.mkdir(parents=True)


def at_the_top(folder: Path, _: Path) -> None:
    (folder / "garden.toml").write_text("")


def a_strange_id(folder: Path, _: Path) -> None:
    file(folder / "..garden\n\x1b[2J" / PLACE.name, draft_of_ours().pack)


def a_capital(folder: Path, _: Path) -> None:
    file(folder / "Garden" / PLACE.name, draft_of_ours().pack)


def another_date(folder: Path, place: Path) -> None:
    filed(folder).rename(place.with_name("2025-06-01.toml"))


def capital_letters(folder: Path, place: Path) -> None:
    filed(folder).rename(place.with_suffix(".TOML"))


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (linked_out, "file: A link that leads out of the folder. Put the file itself here."),
        (folder_linked_out, "file: A link that leads out of the folder."),
        (linked_nowhere, "file: A link that leads nowhere. Put the file itself here."),
        (linked_to_itself, "file: A link that leads nowhere."),
        (a_pipe, "file: Not an ordinary file. Take it out."),
        (a_folder, "file: Cannot be read: Is a directory."),
        (at_the_top, "garden.toml: file: Not where a pack is filed. File it as <id>/<date>.toml"),
        (a_capital, "Garden: file: Not where a pack is filed."),
        (another_date, "version: It says it is garden-2025 of 2025-05-01. File it as"),
        (capital_letters, "version: It says it is garden-2025 of 2025-05-01."),
    ],
)
def test_what_stands_in_the_wrong_place_is_left_out(
    tmp_path: Path, plant: Callable[[Path, Path], None], said: str
) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    plant(folder, folder / PLACE)

    [line] = left_out(folder)

    assert said in line


def test_a_name_that_steers_a_terminal_is_written_out(tmp_path: Path) -> None:
    a_strange_id(tmp_path, tmp_path)
    dotted = tmp_path / "..garden\n\x1b[2J"
    dotted.rename(tmp_path / "garden\n\x1b[2J")

    [line] = left_out(tmp_path)

    assert r"garden\n\x1b[2J: file: Not where a pack is filed." in line


def test_hidden_files_and_other_files_are_none_of_our_business(tmp_path: Path) -> None:
    filed(tmp_path)
    (tmp_path / "README.md").write_text("Ours.")
    (tmp_path / "garden-2025" / "notes.txt").write_text("Ours.")
    (tmp_path / "garden-2025" / ".2025-05-01.toml.swp").write_text("An editor's.")
    (tmp_path / "..data").mkdir()

    assert outside.read(tmp_path).left_out == ()


def test_links_within_the_folder_are_followed(tmp_path: Path) -> None:
    """As a volume mounted from a cluster's configuration has them."""
    real = tmp_path / "..data" / "garden.toml"
    file(real, draft_of_ours().pack)
    (tmp_path / PLACE.parent).mkdir()
    (tmp_path / PLACE).symlink_to(real)

    assert "garden-2025" in outside.read(tmp_path).library.ids


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    place = tmp_path / "packs"
    place.write_text("")

    [line] = left_out(place)

    assert f"{place}: folder: Cannot be read: Not a directory. Check the path." in line


def test_a_version_that_ships_with_the_bot_stays_as_it_is(tmp_path: Path) -> None:
    draft = draft_of_ours()
    draft.pack |= {"id": "briefing-2018", "version": date(2018, 7, 4)}
    file(tmp_path / "briefing-2018" / "2018-07-04.toml", draft.pack)

    [line] = left_out(tmp_path)

    assert "version: This version comes with Share Check" in line
    assert "File yours under a later date." in line


def test_nobody_s_pack_replaces_whom_to_call_in_an_emergency(tmp_path: Path) -> None:
    draft = draft_of_ours()
    draft.pack["contacts"] = [{"role": "emergency", "name": "Us", "number": "01632 960001"}]
    filed(tmp_path, draft)

    [line] = left_out(tmp_path)

    assert "contacts.emergency: Replaces whom to call in an emergency. Take it out." in line


# --- What is refused by its contents ------------------------------------------------------------

Plant = Callable[[dict[str, Any]], Any]


def only_for_adults(raw: dict[str, Any]) -> None:
    """Leave somebody who answered otherwise without any option."""
    for number, each in enumerate(raw["questions"][1]["options"]):
        each |= {"value": f"way_{number}", "when": {"risk": ["adult"]}}


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (lambda raw: raw["questions"][0].pop("text"), "questions.risk: Does not say: text."),
        (lambda raw: raw.update(title=7), "title: Input should be a valid string."),
        (lambda raw: raw.update(id="../../etc"), "id: String should match pattern"),
        (lambda raw: raw.update(version="soon"), "version: Input should be a valid date"),
        (lambda raw: raw.update(questions="none"), "questions: Input should be a valid"),
        (lambda raw: raw.update(jurisdiction="mars"), "There is no standing advice for 'mars'."),
        (lambda raw: raw["questions"][0].update(text=[]), "questions.risk.text: Input should be"),
        (
            lambda raw: raw["questions"][1]["options"][0].update(then="<@U0123>"),
            "questions.purpose.options.yes.then: String should match pattern",
        ),
        (lambda raw: raw["outcomes"][0].update(verdict="${x}"), "outcomes.tell.verdict: Input"),
        (
            lambda raw: raw["questions"][2]["options"][0].update(then="risk"),
            "risk: The arrows run in a ring: risk > purpose > consent > risk. Cut one of them.",
        ),
        (
            lambda raw: raw["questions"][1]["options"][0].update(then="nowhere"),
            "purpose: The arrow of purpose=yes leads to 'nowhere', which is not here.",
        ),
        (
            only_for_adults,
            "purpose: No option applies. On: danger=no, risk=no.",
        ),
        (
            lambda raw: raw["outcomes"].append(outcome("lost", "share", "Consent.")),
            "lost: No arrow leads here.",
        ),
        (
            lambda raw: raw.update(include=[{"pack": "garden-2025", "version": date(2024, 1, 1)}]),
            "include: Includes garden-2025 of 2024-01-01, which is not here.",
        ),
        (
            lambda raw: raw["questions"][0].update(hint="Look \u202ehere"),
            "questions.risk.hint: Holds U+202E (right-to-left override), which nobody can see.",
        ),
        (
            lambda raw: raw["outcomes"][0].update(steps=["Fine.", "Wipe\x1b[2J it."]),
            "outcomes.tell.steps.1: Holds U+001B (a control character), which nobody can see.",
        ),
    ],
)
def test_what_a_pack_holds_wrongly_is_told_by_file_and_node(
    tmp_path: Path, plant: Plant, said: str
) -> None:
    draft = draft_of_ours()
    plant(draft.pack)
    place = filed(tmp_path, draft)

    lines = left_out(tmp_path)

    assert any(said in line for line in lines), lines
    assert all(line.startswith(f"{place}: ") for line in lines)


def empty(place: Path) -> None:
    place.write_text("")


def broken(place: Path) -> None:
    place.write_text('id = "garden-2025"\n\ntitle = Garden\n')


def garbled(place: Path) -> None:
    place.write_bytes(b'id = "garden-2025"\ntitle = "\xff"\n')


def huge(place: Path) -> None:
    place.write_bytes(b"#" * 10_000_000)


def deep(place: Path) -> None:
    place.write_text("id = " + "[" * 100_000)


def deep_keys(place: Path) -> None:
    place.write_text(".".join(["a"] * 100_000) + " = 1")


def ten_keys(place: Path) -> None:
    place.write_text(".".join(["a"] * 10) + " = 1")


def long_number(place: Path) -> None:
    place.write_text("id = " + "9" * 10_000)


def marked(place: Path) -> None:
    place.write_bytes(b"\xef\xbb\xbf" + place.read_bytes())


def strange_key(place: Path) -> None:
    place.write_text('"\\u001b[2J\\n" = 1\n' + place.read_text())


def long_key(place: Path) -> None:
    place.write_text(f"{'k' * 10_000} = 1\n" + place.read_text())


def endless_keys(place: Path) -> None:
    place.write_text("".join(f"k{number} = 1\n" for number in range(10_000)) + place.read_text())


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (empty, "file: Does not say: id, title, name, version, jurisdiction, status, published,"),
        (broken, "file: Not TOML: Invalid value (at line 3, column 9). Mend it there."),
        (garbled, "file: Not UTF-8 (at line 2): invalid start byte. Mend it there."),
        (marked, "file: Starts with a byte-order mark (at line 1): save it as plain UTF-8."),
        (huge, "file: The file has 10,000,000 bytes, more than 262,144. Split the pack."),
        (deep, "file: Nested too deep. Mend it there."),
        (deep_keys, "file: Nested too deep (at line 1). Mend it there."),
        (ten_keys, "a.a.a.a.a.a.a.a.a: Nested too deep. Take it out."),
        (long_number, "file: Not TOML: Exceeds the limit"),
        (strange_key, r"\x1b[2J\n: Extra inputs are not permitted."),
        (long_key, "kkk …: Extra inputs are not permitted."),
        (endless_keys, "Extra inputs are not permitted."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_at_once_by_its_line(
    tmp_path: Path, plant: Callable[[Path], None], said: str
) -> None:
    plant(filed(tmp_path))
    began = process_time()

    lines = left_out(tmp_path)

    assert process_time() - began < 2
    assert any(said in line for line in lines), lines[0][:500]
    assert len(lines) <= 20
    assert all(len(line) < 1_000 for line in lines)


def test_an_empty_pack_is_one_line_that_names_all_it_lacks(tmp_path: Path) -> None:
    empty(filed(tmp_path))

    [line] = left_out(tmp_path)

    assert line.endswith("sources, questions, outcomes. See policies/README.md for an example.")


# --- An owner's own cases for practice ----------------------------------------------------------

CASES = PLACE.with_name("practice.toml")


def own_case(**changes: Any) -> dict[str, Any]:
    return {
        "id": "weeds",
        "title": "Weeds in the bed",
        "you": "You have a garden",
        "theme": "Weeds",
        "story": ["A neighbour asks about your weeds."],
        "answers": {"danger": "no", "risk": "no", "purpose": "yes", "consent": "yes"},
        "outcome": "agreed",
        "lesson": "Ask before you tell.",
        **changes,
    }


def practised(folder: Path, *cases: dict[str, Any], pack: str = "garden-2025") -> Practice:
    """The garden pack with these cases beside it, as they are read."""
    filed(folder)
    file(folder / CASES, {"pack": pack, "cases": [*cases]})
    return read_again(folder)


def read_again(folder: Path) -> Practice:
    reading = outside.read(folder)
    assert reading.left_out == ()
    assert reading.own == {"garden-2025"}
    return outside.read_practice(folder, reading.library)


def test_an_owner_s_cases_come_before_the_shipped_ones(tmp_path: Path) -> None:
    practice = practised(tmp_path, own_case())

    assert practice.left_out == ()
    assert [case.id for case in practice.rehearsals[0].cases] == ["weeds"]
    assert practice.rehearsals[1:] == read_rehearsals()


def test_a_pack_needs_no_cases(tmp_path: Path) -> None:
    filed(tmp_path)

    assert read_again(tmp_path) == Practice(read_rehearsals(), ())


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ([own_case(outcome="stop")], "weeds: The answers reach 'agreed', not 'stop'."),
        ([own_case(id="open_window")], "open_window: Two cases have this id."),
        ([own_case(story=[])], "cases.weeds.story: Tuple should have at least 1 item"),
        ([own_case(lesson=3)], "cases.weeds.lesson: Input should be a valid string."),
        ([{"id": "weeds"}], "cases.weeds: Does not say: title, you, theme, story, answers,"),
    ],
)
def test_a_faulty_case_is_named_and_takes_nothing_else_away(
    tmp_path: Path, cases: list[dict[str, Any]], said: str
) -> None:
    practice = practised(tmp_path, *cases)

    [left] = practice.left_out
    assert left.pack == ""
    assert str(left.faults[0]).startswith(f"{tmp_path / CASES}: {said}")
    names = [case.id for rehearsal in practice.rehearsals for case in rehearsal.cases]
    assert len(names) == len({*names})
    assert practice.rehearsals[-1:] == read_rehearsals()


def test_cases_of_another_pack_are_refused(tmp_path: Path) -> None:
    [left] = practised(tmp_path, own_case(), pack="england-2024").left_out

    assert "pack: Is of the pack 'england-2024'. Its folder is garden-2025" in str(left.faults[0])


def test_cases_behind_a_link_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    filed(tmp_path / "packs")
    (tmp_path / "cases.toml").write_text("")
    (tmp_path / "packs" / CASES).symlink_to(tmp_path / "cases.toml")

    [left] = read_again(tmp_path / "packs").left_out

    assert "A link that leads out of the folder." in str(left.faults[0])
