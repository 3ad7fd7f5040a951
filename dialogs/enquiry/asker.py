"""What an asker sees: what to know before the first word, the form, the preview, the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.enquiry import codes, forms
from dialogs.enquiry.forms import Wrong
from dialogs.enquiry.parts import ROOM, Filled, Place, attached, said
from dialogs.enquiry.privacy import approved
from dialogs.enquiry.states import (
    CLOSED_DAYS,
    KEPT_DAYS,
    MOST_QUESTIONS,
    Draft,
    Enquiry,
    Message,
    Status,
)
from dialogs.enquiry.words import Words
from dialogs.fields import Field
from dialogs.pages import FOR_A_CODE, FormView, PageView, Section, Way, way_to
from policies.model import Contact


def ask(place: Place, check: str = "", filled: Filled | None = None) -> FormView:
    """The form of a new question; `check` is the check whose answers may go along."""
    words = place.words
    fields = forms.question(
        words,
        can_deliver=place.can_deliver,
        attachable=bool(check),
        slots=place.minutes > 0,
    )
    chosen: Mapping[str, tuple[str, ...]] = {"back": ("code",), "when": ("slot",)}
    waiting = (Way("Questions waiting", ROOM, "list"),) if place.is_adviser else ()
    ways = (Way("I have a code", ROOM, FOR_A_CODE), way_to("privacy", "What is kept"), *waiting)
    start = Filled(chosen) if filled is None else filled
    before, title = _before(place), "Ask without a name"
    form = _form(title, "preview", fields, start, before, ways, check, place)
    return replace(form, after=_after(place))


def further(place: Place, token: str, filled: Filled | None = None) -> FormView:
    """The form of a further question about the same."""
    back = (Way("Back to the answer", ROOM, "read", token),)
    sections = (_danger(place),)
    start = filled or Filled()
    return _form(
        "Ask further", "preview_more", forms.further(), start, sections, back, token, place
    )


def code(place: Place, error: str = "") -> FormView:
    """The form for the words of a code."""
    filled = Filled({}, Wrong({"code": error} if error else {}))
    ways = (way_to("ask", "Ask something new"),)
    return _form("Your code", "collect", (forms.CODE,), filled, (), ways, "", place)


def preview(place: Place, draft: Draft, token: str) -> PageView:
    """The exact words, before anything is stored or sent."""
    words = place.words
    at_once = draft.at_once or not place.minutes
    when = words.release["now" if draft.at_once else "at_once"]
    if not at_once:
        when = words.release["slot"].format(minutes=place.minutes)
    sections = (
        Section("This is exactly what advisers will see"),
        *said(Message("asker", draft.words)),
        *attached(draft.policy, draft.attached),
        Section("What happens next", (when, *_late(place))),
        *(() if draft.kind == "further" else (_way_back(words, draft.back),)),
    )
    ways = (
        Way("Send", ROOM, "send", token, style="primary"),
        Way("Change it", ROOM, "change", token),
    )
    return PageView("Before it goes", sections, ways, place.emergency)


def stands(
    place: Place, enquiry: Enquiry, token: str, *, new: bool = False, stuck: bool = False
) -> PageView:
    """Where a question stands and everything that was said; with its code, when it is new."""
    words, status = place.words, enquiry.status
    expected = words.expected[status].format(days=CLOSED_DAYS)
    waiting = status not in (Status.CLOSED, Status.ANSWERED)
    lines = [words.status[status], expected if place.open_now or not waiting else ""]
    sections = [Section("Where it stands", tuple(line for line in lines if line))]
    if stuck:
        sections.append(Section(lines=(words.gone["stuck"],)))
    if waiting and not place.open_now:
        sections.append(_hours(place))
    if new and enquiry.back == "code":
        said_so = (words.back["code_is"],)
        sections += [Section("Your code", said_so), Section(lines=(codes.spoken(token),))]
    elif new:
        sections.append(_way_back(words, enquiry.back))
    if not enquiry.messages:
        sections.append(Section(lines=(words.gone["words"],)))
    for message in enquiry.messages:
        sections += [Section(_speaker(message)), *said(message)]
    return PageView(
        "Your question",
        (*sections, _danger(place)),
        _onward(enquiry, token),
        place.emergency,
    )


def told(place: Place, title: str, line: str, *ways: Way) -> PageView:
    """One thing to know, with a way on."""
    onward = ways or (way_to("ask", "Ask a question"), Way("I have a code", ROOM, FOR_A_CODE))
    sections = (Section(lines=(line.format(days=KEPT_DAYS),)), _danger(place))
    return PageView(title, sections, onward, place.emergency)


def notice(words: Words, emergency: Contact, token: str) -> PageView:
    """The message that the bot delivers: a way to what is new, and no content."""
    way = Way("Read it", ROOM, "read", token)
    return PageView(
        words.notice["title"], (Section(lines=(words.notice["line"],)),), (way,), emergency
    )


def _form(
    title: str,
    verb: str,
    fields: tuple[Field, ...],
    filled: Filled,
    sections: tuple[Section, ...],
    ways: tuple[Way, ...],
    value: str,
    place: Place,
) -> FormView:
    wrong = filled.wrong
    return FormView(
        title=title,
        room=ROOM,
        verb=verb,
        value=value,
        fields=forms.with_seen(fields, wrong.held),
        submit="Look up" if verb == "collect" else "Preview",
        sections=sections,
        form={name: values for name, values in filled.form.items() if name != "seen"},
        errors=wrong.errors,
        ways=ways,
        emergency=place.emergency,
    )


def _before(place: Place) -> tuple[Section, ...]:
    """Little, so that the box for the question is in sight; a warning is worth a line more."""
    before = place.words.before
    warning = (_crowd(place),) if _is_small(place) else ()
    first = Section(before.heading, (*before.lines(place.emergency.number), *warning))
    return (first,) if place.open_now else (first, _hours(place))


def _after(place: Place) -> tuple[Section, ...]:
    """What may be read by whoever wants to know more."""
    more = place.words.more
    crowd = () if _is_small(place) else (Section("How many could have sent it", (_crowd(place),)),)
    who = Section(more.heading, (*more.lines, more.referral))
    read = Section("Who has approved these words", (approved(place.words, place.approval),))
    hours = (_hours(place),) if place.open_now else ()
    return (*hours, *crowd, _meaning(place), who, read)


def _meaning(place: Place) -> Section:
    back = place.words.back
    delivered = back["delivered_means"].format(days=KEPT_DAYS)
    bullets = [f"With a code: {back['code_means']}"]
    bullets += [f"With a message: {delivered}"] if place.can_deliver else []
    return Section("How the answer reaches you", bullets=tuple(bullets))


def _way_back(words: Words, back: str) -> Section:
    return Section(
        "How the answer reaches you",
        (words.back[f"{back}_means"].format(days=KEPT_DAYS),),
    )


def _crowd(place: Place) -> str:
    crowd = place.words.crowd
    if not place.people:
        return crowd["unknown"]
    kind = {1: "one", 2: "two"}.get(place.people, "few" if _is_small(place) else "many")
    return crowd[kind].format(people=f"{place.people:,}", floor=place.floor)


def _is_small(place: Place) -> bool:
    """Whether so few could have asked, or nobody knows how many, that an asker must be warned."""
    return not place.people or place.people < max(place.floor, 3)


def _hours(place: Place) -> Section:
    lines = _late(place) or (place.words.hours.open,)
    return Section("When to expect an answer", lines)


def _late(place: Place) -> tuple[str, ...]:
    """That nobody answers at this hour, and whom to call; nothing in the advisers' hours."""
    hours = place.words.hours
    if place.open_now:
        return ()
    duty = hours.duty.format(duty=place.duty) if place.duty else hours.no_duty
    return (hours.closed, duty)


def _danger(place: Place) -> Section:
    return Section(lines=(place.words.before.urgent(place.emergency.number),))


def _speaker(message: Message) -> str:
    if message.by == "asker":
        return "You asked"
    return f"Answer: {forms.ROLE.label_of(message.role or 'adviser').lower()}"


def _onward(enquiry: Enquiry, token: str) -> tuple[Way, ...]:
    ways = [Way("Look again", ROOM, "read", token)]
    if not enquiry.messages:
        return (way_to("ask", "Ask something new"),)
    if enquiry.questions < MOST_QUESTIONS:
        ways.append(Way("Ask further", ROOM, "more", token))
    ways.append(
        Way(
            "Close and destroy it",
            ROOM,
            "end",
            token,
            style="danger",
            confirm="Every word of this question is destroyed, and nobody can bring it back.",
        )
    )
    return tuple(ways)
