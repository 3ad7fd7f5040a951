"""The pages for operators: the process lives, what it needs answers, and what was counted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.register.database import RegisterUnavailable

Probe = Callable[[], Awaitable[bool]]
SECONDS = 1.5


def attach(
    application: web.Application, metrics: Metrics, probes: Mapping[str, Probe], outbox: Outbox
) -> None:
    """Add `/healthz`, `/readyz` and `/metrics`."""

    async def lives(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def ready(_: web.Request) -> web.Response:
        answers = await asyncio.gather(*(_asked(probe) for probe in probes.values()))
        found = dict(zip(probes, answers, strict=True))
        status = 200 if all(answers) else 503
        return web.json_response({"ready": all(answers), **found}, status=status)

    async def counted(_: web.Request) -> web.Response:
        try:
            for state, count in (await outbox.counts()).items():
                metrics.outbox.labels(state).set(count)
            metrics.outbox_oldest.set(await outbox.oldest())
        except RegisterUnavailable:
            metrics.outbox.clear()
            metrics.outbox_oldest.set(float("nan"))
        return web.Response(body=metrics.text(), content_type="text/plain", charset="utf-8")

    application.router.add_get("/healthz", lives)
    application.router.add_get("/readyz", ready)
    application.router.add_get("/metrics", counted)


async def _asked(probe: Probe) -> bool:
    try:
        async with asyncio.timeout(SECONDS):
            return await probe()
    except TimeoutError:
        return False
