"""One turn, end to end, on a real Redis and a real register."""

import asyncio
import shutil
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

from bot.embedded import Embedded
from bot.sessions import DeskItem, Sessions
from dialogs.events import (
    Answered,
    Changed,
    Confirmed,
    Decided,
    Deciding,
    Deleted,
    LeftUndecided,
    Posted,
    WentOn,
)
from dialogs.views import (
    AdviceView,
    CheckAnswersView,
    DangerView,
    DecisionView,
    DoneView,
    ExpiredView,
    NotYoursView,
    PreviewView,
    QuestionView,
    TryAgainView,
)
from tests.bot.world import SHARE, World, practitioner, world

AYESHA, BEN = practitioner("ayesha"), practitioner("ben")
TO_SHARE = ("no", "yes", "yes")


async def test_a_check_ends_in_one_advice_one_decision_one_summary(real: World) -> None:
    shown = await real.decided(AYESHA, await real.advised(AYESHA, *TO_SHARE))
    await real.outbox.drain()

    assert isinstance(shown.view, DoneView)
    assert [(entry.kind, entry.revision) for entry in await real.entries()] == [
        ("advice", 1),
        ("decision", 1),
    ]
    [summary] = await real.panel.summaries()
    assert summary.reference == shown.view.reference
    assert summary.lines[-1][1].startswith("2-")


async def test_every_event_sent_twice_at_once_counts_once(real: World) -> None:
    take = real.conversation.take
    shown = await real.conversation.begin(AYESHA)
    check = str(shown.check)

    async def twice(event: object) -> None:
        nonlocal shown
        first, second = await asyncio.gather(
            take(AYESHA, check, event),  # type: ignore[arg-type]
            take(AYESHA, check, event),  # type: ignore[arg-type]
        )
        assert (first.turn, type(first.view)) == (second.turn, type(second.view))
        shown = first

    for value in TO_SHARE:
        assert isinstance(shown.view, DangerView | QuestionView)
        await twice(Answered(shown.turn, shown.view.asked.id, value))
    await twice(Confirmed(shown.turn))
    await twice(Deciding(shown.turn))
    await twice(Decided(shown.turn, SHARE))
    await twice(Posted(shown.turn, post=True))

    assert isinstance(shown.view, DoneView)
    assert [entry.kind for entry in await real.entries()] == ["advice", "decision"]
    assert len(await real.rows()) == 1


async def test_an_old_screen_shows_where_the_check_stands(real: World) -> None:
    first = await real.conversation.begin(AYESHA)
    now = await real.answer(AYESHA, first, "no", "yes")

    shown = await real.conversation.take(AYESHA, str(first.check), Answered(0, "danger", "now"))

    assert shown == now
    assert await real.entries() == []


async def test_somebody_elses_check_is_refused_without_a_trace(real: World) -> None:
    theirs = await real.answer(AYESHA, await real.conversation.begin(AYESHA), "no")

    taken = await real.conversation.take(BEN, str(theirs.check), Answered(1, "purpose", "no"))
    resumed = await real.conversation.resume(BEN, str(theirs.check))
    invented = await real.conversation.take(BEN, "a" * 24, Answered(0, "danger", "no"))

    assert isinstance(taken.view, NotYoursView)
    assert isinstance(resumed.view, NotYoursView)
    assert isinstance(invented.view, NotYoursView)
    assert await real.conversation.resume(AYESHA, str(theirs.check)) == theirs


async def test_an_unfinished_check_is_offered_until_it_is_deleted(real: World) -> None:
    left = await real.answer(AYESHA, await real.conversation.begin(AYESHA), "no")

    again = await real.conversation.begin(AYESHA)
    assert isinstance(again.view, DangerView)
    [offered] = again.view.open_checks
    resumed = await real.conversation.resume(AYESHA, offered.check)
    deleted = await real.conversation.take(AYESHA, offered.check, Deleted(resumed.turn))
    after = await real.conversation.begin(AYESHA)

    assert resumed == left
    assert isinstance(deleted.view, ExpiredView)
    assert deleted.view.why == "deleted"
    assert isinstance(after.view, DangerView)
    assert after.view.open_checks == ()


