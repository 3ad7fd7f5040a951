"""Records of erasure: which key was destroyed, on which day, under which policy; signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.register.signing import Signer

FORMAT = "share-check/erasure/1"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is left of a text: that it was erased."""

    key: str
    at: date
    policy: str
    signed_by: str
    signature: bytes = field(repr=False)

    @classmethod
    def signed(cls, signer: Signer, key: str, at: date, policy: str) -> "Erasure":
        """Sign that a key was destroyed."""
        signature = signer.sign(_message(key, at.isoformat(), policy))
        return cls(key, at, policy, signer.key_id, signature)

    @classmethod
    def read(cls, row: Mapping[Any, Any], key: str) -> "Erasure":
        """The record in a row of either store."""
        return cls(key, row["at"], row["policy"], row["signed_by"], row["signature"])

    def values(self, key: str = "key") -> dict[str, object]:
        """The record as a row; the column of the key has another name in each store."""
        return {
            key: self.key,
            "at": self.at,
            "policy": self.policy,
            "signed_by": self.signed_by,
            "signature": self.signature,
        }


def record_verifies(
    signer: Signer, key: str, at: object, policy: object, name: object, signature: object
) -> bool:
    """Whether values that may be anything are a record that one of our keys signed."""
    if not isinstance(signature, bytes):
        return False
    return signer.verifies(str(name), signature, _message(key, str(at), str(policy)))


def _message(key: str, at: str, policy: str) -> bytes:
    return f"{FORMAT}\n{key}\n{at}\n{policy}\n".encode(errors="replace")
