"""The command line: `share-check`. Each command imports what it needs, so that all stay quick.

Exit codes: 0 well; 1 a faulty pack or register, a port in use, Redis or a database that cannot be
reached; 2 arguments or settings wrong or missing. What is wrong is one line on stderr.
"""

from __future__ import annotations

import sys

import click

from bot.cli import drawing, linting, manifests, outbox, packs, privacy, register, running
from bot.cli.ending import stop
from bot.stopping import Stopping
from policies.filing import FaultyPack
from policies.library import UnknownPack


def main() -> None:
    """Run a command; every fault that is foreseen ends in one line and its exit code."""
    try:
        commands(standalone_mode=False)
    except Stopping as error:
        stop(str(error), error.exit_code)
    except UnknownPack as error:
        stop(str(error), 2)
    except click.exceptions.NoArgsIsHelpError as error:
        stop(error.format_message(), 2)
    except click.UsageError as error:
        stop(_one_line(error), 2)
    except FaultyPack as error:
        more = len(error.faults) - 1
        also = f" And {more} more: see share-check packs lint." if more else ""
        stop(f"{error.faults[0]}{also}", 1)
    except click.ClickException as error:
        stop(str(error), 1)
    except (click.Abort, KeyboardInterrupt):
        stop("Stopped.", 130)
    except BrokenPipeError:
        # Whoever read the output has had enough; Python would complain once more when it flushes.
        sys.stderr.close()
        sys.exit(0)


def _one_line(error: click.UsageError) -> str:
    """What is wrong; where click found it, `--help` says what may be given instead."""
    message = error.format_message().rstrip(".") + "."
    return message if type(error) is click.UsageError else f"{message} See --help."


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="share-check", prog_name="share-check")
def commands() -> None:
    """May I share this information? A policy's answer, with its reasons."""


for command in (*drawing.COMMANDS, linting.lint):
    packs.packs.add_command(command)
for command in (
    *(running.serve, running.check, running.config),
    *(packs.advise, packs.packs),
    *(register.register, outbox.outbox),
    manifests.manifest,
    privacy.privacy,
):
    commands.add_command(command)
