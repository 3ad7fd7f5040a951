"""A small made-up pack, sound as it stands, in which a test can plant one fault."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from policies.library import Library, resolve_all
from policies.model import Pack, Standing

NAME = "garden-2025/2025-05-01.toml"


class Draft:
    """The raw data of a pack and of standing advice, to change before they are filed."""

    def __init__(self) -> None:
        self.pack: dict[str, Any] = deepcopy(GARDEN)
        self.standing: dict[str, Any] = deepcopy(STANDING)

    def find(self, node: str) -> dict[str, Any]:
        """The raw data of a question, an outcome, a notice or a rule."""
        kinds = ("questions", "outcomes", "notices", "rules")
        files = (self.pack, self.standing)
        values = (value for each in files for kind in kinds for value in each.get(kind, ()))
        return next(value for value in values if value["id"] == node)

    def option(self, question: str, value: str) -> dict[str, Any]:
        """The raw data of the first option with this value."""
        options: list[dict[str, Any]] = self.find(question)["options"]
        return next(option for option in options if option["value"] == value)

    def resolved(self) -> Pack:
        """The pack as a practitioner meets it."""
        return self.library().editions[0].pack

    def library(self) -> Library:
        """A library of this pack alone."""
        packs = [Pack.model_validate(self.pack)]
        return Library(tuple(resolve_all(packs, [Standing.model_validate(self.standing)])))

    def write(self, folder: Path) -> Path:
        """File both below a folder, where their names say; returns the pack's file."""
        file(folder / "standing" / "england" / "2025-01-01.toml", self.standing)
        return file(folder / "packs" / NAME, self.pack)


def file(place: Path, value: dict[str, Any]) -> Path:
    """Write one value as a TOML file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("".join(f"{key} = {_toml(inner)}\n" for key, inner in value.items()))
    return place


def _toml(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case date():
            return value.isoformat()
        case _:
            return json.dumps(value)


def option(value: str, then: str, **more: Any) -> dict[str, Any]:
    """An option whose words follow from its value."""
    because = f"You answered {value}."
    return {"value": value, "label": value.capitalize(), "then": then, "because": because, **more}


def question(name: str, *options: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A question whose words follow from its id."""
    return {
        "id": name,
        "text": f"What about {name}?",
        "why": f"The guide asks about {name}.",
        "source": {"doc": "guide", "at": "page 1"},
        "origin": "printed",
        "options": list(options),
        **more,
    }


def outcome(name: str, verdict: str, reason: str, **more: Any) -> dict[str, Any]:
    """An outcome that names whom to call and what to record."""
    return {
        "id": name,
        "verdict": verdict,
        "headline": f"This is {name}",
        "reason": reason,
        "source": {"doc": "guide", "at": "page 3"},
        "origin": "printed",
        "steps": ["Write it down."],
        "call": ["lead"],
        "record": "Record what you decided and why.",
        **more,
    }


def notice(name: str, **more: Any) -> dict[str, Any]:
    """A notice whose words follow from its id."""
    source = {"doc": "guide", "at": "page 2"}
    text = f"Mind {name}."
    return {"id": name, "kind": "law", "text": text, "source": source, "origin": "added", **more}


def matter(name: str, topic: str, **more: Any) -> dict[str, Any]:
    """Matter of a document whose words follow from its id."""
    source = {"doc": "guide", "at": "page 4"}
    words = {"title": name.capitalize(), "text": f"The guide tells of {name}."}
    return {"id": name, "topic": topic, **words, "source": source, "origin": "printed", **more}


def rule(name: str) -> dict[str, Any]:
    """A rule whose words follow from its id."""
    words = {"title": name.title(), "text": f"Be {name}."}
    return {"id": name, **words, "source": {"doc": "guide", "at": "page 2"}, "origin": "printed"}


SOURCE = {"id": "guide", "title": "The guide", "publisher": "Nobody", "published": "2025"}

GARDEN: dict[str, Any] = {
    "id": "garden-2025",
    "title": "Garden",
    "name": "The garden rules",
    "version": date(2025, 5, 1),
    "jurisdiction": "england",
    "status": "current",
    "published": "May 2025",
    "owner": "The gardeners",
    "review_by": date(2027, 5, 1),
    "sources": [SOURCE],
    "questions": [
        question(
            "risk",
            option("child", "tell"),
            option("adult", "purpose"),
            option("no", "purpose", when={"danger": ["no"]}),
            rules=["fair"],
        ),
        question(
            "purpose",
            option("yes", "tell", when={"risk": ["adult"]}),
            option("yes", "consent", when={"risk": ["no"]}),
            option("no", "pause", when={"risk": ["adult"]}),
            option("no", "refuse", when={"risk": ["no"]}),
        ),
        question("consent", option("yes", "agreed"), option("no", "refuse"), origin="inferred"),
    ],
    "outcomes": [
        outcome("tell", "share", "Consent is not needed.", rules=["open"]),
        outcome("agreed", "share", "You have consent."),
        outcome("refuse", "do_not_share", "Nothing allows it.", if_risk="Ask again if it grows."),
        outcome("pause", "seek_advice", "The purpose is not clear."),
    ],
    "notices": [
        notice("say_thanks", when={"consent": ["yes"]}),
        notice("keep_it_small", verdicts=["share"]),
    ],
    "rules": [rule(name) for name in ("open", "fair", "kind")],
    "contacts": [{"role": "lead", "name": "The head gardener", "number": "020 7946 0018"}],
    "invariants": [
        {
            "id": "children_first",
            "text": "A child at risk is helped at once.",
            "when": {"risk": ["child"]},
            "never": ["do_not_share"],
            "never_asks": ["consent"],
        }
    ],
}

STANDING: dict[str, Any] = {
    "jurisdiction": "england",
    "version": date(2025, 1, 1),
    "sources": [SOURCE],
    "questions": [question("danger", option("now", "act"), option("no", "pack"))],
    "not_sure": option("not_sure", "ask", origin="added"),
    "outcomes": [
        outcome("act", "act_now", "Consent is not needed.", then="pack", call=["emergency"]),
        outcome("ask", "seek_advice", "You are not sure."),
    ],
    "notices": [
        notice("think_again", then="danger", verdicts=["do_not_share"], without=["risk"]),
        notice("mind_weather", when={"weather": ["rain"]}),
    ],
    "contacts": [
        {"role": "emergency", "name": "Emergency services", "number": "999"},
        {"role": "lead", "name": "Whoever leads"},
    ],
}
