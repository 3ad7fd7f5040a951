"""The files that operators start from: valid, and as careful as the guide says."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = YAML(typ="safe").load(DEPLOY / "compose.yaml")
BOT, REDIS = COMPOSE["services"]["bot"], COMPOSE["services"]["redis"]
BIN = Path(sys.executable).parent


def test_the_dockerfile_passes_its_linter() -> None:
    done = check(["hadolint", "deploy/Dockerfile"])

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("compose-spec", "deploy/compose.yaml"),
        ("github-workflows", ".github/workflows/check.yml"),
    ],
)
def test_a_deployment_file_meets_its_schema(schema: str, file: str) -> None:
    done = check(["check-jsonschema", "--builtin-schema", f"vendor.{schema}", file])

    assert done.returncode == 0, done.stdout


def test_the_image_runs_as_a_numbered_user() -> None:
    last = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)[-1]

    user, group = (int(part) for part in last.split(":"))
    assert user >= 10_000
    assert group >= 10_000


def test_the_image_checks_every_hash() -> None:
    installs = re.findall(r"pip install ((?:.*\\\n)*.*)", DOCKERFILE)

    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--no-deps --no-build-isolation ." in installs[1]


def test_the_image_is_for_production() -> None:
    for setting in ("ENVIRONMENT=production", "HOST=0.0.0.0", "VAR_DIR=/var/lib/share-check"):
        assert setting in DOCKERFILE

    assert "VOLUME /var/lib/share-check" in DOCKERFILE


def test_the_image_gets_all_that_it_copies() -> None:
    allowed = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)

    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)

    assert {name for line in copied for name in line.split()} == set(allowed)


def test_the_healthcheck_is_a_line_that_compiles() -> None:
    command = re.search(r'"-c", "(.+)"\]', DOCKERFILE)

    assert command
    assert "/healthz" in command[1]
    compile(command[1], "HEALTHCHECK", "exec")


def test_redis_keeps_what_it_is_given() -> None:
    options = dict(zip(REDIS["command"][1::2], REDIS["command"][2::2], strict=True))

    assert options["--appendonly"] == "yes"
    assert options["--maxmemory-policy"] == "noeviction"
    assert REDIS["volumes"] == ["sessions:/data"]


def test_redis_cannot_be_reached_from_outside() -> None:
    assert "ports" not in REDIS
    assert REDIS["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_the_bot_listens_to_its_own_machine() -> None:
    assert all(port.startswith("127.0.0.1:") for port in BOT["ports"])


@pytest.mark.parametrize("name", ["bot", "redis"])
def test_a_container_gets_no_more_than_it_needs(name: str) -> None:
    service = COMPOSE["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("user", "10001:10001").split(":")[0] != "0"


def test_what_a_developer_left_in_the_settings_does_not_reach_production() -> None:
    example = (ROOT / ".env.example").read_text()
    copied = dict(re.findall(r"^([A-Z_]+)=(.+)$", example, re.MULTILINE))

    inside = {**copied, **BOT["environment"]}

    assert inside["ENVIRONMENT"] == "production"
    assert (inside["HOST"], str(inside["PORT"])) == ("0.0.0.0", "3978")
    assert inside["VAR_DIR"] in dict(volume.split(":") for volume in BOT["volumes"]).values()


@pytest.mark.parametrize("name", ["REDIS_URL", "DATABASE_URL", "ENTRY_KEYS_URL"])
def test_another_store_than_ours_can_be_named(name: str) -> None:
    assert BOT["environment"][name].startswith(f"${{{name}:-")


def test_secrets_stand_in_a_file_apart() -> None:
    written = {name for name in BOT["environment"] if re.search("SECRET|TOKEN|KEYS$", name)}

    assert BOT["env_file"] == ".env"
    assert not written


def test_entry_keys_live_on_a_volume_apart() -> None:
    folders = dict(volume.split(":") for volume in BOT["volumes"])

    assert folders["entry-keys"] in BOT["environment"]["ENTRY_KEYS_URL"]
    assert folders["register"] in BOT["environment"]["DATABASE_URL"]
    assert folders["entry-keys"] != folders["register"]


def check(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run one of the installed linters on a file of the project."""
    return subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
