"""How long a check takes: words at a reader's pace, and a moment for each choice.

People read English for information at 238 words a minute (Brysbaert, "How many words do we read
per minute?", Journal of Memory and Language 109, 2019). A choice is given ten seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

from policies.assess import offered
from policies.explanation import question_texts
from policies.model import Option, Outcome, Pack, Question
from policies.readability import words

WORDS_A_MINUTE = 238
CHOOSING_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Way:
    """A way to an advice, by what it takes: questions to answer, and words to read."""

    questions: int
    words: int

    @property
    def minutes(self) -> float:
        """How long it takes to come to the advice."""
        return self.words / WORDS_A_MINUTE + self.questions * CHOOSING_SECONDS / 60


NOTHING = Way(0, 0)


def longest(pack: Pack) -> Way:
    """The way that takes longest, from the first question to the first words of the advice.

    On it every screen is read in full, the answers are read once more before they are confirmed,
    and nobody stops to ask why.
    """
    known: dict[tuple[str | None, ...], Way] = {}

    def beyond(node_id: str, facts: dict[str, str]) -> Way:
        key = (node_id, *(facts.get(question) for question in pack.reads[node_id]))
        if key not in known:
            node = pack.nodes[node_id]
            if isinstance(node, Outcome):
                known[key] = Way(0, _count(node.headline, node.reason))
            else:
                known[key] = _slowest(node, offered(node, facts), facts)
        return known[key]

    def _slowest(question: Question, options: tuple[Option, ...], facts: dict[str, str]) -> Way:
        read = _count(*question_texts(question, options))
        ways = (
            _after(read + _count(question.text, option.label), beyond(option.then, told))
            for option in options
            if (told := {**facts, question.id: option.value})
        )
        return max(ways, key=lambda way: way.minutes, default=NOTHING)

    return beyond(pack.start, {})


def _after(read: int, rest: Way) -> Way:
    return Way(rest.questions + 1, rest.words + read)


def _count(*texts: str) -> int:
    return sum(len(words(text)) for text in texts)
