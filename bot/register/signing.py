"""Signs the heads of the register, and seals each entry to the place where it was written.

Theory. A checkpoint is signed with Ed25519, so that anybody with the public key can check it. An
entry carries a seal, a keyed digest of its place and its commitment, which only a holder of the
signing key can make or check: a row that was altered together with its commitment, moved, copied
or slipped in is named one by one, where the tree alone could only say "somewhere before this
checkpoint". The seals add nothing against somebody who holds the signing key; checkpoints that
were kept outside do.

SIGNING_KEY holds one or more seeds of 32 bytes. The first signs; what the others signed is still
believed, so that a key can be rotated. Of a seed that is lost the public key may stand there, as
`public:KEY`: its checkpoints are still checked, while its seals tell nothing any more, and what
they were on stands on the checkpoints alone.
"""

import base64
import hashlib
import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.keys import BrokenKeys, read_keys, subkey

KEY_ID = 16
SETTING, PUBLIC = "SIGNING_KEY", "public:"
SIGNING_KEY_FILE = "signing_key"


class Signer:
    """Signs with the first key, and recognises what any of them signed or sealed."""

    def __init__(self, seeds: tuple[bytes, ...], lost: tuple[bytes, ...] = ()) -> None:
        """Derive what is needed of each seed, once; of those that are lost, the public keys."""
        self._private = Ed25519PrivateKey.from_private_bytes(seeds[0])
        public = [Ed25519PrivateKey.from_private_bytes(seed).public_key() for seed in seeds]
        known = (*public, *map(Ed25519PublicKey.from_public_bytes, lost))
        self._public = {key_id(key): key for key in known}
        self.lost_one = bool(lost)
        self._seals = tuple(subkey(seed, b"entry-seal") for seed in seeds)
        self.key_id = key_id(public[0])

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """Read comma-separated base64url seeds of 32 bytes, and public keys after the first."""
        words = [word.strip() for word in text.split(",") if word.strip()]
        seeds = [word for word in words if not word.startswith(PUBLIC)]
        lost = [word.removeprefix(PUBLIC) for word in words if word.startswith(PUBLIC)]
        if words and words[0].startswith(PUBLIC):
            raise BrokenKeys(f"{SETTING}: the first has to be a seed, to sign with.")
        return cls(
            read_keys(",".join(seeds), SETTING),
            read_keys(",".join(lost), f"{SETTING}, {PUBLIC}") if lost else (),
        )

    @property
    def public_key(self) -> str:
        """The public key that checks what is signed now, as base64url."""
        return self.public_keys[self.key_id]

    @property
    def public_keys(self) -> dict[str, str]:
        """Every public key by its name, the current one first."""
        return {
            name: base64.urlsafe_b64encode(key.public_bytes_raw()).decode()
            for name, key in self._public.items()
        }

    def sign(self, message: bytes) -> bytes:
        """Sign with the current key."""
        return self._private.sign(message)

    def knows(self, name: str) -> bool:
        """Whether a key of this name is among ours."""
        return name in self._public

    def verifies(self, name: str, signature: bytes, message: bytes) -> bool:
        """Whether the key of this name signed the message."""
        key = self._public.get(name)
        if key is None:
            return False
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def seal(self, seq: int, commitment: bytes) -> bytes:
        """Bind a commitment to its place."""
        return _seal(self._seals[0], seq, commitment)

    def sealed(self, seq: int, commitment: bytes, seal: object) -> bool:
        """Whether this commitment was written at this place."""
        return isinstance(seal, bytes) and any(
            hmac.compare_digest(_seal(key, seq, commitment), seal) for key in self._seals
        )


def key_id(public: Ed25519PublicKey) -> str:
    """Name a public key: the start of its digest."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:KEY_ID]


def _seal(key: bytes, seq: int, commitment: bytes) -> bytes:
    return hmac.digest(key, seq.to_bytes(8, "big") + commitment, "sha256")
