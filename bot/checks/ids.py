"""The ids of checks: random, and bound to the practitioner who began them.

An id ends in a tag that only the owner's pseudonym and our key can make. Somebody else's id is
refused without asking any store, and nobody can open a check under an id of their own making.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets

from bot.keys import Keyring

SHAPE = re.compile(r"[a-z2-7]{16}[0-9a-f]{8}")
RANDOM_BYTES = 10
TAG = 8


def new_check(keyring: Keyring, owner: tuple[str, ...]) -> str:
    """An id for a new check of this owner."""
    nonce = base64.b32encode(secrets.token_bytes(RANDOM_BYTES)).decode().lower()
    return nonce + keyring.mark(owner[0], nonce)[:TAG]


def is_theirs(keyring: Keyring, owner: tuple[str, ...], check: str) -> bool:
    """Whether a check was begun by this owner, under any of the keys."""
    if not SHAPE.fullmatch(check):
        return False
    nonce, tag = check[:-TAG], check[-TAG:]
    marks = keyring.marks(owner, nonce)
    return any(hmac.compare_digest(tag, mark[:TAG]) for mark in marks)
