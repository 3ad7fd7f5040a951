"""What a policy says beside its questions, page by page."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from dialogs.lines import CHECK_NUMBER
from dialogs.pages import PageView, Place, Section, Way
from dialogs.topics import BACK, POLICIES, ROOM, START, TITLES, Reader, topic_of
from policies import limits
from policies.library import Library
from policies.model import EMERGENCY, Pack
from policies.parts import Topic
from tests.policies.builders import Draft, matter

TODAY = date(2026, 11, 22)
SHELF = tuple(edition.pack for edition in Library.read().newest())
PACKS = {pack.id: pack for pack in SHELF}
TOPICS: tuple[Topic, ...] = get_args(Topic)


def page(pack_id: str, topic: Topic) -> PageView:
    """A page of a shipped policy."""
    return Reader(PACKS[pack_id], SHELF, TODAY).page(topic)


def words(view: PageView) -> str:
    """Everything that a page says."""
    return "\n".join(
        text
        for section in view.sections
        for text in (section.heading, *section.lines, *section.bullets, section.source)
    )


def headings(view: PageView) -> list[str]:
    """The headings of a page."""
    return [section.heading for section in view.sections if section.heading]


def ways(view: PageView) -> list[Way]:
    """Every way on from a page."""
    return [*(way for section in view.sections for way in section.ways), *view.ways]


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("pack", SHELF, ids=lambda pack: pack.id)
def test_every_page_names_its_policy_and_leads_on(pack: Pack, topic: Topic) -> None:
    view = page(pack.id, topic)

    assert view.title == TITLES[topic]
    assert len(view.title) <= limits.TITLE
    assert pack.name in view.sections[0].lines[0]
    assert view.emergency == pack.contacts_by_role[EMERGENCY]
    others = {way.verb for way in view.ways if way.value == pack.id}
    assert others == {START, POLICIES, *TITLES} - {topic}
    assert {way.room for way in ways(view)} == {ROOM}


@pytest.mark.parametrize("pack", SHELF, ids=lambda pack: pack.id)
def test_a_replaced_policy_says_so_on_every_page(pack: Pack) -> None:
    for topic in TOPICS:
        first = page(pack.id, topic).sections[0]

        told = any(
            "The current one is England today (england-2024)" in line for line in first.lines
        )
        assert told is (pack.status == "superseded")
        instead = [(way.verb, way.value) for way in first.ways]
        assert instead == ([(topic, "england-2024")] if told else [])


def test_rules_stand_in_their_document_s_order() -> None:
    for pack in SHELF:
        found = headings(page(pack.id, "rules"))

        assert found[: len(pack.rules)] == [rule.title for rule in pack.rules]


def test_the_list_of_policies_names_each_on_its_button() -> None:
    labels = [way.label for way in ways(Reader(SHELF[0], SHELF, TODAY).policies())]

    assert len({*labels}) == len(labels)
    assert "About Croydon 2008" in labels


def test_old_rules_on_consent_say_what_holds_today() -> None:
    for pack in SHELF:
        told = words(page(pack.id, "rules"))

        assert ("a child is at risk, consent is not needed" in told) is (
            pack.status == "superseded"
        ), pack.id


def test_enfield_has_its_key_points_questions_and_levels() -> None:
    rules, agreements = page("enfield-2006", "rules"), page("enfield-2006", "agreements")

    assert [f"{number}." for number in range(1, 7)] == [each[:2] for each in headings(rules)[:6]]
    [eight] = [s.bullets for s in rules.sections if s.heading == "Eight key questions"]
    assert len(eight) == 8
    [levels] = [s.bullets for s in agreements.sections if s.heading == "Three levels of agreement"]
    assert [level[:8] for level in levels] == ["Level 1:", "Level 2:", "Level 3:"]
    assert "11 January 2007" in words(agreements)


def test_wokingham_tells_a_school_whom_to_go_through() -> None:
    contacts = page("wokingham-2008", "contacts")

    [route] = [s for s in contacts.sections if s.heading == "In a school, whom to tell"]
    order = ["designated senior member", "named deputy", "another senior person", "999"]
    assert all(word in step for word, step in zip(order, route.bullets[:4], strict=True))
    assert "Today: The designated safeguarding lead." in route.bullets[4]


@pytest.mark.parametrize(
    ("old", "today"),
    [("0845 8505 505", "Today: Call 101"), ("01344 786 543", "Today: 01344 351 999")],
)
def test_an_overtaken_number_never_stands_alone(old: str, today: str) -> None:
    shown = [
        line
        for pack in SHELF
        for topic in TOPICS
        for section in page(pack.id, topic).sections
        for line in (section.heading, *section.lines, *section.bullets, section.source)
        if old in line
    ]

    assert len(shown) == 2  # on the contacts page, and among what time has overtaken
    assert all(today in line for line in shown)


def test_a_number_nobody_checked_lately_says_so() -> None:
    sections = {s.heading: s.lines for s in page("wokingham-2008", "contacts").sections}

    care = sections["Wokingham children's social care"]
    assert care[:2] == ("0118 908 8002", CHECK_NUMBER)
    assert sections["Emergency services"][0] == "999 (Any time)"
    assert CHECK_NUMBER not in sections["Thames Valley Police, not an emergency"]


def test_the_training_page_gives_no_address_and_no_login() -> None:
    told = words(page("wokingham-2008", "training"))

    assert "online course" in told
    assert "Ask your training lead what stands today." in told
    assert not {"http", "www", "login", "password", "username"} & set(told.lower().split())
    assert "kwango" not in told


def test_what_is_overtaken_stands_under_what_it_overtook() -> None:
    [law] = [s for s in page("wokingham-2008", "law").sections if "law that" in s.heading]

    assert law.bullets[0] == "The Data Protection Act 1998."
    assert "Today: Repealed in 2018." in law.bullets[4]
    assert law.bullets[4].endswith("(Checked on 21 November 2026.)")
    assert law.source.startswith("Guidance on Information Sharing for Practitioners")


def test_a_source_says_when_it_is_not_the_document() -> None:
    myths = page("england-2024", "myths").sections[1]

    assert myths.source.startswith("National guidance or law: Information sharing")
    assert page("england-2024", "about").sections[2].source.startswith("Added by this project")


def test_about_lists_what_is_missing_and_overtaken() -> None:
    view = page("coventry-2018", "about")

    assert "Talk with the family first, where you can" in headings(view)
    [exceptions] = [s for s in view.sections if s.heading.startswith("When not to talk")]
    assert len(exceptions.bullets) == 5
    sections = {s.heading: s.bullets for s in view.sections}
    assert len(sections["What it does not say"]) == len(PACKS["coventry-2018"].missing)
    old = sections["What time has overtaken"]
    assert len(old) == len(PACKS["coventry-2018"].stale)
    assert old[0].startswith("The seven rules")


def test_nothing_on_a_topic_points_to_those_that_have() -> None:
    nothing = page("coventry-2018", "myths").sections[1]

    assert nothing.lines == (
        "This policy says nothing about myths.",
        "These do: England today, Wokingham 2008.",
    )
    assert [(way.verb, way.value) for way in nothing.ways] == [("myths", "wokingham-2008")]
    successor = page("coventry-2018", "myths").sections[0].ways
    assert [(way.verb, way.value) for way in successor] == [("myths", "england-2024")]


def test_a_policy_alone_on_its_shelf_points_nowhere() -> None:
    pack = Draft().resolved()
    reader = Reader(pack, (pack,), TODAY)

    nothing = reader.page("training").sections[1]

    assert nothing == Section(
        "", ("This policy says nothing about training. Ask your safeguarding lead.",)
    )
    assert "What it does not say" not in headings(reader.page("about"))


def test_matter_without_points_is_one_paragraph() -> None:
    draft = Draft()
    draft.pack["matter"] = [matter("fence", "law")]
    pack = draft.resolved()

    section = Reader(pack, (pack,), TODAY).page("law").sections[1]

    assert section == Section(
        "Fence",
        ("The guide tells of fence.",),
        source="The guide (Nobody, 2025), page 4",
    )


def test_a_page_that_was_opened_from_a_check_leads_back() -> None:
    reader = Reader(PACKS["croydon-2008"], SHELF, TODAY, "check-1")

    for view in (reader.page("law"), reader.policies()):
        back = view.ways[0]
        assert (back.label, back.verb) == ("Back to your check", BACK)
        assert all(Place.read(w.value).check == "check-1" for w in ways(view) if w.verb != START)


@pytest.mark.parametrize(
    ("value", "place"),
    [("", Place("")), ("croydon-2008", Place("croydon-2008")), ("a/b/c", Place("a", "b/c"))],
)
def test_a_place_is_read_from_whatever_a_way_holds(value: str, place: Place) -> None:
    assert Place.read(value) == place
    assert Place.read(place.written()) == place


def test_every_policy_is_listed_with_those_that_stand_first() -> None:
    view = Reader(PACKS["croydon-2008"], SHELF, TODAY).policies()

    assert [section.ways[0].value for section in view.sections][:2] == [
        "england-2024",
        "england-duty-2026",
    ]
    assert len(view.sections) == len(SHELF)
    assert [way.verb for way in page("croydon-2008", "law").ways][-1] == POLICIES


@pytest.mark.parametrize(("word", "topic"), [("myths", "myths"), ("about", "about"), ("x", None)])
def test_only_topics_are_topics(word: str, topic: str | None) -> None:
    assert topic_of(word) == topic


def test_hard_words_on_a_page_are_explained_at_its_end() -> None:
    last = page("croydon-2008", "rules").sections[-1]

    assert last.heading == "What the words mean"
    assert "Proportionate: No more than the purpose needs." in last.bullets
