"""What advisers see: the card in their channel, the question in full, the form of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.enquiry import forms
from dialogs.enquiry.parts import ROOM, Filled, Place, attached, said
from dialogs.enquiry.states import Draft, Enquiry, Message, Status
from dialogs.enquiry.words import Words
from dialogs.pages import FormView, PageView, Section, Way, way_to
from policies.model import Contact

MOST_LISTED = 20


def card(words: Words, emergency: Contact, enquiry: Enquiry, place: int = 0) -> PageView:
    """One of the asker's messages in the advisers' channel, as the question stands now.

    Every card is made alike. The title, which notifications show, says nothing of the question.
    """
    asked = [message for message in enquiry.messages if message.by == "asker"]
    status = words.adviser[enquiry.status]
    heading = words.adviser["further"] if place else words.adviser["card"]
    sections = [Section(enquiry.name, (heading, status))]
    if place < len(asked):
        message = asked[place]
        sections += said(message)
        sections += attached(*_attached(message))
    else:
        sections.append(Section(lines=(words.gone["words"],)))
    return PageView("A question", tuple(sections), ways(enquiry), emergency)


def reminder(words: Words, emergency: Contact, enquiry: Enquiry) -> PageView:
    """That nobody has taken a question up, or that whoever did has not answered; no word of it."""
    waits = "unanswered" if enquiry.status is Status.LOOKING else "reminder"
    section = Section(enquiry.name, (words.adviser[waits],))
    return PageView("A question waits", (section,), ways(enquiry), emergency)


def opened(place: Place, enquiry: Enquiry) -> PageView:
    """A question in full, for an adviser."""
    words = place.words
    sections = [Section(enquiry.name, (_status(words, enquiry), words.adviser["do_not_guess"]))]
    if not enquiry.messages:
        sections.append(Section(lines=(words.gone["words"],)))
    for message in enquiry.messages:
        sections += [Section(_speaker(message)), *said(message), *attached(*_attached(message))]
    onward = (*ways(enquiry, within=True), Way("All questions", ROOM, "list"))
    return PageView("A question", tuple(sections), onward, place.emergency)


def waiting(place: Place, enquiries: Sequence[Enquiry]) -> PageView:
    """Every question that is open; nothing tells two of one day apart in time."""
    sections = tuple(
        Section(
            enquiry.name,
            (place.words.adviser[enquiry.status],),
            ways=(Way("Open", ROOM, "open", enquiry.id),),
        )
        for enquiry in enquiries[:MOST_LISTED]
    )
    none = Section(lines=("No question is open.",))
    more = len(enquiries) - MOST_LISTED
    rest = (Section(lines=(f"And {more} more.",)),) if more > 0 else ()
    onward = (way_to("ask", "Ask a question"),)
    return PageView("Questions waiting", (*sections, *rest) or (none,), onward, place.emergency)


def answer(place: Place, enquiry: Enquiry, filled: Filled | None = None) -> FormView:
    """The form of an answer."""
    start = filled or Filled()
    return FormView(
        title="Send to the asker",
        room=ROOM,
        verb="preview_answer",
        value=enquiry.id,
        fields=forms.with_seen(forms.answer(place.words), start.wrong.held),
        submit="Preview",
        sections=(Section(enquiry.name, (place.words.adviser["do_not_guess"],)),),
        form={name: values for name, values in start.form.items() if name != "seen"},
        errors=start.wrong.errors,
        ways=(Way("Back", ROOM, "open", enquiry.id),),
        emergency=place.emergency,
    )


def preview(place: Place, enquiry: Enquiry, draft: Draft, token: str) -> PageView:
    """The exact words, before they go to the asker."""
    role = forms.ROLE.label_of(draft.role or "adviser")
    sections = (
        Section("This is exactly what the asker will read", (f"{enquiry.name}. From: {role}.",)),
        *said(Message("adviser", draft.words)),
    )
    onward = (
        Way("Send to the asker", ROOM, "send", token, style="primary"),
        Way("Change it", ROOM, "change", token),
    )
    return PageView("Before it goes", sections, onward, place.emergency)


def ways(enquiry: Enquiry, *, within: bool = False) -> tuple[Way, ...]:
    """What an adviser may do about a question as it stands."""
    if not may_answer(enquiry):
        return () if within else (Way("Open", ROOM, "open", enquiry.id),)
    found = [] if within else [Way("Open", ROOM, "open", enquiry.id)]
    if enquiry.status in (Status.RECEIVED, Status.REOPENED):
        found.append(Way("I will look at it", ROOM, "claim", enquiry.id))
    if within and enquiry.status is Status.LOOKING and enquiry.mine:
        found.append(Way("Put it back", ROOM, "put_back", enquiry.id))
    found.append(Way("Send to the asker", ROOM, "answer", enquiry.id, style="primary"))
    confirm = "The asker may still read it for a week, and ask further. Who asked is forgotten."
    close = Way("Close", ROOM, "close", enquiry.id, style="danger", confirm=confirm)
    return (*found, close)


def may_answer(enquiry: Enquiry) -> bool:
    """Whether an answer would still reach anybody."""
    return enquiry.status is not Status.CLOSED


def _status(words: Words, enquiry: Enquiry) -> str:
    if enquiry.status is Status.LOOKING:
        who = "You are looking at it." if enquiry.mine else "Another adviser is looking at it."
        return f"{who} Any adviser may answer."
    return words.adviser[enquiry.status]


def _speaker(message: Message) -> str:
    if message.by == "asker":
        return "The asker wrote"
    return f"Sent to the asker: {forms.ROLE.label_of(message.role or 'adviser').lower()}"


def _attached(message: Message) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    if message.attached is None:
        return None, ()
    return message.attached.policy, message.attached.lines
