"""What is said of a load: what came in, what it replaced, what is wrong with it, how fast it was?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from bluelamp.cli.screen import say

if TYPE_CHECKING:
    from rich.progress import Progress

    from bluelamp.performance.warehouse.load_in_progress import Loaded
    from bluelamp.performance.warehouse.manifest import LoadRecord
    from bluelamp.performance.warehouse.quality import QualityReport, Summed

MOST_SHOWN = 60
SHARE_SHOWN = 0.05
"""Blank cells are told on screen from this share of rows on; JSON has all of them."""


def make_bytes_progress() -> Progress:
    """A bar on standard error with bytes, rate and time left; silent where nobody watches."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    )


def say_loaded(name: str, done: Loaded) -> None:
    from bluelamp.lib.names import show_name
    from bluelamp.lib.written import say_many

    for sentence in (*done.told, *done.refused):
        say(sentence)
    if done.record is None:
        say(f"{show_name(name)}: there is nothing new in it, so nothing was changed.")
        return
    load = done.record
    verdicts = ", ".join(f"{count:,} {verdict.value}" for verdict, count in sorted(done.verdicts.items()) if count)
    say(
        f"{load.name}: {say_many(load.rows, 'record')} in {say_many(len(load.brought), 'month')} of a force"
        f" ({verdicts}). Known on {load.known_on.isoformat()}; load {load.number}."
    )
    if done.quality:
        say_quality(done.quality)


def say_quality(report: QualityReport) -> None:
    """The faults of a load, by kind, force and column."""
    from rich.table import Table

    from bluelamp.cli.screen import make_console
    from bluelamp.performance.warehouse.quality import Check, sum_report

    summed = sum_report(report)
    shown = [
        each
        for each in summed
        if each.check is not Check.BLANK or each.is_area or each.rows >= SHARE_SHOWN * each.of
    ]
    if not shown:
        say("Nothing stands out in what was looked for.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Kind", "Force", "Seen", "Column", "Rows", "Of", "Share"):
        table.add_column(head, justify="right" if head in ("Rows", "Of", "Share") else "left")
    for each in shown[:MOST_SHOWN]:
        table.add_row(
            each.kind, each.force, _say_check(each), each.column, f"{each.rows:,}", f"{each.of:,}", _share(each)
        )
    make_console().print(table)
    hidden = len(summed) - len(shown[:MOST_SHOWN])
    if hidden:
        say(f"… and {say_rest(hidden)} (bluelamp load quality {report.load} --json has all of it, by month).")


def say_rest(count: int) -> str:
    return f"{count:,} more line" + ("" if count == 1 else "s")


def _say_check(each: Summed) -> str:
    from bluelamp.lib.names import show_name

    return f"{each.check.value}: {show_name(each.value)}" if each.value else each.check.value


def _share(each: Summed) -> str:
    share = 100 * each.rows / each.of if each.of else 0
    return f"{share:.1f}%" if share >= 0.05 else "under 0.1%"


def load_to_wire(load: LoadRecord) -> dict[str, Any]:
    return {
        "load": load.number,
        "name": load.name,
        "source": load.source,
        "sha256": load.sha256,
        "known_on": load.known_on.isoformat(),
        "loaded": load.loaded.isoformat(),
        "by": load.by,
        "rows": load.rows,
        "months_of_forces": len(load.brought),
        "replaced": load.replaced,
        "older": load.older,
        "confirmed": len(load.confirmed),
        "unplaced": load.unplaced,
        "told": list(load.told),
        "refused": list(load.refused),
    }


def loaded_to_wire(done: Loaded) -> dict[str, Any]:
    """`changed` is false where there was nothing new; then only the verdicts on its parts are told."""
    known = {"told": list(done.told), "refused": list(done.refused)}
    return {
        "changed": done.record is not None,
        "verdicts": {verdict.value: count for verdict, count in done.verdicts.items() if count},
        **(load_to_wire(done.record) if done.record else known),
        "quality": quality_to_wire(done.quality) if done.quality else [],
    }


def quality_to_wire(report: QualityReport, *, by_month: bool = False) -> list[dict[str, Any]]:
    from bluelamp.performance.warehouse.quality import sum_report

    rows: Any = report.found if by_month else sum_report(report)
    return [
        {
            "kind": each.kind,
            "force": each.force,
            **({"month": each.month} if by_month else {}),
            "seen": each.check.value,
            "column": each.column,
            "value": each.value or None,
            "rows": each.rows,
            "of": each.of,
        }
        for each in rows
    ]
