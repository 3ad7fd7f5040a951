"""What the commands that prove and forget do: verify, receipt, checkpoint, purge and hold."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from bot.cli.ending import stop
from bot.cli.entries import found
from bot.cli.reports import report_lines, report_values
from bot.library import today
from bot.register.entries import Entry
from bot.register.erasing import EVERYTHING, Text
from bot.register.evidence import Evidence, NotEvidence, read_evidence
from bot.register.receipt_check import NotProved, Unreadable, check
from bot.register.receipts import receipt_of
from bot.register.signing import Signer
from bot.register.store import Register
from bot.register.verification import Verification
from bot.retention import Retention
from bot.settings import Settings
from bot.workspaces import Workspace, Workspaces


def evidence(file: Path | None) -> Evidence:
    """What was kept outside; refuses a file that holds something else."""
    if file is None:
        return Evidence()
    try:
        return read_evidence(file.read_text("utf-8"))
    except NotEvidence as error:
        raise click.UsageError(f"--since: {error}") from None
    except (OSError, UnicodeDecodeError):
        raise click.UsageError("--since: the file cannot be read as text.") from None


async def verify(register: Register, kept: Evidence, *, as_json: bool = False) -> None:
    """Read the register again, and print what is wrong or what cannot be excluded."""
    reading = Verification(register.database, register.keystore, register.signer, kept)
    report = await reading.run()
    if as_json:
        click.echo(json.dumps(report_values(report), ensure_ascii=False))
    else:
        for line in report_lines(report):
            click.echo(line)
    if not report.sound:
        count = len(report.faults) + report.more
        stop(f"The register does not verify: {count} fault{'s' * (count > 1)}, see above.", 1)


def check_receipt(settings: Settings, file: Path, public_key: str | None) -> None:
    """Check a receipt without looking at the register."""
    try:
        receipt = json.loads(file.read_text("utf-8"))
        said = check(receipt, public_key or _key_for(receipt, settings.signer()))
    except NotProved as error:
        stop(f"Not proved. {error}", 1)
    except Unreadable as error:
        raise click.UsageError(f"--receipt: {error}") from None
    except (OSError, ValueError, RecursionError):
        raise click.UsageError("--receipt: the file cannot be read as JSON.") from None
    click.echo(said)


def _key_for(receipt: object, signer: Signer) -> str:
    """Of our public keys the one that a receipt names, or else the current one."""
    match receipt:
        case {"checkpoint": {"key": str(name)}} if signer.knows(name):
            return signer.public_keys[name]
    return signer.public_key


async def receipt(register: Register, name: str, *, as_json: bool) -> None:
    """Print the receipt of an entry, or of the newest decision of a check."""
    made = await receipt_of(register.heads, await _entry(register, name))
    if as_json:
        click.echo(json.dumps(made.values(), ensure_ascii=False))
        return
    entry, head = made.entry, made.checkpoint
    click.echo(f"Receipt for {entry.body.get('reference', entry.check)}, {_line(entry)}")
    click.echo(f"Code: {made.code}")
    click.echo(
        f"Proved against the checkpoint of {head.size} entries of {head.time}, key {head.key}."
    )
    click.echo("With --json it can be kept, and checked by anybody who has the public key.")


async def checkpoint(register: Register, *, as_it_stands: bool = False) -> None:
    """Print the signed head of the register as it is now."""
    if as_it_stands and not register.signer.lost_one:
        raise click.UsageError(
            "--as-it-stands: only once a key is lost, and its public key is in SIGNING_KEY."
        )
    head = await register.heads.write(as_it_stands=as_it_stands)
    if head is None:
        raise click.UsageError("The register is empty: there is nothing to sign.")
    click.echo(head.line())


async def purge(
    register: Register, settings: Settings, name: str | None, policy: str, *, dry: bool
) -> None:
    """Erase the texts of one check, or all whose time has come; say which."""
    if name is None:
        due = await _retention(register, settings).due()
    else:
        check_id = (await found(register, name))[0].check
        texts = await register.erasing.of(check_id)
        due = {policy: texts} if texts else {}
    if not due:
        click.echo("There is nothing to erase.")
    for reason, texts in due.items():
        if dry:
            _tell("Would destroy", reason, [text for text in texts if not text.held])
            _tell_held([text for text in texts if text.held])
            continue
        erased, held = await register.erasing.erase(texts, reason, today())
        _tell("Destroyed", reason, erased)
        _tell_held(held)


async def hold(register: Register, name: str | None, *, release: bool) -> None:
    """Put a check under a legal hold, release it, or list the holds."""
    if name is None:
        for held in await register.erasing.holds():
            until = f", released on {held.until}" if held.until else ""
            what = "everything" if held.check == EVERYTHING else held.check
            click.echo(f"{what}  since {held.since}{until}")
        return
    everything = name.lower() == "everything"
    check_id = EVERYTHING if everything else (await found(register, name))[0].check
    if not release:
        await register.erasing.hold(check_id, today())
        click.echo("Held: no text of it is erased until you release it.")
    elif await register.erasing.release(check_id, today()):
        click.echo("Released: its texts are erased when their time has come.")
    else:
        raise click.UsageError(f"'{name}' is not under a hold.")


async def _entry(register: Register, name: str) -> Entry:
    if name.isdecimal() and len(name) < 16:
        entry = await register.entry(int(name))
        if entry is None:
            raise click.UsageError(f"There is no entry {name}.")
        return entry
    entries = await found(register, name)
    decisions = [entry for entry in entries if entry.kind == "decision"]
    return (decisions or list(entries))[-1]


def _retention(register: Register, settings: Settings) -> Retention:
    others = Workspace(pack=settings.default_pack)
    workspaces = Workspaces(register.database, register.keyring, {}, others)
    return Retention(register.erasing, workspaces, settings.retention, today)


def _tell(did: str, policy: str, texts: list[Text]) -> None:
    if texts:
        many = f"{len(texts)} keys, of the texts" if len(texts) > 1 else "the key of the text"
        click.echo(f"{did} {many} named here, on {today()}, under {policy}:")
        for text in texts:
            click.echo(f"  {_text_line(text)}")


def _tell_held(texts: list[Text]) -> None:
    for text in texts:
        click.echo(f"Kept by a legal hold: {_text_line(text)}")


def _text_line(text: Text) -> str:
    named = text.reference or text.check
    return f"entry {text.seq}, {text.kind} {text.revision} of {text.at}, {named}"


def _line(entry: Entry) -> str:
    day: date = entry.at
    return f"entry {entry.seq}, {entry.kind} {entry.revision} of {day}"
