"""From a session to the view of where its check stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import assert_never

from dialogs import decision
from dialogs.decision import Decision, Form
from dialogs.fields import CHOICE, FIELDS
from dialogs.pages import LIBRARY, Place, Way, way_to_advisers
from dialogs.provenance import cited, law_cited, policy
from dialogs.session import Session, Stage
from dialogs.summary import summarise
from dialogs.views import (
    AdviceView,
    Asked,
    CheckAnswersView,
    Choice,
    DangerView,
    DecisionView,
    DoneView,
    PreviewView,
    QuestionView,
    Said,
    View,
    said,
)
from policies.assess import Advice, Reached, Step, advise, given, offered, replay
from policies.explanation import explain, question_texts
from policies.model import EMERGENCY, Contact, Option, Outcome, Pack, Question

URGENT = (EMERGENCY, "childrens_social_care", "adults_social_care", "police")
"""The roles shown with the danger question, in this order."""


NAMED = (
    "Your organisation has chosen to keep your name with the decision that this check records. "
    "It can be erased, and it is never in what the team's channel shows."
)
"""Said on the first screen, before anything is answered."""

TO_RECORD = {
    "not_share": (
        "That you decided not to share, and why. Whose advice you took, by role. What would make "
        "you think again."
    ),
    "defer": "That you are waiting, why, and for what. When you will look at this again.",
}
"""What to write in the case file where the decision is not what the outcome's words expect."""


MOST_KNOWN = 4_096
_KNOWN: dict[tuple[int, str, tuple[int, ...]], tuple[Pack, Asked]] = {}


@dataclass(frozen=True, slots=True)
class Mistake:
    """What was wrong with what the practitioner just sent; it is shown and not kept."""

    error: str
    form: Form | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def show(
    pack: Pack,
    session: Session,
    mistake: Mistake | None = None,
    reached: Reached | None = None,
) -> View:
    """The view of where the check stands, with what was wrong just now.

    `reached` is where the session's answers lead, for a caller that has followed them already.
    """
    path, node = reached or replay(pack, session.answers, session.passed)
    if session.stage is Stage.ASKING:
        asked = pack.nodes[session.again] if session.again else node
        assert isinstance(asked, Question)
        return _question(pack, session, path, asked, mistake.error if mistake else None)
    assert isinstance(node, Outcome)
    if session.stage is Stage.CHECKING:
        return CheckAnswersView(
            policy(pack), said(path), _dropped(pack, session, path), emergency(pack)
        )
    advice = advise(pack, path, node, session.answers, session.passed)
    match session.stage:
        case Stage.ADVISED:
            return _advice(pack, session, advice)
        case Stage.DECIDING:
            return _form(pack, session, advice, mistake)
        case Stage.PREVIEWING:
            taken = _taken(session, advice)
            summary = summarise(pack, session.reference, advice, taken)
            return PreviewView(summary, taken is not None)
        case Stage.DONE:
            return _done(session, advice)
        case _:
            assert_never(session.stage)


def emergency(pack: Pack) -> Contact:
    """The contact that every screen carries."""
    return pack.contacts_by_role[EMERGENCY]


def before(path: tuple[Step, ...], question: str) -> dict[str, str]:
    """The answers on the path that stand before a question; all of them, if it is not on it."""
    return given(tuple(takewhile(lambda step: step.question.id != question, path)))


def contacts(pack: Pack, roles: Collection[str]) -> tuple[Contact, ...]:
    """The contacts of these roles, in the order named, each with what is overtaken in it."""
    known = pack.contacts_by_role
    return tuple(warned(pack, known[role]) for role in roles if role in known)


def warned(pack: Pack, contact: Contact) -> Contact:
    """A contact whose note says what the document prints for it and what replaced that."""
    olds = [pack.stale_by_id[name] for name in contact.stale]
    if not olds:
        return contact
    warnings = (f"The document prints: {old.item} Today: {old.now}" for old in olds)
    return contact.model_copy(update={"note": " ".join([contact.note, *warnings]).strip()})


