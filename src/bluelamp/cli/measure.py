"""`bluelamp measure CODE...`: a measure counted from the warehouse's records, by whatever keys."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.performance.cubes.measuring import Engine, Measured
    from bluelamp.performance.cubes.record_measures import RecordMeasure
    from bluelamp.performance.warehouse.manifest import Warehouse
    from bluelamp.performance.warehouse.mappings import RecordsMapping

MOST_ROWS = 200
CODES = Annotated[
    list[str] | None,
    typer.Argument(help="Measures by their slugs, or one of its outputs: stop-search-find-rate/of-known."),
]
BY = Annotated[
    str, typer.Option("--by", metavar="KEYS", help="Keys, as force,month,crime-type; none for one total.")
]
WINDOW = Annotated[str, typer.Option("--window", help="What each month's figure covers: month or 12-months.")]
FROM = Annotated[str, typer.Option("--from", metavar="MONTH", help="The first month, as 2025-01.")]
TO = Annotated[str, typer.Option("--to", metavar="MONTH", help="The last month.")]
ONLY = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="KEY=VALUE", help="Only such records, as force=nottinghamshire; repeatable."),
]
ENGINE = Annotated[str, typer.Option("--engine", help="What counts: duckdb.")]
MEMORY = Annotated[
    str, typer.Option("--memory", help="What the engine may hold, as 1GB; it spills to disk beyond.")
]
RECORDS = Annotated[
    Path | None, typer.Option("--warehouse", metavar="FOLDER", help="The warehouse; else the workspace's own.")
]
LIST = Annotated[bool, typer.Option("--list", help="List the measures instead.")]
JSON = Annotated[bool, typer.Option("--json", help="Print as JSON (bluelamp.measure/1).")]


def measure(
    codes: CODES = None,
    by: BY = "force,month",
    window: WINDOW = "month",
    first: FROM = "",
    last: TO = "",
    only: ONLY = None,
    engine: ENGINE = "duckdb",
    memory: MEMORY = "1GB",
    warehouse: RECORDS = None,
    list_all: LIST = False,
    as_json: JSON = False,
) -> None:
    """Count measures from the records that were loaded: numerator, denominator, value, interval and coverage.

    A force's month that was not published is unknown in every figure that it belongs to, never zero. Several
    measures with --json are printed one after another, a line each.
    """
    from bluelamp.cli.own_definitions import find_own_definitions
    from bluelamp.performance.cubes.record_measures import find_record_measure, load_record_measures
    from bluelamp.performance.warehouse.mappings import load_mappings

    own = find_own_definitions()
    mappings = load_mappings(own)
    known = load_record_measures(mappings, own)
    if list_all:
        _print_measures(known.values(), as_json=as_json)
        return
    if not codes:
        raise PlainError(f"Say which measure; there are {', '.join(sorted(known))}.")
    wanted = [find_record_measure(code, known) for code in codes]
    counts = _find_engine(engine, memory)
    held = _find_warehouse(warehouse)
    for each in wanted:
        found = _measure(
            each, mappings, own, held, counts, by=by, window=window, months=(first, last), only=only or ()
        )
        if as_json:
            _print_json(found, one_line=len(wanted) > 1)
        else:
            _print_table(found)


def _measure(
    measure: RecordMeasure,
    mappings: dict[str, RecordsMapping],
    own: Path | None,
    warehouse: Warehouse,
    engine: Engine,
    *,
    by: str,
    window: str,
    months: tuple[str, str],
    only: tuple[str, ...] | list[str],
) -> Measured:
    from bluelamp.cli.screen import make_progress
    from bluelamp.performance.cubes.asking import read_asked
    from bluelamp.performance.cubes.lookups import find_lookups, read_lookup
    from bluelamp.performance.cubes.measuring import measure_records
    from bluelamp.performance.cubes.opening import open_asked
    from bluelamp.performance.cubes.record_measures import columns_of
    from bluelamp.performance.warehouse.sight import OPERATOR

    columns = columns_of(measure.kind, mappings)
    levels = find_lookups(own)
    asked = read_asked(
        by=by, window=window, first=months[0], last=months[1], only=only, columns=columns, levels=levels
    )
    lookups = {key.lookup: read_lookup(levels[key.lookup]) for key in asked.keys if key.lookup}
    records = open_asked(warehouse, measure, asked, viewer=OPERATOR)
    with make_progress() as progress:
        progress.add_task(f"Counting {measure.slug}", total=None)
        return measure_records(measure, asked, records, engine=engine, columns=columns, lookups=lookups)


def _find_engine(name: str, memory: str) -> Engine:
    import re

    from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
    from bluelamp.performance.warehouse.connection import EngineLimits

    if name != "duckdb":
        raise PlainError(f"There is no engine {name[:40]}: there is duckdb.")
    if not re.fullmatch(r"[1-9][0-9]{0,5} ?[MGT]B", memory):
        raise PlainError(f"--memory {memory[:40]}: write it as 500MB or 4GB.")
    return DuckDbEngine(EngineLimits(memory=memory))


def _find_warehouse(folder: Path | None) -> Warehouse:
    from bluelamp.performance.cubes.opening import find_warehouse_folder
    from bluelamp.performance.warehouse.manifest import Warehouse

    return Warehouse(folder or find_warehouse_folder(os.environ.get("BLUELAMP_WORKSPACE", "")))


def _print_measures(known: Iterable[RecordMeasure], *, as_json: bool) -> None:
    from bluelamp.cli.figures_asking import print_wire
    from bluelamp.cli.screen import say

    found = sorted(known, key=lambda each: each.slug)
    if as_json:
        print_wire({"schema": "bluelamp.record-measures/1", "measures": found})
        return
    for measure in found:
        doubt = "" if measure.verified else " (not verified)"
        say(f"{measure.slug}: {measure.name} (records: {measure.kind}){doubt}")
        for output in measure.outputs:
            of = f", of: {measure.tallies[output.denominator].name}" if output.denominator else ""
            say(f"  {output.slug}, {output.name} ({output.unit}): {measure.tallies[output.numerator].name}{of}")


def _print_json(measured: Measured, *, one_line: bool) -> None:
    """A cell a line, written as they are made: a cube may have millions."""
    import msgspec

    from bluelamp.performance.cubes.cells import cells_to_wire, measure_to_wire

    encoder = msgspec.json.Encoder(decimal_format="number")
    out = sys.stdout.buffer
    out.write(encoder.encode(measure_to_wire(measured))[:-1] + b',"cells":[')
    end = b"" if one_line else b"\n"
    for number, cell in enumerate(cells_to_wire(measured)):
        out.write((b"," if number else b"") + end + encoder.encode(cell))
    out.write(end + b"]}\n")


def _print_table(measured: Measured) -> None:
    from rich.table import Table

    from bluelamp.cli.screen import make_console, say
    from bluelamp.performance.cubes.cells import say_row

    for figures in measured.figures:
        output = figures.output
        tallies = measured.measure.tallies
        say(f"{measured.measure.name}: {output.name}" if len(measured.figures) > 1 else measured.measure.name)
        say(f"  Counted: {tallies[output.numerator].name}")
        if output.denominator:
            say(f"  Of: {tallies[output.denominator].name}")
        table = Table(box=None, pad_edge=False, header_style="bold")
        for each in measured.keys:
            table.add_column(each.key.name, overflow="fold", no_wrap=each.key.name == "month")
        for head in ("Numerator", "Denominator", "Value (95% interval)") if output.denominator else ("Number",):
            table.add_column(head, justify="right")
        table.add_column("")
        for row in range(min(len(measured), MOST_ROWS)):
            table.add_row(*say_row(measured, figures, row))
        make_console().print(table)
        if len(measured) > MOST_ROWS:
            more = len(measured) - MOST_ROWS
            say(f"… and {more:,} more rows: narrow it with --from, --to or --only, or ask for --json.")
    if not measured.made and measured.keys:
        say("Cells that are not listed had no records in months that were published.")
    if measured.measure.notes:
        say(measured.measure.notes)