async def test_a_decision_can_start_after_redis_forgot(real: World) -> None:
    advised = await real.advised(AYESHA, *TO_SHARE)
    await _forget(real, str(advised.check), advised.turn)

    shown = await real.conversation.resume(AYESHA, str(advised.check))
    done = await real.decided(AYESHA, shown)

    assert isinstance(shown.view, AdviceView)
    assert isinstance(done.view, DoneView)
    assert [entry.kind for entry in await real.entries()] == ["advice", "decision"]


async def test_an_expired_check_without_advice_says_so(real: World) -> None:
    left = await real.answer(AYESHA, await real.conversation.begin(AYESHA), "no")
    await _forget(real, str(left.check), left.turn)

    shown = await real.conversation.take(AYESHA, str(left.check), Answered(1, "purpose", "yes"))
    resumed = await real.conversation.resume(AYESHA, str(left.check))

    assert isinstance(shown.view, ExpiredView)
    assert isinstance(resumed.view, ExpiredView)


async def test_act_now_is_recorded_when_shown_and_goes_on(real: World) -> None:
    shown = await real.answer(AYESHA, await real.conversation.begin(AYESHA), "harm")
    assert isinstance(shown.view, AdviceView)

    on = await real.conversation.take(AYESHA, str(shown.check), WentOn(shown.turn))

    assert shown.view.recorded
    assert isinstance(on.view, QuestionView)
    [entry] = await real.entries()
    assert entry.body["verdict"] == "act_now"


async def test_a_changed_answer_writes_the_next_revision(real: World) -> None:
    shown = await real.advised(AYESHA, *TO_SHARE)
    check = str(shown.check)

    shown = await real.conversation.take(AYESHA, check, Changed(shown.turn, "consent"))
    shown = await real.answer(AYESHA, shown, "no", "no")
    assert isinstance(shown.view, CheckAnswersView)
    await real.conversation.take(AYESHA, check, Confirmed(shown.turn))

    revisions = [(entry.revision, entry.body["outcome"]) for entry in await real.entries()]
    assert [revision for revision, _ in revisions] == [1, 2]
    assert revisions[0][1] != revisions[1][1]


async def test_a_crash_between_record_and_save_is_mended_by_the_same_event(real: World) -> None:
    shown = await real.answer(AYESHA, await real.conversation.begin(AYESHA), *TO_SHARE)
    held = await real.sessions.load(_owner(real), str(shown.check))
    await real.conversation.take(AYESHA, str(shown.check), Confirmed(shown.turn))
    assert held is not None
    await _put_back(real, str(shown.check), held.turn, held.value)

    again = await real.conversation.take(AYESHA, str(shown.check), Confirmed(shown.turn))

    assert isinstance(again.view, AdviceView)
    assert len(await real.entries()) == 1


async def test_a_session_behind_its_register_catches_up(real: World) -> None:
    shown = await real.answer(AYESHA, await real.conversation.begin(AYESHA), *TO_SHARE)
    check = str(shown.check)
    held = await real.sessions.load(_owner(real), check)
    assert held is not None
    await real.conversation.take(AYESHA, check, Confirmed(shown.turn))
    await _put_back(
        real, check, held.turn, held.value.replace(b'"consent":"yes"', b'"consent":"not_sure"')
    )

    again = await real.conversation.take(AYESHA, check, Confirmed(shown.turn))

    assert isinstance(again.view, AdviceView)
    assert [entry.revision for entry in await real.entries()] == [1, 2]


