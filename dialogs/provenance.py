"""Which policy is being followed, whether it still stands, and where its questions come from."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.views import Policy
from policies.model import Citation, Notice, Pack, Question


def policy(pack: Pack) -> Policy:
    """Which policy is being followed."""
    day = pack.version.isoformat()
    return Policy(pack.id, pack.name, day, pack.status, pack.superseded_by, replaced(pack))


def replaced(pack: Pack) -> str:
    """That the policy has been replaced, which one stands now, and how to follow that instead."""
    if pack.status != "superseded":
        return ""
    said = "This policy has been replaced, and is kept for reference."
    if pack.superseded_by is None:
        return said
    current = f"{pack.successor} ({pack.superseded_by})" if pack.successor else pack.superseded_by
    how = f"To follow that one: share-check start {pack.superseded_by}."
    return f"{said} The current one is {current}. {how}"


def cited(pack: Pack, question: Question) -> str:
    """Where a question comes from, in one line, and whether the document prints it."""
    line = source_line(pack, question.source)
    if question.origin in ("inferred", "added"):
        return f"Not printed as a question; it follows from: {line}"
    return line


def law_cited(pack: Pack, notices: Iterable[Notice]) -> str:
    """Where the notices of the law come from, in one line; empty if there are none."""
    dated = {source.id: f"{source.title} ({source.published})" for source in pack.sources}
    lines = [f"{dated[n.source.doc]}, {n.source.at}" for n in notices if n.kind == "law"]
    return f"Where the law is: {'; '.join(lines)}." if lines else ""


def source_line(pack: Pack, citation: Citation) -> str:
    """The document and the place in it, in one line."""
    source = next(source for source in pack.sources if source.id == citation.doc)
    return f"{source.title} ({source.publisher}, {source.published}), {citation.at}"
