"""Scripted conversations: every surface comes to the same screens, entries and summaries."""

from functools import partial
from typing import Any

import pytest

from dialogs.check import advance, begin
from dialogs.events import Answered, Changed, Confirmed, Decided, Deciding, Posted, WentBack
from dialogs.record import advice_body, decision_body
from dialogs.turn import RecordAdvice, RecordDecision
from dialogs.views import DangerView, DecisionView, PreviewView, QuestionView
from policies.model import Pack
from policies.proof import Path
from tests.parity.conftest import Opening, Place
from tests.parity.seen import Driver, Seen, differences
from tests.parity.walks import CHECK, editions, one_for_each_verdict

DEFAULT = "england-2024"
[EDITION] = [edition for edition in editions() if edition.pack.id == DEFAULT]
PACK: Pack = EDITION.pack
FORM = {
    "choice": ("defer",),
    "kinds": ("concern", "health"),
    "receiver": ("police",),
    "advice_from": ("safeguarding_lead",),
    "words": ("Waiting until the lead is back tomorrow.",),
}
POST = partial(Posted, post=True)
OURS = {"by", "reference", "check", "named"}
"""What differs from one check to the next, or from one person to another."""


class Engine:
    """The same conversation, in the engine alone."""

    def __init__(self) -> None:
        session = begin(PACK, EDITION.digest, CHECK)
        self.turn = advance(PACK, session, WentBack(0))
        self.bodies: list[dict[str, Any]] = []

    def take(self, make: Any, *values: Any) -> None:
        session = self.turn.session
        self.turn = advance(PACK, session, make(session.turn, *values))
        for effect in self.turn.effects:
            after = self.turn.session
            match effect:
                case RecordAdvice():
                    self.bodies.append(advice_body(PACK, after, effect.advice))
                case RecordDecision():
                    body = decision_body(PACK, after, effect.advice, effect.decision)
                    self.bodies.append(body)
                case _:
                    pass

    def same(self, seen: Seen) -> None:
        found = differences(self.turn.view, seen)
        assert not found, found


async def answered(driver: Driver, engine: Engine, path: Path) -> None:
    """Answer the questions of a path, up to the review of the answers or the advice."""
    while isinstance(engine.turn.view, DangerView | QuestionView):
        question = engine.turn.view.asked.id
        value = path.answers[question]
        engine.take(Answered, question, value)
        engine.same(await driver.answer(value))


async def recorded(place: Place) -> list[dict[str, Any]]:
    """The bodies of the newest check's entries, without what is each check's own."""
    [newest] = await place.register.latest(1)
    entries = await place.register.find(newest.check)
    return [_common(dict(entry.body)) for entry in entries]


def _common(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in OURS}


def path_to(verdict: str) -> Path:
    return next(p for p in one_for_each_verdict(DEFAULT) if p.outcome.verdict == verdict)


@pytest.mark.parametrize("path", one_for_each_verdict(DEFAULT), ids=lambda p: p.outcome.verdict)
async def test_a_decision_is_recorded_and_summarised_alike(opening: Opening, path: Path) -> None:
    async with opening(DEFAULT) as place:
        driver, engine = place.somebody(), Engine()
        engine.same(await driver.begin())
        await answered(driver, engine, path)
        if path.outcome.verdict != "act_now":
            engine.take(Confirmed)
            engine.same(await driver.confirm())
        engine.take(Deciding)
        view = engine.turn.view
        assert isinstance(view, DecisionView)
        engine.take(Decided, {**view.form, **FORM})
        preview = engine.turn.view
        assert isinstance(preview, PreviewView)
        previewed = await driver.decide(FORM)
        assert previewed.view == "preview"
        for label, value in preview.summary.lines:
            assert label in previewed.words
            assert value in previewed.words
        engine.take(POST)
        done = await driver.post()

        assert done.view == "done"
        assert await recorded(place) == [_common(body) for body in engine.bodies]
        [newest] = await place.register.latest(1)
        rows = [r for r in await place.outbox.of(newest.check) if r.purpose == "summary"]
        [row] = rows
        assert row.body["lines"] == [list(line) for line in preview.summary.lines]


async def test_an_answer_can_be_changed(opening: Opening) -> None:
    async with opening(DEFAULT) as place:
        driver, engine = place.somebody(), Engine()
        await driver.begin()
        await answered(driver, engine, path_to("do_not_share"))

        engine.take(Changed, "risk")
        engine.same(await driver.change("risk"))
        engine.take(Answered, "risk", "child")
        engine.same(await driver.answer("child"))
        engine.take(WentBack)
        engine.same(await driver.back())


async def test_an_old_screen_changes_nothing(opening: Opening) -> None:
    async with opening(DEFAULT) as place:
        driver, engine = place.somebody(), Engine()
        await driver.begin()
        await answered(driver, engine, path_to("do_not_share"))

        engine.same(await driver.press_an_old_screen())


async def test_a_check_is_taken_up_again(opening: Opening) -> None:
    async with opening(DEFAULT) as place:
        driver, engine = place.somebody(), Engine()
        await driver.begin()
        for question, value in (("danger", "no"), ("risk", "child")):
            engine.take(Answered, question, value)
            await driver.answer(value)

        engine.same(await driver.leave_and_resume())
