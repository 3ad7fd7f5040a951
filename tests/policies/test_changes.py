"""What changed between two versions of a pack, in words: every field, and nothing that did not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from policies.changes import changes
from policies.library import Edition
from tests.policies.builders import Draft, notice, option, outcome, question


def nothing(_: Draft) -> None:
    """No change at all."""


def edition(change: Callable[[Draft], Any] = nothing) -> Edition:
    draft = Draft()
    change(draft)
    return draft.library().editions[0]


def told(new: Callable[[Draft], Any], old: Callable[[Draft], Any] = nothing) -> list[str]:
    """Every line, with its heading before it."""
    parts = changes(edition(old), edition(new))
    return [f"{part.heading}: {line}" for part in parts for line in part.lines]


def put(place: Callable[[Draft], dict[str, Any]], **values: Any) -> Callable[[Draft], None]:
    """A change that sets values at a place of a draft."""
    return lambda draft: place(draft).update(values)


def at(node: str) -> Callable[[Draft], dict[str, Any]]:
    return lambda draft: draft.find(node)


def of(question: str, value: str) -> Callable[[Draft], dict[str, Any]]:
    return lambda draft: draft.option(question, value)


def test_one_version_has_no_changes() -> None:
    assert told(nothing) == []


CASES = [
    (
        put(lambda draft: draft.pack, name="The new rules", version=date(2025, 6, 1)),
        "The policy itself: Name. Before: “The garden rules”. Now: “The new rules”.",
    ),
    (
        put(at("consent"), text="Did they agree?"),
        (
            "Questions: Question 4 (“Did they agree?”), wording. "
            "Before: “What about consent?” Now: “Did they agree?”"
        ),
    ),
    (
        put(at("consent"), hint="Think of a child."),
        ("Questions: Question 4 (“What about consent?”), hint. New: “Think of a child.”"),
    ),
    (
        put(of("consent", "no"), then="pause"),
        (
            "Questions: Question 4 (“What about consent?”), answer “No”, where it leads. "
            "Before: “DO NOT SHARE: This is refuse”. Now: “ASK FOR ADVICE: This is pause”."
        ),
    ),
    (
        put(of("consent", "no"), label="Not at all"),
        (
            "Questions: Question 4 (“What about consent?”), answer “Not at all”, label. "
            "Before: “No”. Now: “Not at all”."
        ),
    ),
    (
        put(of("risk", "no"), when={"danger": ["no", "now"]}),
        (
            "Questions: Question 2 (“What about risk?”), answer “No”, condition. "
            "Before: question 1 is answered “No”. "
            "Now: question 1 is answered “No” or “Now”."
        ),
    ),
    (
        lambda draft: draft.find("consent")["options"].append(option("maybe", "pause")),
        (
            "Questions: Question 4 (“What about consent?”): the answer “Maybe” (which leads to "
            "ASK FOR ADVICE: This is pause) was added."
        ),
    ),
    (
        lambda draft: draft.find("purpose")["options"].pop(0),
        (
            "Questions: Question 3 (“What about purpose?”): the answer “Yes” (which leads to MAY "
            "SHARE: This is tell, offered when question 2 is answered “Adult”) was taken out."
        ),
    ),
    (
        lambda draft: draft.find("consent")["options"].reverse(),
        "Questions: Question 4 (“What about consent?”): its answers stand in another order.",
    ),
    (
        lambda draft: draft.pack["questions"].append(question("more", option("yes", "tell"))),
        "Questions: Added: Question 5 (“What about more?”).",
    ),
    (
        lambda draft: draft.pack["rules"].reverse(),
        "Rules: They stand in another order: kind, fair, open.",
    ),
    (
        put(at("consent"), find_out={"how": "Ask them.", "takes": "days"}),
        "Questions: Question 4 (“What about consent?”), way to find out. New: “Ask them.”",
    ),
    (
        put(at("pause"), verdict="share"),
        (
            "The advice: MAY SHARE (“This is pause”), verdict. "
            "Before: ASK FOR ADVICE. Now: MAY SHARE."
        ),
    ),
    (
        put(at("tell"), steps=["Write it down.", "Send it safely."]),
        "The advice: MAY SHARE (“This is tell”), steps. Added: “Send it safely.”",
    ),
    (
        put(at("tell"), call=["emergency", "lead"]),
        ("The advice: MAY SHARE (“This is tell”), people to call. Added: “Emergency services”."),
    ),
    (
        put(at("tell"), rules=["kind", "open"]),
        "The advice: MAY SHARE (“This is tell”), rules. Added: “Kind”.",
    ),
    (
        put(at("act"), then=None),
        (
            "The advice: ACT NOW (“This is act”), where it leads. "
            "Taken out: “Question 2: What about risk?”"
        ),
    ),
    (
        put(at("say_thanks"), source={"doc": "guide", "at": "page 9"}),
        (
            "Notices: “say thanks”, source. Before: The guide (Nobody, 2025), page 2. "
            "Now: The guide (Nobody, 2025), page 9."
        ),
    ),
    (
        put(at("keep_it_small"), verdicts=["share", "must_share"]),
        "Notices: “keep it small”, verdicts it is shown with. Added: MUST SHARE.",
    ),
    (
        lambda draft: draft.pack["notices"].append(notice("be_quick")),
        "Notices: Added: “be quick”: “Mind be_quick.”",
    ),
    (
        lambda draft: draft.pack["contacts"].clear(),
        "Contacts: Whoever leads, number. Taken out: “020 7946 0018”.",
    ),
    (
        put(lambda draft: draft.pack, missing=[{"item": "A chart"}]),
        "What the document does not say: Added: “A chart”.",
    ),
]


@pytest.mark.parametrize(("change", "line"), CASES, ids=range(len(CASES)))
def test_a_change_is_told_in_words(change: Callable[[Draft], Any], line: str) -> None:
    assert line in told(change)


def test_what_was_added_is_taken_out_the_other_way_round() -> None:
    lines = told(nothing, old=lambda d: d.pack["outcomes"].append(outcome("x", "share", "Well.")))

    assert lines == ["The advice: Taken out: MAY SHARE (“This is x”)."]


def test_of_a_long_text_only_the_sentences_that_differ_are_told() -> None:
    old = put(at("tell"), reason="Consent is not needed. Be kind. Be quick.")
    new = put(at("tell"), reason="Consent is not needed. Be firm. Be quick.")

    [line] = told(new, old)

    assert line.endswith("reason. Before: “Be kind.” Now: “Be firm.”")


def test_sentences_in_another_order_are_told_whole() -> None:
    old = put(at("tell"), reason="Consent is not needed. Be kind.")
    new = put(at("tell"), reason="Be kind. Consent is not needed.")

    [line] = told(new, old)

    assert line.endswith("Now: “Be kind. Consent is not needed.”")


def test_a_change_that_no_screen_shows_is_still_told() -> None:
    def shadowed(number: str) -> Callable[[Draft], Any]:
        return put(lambda draft: draft.standing["contacts"][1], number=number)

    [line] = told(shadowed("101"), shadowed("111"))

    assert line == "The policy itself: Only words that no screen shows have changed."


def test_an_include_is_told_by_its_pack_and_version() -> None:
    before = edition()
    pinned = {"include": ({"pack": "hedge-2025", "version": date(2025, 1, 1)},)}
    pack = type(before.pack).model_validate(before.pack.model_dump() | pinned)
    after = Edition(pack, before.standing, "another")

    [part] = changes(before, after)

    assert part.lines == ("Include. Added: hedge-2025 of 1 January 2025.",)


def test_sentences_that_came_or_went_are_told_alone() -> None:
    short = put(at("tell"), reason="Consent is not needed. Be kind.")
    long = put(at("tell"), reason="Consent is not needed. Be kind. Be quick.")

    [longer], [shorter] = told(long, short), told(short, long)

    assert longer.endswith("reason. Now says besides: “Be quick.”")
    assert shorter.endswith("reason. No longer says: “Be quick.”")


def test_of_a_way_to_find_out_each_part_is_told() -> None:
    old = put(at("consent"), find_out={"how": "Ask them.", "takes": "days"})
    new = put(at("consent"), find_out={"how": "Ask them.", "takes": "hours", "ask": "lead"})

    assert told(new, old) == [
        (
            "Questions: Question 4 (“What about consent?”), time to find out. "
            "Before: “days”. Now: “hours”."
        ),
        "Questions: Question 4 (“What about consent?”), who can tell. New: “The head gardener”.",
    ]


def test_a_list_in_another_order_is_told_as_it_stands_now() -> None:
    old = put(at("tell"), call=["emergency", "lead"])
    new = put(at("tell"), call=["lead", "emergency"])

    [line] = told(new, old)

    assert line.endswith(
        "people to call. In another order. Now: “The head gardener”. “Emergency services”."
    )
