"""Whole checks in Chromium on a real `share-check serve`, as a newcomer meets it."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium")
QUIET = (
    *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-default-apps", "--disable-domain-reliability", "--disable-sync"),
    *("--metrics-recording-only", "--no-default-browser-check", "--no-pings"),
)
VERDICTS = {
    "Act now: tell those who can help": ("now",),
    "Must share": (
        *("no", "child", "yes", "yes", "no", "public_authority", "legal_obligation"),
        *("none", "told", "yes"),
    ),
    "May share": ("no", "child", "yes", "no"),
    "Do not share": ("no", "no", "no"),
    "Ask for advice first": ("no", "not_sure"),
}
TO_SHARE = VERDICTS["May share"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, started as a newcomer starts it."""
    folder = tmp_path_factory.mktemp("serve")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {"VAR_DIR": str(folder / "var"), "PORT": str(port), "PYTHONPATH": str(Path.cwd())}
    with (
        (folder / "errors").open("wb") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            cwd=folder,
            env={**kept, **settings},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as server,
    ):
        assert server.stdout is not None
        said = re.fullmatch(r"Share Check is ready: (\S+)\n", server.stdout.readline())
        assert said, (folder / "errors").read_text()
        yield said[1]
        server.terminate()
        assert server.wait(20) == 0


@pytest.fixture(scope="module")
async def chromium() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        assert os.environ.get("CI") != "true", "Chromium is required in CI."
        pytest.skip("There is no Chromium here.")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *root])
        yield browser
        await browser.close()


@pytest.fixture
async def page(chromium: Browser, url: str) -> AsyncIterator[Page]:
    """A browser window of its own, which must meet no error and load nothing from elsewhere."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    opened = await context.new_page()
    strange: list[str] = []
    opened.on("console", lambda message: strange.append(message.text))
    opened.on("request", lambda r: None if r.url.startswith(url) else strange.append(r.url))
    await opened.goto(url)
    yield opened
    await context.close()
    assert strange == []


async def view(page: Page) -> str:
    return str(await page.get_attribute("main", "data-view"))


async def press(page: Page, verb: str) -> None:
    await page.click(f'main button[value="{verb}"]')


async def answer(page: Page, *values: str) -> None:
    """Answer the questions that come, by clicking."""
    for value in values:
        question = await page.get_attribute("main", "data-question")
        await page.check(f'input[name="{question}"][value="{value}"]', force=True)
        await press(page, "answer")


async def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the keyboard is there."""
    for _ in range(80):
        await page.keyboard.press("Tab")
        if await page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"The keyboard does not reach {selector}.")


async def enter(page: Page) -> None:
    """Press Enter, and wait for the page that it leads to."""
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def answer_by_keyboard(page: Page, *values: str) -> None:
    for value in values:
        await tab_to(page, "main input[type=radio]")
        await page.keyboard.press("Space")
        while await page.evaluate("document.activeElement.value") != value:
            await page.keyboard.press("ArrowDown")
        await enter(page)


async def overflow(page: Page) -> int:
    return int(await page.evaluate("document.documentElement.scrollWidth - innerWidth"))


async def test_a_whole_check_by_keyboard_alone(page: Page) -> None:
    await answer_by_keyboard(page, *TO_SHARE)
    assert await view(page) == "check_answers"
    for verb in ("confirm", "decide"):
        await tab_to(page, f'button[value="{verb}"]')
        await enter(page)
    await tab_to(page, "input[name=choice]")
    await page.keyboard.press("Space")
    await tab_to(page, "input[name=kinds][value=health]")
    await page.keyboard.press("Space")
    await tab_to(page, "select[name=receiver]")
    await page.keyboard.type("Police")
    for verb in ("decide", "post"):
        await tab_to(page, f'button[value="{verb}"]')
        await enter(page)

    assert await view(page) == "done"
    reference = await page.inner_text("main .reference--large")
    assert await page.locator(f'#channel article[data-reference="{reference}"]').count() == 1
    assert await page.locator("#register tbody tr", has_text=reference).count() == 2


@pytest.mark.parametrize("verdict", VERDICTS)
async def test_every_verdict_stands_in_words(page: Page, verdict: str) -> None:
    await answer(page, *VERDICTS[verdict])
    if await view(page) == "check_answers":
        await press(page, "confirm")

    assert await view(page) == "advice"
    assert await page.inner_text(".verdict__words") == verdict
    assert await page.locator("main h2").first.inner_text() == "What to do now"


async def test_paper_shows_what_the_screen_folds_away_and_the_number_to_call(page: Page) -> None:
    await answer(page, *TO_SHARE)
    await press(page, "confirm")
    folded = page.locator("details:not([open]) > :not(summary)")

    await page.emulate_media(media="print")

    assert await folded.count() > 0
    assert all([await part.is_visible() for part in await folded.all()])
    assert await page.is_visible(".emergency__number")


async def test_a_mistake_takes_the_reader_to_it(page: Page) -> None:
    await press(page, "answer")
    # The browser moves the focus once it has drawn the page.
    await page.wait_for_selector(".govuk-error-summary:focus")
    await page.click(".govuk-error-summary a")

    assert (await page.title()).startswith("Error: ")
    assert await page.evaluate("document.activeElement.name") == "danger"


async def test_the_browsers_back_button_stays_in_the_check(page: Page) -> None:
    await answer(page, *TO_SHARE)
    await press(page, "confirm")
    rows = await page.locator("#register tbody tr").count()
    await page.go_back()

    assert await view(page) == "advice"
    assert await page.locator("#register tbody tr").count() == rows


async def test_a_double_click_changes_nothing_more(page: Page) -> None:
    await page.check('input[name="danger"][value="no"]', force=True)
    await page.dblclick('main button[value="answer"]')

    # The second click aborts the first one's navigation, so wait for what it comes to.
    await page.wait_for_selector('main[data-question="risk"]')


async def test_reasons_open_without_script(chromium: Browser, url: str) -> None:
    context = await chromium.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(url)
    await page.click("text=Why are we asking?")

    assert await page.locator("details[open]").count() == 1
    await context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
async def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    await answer(page, *VERDICTS["Must share"])
    await press(page, "confirm")
    advised = await overflow(page)
    await press(page, "decide")
    await press(page, "undecided")
    await press(page, "post")

    assert (advised, await overflow(page)) == (0, 0)


async def test_a_wide_screen_shows_the_channel_beside(page: Page) -> None:
    async def left_edges() -> list[float]:
        return [
            await page.eval_on_selector(selector, "e => e.getBoundingClientRect().left")
            for selector in ("main", "#channel", "#register")
        ]

    main, channel, register = await left_edges()
    assert main < channel == register
    await page.set_viewport_size({"width": 390, "height": 800})
    main, channel, register = await left_edges()
    assert main == channel == register
