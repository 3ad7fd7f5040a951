"""Short-lived permissions that come with an interaction: trigger ids and response URLs."""

import re
import secrets
from dataclasses import dataclass

from . import limits
from .clock import MovableClock
from .errors import Refused


@dataclass(frozen=True, slots=True)
class Trigger:
    """Who did something, and in which open view, if in one."""

    user_id: str
    view_id: str | None
    made_at: float


@dataclass(slots=True)
class ResponseUrl:
    """Where an app may still answer, and how often."""

    user_id: str
    channel_id: str
    message_ts: str | None
    made_at: float
    uses: int = 0


class Permits:
    """Every trigger id and response URL given out so far."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._triggers: dict[str, Trigger] = {}
        self._exchanged: set[str] = set()
        self._response_urls: dict[str, ResponseUrl] = {}

    def issue_trigger(self, user_id: str, view_id: str | None = None) -> str:
        number = len(self._triggers) + 1
        trigger_id = f"{1_300_000 + number}.{9_900_000 + number}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(user_id, view_id, self._clock.now())
        return trigger_id

    def exchange_trigger(self, trigger_id: str) -> Trigger:
        """Use a trigger id up; it works once and for three seconds."""
        if re.fullmatch(r"\d+\.\d+\.[0-9a-f]+", trigger_id) is None:
            raise Refused("invalid_trigger_id")
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger_id in self._exchanged:
            raise Refused("exchanged_trigger_id")
        if self._clock.now() - trigger.made_at > limits.TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        self._exchanged.add(trigger_id)
        return trigger

    def issue_response_url(self, user_id: str, channel_id: str, message_ts: str | None) -> str:
        """The secret end of a new response URL."""
        name = secrets.token_hex(12)
        made_at = self._clock.now()
        self._response_urls[name] = ResponseUrl(user_id, channel_id, message_ts, made_at)
        return name

    def response_url(self, name: str) -> ResponseUrl:
        """A response URL as it stands, without using it."""
        return self._response_urls[name]

    def use_response_url(self, name: str) -> ResponseUrl:
        permit = self._response_urls.get(name)
        if permit is None:
            raise Refused("invalid_url")
        if self._clock.now() - permit.made_at > limits.RESPONSE_URL_SECONDS:
            raise Refused("expired_url")
        if permit.uses >= limits.RESPONSE_URL_USES:
            raise Refused("used_url")
        permit.uses += 1
        return permit
