"""Checks a receipt of the register alone: this one file, Python and the cryptography package.

Run it anywhere, without Share Check, as

    python receipt_check.py RECEIPT.json PUBLIC_KEY

PUBLIC_KEY is what `share-check register checkpoint --public-key` prints (base64url). The exit
code is 0 when the receipt proves what it says, 1 when it does not, 2 when it cannot be read.

It imports nothing of the bot on purpose: a fault of the code that writes receipts cannot hide in
the code that checks them. The format is described in docs/register.md.
"""

import base64
import binascii
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

RECEIPT = "share-check/receipt/1"
ENTRY = b"share-check/entry/1\n"
CHECKPOINT = "share-check/checkpoint/1"
LARGEST = 2**53 - 1
MOST_STEPS = 64


class Unreadable(ValueError):
    """This is not a receipt, or not a public key."""


class NotProved(Exception):
    """The receipt does not prove what it says; the message says why."""


def check(receipt: Any, public_key: str) -> str:
    """Say in words what a receipt proves; raises `NotProved` or `Unreadable`."""
    key = _key(public_key)
    try:
        entry, path, head = _parts(receipt)
        bound = commitment(entry)
        leaf = hashlib.sha256(b"\x00" + bound).digest()
        root = _root(leaf, entry["seq"] - 1, head["size"], path)
        signature, said = bytes.fromhex(head["signature"]), bytes.fromhex(head["root"])
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise Unreadable("This is not a receipt of a register.") from None
    if head["key"] != hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]:
        raise NotProved("The checkpoint names another key than the one given.")
    if root != said:
        raise NotProved("The entry does not lead to the root of the checkpoint: it was altered.")
    code = f"{entry['seq']}-{bound.hex()[:12]}-{head['size']}-{head['root'][:20]}"
    if receipt["code"] != code:
        raise NotProved("Its code is not the one of this entry and checkpoint: it was altered.")
    message = f"{CHECKPOINT}\n{head['size']}\n{head['root']}\n{head['time']}\n"
    try:
        key.verify(signature, message.encode())
    except InvalidSignature:
        raise NotProved("The checkpoint's signature is not made with this key.") from None
    return (
        f"Proved: entry {entry['seq']}, {entry['kind']} {entry['revision']} of {entry['at']}, "
        f"stood with exactly these values among the first {head['size']} entries of the register "
        f"whose head was signed with key {head['key']} at {head['time']} or within the hour after."
    )


def _parts(receipt: Any) -> tuple[dict[str, Any], list[bytes], dict[str, Any]]:
    entry, head = receipt["entry"], receipt["checkpoint"]
    steps = receipt["proof"]
    well_formed = (
        receipt["format"] == RECEIPT
        and head["format"] == CHECKPOINT
        and all(type(number) is int for number in (entry["seq"], entry["revision"], head["size"]))
        and all(isinstance(head[name], str) for name in ("root", "time", "key", "signature"))
        and isinstance(receipt["code"], str)
        and isinstance(steps, list)
        and len(steps) <= MOST_STEPS
    )
    if not well_formed:
        raise Unreadable("This is not a receipt of a register.")
    if not 1 <= entry["seq"] <= head["size"]:
        raise NotProved("The checkpoint is from before the entry.")
    return entry, [bytes.fromhex(step) for step in steps], head


def _key(text: str) -> Ed25519PublicKey:
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return Ed25519PublicKey.from_public_bytes(raw)
    except (binascii.Error, ValueError):
        raise Unreadable("This is not a public key: 32 bytes as base64url.") from None


def commitment(entry: dict[str, Any]) -> bytes:
    """What binds the values of a receipt's entry."""
    names = ("salt", "kind", "check", "revision", "at", "body", "text_digest")
    return hashlib.sha256(ENTRY + _spelt([entry[name] for name in names]).encode()).digest()


def _spelt(value: Any) -> str:
    """Canonical JSON (RFC 8785), of what the register may hold: no fractions."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_spelt(key)}:{_spelt(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_spelt, value)) + "]"
    whole = isinstance(value, int) and abs(value) <= LARGEST
    if value is None or whole or isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    raise Unreadable("The receipt holds a value that no entry can hold.")


def _root(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """Follow a path to the root, as RFC 9162, section 2.1.3.2, describes it."""
    found, last = leaf, size - 1
    for step in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            found = hashlib.sha256(b"\x01" + step + found).digest()
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + step).digest()
        index, last = index >> 1, last >> 1
    return found if last == 0 else None


def main(words: list[str]) -> int:
    """Check the receipt in a file; print one line."""
    if len(words) != 2:
        print("Say which: receipt_check.py RECEIPT.json PUBLIC_KEY", file=sys.stderr)
        return 2
    try:
        receipt = json.loads(Path(words[0]).read_text("utf-8"))
        print(check(receipt, words[1]))
    except NotProved as reason:
        print(f"Not proved. {reason}", file=sys.stderr)
        return 1
    except (Unreadable, json.JSONDecodeError, RecursionError, UnicodeDecodeError) as reason:
        said = reason if isinstance(reason, Unreadable) else "This is not JSON."
        print(said, file=sys.stderr)
        return 2
    except OSError as reason:
        print(f"The file cannot be read: {reason.strerror}.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
