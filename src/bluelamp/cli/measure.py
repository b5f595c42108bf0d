"""`bluelamp measure CODE...`: a measure counted from the warehouse's records, by whatever keys."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bluelamp.cli.measure_engines import ENGINE, MEMORY, SPARK_FILES, SPARK_MASTER, EngineAsked, open_engine
from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.performance.cubes.measuring import Measured
    from bluelamp.performance.cubes.record_measures import RecordMeasure
    from bluelamp.performance.suppression_tables import Publication
    from bluelamp.performance.warehouse.manifest import Warehouse

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
RECORDS = Annotated[
    Path | None, typer.Option("--warehouse", metavar="FOLDER", help="The warehouse; else the workspace's own.")
]
LIST = Annotated[bool, typer.Option("--list", help="List the measures instead.")]
PUBLISHED = Annotated[
    bool,
    typer.Option(
        "--published",
        help="As it may be published: small numbers withheld so that nothing gives them back, the rest rounded.",
    ),
]
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
    spark_master: SPARK_MASTER = "local",
    spark_files: SPARK_FILES = "",
    warehouse: RECORDS = None,
    list_all: LIST = False,
    published: PUBLISHED = False,
    as_json: JSON = False,
) -> None:
    """Count measures from the records that were loaded: numerator, denominator, value, interval and coverage.

    A force's month that was not published is unknown in every figure that it belongs to, never zero. Several
    measures with --json are printed one after another, a line each.
    """
    from bluelamp.cli.own_definitions import find_own_definitions
    from bluelamp.performance.cubes.asking import read_asked
    from bluelamp.performance.cubes.record_measures import find_record_measure
    from bluelamp.performance.measure_answers import Counter, RecordDefinitions, answer_published
    from bluelamp.performance.measure_values import check_values
    from bluelamp.performance.warehouse.sight import OPERATOR

    known = RecordDefinitions(find_own_definitions())
    if list_all:
        _print_measures(known.measures.values(), as_json=as_json)
        return
    if not codes:
        raise PlainError(f"Say which measure; there are {', '.join(sorted(known.measures))}.")
    read = partial(read_asked, by=by, window=window, first=first, last=last, only=only or (), levels=known.levels)
    measures = [find_record_measure(code, known.measures) for code in codes]
    wanted = [(each, read(columns=known.columns(each.kind))) for each in measures]
    counts = EngineAsked(name=engine, memory=memory, master=spark_master, files=spark_files)
    held = _find_warehouse(warehouse, elsewhere=counts.reads_elsewhere)
    with open_engine(counts, held) as opened:
        count = Counter(held, OPERATOR, known, opened)
        for each, asked in wanted:
            with _counting(each):
                check_values(asked.only, each.kind, keys=known.keys(each.kind), count=count)
                publication = answer_published(each, asked, count=count, known=known) if published else None
                found = publication.measured if publication else count(each, asked)
            if as_json:
                _print_json(found, publication, one_line=len(wanted) > 1)
            else:
                _print_table(found, publication)


@contextmanager
def _counting(measure: RecordMeasure) -> Iterator[None]:
    from bluelamp.cli.screen import make_progress

    with make_progress() as progress:
        progress.add_task(f"Counting {measure.slug}", total=None)
        yield


def _find_warehouse(folder: Path | None, *, elsewhere: bool) -> Warehouse:
    from bluelamp.performance.cubes.opening import find_warehouse_folder
    from bluelamp.performance.warehouse.manifest import Warehouse

    return Warehouse(folder or find_warehouse_folder(os.environ.get("BLUELAMP_WORKSPACE", "")), elsewhere)


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


def _print_json(measured: Measured, publication: Publication | None, *, one_line: bool) -> None:
    """A cell a line, written as they are made: a cube may have millions."""
    import msgspec

    from bluelamp.performance.cubes.cells import cells_to_wire, measure_to_wire
    from bluelamp.performance.suppression_rules import rule_to_wire

    encoder = msgspec.json.Encoder(decimal_format="number")
    out = sys.stdout.buffer
    head = measure_to_wire(measured) | ({"published": rule_to_wire(publication.rule)} if publication else {})
    out.write(encoder.encode(head)[:-1] + b',"cells":[')
    end = b"" if one_line else b"\n"
    for number, cell in enumerate(cells_to_wire(measured, publication)):
        out.write((b"," if number else b"") + end + encoder.encode(cell))
    out.write(end + b"]}\n")


def _print_table(measured: Measured, publication: Publication | None) -> None:
    from rich.table import Table

    from bluelamp.cli.screen import make_console, say
    from bluelamp.performance.cubes.cells import say_row
    from bluelamp.performance.suppression_rules import say_rule

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
        share = "Value" if publication else "Value (95% interval)"
        for head in ("Numerator", "Denominator", share) if output.denominator else ("Number",):
            table.add_column(head, justify="right")
        table.add_column("")
        for row in range(min(len(measured), MOST_ROWS)):
            table.add_row(*say_row(measured, figures, row, published=publication))
        make_console().print(table)
        if len(measured) > MOST_ROWS:
            more = len(measured) - MOST_ROWS
            say(f"… and {more:,} more rows: narrow it with --from, --to or --only, or ask for --json.")
    if not measured.made and measured.keys:
        say("Cells that are not listed had no records in months that were published.")
    if publication:
        say(say_rule(publication.rule))
    if measured.measure.notes:
        say(measured.measure.notes)
