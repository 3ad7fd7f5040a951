"""Messages and their metadata, each broken in one place, and each just within its limits."""

import pytest

from tests.fakes.slack.errors import Refused
from tests.fakes.slack.samples import section
from tests.fakes.slack.surfaces import refuse_bad_message, refuse_bad_metadata


def test_fifty_one_blocks_in_a_message_are_refused() -> None:
    with pytest.raises(Refused, match=r"no more than 50 items allowed \[json-pointer:/blocks\]"):
        refuse_bad_message("Words", [section()] * 51)


def test_blocks_without_text_are_refused() -> None:
    with pytest.raises(Refused, match="no_text"):
        refuse_bad_message(" ", [section()])


def test_text_over_forty_thousand_characters_is_refused() -> None:
    refuse_bad_message("t" * 40_000, None)

    with pytest.raises(Refused, match="msg_too_long"):
        refuse_bad_message("t" * 40_001, None)


def test_blocks_with_many_words_are_refused() -> None:
    refuse_bad_message("Words", [section("s" * 2500)] * 5)

    with pytest.raises(Refused, match="msg_blocks_too_long"):
        refuse_bad_message("Words", [section("s" * 2600)] * 5)


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        ("posted", "invalid_metadata_format"),
        ({"event_type": "posted"}, "invalid_metadata_format"),
        ({"event_type": "posted", "event_payload": {}, "more": 1}, "invalid_metadata_format"),
        ({"event_type": "posted.now", "event_payload": {}}, "invalid_metadata_format"),
        ({"event_type": "p" * 256, "event_payload": {}}, "invalid_metadata_format"),
        ({"event_type": "posted", "event_payload": []}, "invalid_metadata_schema"),
        ({"event_type": "posted", "event_payload": {"a": None}}, "invalid_metadata_schema"),
        ({"event_type": "posted", "event_payload": {"a": {"b": {}}}}, "invalid_metadata_schema"),
        ({"event_type": "posted", "event_payload": {"a": "b" * 8000}}, "metadata_too_large"),
    ],
)
def test_metadata_of_another_shape_is_refused(metadata: object, code: str) -> None:
    with pytest.raises(Refused, match=code):
        refuse_bad_metadata(metadata)


def test_many_small_blocks_are_refused_as_one() -> None:
    refuse_bad_message("Words", [section("s" * 143)] * 50)

    with pytest.raises(Refused, match="msg_blocks_too_long"):
        refuse_bad_message("Words", [section("s" * 144)] * 50)


def test_metadata_of_the_right_shape_passes() -> None:
    payload = {"outbox": "7f3a", "tries": 1, "tags": ["a"], "place": {"revision": 2}}

    refuse_bad_metadata({"event_type": "summary_posted", "event_payload": payload})