async def test_a_later_decision_edits_the_summary_of_the_advice(real: World) -> None:
    shown = await real.advised(AYESHA, *TO_SHARE)
    check = str(shown.check)
    shown = await real.conversation.take(AYESHA, check, Deciding(shown.turn))
    shown = await real.conversation.take(AYESHA, check, LeftUndecided(shown.turn))
    assert isinstance(shown.view, PreviewView)
    shown = await real.conversation.take(AYESHA, check, Posted(shown.turn, post=True))
    await real.outbox.drain()

    await real.decided(AYESHA, shown)
    await real.outbox.drain()

    advice, decision = await real.rows()
    assert decision.edits == advice.id
    [summary] = await real.panel.summaries()
    assert ("Decision", "Share") in summary.lines


async def test_nothing_is_posted_when_the_practitioner_says_so(real: World) -> None:
    await real.decided(AYESHA, await real.advised(AYESHA, *TO_SHARE), post=False)

    assert await real.rows() == ()
    assert [entry.kind for entry in await real.entries()] == ["advice", "decision"]


async def test_the_direct_message_holds_closed_values_and_a_sealed_recipient(real: World) -> None:
    clara = replace(practitioner("clara", "slack"), address="U0CLARA")

    await real.advised(clara, *TO_SHARE)

    row, reminder = await real.rows()
    assert (row.purpose, reminder.purpose) == ("advice", "reminder")
    assert b"U0CLARA" not in (reminder.sealed_recipient or b"")
    assert set(reminder.body) == {"reference"}
    assert set(row.body) == {"digest", "passed", "reference", "answers"}
    assert b"U0CLARA" not in (row.sealed_recipient or b"")


async def test_danger_and_act_now_need_no_store(tmp_path: Path) -> None:
    async with (
        await Embedded.start(tmp_path / "redis") as redis,
        world(redis.url, tmp_path) as real,
    ):
        await redis.stop()
        shutil.rmtree(tmp_path / "register.db", ignore_errors=True)
        await real.register.close()
        began = time.perf_counter()

        danger = await real.conversation.begin(AYESHA)
        now = await real.answer(AYESHA, danger, "now")
        no = await real.conversation.take(AYESHA, str(danger.check), Answered(0, "danger", "no"))

        assert time.perf_counter() - began < 3
        assert isinstance(now.view, AdviceView)
        assert not now.view.recorded
        assert isinstance(no.view, TryAgainView)
        assert no.view.emergency.number == "999"


async def test_act_now_over_older_advice_is_not_called_recorded(
    redis_url: str, tmp_path: Path
) -> None:
    async with await Embedded.start(tmp_path / "own") as own, world(own.url, tmp_path) as real:
        shown = await real.advised(AYESHA, *TO_SHARE)
        check = str(shown.check)
        shown = await real.conversation.take(AYESHA, check, Changed(shown.turn, "danger"))
        await own.stop()

        now = await real.conversation.take(AYESHA, check, Answered(shown.turn, "danger", "now"))

        assert isinstance(now.view, AdviceView)
        assert not now.view.recorded
        assert len(await real.entries()) == 1


async def test_act_now_that_was_not_recorded_goes_with_the_decision(
    real: World, tmp_path: Path
) -> None:
    shown = await real.conversation.begin(AYESHA)
    lock = sqlite3.connect(tmp_path / "register.db")
    lock.execute("BEGIN IMMEDIATE")
    now = await real.answer(AYESHA, shown, "harm")
    lock.rollback()
    lock.close()
    assert isinstance(now.view, AdviceView)
    assert not now.view.recorded

    done = await real.decided(AYESHA, now)

    assert isinstance(done.view, DoneView)
    assert [(entry.kind, entry.body["verdict"]) for entry in await real.entries()] == [
        ("advice", "act_now"),
        ("decision", "act_now"),
    ]


async def test_a_screen_open_longer_than_its_check_still_decides(real: World) -> None:
    advised = await real.advised(AYESHA, *TO_SHARE)
    await _forget(real, str(advised.check), advised.turn)

    shown = await real.conversation.take(AYESHA, str(advised.check), Deciding(advised.turn))

    assert isinstance(shown.view, DecisionView)


