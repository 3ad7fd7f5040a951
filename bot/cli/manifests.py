"""The manifests by which a platform's administrators install the bot."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import click

from bot.cli.ending import stop

EXAMPLE = "https://share-check.example.org"
ADDRESS = re.compile(r"https://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?")


@click.group()
def manifest() -> None:
    """What an administrator uploads to install the bot."""


@manifest.command()
@click.option("--url", metavar="URL", help="Where Slack reaches the server; else PUBLIC_URL.")
@click.option("--socket-mode", is_flag=True, help="For a server that Slack cannot reach.")
def slack(url: str | None, socket_mode: bool) -> None:  # noqa: FBT001
    """Print the manifest for Slack, as YAML."""
    from bot.settings import Settings
    from bot.surfaces.slack.manifest import EXAMPLE as OURS
    from bot.surfaces.slack.manifest import manifest as made

    address = (url or _own(Settings.read().public_url) or OURS).rstrip("/")
    if not ADDRESS.fullmatch(address):
        stop("--url: an address such as https://bot.example.org, with no path.", 2)
    if address == OURS:
        click.echo("Warning: give --url: this is not your address yet.", err=True)
    click.echo(made(address, socket=socket_mode), nl=False)


@manifest.command(short_help="Print the manifest for Teams, or make its package.")
@click.option("--organisation", default="Share Check", help="Who runs it, as people know them.")
@click.option("--website", metavar="URL", help="Help for people; by default PUBLIC_URL.")
@click.option("--privacy", metavar="URL", help="Your privacy notice; by default the website.")
@click.option("--terms", metavar="URL", help="Your terms of use; by default the website.")
@click.option(
    "--zip",
    "archive",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the app package, the manifest with its icons, there.",
)
def teams(
    organisation: str,
    website: str | None,
    privacy: str | None,
    terms: str | None,
    archive: Path | None,
) -> None:
    """Print the manifest for Teams, or with --zip write it to FILE with its icons."""
    from bot.settings import Settings
    from bot.surfaces.teams.manifest import App, as_text, package
    from bot.surfaces.teams.manifest import manifest as made

    settings = Settings.read()
    site = _address(website or _own(settings.public_url) or EXAMPLE)
    app = App(
        app_id=_app_id(settings.microsoft_app_id, needed=archive is not None),
        version=version("share-check"),
        organisation=_name(organisation),
        website=site,
        privacy=_address(privacy or site),
        terms=_address(terms or site),
    )
    if site == EXAMPLE:
        click.echo("Warning: give --website, --privacy and --terms of your own.", err=True)
    if archive is None:
        click.echo(as_text(made(app)), nl=False)
        return
    try:
        archive.write_bytes(package(made(app)))
    except OSError as error:
        stop(f"--zip: {archive}: {error.strerror}.", 2)
    click.echo(f"Wrote {archive}: upload it in the Teams admin centre.")


def _app_id(set_up: str | None, *, needed: bool) -> str:
    from bot.surfaces.teams.manifest import GUID, PLACEHOLDER

    if set_up is None:
        if needed:
            stop("MICROSOFT_APP_ID: set it to the bot's application id first.", 2)
        click.echo("Warning: MICROSOFT_APP_ID is not set, so the id is a placeholder.", err=True)
        return PLACEHOLDER
    if not GUID.fullmatch(set_up):
        stop("MICROSOFT_APP_ID: Teams takes the application id of the registration, a GUID.", 2)
    return set_up


def _own(address: str | None) -> str | None:
    return address if address and address.startswith("https://") else None


def _name(organisation: str) -> str:
    from bot.surfaces.teams.manifest import LONGEST_NAME

    if not 0 < len(organisation) <= LONGEST_NAME:
        stop(f"--organisation: Teams takes at most {LONGEST_NAME} characters.", 2)
    return organisation


def _address(url: str) -> str:
    if not url.startswith("https://") or len(url) > 2_000 or not url.isprintable():
        stop("Addresses for people begin with https://; see --website, --privacy, --terms.", 2)
    return url
