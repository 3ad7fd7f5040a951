"""What the register keeps of a check: closed values only, named as its export names them."""

from __future__ import annotations

from typing import Any

from dialogs.decision import Decision
from dialogs.session import Session
from policies.assess import Advice
from policies.model import Pack


def advice_body(pack: Pack, session: Session, advice: Advice) -> dict[str, Any]:
    """The advice that was given: the pack, the path, the verdict and what was shown with it."""
    return {
        "reference": session.reference,
        "pack": pack.id,
        "version": pack.version.isoformat(),
        "digest": session.digest,
        "path": [{"question": s.question.id, "answer": s.option.value} for s in advice.path],
        "passed": list(session.passed),
        "verdict": advice.verdict.value,
        "outcome": advice.outcome.id,
        "notices": [notice.id for notice in advice.notices],
        "rules": [rule.id for rule in advice.rules],
    }


def decision_body(
    pack: Pack, session: Session, advice: Advice, decision: Decision
) -> dict[str, Any]:
    """The decision that was taken, with the advice it was taken on; free text stands apart."""
    plain = decision.model_dump(mode="json", exclude={"choice", "departs", "words"})
    return {
        **advice_body(pack, session, advice),
        "advice_revision": session.advised,
        "decision": decision.choice,
        "departs": decision.departs,
        "details": plain,
    }
