"""What a tired reader would trip over is found, and the shipped packs hold none of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from policies.library import Library
from policies.pace import CHOOSING_SECONDS, WORDS_A_MINUTE, longest
from policies.plain import SENTENCE_WORDS, Words, faults, figures, screens
from policies.proof import paths
from policies.readability import words
from tests.policies.builders import Draft, option, question

KNOWN = Words.read()
EDITIONS = [*Library.read().newest()]
LONG = " ".join(["word"] * (SENTENCE_WORDS + 1))
HARD = (
    "Organisational accountability necessitates documenting proportionality considerations. " * 4
)
PLAIN = {"family_words": "“I want to help.”", "not_sharing_risk": "Harm.", "sharing_risk": "None."}


def readable() -> Draft:
    """The garden pack with all that a reader needs."""
    draft = Draft()
    for node in (*draft.pack["questions"], *draft.standing["questions"]):
        node["find_out"] = {"how": "Ask the head gardener.", "takes": "minutes"}
        for each in node["options"]:
            each["label"] = f"{each['label']}, I think"
    draft.standing["not_sure"]["label"] = "I am not sure"
    for node in (*draft.pack["outcomes"], *draft.standing["outcomes"]):
        node.update(PLAIN)
    return draft


def said(draft: Draft) -> list[str]:
    return [str(fault) for fault in faults(draft.resolved(), KNOWN)]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.pack.id)
def test_the_shipped_packs_can_be_read(edition: Any) -> None:
    assert faults(edition.pack, KNOWN) == []


def test_a_readable_pack_has_no_faults() -> None:
    assert said(readable()) == []


Plant = Callable[[Draft], Any]


@pytest.mark.parametrize(
    ("plant", "told"),
    [
        (
            lambda draft: draft.find("tell").update(reason=f"Consent. {LONG}"),
            "tell: A sentence of 31 words: “word word word word word word …”. Split it: at",
        ),
        (
            lambda draft: draft.find("tell").update(reason=f"Consent. {HARD}"),
            "tell: Needs a reading age of ",
        ),
        (
            lambda draft: draft.option("consent", "yes").update(label="Yes"),
            "consent: The label “Yes” says nothing by itself. Say in it what is meant.",
        ),
        (
            lambda draft: draft.option("consent", "yes").update(label="Click here."),
            "consent: The label “Click here.” says nothing by itself.",
        ),
        (
            lambda draft: draft.option("consent", "yes").update(label="No, I think"),
            "consent: Two answers are both called “No, I think”. Set them apart.",
        ),
        (
            lambda draft: draft.find("consent").update(hint="Ask the LADO, or two LADOs."),
            "consent: “LADO” is not explained. Write it out, or add it to terms.",
        ),
        (
            lambda draft: draft.find("kind").update(text="Be kind prior to anything."),
            "rule kind: “prior to” is a hard word. Write “before”, or explain it in terms.",
        ),
        (
            lambda draft: draft.find("say_thanks").update(text="<@U0123> says thanks."),
            "notice say_thanks: “<@U0123” looks like markup, which is shown as it stands.",
        ),
        (
            lambda draft: draft.find("consent").pop("find_out"),
            "consent: Does not say how to find out the answer. Fill in find_out.",
        ),
        (
            lambda draft: draft.find("tell").update(sharing_risk=""),
            "tell: Is silent on sharing_risk. Fill in sharing_risk.",
        ),
    ],
)
def test_what_a_reader_would_trip_over_is_told_with_what_to_do(plant: Plant, told: str) -> None:
    draft = readable()
    plant(draft)

    lines = said(draft)

    assert any(told in line for line in lines), lines
    assert all(line.startswith("garden-2025/2025-05-01.toml: ") for line in lines)


@pytest.mark.parametrize(
    "markup",
    [
        *("<b>now</b>", "</p>", "<!channel>", "<#C0123>", "${$root.x}", "{{7*7}}", "{% raw %}"),
        *("`now`", "*now*", "~no~", "_now_", "**now**", "[here](https://example.org)"),
    ],
)
def test_markup_of_every_kind_is_found(markup: str) -> None:
    draft = readable()
    draft.find("risk").update(hint=f"Call {markup} for help.")

    assert any("looks like markup" in line for line in said(draft))


@pytest.mark.parametrize("text", ["2 * 3 * 4", "R&D <5", "a_b_c", "x > 5", "~ 5", "$5 {or so}"])
def test_ordinary_signs_are_no_markup(text: str) -> None:
    draft = readable()
    draft.find("risk").update(hint=text)

    assert not any("looks like markup" in line for line in said(draft))


def test_a_word_that_the_pack_explains_is_no_jargon() -> None:
    draft = readable()
    draft.find("consent").update(hint="Ask the LADO prior to it.")
    draft.pack["terms"] = [
        {"term": "LADO", "gloss": "Who looks into worries about staff."},
        {"term": "prior to", "gloss": "Before."},
    ]

    assert said(draft) == []


def test_a_pack_that_is_hard_from_end_to_end_is_told_as_a_whole() -> None:
    draft = readable()
    for node in (*draft.pack["questions"], *draft.pack["outcomes"], *draft.standing["outcomes"]):
        node["why" if "why" in node else "reason"] = f"Consent. {HARD}"
    for node in draft.pack["questions"]:
        node["hint"] = HARD

    assert any("words: Half its screens need a reading age over" in line for line in said(draft))


def test_a_way_that_takes_too_long_is_told() -> None:
    draft = readable()
    names = [f"q{number}" for number in range(30)]
    rows = zip(names, [*names[1:], "tell"], strict=True)
    find_out = {"how": "Ask.", "takes": "minutes"}
    hint = "Think of it once more, and then again. " * 8
    draft.pack["questions"] = [
        question(name, option("a", then, label="As it is"), find_out=find_out, hint=hint)
        for name, then in rows
    ]
    draft.pack |= {"outcomes": [draft.find("tell")], "notices": [], "invariants": []}

    [line] = [line for line in said(draft) if "minutes" in line]

    assert "questions: The longest way takes " in line
    assert "more than 10. Ask less, or say less." in line


def test_figures_stand_in_one_line() -> None:
    told = str(figures(readable().resolved()))

    assert told.startswith("reading age ")
    assert "longest sentence " in told
    assert told.endswith(" minutes")


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.pack.id)
def test_no_path_takes_longer_than_the_longest(edition: Any) -> None:
    pack, way = edition.pack, longest(edition.pack)

    assert way.questions <= max(len(path.answers) for path in paths(pack))
    assert way.minutes == way.words / WORDS_A_MINUTE + way.questions * CHOOSING_SECONDS / 60
    for path in paths(pack):
        if not path.passed:
            asked = (pack.nodes[question] for question in path.answers)
            least = sum(len(words(node.text)) for node in asked if hasattr(node, "text"))
            assert least <= way.words


def test_the_longest_way_is_added_up_from_its_screens() -> None:
    draft = Draft()
    draft.pack["questions"] = [question("risk", option("yes", "tell", label="Yes, of course"))]
    draft.pack |= {"outcomes": [draft.find("tell")], "notices": [], "invariants": []}
    draft.standing["questions"][0]["options"] = draft.standing["questions"][0]["options"][1:]

    way = longest(draft.resolved())

    # Each question with its answers, then the question and its answer in review, and the advice.
    danger = words("What about danger? No. Not_sure. What about danger? No.")
    risk = words("What about risk? Yes, of course. Not_sure. What about risk? Yes, of course.")
    advice = words("This is tell. Consent is not needed.")
    assert (way.questions, way.words) == (2, len(danger + risk + advice))


def test_every_screen_has_a_name_of_its_own() -> None:
    for edition in EDITIONS:
        names = [screen.node for screen in screens(edition.pack) if "contact" not in screen.node]
        assert len(names) == len(set(names))
