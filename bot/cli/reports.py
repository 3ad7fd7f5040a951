"""What `register verify` found, in words and for other tools."""

from __future__ import annotations

from collections.abc import Iterator

from bot.register.verification import Report

MOST_SHOWN = 50
WITHOUT = (
    "Without --since this cannot exclude: that the register was put back to an earlier state, "
    "its checkpoints with it, and may have grown again since; that entries written after its last "
    "checkpoint were cut off (there are {open} such now); that somebody who holds SIGNING_KEY "
    "wrote it anew. Keep a checkpoint somewhere else, and hold the register against it."
)
WITH = (
    "What --since cannot exclude: that entries written after entry {kept} were cut off, or "
    "written anew by somebody who holds SIGNING_KEY."
)

ALONE = (
    "Keys of texts that no entry has: {count}. A write that was given up leaves one behind; many "
    "mean that the register was put back to an earlier state, or cut off."
)
STRANGE = (
    "Checkpoints name key {keys}, which is not in SIGNING_KEY. If SIGNING_KEY was changed, the "
    "old one belongs behind the new; if that is lost, see 'A lost key' in docs/register.md. "
    "Otherwise somebody altered the register:"
)


def report_values(report: Report) -> dict[str, object]:
    """A report for other tools, every key always there."""
    return {
        "sound": report.sound,
        "entries": report.size,
        "erased": report.erased,
        "keys_alone": report.keys_alone,
        "checkpoints": report.heads,
        "covered": report.agreed,
        "kept": report.evidence.reaches or None,
        "faults": [{"row": fault.row, "what": fault.what} for fault in report.faults],
        "more": report.more,
        "cannot_exclude": _cannot_exclude(report) if report.sound else None,
    }


def _cannot_exclude(report: Report) -> str:
    if report.evidence.reaches:
        return WITH.format(kept=report.evidence.reaches)
    return WITHOUT.format(open=report.size - report.agreed)


def report_lines(report: Report) -> Iterator[str]:
    """A report in words."""
    if not report.sound:
        if report.strange:
            yield STRANGE.format(keys=", ".join(report.strange))
        yield from map(str, report.faults[:MOST_SHOWN])
        left = len(report.faults) - MOST_SHOWN + report.more
        if left > 0:
            yield f"And {left} more."
        return
    yield f"Entries: {report.size}, each as it was written and where it was written."
    if report.erased:
        yield f"Texts erased: {report.erased}, each with a signed record of when and why."
    if report.unsealed:
        yield (
            f"Entries sealed with a key that is lost: {report.unsealed}, each in a checkpoint. "
            "One that was altered would be told as a stretch between two checkpoints."
        )
    if report.keys_alone:
        yield ALONE.format(count=report.keys_alone)
    last = f"the last over {report.agreed} entries" if report.heads else "so nothing is signed"
    yield f"Checkpoints of its own: {report.heads}, {last}."
    if report.evidence.reaches:
        yield f"What was kept outside agrees, up to entry {report.evidence.reaches}."
    yield _cannot_exclude(report)
