"""Somebody at each surface, for the parity suite: real screens, pressed as people press them."""

import contextlib
import html
import io
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation import Conversation, Practitioner, Shown
from bot.surfaces.terminal.ask import ask
from bot.surfaces.terminal.draw import draw
from dialogs.events import Answered, Event
from dialogs.views import CheckAnswersView, DangerView, DecisionView, QuestionView
from tests.bot.surfaces.web.page import Page
from tests.bot.surfaces.web.visitor import Visitor
from tests.fakes.slack import Person
from tests.fakes.slack.screens import OpenView
from tests.fakes.teams import Person as TeamsPerson
from tests.fakes.teams.cards import inputs_of
from tests.parity.seen import NAMES, Seen, plain


@dataclass
class AtSlack:
    """Presses what the fake Slack shows."""

    person: Person
    first: OpenView | None = None

    async def begin(self) -> Seen:
        await self.person.command("/share-check")
        self.first = self.person.view
        return self._seen()

    async def answer(self, value: str) -> Seen:
        view = self.person.view
        assert view is not None
        [held] = [held for held in view.fields if held.action_id == "answer"]
        await self.person.submit({held.block_id: value})
        return self._seen()

    async def confirm(self) -> Seen:
        await self.person.submit()
        return self._seen()

    async def go_on(self) -> Seen:
        return await self._press("go_on")

    async def change(self, question: str) -> Seen:
        return await self._press(f"change:{question}")

    async def back(self) -> Seen:
        return await self._press("back")

    async def press_an_old_screen(self) -> Seen:
        assert self.first is not None
        [held] = [held for held in self.first.fields if held.action_id == "answer"]
        await self.person.submit({held.block_id: "no"}, self.first)
        return self._seen()

    async def leave_and_resume(self) -> Seen:
        await self.person.close()
        await self.person.command("/share-check")
        return await self._press("resume")

    async def decide(self, form: Mapping[str, tuple[str, ...]]) -> Seen:
        await self.person.submit()
        view = self.person.view
        assert view is not None
        filled: dict[str | tuple[str, str], Any] = {}
        for held in view.fields:
            if values := form.get(held.action_id):
                many = held.element["type"] == "checkboxes"
                filled[held.block_id] = list(values) if many else values[0]
        await self.person.submit(filled)
        return self._seen()

    async def post(self) -> Seen:
        await self.person.submit()
        return self._seen()

    async def _press(self, action_id: str) -> Seen:
        await self.person.press(action_id)
        return self._seen()

    def _seen(self) -> Seen:
        view = self.person.view
        assert view is not None
        asked = [block for block in view.blocks if block["type"] == "input"]
        options: tuple[tuple[str, str], ...] = ()
        question = None
        if asked and view.callback_id in ("danger", "question"):
            question = asked[0]["block_id"].rpartition(":")[0]
            offered = asked[0]["element"]["options"]
            options = tuple((option["value"], option["text"]["text"]) for option in offered)
        return Seen(view.callback_id, question, options, plain(html.unescape(view.words)))


@dataclass
class AtTeams:
    """Presses what the fake Teams shows, in the chat with the bot."""

    person: TeamsPerson
    first: dict[str, Any] = field(default_factory=dict)

    async def begin(self) -> Seen:
        await self.person.say("share-check")
        self.first = self.person.card
        return self._seen()

    async def answer(self, value: str) -> Seen:
        await self.person.choose(value)
        return self._seen()

    async def confirm(self) -> Seen:
        return await self._press("confirm")

    async def go_on(self) -> Seen:
        return await self._press("go_on")

    async def change(self, question: str) -> Seen:
        await self.person.press_verb("change", question=question)
        return self._seen()

    async def back(self) -> Seen:
        return await self._press("back")

    async def press_an_old_screen(self) -> Seen:
        await self.person.press("Continue", {"danger": "no"}, card=self.first)
        return self._seen()

    async def leave_and_resume(self) -> Seen:
        await self.person.say("share-check")
        return await self._press("resume")

    async def decide(self, form: Mapping[str, tuple[str, ...]]) -> Seen:
        await self._press("decide")
        await self.person.press("Preview", {name: ",".join(held) for name, held in form.items()})
        return self._seen()

    async def post(self) -> Seen:
        return await self._press("post")

    async def _press(self, verb: str) -> Seen:
        await self.person.press_verb(verb)
        return self._seen()

    def _seen(self) -> Seen:
        view, card = self.person.view, self.person.card
        options: tuple[tuple[str, str], ...] = ()
        question = None
        if view in ("danger", "question"):
            [asked] = inputs_of(card)
            question = asked["id"]
            options = tuple((choice["value"], choice["title"]) for choice in asked["choices"])
        return Seen(view, question, options, plain(self.person.words))


