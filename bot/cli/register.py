"""The commands that read the register, also while a server runs."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def register() -> None:
    """The list of advice given and decisions taken."""


@register.command("show", short_help="Show one entry by its place.")
@click.argument("seq", type=click.IntRange(1, 2**53))
def show_entry(seq: int) -> None:
    """Show one entry by its place, with its free text while the key stands."""
    from bot.cli.entries import show, with_register

    with_register(lambda opened: show(opened, seq))


@register.command("find", short_help="Find the entries of a check by its reference.")
@click.argument("reference")
def find_entries(reference: str) -> None:
    """Find the entries of a check by its reference (SC-....-....) or its id."""
    from bot.cli.entries import find, with_register

    with_register(lambda opened: find(opened, reference))


@register.command("stats", short_help="Count, with small numbers hidden.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for other tools.")
def show_stats(*, as_json: bool) -> None:
    """Count advice and decisions, with small numbers hidden; never by person."""
    from bot.cli.entries import with_register
    from bot.cli.stats import stats

    with_register(lambda opened: stats(opened, as_json=as_json))


@register.command("export", short_help="Write entries as JSON Lines, CSV or pages.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "html"]),
    default="jsonl",
    show_default=True,
)
@click.option("--reference", metavar="SC-…", help="One check only, by its reference or id.")
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="With html: a page for each decision, in this folder.",
)
def export_register(form: str, reference: str | None, folder: Path | None) -> None:
    """Write entries as JSON Lines or CSV, or a page for the case file; safe while serving."""
    from bot.cli.entries import with_register
    from bot.cli.exports import export_lines, export_pages

    if form != "html":
        if folder is not None:
            raise click.UsageError("--into: goes with --format html.")
        with_register(lambda opened: export_lines(opened, form, reference))
        return
    if reference is None and folder is None:
        raise click.UsageError("--format html: name a check (--reference) or a folder (--into).")
    with_register(lambda opened: export_pages(opened, reference, folder))


@register.command("verify", short_help="Read every entry again; name what was altered.")
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Checkpoints, receipts or register marks that were kept outside, one or many.",
)
@click.option(
    "--receipt",
    "receipt_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Check this receipt instead, without the register.",
)
@click.option("--key", "public_key", help="With --receipt: the public key; else your own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for other tools.")
def verify_register(
    since: Path | None, receipt_file: Path | None, public_key: str | None, *, as_json: bool
) -> None:
    """Read every entry again; name what was altered, and what cannot be excluded."""
    from bot.cli import proofs
    from bot.cli.entries import with_register
    from bot.settings import Settings

    if receipt_file is not None:
        if since is not None:
            raise click.UsageError("--since and --receipt: one at a time.")
        if as_json:
            raise click.UsageError("--json: goes with the register, not with --receipt.")
        proofs.check_receipt(Settings.read(), receipt_file, public_key)
        return
    if public_key is not None:
        raise click.UsageError("--key: goes with --receipt.")
    kept = proofs.evidence(since)
    with_register(lambda opened: proofs.verify(opened, kept, as_json=as_json))


@register.command("receipt", short_help="Prove that an entry stands.")
@click.argument("name", metavar="REFERENCE")
@click.option("--json", "as_json", is_flag=True, help="The whole receipt, to keep and to check.")
def make_receipt(name: str, *, as_json: bool) -> None:
    """Prove that an entry stands: by the check's reference or id, or the entry's number."""
    from bot.cli import proofs
    from bot.cli.entries import with_register

    with_register(lambda opened: proofs.receipt(opened, name, as_json=as_json))


@register.command("checkpoint", short_help="Print the signed head of the register.")
@click.option("--public-key", is_flag=True, help="Print the key that checks it, and no more.")
@click.option(
    "--as-it-stands",
    is_flag=True,
    help="After a lost key: sign also entries whose seal nobody can check any more.",
)
def sign_checkpoint(*, public_key: bool, as_it_stands: bool) -> None:
    """Print the signed head of the register, to be kept somewhere else."""
    from bot.cli import proofs
    from bot.cli.entries import with_register
    from bot.settings import Settings

    if public_key:
        click.echo(Settings.read().signer().public_key)
    else:
        with_register(lambda opened: proofs.checkpoint(opened, as_it_stands=as_it_stands))


@register.command("purge", short_help="Erase free texts whose time has come.")
@click.argument("name", metavar="[REFERENCE]", required=False)
@click.option(
    "--policy",
    default="a request to erase",
    show_default=True,
    metavar="WORDS",
    help="With a reference: why, for the record; no names.",
)
@click.option("--dry-run", "dry", is_flag=True, help="Say what would go; erase nothing.")
def purge_texts(name: str | None, policy: str, *, dry: bool) -> None:
    """Destroy the keys of texts whose time has come, or of one check; never to be undone."""
    from bot.cli import proofs
    from bot.cli.entries import with_register
    from bot.settings import Settings

    if not 0 < len(policy) <= 100 or not policy.isprintable():
        raise click.UsageError("--policy: at most 100 characters, on one line.")
    settings = Settings.read()
    with_register(lambda opened: proofs.purge(opened, settings, name, policy, dry=dry), settings)


@register.command("hold", short_help="Keep the free texts of a check from erasure.")
@click.argument("name", metavar="[REFERENCE|everything]", required=False)
@click.option("--release", is_flag=True, help="Let the schedule go on.")
def hold_texts(name: str | None, *, release: bool) -> None:
    """Keep the free texts of a check from being erased; without a reference, list the holds."""
    from bot.cli import proofs
    from bot.cli.entries import with_register

    if release and name is None:
        raise click.UsageError("--release: say of which check.")
    with_register(lambda opened: proofs.hold(opened, name, release=release))
