"""Every drawing can be read: in Chromium no word leaves its box, and no arrow crosses a word."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium")
DRAWINGS = sorted((Path(__file__).parents[2] / "docs" / "packs").glob("*.svg"))
UNREADABLE = """
() => {
  const wrong = [];
  const between = (low, at, high) => low < at && at < high;
  const inside = (a, b) =>
    a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
  const texts = [];
  for (const node of document.querySelectorAll("g.node")) {
    const box = node.querySelector("polygon, ellipse, path").getBoundingClientRect();
    for (const text of node.querySelectorAll("text")) {
      const words = text.getBoundingClientRect();
      texts.push([text.textContent, words]);
      if (!inside(words, box)) wrong.push("leaves its box: " + text.textContent);
    }
  }
  for (const path of document.querySelectorAll("g.edge > path")) {
    const frame = path.getScreenCTM();
    for (let at = 0; at <= path.getTotalLength(); at += 2) {
      const point = path.getPointAtLength(at).matrixTransform(frame);
      for (const [text, words] of texts) {
        if (between(words.left, point.x, words.right) && between(words.top, point.y, words.bottom))
          wrong.push("an arrow crosses: " + text);
      }
    }
  }
  return [texts.length, [...new Set(wrong)]];
}
"""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM:
        if os.environ.get("CI") == "true":
            pytest.fail("No Chromium, which CI must have.")
        pytest.skip("No Chromium.")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield opened
        await opened.close()


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.stem)
async def test_a_drawing_can_be_read(browser: Browser, drawing: Path) -> None:
    page = await browser.new_page()
    await page.goto(drawing.as_uri())

    words, wrong = await page.evaluate(UNREADABLE)

    assert words > 50
    assert wrong == []


async def test_words_that_are_too_large_are_found(browser: Browser) -> None:
    page = await browser.new_page()
    await page.goto(DRAWINGS[0].as_uri())
    await page.evaluate("() => { document.querySelector('style').textContent = '' }")

    _, wrong = await page.evaluate(UNREADABLE)

    assert any("leaves its box" in each for each in wrong)
