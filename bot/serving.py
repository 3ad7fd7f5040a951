"""Runs the parts as a server: every surface that is set up, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot import health
from bot.app import Parts, build
from bot.installations import Installations
from bot.panel import PanelSender, RegisterPanel, register_mark
from bot.register.references import References
from bot.settings import Settings
from bot.stopping import BadSettings, CannotStart

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.surfaces.slack import SlackSettings
    from bot.surfaces.teams import TeamsSettings

log = structlog.get_logger(__name__)

DRAIN_SECONDS, SENDING_SECONDS = 4.0, 3.0
"""How long turns, and then messages on their way, may take to end; a container has ten seconds."""


async def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Run until SIGTERM or SIGINT: take nothing more, finish turns, leave the rest for later."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with build(settings) as parts, AsyncExitStack() as surfaces:
        application = web.Application(client_max_size=256 * 1024)
        health.attach(application, parts.metrics, parts.probes, parts.outbox)
        await _attach_surfaces(application, parts, surfaces)
        sending = asyncio.create_task(parts.outbox.run())
        keeping = asyncio.create_task(parts.upkeep.run())
        releasing = asyncio.create_task(parts.relay.releases.run())
        async with _answering(application, settings) as address:
            await _warn(parts)
            # The libraries' objects live as long as we do; the collector need not look at them
            # again. What a turn makes is freed by counting, so it may come by less often.
            gc.collect()
            gc.freeze()
            gc.set_threshold(20_000, 20, 20)
            say(f"Share Check is ready: {address}")
            await _first(stop.wait(), sending, keeping, releasing)
            log.info("server.stopping")
        parts.relay.releases.stop()
        await parts.outbox.close(SENDING_SECONDS)
        await sending
        await releasing
        # The last summary and the last turn are in it.
        parts.upkeep.close()
        await keeping


async def _first(*waiting: Awaitable[object]) -> None:
    """Wait for whichever ends first: the sender of messages must not end unseen."""
    tasks = {asyncio.ensure_future(each) for each in waiting}
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)


async def _warn(parts: Parts) -> None:
    found = (await parts.sessions.policy_warning(), await parts.upkeep.warning())
    for warning in (*parts.settings.warnings(), *found):
        if warning:
            log.warning("settings.doubtful", why=warning)


@asynccontextmanager
async def _answering(application: web.Application, settings: Settings) -> AsyncIterator[str]:
    """An HTTP server for the application, until its last turn is finished; yields its address."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=DRAIN_SECONDS)
    await runner.setup()
    try:
        await _listen(runner, settings)
        port = runner.addresses[0][1]
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as error:
        # asyncio repeats the address in its words, and a name that is not found has no number.
        code = error.errno or 0
        why = os.strerror(code) if code > 0 else error.strerror
        where = f"{settings.host}:{settings.port}"
        line = f"Cannot listen on {where} ({why}). Stop what is there, or set PORT."
        raise CannotStart(line) from None


async def _attach_surfaces(
    application: web.Application, parts: Parts, stack: AsyncExitStack
) -> None:
    """Add the surfaces that the settings ask for; a surface's libraries load only then."""
    settings = parts.settings
    if settings.web:
        from bot.surfaces.web import attach as attach_web

        panel = RegisterPanel(parts.register, parts.outbox, parts.drawings)
        attach_web(application, parts.reception, panel)
        parts.senders["web"] = PanelSender(parts.register)
    if settings.slack:
        from bot.surfaces.slack import attach as attach_slack

        installed = Installations(parts.register.database, parts.conversation.keyring, "slack")
        slack = attach_slack(application, parts.reception, slack_settings(settings), installed)
        slack.start()
        stack.push_async_callback(slack.close)
        parts.directories["slack"] = slack.directory()
        parts.senders["slack"] = slack.sender(
            partial(register_mark, parts.register), parts.drawings
        )
    if settings.teams or settings.web:
        # Without an app id nobody is authenticated, which is for development on this machine.
        from bot.surfaces.teams import Stores
        from bot.surfaces.teams import attach as attach_teams

        references = References(parts.register.database, parts.conversation.keyring)
        stores = Stores(references, parts.sessions)
        teams = attach_teams(application, parts.reception, stores, teams_settings(settings))
        await teams.start()
        stack.push_async_callback(teams.close)
        parts.directories["teams"] = teams.directory()
        parts.senders["teams"] = teams.sender(
            partial(register_mark, parts.register), parts.drawings
        )


def slack_settings(settings: Settings) -> SlackSettings:
    """What the Slack surface must be told."""
    from bot.surfaces.slack import OAuth, SlackSettings

    secret = settings.slack_client_secret
    oauth = None
    if settings.slack_client_id and secret:
        oauth = OAuth(settings.slack_client_id, secret.get_secret_value(), settings.address)
    return SlackSettings(
        bot_token=_shown(settings.slack_bot_token),
        signing_secret=_shown(settings.slack_signing_secret),
        api_url=settings.slack_api_url,
        app_token=_shown(settings.slack_app_token),
        oauth=oauth,
    )


def _shown(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None


def teams_settings(settings: Settings) -> TeamsSettings:
    """What the Teams surface must be told; raises `BadSettings`."""
    from bot.surfaces.teams import BrokenHosts, Hosts, TeamsSettings, token_url

    tenants = settings.teams_tenants
    try:
        named = settings.teams_service_hosts
        hosts = Hosts.parse(named) if named else Hosts.public()
    except BrokenHosts as error:
        raise BadSettings(f"TEAMS_SERVICE_HOSTS: {error}.") from None
    password = settings.microsoft_app_password
    return TeamsSettings(
        app_id=settings.microsoft_app_id,
        app_password=password.get_secret_value() if password else None,
        tenants=tenants,
        hosts=hosts,
        metadata_url=settings.teams_openid_metadata_url,
        token_url=settings.teams_token_url or (token_url(tenants[0]) if tenants else ""),
        summary_channel=settings.teams_summary_channel,
        adviser_channel=settings.teams_adviser_channel,
    )
