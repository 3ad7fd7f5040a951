"""What a practitioner meets: every view as a page, and nothing lost on the way."""

from tests.bot.surfaces.web.page import Element
from tests.bot.surfaces.web.visitor import DECISION, Visitor, visiting

TO_SHARE = ("no", "yes", "yes")


def verbs(form: Element) -> list[str]:
    return [button["value"] for button in form.every("button")]


async def test_a_whole_check_shows_every_view_in_turn(visitor: Visitor) -> None:
    preview = await visitor.previewed(*TO_SHARE)
    done = await visitor.press(preview, "post")

    assert [page.view for page in visitor.pages] == [
        *("danger", "question", "question", "check_answers"),
        *("advice", "decision", "preview", "done"),
    ]
    assert [page.question for page in visitor.pages[:3]] == ["danger", "purpose", "consent"]
    assert done.title == "Decision recorded – Share Check"


async def test_a_posted_summary_and_its_entries_stand_beside(visitor: Visitor) -> None:
    done = await visitor.press(await visitor.previewed(*TO_SHARE), "post")

    [post] = done.by_id("channel").every("article")
    assert post["data-reference"] in done.main.text
    assert [line.text for line in post.every("dt")][-1] == "Register mark"
    assert [line.text for line in post.every("dd")][-1].startswith("2-")
    rows = [row.text for row in done.by_id("register").every("tbody")[0].every("tr")]
    assert [row.split()[:2] for row in rows] == [["2", "Decision"], ["1", "Advice"]]


async def test_the_preview_shows_the_very_words_posted(visitor: Visitor) -> None:
    preview = await visitor.previewed(*TO_SHARE)
    done = await visitor.press(preview, "post")

    [promised] = [s for s in preview.main.every("section") if s["class"] == "preview"]
    [posted] = done.by_id("channel").every("article")
    promised_lines = [line.text for line in promised.every("dd")]
    assert promised_lines[-1] == "filled in when posted"
    assert [line.text for line in posted.every("dd")][:-1] == promised_lines[:-1]


async def test_recording_without_posting_leaves_the_channel_empty(visitor: Visitor) -> None:
    done = await visitor.press(await visitor.previewed(*TO_SHARE), "skip")

    assert not done.by_id("channel").every("article")
    assert "Nothing was posted" in done.main.text


async def test_a_later_decision_edits_the_posted_advice(visitor: Visitor) -> None:
    form = await visitor.press(await visitor.advised(*TO_SHARE), "decide")
    posted = await visitor.press(await visitor.press(form, "undecided"), "post")
    form = await visitor.press(posted, "decide")
    done = await visitor.press(await visitor.press(form, "decide", **DECISION), "post")

    assert "Not recorded yet" in posted.by_id("channel").text
    [post] = done.by_id("channel").every("article")
    assert "Not recorded yet" not in post.text


async def test_reloading_after_a_turn_sends_no_form(visitor: Visitor) -> None:
    page = await visitor.answer("no", "yes")

    again = await visitor.open(page.address)

    assert page.address.startswith("/?check=")
    assert (again.view, again.question) == ("question", "consent")


async def test_an_old_form_shows_where_the_check_stands(visitor: Visitor) -> None:
    page = await visitor.answer("no")
    await visitor.press(page, "answer", purpose=["yes"])

    stale = await visitor.press(page, "answer", purpose=["no"])

    assert (stale.status, stale.question) == (200, "consent")


async def test_no_answer_is_a_mistake_with_a_link(visitor: Visitor) -> None:
    page = await visitor.press(await visitor.answer("no"), "answer")

    assert page.title.startswith("Error: ")
    [link] = [a for a in page.main.every("a") if a["href"] == "#answer"]
    assert link.text == "Choose one of the answers."
    assert page.faults() == []


async def test_going_back_keeps_the_answer_chosen(visitor: Visitor) -> None:
    page = await visitor.press(await visitor.answer("no", "yes"), "back")

    assert page.form("answer")["purpose"] == ["yes"]


