"""`bluelamp load`: records that figures are counted from come into the warehouse."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bluelamp.cli.figures_asking import print_wire, read_day
from bluelamp.cli.load_boundaries import boundaries as load_boundaries
from bluelamp.cli.load_coverage import coverage, loads, quality
from bluelamp.cli.load_words import loaded_to_wire, say_loaded
from bluelamp.cli.screen import say
from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.performance.warehouse.load_in_progress import LoadAsked, Watcher
    from bluelamp.performance.warehouse.loading_lists import Months
    from bluelamp.performance.warehouse.manifest import Warehouse

app = typer.Typer(
    help="Records that figures are counted from: load archives and lists, see what is there.", no_args_is_help=True
)
app.command()(coverage)
app.command()(quality)
app.command(name="list")(loads)
app.command(name="boundaries")(load_boundaries)

ARCHIVES = Annotated[
    list[Path], typer.Argument(metavar="ARCHIVE.zip|FOLDER", help="The archives, each a load of its own.")
]
MAPPING = Annotated[
    str, typer.Argument(metavar="MAPPING.yaml", help="How the list is laid out: a file, or a slug.")
]
FILE = Annotated[Path, typer.Argument(help="The list: .csv, .xlsx or .parquet, a row for each record.")]
KNOWN_ON = Annotated[
    str,
    typer.Option(
        "--known-on",
        metavar="DAY",
        help="The day on which it was what was known. Of an archive, the last day of its last month otherwise; "
        "of a list, today.",
    ),
]
COVERS = Annotated[
    str,
    typer.Option(
        "--covers", metavar="FROM:TO", help="Months that the list is complete for, such as 2024-04:2025-03."
    ),
]
BOUNDARIES = Annotated[
    Path | None,
    typer.Option(
        "--boundaries",
        help="GeoJSON whose features name a force (property “force”, a slug): where its coordinates may lie.",
    ),
]
LEAVE_OUT = Annotated[bool, typer.Option("--leave-out-refused", help="Load the rest where a file is refused.")]
ORGANISATION = Annotated[
    str, typer.Option("--organisation", metavar="CODE", help="Whose record it becomes; everybody's otherwise.")
]
MARKING = Annotated[str, typer.Option("--marking", help="OFFICIAL or OFFICIAL-SENSITIVE.")]
MEMORY = Annotated[
    str, typer.Option("--memory", help="What the engine may use, such as 512MB; it spills to disk beyond.")
]
JSON = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command(name="police-uk")
def load_police_uk(
    archives: ARCHIVES,
    known_on: KNOWN_ON = "",
    boundaries: BOUNDARIES = None,
    leave_out_refused: LEAVE_OUT = False,
    memory: MEMORY = "1GB",
    as_json: JSON = False,
) -> None:
    """Load archives of data.police.uk: street crime, outcomes, stop and search, by month and force.

    All of an archive comes in, or none. What a newer archive says of a month replaces what an older one said,
    which is kept; loading an archive again changes nothing.
    """
    warehouse = _open("", "OFFICIAL")
    from bluelamp.performance.warehouse.loading_archives import load_archive
    from bluelamp.performance.warehouse.mappings import load_mappings

    mappings = list(load_mappings(_own_definitions()).values())
    done = []
    for path in archives:
        asked = _ask("load police-uk", known_on, boundaries, memory, leave_out=leave_out_refused)
        with _watching(path) as watcher:
            done.append(load_archive(warehouse, path, mappings, asked, watcher))
        _record(warehouse, "load police-uk")
        if not as_json:
            say_loaded(path.name, done[-1])
    if as_json:
        print_wire({"schema": "bluelamp.load/1", "loads": [loaded_to_wire(each) for each in done]})


@app.command(name="records")
def load_records(
    mapping: MAPPING,
    file: FILE,
    known_on: KNOWN_ON = "",
    covers: COVERS = "",
    boundaries: BOUNDARIES = None,
    organisation: ORGANISATION = "",
    marking: MARKING = "OFFICIAL",
    memory: MEMORY = "1GB",
    as_json: JSON = False,
) -> None:
    """Load a force's own list (crimes, incidents, calls, referrals, stops) as its mapping says."""
    code = organisation.upper()
    warehouse = _open(code, marking)
    from dataclasses import replace

    from bluelamp.lib.calendar_days import london_day
    from bluelamp.performance.warehouse.loading_lists import load_list
    from bluelamp.performance.warehouse.mappings import find_mapping, is_kept, load_mappings, say_where_kept

    found = find_mapping(mapping, _own_definitions())
    asked = _ask("load records", known_on, boundaries, memory)
    day = asked.known_on or london_day(asked.now)
    asked = replace(asked, known_on=day, organisation=code, marking=marking)
    months = _read_covers(covers)
    with _watching(file) as watcher:
        done = load_list(warehouse, file, found, asked, watcher, covers=months)
    _record(warehouse, "load records")
    if as_json:
        print_wire({"schema": "bluelamp.load/1", "loads": [loaded_to_wire(done)]})
        return
    say_loaded(file.name, done)
    if not is_kept(found, load_mappings(_own_definitions())):
        where = say_where_kept(warehouse.folder.parent / "definitions", mapping)
        say(
            "", f"What it holds cannot be measured yet: no mapping that is kept says which columns it has. {where}"
        )


