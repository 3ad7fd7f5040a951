"""A stock Teams bot that keeps nothing: CloudAdapter's turn, and one fixed card for every invoke.

`CloudAdapter.process` answers 500 to every invoke with a body (botbuilder 4.17.1), so its turn is
run directly and the answer is written here. Nothing is authenticated, which only makes it quicker.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.core.cloud_adapter_base import CloudAdapterBase
from botbuilder.schema import Activity, InvokeResponse
from botframework.connector.auth import BotFrameworkAuthenticationFactory


class FixedCard(ActivityHandler):  # type: ignore[misc]
    """Answers every invoke alike."""

    def __init__(self, card: dict[str, Any]) -> None:
        self._answer = {
            "statusCode": 200,
            "type": "application/vnd.microsoft.card.adaptive",
            "value": card,
        }

    async def on_invoke_activity(
        self,
        turn_context: TurnContext,  # noqa: ARG002
    ) -> InvokeResponse:
        """One fixed card, whatever was pressed."""
        return InvokeResponse(status=200, body=self._answer)


def main(port: str, card: str) -> None:
    """Serve on aiohttp, as botbuilder's own integration does."""
    adapter = CloudAdapterBase(BotFrameworkAuthenticationFactory.create())
    bot = FixedCard(json.loads(Path(card).read_text()))

    async def messages(request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        header = request.headers.get("Authorization", "")
        answer = await adapter.process_activity(header, activity, bot.on_turn)
        return web.json_response(answer.body, status=answer.status)

    application = web.Application()
    application.router.add_post("/api/messages", messages)
    web.run_app(application, host="127.0.0.1", port=int(port), print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
