"""A server with every surface, logging at debug: canaries in every input, and none comes out.

Canaries are names, ids and sentences. They are looked for in standard output, the log, metrics,
answers to bad requests, Redis (values, keys and append-only file), the databases with their
write-ahead logs and free pages, and all that advisers' clients are given. What advisers must read,
the question itself, is looked for everywhere else.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from dialogs.enquiry import codes
from tests.bot.server import Server, run
from tests.bot.surfaces.slack.stage import COMMAND, TEAM, fill_in, reach_form, shown
from tests.bot.surfaces.teams.stage import ADVISERS
from tests.bot.surfaces.teams.stage import TEAM as TEAMS_TEAM
from tests.bot.surfaces.web.page import Page
from tests.bot.surfaces.web.visitor import Visitor, visiting
from tests.fakes.slack import FakeSlack, Person
from tests.fakes.teams import FakeTeams
from tests.fakes.teams import Person as TeamsPerson
from tests.fakes.teams.cards import actions_of
from tests.journeys import slack_desk

ROOM = "C0ADVISERS"
ASKER, ADVISER = "U0CANARYASKER", "U0CANARYLEAD"
TEAMS_ASKER, TEAMS_ADVISER = "canary-asker", "canary-lead"
ASKED = {
    "slack": "Zebra quince marmalade: may I tell the school?",
    "teams": "Walrus thimble parsnip: may I tell the school?",
    "web": "Heron turnip saddle: may I tell the school?",
    "further": "Otter gravel lantern: and the nursery?",
}
ANSWERED = {
    "slack": "Badger velvet trumpet: yes, tell them.",
    "teams": "Puffin copper blanket: yes, tell them.",
    "web": "Weasel amber violin: yes, tell them.",
}
TYPED = {
    "after the sub-command": "ferretdandelion",
    "held by the screen": "Mrs Polecat of 12 Stoatfield Avenue, 07700 900321",
    "the reasons of a decision": "Lemur copybook pendulum, so I share.",
    "a code": "gibbonwalnutteapot",
    "a value": "tapirsherbetcandle",
    "a bad request": "ocelotbuttercup",
    "a sub-command": "narwhalpepper",
    "held in an answer": "Tell Mr Dormouse of 4 Marmotfield Road, 07700 900654",
    "after find": "echidnasaffron",
    "a reference to find": "wombatcardamom",
    "a receipt to check": "pangolincumin",
    "a contact": "Quokka Tarragon",
    "the number of a contact": "07700 900987",
    "the duty number": "07700 900432",
    "an address": "axolotlnutmeg",
}
PIECES = ("Polecat", "Stoatfield", "07700 900321", "Dormouse", "Marmotfield", "07700 900654")


@dataclass
class Seen:
    """Everything that came out, by where."""

    blobs: dict[str, str] = field(default_factory=dict)
    advisers: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


@dataclass
class House:
    """The server between both fakes."""

    server: Server
    slack: FakeSlack
    teams: FakeTeams
    folder: Path


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with FakeSlack() as slack, FakeTeams() as teams:
        slack.add_channel(TEAM, "team")
        slack.add_channel(ROOM, "advisers")
        teams.add_channel(TEAMS_TEAM)
        teams.add_channel(ADVISERS)
        server = Server(
            tmp_path,
            LOG_LEVEL="debug",
            SUMMARY_CHANNEL=TEAM,
            ADVISER_CHANNEL=ROOM,
            ENQUIRY_RELEASE_SECONDS="0",
            SLACK_BOT_TOKEN=slack.bot_token,
            SLACK_SIGNING_SECRET=slack.signing_secret,
            SLACK_API_URL=slack.api_url,
            MICROSOFT_APP_ID=teams.app_id,
            MICROSOFT_APP_PASSWORD=teams.app_password,
            MICROSOFT_APP_TENANT_ID=teams.tenant,
            TEAMS_OPENID_METADATA_URL=teams.metadata_url,
            TEAMS_TOKEN_URL=teams.token_url,
            TEAMS_SERVICE_HOSTS=teams.host,
            TEAMS_SUMMARY_CHANNEL=TEAMS_TEAM,
            TEAMS_ADVISER_CHANNEL=ADVISERS,
        )
        with server:
            slack.connect(f"{server.url}/slack/events")
            teams.connect(f"{server.url}/api/messages")
            yield House(server, slack, teams, tmp_path)


async def through_slack(house: House, seen: Seen) -> None:
    asker, adviser = Person(house.slack, ASKER), Person(house.slack, ADVISER)
    room = house.slack.channel(ROOM)
    room.members.add(ADVISER)
    await asker.command(COMMAND, f"ask {TYPED['after the sub-command']}")
    held = {"words": TYPED["held by the screen"], "back": "delivered"}
    await slack_desk.fill_in(asker, **held)
    await asker.close(everything=True)
    await asker.command(COMMAND, f"find {TYPED['after find']}")
    await asker.close(everything=True)
    await asker.command(COMMAND, TYPED["a sub-command"])
    await asker.close(everything=True)
    await slack_desk.ask(asker, ASKED["slack"], "delivered")
    card = await until(lambda: [m for m in room.messages if ASKED["slack"] in m.words])
    await slack_desk.press_card(adviser, card, "claim")
    seen.advisers.append(json.dumps(shown(adviser).shape))
    await adviser.close(everything=True)
    await slack_desk.press_card(adviser, card, "answer")
    held = {"words": TYPED["held in an answer"], "role": "safeguarding_lead"}
    await slack_desk.fill_in(adviser, **held)
    answer = {"words": ANSWERED["slack"], "role": "safeguarding_lead", "seen": "changed"}
    await slack_desk.fill_in(adviser, **answer)
    seen.advisers.append(json.dumps(shown(adviser).shape))
    await slack_desk.press(adviser, "send")
    seen.advisers.append(json.dumps(shown(adviser).shape))
    await further_in_slack(house, asker)
    await adviser.close(everything=True)
    await slack_desk.press_card(adviser, room.messages[0], "close")
    seen.advisers.append(json.dumps(shown(adviser).shape))


async def further_in_slack(house: House, asker: Person) -> None:
    room = house.slack.channel(ROOM)
    notice = await until(lambda: [m for m in asker.messages if "something new" in m.words][1:])
    assert ANSWERED["slack"] not in json.dumps(notice.blocks)
    await asker.close(everything=True)
    await slack_desk.press_card(asker, notice, "read")
    assert ANSWERED["slack"] in shown(asker).words
    await slack_desk.press(asker, "more")
    await slack_desk.fill_in(asker, words=ASKED["further"])
    await slack_desk.press(asker, "send")
    await until(lambda: [m for m in room.messages if ASKED["further"] in m.words])
    await asker.close(everything=True)


async def a_decision(house: House) -> None:
    asker = Person(house.slack, ASKER)
    await reach_form(asker)
    await fill_in(asker, words=TYPED["the reasons of a decision"])
    await asker.submit()
    await until(lambda: house.slack.channel(TEAM).messages)


async def through_teams(house: House, seen: Seen) -> None:
    asker = TeamsPerson(house.teams, TEAMS_ASKER)
    adviser = TeamsPerson(house.teams, TEAMS_ADVISER)
    room = house.teams.conversations[ADVISERS]
    await adviser.say("share-check")
    room.members.append(adviser.id)
    await asker.say(f"ask {TYPED['after the sub-command']}")
    await asker.press("Preview", {"words": TYPED["held by the screen"], "back": "delivered"})
    changed = {"words": ASKED["teams"], "back": "delivered", "seen": "changed"}
    await asker.press("Preview", changed)
    await asker.press("Send")
    card = await until(lambda: room.messages)

    form = await adviser.press("Send to the asker", message=card)
    assert form is not None
    typed = {"words": ANSWERED["teams"], "role": "adviser"}
    preview = await adviser.press("Preview", typed, message=card, card=form["value"])
    assert preview is not None
    done = await adviser.press("Send to the asker", message=card, card=preview["value"])
    seen.advisers += [json.dumps(each) for each in (form, preview, done)]
    notice = await until(lambda: [m for m in asker.messages if "something new" in m.words])
    await asker.press("Read it", message=notice)
    assert ANSWERED["teams"] in asker.words
    token = next(
        action["data"]["_go"]["value"]
        for action in actions_of(asker.card)
        if action.get("data", {}).get("_go", {}).get("verb") == "read"
    )
    seen.blobs["a code"] = token


async def through_the_web(house: House, seen: Seen) -> str:
    async with visiting(house.server.url) as visitor:
        form = await visitor.open("/?open=ask")
        verb = "go:enquiries:preview:"
        await visitor.press(form, verb, words=[TYPED["held by the screen"]], back=["code"])
        preview = await visitor.press(form, verb, words=[ASKED["web"]], back=["code"])
        sent = await visitor.press(preview, _button(preview.main, "Send"))
        assert ASKED["web"] in sent.by_id("advisers").text
        for verb in ("read", "open", "about", "send", "end", TYPED["a value"]):
            await visitor.send({"verb": [f"go:enquiries:{verb}:{TYPED['a value']}"]})
        wrong = {"verb": ["go:enquiries:collect:"], "code": [TYPED["a code"]]}
        await visitor.send(wrong)
        spoken = re.search(r"((?:[a-z]+ ){12}[a-z]+)", sent.main.text.split("can read the")[-1])
        await _answered_on_the_web(visitor, sent)
        await _looked_up_on_the_web(visitor)
        cookies = [cookie.value for cookie in visitor.session.cookie_jar]
        await _bad_requests(house.server.url, visitor, seen)
        assert spoken is not None
        seen.blobs["a spoken code"] = " ".join(spoken.group(1).split()[-13:])
    return cookies[0]


async def _answered_on_the_web(visitor: Visitor, sent: Page) -> None:
    form = await visitor.send({"verb": [_button(sent.by_id("advisers"), "Send to the asker")]})
    verb, held = _button(form.main, "Preview"), TYPED["held in an answer"]
    assert (
        "Dormouse" in (await visitor.press(form, verb, words=[held], role=["adviser"])).main.text
    )
    preview = await visitor.press(form, verb, words=[ANSWERED["web"]], role=["adviser"])
    done = await visitor.press(preview, _button(preview.main, "Send to the asker"))
    assert ANSWERED["web"] in done.main.text


async def _looked_up_on_the_web(visitor: Visitor) -> None:
    """What is typed into the rooms beside a question: settings, and looking up."""
    settings = await visitor.open("/?open=setup")
    form = await visitor.press(settings, _button(settings.main, "Change it"))
    contact = f"safeguarding_lead; {TYPED['a contact']}; {TYPED['the number of a contact']}"
    saved = await visitor.press(
        form,
        _button(form.main, "Save"),
        contacts=[contact],
        duty_number=[TYPED["the duty number"]],
    )
    assert TYPED["a contact"] in saved.main.text
    assert TYPED["the duty number"] in saved.main.text
    for word, typed in (("find", "a reference to find"), ("verify", "a receipt to check")):
        page = await visitor.open(f"/?open={word}%20{TYPED['after find']}")
        assert page.status == 200
        fields = [each for each in page.main.every("input", "textarea") if each["name"]]
        submit = [b["value"] for b in page.main.every("button") if b["value"]]
        given = {each["name"]: [TYPED[typed]] for each in fields}
        assert (await visitor.send({"verb": submit[:1], **given})).status == 200


async def _bad_requests(url: str, visitor: Visitor, seen: Seen) -> None:
    bad, address = TYPED["a bad request"], TYPED["an address"]
    json_type = {"Content-Type": "application/json"}
    form_type = {"Content-Type": "application/x-www-form-urlencoded"}
    requests: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", "/", {"data": f"verb={bad}&check={bad}", "headers": form_type}),
        ("POST", "/", {"data": f"{bad}=%zz", "headers": form_type}),
        ("POST", "/", {"data": bad, "headers": json_type}),
        ("GET", f"/?check={bad}!", {}),
        ("GET", f"/?open=ask&name={address}", {"headers": {"Referer": f"http://{address}/"}}),
        ("GET", f"/{address}?{address}={address}", {"headers": {"User-Agent": address}}),
        ("POST", f"/?{address}", {"data": "verb=start", "headers": form_type}),
        ("GET", f"/?open={bad}", {}),
        ("GET", f"/{bad}", {}),
        ("GET", "/", {"headers": {"Host": bad}}),
        ("POST", "/slack/events", {"data": f"payload={bad}", "headers": form_type}),
        ("POST", "/slack/events", {"data": f'{{"{bad}":', "headers": json_type}),
        ("POST", "/api/messages", {"data": f'{{"{bad}":', "headers": json_type}),
        ("POST", "/api/messages", {"data": f'{{"text": "{bad}"}}', "headers": json_type}),
        ("POST", "/api/messages", {"data": "{}", "headers": {"Authorization": f"Bearer {bad}"}}),
    ]
    for method, path, more in requests:
        try:
            async with visitor.session.request(method, f"{url}{path}", **more) as response:
                assert response.status < 500
                if response.status >= 400:
                    seen.answers.append(await response.text())
        except aiohttp.ClientError:
            continue


@pytest.mark.slow
async def test_no_canary_comes_out(house: House) -> None:
    seen = Seen()
    await through_slack(house, seen)
    await a_decision(house)
    await through_teams(house, seen)
    cookie = await through_the_web(house, seen)
    async with aiohttp.ClientSession() as session, session.get(f"{house.server.url}/metrics") as m:
        seen.blobs["metrics"] = await m.text()
    for path in _files(house.folder):
        seen.blobs[f"{path.name} while it runs"] = path.read_bytes().decode("latin-1")
    assert "register.db-wal while it runs" in seen.blobs
    house.server.process.terminate()
    seen.blobs["stdout"] = house.server.process.communicate(timeout=20)[0]
    house.server.log.close()
    seen.blobs["log"] = (house.folder / "log").read_text("utf-8", "replace")
    seen.blobs["error answers"] = "\n".join(seen.answers)
    seen.blobs["outbox list"] = run(house.folder, "outbox", "list").stdout
    seen.blobs |= {path.name: path.read_bytes().decode("latin-1") for path in _files(house.folder)}
    token, spoken = seen.blobs.pop("a code"), seen.blobs.pop("a spoken code")

    assert {"register.db", "entry-keys.db"} <= seen.blobs.keys()
    assert any("draft:" in blob for name, blob in seen.blobs.items() if "aof" in name)
    direct = house.slack.workspace.direct_channel(ASKER).id
    people = (ASKER, ASKER.lower(), direct, TEAMS_ASKER, cookie)
    sentences = (*ASKED.values(), *ANSWERED.values(), *TYPED.values(), *PIECES)
    code = (token, codes.spoken(token), spoken)
    for where, blob in seen.blobs.items():
        for canary in (*people, *sentences, *code, ADVISER, TEAMS_ADVISER):
            for form in _forms(canary):
                assert form not in blob, f"{canary!r} in {where}"
    for given in (*seen.advisers, *_posted_to_advisers(house)):
        for canary in (*people, *code, *TYPED.values(), *PIECES):
            assert canary not in given, f"{canary!r} was given to an adviser"
    assert any(ASKED["slack"] in given for given in _posted_to_advisers(house)), "a look that sees"
    assert "enquiries.released" in seen.blobs["log"]
    assert "turn.taken" in seen.blobs["log"]


def _forms(canary: str) -> Iterator[str]:
    """The ways in which a text may stand in a file."""
    yield canary
    yield json.dumps(canary)[1:-1]
    yield canary.encode("utf-16-le").decode("latin-1")


def _files(folder: Path) -> Iterator[Path]:
    """Every file of data: databases, their logs, Redis; not the keys."""
    for path in (folder / "var").rglob("*"):
        if path.is_file() and path.name not in {"secret_keys", "signing_key"}:
            yield path


def _posted_to_advisers(house: House) -> list[str]:
    """All that stood or stands in the advisers' channels, with what clients get beside it."""
    slack = [
        json.dumps(call.arguments)
        for call in house.slack.calls
        if call.arguments.get("channel") == ROOM
    ]
    room = house.teams.conversations[ADVISERS]
    teams = [json.dumps([m.activity, *m.edits]) for m in room.messages]
    return [*slack, *teams]


async def until(look: Any) -> Any:
    """Wait until there is something, and give its last."""
    for _ in range(400):
        if found := look():
            return found[-1]
        await asyncio.sleep(0.05)
    raise TimeoutError


def _button(within: Any, label: str) -> str:
    value: str = next(b["value"] for b in within.every("button") if b.text == label)
    return value