@dataclass
class AtWeb:
    """Sends the forms of the page, without script."""

    visitor: Visitor
    page: Page | None = None
    first: Page | None = None

    async def begin(self) -> Seen:
        """As somebody new: a browser with no cookie yet."""
        self.visitor.session.cookie_jar.clear()
        self.visitor.pages.clear()
        self.first = await self.visitor.open()
        return self._seen(self.first)

    async def answer(self, value: str) -> Seen:
        page = self._page
        filled = {page.question: [value]}
        return self._seen(await self.visitor.press(page, "answer", **filled))

    async def confirm(self) -> Seen:
        return self._seen(await self.visitor.press(self._page, "confirm"))

    async def go_on(self) -> Seen:
        return await self._press("go_on")

    async def change(self, question: str) -> Seen:
        return await self._press(f"change:{question}")

    async def back(self) -> Seen:
        return await self._press("back")

    async def press_an_old_screen(self) -> Seen:
        assert self.first is not None
        return self._seen(await self.visitor.press(self.first, "answer", danger=["no"]))

    async def leave_and_resume(self) -> Seen:
        self.page = await self.visitor.open()
        return await self._press("resume")

    async def decide(self, form: Mapping[str, tuple[str, ...]]) -> Seen:
        await self._press("decide")
        page = await self.visitor.press(self._page, "decide", **form)
        return self._seen(page)

    async def post(self) -> Seen:
        return await self._press("post")

    async def _press(self, verb: str) -> Seen:
        return self._seen(await self.visitor.press(self._page, verb))

    @property
    def _page(self) -> Page:
        assert self.page is not None
        return self.page

    def _seen(self, page: Page) -> Seen:
        self.page = page
        radios = [i for i in page.main.every("input") if i["type"] == "radio"]
        labels = {label["for"]: label.text for label in page.main.every("label")}
        options = tuple((radio["value"], labels[radio["id"]]) for radio in radios)
        words = plain(f"{page.one('header').text} {page.main.text}")
        return Seen(page.view, page.question or None, options, words)


OPTION = re.compile(r"^  (\d+)\. (.+?)(?: - .+)?(?: \(your answer before\))?$")


@dataclass
class AtTerminal:
    """Types at the prompt, and reads what is printed."""

    conversation: Conversation
    who: Practitioner
    shown: Shown | None = None
    lines: list[str] = field(default_factory=list)

    async def begin(self) -> Seen:
        self.shown = await self.conversation.begin(self.who)
        return self._seen()

    async def answer(self, value: str) -> Seen:
        shown = self._shown
        assert isinstance(shown.view, DangerView | QuestionView)
        values = [choice.value for choice in shown.view.asked.choices]
        return await self._type(str(values.index(value) + 1))

    async def confirm(self) -> Seen:
        return await self._type("")

    async def go_on(self) -> Seen:
        return await self._type("o")

    async def change(self, question: str) -> Seen:
        view = self._shown.view
        assert isinstance(view, CheckAnswersView)
        asked = [said.question for said in view.path]
        return await self._type(str(asked.index(question) + 1))

    async def back(self) -> Seen:
        return await self._type("b")

    async def press_an_old_screen(self) -> Seen:
        """Nobody can, at a prompt; the event of the first screen is sent as it was."""
        return await self._take(Answered(0, "danger", "no"))

    async def leave_and_resume(self) -> Seen:
        shown = self._shown
        self.shown = await self.conversation.begin(self.who)
        with _typed("r1"):
            wish = ask(self._shown)
        assert wish == shown.check
        assert isinstance(wish, str)
        self.shown = await self.conversation.resume(self.who, wish)
        return self._seen()

    async def decide(self, form: Mapping[str, tuple[str, ...]]) -> Seen:
        await self._take(self._typed_event(""))
        view = self._shown.view
        assert isinstance(view, DecisionView)
        lines = [""]
        for asked in view.fields:
            numbers = [value for value, _ in asked.options]
            values = form.get(asked.id, ())
            lines.append(" ".join(str(numbers.index(v) + 1) if numbers else v for v in values))
        return await self._type("\n".join(lines))

    async def post(self) -> Seen:
        return await self._type("")

    @property
    def _shown(self) -> Shown:
        assert self.shown is not None
        return self.shown

    async def _type(self, text: str) -> Seen:
        return await self._take(self._typed_event(text))

    def _typed_event(self, text: str) -> Event:
        with _typed(text):
            wish = ask(self._shown)
        assert isinstance(wish, Event)
        return wish

    async def _take(self, event: Event) -> Seen:
        shown = self._shown
        assert shown.check is not None
        self.shown = await self.conversation.take(self.who, shown.check, event)
        return self._seen()

    def _seen(self) -> Seen:
        view = self._shown.view
        lines = list(draw(view, self.conversation.shelf.today()))
        options: tuple[tuple[str, str], ...] = ()
        if isinstance(view, DangerView | QuestionView):
            found = [match[2] for line in lines if (match := OPTION.match(line))]
            values = [choice.value for choice in view.asked.choices]
            options = tuple(zip(values, found, strict=True))
        name = NAMES.get(type(view).__name__, "other")
        return Seen(name, None, options, plain(" ".join(lines)))


@contextlib.contextmanager
def _typed(text: str) -> Iterator[None]:
    before = sys.stdin
    sys.stdin = io.StringIO(f"{text}\n")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        sys.stdin = before
