"""Every answer of every pack once, by HTTP: the pages say what the engine says."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.surfaces.web.gate import Fields
from bot.workspaces import Workspace
from dialogs.explain import reasoning, weighing
from dialogs.summary import VERDICTS
from policies.assess import Advice, assess
from policies.explanation import explain
from policies.model import Pack, Verdict
from tests.bot.surfaces.web.visitor import Visitor, served, visiting
from tests.bot.world import LIBRARY, TODAY, World


def paths(pack: Pack) -> Iterator[tuple[str, ...]]:
    """Paths that between them choose every answer wherever it is first on offer."""
    chosen: set[tuple[str, str, str]] = set()
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        answers = waiting.pop()
        stands = assess(pack, answers)
        if isinstance(stands, Advice):
            yield tuple(answers.values())
            continue
        fresh = [
            option
            for option in stands.options
            if (stands.question.id, option.value, option.then) not in chosen
        ]
        for option in fresh or stands.options[-1:]:
            chosen.add((stands.question.id, option.value, option.then))
            waiting.append({**answers, stands.question.id: option.value})


async def follow(visitor: Visitor, pack: Pack, values: tuple[str, ...]) -> None:
    """Walk a path, and hold every page against the engine."""
    page, answers = await visitor.open(), dict[str, str]()
    for value in values:
        stands = assess(pack, answers)
        assert not isinstance(stands, Advice)
        radios = [i for i in page.main.every("input") if i["type"] == "radio"]
        assert (page.question, page.one("h1").text) == (stands.question.id, stands.question.text)
        assert [radio["value"] for radio in radios] == [o.value for o in stands.options]
        assert {radio["name"] for radio in radios} == {stands.question.id}
        labels = [label.text for label in page.main.every("label")]
        assert labels == [option.label for option in stands.options]
        sent: Fields = {stands.question.id: (value,)}
        page = await visitor.press(page, "answer", **sent)
        answers[stands.question.id] = value
    advice = assess(pack, answers)
    assert isinstance(advice, Advice)
    if advice.verdict is not Verdict.ACT_NOW:
        page = await visitor.press(page, "confirm")
    assert page.one("h1").text == advice.outcome.headline
    assert VERDICTS[advice.verdict] in page.main.text
    explained = explain(pack, advice, answers)
    parts = (*weighing(advice, explained, TODAY), *reasoning(advice, explained))
    for words in (
        *advice.outcome.steps,
        *(notice.text for notice in advice.notices),
        *(line for part in parts for line in (part.heading, part.lead, *part.lines)),
    ):
        assert " ".join(words.split()) in page.main.text
    assert page.faults() == []


@pytest.mark.parametrize("pack_id", LIBRARY.ids)
async def test_every_answer_shows_what_the_engine_says(real: World, pack_id: str) -> None:
    pack = LIBRARY.find(pack_id, TODAY).pack
    workspaces = replace(real.conversation.workspaces, others=Workspace(pack=pack_id))
    conversation = replace(real.conversation, workspaces=workspaces)
    walked = 0

    async with served(conversation, real.panel) as url:
        for path in paths(pack):
            async with visiting(url) as visitor:
                await follow(visitor, pack, path)
            walked += 1

    assert walked > len(pack.outcomes) // 2
