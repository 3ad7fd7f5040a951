"""Whatever is sent, in whatever order: what a check promises holds all the same."""

from __future__ import annotations

from hypothesis import given, seed, settings
from hypothesis import strategies as st

from dialogs.check import advance
from dialogs.events import Deleted, Event
from dialogs.session import Session, Stage
from dialogs.show import show
from dialogs.summary import Summary
from dialogs.turn import Effect, Forget, PostAdvice, RecordAdvice, RecordDecision, Turn
from dialogs.views import (
    AdviceView,
    CheckAnswersView,
    DangerView,
    DecisionView,
    PreviewView,
    QuestionView,
)
from policies import limits
from policies.assess import locate
from policies.library import Library
from policies.model import Pack
from tests.dialogs.moves import CANARY, Step, run, steps, texts
from tests.policies.builders import Draft

PACKS = {edition.pack.id: edition.pack for edition in Library.read().newest()}
PACKS["garden-2025"] = Draft().resolved()


class Talk:
    """A pack, and everything that was done in one check of it, with what it came to."""

    def __init__(self, pack: Pack, chosen: list[Step]) -> None:
        self.pack = pack
        self.taken: list[tuple[Session, Event, Turn]] = run(pack, chosen)

    def __repr__(self) -> str:
        """The events alone, so that a failure can be read."""
        told = "".join(f"\n  {str(event)[:300]}" for _, event, _ in self.taken)
        return f"{self.pack.id}:{told}"

    @property
    def turns(self) -> list[Turn]:
        """What each event came to."""
        return [turn for _, _, turn in self.taken]

    @property
    def effects(self) -> list[Effect]:
        """Every effect, in order."""
        return [effect for turn in self.turns for effect in turn.effects]


@st.composite
def talks(draw: st.DrawFn) -> Talk:
    """A pack, and anything that may be done in one check of it."""
    pack = PACKS[draw(st.sampled_from([*PACKS]))]
    return Talk(pack, draw(st.lists(steps(), min_size=10, max_size=40)))


anything = settings(max_examples=40, deadline=None)


def summaries(talk: Talk) -> list[Summary]:
    """Every summary that was shown or handed over."""
    held = [turn.view.summary for turn in talk.turns if isinstance(turn.view, PreviewView)]
    posted = [e.summary for e in talk.effects if isinstance(e, PostAdvice | RecordDecision)]
    return held + [summary for summary in posted if summary]


@anything
@given(talks())
def test_turns_only_go_up_one_at_a_time(talk: Talk) -> None:
    for before, _, turn in talk.taken:
        assert turn.session.turn - before.turn in (0, 1)
        assert (turn.session == before) is (turn.session.turn == before.turn)


@anything
@given(talks(), st.integers(1, 9))
def test_an_event_of_an_old_turn_changes_nothing(talk: Talk, age: int) -> None:
    for (_, event, _), (_, _, later) in zip(talk.taken, talk.taken[age:], strict=False):
        if later.session.turn > event.turn:
            again = advance(talk.pack, later.session, event)

            assert (again.session, again.effects) == (later.session, ())
            assert again.view == show(talk.pack, later.session)


@anything
@given(talks())
def test_effects_stand_only_on_transitions(talk: Talk) -> None:
    for before, event, turn in talk.taken:
        if turn.effects == (Forget(),):
            assert isinstance(event, Deleted)
            assert turn.session == before
        elif turn.effects:
            assert turn.session.turn == before.turn + 1
            assert len(turn.effects) == 1


@anything
@given(talks())
def test_revisions_run_one_two_three_without_gaps(talk: Talk) -> None:
    for kind, kept in ((RecordAdvice, "advised"), (RecordDecision, "decided")):
        found = [effect.revision for effect in talk.effects if isinstance(effect, kind)]
        assert found == [*range(1, len(found) + 1)]
        assert getattr(talk.turns[-1].session, kept) == len(found)


