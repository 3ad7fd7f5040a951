"""What is remembered of a check between turns: the answers by question, and how far it went.

There is no cursor. Where the check stands is found by replaying the answers through the pack, and
`stage` says which of the screens after the last question is open.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field

from dialogs.decision import Form
from policies.model import Value


class Stage(StrEnum):
    """Which part of a check is open."""

    ASKING = "asking"
    CHECKING = "checking"
    ADVISED = "advised"
    DECIDING = "deciding"
    PREVIEWING = "previewing"
    DONE = "done"


class Session(Value):
    """One check, as it stands between two turns.

    `again` is a question that is being asked again although it has an answer. `advised` and
    `decided` count the revisions that the register holds; `advised_on` are the answers of the
    newest advice. `posted` is whether a summary of this check was ever handed over for posting,
    `withheld` whether the practitioner kept the last one back. `likely` are answers that are shown
    as chosen until the practitioner says otherwise; `named` is whether the register will hold who
    asked, as the first screen has said.
    """

    check: str
    pack: str
    digest: str
    turn: int = 0
    stage: Stage = Stage.ASKING
    answers: dict[str, str] = Field(default_factory=dict)
    passed: tuple[str, ...] = ()
    again: str | None = None
    form: Form | None = None
    advised: int = 0
    advised_on: dict[str, str] = Field(default_factory=dict)
    decided: int = 0
    posted: bool = False
    withheld: bool = False
    likely: dict[str, str] = Field(default_factory=dict)
    named: bool = False

    def packed(self) -> bytes:
        """The session as it is kept; what is at its default is left out."""
        return self.model_dump_json(exclude_defaults=True).encode()

    @classmethod
    def unpacked(cls, value: bytes) -> Self:
        """A session as it was kept."""
        return cls.model_validate_json(value)

    @property
    def reference(self) -> str:
        """The short name of this check, for people: on summaries, receipts and in supervision."""
        return f"SC-{self.check[:4]}-{self.check[4:8]}".upper()
