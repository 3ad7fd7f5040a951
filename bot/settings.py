"""Every setting of the bot, read from the environment once, checked together, and then fixed.

`.env.example` explains each one. What is wrong is said in one line that names the setting and
what to do; a value that could be a secret is never repeated.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator

from bot.keys import BrokenKeys, Keyring, development_keys
from bot.places import WEB_ADDRESS, Places
from bot.register.signing import SIGNING_KEY_FILE, Signer
from bot.stopping import BadSettings

SLACK_API = "https://slack.com/api/"
BOT_METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"
DAY = 24 * 60 * 60


class Settings(Places):
    """The settings, under the names of the environment in lower case."""

    environment: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = Field(default=3978, ge=0, le=65_535)
    public_url: Annotated[str, Field(pattern=WEB_ADDRESS)] | None = None
    redis_url: SecretStr | None = None
    database_url: SecretStr | None = None
    entry_keys_url: SecretStr | None = None
    secret_keys: SecretStr | None = None
    signing_key: SecretStr | None = None
    checkpoint_file: Path | None = None
    retention: int | None = Field(default=None, ge=1, le=100 * 366)
    session_ttl: int = Field(default=DAY, ge=60, le=30 * DAY)
    default_pack: str = "england-2024"
    contacts_file: Path | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    summary_channel: str | None = None
    adviser_channel: str | None = None
    enquiry_release_seconds: Annotated[int, Field(ge=0, le=DAY)] | None = None
    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_client_id: Annotated[str, Field(pattern=r"^[0-9.]{1,64}$")] | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: str = Field(default=SLACK_API, pattern=WEB_ADDRESS)
    microsoft_app_id: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,64}$")] | None = None
    microsoft_app_password: SecretStr | None = None
    microsoft_app_tenant_id: str | None = None
    teams_openid_metadata_url: str = Field(default=BOT_METADATA, pattern=WEB_ADDRESS)
    teams_token_url: Annotated[str, Field(pattern=WEB_ADDRESS)] | None = None
    teams_service_hosts: str | None = None
    teams_summary_channel: str | None = None
    teams_adviser_channel: str | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Settings:
        self._slack_fits_together()
        if len({bool(each) for each in self._registration}) == 2:
            names = "MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and MICROSOFT_APP_TENANT_ID"
            raise ValueError(f"{names}: set all three, or none.")
        if self.production:
            self._fit_for_production()
        elif not self.loopback and not (self.slack or self.teams):
            why = "in development without Slack or Teams, use 127.0.0.1 or localhost"
            raise ValueError(f"HOST: {why}.")
        return self

    def _slack_fits_together(self) -> None:
        if bool(self.slack_client_id) != bool(self.slack_client_secret):
            raise ValueError("SLACK_CLIENT_ID and SLACK_CLIENT_SECRET: set both, or neither.")
        if self.slack_bot_token and self.slack_client_id:
            why = "the app is installed through SLACK_CLIENT_ID; leave out the one token"
            raise ValueError(f"SLACK_BOT_TOKEN: {why}.")
        road = self.slack_signing_secret or self.slack_app_token
        if self.slack_bot_token and not road:
            needs = "SLACK_SIGNING_SECRET, or SLACK_APP_TOKEN for Socket Mode"
            raise ValueError(f"SLACK_BOT_TOKEN: set it together with {needs}.")
        if self.slack_client_id and not road:
            raise ValueError("SLACK_SIGNING_SECRET: needed with SLACK_CLIENT_ID.")
        if road and not self.slack:
            what = "SLACK_BOT_TOKEN, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET"
            name = "SLACK_SIGNING_SECRET" if self.slack_signing_secret else "SLACK_APP_TOKEN"
            raise ValueError(f"{name}: set it together with {what}.")
        if self.slack_client_id and self.public_url is None:
            raise ValueError("PUBLIC_URL: needed with SLACK_CLIENT_ID: Slack sends people there.")

    def _fit_for_production(self) -> None:
        needed = {
            "SECRET_KEYS": (self.secret_keys, "base64url keys of 32 bytes"),
            "SIGNING_KEY": (self.signing_key, "a base64url seed of 32 bytes"),
            "REDIS_URL": (self.redis_url, "a Redis that keeps what it is given"),
            "DATABASE_URL": (self.database_url, "sqlite:///PATH or postgresql://"),
            "ENTRY_KEYS_URL": (self.entry_keys_url, "a second database, kept and backed up apart"),
            "SLACK_BOT_TOKEN, SLACK_CLIENT_ID or MICROSOFT_APP_ID": (
                self.slack_bot_token or self.slack_client_id or self.microsoft_app_id,
                "a surface that people can reach",
            ),
        }
        for name, (value, what) in needed.items():
            if value is None:
                raise ValueError(f"{name}: needed in production ({what}).")
        if self.database == self.entry_keys:
            raise ValueError("ENTRY_KEYS_URL: must be another database than DATABASE_URL.")
        only_for_tests = {
            "SLACK_API_URL": self.slack_api_url != SLACK_API,
            "TEAMS_OPENID_METADATA_URL": self.teams_openid_metadata_url != BOT_METADATA,
            "TEAMS_TOKEN_URL": self.teams_token_url is not None,
            "TEAMS_SERVICE_HOSTS": self.teams_service_hosts is not None,
        }
        for name, is_set in only_for_tests.items():
            if is_set:
                raise ValueError(f"{name}: for tests only; take it out in production.")

    @property
    def production(self) -> bool:
        """Whether this runs for real people."""
        return self.environment == "production"

    @property
    def slack(self) -> bool:
        """Whether the Slack surface is set up."""
        return self.slack_bot_token is not None or self.slack_client_id is not None

    @property
    def teams(self) -> bool:
        """Whether the Teams surface is set up."""
        return self.microsoft_app_id is not None

    @property
    def teams_tenants(self) -> tuple[str, ...]:
        """The tenants whose people may talk to the bot; the first is the bot's own."""
        words = (self.microsoft_app_tenant_id or "").split(",")
        return tuple(word.strip() for word in words if word.strip())

    @property
    def _registration(self) -> tuple[object, ...]:
        return self.microsoft_app_id, self.microsoft_app_password, self.teams_tenants

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def chats(self) -> tuple[str, ...]:
        """The platforms that have to reach the server."""
        both = {"Slack": self.slack_signing_secret is not None, "Teams": self.teams}
        return tuple(name for name, is_set_up in both.items() if is_set_up)

    @property
    def web(self) -> bool:
        """Whether the web surface is shown: in development, to this machine only."""
        return not self.production and self.loopback

    @property
    def release_seconds(self) -> int:
        """How long a release slot of questions lasts; at a desk in development, nobody waits."""
        if self.enquiry_release_seconds is not None:
            return self.enquiry_release_seconds
        return 600 if self.production else 0

    @property
    def address(self) -> str:
        """Where platforms reach the bot: PUBLIC_URL, else where it listens."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def database(self) -> str:
        """The register's database; by default a file under VAR_DIR."""
        return _secret(self.database_url) or f"sqlite:///{self.folder}/register.db"

    @property
    def entry_keys(self) -> str:
        """The key store's database; by default a file of its own under VAR_DIR."""
        return _secret(self.entry_keys_url) or f"sqlite:///{self.folder}/entry-keys.db"

    def keyring(self) -> Keyring:
        """The keys; in development made once under VAR_DIR. Raises `BadSettings`."""
        try:
            text = _secret(self.secret_keys)
            return Keyring.parse(text or development_keys(self.folder))
        except BrokenKeys as error:
            raise BadSettings(str(error)) from None
        except OSError as error:
            raise BadSettings(f"VAR_DIR: {self.var_dir}: {error.strerror}.") from None

    def signer(self) -> Signer:
        """What signs the register; in development made once as well. Raises `BadSettings`."""
        try:
            text = _secret(self.signing_key)
            return Signer.parse(text or development_keys(self.folder, SIGNING_KEY_FILE))
        except BrokenKeys as error:
            raise BadSettings(str(error)) from None
        except OSError as error:
            raise BadSettings(f"VAR_DIR: {self.var_dir}: {error.strerror}.") from None

    def warnings(self) -> tuple[str, ...]:
        """What will work, but not as an operator may expect."""
        found = []
        if self.contacts_file is None:
            found.append("CONTACTS_FILE is not set: advice names roles without local numbers.")
        if self.chats and self.public_url is None:
            who = " and ".join(self.chats)
            found.append(f"PUBLIC_URL is not set: {who} must reach the server elsewhere.")
        if self.slack and self.summary_channel is None:
            found.append("SUMMARY_CHANNEL is not set: summaries will be parked, not posted.")
        if self.teams and self.teams_summary_channel is None:
            found.append("TEAMS_SUMMARY_CHANNEL is not set: summaries from Teams will be parked.")
        unasked = {
            "ADVISER_CHANNEL": self.slack and self.adviser_channel is None,
            "TEAMS_ADVISER_CHANNEL": self.teams and self.teams_adviser_channel is None,
        }
        for name, is_missing in unasked.items():
            if is_missing:
                found.append(f"{name} is not set: nobody there can ask an adviser without a name.")
        if self.production and _same_place(self.database, self.entry_keys):
            found.append("ENTRY_KEYS_URL is on the register's host: erasing means less there.")
        return tuple(found)


def _secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value else None


def _same_place(one: str, other: str) -> bool:
    return (
        urlsplit(one).hostname is not None and urlsplit(one).hostname == urlsplit(other).hostname
    )
