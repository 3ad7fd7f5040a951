"""A decision in words fit for colleagues: closed values only, never free text, never who asked."""

from __future__ import annotations

from dialogs.decision import Decision
from dialogs.fields import CHOICE
from policies.assess import Advice, Step
from policies.model import Pack, Value, Verdict

MARK = "Register mark"
MARK_TO_COME = "filled in when posted"

VERDICTS = {
    Verdict.ACT_NOW: "Act now: tell those who can help",
    Verdict.MUST_SHARE: "Must share",
    Verdict.SHARE: "May share",
    Verdict.DO_NOT_SHARE: "Do not share",
    Verdict.SEEK_ADVICE: "Ask for advice first",
}


class Summary(Value):
    """What is posted: a title, and lines of a label and a value; the mark comes with posting."""

    title: str
    reference: str
    lines: tuple[tuple[str, str], ...]

    def marked(self, mark: str) -> tuple[tuple[str, str], ...]:
        """The lines with the register mark as the last one."""
        return (*self.lines, (MARK, mark))


def summarise(pack: Pack, reference: str, advice: Advice, decision: Decision | None) -> Summary:
    """The summary of a decision, or of advice on which none was recorded."""
    lines = (
        ("Policy", _policy(pack)),
        ("Advice", VERDICTS[advice.verdict]),
        ("Decision", _decided(decision)),
        ("Lawful basis", _basis(advice.path)),
        ("Rules weighed", _rules(pack, advice)),
    )
    return Summary(
        title="Information sharing decision" if decision else "Information sharing advice",
        reference=reference,
        lines=lines,
    )


def _decided(decision: Decision | None) -> str:
    if decision is None:
        return "Not recorded yet"
    words = CHOICE.label_of(decision.choice)
    return f"{words} (departs from the advice)" if decision.departs else words


def _policy(pack: Pack) -> str:
    overtaken = ", superseded" if pack.status == "superseded" else ""
    return f"{pack.title}, in force from {pack.version.day} {pack.version:%B %Y}{overtaken}"


def _basis(path: tuple[Step, ...]) -> str:
    """The lawful basis in the words of the pack's own option, where the path asked for one."""
    labels = {step.question.id: step.option.label for step in path}
    return labels.get("basis", "None named")


def _rules(pack: Pack, advice: Advice) -> str:
    """The rules by their place in the pack: their titles would fill the channel."""
    places = [str(place) for place, rule in enumerate(pack.rules, 1) if rule in advice.rules]
    return f"{', '.join(places)} of {len(pack.rules)}" if places else "None named"
