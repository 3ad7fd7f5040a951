"""The whole bot as a process: how it starts, what it says when it cannot, how it stops."""

import json
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.bot.server import Server, free_port, run
from tests.bot.world import KEYS


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 (our own server)
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


def test_it_says_when_it_is_ready_and_stops_well(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        assert get(f"{server.url}/healthz") == (200, '{"status": "alive"}')
        status, ready = get(f"{server.url}/readyz")
        assert (status, json.loads(ready)["ready"]) == (200, True)
        counted = get(f"{server.url}/metrics")[1]
        assert "share_check_turns" in counted
        assert 'share_check_outbox_rows{state="parked"} 0.0' in counted
        assert "share_check_outbox_oldest_seconds 0.0" in counted
        assert "data-view" in get(server.url)[1]

        assert server.stop() == 0


def test_a_second_server_finds_the_first_ones_data(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        server.kill()

    with Server(tmp_path) as server:
        assert get(f"{server.url}/readyz")[0] == 200


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        ended = run(tmp_path, "serve", PORT=str(taken.getsockname()[1]))

    assert ended.returncode == 1
    assert_one_line(ended.stderr, "PORT")


def test_two_servers_on_one_folder_are_refused(tmp_path: Path) -> None:
    with Server(tmp_path):
        ended = run(tmp_path, "serve", PORT=str(free_port()))

    assert ended.returncode == 1
    assert_one_line(ended.stderr, "")


@pytest.mark.parametrize(
    ("code", "named", "settings"),
    [
        (1, "Redis", {"REDIS_URL": "redis://127.0.0.1:1"}),
        (1, "DATABASE_URL", {"DATABASE_URL": "postgresql://127.0.0.1:1/register"}),
        (2, "VAR_DIR", {"VAR_DIR": "/proc/nowhere"}),
        (2, "REDIS_URL", {"REDIS_URL": "http://redis"}),
        (2, "DATABASE_URL", {"DATABASE_URL": "mysql://register"}),
        (2, "DATABASE_URL", {"DATABASE_URL": "postgresql://h:abc/x"}),
        (2, "ENTRY_KEYS_URL", {"ENTRY_KEYS_URL": "nonsense"}),
        (2, "PUBLIC_URL", {"PUBLIC_URL": "ftp://x"}),
        (2, "SECRET_KEYS", {"SECRET_KEYS": "short"}),
        (2, "SECRET_KEYS", {"ENVIRONMENT": "production"}),
        (2, "DEFAULT_PACK", {"DEFAULT_PACK": "atlantis-1999"}),
        (2, "CONTACTS_FILE", {"CONTACTS_FILE": "nowhere.toml"}),
        (2, "PORT", {"PORT": "eighty"}),
    ],
)
def test_what_keeps_it_from_starting_is_one_line(
    tmp_path: Path, code: int, named: str, settings: dict[str, str]
) -> None:
    ended = run(tmp_path, "serve", **settings)

    assert ended.returncode == code, ended.stderr
    assert ended.stdout == ""
    assert_one_line(ended.stderr, named)


def test_a_second_key_in_front_loses_nothing(tmp_path: Path) -> None:
    with Server(tmp_path, SECRET_KEYS=KEYS):
        pass

    with Server(tmp_path, SECRET_KEYS=f"{'b' * 43},{KEYS}") as server:
        assert get(f"{server.url}/readyz")[0] == 200


def assert_one_line(stderr: str, named: str) -> None:
    lines = [line for line in stderr.splitlines() if not line.startswith("{")]
    assert len(lines) == 1, stderr
    assert named in lines[0]
    assert "Traceback" not in stderr