def _open(organisation: str, marking: str) -> Warehouse:
    """The workspace's warehouse; the record first hears of loads that a stopped command did not tell it."""
    from bluelamp.cli.django import open_workspace
    from bluelamp.performance.warehouse.manifest import Warehouse

    workspace = open_workspace()
    from bluelamp.performance.actions_records import check_asked

    check_asked(marking=marking, organisation=organisation)
    warehouse = Warehouse(workspace.folder / "warehouse")
    _record(warehouse, "load")
    return warehouse


def _record(warehouse: Warehouse, command: str) -> None:
    from bluelamp.ledger.actions import Operator
    from bluelamp.performance.actions_records import record_loads

    record_loads(warehouse, by=Operator(command), now=dt.datetime.now(dt.UTC))


def _own_definitions() -> Path | None:
    from django.conf import settings

    own: Path | None = settings.WORKSPACE_DEFINITIONS
    return own


def _ask(
    command: str, known_on: str, boundaries: Path | None, memory: str, *, leave_out: bool = False
) -> LoadAsked:
    from bluelamp.ledger.actions import Operator
    from bluelamp.lib.calendar_days import london_day
    from bluelamp.performance.warehouse.boundaries import read_boxes
    from bluelamp.performance.warehouse.connection import EngineLimits, check_memory
    from bluelamp.performance.warehouse.load_in_progress import LoadAsked

    check_memory(memory)
    now = dt.datetime.now(dt.UTC)
    day = read_day(known_on) if known_on else None
    if day and day > london_day(now):
        raise PlainError(f"Nobody knows records on {known_on} yet: give today or an earlier day.")
    return LoadAsked(
        id=str(uuid.uuid4()),
        by=Operator(command).ledger_label,
        now=now,
        known_on=day,
        leave_out=leave_out,
        limits=EngineLimits(memory=memory),
        boxes=read_boxes(boundaries) if boundaries else {},
    )


def _read_covers(said: str) -> Months | None:
    from bluelamp.figures.months import Month

    if not said:
        return None
    try:
        first, last = (Month.parse(each) for each in said.split(":"))
    except ValueError as error:
        raise PlainError(f"“{said}” are no months: write them as 2024-04:2025-03.") from error
    if last < first:
        raise PlainError(f"“{said}” ends before it begins.")
    return first, last


@contextmanager
def _watching(path: Path) -> Iterator[Watcher]:
    """A bar that shows how much of it was read, how fast, and how long it still takes."""
    from bluelamp.cli.load_words import make_bytes_progress
    from bluelamp.lib.names import show_name

    with make_bytes_progress() as progress:
        task = progress.add_task(show_name(path.name), total=None)
        yield _Bar(progress, task)


class _Bar:
    def __init__(self, progress: Any, task: Any) -> None:
        self.progress, self.task = progress, task

    def begin(self, total: int) -> None:
        self.progress.update(self.task, total=total)

    def advance(self, read: int) -> None:
        self.progress.advance(self.task, read)
