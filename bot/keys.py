"""The keyring: what seals stored values and turns a practitioner into a pseudonym.

Theory. SECRET_KEYS holds one or more 32-byte keys. The first seals, all of them open, so a key
is rotated by putting a new one in front and taking the old one away when nothing needs it. No
key is used as it stands: each is expanded into one subkey for each end (sealing, naming owners,
marking checks), so that nothing learnt about one end helps against another.
"""

import base64
import binascii
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

KEY_BYTES = 32
NONCE_BYTES = 12
PSEUDONYM_BYTES = 16
KEY_FILE = "secret_keys"


class BrokenKeys(ValueError):
    """A setting does not hold usable keys."""


class Unopenable(Exception):
    """A sealed value was altered, belongs under another name, or its key is gone."""


class Keyring:
    """Every key in use: the first seals and names, all of them open and recognise."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        """Derive the subkeys, once."""
        self._sealing = tuple(AESGCM(subkey(key, b"sealing")) for key in keys)
        self._owner = tuple(subkey(key, b"owner") for key in keys)
        self._mark = tuple(subkey(key, b"mark") for key in keys)

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """Read comma-separated base64url keys of 32 bytes."""
        return cls(read_keys(text, "SECRET_KEYS"))

    def seal(self, plain: bytes, name: str) -> bytes:
        """Encrypt under the first key, bound to the name it is stored under."""
        return _encrypted(self._sealing[0], plain, name)

    def open(self, sealed: bytes, name: str) -> bytes:
        """Decrypt what any of the keys sealed under this name."""
        for cipher in self._sealing:
            try:
                return _decrypted(cipher, sealed, name)
            except Unopenable:
                continue
        raise Unopenable("A stored value cannot be opened with any of SECRET_KEYS.")

    def owners(self, *parts: str) -> tuple[str, ...]:
        """Name one practitioner under every key, the current key first."""
        return tuple(_pseudonym(key, parts) for key in self._owner)

    def mark(self, owner: str, check: str) -> str:
        """Name the owner of one check, unlike the name they have in any other check."""
        return _pseudonym(self._mark[0], (owner, check))

    def marks(self, owners: tuple[str, ...], check: str) -> tuple[str, ...]:
        """Give every mark this owner may have left on a check, the current key's first."""
        pairs = zip(self._mark, owners, strict=True)
        return tuple(_pseudonym(key, (owner, check)) for key, owner in pairs)


def new_key() -> bytes:
    """Make a key for one value."""
    return secrets.token_bytes(KEY_BYTES)


def seal_with(key: bytes, plain: bytes, name: str) -> bytes:
    """Encrypt under a key of the value's own, bound to the name it is stored under."""
    return _encrypted(AESGCM(key), plain, name)


def open_with(key: bytes, sealed: bytes, name: str) -> bytes:
    """Decrypt what was sealed under a key of its own."""
    return _decrypted(AESGCM(key), sealed, name)


def read_keys(text: str, setting: str) -> tuple[bytes, ...]:
    """Read a setting's comma-separated base64url keys of 32 bytes."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not words:
        raise BrokenKeys(f"{setting} holds no key.")
    return tuple(_decoded(word, place, setting) for place, word in enumerate(words, start=1))


def development_keys(folder: Path, name: str = KEY_FILE) -> str:
    """Make keys once in a folder, for development, and read the same ones ever after."""
    place = folder / name
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write_once(place, base64.urlsafe_b64encode(new_key()))
    return place.read_text("ascii").strip()


def _write_once(place: Path, content: bytes) -> None:
    """Put a whole file in place, unless another process was first."""
    draft = place.with_name(f".{place.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, refuses to replace the keys that somebody already uses.
        os.link(draft, place)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _decoded(word: str, place: int, setting: str) -> bytes:
    padded = word + "=" * (-len(word) % 4)
    try:
        key = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        # The cause would carry the key's text into a traceback.
        raise BrokenKeys(f"{setting}: key {place} is not base64url.") from None
    if len(key) != KEY_BYTES:
        raise BrokenKeys(f"{setting}: key {place} is {len(key)} bytes long, not {KEY_BYTES}.")
    return key


def subkey(key: bytes, end: bytes) -> bytes:
    """Expand a key into one for a single end."""
    return HKDFExpand(SHA256(), KEY_BYTES, b"share-check/" + end + b"/1").derive(key)


def _encrypted(cipher: AESGCM, plain: bytes, name: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, name.encode())


def _decrypted(cipher: AESGCM, sealed: bytes, name: str) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], name.encode())
    except (InvalidTag, ValueError):
        # A ValueError is a nonce cut short: the value is as unreadable as an altered one.
        raise Unopenable("A stored value was altered or sealed under another key.") from None


def _pseudonym(key: bytes, parts: tuple[str, ...]) -> str:
    """Keyed digest of parts that no other parts can imitate: each goes with its length."""
    encoded = [part.encode() for part in parts]
    message = b"".join(len(part).to_bytes(8, "big") + part for part in encoded)
    return hmac.digest(key, message, "sha256")[:PSEUDONYM_BYTES].hex()
