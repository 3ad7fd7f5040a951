"""One printable page for each decision: self-contained, honest about what it does not hold."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from bot.printing.case_files import CaseFiles, worth_a_page
from bot.register.receipt_check import check
from dialogs.events import Decided, Deciding, Posted
from policies.library import Library
from tests.bot.server import CHECK, run
from tests.bot.world import LIBRARY, SHARE, World, practitioner

ANSWERS = ("no", "yes", "yes")
WORDS = "Talked it <b>through</b> & agreed."


async def a_decision(real: World, words: str = WORDS) -> str:
    """A check with a decision and reasons; its reference."""
    who = practitioner()
    shown = await real.advised(who, *ANSWERS)
    take = real.conversation.take
    shown = await take(who, str(shown.check), Deciding(shown.turn))
    form = {**SHARE, "words": (words,)}
    shown = await take(who, str(shown.check), Decided(shown.turn, form))
    await take(who, str(shown.check), Posted(shown.turn, post=False))
    return str((await real.entries())[-1].body["reference"])


async def page_of(real: World, library: Library = LIBRARY) -> str:
    return await CaseFiles(real.register, library).page((await real.entries())[-1])


async def test_the_page_holds_the_whole_decision(real: World) -> None:
    reference = await a_decision(real)

    page = await page_of(real)

    [entry] = [entry for entry in await real.entries() if entry.kind == "decision"]
    pack = LIBRARY.by_digest[str(entry.body["digest"])].pack
    assert reference in page
    assert all(question.text in page for question in pack.questions[:3])
    assert "You may share. Consent is needed, and you have it." in page
    assert "Talked it &lt;b&gt;through&lt;/b&gt; &amp; agreed." in page
    assert entry.commitment.hex() in page
    assert "7 minutes briefing" in page
    assert "Share" in page


async def test_the_page_fetches_nothing_and_names_nobody(real: World) -> None:
    await a_decision(real)

    page = await page_of(real)

    assert not re.search(r"\b(src|href)=|url\(|@import|<script", page)
    assert "ayesha" not in page


async def test_the_receipt_on_the_page_is_proof_without_the_register(real: World) -> None:
    reference = await a_decision(real)

    page = await page_of(real)

    found = re.search(r'<pre class="receipt">(.*?)</pre>', page, re.DOTALL)
    assert found is not None
    receipt = json.loads(unescape(found.group(1)))
    said = check(receipt, real.register.signer.public_key)
    assert receipt["entry"]["body"]["reference"] == reference
    assert said.startswith("Proved: entry 2, decision 1")


async def test_an_altered_entry_has_no_receipt(real: World) -> None:
    await a_decision(real)
    entry = (await real.entries())[-1]
    altered = replace(entry, body={**entry.body, "decision": "not_share"})

    page = await CaseFiles(real.register, LIBRARY).page(altered)

    assert "No receipt can be made" in page
    assert '<pre class="receipt">' not in page


async def test_erased_reasons_are_said_to_be_erased(real: World) -> None:
    await a_decision(real)
    entry = (await real.entries())[-1]
    assert entry.key is not None

    erasing = real.register.erasing
    await erasing.erase(await erasing.of(entry.check), "a request", date(2027, 1, 2))

    page = await page_of(real)
    assert "erased on 2 January 2027, under a request" in page
    assert "Talked" not in page


async def test_a_policy_of_another_release_is_told_by_its_names(real: World) -> None:
    await a_decision(real)

    page = await page_of(real, Library(()))

    assert "not in this release" in page
    assert "share_with_consent" in page
    assert "consent" in page


async def test_a_later_decision_is_pointed_to(real: World) -> None:
    who = practitioner()
    shown = await real.decided(who, await real.advised(who, *ANSWERS))
    take = real.conversation.take
    shown = await take(who, str(shown.check), Deciding(shown.turn))
    shown = await take(who, str(shown.check), Decided(shown.turn, {**SHARE, "told": ("told",)}))
    await take(who, str(shown.check), Posted(shown.turn, post=True))
    entries = await real.entries()
    decisions = worth_a_page(entries)

    pages = [await CaseFiles(real.register, LIBRARY).page(entry) for entry in decisions]

    assert [entry.revision for entry in decisions] == [1, 2]
    assert f"A later decision stands in the register: entry {entries[-1].seq}" in pages[0]
    assert "A later" not in pages[1]


async def test_advice_alone_says_that_nothing_was_decided(real: World) -> None:
    await real.advised(practitioner(), *ANSWERS)
    entries = await real.entries()

    assert worth_a_page(entries) == (entries[-1],)
    assert "No decision was recorded" in await page_of(real)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("export")
    assert run(made, "check", stdin=CHECK, DEFAULT_PACK="briefing-2018").returncode == 0
    return made


def test_pages_are_written_for_their_owner_only(folder: Path) -> None:
    ended = run(folder, "register", "export", "--format", "html", "--into", "pages")

    [page] = (folder / "pages").iterdir()
    assert ended.stdout == "Pages written to pages: 1.\n"
    assert re.fullmatch(r"SC-[A-Z2-7]{4}-[A-Z2-7]{4}-entry-2\.html", page.name)
    assert page.stat().st_mode & 0o77 == 0


def test_one_check_is_exported_by_its_reference(folder: Path) -> None:
    listed = run(folder, "register", "export", "--format", "csv")
    reference = re.search(r"SC-\w{4}-\w{4}", run(folder, "register", "show", "2").stdout).group()  # type: ignore[union-attr]

    page = run(folder, "register", "export", "--format", "html", "--reference", reference)
    lines = run(folder, "register", "export", "--reference", reference.lower())

    assert page.stdout.startswith("<!doctype html>")
    assert len(lines.stdout.splitlines()) == 2
    assert listed.stdout.startswith("seq,kind,check,")
    assert len(listed.stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (("--format", "html"), 2, "--reference"),
        (("--format", "csv", "--into", "pages"), 2, "--into"),
        (("--format", "html", "--reference", "SC-AAAA-AAAA"), 2, "SC-AAAA-AAAA"),
        (("--format", "html", "--into", "var/register.db/x"), 1, "--into"),
        (("--format", "xml"), 2, "xml"),
    ],
)
def test_what_cannot_be_exported_is_one_line(
    folder: Path, arguments: tuple[str, ...], code: int, named: str
) -> None:
    ended = run(folder, "register", "export", *arguments)

    assert (ended.returncode, ended.stdout) == (code, "")
    assert len(ended.stderr.splitlines()) == 1
    assert named in ended.stderr
