"""What is filed is read, and what cannot be read is refused with its place and a remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies import limits
from policies.filing import FaultyPack, _named, parse, read_contacts, read_files
from policies.library import SHIPPED
from policies.model import Pack
from tests.policies.builders import Draft, file

DAMAGE = [
    b"[" * 9,
    b"]]",
    b"{",
    b'"',
    b'"""',
    b"=",
    b"\n",
    b"\\u202e",
    b"2026-99-99",
    b"a.b = 1\n",
]


def refused(folder: Path) -> list[str]:
    """What is said of a folder that cannot be used, a line a fault."""
    with pytest.raises(FaultyPack) as refusal:
        read_files(folder)
    return str(refusal.value).split("\n")


def test_a_sound_folder_is_read_as_filed(tmp_path: Path) -> None:
    Draft().write(tmp_path)

    packs, standing = read_files(tmp_path)

    assert [pack.id for pack in packs] == ["garden-2025"]
    assert [advice.jurisdiction for advice in standing] == ["england"]


def test_the_shipped_files_can_all_be_read() -> None:
    packs, standing = read_files(SHIPPED)

    assert {"briefing-2018", "croydon-2008", "england-2024"} <= {pack.id for pack in packs}
    assert [advice.jurisdiction for advice in standing] == ["england"]


def grown(place: Path) -> None:
    place.write_text("#" * (limits.PACK_BYTES + 1))


def broken(place: Path) -> None:
    place.write_text("id = garden")


def garbled(place: Path) -> None:
    place.write_bytes(b'id = "\xff"')


def a_folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


def renamed(place: Path) -> None:
    place.rename(place.with_stem("2025-05-02"))


def misspelt(place: Path) -> None:
    place.write_text(place.read_text() + 'nmae = "Garden"\n')


def without_questions(place: Path) -> None:
    draft = Draft()
    draft.pack["questions"] = []
    file(place, draft.pack)


@pytest.mark.parametrize(
    ("plant", "node", "problem", "remedy"),
    [
        (grown, "file", "The file has 262,145 bytes, more than 262,144.", "Split the pack."),
        (broken, "file", "Not TOML: Invalid value (at line 1", "Mend it there."),
        (garbled, "file", "Not UTF-8 (at line 1): invalid start byte.", "Mend it there."),
        (a_folder, "file", "Cannot be read: Is a directory.", "Check the path."),
        (renamed, "version", "It says it is garden-2025 of 2025-05-01.", "File it as garden-2025"),
        (misspelt, "nmae", "Extra inputs are not permitted.", "See policies/model.py"),
        (without_questions, "questions", "should have at least 1 item", "See policies/model.py"),
    ],
)
def test_a_planted_fault_is_told_in_one_line(
    tmp_path: Path, plant: Callable[[Path], None], node: str, problem: str, remedy: str
) -> None:
    plant(Draft().write(tmp_path))

    line = refused(tmp_path)[0]

    assert "garden-2025/2025-05-0" in line
    assert f".toml: {node}: " in line
    assert problem in line
    assert remedy in line


def test_a_file_in_another_folder_is_refused(tmp_path: Path) -> None:
    draft = Draft()
    draft.write(tmp_path)
    file(tmp_path / "packs" / "meadow" / "2025-05-01.toml", draft.pack)

    [line] = refused(tmp_path)

    assert "meadow/2025-05-01.toml: version: It says it is garden-2025" in line


def test_the_faults_of_every_file_come_together(tmp_path: Path) -> None:
    misspelt(Draft().write(tmp_path))
    draft = Draft()
    draft.pack |= {"id": "meadow-2025", "status": "lost", "title": "x" * 25}
    file(tmp_path / "packs" / "meadow-2025" / "2025-05-01.toml", draft.pack)

    nodes = [line.split(": ")[1] for line in refused(tmp_path)[:3]]

    assert nodes == ["nmae", "title", "status"]


def test_an_empty_folder_is_refused_with_its_path(tmp_path: Path) -> None:
    [line] = refused(tmp_path)

    assert line.startswith(f"{tmp_path}: folder: No pack or no standing advice here.")
    assert "Point to a folder that holds packs/<id>/<date>.toml and standing/." in line


def test_packs_without_standing_advice_are_refused(tmp_path: Path) -> None:
    Draft().write(tmp_path)
    (tmp_path / "standing" / "england" / "2025-01-01.toml").unlink()

    assert "No pack or no standing advice here." in refused(tmp_path)[0]


def test_an_organisation_s_contacts_are_read(tmp_path: Path) -> None:
    lead = {"role": "lead", "name": "Our lead", "number": "020 7946 0021"}
    place = file(tmp_path / "contacts.toml", {"contacts": [lead]})

    [contact] = read_contacts(place)

    assert (contact.role, contact.number) == ("lead", "020 7946 0021")


def test_a_contacts_file_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyPack, match="file: Cannot be read: No such file") as refusal:
        read_contacts(tmp_path / "contacts.toml")

    assert "Check the path." in str(refusal.value)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_file_damaged_anywhere_is_read_or_refused_in_one_line(data: st.DataObject) -> None:
    place = SHIPPED / "packs" / "briefing-2018" / "2018-07-04.toml"
    raw = place.read_bytes()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(start + 40, len(raw))))
    damage = data.draw(st.binary(max_size=20) | st.sampled_from(DAMAGE))

    with TemporaryDirectory() as folder:
        damaged = Path(folder) / place.name
        damaged.write_bytes(raw[:start] + damage + raw[end:])
        try:
            parse(damaged, Pack)
        except FaultyPack as refusal:
            lines = [str(fault) for fault in refusal.faults]
        else:
            lines = []

    assert all(line.isprintable() for line in lines)


def test_a_place_that_the_file_does_not_have_keeps_its_number() -> None:
    data = {"questions": [{"id": "purpose"}]}

    assert _named(data, ("questions", 0, "text")) == "questions.purpose.text"
    assert _named(data, ("questions", 7, "text")) == "questions.7.text"
