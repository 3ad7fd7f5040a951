"""The course of a check: every transition of a check lives in this file.

Rule 1: whatever changes a session is here, and nothing else is.
Rule 2: an event that does not fit where the check stands (a double click, an old screen, a choice
that is not on offer) changes nothing, and what is shown is where the check stands.
Rule 3: an effect hangs on the transition, so that it happens once however often it is shown.

`advance` is the only way in. It knows no platform, no clock and no store.
"""

from __future__ import annotations

from typing import assert_never

from dialogs import decision
from dialogs.decision import Decision
from dialogs.events import (
    Answered,
    Changed,
    Confirmed,
    Decided,
    Deciding,
    Deleted,
    Event,
    LeftUndecided,
    Posted,
    Restarted,
    WentBack,
    WentOn,
)
from dialogs.session import Session, Stage
from dialogs.show import Mistake, before, show
from dialogs.summary import summarise
from dialogs.turn import Effect, Forget, PostAdvice, RecordAdvice, RecordDecision, Turn
from policies.assess import Advice, Reached, advise, chosen, follow, given, locate, replay
from policies.model import Outcome, Pack, Question, Verdict


def begin(pack: Pack, digest: str, check: str) -> Session:
    """A new check, before its first question."""
    return Session(check=check, pack=pack.id, digest=digest)


def advance(pack: Pack, session: Session, event: Event) -> Turn:
    """What the event comes to; see the rules at the top of this file."""
    if event.turn != session.turn:
        return _stands(pack, session)
    match event:
        case Answered():
            return _answered(pack, session, event)
        case WentBack():
            return _went_back(pack, session)
        case Changed():
            return _changed(pack, session, event)
        case Confirmed():
            return _confirmed(pack, session)
        case WentOn():
            return _went_on(pack, session)
        case Deciding():
            return _deciding(pack, session)
        case Decided():
            return _decided(pack, session, event)
        case LeftUndecided():
            return _left_undecided(pack, session)
        case Posted():
            return _posted(pack, session, event)
        case Restarted():
            return _restarted(pack, session)
        case Deleted():
            return Turn(session, show(pack, session), (Forget(),))
        case _:
            assert_never(event)


def _answered(pack: Pack, session: Session, event: Answered) -> Turn:
    path, node = replay(pack, session.answers, session.passed)
    asked = pack.nodes[session.again] if session.again else node
    if session.stage is not Stage.ASKING or asked.id != event.question:
        return _stands(pack, session)
    assert isinstance(asked, Question)
    option = chosen(asked, event.value, before(path, asked.id))
    if option is None:
        return Turn(session, show(pack, session, Mistake("Choose one of the answers.")))
    answers = {**session.answers, asked.id: option.value}
    # Whoever answers "now" once more is shown once more what to do.
    passed = tuple(outcome for outcome in session.passed if outcome != option.then)
    if session.again:
        return _onward(pack, session, answers, passed, replay(pack, answers, passed))
    reached = follow(pack, Reached(path, asked), answers, passed)
    return _onward(pack, session, answers, passed, reached)


def _onward(
    pack: Pack,
    session: Session,
    answers: dict[str, str],
    passed: tuple[str, ...],
    reached: Reached,
) -> Turn:
    """Go to the next question without an answer, or to check-your-answers, or straight to act."""
    stage = Stage.CHECKING if isinstance(reached.node, Outcome) else Stage.ASKING
    moved = _moved(session, answers=answers, passed=passed, again=None, stage=stage)
    if isinstance(reached.node, Outcome) and reached.node.verdict is Verdict.ACT_NOW:
        return _advised(pack, moved)
    return Turn(moved, show(pack, moved, reached=reached))


def _went_back(pack: Pack, session: Session) -> Turn:
    match session.stage:
        case Stage.ASKING | Stage.CHECKING:
            asked = [step.question.id for step in replay(pack, session.answers, session.passed)[0]]
            earlier = asked[: asked.index(session.again)] if session.again in asked else asked
            if not earlier:
                return _stands(pack, session)
            return _stands(pack, _moved(session, stage=Stage.ASKING, again=earlier[-1]))
        case Stage.ADVISED:
            return _stands(pack, _moved(session, stage=Stage.CHECKING))
        case Stage.DECIDING:
            return _stands(pack, _moved(session, stage=Stage.ADVISED))
        case Stage.PREVIEWING:
            back = Stage.DECIDING if session.form else Stage.ADVISED
            return _stands(pack, _moved(session, stage=back))
        case Stage.DONE:
            return _stands(pack, session)
        case _:
            assert_never(session.stage)


