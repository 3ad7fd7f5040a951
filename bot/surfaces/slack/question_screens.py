"""The screens that ask: the danger question, every other question, and the answers in review."""

from datetime import date

from bot.surfaces.slack.blocks import (
    Json,
    actions,
    button,
    emergency_line,
    header,
    labelled,
    listed,
    note,
    plain,
    words,
)
from bot.surfaces.slack.frame import Screen, policy_line, superseded
from bot.surfaces.slack.read import ANSWER, CHANGE
from dialogs.lines import bulleted, contact_line, emergency_words
from dialogs.views import Asked, CheckAnswersView, DangerView, OpenCheck, QuestionView, Said

CONTINUE = "Continue"
WHY = "Why are we asking?"
ADVISE = "Get the advice"
MOST_OPEN = 5
"""Open checks offered on the first screen: the question comes first, and it has to be found."""


def danger_screen(view: DangerView, turn: int, today: date) -> Screen:
    """The emergency numbers, the danger question, and the checks that were left open."""
    by_role = {contact.role: contact for contact in view.contacts}
    emergency = by_role.pop("emergency", None)
    numbers = bulleted(contact_line(contact, today) for contact in by_role.values())
    blocks = [
        header(emergency_words(emergency)),
        *([words("\n".join(numbers))] if numbers else []),
        *([words(view.notice)] if view.notice else []),
        *superseded(view.policy),
        *_problem(view.asked),
        _choice(view.asked, turn),
        actions(button(WHY, "why")),
        *_left_open(view.open_checks),
        policy_line(view.policy),
    ]
    return Screen("danger", blocks, CONTINUE)


def question_screen(view: QuestionView, turn: int) -> Screen:
    """One question, how far along it is, and the way back."""
    blocks = [
        note(f"Question {view.number} of at most {view.most}."),
        *superseded(view.policy),
        *_problem(view.asked),
        _choice(view.asked, turn),
        actions(button("Back", "back"), button(WHY, "why")),
        emergency_line(view.emergency),
        policy_line(view.policy),
    ]
    return Screen("question", blocks, CONTINUE)


def answers_screen(view: CheckAnswersView) -> Screen:
    """Every answer that counts, each with a way to change it."""
    blocks = [
        words("Check your answers before you get the advice."),
        *superseded(view.policy),
        *(_answer(said) for said in view.path),
        *_no_longer_counting(view.dropped),
        actions(button(ADVISE, "confirm"), button("Back", "back")),
        emergency_line(view.emergency),
        policy_line(view.policy),
    ]
    return Screen("check_answers", blocks, ADVISE)


def _problem(asked: Asked) -> list[Json]:
    return [words(f"There is a problem. {asked.error}")] if asked.error else []


def _choice(asked: Asked, turn: int) -> Json:
    """The block id differs from turn to turn, or Slack would keep what was chosen elsewhere."""
    options = [_option(choice.value, choice.label, choice.description) for choice in asked.choices]
    element: Json = {"type": "radio_buttons", "action_id": ANSWER, "options": options}
    for option in options:
        if option["value"] == asked.selected:
            element["initial_option"] = option
    block: Json = {
        "type": "input",
        "block_id": f"{asked.id}:{turn}",
        "label": plain(asked.text),
        "element": element,
    }
    if asked.hint:
        block["hint"] = plain(asked.hint)
    return block


def _option(value: str, label: str, description: str) -> Json:
    option: Json = {"value": value, "text": plain(label)}
    if description:
        option["description"] = plain(description)
    return option


def _left_open(open_checks: tuple[OpenCheck, ...]) -> list[Json]:
    if not open_checks:
        return []
    blocks = [words("Checks that you left open")]
    for left in open_checks[:MOST_OPEN]:
        blocks.append(labelled(left.reference, f"{left.standing}. Last opened {left.day}."))
        blocks.append(
            actions(
                button("Continue", "resume", left.check, accessibility_label=_named(left)),
                button("Delete", "delete", left.check, confirm=_CONFIRM_DELETE),
                block_id=f"open:{left.check}",
            )
        )
    return blocks


def _named(left: OpenCheck) -> str:
    return f"Continue {left.reference}"


_CONFIRM_DELETE: Json = {
    "title": plain("Delete this check?"),
    "text": plain("Its answers go. Advice and decisions already recorded stay recorded."),
    "confirm": plain("Delete"),
    "deny": plain("Keep"),
    "style": "danger",
}


def _answer(said: Said) -> Json:
    name = f"Change: {said.text}"
    change = button("Change", f"{CHANGE}{said.question}", accessibility_label=name[:75])
    block_id = f"answer:{said.question}"
    return labelled(said.text, said.label, accessory=change, block_id=block_id)


def _no_longer_counting(dropped: tuple[Said, ...]) -> list[Json]:
    if not dropped:
        return []
    lines = bulleted(f"{said.text} {said.label}" for said in dropped)
    return listed("These answers no longer count", lines)
