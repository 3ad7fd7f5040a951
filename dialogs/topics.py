"""What a policy says beside its questions, as pages: rules, myths, law, contacts and the rest.

Every page says which policy it is from and whether that policy still stands, shows what time has
overtaken beside what it overtook, and leads to the other topics. A policy that says nothing on a
topic says so, and points to those that do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from dialogs.explain import meanings
from dialogs.lines import CHECK_NUMBER
from dialogs.pages import LIBRARY, PageView, Place, Section, Way
from dialogs.provenance import replaced, source_line
from dialogs.show import emergency, warned
from policies.model import EMERGENCY, Contact, Matter, Pack, Rule
from policies.parts import Topic

ROOM = LIBRARY
START, BACK, POLICIES = "start", "back", "policies"
"""What can be done from a page beside reading another: begin a check, go back to the one that was
left for the page, or see every policy."""

TITLES: Mapping[Topic, str] = {
    "rules": "The rules",
    "myths": "Myths and facts",
    "law": "The law",
    "contacts": "Whom to call",
    "agreements": "Agreements",
    "training": "Training",
    "about": "About this policy",
}
"""What each page is called, in the order in which the ways to them stand."""

NOTHING: Mapping[Topic, str] = {
    "rules": "This policy gives no rules of its own.",
    "myths": "This policy says nothing about myths.",
    "law": "This policy names no law of its own.",
    "contacts": "This policy names nobody to call.",
    "agreements": "This policy says nothing about agreements between organisations.",
    "training": "This policy says nothing about training. Ask your safeguarding lead.",
    "about": "This policy says nothing about itself.",
}

ORIGINS = {
    "printed": "",
    "national": "National guidance or law: ",
    "inferred": "Not printed; it follows from: ",
    "added": "Added by this project, from: ",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """What a page is made from: the policy, every policy there is, and the day.

    `check` is the check that was left for the page, if one was: every way leads back to it.
    """

    pack: Pack
    shelf: Sequence[Pack]
    today: date
    check: str = ""

    def page(self, topic: Topic) -> PageView:
        """What the policy says on a topic."""
        said = tuple(_said(self.pack, topic, self.today)) or (self._elsewhere(topic),)
        sections = (self._whose(topic), *said, *self._meanings(said))
        return PageView(TITLES[topic], sections, self._ways(topic), emergency(self.pack))

    def _meanings(self, said: Sequence[Section]) -> Iterator[Section]:
        """What the hard words on the page mean."""
        texts = (text for each in said for text in (each.heading, *each.lines, *each.bullets))
        if terms := self.pack.glossary.explains(texts):
            told = meanings(terms)
            yield Section(told.heading, bullets=told.lines)

    def policies(self) -> PageView:
        """Every policy, those that stand first, each with the way to its page."""
        sections = [
            Section(
                each.title,
                _standing(each),
                ways=(self._way(f"About {each.title}", "about", each),),
            )
            for each in _current_first(self.shelf)
        ]
        return PageView("Policies", tuple(sections), self._back(), emergency(self.pack))

    def _whose(self, topic: Topic) -> Section:
        """Which policy is read, and the way to the one that replaced it."""
        ways = [
            self._way(f"Read {other.title} instead", topic, other)
            for other in self.shelf
            if other.id == self.pack.superseded_by
        ]
        return Section("", _standing(self.pack), ways=tuple(ways))

    def _elsewhere(self, topic: Topic) -> Section:
        """That the policy says nothing here, and which policies do."""
        others = [
            other
            for other in _current_first(self.shelf)
            if other.id != self.pack.id and any(_said(other, topic, self.today))
        ]
        lines = [NOTHING[topic]]
        if others:
            lines.append(f"These do: {', '.join(other.title for other in others)}.")
        # The page already leads to the policy that replaced this one.
        ways = (self._way(o.title, topic, o) for o in others if o.id != self.pack.superseded_by)
        return Section("", tuple(lines), ways=tuple(ways))

    def _ways(self, topic: Topic) -> tuple[Way, ...]:
        """To the other topics, to a check, and to the other policies."""
        others = [self._way(title, other, self.pack) for other, title in TITLES.items()]
        return (
            *self._back(),
            Way("Start a check with this", ROOM, START, self.pack.id),
            *(way for way in others if way.verb != topic),
            Way("Other policies", ROOM, POLICIES, Place(self.pack.id, self.check).written()),
        )

    def _back(self) -> tuple[Way, ...]:
        if not self.check:
            return ()
        place = Place(self.pack.id, self.check).written()
        return (Way("Back to your check", ROOM, BACK, place, style="primary"),)

    def _way(self, label: str, topic: Topic, pack: Pack) -> Way:
        return Way(label, ROOM, topic, Place(pack.id, self.check).written())


def topic_of(word: str) -> Topic | None:
    """The topic of this name, if there is one."""
    return next((topic for topic in get_args(Topic) if topic == word), None)


def _said(pack: Pack, topic: Topic, today: date) -> Iterator[Section]:
    matter = (_matter(pack, each) for each in pack.matter if each.topic == topic)
    match topic:
        case "rules":
            yield from (_rule(pack, rule) for rule in pack.rules)
            yield from matter
        case "contacts":
            everyone = dict(pack.contacts_by_role)
            yield _contact(pack, everyone.pop(EMERGENCY), today)
            yield from matter
            yield from (_contact(pack, each, today) for each in everyone.values())
        case "about":
            yield _published(pack)
            yield from matter
            yield from _gaps(pack)
        case _:
            yield from matter


def _rule(pack: Pack, rule: Rule) -> Section:
    """A rule, with what is overtaken in it under it."""
    return Section(rule.title, (rule.text, *_overtaken(pack, rule)), source=_source(pack, rule))


def _matter(pack: Pack, matter: Matter) -> Section:
    """One piece of matter, with what is overtaken in it under it."""
    overtaken = _overtaken(pack, matter)
    if not matter.points:
        return Section(matter.title, (matter.text, *overtaken), source=_source(pack, matter))
    # A list stands after the paragraphs, so what is overtaken closes it.
    return Section(
        matter.title,
        (matter.text,),
        (*matter.points, *overtaken),
        source=_source(pack, matter),
    )


def _overtaken(pack: Pack, value: Rule | Matter) -> tuple[str, ...]:
    """What is overtaken in it, what holds today, and who looked when."""
    olds = (pack.stale_by_id[name] for name in value.stale)
    return tuple(
        f"Overtaken: {old.item} Today: {old.now} (Checked on {_day(old.checked_on)}.)"
        for old in olds
    )


def _contact(pack: Pack, contact: Contact, today: date) -> Section:
    told = warned(pack, contact)
    called = f"{told.number} ({told.hours})" if told.hours else told.number
    doubt = CHECK_NUMBER if told.is_doubtful(today) else ""
    return Section(told.name, tuple(line for line in (called, doubt, told.note) if line))


def _published(pack: Pack) -> Section:
    return Section(
        "Where it comes from",
        (f"Published: {pack.published}.", f"Owner: {pack.owner}."),
        tuple(f"{each.title}. {each.publisher}, {each.published}." for each in pack.sources),
    )


def _gaps(pack: Pack) -> Iterator[Section]:
    """What the document does not say, and what it says that no longer holds."""
    if pack.missing:
        lines = (f"{gap.item}. {gap.note}".strip() for gap in pack.missing)
        yield Section("What it does not say", bullets=tuple(lines))
    if pack.stale:
        order = ("high", "medium", "low")
        olds = sorted(pack.stale, key=lambda old: order.index(old.severity))
        said = (f"{o.item} Today: {o.now} (Checked on {_day(o.checked_on)}.)" for o in olds)
        yield Section("What time has overtaken", bullets=tuple(said))


def _standing(pack: Pack) -> tuple[str, ...]:
    """Which policy it is, and that it has been replaced if it has."""
    lines = (f"{pack.name}. In force from {_day(pack.version)}.", replaced(pack))
    return tuple(line for line in lines if line)


def _source(pack: Pack, value: Rule | Matter) -> str:
    return ORIGINS[value.origin] + source_line(pack, value.source)


def _current_first(shelf: Sequence[Pack]) -> list[Pack]:
    return sorted(shelf, key=lambda pack: pack.status == "superseded")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
