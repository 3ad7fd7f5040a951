"""What the decision form asks, as data, and the shape of a field of any form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks: `one` or `many` of its options, a `date`, a `line` or a `text`.

    A `text` has room for several lines; `most` is how many characters may be typed. A `channel` is
    chosen where the surface can show its channels, and typed as its id elsewhere.
    """

    id: str
    label: str
    hint: str
    kind: Literal["one", "many", "date", "line", "text", "channel"]
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False
    most: int = 2_000

    def label_of(self, value: str) -> str:
        """The words of one of the options."""
        return dict(self.options)[value]


CHOICE = Field(
    "choice",
    "What have you decided?",
    "It is your decision. You may depart from the advice if you say why.",
    "one",
    (
        ("share", "Share"),
        ("share_in_part", "Share part of it"),
        ("not_share", "Not share"),
        ("defer", "Wait, and decide later"),
    ),
    required=True,
)
KINDS = Field(
    "kinds",
    "What kinds of information is it about?",
    "The kinds only. The information itself belongs in the case file.",
    "many",
    (
        ("concern", "What was seen, heard or said"),
        ("identity", "Who the person is and how to reach them"),
        ("family", "Family and home"),
        ("health", "Health"),
        ("education", "School or learning"),
        ("services", "Which services are involved"),
        ("offences", "Offences or alleged offences"),
        ("housing_money", "Housing or money"),
        ("other", "Something else"),
    ),
    required=True,
)
RECEIVER = Field(
    "receiver",
    "Who is it for?",
    "The organisation or team that has it, would have it, or asked for it.",
    "one",
    (
        ("childrens_social_care", "Children's social care"),
        ("adults_social_care", "Adults' social care"),
        ("police", "Police"),
        ("health", "A health service"),
        ("school", "A school, nursery or college"),
        ("family_help", "Family help or early help"),
        ("housing", "Housing"),
        ("court", "A court"),
        ("voluntary", "A charity or community group"),
        ("other", "Someone else"),
    ),
    required=True,
)
PURPOSE = Field(
    "purpose",
    "What is it for?",
    "",
    "one",
    (
        ("protect_child", "To protect a child"),
        ("protect_adult", "To protect an adult"),
        ("assess", "To find out what help is needed"),
        ("help", "To give or plan help"),
        ("crime", "To prevent or look into a crime"),
        ("duty", "To do what the law or a court requires"),
        ("other", "Something else"),
    ),
)
ASKED_BY = Field(
    "asked_by",
    "Whose idea was it?",
    "",
    "one",
    (
        ("own_initiative", "Mine or my team's"),
        ("receiver", "They asked us for it"),
        ("order", "A court or a legal notice asked for it"),
        ("person", "The person or family asked us to"),
    ),
)
CONSENT = Field(
    "consent",
    "What about consent?",
    "",
    "one",
    (
        ("given", "Asked for, and given"),
        ("refused", "Asked for, and refused"),
        ("not_needed", "Not asked: it is not needed here"),
        ("unsafe", "Not asked: asking could put someone at risk"),
        ("delay", "Not asked: it would have taken too long"),
    ),
)
TOLD = Field(
    "told",
    "Does the person or family know?",
    "",
    "one",
    (
        ("told", "Yes, they have been told"),
        ("will_tell", "They will be told"),
        ("unsafe", "No: telling them could put someone at risk"),
        ("not_practicable", "No: it could not be done in time"),
    ),
)
ADVICE_FROM = Field(
    "advice_from",
    "Did you ask anyone for advice?",
    "A role, not a name.",
    "one",
    (
        ("nobody", "No"),
        ("manager", "My manager or supervisor"),
        ("safeguarding_lead", "A safeguarding lead"),
        ("data_protection_officer", "A data protection officer"),
        ("caldicott_guardian", "A Caldicott Guardian"),
        ("legal", "A lawyer"),
        ("other", "Someone else"),
    ),
)
SECURITY = Field(
    "security",
    "How does it get there?",
    "",
    "one",
    (
        ("secure_email", "Secure or encrypted e-mail"),
        ("portal", "A secure system or referral form"),
        ("phone", "By phone, then in writing"),
        ("in_person", "In person or at a meeting"),
        ("not_sent", "It has not been sent"),
    ),
)
REVIEW = Field(
    "review", "When will you look at this again?", "Leave empty if you will not.", "date"
)
WORDS = Field(
    "words",
    "Your reasons, in your own words",
    "No names, numbers, addresses or dates of birth. Needed if you depart from the advice.",
    "text",
)
KEPT = "kept"
"""The form's answer to a finding of the screen: a fingerprint of the words it was given for."""

FIELDS = (
    *(CHOICE, KINDS, RECEIVER, PURPOSE, ASKED_BY),
    *(CONSENT, TOLD, ADVICE_FROM, SECURITY, REVIEW, WORDS),
)
