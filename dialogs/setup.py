"""What a workspace may choose, as a form: filled in with what holds, and read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialogs import contacts, forms
from dialogs.fields import Field
from dialogs.pages import FormView, PageView, Section, Way
from policies.model import Contact, Pack, Question

ROOM = "setup"
TITLE = "Set up Share Check"
ORGANISATION = "organisation"
KEPT_FOR = {30: "30 days", 90: "90 days", 180: "6 months", 365: "1 year", 2_190: "6 years"}
FOR_GOOD = "for_good"
NUMBER = re.compile(r"[0-9]{1,4}")


WHERE = (
    Field(
        "summary_channel",
        "Where are summaries posted?",
        "Choose a channel that only the team reads.",
        "channel",
        most=80,
    ),
    Field(
        "adviser_channel",
        "Where do questions to advisers go?",
        "Whoever is in this channel can answer them.",
        "channel",
        most=80,
    ),
)
IDENTITY = Field(
    "identity",
    "Does the register hold who asked?",
    "If it holds names, every check says so on its first screen.",
    "one",
    (
        ("pseudonym", "No: a pseudonym, another for each check"),
        ("named", "Yes: the name that they have here"),
    ),
    required=True,
)
RETENTION = Field(
    "retention_days",
    "How long are reasons in people's own words kept?",
    "The advice and the decision stay; only these words are erased.",
    "one",
    (
        (FOR_GOOD, "As long as the decision"),
        *((str(days), words) for days, words in KEPT_FOR.items()),
    ),
)
REMINDERS = Field(
    "reminders",
    "Remind people to record a decision?",
    "Once, on the next working day.",
    "one",
    (("yes", "Yes"), ("no", "No")),
    required=True,
)
TYPED = (
    Field(
        "enquiry_floor",
        "Warn an asker when fewer people than this could have asked",
        "A question without a name is no secret in a small team.",
        "line",
        most=4,
    ),
    Field("duty_number", "Out-of-hours duty number", "", "line", most=40),
    Field("contacts", "Your own contacts", contacts.HOW, "text", most=3_000),
    Field(
        "words_approved_by",
        "Who has approved the words of questions without a name?",
        "A role, such as Designated safeguarding lead. The words are on the page `privacy`.",
        "line",
        most=60,
    ),
    Field("words_approved_on", "On which day were they approved?", "", "date"),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from: the packs in force, and the kinds of organisation."""

    packs: tuple[Pack, ...]

    @property
    def organisations(self) -> tuple[tuple[str, str], ...]:
        """The kinds that packs ask for, in the words of the first pack that does."""
        for pack in self.packs:
            asked = pack.nodes.get(ORGANISATION)
            if isinstance(asked, Question):
                kinds = {o.value: o.label for o in asked.options if o.value != "not_sure"}
                return tuple(kinds.items())
        return ()


def fields(offered: Offered) -> tuple[Field, ...]:
    """Everything that may be chosen, in this order."""
    packs = tuple((pack.id, f"{pack.title} ({pack.id})"[:75]) for pack in offered.packs)
    kind = Field(
        ORGANISATION,
        "What kind of organisation is this?",
        "Chosen beforehand where a check asks. Whoever answers can change it.",
        "one",
        offered.organisations,
    )
    return (
        Field("pack", "Which policy do checks follow?", "", "one", packs, required=True),
        *WHERE,
        *([kind] if offered.organisations else []),
        IDENTITY,
        RETENTION,
        REMINDERS,
        *TYPED,
    )


def filled_in(values: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The form as it stands for these choices (the fields of a workspace)."""
    held = {name: str(value) for name, value in values.items() if value not in (None, ())}
    kept = values["retention_days"]
    return {
        **{name: (value,) for name, value in held.items() if value},
        "reminders": ("yes" if values["reminders"] else "no",),
        "retention_days": (FOR_GOOD if kept is None else str(kept),),
        "contacts": ("\n".join(contacts.line(contact) for contact in values["contacts"]),),
    }


def read(
    offered: Offered, form: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The choices that the form makes, and what is wrong with it, by field."""
    given, errors = forms.read(fields(offered), form)
    values: dict[str, Any] = dict(given)
    if "reminders" in values:
        values["reminders"] = values["reminders"] == "yes"
    if "retention_days" in values:
        days = values["retention_days"]
        values["retention_days"] = None if days == FOR_GOOD else int(days)
    floor = values.pop("enquiry_floor", None)
    if floor is not None and NUMBER.fullmatch(floor) is None:
        errors["enquiry_floor"] = "Enter a number, for example 20."
    elif floor is not None:
        values["enquiry_floor"] = int(floor)
    errors |= _half_approved(values)
    try:
        values["contacts"] = list(contacts.read(values.get("contacts", "")))
    except contacts.Unread as problem:
        errors["contacts"] = str(problem)
    return values, errors


def form(
    offered: Offered,
    held: Mapping[str, tuple[str, ...]],
    errors: Mapping[str, str] | None = None,
    emergency: Contact | None = None,
) -> FormView:
    """The form, for an admin to change."""
    said = "What is left empty is as the people who run Share Check have set it."
    return FormView(
        title=TITLE,
        room=ROOM,
        verb="save",
        fields=fields(offered),
        submit="Save",
        sections=(Section(lines=(said,)),),
        form=held,
        errors=errors or {},
        ways=(Way("Leave it as it is", ROOM, "show"),),
        emergency=emergency,
    )


def page(
    offered: Offered,
    held: Mapping[str, tuple[str, ...]],
    told: Iterable[str],
    changed: str,
    emergency: Contact,
) -> PageView:
    """What holds now, with what is to be done about it, and the way to change it."""
    lines = tuple(as_chosen(field, held) for field in fields(offered))
    last = changed or "Nobody has changed it yet."
    before = (Way("What was changed before", ROOM, "history"),) if changed else ()
    sections = [Section(lines=(*told, last)), Section("What holds now", bullets=lines)]
    change = Way("Change it", ROOM, "change", style="primary")
    return PageView(TITLE, tuple(sections), (change, *before), emergency)


def refused(emergency: Contact) -> PageView:
    """What whoever does not administer the workspace sees."""
    said = (
        "Only people who administer this workspace can set up Share Check. Ask one of them to "
        "type the same."
    )
    return PageView(TITLE, (Section(lines=(said,)),), (), emergency)


def _half_approved(values: Mapping[str, Any]) -> dict[str, str]:
    missing = {
        "words_approved_by": "Write the role of whoever has read them.",
        "words_approved_on": "Choose the day on which they were read.",
    }
    given = missing.keys() & values.keys()
    return {name: why for name, why in missing.items() if given and name not in given}


def as_chosen(field: Field, held: Mapping[str, tuple[str, ...]]) -> str:
    value = "".join(held.get(field.id, ()))
    labels = dict(field.options)
    said = labels.get(value, value).replace("\n", " / ") or "not chosen"
    return f"{field.label} {said}" if field.label.endswith("?") else f"{field.label}: {said}"
