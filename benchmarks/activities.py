"""What Teams sends: messages and invokes with a bearer token, with blanks for what differs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from benchmarks.forms import Json
from benchmarks.load import Unexpected
from benchmarks.practitioners import ANSWERS, CHECK, MOST_TURNS

APP_ID = "00000000-aaaa-4bbb-8ccc-dddddddddddd"
TENANT = "11111111-2222-4333-8444-555555555555"
PERSON = "29:BLANK00PERSON"
"""Stands where the practitioner's id goes."""


class Signer:
    """Signs tokens as the Bot Connector does."""

    def __init__(self, service_url: str) -> None:
        """Make a key."""
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._service_url = service_url
        self._made = 0

    def published(self) -> Json:
        """The keys as the bot fetches them."""
        jwk = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {"keys": [{**jwk, "kid": "benchmark", "endorsements": ["msteams"]}]}

    def token(self) -> bytes:
        """A token that no other one is like."""
        self._made += 1
        now = int(time.time())
        claims = {
            "iss": "https://api.botframework.com",
            "aud": APP_ID,
            "nbf": now - 60,
            "exp": now + 3600,
            "serviceurl": self._service_url,
            "jti": str(self._made),
        }
        return jwt.encode(claims, self._key, "RS256", headers={"kid": "benchmark"}).encode()


def request(body: bytes, token: bytes) -> bytes:
    """A POST of this activity; without a token, for a bot that takes anybody."""
    proof = b"Authorization: Bearer %b\r\n" % token if token else b""
    return (
        b"POST /api/messages HTTP/1.1\r\nHost: localhost\r\n"
        b"User-Agent: Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)\r\nAccept: */*\r\n"
        b"Content-Type: application/json; charset=utf-8\r\n"
        b"%bContent-Length: %d\r\n\r\n%b" % (proof, len(body), body)
    )


def activity(service_url: str, **what: Any) -> bytes:
    """An activity in the chat of the practitioner who is left blank."""
    made = {
        "id": "f:0123456789abcdef",
        "timestamp": "2026-11-25T10:00:00.000Z",
        "localTimestamp": "2026-11-25T10:00:00.000+00:00",
        "localTimezone": "Europe/London",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": PERSON, "name": "Practitioner", "aadObjectId": "made-up"},
        "recipient": {"id": f"28:{APP_ID}", "name": "Share Check"},
        "conversation": {
            "conversationType": "personal",
            "tenantId": TENANT,
            "id": f"a:{PERSON[3:]}",
        },
        "channelData": {"tenant": {"id": TENANT}, "source": {"name": "message"}},
        "locale": "en-GB",
        "entities": [{"type": "clientInfo", "locale": "en-GB", "country": "GB"}],
        **what,
    }
    return json.dumps(made).encode()


@dataclass(frozen=True, slots=True)
class Begun:
    """A check whose first card is in front of a practitioner."""

    person: bytes
    check: bytes
    card: Json


@dataclass(slots=True)
class Cards:
    """Every answer met so far, with the activity that answers it; None where a check ends."""

    service_url: str
    known: dict[bytes, bytes | None] = field(default_factory=dict)

    def press(self, answer: bytes, begun: Begun) -> bytes | None:
        """The activity with which this practitioner answers this card."""
        seen = answer.replace(begun.check, CHECK)
        if seen not in self.known:
            if answer == seen:
                raise Unexpected(f"a card without its check: {answer[:200]!r}")
            self.known[seen] = self._read(json.loads(seen)["value"])
        form = self.known[seen]
        return form and form.replace(CHECK, begun.check).replace(PERSON[3:].encode(), begun.person)

    def typical(self) -> tuple[Json, bytes]:
        """The card of middling size, and the activity that answers it, blanks and all."""
        both = [(len(seen), seen, form) for seen, form in self.known.items() if form]
        _, seen, form = sorted(both)[len(both) // 2]
        card: Json = json.loads(seen)["value"]
        return card, form

    def _read(self, card: Json) -> bytes | None:
        button = card["actions"][0]
        if button["verb"] == "confirm":
            return None
        [asked] = [each for each in card["body"] if each["type"] == "Input.ChoiceSet"]
        data = {**button["data"], asked["id"]: ANSWERS[asked["id"]]}
        pressed = {"type": "Action.Execute", "title": "Continue", "verb": "answer", "data": data}
        value = {"action": pressed, "trigger": "manual"}
        name, kind = "adaptiveCard/action", "invoke"
        return activity(self.service_url, type=kind, name=name, value=value, replyToId="1")


@dataclass(slots=True)
class Checks:
    """One connection: a check from its first card to its review, and then the next."""

    cards: Cards
    tokens: Iterator[bytes]
    begun: Iterator[Begun]
    _now: Begun | None = None
    _turns: int = 0

    def next(self, answer: bytes | None) -> bytes | None:
        """Answer the card; begin the next check where this one ends."""
        if answer is not None and self._now is not None:
            form = self.cards.press(answer, self._now)
            if form is not None:
                return self._asked(form)
        self._now, self._turns = next(self.begun, None), 0
        if self._now is None:
            return None
        first = json.dumps({"value": self._now.card}, separators=(",", ":")).encode()
        form = self.cards.press(first, self._now)
        assert form is not None
        return self._asked(form)

    def _asked(self, form: bytes) -> bytes:
        self._turns += 1
        if self._turns > MOST_TURNS:
            raise Unexpected("a check that does not move on")
        return request(form, next(self.tokens))


@dataclass(slots=True)
class SameAgain:
    """One connection that sends the same activities, whatever is answered."""

    forms: Iterator[bytes]
    tokens: Iterator[bytes] = field(default_factory=lambda: repeat(b""))

    def next(self, answer: bytes | None) -> bytes | None:  # noqa: ARG002
        """The next one."""
        form = next(self.forms, None)
        return form and request(form, next(self.tokens))
