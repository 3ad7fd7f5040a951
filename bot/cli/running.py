"""The commands that run the bot, or look at how it is set up."""

from __future__ import annotations

import click

from bot.cli.ending import run


@click.command()
def serve() -> None:
    """Run the bot: every surface that is set up, on HOST:PORT."""
    from bot import logs, serving
    from bot.settings import Settings

    settings = Settings.read()
    logs.configure(settings.log_level)
    run(serving.serve(settings, click.echo))


@click.command(short_help="Carry out a check here in the terminal.")
@click.argument("words", nargs=-1, metavar="[SUB-COMMAND]")
def check(words: tuple[str, ...]) -> None:
    """Carry out a check here in the terminal, or open what a sub-command opens (see help).

    It runs beside a running server, or alone.
    """
    from bot import app, logs
    from bot.settings import Settings
    from bot.surfaces.terminal import converse

    settings = Settings.read()
    logs.configure("error")

    async def work() -> None:
        async with app.build(settings, beside=True) as parts:
            await converse(parts.reception, " ".join(words))

    run(work())


@click.group()
def config() -> None:
    """The settings."""


@config.command("check", short_help="Read every setting; say what is wrong or doubtful.")
def check_config() -> None:
    """Read every setting, say what is wrong or doubtful, and change nothing."""
    from bot.library import read_policies
    from bot.serving import teams_settings
    from bot.settings import Settings
    from bot.stores import check_addresses

    settings = Settings.read()
    if settings.secret_keys:
        settings.keyring()
    signer = settings.signer() if settings.signing_key else None
    check_addresses(settings)
    if settings.teams_service_hosts:
        teams_settings(settings)
    policies = read_policies(settings)
    for fault in (fault for left in policies.left_out for fault in left.faults):
        click.echo(f"Warning: left out: {fault}", err=True)
    for warning in settings.warnings():
        click.echo(f"Warning: {warning}", err=True)
    surfaces = [name for name in ("web", "slack", "teams") if getattr(settings, name)]
    if settings.slack:
        click.echo(f"Slack is to call {settings.address}/slack/events")
    if settings.teams:
        click.echo(f"Teams is to call {settings.address}/api/messages")
    click.echo(f"Settings are well: {settings.environment}, {', '.join(surfaces) or 'no surface'}")
    if signer:
        click.echo(f"The register's public key is {signer.public_key} ({signer.key_id})")
    click.echo(
        f"{len(policies.library.ids)} packs; {len(policies.contacts)} contacts of your own."
    )