def _question(
    pack: Pack, session: Session, path: tuple[Step, ...], question: Question, error: str | None
) -> DangerView | QuestionView:
    facts = before(path, question.id)
    options = offered(question, facts)
    asked = _asked(pack, question, options)
    selected = _selected(session, question.id, asked.choices)
    if selected or error:
        asked = replace(asked, selected=selected, error=error)
    if question.id == pack.start:
        return DangerView(
            policy(pack), asked, contacts(pack, URGENT), notice=NAMED if session.named else ""
        )
    earlier = path[: len(facts)]
    most = len(facts) + pack.depth[question.id]
    return QuestionView(policy(pack), asked, len(facts) + 1, most, earlier, emergency(pack))


def _asked(pack: Pack, question: Question, options: tuple[Option, ...]) -> Asked:
    """A question as its screen shows it to whoever has not answered it; worked out once."""
    name = id(pack), question.id, tuple(map(id, options))
    if name not in _KNOWN:
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        asked = Asked(
            id=question.id,
            text=question.text,
            hint=question.hint,
            why=question.why,
            source=cited(pack, question),
            choices=tuple(Choice(o.value, o.label, o.description) for o in options),
            selected=None,
            error=None,
            terms=pack.glossary.explains((*question_texts(question, options), question.why)),
        )
        # With the pack, so that nothing else takes over its id.
        _KNOWN[name] = pack, asked
    return _KNOWN[name][1]


def _selected(session: Session, question: str, choices: tuple[Choice, ...]) -> str | None:
    """The answer given before, else the likely one, as long as it is on offer."""
    given_before = session.answers.get(question)
    likely = session.likely.get(question)
    if given_before is not None or likely is None:
        return given_before
    return likely if any(choice.value == likely for choice in choices) else None


def _dropped(pack: Pack, session: Session, path: tuple[Step, ...]) -> tuple[Said, ...]:
    """The answers that were given but do not count on this path."""
    counted = given(path)
    dropped = []
    for question in pack.questions:
        value = session.answers.get(question.id)
        if value is not None and question.id not in counted:
            label = next((o.label for o in question.options if o.value == value), value)
            dropped.append(Said(question.id, question.text, value, label))
    return tuple(dropped)


def _advice(pack: Pack, session: Session, advice: Advice) -> AdviceView:
    return AdviceView(
        policy=policy(pack),
        reference=session.reference,
        advice=advice,
        contacts=contacts(pack, advice.outcome.call),
        path=said(advice.path),
        can_go_on=advice.outcome.then is not None,
        decided=session.decided > 0,
        recorded=given(advice.path) == session.advised_on,
        explained=explain(pack, advice, session.answers, session.passed),
        law=law_cited(pack, advice.notices),
        ways=(*way_to_advisers(advice.verdict, session.check), *_beside(pack, session)),
    )


def _beside(pack: Pack, session: Session) -> tuple[Way, ...]:
    """The pages of this policy that stand beside its advice; from each a way leads back."""
    place = Place(pack.id, session.check).written()
    labels = {"rules": "Read the rules", "contacts": "See every contact"}
    return tuple(Way(label, LIBRARY, topic, place) for topic, label in labels.items())


def _form(pack: Pack, session: Session, advice: Advice, mistake: Mistake | None) -> DecisionView:
    typed = mistake.form if mistake else session.form
    form = decision.filled_in(advice) if typed is None else typed
    errors = mistake.errors if mistake else {}
    return DecisionView(
        session.reference, FIELDS, form, errors, session.decided == 0, emergency(pack)
    )


def _taken(session: Session, advice: Advice) -> Decision | None:
    """The decision that stands on the form, if one does."""
    found = decision.read(session.form, advice) if session.form else None
    return found if isinstance(found, Decision) else None


def _done(session: Session, advice: Advice) -> DoneView:
    taken = _taken(session, advice)
    return DoneView(
        reference=session.reference,
        decision=CHOICE.label_of(taken.choice) if taken else None,
        posted=session.posted and not session.withheld,
        earlier_stands=session.posted and session.withheld,
        next_step=TO_RECORD.get(taken.choice, advice.outcome.record)
        if taken
        else advice.outcome.record,
    )
