"""Logs: what is not on the allow-list does not get out, whatever a caller does."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs


@pytest.fixture
def written() -> Iterator[io.TextIOWrapper]:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    logs.configure("debug", out)
    yield out
    structlog.reset_defaults()
    logging.basicConfig(force=True)


def text(out: io.TextIOWrapper) -> str:
    out.flush()
    assert isinstance(out.buffer, io.BytesIO)
    return out.buffer.getvalue().decode()


def lines(out: io.TextIOWrapper) -> list[dict[str, object]]:
    return [json.loads(line) for line in text(out).splitlines()]


def test_allowed_keys_are_written_as_json(written: io.TextIOWrapper) -> None:
    structlog.get_logger().info("turn.taken", surface="web", milliseconds=1.5)

    [line] = lines(written)
    assert line["event"] == "turn.taken"
    assert line["surface"] == "web"
    assert line["level"] == "info"


def test_a_key_off_the_list_is_dropped_and_counted(written: io.TextIOWrapper) -> None:
    structlog.get_logger().info("turn.taken", person="Ayesha Khan", answer="yes")

    [line] = lines(written)
    assert line["dropped"] == 2
    assert "Ayesha" not in text(written)


def test_an_exception_is_named_by_kind_and_place_only(written: io.TextIOWrapper) -> None:
    try:
        int("Ayesha Khan, 07700 900123")
    except ValueError:
        structlog.get_logger().exception("web.request_failed")

    [line] = lines(written)
    assert str(line["error"]).startswith("ValueError in ")
    assert "07700" not in text(written)


def test_third_parties_cannot_quote_a_request(written: io.TextIOWrapper) -> None:
    logging.getLogger("slack_bolt").warning("Invalid signature: body=%s", "Ayesha Khan")
    logging.getLogger("slack_bolt").info("Unhandled request: Ayesha Khan")

    [line] = lines(written)
    assert line == {"event": "library.warned", "logger": "slack_bolt", "level": "warning"}


def test_a_value_that_cannot_be_written_does_not_break_the_line(written: io.TextIOWrapper) -> None:
    structlog.get_logger().info("turn.taken", view=object())

    assert lines(written)[0]["view"] == "unprintable"
