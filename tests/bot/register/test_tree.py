"""The Merkle tree: the published vectors of Certificate Transparency, and a naive twin."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.register.tree import (
    Frontier,
    Range,
    complete_subtrees,
    consistency,
    hash_of,
    inclusion,
    is_consistent,
    leaf_hash,
    root_by_inclusion,
    root_of,
)

# Certificate Transparency's reference tree: eight inputs, the root after each, and paths in it.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
# Leaf (counted from zero), size, path; then old size, size, path.
INCLUSIONS = [
    (0, 1, []),
    (0, 8, [A, B, C]),
    (5, 8, [D, E, ROOTS[4]]),
    (2, 3, [ROOTS[2]]),
    (1, 5, [ROOTS[1], B, D]),
]
CONSISTENCIES = [
    (1, 1, []),
    (1, 8, [A, B, C]),
    (6, 8, [F, E, ROOTS[4]]),
    (2, 5, [B, D]),
]


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def naive_root(inputs: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if not inputs:
        return sha256(b"")
    if len(inputs) == 1:
        return sha256(b"\x00" + inputs[0])
    k = 1
    while k * 2 < len(inputs):
        k *= 2
    return sha256(b"\x01" + naive_root(inputs[:k]) + naive_root(inputs[k:]))


def naive_path(m: int, inputs: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, section 2.1.1."""
    if len(inputs) == 1:
        return []
    k = 1
    while k * 2 < len(inputs):
        k *= 2
    if m < k:
        return [*naive_path(m, inputs[:k]), naive_root(inputs[k:])]
    return [*naive_path(m - k, inputs[k:]), naive_root(inputs[:k])]


def naive_subproof(m: int, inputs: list[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962, section 2.1.2."""
    if m == len(inputs):
        return [] if whole else [naive_root(inputs)]
    k = 1
    while k * 2 < len(inputs):
        k *= 2
    if m <= k:
        return [*naive_subproof(m, inputs[:k], whole=whole), naive_root(inputs[k:])]
    return [*naive_subproof(m - k, inputs[k:], whole=False), naive_root(inputs[:k])]


def path_of(ranges: list[Range], inputs: list[bytes]) -> list[bytes]:
    return [naive_root(inputs[start:end]) for start, end in ranges]


def some_inputs(count: int) -> list[bytes]:
    return [str(number).encode() for number in range(count)]


def test_roots_are_the_published_ones() -> None:
    for size, root in enumerate(ROOTS):
        assert root_of(map(leaf_hash, INPUTS[:size])).hex() == root
        assert naive_root(INPUTS[:size]).hex() == root


@pytest.mark.parametrize(("index", "size", "path"), INCLUSIONS)
def test_inclusion_paths_are_the_published_ones(index: int, size: int, path: list[str]) -> None:
    found = path_of(inclusion(index, size), INPUTS)

    assert [step.hex() for step in found] == path
    root = root_by_inclusion(leaf_hash(INPUTS[index]), index, size, found)
    assert root is not None
    assert root.hex() == ROOTS[size]


@pytest.mark.parametrize(("old", "size", "path"), CONSISTENCIES)
def test_consistency_paths_are_the_published_ones(old: int, size: int, path: list[str]) -> None:
    found = path_of(consistency(old, size), INPUTS)

    assert [step.hex() for step in found] == path
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[size])
    assert is_consistent(old, size, *roots, found)


def test_every_proof_is_the_one_the_standard_describes() -> None:
    inputs = some_inputs(33)
    for size in range(1, len(inputs) + 1):
        tree = inputs[:size]
        for index in range(size):
            path = path_of(inclusion(index, size), tree)
            assert path == naive_path(index, tree)
            assert root_by_inclusion(leaf_hash(tree[index]), index, size, path) == naive_root(tree)
        for old in range(1, size + 1):
            path = path_of(consistency(old, size), tree)
            assert path == naive_subproof(old, tree, whole=True)
            assert is_consistent(old, size, naive_root(tree[:old]), naive_root(tree), path)


@given(size=st.integers(1, 300), data=st.data())
def test_a_frontier_goes_on_from_any_size(size: int, data: st.DataObject) -> None:
    inputs = some_inputs(size)
    old = data.draw(st.integers(0, size))
    peaks = [
        naive_root(inputs[place << level : (place + 1) << level])
        for level, place in complete_subtrees((0, old))
    ]
    frontier = Frontier(old, peaks)
    assert frontier.root() == naive_root(inputs[:old])

    for value in inputs[old:]:
        frontier.append(leaf_hash(value))

    assert (frontier.size, frontier.root()) == (size, naive_root(inputs))


@given(size=st.integers(1, 300), data=st.data())
def test_ranges_of_proofs_hash_from_complete_subtrees(size: int, data: st.DataObject) -> None:
    inputs = some_inputs(size)

    def subtree(level: int, place: int) -> bytes:
        assert (place + 1) << level <= size
        return naive_root(inputs[place << level : (place + 1) << level])

    index = data.draw(st.integers(0, size - 1))
    for leaves in (*inclusion(index, size), *consistency(index + 1, size)):
        assert hash_of(leaves, subtree) == naive_root(inputs[slice(*leaves)])


def test_a_frontier_remembers_a_handful_of_hashes() -> None:
    frontier = Frontier()
    for value in some_inputs(5_000):
        frontier.append(leaf_hash(value))

    assert len(frontier._peaks) == (5_000).bit_count()


@given(size=st.integers(2, 64), data=st.data())
def test_an_altered_proof_proves_nothing(size: int, data: st.DataObject) -> None:
    inputs = some_inputs(size)
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size - 1))
    path = path_of(inclusion(index, size), inputs)
    since = path_of(consistency(old, size), inputs)
    root, old_root = naive_root(inputs), naive_root(inputs[:old])
    place = data.draw(st.integers(0, len(path) - 1))
    other = data.draw(st.integers(0, len(since) - 1))
    wrong = [*path[:place], sha256(path[place]), *path[place + 1 :]]

    leaf = leaf_hash(inputs[index])
    assert root_by_inclusion(leaf, index, size, wrong) != root
    assert root_by_inclusion(leaf, index, size, path[:-1]) is None
    assert root_by_inclusion(leaf_hash(b"another"), index, size, path) != root
    assert not is_consistent(old, size, old_root, root, since[:-1])
    bent = [*since[:other], sha256(since[other]), *since[other + 1 :]]
    assert not is_consistent(old, size, old_root, root, bent)
    assert not is_consistent(old, size, sha256(old_root), root, since)
    assert not is_consistent(old, size, old_root, sha256(root), since)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 3)])
def test_there_is_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion(index, size)


@pytest.mark.parametrize(("old", "size"), [(0, 4), (5, 4)])
def test_no_tree_begins_as_nothing_or_as_a_larger_one(old: int, size: int) -> None:
    with pytest.raises(ValueError, match="can only have begun as"):
        consistency(old, size)


def test_a_frontier_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="one complete subtree"):
        Frontier(5, [b"x" * 32])
