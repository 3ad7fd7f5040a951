"""What is counted, how it is printed, and how it is drawn."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from bot.register.store import Register
from bot.statistics import NOTE, chart
from bot.statistics.tables import Cell, Table
from tests.bot.register.drafts import a_draft
from tests.bot.server import run
from tests.bot.surfaces.web.visitor import served, visiting
from tests.bot.world import LIBRARY, World

PACK = next(LIBRARY.newest())


def body(number: int, verdict: str, **more: Any) -> dict[str, Any]:
    """What an entry of the first pack holds."""
    return {
        "reference": f"SC-{number:04}",
        "pack": PACK.pack.id,
        "version": PACK.pack.version.isoformat(),
        "digest": PACK.digest,
        "path": [],
        "verdict": verdict,
        "outcome": "made_up",
        "rules": [PACK.pack.rules[0].id],
        **more,
    }


async def fill(register: Register) -> None:
    """Forty checks: 31 share, 9 do not; 20 decisions, of which 12 depart; one changed later."""
    for number in range(40):
        verdict = "share" if number < 31 else "do_not_share"
        await register.append(a_draft(f"check-{number}", body=body(number, verdict)))
    for number in range(20):
        more = {"decision": "not_share" if number < 12 else "share", "departs": number < 12}
        await register.append(
            a_draft(f"check-{number}", kind="decision", body=body(number, "share", **more))
        )
    changed = body(0, "share", decision="not_share", departs=True)
    await register.append(a_draft("check-0", kind="decision", revision=2, body=changed))


async def test_the_newest_entry_of_each_check_is_counted(real: World) -> None:
    await fill(real.register)

    found = {t.title: dict(t.rows) for t in (await real.panel.statistics(LIBRARY)).tables}

    assert found["Advice given"]["May share"] == "30"
    assert found["Advice given"]["Do not share"] == "10"
    assert found["Policy followed"] == {PACK.pack.title: "40"}
    assert found["Decision taken"]["Not share"] == "10"
    assert found["Decision and advice"]["Departed from the advice"] == "10"
    [by_rule] = [rows for title, rows in found.items() if "by rule" in title]
    assert by_rule[PACK.pack.rules[0].title] == "10"
    assert set(list(by_rule.values())[1:]) == {"0"}


async def test_a_policy_of_another_release_is_counted_by_its_name(real: World) -> None:
    old = {**body(1, "share", decision="share", departs=False), "pack": "old", "digest": "0" * 64}
    for number in range(9):
        await real.register.append(a_draft(f"check-{number}", body=old))
        await real.register.append(a_draft(f"check-{number}", kind="decision", body=old))

    found = {t.title: dict(t.rows) for t in (await real.panel.statistics(LIBRARY)).tables}

    assert found["Policy followed"] == {"old": "10"}


async def test_the_page_has_every_table_and_its_drawing(real: World) -> None:
    await fill(real.register)

    async with served(real.conversation, real.panel) as url, visiting(url) as visitor:
        page = await visitor.open("/statistics")

    assert page.view == "statistics"
    assert NOTE in page.main.text
    assert "Departed from the advice" in page.main.text
    assert len(page.main.every("svg")) == len(page.main.every("table")) >= 5


def test_a_drawing_tells_by_label_and_length() -> None:
    drawn = chart(
        Table("A <title>", (Cell("Big", 40), Cell("Half", 20), Cell("Few", 3), Cell("No", 0)))
    )

    svg = ET.fromstring(drawn)
    texts = [t.text for t in svg.iter("{http://www.w3.org/2000/svg}text")]
    bars = list(svg.iter("{http://www.w3.org/2000/svg}rect"))
    assert texts == ["Big", "40", "Half", "20", "Few", "*", "No", "0"]
    assert int(bars[0].get("width", "0")) == 2 * int(bars[1].get("width", "0"))
    assert bars[2].get("stroke-dasharray")
    assert svg.get("role") == "img"
    assert "style" not in drawn


def test_hidden_bars_look_alike_whatever_they_hide() -> None:
    one, seven = (chart(Table("T", (Cell("Few", n), Cell("Big", 40)))) for n in (1, 7))

    assert one == seven
    assert len(chart(Table("T", ())).split("<rect")) == 1


def test_the_command_prints_tables_or_an_object(tmp_path: Path) -> None:
    printed = run(tmp_path, "register", "stats")
    read = json.loads(run(tmp_path, "register", "stats", "--json").stdout)

    assert printed.returncode == 0, printed.stderr
    assert re.search(r"May share +0\n", printed.stdout)
    assert "Nothing yet." in printed.stdout
    assert printed.stdout.endswith(f"{NOTE}\n")
    assert read["tables"]["Decision taken"]["Share"] == "0"
