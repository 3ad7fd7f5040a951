"""A stock Bolt app that keeps nothing: it answers every submission with one fixed view."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


def build(
    client: AsyncWebClient, secret: str, view: dict[str, Any], *, awaits_listener: bool
) -> AsyncApp:
    """Bolt's defaults; `awaits_listener` is its switch that removes the wait for the answer."""
    app = AsyncApp(client=client, signing_secret=secret, process_before_response=awaits_listener)

    async def answer(ack: AsyncAck) -> None:
        await ack(response_action="update", view=view)

    app.view("question")(answer)
    return app


def main(port: str, slack: str, token: str, secret: str, view: str, mode: str) -> None:
    """Serve with the server that Bolt brings."""
    app = build(
        AsyncWebClient(token=token, base_url=slack),
        secret,
        json.loads(Path(view).read_text()),
        awaits_listener=mode == "awaits-listener",
    )
    app.start(port=int(port), host="127.0.0.1")


if __name__ == "__main__":
    main(*sys.argv[1:])
