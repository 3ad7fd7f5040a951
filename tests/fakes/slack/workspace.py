"""One Slack workspace with one installed app: who is in it, and what they see."""

from dataclasses import dataclass

from . import limits
from .channels import Channel, Ephemeral, Kind, Message
from .checking import Json
from .clock import MovableClock
from .echo import Names, echoed_blocks
from .errors import Refused
from .permits import Permits
from .screens import Screens


@dataclass(frozen=True, slots=True)
class Identity:
    """The ids under which the app is installed."""

    team_id: str = "T0FAKE001"
    team_domain: str = "made-up-council"
    team_name: str = "Made-up Council"
    app_id: str = "A0FAKE001"
    bot_id: str = "B0FAKE001"
    bot_user_id: str = "U0FAKEBOT"
    bot_name: str = "share-check"
    verification_token: str = "legacy-verification-token"


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account."""

    id: str
    name: str
    is_admin: bool = False
    is_org_admin: bool = False
    is_bot: bool = False
    deleted: bool = False


class Workspace:
    """Everything that Slack itself would remember."""

    def __init__(self, identity: Identity, clock: MovableClock) -> None:
        self.identity = identity
        self.clock = clock
        self.names = Names()
        self.screens = Screens(clock, self.names)
        self.permits = Permits(clock)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.ephemeral: list[Ephemeral] = []
        self.one_post_a_second = False
        self._last_ts = 0
        self._last_posts: dict[str, float] = {}

    def add_user(self, user_id: str, **more: bool) -> User:
        user = User(user_id, f"person-{user_id.lower()}", **more)
        return self.users.setdefault(user_id, user)

    def add_channel(
        self, channel_id: str, name: str, kind: Kind, *, archived: bool, with_bot: bool
    ) -> Channel:
        members = {self.identity.bot_user_id} if with_bot else set()
        channel = Channel(channel_id, name, kind, archived, members)
        self.channels[channel_id] = channel
        return channel

    def direct_channel(self, user_id: str) -> Channel:
        """The conversation between this person and the app."""
        channel_id = f"D{user_id}"
        if channel_id not in self.channels:
            members = {user_id, self.identity.bot_user_id}
            self.channels[channel_id] = Channel(
                channel_id, "directmessage", "direct", members=members
            )
        return self.channels[channel_id]

    def channel_for(self, name: object) -> Channel:
        """A channel by its id, its #name, or the id of a person to write to."""
        if isinstance(name, str):
            if name in self.channels:
                return self.channels[name]
            if name in self.users:
                return self.direct_channel(name)
            for channel in self.channels.values():
                if channel.kind != "direct" and name.lstrip("#") == channel.name:
                    return channel
        raise Refused("channel_not_found")

    def writable(self, name: object) -> Channel:
        """A channel in which the app may post, or the reason why it may not."""
        channel = self.channel_for(name)
        joined = self.identity.bot_user_id in channel.members
        if channel.kind == "private" and not joined:
            raise Refused("channel_not_found")
        if channel.is_archived:
            raise Refused("is_archived")
        if not joined:
            raise Refused("not_in_channel")
        return channel

    def readable(self, name: object) -> Channel:
        """A channel whose messages the app may read, or the reason why it may not."""
        channel = self.channel_for(name)
        if self.identity.bot_user_id not in channel.members:
            raise Refused("channel_not_found" if channel.kind == "private" else "not_in_channel")
        return channel

    def post(
        self,
        channel: Channel,
        text: str,
        blocks: list[Json],
        thread_ts: str | None = None,
        metadata: Json | None = None,
    ) -> Message:
        self._refuse_too_soon(channel)
        shown = self.echoed(blocks)
        author = self.identity.bot_user_id
        message = Message(self.next_ts(), channel.id, text, shown, author, thread_ts, metadata)
        channel.put(message)
        return message

    def whisper(self, channel_id: str, user_id: str, text: str, blocks: list[Json]) -> Ephemeral:
        shown = self.echoed(blocks)
        whispered = Ephemeral(channel_id, user_id, text, shown, self.next_ts())
        self.ephemeral.append(whispered)
        return whispered

    def echoed(self, blocks: list[Json]) -> list[Json]:
        return echoed_blocks(blocks, self.names)

    def next_ts(self) -> str:
        """A timestamp that no other message of this workspace has."""
        self._last_ts = max(self._last_ts + 100, int(self.clock.now() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def _refuse_too_soon(self, channel: Channel) -> None:
        now = self.clock.now()
        since = now - self._last_posts.get(channel.id, 0.0)
        if self.one_post_a_second and since < limits.SECONDS_BETWEEN_POSTS:
            raise Refused("ratelimited")
        self._last_posts[channel.id] = now
