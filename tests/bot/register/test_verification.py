"""Verification: every way to tamper is found, with the row; an honest register has no fault."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, text, update

from bot.register.checkpoints import Checkpoint, mark_of
from bot.register.evidence import Evidence, NotEvidence, read_evidence
from bot.register.kept_tree import Altered
from bot.register.receipts import receipt_of
from bot.register.signing import Signer
from bot.register.store import Register
from bot.register.tables import checkpoints, entries, entry_keys, erasures, sealed_texts
from bot.register.verification import Report, Verification
from tests.bot.register.conftest import Addresses
from tests.bot.register.drafts import KEYRING, SIGNER, TODAY, a_draft
from tests.bot.register.tampering import fill, forged, tamper

NOTHING = Evidence()


async def verify(
    register: Register, evidence: Evidence = NOTHING, signer: Signer = SIGNER
) -> Report:
    return await Verification(register.database, register.keystore, signer, evidence).run()


async def said(register: Register, evidence: Evidence = NOTHING) -> list[str]:
    return list(map(str, (await verify(register, evidence)).faults))


async def some(register: Register, count: int = 8, every: int = 4) -> Checkpoint:
    """A register with a checkpoint now and then, two texts, and one of them erased."""
    await register.append(a_draft("erased", text="Because."))
    await register.append(a_draft("kept", text="Because of something else."))
    await register.erasing.erase(await register.erasing.of("erased"), "a request", TODAY)
    head = await register.heads.write()
    for first in range(3, count + 1, every):
        await fill(register, min(every, count + 1 - first), first)
        head = await register.heads.write()
    assert head is not None
    return head


async def test_an_honest_register_has_no_fault(register: Register) -> None:
    await some(register, 600, 100)

    report = await verify(register)

    assert report.faults == []
    assert (report.size, report.erased, report.heads, report.agreed) == (600, 1, 7, 600)


async def test_an_empty_register_has_no_fault(register: Register) -> None:
    report = await verify(register)

    assert (report.sound, report.size, report.agreed) == (True, 0, 0)


COLUMNS: dict[str, Any] = {
    "kind": "decision",
    "check": "another",
    "revision": 9,
    "at": TODAY.replace(day=3),
    "body": '{"verdict":"share"}',
    "reference": "SC-99999999",
    "salt": b"s" * 32,
    "commitment": b"c" * 32,
    "text_digest": "d" * 64,
    "key": "k" * 32,
    "seal": b"s" * 32,
}


def test_every_column_is_tampered_with() -> None:
    assert COLUMNS.keys() | {"seq"} == {column.name for column in entries.c}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("row", [2, 5])
async def test_an_edit_of_any_column_is_found(register: Register, column: str, row: int) -> None:
    await some(register)
    await tamper(
        register, update(entries).where(entries.c.seq == row).values({column: COLUMNS[column]})
    )

    faults = await said(register)

    assert faults[0].startswith(f"Entry {row}: ")


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "reference"])
async def test_an_emptied_column_is_found(register: Register, column: str) -> None:
    if register.database.engine.dialect.name == "postgresql" and column not in {
        "text_digest",
        "key",
        "seal",
    }:
        pytest.skip("the column is NOT NULL")
    await some(register)
    await tamper(register, _allow_null_and_set(column))

    assert (await said(register))[0].startswith("Entry 2: ")


def _allow_null_and_set(column: str) -> Callable[[Connection], None]:
    def work(connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA writable_schema = ON"))
            connection.execute(
                text(
                    "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '        ')"
                    " WHERE name = 'entries'"
                )
            )
            connection.execute(text("PRAGMA writable_schema = RESET"))
        connection.execute(update(entries).where(entries.c.seq == 2).values({column: None}))

    return work


async def test_a_deleted_row_is_found(register: Register) -> None:
    await some(register)
    await tamper(register, "DELETE FROM entries WHERE seq = 5")

    faults = await said(register)

    assert faults[0] == "Entry 5: missing."


async def test_a_deleted_stretch_is_found(register: Register) -> None:
    await some(register)
    await tamper(register, "DELETE FROM entries WHERE seq IN (4, 5, 6)")

    assert (await said(register))[0] == "Entry 4: missing, as are all up to 6."


async def test_a_row_deleted_with_the_gap_closed_is_found(register: Register) -> None:
    await some(register)

    def work(connection: Connection) -> None:
        connection.execute(delete(entries).where(entries.c.seq == 5))
        for seq in range(6, 9):
            connection.execute(update(entries).where(entries.c.seq == seq).values(seq=seq - 1))

    await tamper(register, work)

    assert (await said(register))[0] == "Entry 5: it was written as entry 6 and stands here now."


async def test_a_slipped_in_row_is_found(register: Register) -> None:
    await some(register)

    def work(connection: Connection) -> None:
        for seq in (8, 7, 6, 5):
            connection.execute(update(entries).where(entries.c.seq == seq).values(seq=seq + 1))
        connection.execute(insert(entries), forged(5, check="forged", seal=b"f" * 32))

    await tamper(register, work)

    faults = await said(register)
    assert faults[0].startswith("Entry 5: the register did not write this here")
    assert faults[1] == "Entry 6: it was written as entry 5 and stands here now."


@pytest.mark.parametrize("seal", [None, b"f" * 32])
async def test_an_added_row_is_found_before_any_checkpoint(
    register: Register, seal: bytes | None
) -> None:
    await some(register)
    await tamper(register, insert(entries).values(forged(9, seal=seal)))

    [fault] = await said(register)
    assert fault.startswith("Entry 9: the register did not write this here: it was altered")


async def test_swapped_rows_are_found(register: Register) -> None:
    await some(register)

    def work(connection: Connection) -> None:
        for seq, there in ((4, 99), (5, 4), (99, 5)):
            connection.execute(update(entries).where(entries.c.seq == seq).values(seq=there))

    await tamper(register, work)

    assert (await said(register))[:2] == [
        "Entry 4: it was written as entry 5 and stands here now.",
        "Entry 5: it was written as entry 4 and stands here now.",
    ]


async def test_a_copied_row_is_found(register: Register) -> None:
    await some(register)

    def work(connection: Connection) -> None:
        _drop_unique(connection)
        row = connection.execute(entries.select().where(entries.c.seq == 4)).mappings().one()
        connection.execute(insert(entries), {**row, "seq": 9})

    await tamper(register, work)

    faults = await said(register)
    assert faults[0].startswith("Entry 9: ")
    assert "Entry 9: it is entry 4 again." in faults


async def test_a_row_number_that_is_there_twice_is_found(files: Addresses) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER)
    await some(register)

    def work(connection: Connection) -> None:
        _drop_unique(connection)
        connection.execute(text("INSERT INTO entries SELECT * FROM old WHERE seq = 4"))

    await tamper(register, work)

    faults = await said(register)

    assert faults[0] == "A row with the number 4 stands where none belongs."
    await register.close()


async def test_truncation_is_found(register: Register) -> None:
    await some(register)
    await tamper(register, "DELETE FROM entries WHERE seq > 5")

    faults = await said(register)

    assert faults[0].startswith("Entry 6: missing; the checkpoint of")


async def test_emptying_is_found(register: Register) -> None:
    await some(register)
    await tamper(register, "DELETE FROM entries")

    assert (await said(register))[0].startswith("Entry 1: missing")


@pytest.mark.parametrize("row", [1, 5, 8])
async def test_recomputed_hashes_are_found(register: Register, row: int) -> None:
    await some(register)
    fake = forged(row)
    values = {name: fake[name] for name in ("body", "commitment", "salt", "reference")}
    values |= {"text_digest": None, "key": None} if row == 1 else {}
    fake = forged(row, check="erased") if row == 1 else fake
    values["commitment"] = fake["commitment"]
    values["salt"] = fake["salt"]
    await tamper(register, update(entries).where(entries.c.seq == row).values(values))

    faults = await said(register)

    assert faults[0].startswith(f"Entry {row}: the register did not write this here")


async def test_recomputed_hashes_without_a_seal_or_checkpoint_left_are_found(
    register: Register,
) -> None:
    await some(register)

    def work(connection: Connection) -> None:
        fake = forged(5)
        values = {name: fake[name] for name in ("body", "commitment", "salt")}
        connection.execute(update(entries).where(entries.c.seq == 5).values(values))
        connection.execute(update(entries).values(seal=None))
        connection.execute(delete(checkpoints))

    await tamper(register, work)

    faults = await said(register)
    assert len(faults) == 8
    assert faults[4].startswith("Entry 5: the register did not write this here")
    with pytest.raises(Altered):
        await register.heads.write()


@pytest.mark.parametrize("row", [1, 2, 8])
async def test_a_seal_taken_away_is_found(register: Register, row: int) -> None:
    await some(register)
    await tamper(register, update(entries).where(entries.c.seq == row).values(seal=None))

    [fault] = await said(register)
    assert fault.startswith(f"Entry {row}: the register did not write this here")


async def test_a_key_that_was_altered_is_found(register: Register) -> None:
    await register.append(a_draft("1", text="a reason"))
    entry = (await register.append(a_draft("2", text="another"))).entry

    def work(connection: Connection) -> None:
        connection.execute(
            update(entry_keys).where(entry_keys.c.id == entry.key).values(wrapped=b"w" * 60)
        )

    await register.keystore.database.write(lambda held: held.run_sync(work))

    assert await said(register) == [
        "Entry 2: its key was altered, or none of SECRET_KEYS opens it."
    ]


async def test_rollback_and_regrowth_are_found_with_what_was_kept(register: Register) -> None:
    kept = await some(register)

    def back_to_two(connection: Connection) -> None:
        connection.execute(delete(entries).where(entries.c.seq > 2))
        connection.execute(delete(checkpoints).where(checkpoints.c.size > 2))

    await tamper(register, back_to_two)
    # The register itself grows on, with all its keys, as if nothing had been.
    await fill(register, 9, first=3)
    await register.heads.write()

    assert await said(register) == []
    [fault] = await said(register, Evidence((kept,)))
    assert fault.startswith("Entries 1 to 8 are not those that the checkpoint that was kept of 20")


async def test_rollback_alone_is_found_with_what_was_kept(register: Register) -> None:
    kept = await some(register)

    def back_to_two(connection: Connection) -> None:
        connection.execute(delete(entries).where(entries.c.seq > 2))
        connection.execute(delete(checkpoints).where(checkpoints.c.size > 2))

    await tamper(register, back_to_two)

    assert await said(register) == []
    [fault] = await said(register, Evidence((kept,)))
    assert fault.startswith("Entry 3: missing, as are all up to 8; the checkpoint that was kept")


async def test_a_rewriter_who_holds_the_key_is_found_with_what_was_kept(
    register: Register,
) -> None:
    kept = await some(register)

    def rewrite(connection: Connection) -> None:
        fake = forged(5)
        fake["seal"] = SIGNER.seal(5, fake["commitment"])
        connection.execute(delete(entries).where(entries.c.seq == 5))
        connection.execute(insert(entries), fake)
        connection.execute(delete(checkpoints).where(checkpoints.c.size > 2))
        connection.execute(text("DELETE FROM tree_nodes"))

    await tamper(register, rewrite)
    await register.heads.write()

    assert await said(register) == []
    [fault] = await said(register, Evidence((kept,)))
    assert fault.startswith("Entries 1 to 8 are not those")


async def test_a_forged_checkpoint_in_the_register_is_found(register: Register) -> None:
    await some(register)
    await tamper(
        register, update(checkpoints).where(checkpoints.c.size == 6).values(signature=b"f" * 64)
    )

    assert await said(register) == [
        "The checkpoint of 6 entries is forged: its signature is not the register's."
    ]


@pytest.mark.parametrize(
    ("column", "value"), [("root", b"r" * 32), ("time", "2020-01-01T00:00Z"), ("key", "0" * 16)]
)
async def test_an_edited_checkpoint_is_found(
    register: Register, column: str, value: object
) -> None:
    await some(register)
    await tamper(
        register, update(checkpoints).where(checkpoints.c.size == 6).values({column: value})
    )

    [fault] = await said(register)
    assert fault.startswith("The checkpoint of 6 entries ")


async def test_a_forged_checkpoint_from_outside_is_found(register: Register) -> None:
    head = await some(register)
    forger = Signer((b"f" * 32,))
    root = b"r" * 32
    other = Checkpoint.signed(forger, 8, root, datetime(2026, 1, 1, tzinfo=UTC))
    claimed = Checkpoint(8, root, other.time, head.key, other.signature)

    assert "is not in SIGNING_KEY" in (await said(register, Evidence((other,))))[0]
    assert "is forged" in (await said(register, Evidence((claimed,))))[0]


async def test_a_checkpoint_kept_from_before_agrees(register: Register) -> None:
    kept = await some(register)
    await fill(register, 5, first=9)

    report = await verify(register, Evidence((kept,)))

    assert (report.faults, report.size, report.agreed) == ([], 13, 8)


async def test_marks_and_receipts_are_evidence_too(register: Register) -> None:
    head = await some(register)
    entry = await register.entry(5)
    assert entry is not None
    receipt = await receipt_of(register.heads, entry)
    lines = f"{mark_of(entry)}\n\n{mark_of(entry, head)}\n{json.dumps(receipt.values())}\n"

    evidence = read_evidence(lines)

    assert (len(evidence.checkpoints), len(evidence.marks), evidence.reaches) == (1, 2, 8)
    assert (await verify(register, evidence)).sound
    await tamper(register, "DELETE FROM entries WHERE seq > 4")
    await tamper(register, "DELETE FROM checkpoints WHERE size > 4")
    faults = await said(register, evidence)
    assert faults[0].startswith("Entry 5: missing")
    assert "Entry 5: missing; a mark or receipt was given for it." in faults


async def a_kept_receipt(register: Register, seq: int) -> Any:
    entry = await register.entry(seq)
    assert entry is not None
    return json.loads(json.dumps((await receipt_of(register.heads, entry)).values()))


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("entry", "revision", 2),
        ("entry", "seq", 5),
        ("entry", "salt", "00" * 32),
        ("checkpoint", "root", "00" * 32),
        ("checkpoint", "signature", "00" * 64),
        (None, "code", "4-000000000000-8-00000000000000000000"),
        (None, "proof", []),
        (None, "entry", "none"),
    ],
)
async def test_a_forged_receipt_from_outside_is_found(
    register: Register, part: str | None, name: str, value: object
) -> None:
    await some(register)
    receipt = await a_kept_receipt(register, 4)
    assert await said(register, read_evidence(json.dumps(receipt))) == []

    (receipt[part] if part else receipt)[name] = value

    faults = await said(register, read_evidence(json.dumps(receipt)))
    assert any("the receipt that was kept is forged" in fault for fault in faults)


async def test_a_receipt_names_the_row_that_a_holder_of_the_key_wrote_anew(
    register: Register,
) -> None:
    await some(register)
    receipt = await a_kept_receipt(register, 4)
    fake = forged(4)
    fake["seal"] = SIGNER.seal(4, fake["commitment"])
    values = {name: fake[name] for name in ("body", "salt", "commitment", "seal")}
    await tamper(register, update(entries).where(entries.c.seq == 4).values(values))

    faults = await said(register, read_evidence(json.dumps(receipt)))

    assert "Entry 4: it is not the one that the mark or receipt was given for." in faults


async def test_a_mark_of_another_entry_is_found(register: Register) -> None:
    head = await some(register)
    entry, other = await register.entry(5), await register.entry(6)
    assert entry is not None
    assert other is not None
    mark = str(mark_of(entry, head)).replace("5-", "6-", 1)

    assert await said(register, read_evidence(mark)) == [
        "Entry 6: it is not the one that the mark or receipt was given for."
    ]
    wrong = str(mark_of(entry, head))[:-4] + "0000"
    [fault] = await said(register, read_evidence(wrong))
    assert "the mark that was kept saw" in fault


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("", "It is empty"),
        ("{}", "What it holds"),
        ("5-0123456789ab\nx", "Line 2"),
        ("[", "Line 1"),
    ],
)
def test_a_file_without_evidence_is_told(content: str, where: str) -> None:
    with pytest.raises(NotEvidence, match=where):
        read_evidence(content)


async def test_an_altered_sealed_text_is_found(register: Register) -> None:
    await some(register)
    await tamper(register, update(sealed_texts).values(sealed=b"another"))

    assert await said(register) == [
        "Entry 2: its sealed text is not the one that it was written with."
    ]


async def test_a_text_that_went_without_a_word_is_found(register: Register) -> None:
    await some(register)
    await tamper(register, delete(sealed_texts))

    assert await said(register) == [
        "Entry 2: its sealed text is gone, and no record says that it was erased."
    ]


async def test_a_key_that_went_without_a_word_is_found(register: Register) -> None:
    await some(register)
    await register.keystore._database.write(
        lambda connection: connection.execute(text("DELETE FROM entry_keys"))
    )

    assert await said(register) == [
        "Entry 2: its key is gone, and no record says that it was erased."
    ]


@pytest.mark.parametrize(
    ("column", "value"), [("policy", "another"), ("at", TODAY.replace(day=9)), ("signature", b"f")]
)
async def test_a_forged_record_of_erasure_is_found(
    register: Register, column: str, value: object
) -> None:
    await some(register)
    await tamper(register, update(erasures).values({column: value}))

    assert await said(register) == ["Entry 1: the record of its text's erasure is forged."]


async def test_a_text_of_no_entry_is_found(register: Register) -> None:
    await some(register)
    await tamper(register, insert(sealed_texts).values(key="orphan", sealed=b"x"))

    assert await said(register) == ["1 sealed texts belong to no entry."]


async def test_a_wrong_kept_hash_is_found(register: Register) -> None:
    await some(register, 600, 300)
    await tamper(register, "UPDATE tree_nodes SET hash = hash || hash WHERE place = 1")

    assert await said(register) == ["The kept hash over entries 257 to 512 is not theirs."]


@pytest.mark.parametrize("column", [*COLUMNS, "seq"])
@pytest.mark.parametrize("value", ["word", b"\x00\xff", 7, -1.5])
async def test_values_of_any_kind_are_reported_and_never_stop_it(
    files: Addresses, column: str, value: object
) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER)
    await some(register, 5)
    await tamper(
        register,
        lambda connection: connection.exec_driver_sql(
            f'UPDATE entries SET "{column}" = ? WHERE seq = 2',  # noqa: S608
            (value,),
        ),
    )

    assert await said(register)
    await register.close()


async def test_many_faults_are_counted_and_not_all_kept(register: Register) -> None:
    await fill(register, 1_500)
    await tamper(register, "UPDATE entries SET revision = 2")

    report = await verify(register)

    assert len(report.faults) == 1_000
    assert report.more == 500


def _drop_unique(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE entries DROP CONSTRAINT one_entry_a_revision"))
        return
    connection.execute(text("ALTER TABLE entries RENAME TO old"))
    connection.execute(text("CREATE TABLE entries AS SELECT * FROM old"))


async def test_keys_that_no_entry_has_are_counted(register: Register) -> None:
    for number in range(4):
        await register.append(a_draft(str(number), text="a reason"))
    assert (await verify(register)).keys_alone == 0

    await tamper(register, "DELETE FROM entries WHERE seq > 1")
    await tamper(register, "DELETE FROM sealed_texts")

    assert (await verify(register)).keys_alone == 3