@anything
@given(talks())
def test_advice_shown_is_where_the_answers_lead(talk: Talk) -> None:
    for turn in talk.turns:
        if isinstance(turn.view, AdviceView):
            session = turn.session
            assert turn.view.advice.outcome is locate(talk.pack, session.answers, session.passed)
            assert {said.question: said.value for said in turn.view.path} == session.advised_on


@anything
@given(talks())
def test_decisions_stand_on_the_newest_recorded_advice(talk: Talk) -> None:
    newest = None

    for effect in talk.effects:
        if isinstance(effect, RecordAdvice):
            newest = effect.advice
        elif isinstance(effect, RecordDecision):
            assert newest is not None
            assert effect.advice.path == newest.path
            assert effect.advice.outcome == newest.outcome


@anything
@given(talks())
def test_no_summary_holds_a_word_that_was_typed(talk: Talk) -> None:
    for summary in summaries(talk):
        assert CANARY not in "".join(texts(summary))


@anything
@given(talks())
def test_typed_words_show_on_the_form_alone(talk: Talk) -> None:
    for turn in talk.turns:
        if not isinstance(turn.view, DecisionView):
            assert CANARY not in "".join(texts(turn.view))


@anything
@given(talks())
def test_every_session_can_be_put_away(talk: Talk) -> None:
    for turn in talk.turns:
        stored = turn.session.model_dump_json(exclude_defaults=True)
        restored = Session.model_validate_json(stored)
        assert restored == turn.session
        assert type(show(talk.pack, restored)) is type(turn.view)


@anything
@given(talks())
def test_every_screen_keeps_to_its_limits(talk: Talk) -> None:
    for turn in talk.turns:
        match turn.view:
            case DangerView() | QuestionView() as view:
                hold_question(view)
            case CheckAnswersView() as view:
                counted = [*view.path, *view.dropped]
                assert len({said.question for said in counted}) == len(counted)
                assert len(counted) < limits.MESSAGE_BLOCKS
            case AdviceView() as view:
                hold_advice(view)
            case DecisionView() as view:
                assert all(len(error) <= limits.PARAGRAPH for error in view.errors.values())
            case PreviewView() as view:
                assert all(len(line) <= limits.PARAGRAPH for line in texts(view.summary))
            case _:
                assert turn.session.stage is Stage.DONE


def hold_question(view: DangerView | QuestionView) -> None:
    """Hold a question's screen to its limits."""
    asked = view.asked
    assert 2 <= len(asked.choices) <= limits.OPTIONS
    assert len({choice.value for choice in asked.choices}) == len(asked.choices)
    assert all(0 < len(choice.label) <= limits.OPTION_LABEL for choice in asked.choices)
    assert all(len(choice.description) <= limits.OPTION_DESCRIPTION for choice in asked.choices)
    assert len(asked.text) <= limits.QUESTION_TEXT
    assert len(asked.hint) <= limits.HINT
    assert max(len(asked.why), len(asked.source)) <= limits.PARAGRAPH
    if isinstance(view, QuestionView):
        assert view.number == len(view.path) + 1 <= view.most


def hold_advice(view: AdviceView) -> None:
    """Hold an advice to its limits."""
    outcome = view.advice.outcome
    blocks = [*outcome.steps, *view.contacts, *view.advice.notices]
    assert len(blocks) <= limits.MODAL_BLOCKS // 2
    assert len(outcome.headline) <= limits.HEADLINE
    assert max(map(len, texts(view.advice))) <= limits.PARAGRAPH
    assert len(view.contacts) == len(outcome.call) > 0


def test_conversations_reach_every_stage_and_effect() -> None:
    stages: set[Stage] = set()
    effects: set[type[Effect]] = set()
    passed: set[str] = set()

    @seed(2_024)
    @anything
    @given(talks())
    def gather(talk: Talk) -> None:
        for turn in talk.turns:
            stages.add(turn.session.stage)
            effects.update(map(type, turn.effects))
            passed.update(turn.session.passed)

    gather()

    assert stages == set(Stage)
    assert effects == {RecordAdvice, RecordDecision, PostAdvice, Forget}
    assert passed
