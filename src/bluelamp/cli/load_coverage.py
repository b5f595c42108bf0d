"""`bluelamp load coverage`, `quality` and `list`: what is in the warehouse, missing from it, wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bluelamp.cli.figures_asking import print_wire
from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.performance.warehouse.coverage import Covered, Stretch
    from bluelamp.performance.warehouse.manifest import Warehouse

KIND = Annotated[str, typer.Option("--kind", help="Of this kind of records only, such as street.")]
FORCE = Annotated[list[str] | None, typer.Option("--force", help="Of this force only (a slug); may be repeated.")]
NUMBER = Annotated[int, typer.Argument(help="The load's number; the last otherwise.")]
JSON = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


def open_warehouse() -> Warehouse:
    """The workspace's warehouse, to be read."""
    from bluelamp.cli.django import open_workspace
    from bluelamp.performance.warehouse.manifest import Warehouse

    return Warehouse(open_workspace().folder / "warehouse")


def coverage(kind: KIND = "", force: FORCE = None, as_json: JSON = False) -> None:
    """List which months of which force are there, by kind. What is absent is not zero in any count."""
    warehouse = open_warehouse()
    from bluelamp.performance.warehouse.coverage import find_coverage, find_kinds, find_stretches

    manifest = warehouse.read_manifest()
    kinds = find_kinds(manifest)
    if kind and kind not in kinds:
        raise PlainError(f"There are no records of the kind “{kind}”: there are {', '.join(kinds) or 'none yet'}.")
    found = [
        each
        for name in ([kind] if kind else kinds)
        for each in find_coverage(manifest, kind=name, forces=force or None)
    ]
    if as_json:
        wire = [_covered_to_wire(each) for each in found]
        print_wire({"schema": "bluelamp.coverage/1", "load": manifest.load, "coverage": wire})
        return
    _print_stretches(find_stretches(found))


def _covered_to_wire(each: Covered) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "force": each.force,
        "month": str(each.month),
        "coverage": each.presence.value,
        "rows": each.rows,
        "known_on": each.known_on.isoformat() if each.known_on else None,
        "load": each.load,
    }


def _print_stretches(stretches: list[Stretch]) -> None:
    from rich.table import Table

    from bluelamp.cli.screen import make_console, say
    from bluelamp.performance.warehouse.coverage import Presence

    if not stretches:
        say("No records are loaded yet; begin with bluelamp load police-uk ARCHIVE.zip.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Kind", "Force", "From", "To", "", "Records"):
        table.add_column(head, justify="right" if head == "Records" else "left")
    for each in stretches:
        rows = "not known" if each.rows is None else f"{each.rows:,}"
        table.add_row(each.kind, each.force, each.first.short, each.last.short, each.presence.value, rows)
    make_console().print(table)
    if any(each.presence is Presence.ABSENT for each in stretches):
        say("Absent: other forces' lists of the month were loaded; this one was not published, or is not in them.")


def quality(number: NUMBER = 0, as_json: JSON = False) -> None:
    """List what is wrong with the records that a load brought; with --json, month by month."""
    warehouse = open_warehouse()
    from bluelamp.cli.load_words import quality_to_wire, say_quality
    from bluelamp.performance.warehouse.load_in_progress import read_quality

    last = warehouse.read_manifest().load
    wanted = number or last
    if not 1 <= wanted <= last:
        raise PlainError(f"There is no load {wanted} of records: bluelamp load list shows those that there are.")
    report = read_quality(warehouse, wanted)
    if as_json:
        found = quality_to_wire(report, by_month=True)
        print_wire({"schema": "bluelamp.records-quality/1", "load": wanted, "found": found})
        return
    say_quality(report)


def loads(as_json: JSON = False) -> None:
    """List the loads of records: each archive or list that brought something, with its vintage."""
    warehouse = open_warehouse()
    from rich.table import Table

    from bluelamp.cli.load_words import load_to_wire
    from bluelamp.cli.screen import make_console, say

    found = warehouse.read_loads()
    if as_json:
        print_wire({"schema": "bluelamp.records-loads/1", "loads": [load_to_wire(each) for each in found]})
        return
    if not found:
        say("No records are loaded yet; begin with bluelamp load police-uk ARCHIVE.zip.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Load", "From", "What", "Known on", "Records", "Replaced", "Older"):
        table.add_column(head, justify="left" if head in ("From", "What", "Known on") else "right")
    for each in found:
        numbers = (f"{each.rows:,}", f"{each.replaced:,}", f"{each.older:,}")
        table.add_row(str(each.number), each.source, each.name, each.known_on.isoformat(), *numbers)
    make_console().print(table)
