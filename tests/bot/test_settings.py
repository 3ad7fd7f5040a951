"""Settings: what is wrong is said in one line that names the setting."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.stopping import BadSettings
from tests.bot.world import KEYS

PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEYS": KEYS,
    "SIGNING_KEY": KEYS,
    "REDIS_URL": "redis://redis.example:6379",
    "DATABASE_URL": "postgresql://register.example/register",
    "ENTRY_KEYS_URL": "postgresql://keys.example/keys",
    "SLACK_BOT_TOKEN": "xoxb-made-up",
    "SLACK_SIGNING_SECRET": "made-up",
}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def read(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Settings.read()


def test_nothing_is_needed_for_development(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch)

    assert settings.web
    assert not settings.slack
    assert (settings.host, settings.port) == ("127.0.0.1", 3978)
    assert settings.database.endswith("/var/register.db")
    assert settings.entry_keys.endswith("/var/entry-keys.db")


def test_production_with_everything_starts_without_the_web(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = read(monkeypatch, **PRODUCTION)

    assert settings.slack
    assert not settings.web


@pytest.mark.parametrize("missing", sorted(PRODUCTION.keys() - {"ENVIRONMENT"}))
def test_production_names_the_setting_it_misses(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}

    with pytest.raises(BadSettings, match=missing) as refusal:
        read(monkeypatch, **environment)

    assert "\n" not in str(refusal.value)
    assert "xoxb" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("ENVIRONMENT", "staging"),
        ("SESSION_TTL", "5"),
        ("LOG_LEVEL", "loud"),
        ("SLACK_BOT_TOKEN", "xoxb-alone"),
        ("HOST", "0.0.0.0"),
    ],
)
def test_a_broken_value_is_named_and_never_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(BadSettings, match=name) as refusal:
        read(monkeypatch, **{name: value})

    assert "xoxb" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("PORT", "eighty", "PORT: must be a whole number."),
        ("PORT", "70000", "PORT: must be at most 65535."),
        ("SESSION_TTL", "5", "SESSION_TTL: must be at least 60."),
        ("ENVIRONMENT", "staging", "ENVIRONMENT: must be 'development' or 'production'."),
        ("PUBLIC_URL", "bot", "PUBLIC_URL: must be an address that begins with https://."),
        ("SLACK_CLIENT_ID", "x", "SLACK_CLIENT_ID: is not written as .env.example shows it."),
        ("VAR_DIR", __file__, f"VAR_DIR: {__file__} is not a folder."),
    ],
)
def test_what_is_wrong_with_a_value_is_said_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    with pytest.raises(BadSettings) as refusal:
        read(monkeypatch, **{name: value})

    assert str(refusal.value) == line


def test_another_slack_is_refused_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadSettings, match="SLACK_API_URL"):
        read(monkeypatch, **PRODUCTION, SLACK_API_URL="http://127.0.0.1:9/api/")


REGISTRATION = {
    "MICROSOFT_APP_ID": "00000000-aaaa-4bbb-8ccc-dddddddddddd",
    "MICROSOFT_APP_PASSWORD": "made-up-secret",
    "MICROSOFT_APP_TENANT_ID": "tenant-1, tenant-2",
}


@pytest.mark.parametrize("missing", sorted(REGISTRATION))
def test_a_teams_registration_is_whole_or_absent(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    environment = {name: value for name, value in REGISTRATION.items() if name != missing}

    with pytest.raises(BadSettings, match=missing) as refusal:
        read(monkeypatch, **environment)

    assert "made-up-secret" not in str(refusal.value)


def test_teams_alone_is_a_surface_that_people_can_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    without = {name: value for name, value in PRODUCTION.items() if "SLACK" not in name}

    settings = read(monkeypatch, **without, **REGISTRATION)

    assert settings.teams
    assert settings.teams_tenants == ("tenant-1", "tenant-2")
    assert "TEAMS_SUMMARY_CHANNEL" in "".join(settings.warnings())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TEAMS_OPENID_METADATA_URL", "http://127.0.0.1:9/metadata"),
        ("TEAMS_TOKEN_URL", "http://127.0.0.1:9/token"),
        ("TEAMS_SERVICE_HOSTS", "127.0.0.1:9"),
    ],
)
def test_another_microsoft_is_refused_in_production(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(BadSettings, match=name):
        read(monkeypatch, **PRODUCTION, **REGISTRATION, **{name: value})


def test_broken_keys_are_refused_without_being_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, SECRET_KEYS="not-a-key")

    with pytest.raises(BadSettings, match="SECRET_KEYS") as refusal:
        settings.keyring()

    assert "not-a-key" not in str(refusal.value)


def test_a_broken_signing_key_is_refused_without_being_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = read(monkeypatch, SIGNING_KEY="c2hvcnQ")

    with pytest.raises(BadSettings, match="SIGNING_KEY: key 1 is 5 bytes") as refusal:
        settings.signer()

    assert "c2hvcnQ" not in str(refusal.value)


def test_a_development_signing_key_is_made_once_and_kept_private(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = read(monkeypatch, VAR_DIR=str(tmp_path / "data"))

    first = settings.signer().public_key

    assert settings.signer().public_key == first
    assert (tmp_path / "data" / "signing_key").stat().st_mode & 0o077 == 0


def test_development_keys_are_made_once_and_kept_private(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = read(monkeypatch, VAR_DIR=str(tmp_path / "data"))

    first = settings.keyring().owners("a")
    [kept] = (tmp_path / "data").iterdir()

    assert settings.keyring().owners("a") == first
    assert kept.stat().st_mode & 0o077 == 0


def test_doubtful_settings_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = PRODUCTION | {"ENTRY_KEYS_URL": "postgresql://register.example/keys"}

    said = "\n".join(read(monkeypatch, **environment).warnings())

    assert "CONTACTS_FILE" in said
    assert "SUMMARY_CHANNEL" in said
    assert "ENTRY_KEYS_URL" in said


def test_every_setting_is_explained_in_the_example() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text()

    named = re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)

    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)
    for name in named:
        block = example.split(f"\n{name}=")[0].rsplit("\n\n", 1)[-1]
        assert "#" in block, name


SLACK = {"SLACK_BOT_TOKEN": "xoxb-made-up", "SLACK_SIGNING_SECRET": "made-up"}
MANY = {
    "SLACK_CLIENT_ID": "111.222",
    "SLACK_CLIENT_SECRET": "made-up-secret",
    "SLACK_SIGNING_SECRET": "made-up",
    "PUBLIC_URL": "https://bot.example.org",
}


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({**SLACK, **MANY}, "SLACK_BOT_TOKEN"),
        ({**MANY, "SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_SECRET"),
        ({**MANY, "SLACK_CLIENT_ID": ""}, "SLACK_CLIENT_ID"),
        ({**MANY, "SLACK_CLIENT_ID": "made up"}, "SLACK_CLIENT_ID"),
        ({**MANY, "SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET"),
        ({**MANY, "PUBLIC_URL": ""}, "PUBLIC_URL"),
        ({"SLACK_SIGNING_SECRET": "made-up-secret"}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_APP_TOKEN": "made-up-secret"}, "SLACK_APP_TOKEN"),
    ],
)
def test_slack_is_set_up_in_one_way_and_whole(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], named: str
) -> None:
    with pytest.raises(BadSettings, match=named) as refusal:
        read(monkeypatch, **environment)

    assert "\n" not in str(refusal.value)
    assert "made-up-secret" not in str(refusal.value)
    assert "xoxb" not in str(refusal.value)


@pytest.mark.parametrize(
    "environment",
    [SLACK, MANY, {"SLACK_BOT_TOKEN": "xoxb-made-up", "SLACK_APP_TOKEN": "xapp-made-up"}],
)
def test_each_way_to_set_slack_up_is_one(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    settings = read(monkeypatch, **environment)

    assert settings.slack
    assert ("Slack" in settings.chats) == ("SLACK_SIGNING_SECRET" in environment)
