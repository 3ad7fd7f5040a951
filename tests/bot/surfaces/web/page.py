"""A page as a browser without script reads it: its forms, its headings, and what it lacks."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = {"img", "input", "meta", "link", "br", "path"}
TYPED = {"input", "select", "textarea"}


@dataclass
class Element:
    """An element with what stands in it."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: "list[Element | str]" = field(default_factory=list)

    def every(self, *tags: str) -> "list[Element]":
        """All elements below of these tags, in order."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                found += [child] if child.tag in tags else []
                found += child.every(*tags)
        return found

    def within(self, *tags: str) -> bool:
        """Whether it stands somewhere in one of these."""
        above = self.parent
        return above is not None and (above.tag in tags or above.within(*tags))

    @property
    def text(self) -> str:
        """The words, with single spaces."""
        parts = (c if isinstance(c, str) else c.text for c in self.children)
        return " ".join(" ".join(parts).split())

    def __getitem__(self, name: str) -> str:
        """An attribute; empty if it is not there."""
        return self.attributes.get(name, "")


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = self.at = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
            assert self.at.parent is not None
            self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


@dataclass(frozen=True)
class Page:
    """One answer of the server."""

    status: int
    address: str
    top: Element

    @classmethod
    def read(cls, status: int, address: str, html: str) -> "Page":
        """Read a whole page; an element that is not closed is a fault."""
        tree = _Tree()
        tree.feed(html)
        assert tree.at is tree.top
        return cls(status, address, tree.top)

    def one(self, tag: str) -> Element:
        """The only element of a tag."""
        [found] = self.top.every(tag)
        return found

    @property
    def main(self) -> Element:
        """The part with the check."""
        return self.one("main")

    @property
    def view(self) -> str:
        """Which view it shows."""
        return self.main["data-view"]

    @property
    def question(self) -> str:
        """Which question it asks."""
        return self.main["data-question"]

    @property
    def title(self) -> str:
        """What stands on the browser's tab."""
        return self.one("title").text

    def by_id(self, name: str) -> Element:
        """The element of an id."""
        every = self.top.every(*{e.tag for e in _all(self.top)})
        [found] = [element for element in every if element["id"] == name]
        return found

    def form(self, verb: str) -> dict[str, list[str]]:
        """What a browser would send when the button is pressed with nothing else changed."""
        [pressed] = [b for b in self.main.every("button") if b["value"] == verb]
        form = pressed.parent
        while form is not None and form.tag != "form":
            form = form.parent
        assert form is not None, f"{verb} stands in no form"
        sent: dict[str, list[str]] = {}
        for typed in form.every(*TYPED):
            for value in _values(typed):
                sent.setdefault(typed["name"], []).append(value)
        return sent | {"verb": [verb]}

    def faults(self) -> list[str]:
        """What would stand in the way of somebody who cannot see the page."""
        return [*_structure(self), *_labels(self), *_order(self)]


def _values(typed: Element) -> list[str]:
    match typed.tag, typed["type"]:
        case "input", "radio" | "checkbox":
            return [typed["value"]] if "checked" in typed.attributes else []
        case "input", _:
            return [typed["value"]]
        case "textarea", _:
            return ["".join(c for c in typed.children if isinstance(c, str))]
        case _:
            options = typed.every("option")
            chosen = [o for o in options if "selected" in o.attributes] or options[:1]
            return [option["value"] for option in chosen]


def _all(element: Element) -> list[Element]:
    found = [element]
    for child in element.children:
        found += _all(child) if isinstance(child, Element) else []
    return found


def _structure(page: Page) -> list[str]:
    everything = _all(page.top)
    count = Counter(element["id"] for element in everything if element["id"])
    faults = [f"the id {name} stands twice" for name, times in count.items() if times > 1]
    landmarks = ("h1", "main", "header", "aside", "footer", "title")
    faults += [f"not one {tag}" for tag in landmarks if len(page.top.every(tag)) != 1]
    if page.one("html")["lang"] != "en-GB":
        faults.append("no language")
    faults += [f"a {e.tag} runs script" for e in everything if e.tag == "script"]
    inline = [
        e.tag for e in everything if any(a == "style" or a[:2] == "on" for a in e.attributes)
    ]
    targets = {element["id"] for element in everything}
    named = " ".join(e["aria-describedby"] + " " + e["aria-labelledby"] for e in everything)
    faults += [f"nothing is called {name}" for name in named.split() if name not in targets]
    links = [a["href"][1:] for a in page.top.every("a") if a["href"].startswith("#")]
    return faults + inline + [f"a link to no {link}" for link in links if link not in targets]


def _labels(page: Page) -> list[str]:
    labelled = {label["for"] for label in page.top.every("label") if label.text}
    faults = []
    for typed in page.top.every(*TYPED):
        if typed["type"] != "hidden" and typed["id"] not in labelled:
            faults.append(f"{typed['name']} has no label")
        if typed["type"] in {"radio", "checkbox"} and not typed.within("fieldset"):
            faults.append(f"{typed['name']} stands in no group")
    faults += [
        "a group without a name" for f in page.top.every("fieldset") if not f.every("legend")
    ]
    faults += ["a button without words" for b in page.top.every("button") if not b.text]
    return faults


def _order(page: Page) -> list[str]:
    levels = [int(h.tag[1]) for h in page.main.every("h1", "h2", "h3", "h4")]
    levels = [1, *levels[levels.index(1) :]] if 1 in levels else levels
    steps = pairwise(levels)
    return [f"an h{low} under an h{high}" for high, low in steps if low > high + 1]