def _changed(pack: Pack, session: Session, event: Changed) -> Turn:
    asked = {step.question.id for step in replay(pack, session.answers, session.passed)[0]}
    if session.stage not in (Stage.CHECKING, Stage.ADVISED) or event.question not in asked:
        return _stands(pack, session)
    return _stands(pack, _moved(session, stage=Stage.ASKING, again=event.question))


def _confirmed(pack: Pack, session: Session) -> Turn:
    if session.stage is not Stage.CHECKING:
        return _stands(pack, session)
    return _advised(pack, _moved(session))


def owing(before: Session, after: Session) -> Session:
    """The session after advice that could not be recorded: it goes with the next thing that is."""
    unpaid = {"advised": before.advised, "advised_on": before.advised_on}
    return after.model_copy(update=unpaid)


def _advised(pack: Pack, moved: Session) -> Turn:
    """Show the advice, and record it unless the register holds advice on these very answers."""
    session, effects = _told(pack, moved.model_copy(update={"stage": Stage.ADVISED}))
    if effects:
        session = session.model_copy(update={"form": None})
    return Turn(session, show(pack, session), effects)


def _told(pack: Pack, moved: Session) -> tuple[Session, tuple[Effect, ...]]:
    """The session with its advice recorded, and what that takes."""
    advice = _advice(pack, moved)
    facts = given(advice.path)
    if moved.advised and facts == moved.advised_on:
        return moved, ()
    revision = moved.advised + 1
    session = moved.model_copy(update={"advised": revision, "advised_on": facts})
    return session, (RecordAdvice(revision, advice),)


def _went_on(pack: Pack, session: Session) -> Turn:
    node = locate(pack, session.answers, session.passed)
    if session.stage is not Stage.ADVISED or not isinstance(node, Outcome) or node.then is None:
        return _stands(pack, session)
    passed = (*session.passed, node.id)
    reached = replay(pack, session.answers, passed)
    return _onward(pack, session, session.answers, passed, reached)


def _deciding(pack: Pack, session: Session) -> Turn:
    if session.stage not in (Stage.ADVISED, Stage.DONE):
        return _stands(pack, session)
    moved, effects = _told(pack, _moved(session, stage=Stage.DECIDING))
    return Turn(moved, show(pack, moved), effects)


def _decided(pack: Pack, session: Session, event: Decided) -> Turn:
    if session.stage is not Stage.DECIDING:
        return _stands(pack, session)
    form = decision.received(event.form)
    found = decision.read(form, _advice(pack, session))
    if not isinstance(found, Decision):
        return Turn(session, show(pack, session, Mistake("", form, found)))
    return _stands(pack, _moved(session, stage=Stage.PREVIEWING, form=form))


def _left_undecided(pack: Pack, session: Session) -> Turn:
    if session.stage is not Stage.DECIDING or session.decided:
        return _stands(pack, session)
    return _stands(pack, _moved(session, stage=Stage.PREVIEWING, form=None))


def _posted(pack: Pack, session: Session, event: Posted) -> Turn:
    if session.stage is not Stage.PREVIEWING:
        return _stands(pack, session)
    advice = _advice(pack, session)
    found = decision.read(session.form, advice) if session.form else None
    taken = found if isinstance(found, Decision) else None
    summary = summarise(pack, session.reference, advice, taken) if event.post else None
    revision = session.decided + 1 if taken else session.decided
    said = {"posted": session.posted or event.post, "withheld": not event.post}
    done = _moved(session, stage=Stage.DONE, decided=revision, **said)
    effects: tuple[Effect, ...] = ()
    if taken:
        effects = (RecordDecision(revision, advice, taken, summary),)
    elif summary:
        effects = (PostAdvice(summary),)
    return Turn(done, show(pack, done), effects)


def _restarted(pack: Pack, session: Session) -> Turn:
    """From the first question again; once advice is recorded, a new check is the way instead."""
    if session.advised:
        return _stands(pack, session)
    blank: dict[str, object] = {
        "answers": {},
        "passed": (),
        "again": None,
        "form": None,
        "stage": Stage.ASKING,
    }
    return _stands(pack, _moved(session).model_copy(update=blank))


def _stands(pack: Pack, session: Session) -> Turn:
    return Turn(session, show(pack, session))


def _moved(session: Session, **changes: object) -> Session:
    return session.model_copy(update={"turn": session.turn + 1, **changes})


def _advice(pack: Pack, session: Session) -> Advice:
    path, node = replay(pack, session.answers, session.passed)
    assert isinstance(node, Outcome)
    return advise(pack, path, node, session.answers, session.passed)
