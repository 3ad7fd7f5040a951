"""Rehearsal on made-up cases: a list, a case to read, its questions, then what to learn from it.

Nothing is remembered between two screens: where somebody stands in a case is its id and the
options chosen so far, which travel in the form itself. They are ids and closed values, so that
there is nothing to keep, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dialogs.fields import Field
from dialogs.pages import FormView, PageView, Section, Way
from dialogs.summary import VERDICTS
from policies.assess import Advice, Answers, Step, assess, chosen, given, offered, replay
from policies.model import Contact, Outcome, Pack, Question, Verdict
from policies.practice import Case

ROOM = "practice"
TITLE = "Practise"
MADE_UP = "A made-up case. What you answer here is kept nowhere and seen by nobody."
BETWEEN, APART = ":", ","
NOTHING_CHOSEN = "Choose an answer."
KEPT = "Nothing of this was kept: no answer, no result, no name."
TOO_SOON = "A call made too soon harms nobody. The facts of this case leave you time to go on."
OTHERS = Way("Other cases", ROOM, "cases")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a case: the steps so far, and the question or the outcome there."""

    case: Case
    chosen: tuple[str, ...]
    path: tuple[Step, ...]
    node: Question | Outcome


def cases_page(cases: Iterable[Case], emergency: Contact) -> PageView:
    """The cases on offer."""
    opening = Section(
        lines=(
            "Read a made-up case, answer the policy's questions, and see what you can learn.",
            "What you answer is kept nowhere and seen by nobody. It takes two minutes.",
        )
    )
    offered = (Section(ways=(Way(case.named, ROOM, "read", case.id),)) for case in cases)
    return PageView(TITLE, (opening, *offered), emergency=emergency)


def case_page(pack: Pack, case: Case, emergency: Contact) -> PageView:
    """A case to read before the first question, and which policy it is put to."""
    opening = Section(lines=(MADE_UP, f"The policy: {pack.name}."))
    story = Section(case.title, case.story)
    ways = (Way("Answer the questions", ROOM, "ask", case.id, "primary"), OTHERS)
    return PageView(TITLE, (opening, story), ways, emergency)


def stands(pack: Pack, case: Case, picked: Iterable[str]) -> Standing:
    """Follow the options picked so far, in order; what the story tells is answered by itself.

    An option that is not on offer where it would count, and all after it, are left out.
    """
    waiting, facts, counted = [*picked], dict[str, str](), list[str]()
    while True:
        path, node = replay(pack, facts)
        if isinstance(node, Outcome):
            break
        if node.id in case.told and chosen(node, case.answers[node.id], facts):
            facts[node.id] = case.answers[node.id]
        elif waiting and chosen(node, waiting[0], facts):
            counted.append(waiting[0])
            facts[node.id] = waiting.pop(0)
        else:
            break
    return Standing(case, tuple(counted), path, node)


def show(pack: Pack, standing: Standing, emergency: Contact) -> PageView | FormView:
    """The next question, or what to learn."""
    if isinstance(standing.node, Question):
        return _question(standing, standing.node, emergency)
    return _learned(pack, standing, standing.node, emergency)


def answered(
    pack: Pack, standing: Standing, form: Mapping[str, tuple[str, ...]], emergency: Contact
) -> PageView | FormView:
    """Take the answer of a form; without one, or with one that is not offered, ask again."""
    question = standing.node
    if isinstance(question, Question):
        [picked] = form.get(question.id, ())[:1] or ("",)
        further = stands(pack, standing.case, (*standing.chosen, picked))
        if further.chosen == standing.chosen:
            asked = _question(standing, question, emergency)
            return replace(asked, errors={question.id: NOTHING_CHOSEN})
        standing = further
    return show(pack, standing, emergency)


def written(case: Case, picked: Iterable[str]) -> str:
    """Where somebody stands, as a form carries it."""
    return f"{case.id}{BETWEEN}{APART.join(picked)}"


def read(value: str) -> tuple[str, tuple[str, ...]]:
    """The case and the options of a form's value, which may hold anything."""
    case, _, picked = value.partition(BETWEEN)
    return case, tuple(picked.split(APART)) if picked else ()


def _question(standing: Standing, question: Question, emergency: Contact) -> FormView:
    case, so_far = standing.case, standing.chosen
    facts = given(standing.path)
    choices = tuple((option.value, option.label) for option in offered(question, facts))
    back = Way("Back", ROOM, "ask" if so_far else "read", written(case, so_far[:-1]))
    return FormView(
        title=TITLE,
        room=ROOM,
        verb="answer",
        fields=(Field(question.id, question.text, question.hint, "one", choices, required=True),),
        submit="Continue",
        value=written(case, so_far),
        sections=(Section(case.title, (MADE_UP, *case.story)),),
        ways=(back,),
        emergency=emergency,
    )


def _learned(pack: Pack, standing: Standing, reached: Outcome, emergency: Contact) -> PageView:
    """What to learn: first how it went, then each answer that differs, then the policy itself."""
    case = standing.case
    right = assess(pack, case.answers)
    assert isinstance(right, Advice)
    end = right.outcome
    missed = [s for s in standing.path if not case.fits(s.question.id, s.option.value)]
    apart = {step.question.id for step in missed}
    others = tuple(
        f"{step.question.text} {why}"
        for step in right.path
        if step.question.id not in apart and (why := case.why(step.question.id))
    )
    rules = tuple(rule.title for rule in right.rules)
    notes = tuple(notice.text for notice in right.notices)
    sections = (
        _compared(reached, end, missed),
        *(_difference(case, step, given(standing.path)) for step in missed),
        Section("Why the answers matter here", bullets=others) if others else None,
        Section("What to take away", (f"{case.theme}. {case.lesson}",)),
        Section("What the policy says", (end.reason,), end.steps),
        Section("What else you should know", bullets=notes) if notes else None,
        Section("The rules weighed", bullets=rules) if rules else None,
        Section(lines=(KEPT,)),
    )
    again = Way("Try this case again", ROOM, "read", case.id)
    return PageView(TITLE, tuple(filter(None, sections)), (OTHERS, again), emergency)


def _compared(reached: Outcome, end: Outcome, missed: list[Step]) -> Section:
    """How it went, told so that nobody is ashamed to try again."""
    says = f"The policy says: {VERDICTS[end.verdict]}. {end.headline}"
    came_to = f"You came to: {VERDICTS[reached.verdict]}. {reached.headline}"
    if reached.id == end.id:
        if missed:
            return Section("The same advice, with answers that differ", (says,))
        return Section("You came to what the policy says", (says,))
    if not missed:
        return Section("Another fair reading of the facts", (came_to, says))
    if reached.verdict is end.verdict:
        return Section("The same verdict, in another way", (came_to, says))
    if reached.verdict is Verdict.ACT_NOW:
        return Section("You would have asked for help at once", (came_to, says, TOO_SOON))
    return Section("You came to something else", (came_to, says, "Many do. Here is why."))


def _difference(case: Case, step: Step, facts: Answers) -> Section:
    """One answer that the facts do not bear out: what they point to, and why it matters."""
    question, right = step.question, case.answers[step.question.id]
    alike = (option for option in question.options if option.value == right)
    option = chosen(question, right, facts) or next(alike)
    return Section(
        question.text,
        (
            f"You answered “{step.option.label}”. The facts point to “{option.label}”.",
            case.why(question.id) or question.why,
        ),
    )
