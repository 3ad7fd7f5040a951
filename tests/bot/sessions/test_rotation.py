"""A practitioner keeps everything while the keys change."""

import secrets

import pytest

from bot.keys import Keyring
from bot.sessions import DeskItem, Gone, Held, Owner, Sessions
from tests.bot.sessions.turns import drop, save


async def test_a_new_key_reads_what_the_old_one_wrote(
    sessions: Sessions, owner: Owner, rotated: tuple[Sessions, Keyring]
) -> None:
    renewed, _ = rotated
    names = (secrets.token_hex(8), owner[0])
    await save(sessions, owner, None, 1, b"first", DeskItem("c1", b"open"))

    assert await renewed.load(names, "c1") == Held(1, b"first")
    assert await renewed.desk(names) == (DeskItem("c1", b"open"),)


async def test_the_next_turn_moves_to_the_new_name(
    sessions: Sessions, owner: Owner, rotated: tuple[Sessions, Keyring]
) -> None:
    renewed, _ = rotated
    names = (secrets.token_hex(8), owner[0])
    await save(sessions, owner, None, 1, b"first", DeskItem("c1", b"open"))

    standing = await save(renewed, names, 1, 2, b"second", DeskItem("c1", b"open"))

    assert standing is None
    assert await renewed.load(names[:1], "c1") == Held(2, b"second")
    assert await sessions.load(owner, "c1") is None
    assert await sessions.desk(owner) == ()


async def test_a_racer_under_an_old_name_gets_what_stands(
    sessions: Sessions, owner: Owner, rotated: tuple[Sessions, Keyring]
) -> None:
    renewed, _ = rotated
    names = (secrets.token_hex(8), owner[0])
    await save(sessions, owner, None, 1, b"first")
    await save(sessions, owner, 1, 2, b"second")

    assert await save(renewed, names, 1, 2, b"other") == Held(2, b"second")
    assert await save(renewed, names, 1, 2, b"second") is None
    with pytest.raises(Gone):
        await renewed.save(names, "lost", expected=1, turn=2, value=b"", desk=None)


async def test_a_drop_reaches_the_old_name(
    sessions: Sessions, owner: Owner, rotated: tuple[Sessions, Keyring]
) -> None:
    renewed, _ = rotated
    names = (secrets.token_hex(8), owner[0])
    await save(sessions, owner, None, 1, b"first", DeskItem("c1", b"open"))

    await drop(renewed, names, 1)

    assert await renewed.load(names, "c1") is None
    assert await renewed.desk(names) == ()
