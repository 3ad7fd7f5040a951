"""A signing key that is lost: said in a line, and there is a way on that hides nothing."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import delete, update

from bot.keys import BrokenKeys
from bot.register.checkpoints import Checkpoint
from bot.register.evidence import Evidence
from bot.register.kept_tree import Altered
from bot.register.receipt_check import check
from bot.register.receipts import receipt_of
from bot.register.signing import Signer
from bot.register.store import Register
from bot.register.tables import checkpoints, entries
from bot.register.verification import Report, Verification
from tests.bot.register.conftest import Addresses
from tests.bot.register.drafts import KEYRING, SIGNER, a_draft
from tests.bot.register.tampering import fill, tamper

NEW = base64.urlsafe_b64encode(b"n" * 32).decode()
AFTER = Signer.parse(f"{NEW}, public:{SIGNER.public_key}")


@asynccontextmanager
async def opened(addresses: Addresses, signer: Signer) -> AsyncIterator[Register]:
    register = await Register.open(addresses.register, addresses.keys, KEYRING, signer)
    yield register
    await register.close()


async def verified(register: Register, signer: Signer = AFTER) -> Report:
    reading = Verification(register.database, register.keystore, signer, Evidence())
    return await reading.run()


async def lost(register: Register) -> Checkpoint:
    """Seven entries, five of them in a checkpoint, before the key is lost."""
    await fill(register, 5)
    head = await register.heads.write()
    await fill(register, 2, first=6)
    assert head is not None
    return head


async def test_the_other_key_alone_signs_nothing_and_is_told(
    register: Register, addresses: Addresses
) -> None:
    await lost(register)
    async with opened(addresses, Signer.parse(NEW)) as other:
        report = await verified(other, Signer.parse(NEW))

        assert tuple(report.strange) == (SIGNER.key_id,)
        assert not report.sound
        with pytest.raises(Altered, match=f"names key {SIGNER.key_id}"):
            await other.heads.write()


async def test_the_public_key_is_enough_for_what_a_checkpoint_covers(
    register: Register, addresses: Addresses
) -> None:
    await fill(register, 5)
    await register.heads.write()
    async with opened(addresses, AFTER) as other:
        await other.append(a_draft("next"))

        head = await other.heads.write()
        report = await verified(other)

        assert head is not None
        assert (head.size, head.key) == (6, AFTER.key_id)
        assert (report.faults, report.unsealed) == ([], 5)


async def test_what_nothing_vouches_for_is_named_until_it_is_signed_as_it_stands(
    register: Register, addresses: Addresses
) -> None:
    await lost(register)
    async with opened(addresses, AFTER) as other:
        await other.append(a_draft("next"))

        [fault] = (await verified(other)).faults
        assert str(fault) == (
            "Entry 6: sealed with a key that is lost, and no checkpoint covers it, "
            "as are all up to 7."
        )
        with pytest.raises(Altered, match="Entry 6 has a seal of none of our keys"):
            await other.heads.write()

        head = await other.heads.write(as_it_stands=True)
        report = await verified(other)

        assert head is not None
        assert (head.size, report.faults, report.unsealed) == (8, [], 7)


async def test_what_is_altered_under_a_lost_key_is_still_found(
    register: Register, addresses: Addresses
) -> None:
    await lost(register)
    async with opened(addresses, AFTER) as other:
        await other.heads.write(as_it_stands=True)
        await tamper(other, update(entries).where(entries.c.seq == 2).values(revision=9))
        assert (await verified(other)).faults[0].row == 2

        await tamper(other, delete(checkpoints))
        assert not (await verified(other)).sound


async def test_nothing_is_signed_as_it_stands_while_no_key_is_lost(register: Register) -> None:
    await fill(register, 3)
    await tamper(register, update(entries).where(entries.c.seq == 2).values(seal=b"f" * 32))

    with pytest.raises(Altered, match="Entry 2 is not the one"):
        await register.heads.write(as_it_stands=True)


async def test_a_receipt_from_before_is_checked_with_the_key_of_its_time(
    register: Register,
) -> None:
    await lost(register)
    entry = await register.entry(3)
    assert entry is not None
    values = (await receipt_of(register.heads, entry)).values()

    assert check(values, AFTER.public_keys[SIGNER.key_id]).startswith("Proved: entry 3")


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (f"public:{SIGNER.public_key}", "the first has to be a seed"),
        (f"public:{SIGNER.public_key},{NEW}", "the first has to be a seed"),
        (f"{NEW},public:!!!", "public:: key 1 is not base64url"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_a_line(setting: str, told: str) -> None:
    with pytest.raises(BrokenKeys, match=told):
        Signer.parse(setting)
