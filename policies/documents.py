"""Whether every paragraph of each document is accounted for: carried into its pack, or left out.

The documents are not ours to copy, so `documents.toml` names each paragraph by its place and a
short gloss, with a count of its words and a digest. Whoever has the text can hold the list to it;
whoever has not can still see what became of every paragraph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from policies.filing import Fault, parse
from policies.library import Library
from policies.model import Pack, Value
from policies.parts import Id, PackId, Text

FILE = "documents.toml"
KINDS = ("rules", "notices", "matter", "stale", "sources")
"""The kinds of element that have ids, beside questions, options, outcomes and contacts."""

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class Paragraph(Value):
    """One line of a document's text, and what became of it.

    `carried` names elements of the pack, such as `rules.rule_1` or `questions.purpose.yes`;
    `left_out` says why there are none. A paragraph has one of the two.
    """

    number: Annotated[int, Field(ge=1)]
    at: Text
    gloss: Text
    words: Annotated[int, Field(ge=1)]
    digest: Digest
    carried: tuple[str, ...] = ()
    left_out: str = ""


class Document(Value):
    """A document by the id that its pack's sources give it, with every paragraph in order."""

    id: Id
    pack: PackId
    file: Text
    count: Annotated[int, Field(ge=1)]
    paragraphs: tuple[Paragraph, ...]


class Documents(Value):
    """Every document that the shipped packs carry."""

    documents: tuple[Document, ...] = ()


def read(folder: Path) -> tuple[Document, ...]:
    """The documents filed beside the packs of a folder, if any; raises `FaultyPack`."""
    file = folder / FILE
    return parse(file, Documents).documents if file.exists() else ()


def faults(documents: tuple[Document, ...], library: Library) -> Iterator[Fault]:
    """Every gap: a paragraph missing, a claim on nothing, a printed element nobody claims."""
    packs = {edition.pack.id: edition.pack for edition in library.newest()}
    for document in documents:
        yield from _numbering(document)
        pack = packs.get(document.pack)
        if pack is None:
            yield _fault(document, f"Its pack '{document.pack}' is not here.", "Name one that is.")
            continue
        yield from _claims(document, pack)


def compare(document: Document, text: str) -> Iterator[Fault]:
    """Where the list differs from the document's own text, for whoever has it."""
    found = paragraphs(text)
    if len(found) != document.count:
        problem = f"The text has {len(found)} paragraphs, not {document.count}."
        yield _fault(document, problem, "List each of them.")
    for listed in document.paragraphs:
        words = found[listed.number - 1] if listed.number <= len(found) else ""
        if (listed.words, listed.digest) != (len(words.split()), digest(words)):
            problem = "The text says something else here."
            yield _fault(document, problem, "Read it again.", listed)


def paragraphs(text: str) -> list[str]:
    """The lines of a text that are not blank, with their spaces evened out."""
    return [" ".join(line.split()) for line in text.splitlines() if line.split()]


def digest(paragraph: str) -> str:
    """The first 16 hexadecimal digits of a paragraph's SHA-256."""
    return hashlib.sha256(paragraph.encode()).hexdigest()[:16]


def elements(pack: Pack) -> Mapping[str, str | None]:
    """Every element that a paragraph may claim, with the source it says it is printed in."""
    found: dict[str, str | None] = {}
    for question in pack.questions:
        printed = question.source.doc if question.origin == "printed" else None
        found[f"questions.{question.id}"] = printed
        for option in question.options:
            own = option.origin or question.origin
            found[f"questions.{question.id}.{option.value}"] = (
                question.source.doc if own == "printed" else None
            )
    for kind in ("outcomes", *KINDS):
        for value in getattr(pack, kind):
            printed = value.source.doc if getattr(value, "origin", "") == "printed" else None
            found[f"{kind}.{value.id}"] = printed
    return found | {f"contacts.{contact.role}": None for contact in pack.contacts}


def _numbering(document: Document) -> Iterator[Fault]:
    numbers = [paragraph.number for paragraph in document.paragraphs]
    for number in range(1, document.count + 1):
        if number not in numbers:
            problem = f"Paragraph {number} is missing."
            yield _fault(document, problem, "Say where it is carried, or why it is left out.")
    for paragraph in document.paragraphs:
        if numbers.count(paragraph.number) > 1 or paragraph.number > document.count:
            problem = f"Stands twice, or beyond the {document.count} paragraphs there are."
            yield _fault(document, problem, "Number it as the text does.", paragraph)
        if bool(paragraph.carried) == bool(paragraph.left_out):
            problem = "Is neither carried nor left out, or both."
            yield _fault(document, problem, "Fill in one of the two.", paragraph)


def _claims(document: Document, pack: Pack) -> Iterator[Fault]:
    known = elements(pack)
    claimed = set()
    for paragraph in document.paragraphs:
        claimed |= {*paragraph.carried}
        for name in paragraph.carried:
            if name not in known:
                problem = f"Names '{name}', which {pack.id} does not have."
                yield _fault(document, problem, "Name an element by kind and id.", paragraph)
    for name, source in known.items():
        if source == document.id and name not in claimed:
            problem = f"No paragraph claims {name}, which {pack.id} says is printed in it."
            yield _fault(document, problem, "Claim it, or mark it with another origin.")
        elif source and source != document.id:
            problem = f"{name} is marked as printed, but cites '{source}'."
            yield _fault(document, problem, "Printed means in the pack's own document.")


def _fault(
    document: Document, problem: str, remedy: str, paragraph: Paragraph | None = None
) -> Fault:
    place = f", paragraph {paragraph.number} ({paragraph.at})" if paragraph else ""
    return Fault(FILE, f"{document.id}{place}", problem, remedy)