async def test_changing_an_answer_says_which_others_lapse(visitor: Visitor) -> None:
    page = await visitor.press(await visitor.answer(*TO_SHARE), "change:purpose")
    page = await visitor.press(page, "answer", purpose=["no"])

    assert page.view == "check_answers"
    assert "Kept, but not used" in page.main.text


async def test_personal_data_is_shown_back_and_may_be_kept(visitor: Visitor) -> None:
    words = ["Rang 07700 900123\nabout <b>it</b>."]
    form = await visitor.press(await visitor.advised(*TO_SHARE), "decide")
    refused = await visitor.press(form, "decide", **{**DECISION, "words": words})
    box = next(i for i in refused.main.every("input") if i["name"] == "kept")
    kept = await visitor.press(refused, "decide", kept=[box["value"]])

    assert refused.view == "decision"
    assert "07700 900123" in refused.main.text
    assert refused.form("decide")["words"] == words
    assert refused.faults() == []
    assert kept.view == "preview"


async def test_the_form_is_filled_in_from_the_check(visitor: Visitor) -> None:
    form = await visitor.press(await visitor.advised(*TO_SHARE), "decide")

    assert form.form("decide")["consent"] == ["given"]
    assert form.form("decide")["asked_by"] == [""]


async def test_advice_says_verdict_steps_and_whom_to_call(visitor: Visitor) -> None:
    page = await visitor.advised("no", "yes", "yes")

    text = page.main.text
    order = ["May share", page.one("h1").text, "What to do now", "Whom to call", "Why this answer"]
    assert sorted(order, key=text.index) == order
    assert "replaced" in text
    assert "england-2024" in text
    assert "If you had answered “" in text


async def test_act_now_offers_what_else_may_be_shared(visitor: Visitor) -> None:
    page = await visitor.answer("harm")
    onward = await visitor.press(page, "go_on")

    assert page.view == "advice"
    assert (onward.view, onward.question) == ("question", "purpose")


async def test_an_open_check_can_be_continued(visitor: Visitor) -> None:
    await visitor.answer("no", "yes")

    page = await visitor.press(await visitor.open(), "resume")

    assert page.question == "consent"


async def test_an_open_check_can_be_deleted(visitor: Visitor) -> None:
    await visitor.answer("no", "yes")
    deleted = await visitor.press(await visitor.open(), "delete")

    again = await visitor.press(deleted, "restart")

    assert (deleted.view, deleted.title) == ("expired", "This check is deleted – Share Check")
    assert (again.view, again.address) == ("danger", "/")
    assert "Your open checks" not in again.main.text


async def test_somebody_elses_check_stays_closed(visitor: Visitor) -> None:
    page = await visitor.answer("no", "yes")

    async with visiting(visitor.url) as other:
        seen = await other.open(page.address)
        taken = await other.press(page, "answer", consent=["yes"])

    assert [seen.view, taken.view] == ["expired", "expired"]
    assert "consent" not in seen.main.text.lower()


async def test_every_page_carries_the_emergency_line(visitor: Visitor) -> None:
    await visitor.press(await visitor.previewed(*TO_SHARE), "post")
    await visitor.open("/?check=a")

    for page in visitor.pages:
        assert "In an emergency call 999" in page.one("header").text


async def test_every_page_can_be_used_without_sight(visitor: Visitor) -> None:
    await visitor.press(await visitor.previewed(*TO_SHARE), "post")
    await visitor.answer("harm")
    await visitor.open()
    await visitor.open("/?check=a")

    for page in visitor.pages:
        assert (page.view, page.faults()) == (page.view, [])


async def test_the_first_button_of_a_form_goes_on(visitor: Visitor) -> None:
    await visitor.previewed(*TO_SHARE)

    onward = ["answer", "answer", "answer", "confirm", "decide", "decide", "post"]
    for page, verb in zip(visitor.pages, onward, strict=True):
        [form] = [f for f in page.main.every("form") if verb in verbs(f)]
        assert verbs(form)[0] == verb
