"""The room of the register: one's own checks only, and codes held against what stands."""

import pytest

from bot.reception import Reception
from bot.register.checkpoints import mark_of
from bot.rooms import Visit
from bot.rooms.register import RegisterRoom
from dialogs.pages import FormView, PageView
from tests.bot.register.tampering import tamper
from tests.bot.world import World, practitioner

WHO, OTHER = practitioner(), practitioner("bea")


@pytest.fixture
def reception(real: World) -> Reception:
    return Reception(real.conversation, (RegisterRoom(real.conversation, real.register),))


async def a_decision(real: World) -> tuple[str, str]:
    """A recorded decision: its reference, and its check's id."""
    shown = await real.advised(WHO, "no", "yes", "yes")
    await real.decided(WHO, shown)
    entry = (await real.entries())[-1]
    return str(entry.body["reference"]), entry.check


async def typed(reception: Reception, verb: str, text: str, who: object = WHO) -> str:
    visit = Visit(verb, form={"named": (text,)})
    shown = await reception.visit(who, "register", visit)  # type: ignore[arg-type]
    return said(shown.view)


def said(view: object) -> str:
    assert isinstance(view, PageView), view
    return "\n".join(
        text
        for section in view.sections
        for text in (section.heading, *section.lines, *section.bullets)
    )


async def code(real: World) -> str:
    return str(mark_of((await real.entries())[-1], await real.register.heads.write()))


async def test_both_commands_ask_what_to_look_up(reception: Reception) -> None:
    for command in ("find", "verify"):
        shown = await reception.open(WHO, f"{command} SC-ABCD-EFGH")

        assert isinstance(shown.view, FormView)
        assert (shown.view.verb, shown.view.form) == (command, {})


async def test_ones_own_check_is_found_by_its_reference(real: World, reception: Reception) -> None:
    reference, _ = await a_decision(real)

    page = await typed(reception, "find", f" {reference.lower()} ")

    assert reference in page
    assert "Entry 1 of the register, advice of 22 November 2026: May share." in page
    assert "Entry 2 of the register, a decision of 22 November 2026: Share." in page


async def test_somebody_elses_check_is_not_there(real: World, reception: Reception) -> None:
    reference, check = await a_decision(real)
    visit = Visit("receipts", check)

    pages = [
        await typed(reception, "find", reference, OTHER),
        await typed(reception, "verify", reference, OTHER),
        said((await reception.visit(OTHER, "register", visit)).view),
        await typed(reception, "find", "SC-AAAA-AAAA"),
    ]

    assert all("No check of yours" in page for page in pages)
    assert not any("decision" in page for page in pages)


async def test_a_check_has_a_receipt_for_each_entry(real: World, reception: Reception) -> None:
    reference, check = await a_decision(real)

    by_reference = await typed(reception, "verify", reference)
    by_button = said((await reception.visit(WHO, "register", Visit("receipts", check))).view)

    assert by_reference == by_button
    assert by_reference.count("Code: ") == 2
    assert await code(real) in by_reference
    assert "It leads to the checkpoint of 2 entries" in by_reference


async def test_a_code_of_ones_own_is_proved_in_words(real: World, reception: Reception) -> None:
    reference, _ = await a_decision(real)

    page = await typed(reception, "verify", (await code(real)).upper())

    assert "It stands: entry 2 of the register, a decision of 22 November 2026" in page
    assert "The first 2 entries are, in the same order" in page
    assert f"It is yours: {reference}, Share." in page


async def test_anybody_may_check_a_code_and_learns_no_more_than_that_it_stands(
    real: World, reception: Reception
) -> None:
    reference, _ = await a_decision(real)

    page = await typed(reception, "verify", str(mark_of((await real.entries())[-1])), OTHER)

    assert "It stands: entry 2" in page
    assert reference not in page
    assert "Share." not in page


@pytest.mark.parametrize(
    ("alter", "why"),
    [
        (lambda code: "9" + code[1:], "has no entry 9"),
        (lambda code: code[:2] + "000000000000" + code[14:], "Entry 2 is not the one"),
        (lambda code: code.replace("-2-", "-7-"), "and there are not as many"),
        (lambda code: code[:-4] + "0000", "The first 2 entries are not those"),
    ],
)
async def test_a_wrong_code_is_not_proved(
    real: World, reception: Reception, alter: object, why: str
) -> None:
    await a_decision(real)

    page = await typed(reception, "verify", alter(await code(real)))  # type: ignore[operator]

    assert "Not proved" in page
    assert why in page


async def test_an_altered_entry_is_told(real: World, reception: Reception) -> None:
    reference, _ = await a_decision(real)
    kept = await code(real)
    await tamper(real.register, "UPDATE entries SET revision = 4 WHERE seq = 2")

    assert "Entry 2 is not the one" in await typed(reception, "verify", kept)
    assert "Something is wrong with the register" in await typed(reception, "verify", reference)


@pytest.mark.parametrize("text", ["", "SC-1", "x" * 500, "<b>", "12-zz", "\x00"])
async def test_other_words_are_asked_about_again(reception: Reception, text: str) -> None:
    visit = Visit("verify", form={"named": (text,)})

    shown = await reception.visit(WHO, "register", visit)

    assert isinstance(shown.view, FormView)
    assert "neither a reference" in shown.view.errors["named"]


async def test_whatever_else_is_pressed_leads_to_the_first_page(reception: Reception) -> None:
    for visit in (Visit("nonsense"), Visit("", "x"), Visit("find")):
        shown = await reception.visit(WHO, "register", visit)

        assert isinstance(shown.view, FormView)
