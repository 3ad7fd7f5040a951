"""Keys that roll over, the tokens signed with them, and the documents that publish them."""

import time
from collections.abc import Mapping
from typing import Any, TypeAlias

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

Json: TypeAlias = dict[str, Any]

ISSUER = "https://api.botframework.com"


class Signer:
    """Signs for the Bot Connector; a retired key signs no more, but may still be published."""

    def __init__(self, app_id: str, service_url: str = "") -> None:
        self.app_id = app_id
        self.service_url = service_url
        self._made = 0
        self._keys: dict[str, rsa.RSAPrivateKey] = {}
        self._endorsed: dict[str, list[str]] = {}
        self.current = self.add()

    def add(self, endorsements: tuple[str, ...] = ("msteams",)) -> str:
        """Publish one more key; its id."""
        self._made += 1
        key_id = f"key-{self._made}"
        self._keys[key_id] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._endorsed[key_id] = list(endorsements)
        return key_id

    def rotate(self, *, keep_old: bool = False) -> str:
        """Sign with a new key from now on."""
        old, self.current = self.current, self.add()
        if not keep_old:
            self.withdraw(old)
        return self.current

    def withdraw(self, key_id: str) -> None:
        """Publish a key no more; tokens that it signed may still be about."""
        self._endorsed.pop(key_id, None)

    def published(self) -> Json:
        """The JSON Web Key Set."""
        keys = []
        for key_id, endorsed in self._endorsed.items():
            jwk = RSAAlgorithm.to_jwk(self._keys[key_id].public_key(), as_dict=True)
            keys.append({**jwk, "kid": key_id, "use": "sig", "endorsements": endorsed})
        return {"keys": keys}

    def claims(self, **changed: Any) -> Json:
        """What a good token says, but for what is changed; None takes a claim out."""
        now = int(time.time())
        good = {
            "iss": ISSUER,
            "aud": self.app_id,
            "nbf": now - 60,
            "exp": now + 3600,
            "serviceurl": self.service_url,
        }
        return {name: held for name, held in {**good, **changed}.items() if held is not None}

    def token(
        self,
        key_id: str | None = None,
        *,
        algorithm: str = "RS256",
        headers: Mapping[str, Any] | None = None,
        **changed: Any,
    ) -> str:
        """A token, good unless told otherwise."""
        named = key_id or self.current
        return jwt.encode(
            self.claims(**changed),
            self._keys[named],
            algorithm=algorithm,
            headers={"kid": named, **(headers or {})},
        )

    def public_pem(self) -> bytes:
        """The current public key as text, for an attack that takes it for a shared secret."""
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

        return (
            self._keys[self.current]
            .public_key()
            .public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        )
