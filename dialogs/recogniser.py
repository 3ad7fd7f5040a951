"""One row of the table of recognisers: type, pattern, judge, and the words that cue it."""

import re
from dataclasses import dataclass
from typing import Literal

from dialogs.judges import Judge, Sure

CUE_REACH = 40

Type = Literal[
    "secret", "email", "nhs_number", "ni_number", "phone", "postcode", "date_of_birth",
    "address", "vehicle", "record", "handle", "name",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One row; a group called `seen` narrows the match to what is personal in it."""

    type: Type
    pattern: re.Pattern[str]
    judge: Judge
    cues: re.Pattern[str] | None

    def sure(self, match: re.Match[str]) -> Sure | None:
        """How sure it is that this match is personal data, with the words before it in mind."""
        before = match.string[max(0, match.start() - CUE_REACH) : match.start()]
        cued = self.cues is not None and self.cues.search(before) is not None
        return self.judge(match, cued)


def row(
    type_: Type,
    pattern: str,
    judge: Judge,
    *,
    cues: str | None = None,
    cased: bool = False,
) -> Recogniser:
    """A row; its pattern knows no case unless it is `cased`, and its cues never do."""
    return Recogniser(
        type_,
        re.compile(pattern, 0 if cased else re.IGNORECASE),
        judge,
        re.compile(cues, re.IGNORECASE) if cues else None,
    )
