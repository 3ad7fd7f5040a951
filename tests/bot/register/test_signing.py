"""Signatures and seals: made with the first key, recognised from all, and from no other."""

import base64

import pytest

from bot.keys import BrokenKeys
from bot.register.signing import Signer

ONE, OTHER = Signer((b"1" * 32,)), Signer((b"2" * 32,))
ROTATED = Signer((b"2" * 32, b"1" * 32))


def test_what_a_key_signed_only_that_key_verifies() -> None:
    signature = ONE.sign(b"head")

    assert ONE.verifies(ONE.key_id, signature, b"head")
    assert not ONE.verifies(ONE.key_id, signature, b"another head")
    assert not ONE.verifies(ONE.key_id, b"short", b"head")
    assert not OTHER.verifies(OTHER.key_id, signature, b"head")
    assert not OTHER.verifies(ONE.key_id, signature, b"head")


def test_a_former_key_is_still_believed() -> None:
    signature, seal = ONE.sign(b"head"), ONE.seal(1, b"c" * 32)

    assert ROTATED.key_id == OTHER.key_id
    assert ROTATED.verifies(ONE.key_id, signature, b"head")
    assert ROTATED.sealed(1, b"c" * 32, seal)
    assert ROTATED.knows(ONE.key_id)
    assert not OTHER.knows(ONE.key_id)


def test_a_seal_holds_a_commitment_to_its_place() -> None:
    seal = ONE.seal(1, b"c" * 32)

    assert ONE.sealed(1, b"c" * 32, seal)
    assert not ONE.sealed(2, b"c" * 32, seal)
    assert not ONE.sealed(1, b"d" * 32, seal)
    assert not OTHER.sealed(1, b"c" * 32, seal)


def test_the_public_key_is_the_one_of_the_standard() -> None:
    # RFC 8032, section 7.1, test 1.
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

    signer = Signer.parse(base64.urlsafe_b64encode(seed).decode())

    assert base64.urlsafe_b64decode(signer.public_key).hex() == public
    assert signer.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a")


def test_a_broken_key_is_named_and_never_repeated() -> None:
    with pytest.raises(BrokenKeys, match="SIGNING_KEY: key 2 is not base64url") as caught:
        Signer.parse(f"{base64.urlsafe_b64encode(b'1' * 32).decode()}, !!!")

    assert "!!!" not in str(caught.value)
