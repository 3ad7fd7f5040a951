"""A whole check with both stores on PostgreSQL, beside a running server, and its proof after."""

import json
from pathlib import Path

from tests.bot.server import CHECK, Server, run
from tests.postgresql import PostgreSQL


async def test_a_check_is_recorded_posted_and_proved_on_postgresql(
    postgresql_server: PostgreSQL, tmp_path: Path
) -> None:
    async with postgresql_server.database() as register, postgresql_server.database() as keys:
        settings = {
            "DATABASE_URL": register,
            "ENTRY_KEYS_URL": keys,
            "DEFAULT_PACK": "briefing-2018",
            "CHECKPOINT_FILE": str(tmp_path / "outside.jsonl"),
        }
        server = Server(tmp_path, **settings).start()

        checked = run(tmp_path, "check", stdin=CHECK, **settings)
        # The server looks once a second for what another process wrote.
        for _ in range(20):
            if " sent " in run(tmp_path, "outbox", "list", **settings).stdout:
                break
        stopped = server.stop()

        assert (checked.returncode, stopped) == (0, 0), checked.stderr
        kept = (tmp_path / "outside.jsonl").read_text().splitlines()
        assert json.loads(kept[-1])["size"] == 2
        verified = run(tmp_path, "register", "verify", "--since", "outside.jsonl", **settings)
        assert (verified.returncode, verified.stderr) == (0, "")
        assert "What was kept outside agrees, up to entry 2." in verified.stdout
        listed = run(tmp_path, "outbox", "list", **settings)
        assert " sent " in listed.stdout
        assert not list((tmp_path / "var").glob("*.db"))
