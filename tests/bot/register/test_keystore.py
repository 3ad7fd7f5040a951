"""The key store: keys come back until they are destroyed, and then from nowhere."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.keys import Keyring, Unopenable
from bot.register.database import Database
from bot.register.keystore import KeyStore, open_text, seal_text
from bot.register.store import Register
from bot.register.tables import entry_keys
from tests.bot.register.conftest import Addresses
from tests.bot.register.drafts import KEYRING, SIGNER, a_draft, an_erasure


async def test_a_key_comes_back_as_put(register: Register) -> None:
    sealed = seal_text("Because.")

    await register.keystore.put([sealed])

    assert await register.keystore.get(sealed.key_id) == sealed.key
    assert await register.keystore.get("another") is None


async def test_destroying_one_key_keeps_the_others(register: Register) -> None:
    one, other = seal_text("One."), seal_text("Two.")
    await register.keystore.put([one, other])

    await register.keystore.erase([an_erasure(one.key_id)])

    assert await register.keystore.get(one.key_id) is None
    assert await register.keystore.get(other.key_id) == other.key


async def test_a_destroyed_key_leaves_no_bytes(files: Addresses, tmp_path: Path) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER)
    entry = (await register.append(a_draft(text="Because."))).entry
    assert entry.key is not None
    wrapped = await register.keystore.database.read(
        lambda connection: connection.scalar(select(entry_keys.c.wrapped))
    )
    assert isinstance(wrapped, bytes)
    assert _anywhere(tmp_path, "keys.db*", wrapped)

    await register.keystore.erase([an_erasure(entry.key)])
    await register.keystore.forget_history()

    assert not _anywhere(tmp_path, "keys.db*", wrapped)
    await register.close()


async def test_neither_store_holds_the_text_in_clear(files: Addresses, tmp_path: Path) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER)

    await register.append(a_draft(text="Because of the bruises."))

    assert not _anywhere(tmp_path, "*", b"bruises")
    await register.close()


async def test_keys_are_wrapped_by_the_keyring(files: Addresses) -> None:
    sealed = seal_text("Because.")
    database = Database.open(files.keys, name="key store", deadline=1.0)
    await KeyStore(database, KEYRING).prepare(1.0)
    await KeyStore(database, KEYRING).put([sealed])

    with pytest.raises(Unopenable):
        await KeyStore(database, Keyring((b"z" * 32,))).get(sealed.key_id)

    await database.close()


def test_a_text_opens_only_as_the_one_recorded() -> None:
    sealed = seal_text("Because.")

    text = open_text(sealed.key_id, sealed.key, sealed.sealed, sealed.digest)

    assert text == "Because."
    with pytest.raises(Unopenable):
        open_text(sealed.key_id, sealed.key, sealed.sealed, "0" * 64)
    with pytest.raises(Unopenable):
        open_text("another", sealed.key, sealed.sealed, sealed.digest)


def _anywhere(folder: Path, pattern: str, needle: bytes) -> bool:
    return any(needle in file.read_bytes() for file in folder.glob(pattern))