async def test_a_check_kept_in_another_shape_can_only_be_deleted(real: World) -> None:
    shown = await real.answer(AYESHA, await real.conversation.begin(AYESHA), "no")
    check = str(shown.check)
    await _forget(real, check, shown.turn)
    await real.sessions.save(_owner(real), check, expected=None, turn=1, value=b'{"strange":1}')

    resumed = await real.conversation.resume(AYESHA, check)
    answered = await real.conversation.take(AYESHA, check, Answered(1, "purpose", "yes"))
    deleted = await real.conversation.take(AYESHA, check, Deleted(1))

    assert isinstance(resumed.view, ExpiredView)
    assert resumed.view.why == "pack_changed"
    assert answered.view == resumed.view
    assert isinstance(deleted.view, ExpiredView)
    assert deleted.view.why == "deleted"
    assert await real.sessions.load(_owner(real), check) is None


async def test_a_strange_line_on_the_desk_does_not_hide_danger(real: World) -> None:
    item = DeskItem("a" * 24, b'{"strange":1}')
    await real.sessions.save(_owner(real), "a" * 24, expected=None, turn=1, value=b"{}", desk=item)

    shown = await real.conversation.begin(AYESHA)

    assert isinstance(shown.view, DangerView)
    assert shown.view.open_checks == ()


async def test_a_deletion_that_lost_the_race_says_what_stands(real: World) -> None:
    shown = await real.answer(AYESHA, await real.conversation.begin(AYESHA), "no")
    check = str(shown.check)

    answered, deleted = await asyncio.gather(
        real.conversation.take(AYESHA, check, Answered(shown.turn, "purpose", "yes")),
        real.conversation.take(AYESHA, check, Deleted(shown.turn)),
    )
    stands = await real.conversation.resume(AYESHA, check)

    if isinstance(stands.view, ExpiredView):
        assert isinstance(deleted.view, ExpiredView)
        assert deleted.view.why == "deleted"
    else:
        assert deleted == answered == stands


async def test_a_summary_held_back_is_not_said_to_be_on_its_way(real: World) -> None:
    done = await real.decided(AYESHA, await real.advised(AYESHA, *TO_SHARE))
    again = await real.decided(AYESHA, done, post=False)

    assert isinstance(done.view, DoneView)
    assert isinstance(again.view, DoneView)
    assert (done.view.posted, done.view.earlier_stands) == (True, False)
    assert (again.view.posted, again.view.earlier_stands) == (False, True)


async def test_nothing_is_lost_when_the_register_closes_midway(real: World) -> None:
    shown = await real.answer(AYESHA, await real.conversation.begin(AYESHA), *TO_SHARE)
    await real.register.close()

    confirmed = await real.conversation.take(AYESHA, str(shown.check), Confirmed(shown.turn))
    stands = await real.conversation.resume(AYESHA, str(shown.check))

    assert isinstance(confirmed.view, TryAgainView)
    assert stands == shown


async def test_a_session_stays_small_after_a_whole_check(real: World) -> None:
    done = await real.decided(AYESHA, await real.advised(AYESHA, *TO_SHARE))

    held = await real.sessions.load(_owner(real), str(done.check))

    assert held is not None
    assert len(held.value) < 1_000


def _owner(real: World) -> tuple[str, ...]:
    return real.conversation.keyring.owners("web", "test", "ayesha")


async def _forget(real: World, check: str, turn: int) -> None:
    await real.sessions.save(
        _owner(real), check, expected=turn, turn=turn + 1, value=b"", drop=True
    )


async def _put_back(real: World, check: str, turn: int, value: bytes) -> None:
    sessions: Sessions = real.sessions
    await _forget(real, check, turn + 1)
    await sessions.save(_owner(real), check, expected=None, turn=turn, value=value)
