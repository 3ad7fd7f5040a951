"""How many paths a pack has, told without walking them and within a bound on the work.

A pack too large to prove is refused with its count, so the count itself must not run away: what
is left of a node's paths depends only on the answers that conditions below it read, and a pack
whose conditions tell too many situations apart is given a bound instead of the figure.
"""

from __future__ import annotations

from policies import limits
from policies.assess import offered
from policies.model import Outcome, Pack


class _Runaway(Exception):
    """More options, in more situations, than we are ready to look at."""


def count_paths(pack: Pack) -> int:
    """How many paths a pack has."""
    return _count(pack)


def too_many(pack: Pack) -> str | None:
    """The count in words where a pack has more paths than can be proved, else None."""
    most = _at_most(pack)
    if most <= limits.PATHS:
        return None
    try:
        count = _count(pack, limits.COUNTING)
    except _Runaway:
        return f"Up to {most:,} paths, too tangled to count,"
    return f"{count:,} paths," if count > limits.PATHS else None


def _count(pack: Pack, budget: float = float("inf")) -> int:
    known: dict[tuple[str | None, ...], int] = {}
    looked_at = 0

    def count(node_id: str, facts: dict[str, str]) -> int:
        nonlocal looked_at
        key = (node_id, *(facts.get(question) for question in pack.reads[node_id]))
        if key not in known:
            node = pack.nodes[node_id]
            if isinstance(node, Outcome):
                known[key] = 1 + (count(node.then, facts) if node.then else 0)
            else:
                looked_at += len(node.options)
                if looked_at > budget:
                    raise _Runaway
                known[key] = sum(
                    count(option.then, {**facts, node.id: option.value})
                    for option in offered(node, facts)
                )
        return known[key]

    return count(pack.start, {})


def _at_most(pack: Pack) -> int:
    """The paths there would be if no option had a condition."""
    known: dict[str, int] = {}

    def count(node_id: str) -> int:
        if node_id not in known:
            node = pack.nodes[node_id]
            if isinstance(node, Outcome):
                known[node_id] = 1 + (count(node.then) if node.then else 0)
            else:
                known[node_id] = sum(count(option.then) for option in node.options)
        return known[node_id]

    return count(pack.start)
