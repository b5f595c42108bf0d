"""`bluelamp figures`: figures come in with their vintages, are compared, taken back, and leave for analysts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bluelamp.cli.figures_asking import EVERYBODY, find_organisation, find_owner_of, find_plan, read_day
from bluelamp.cli.figures_count import count, measures
from bluelamp.cli.figures_export import export
from bluelamp.cli.figures_records import from_records
from bluelamp.cli.figures_vintages import compare, loads, withdraw
from bluelamp.cli.figures_words import show_load
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name

if TYPE_CHECKING:
    from bluelamp.performance.actions_figures import GivenFile, LoadAsked
    from bluelamp.performance.loading_figures import ReadFigures
    from bluelamp.performance.plans import Plan

app = typer.Typer(help="Figures of a plan's indicators: load, compare, withdraw, export.", no_args_is_help=True)

app.command()(loads)
app.command()(compare)
app.command()(withdraw)
app.command()(export)
app.command()(count)
app.command()(measures)
app.command(name="from-records")(from_records)

FILES = Annotated[list[Path] | None, typer.Argument(help="The files: .csv or .xlsx. Together they are one load.")]
PLAN = Annotated[str, typer.Option("--plan", metavar="PLAN", help="The plan, by its slug.")]
MAPPING = Annotated[
    str, typer.Option("--mapping", help="How the list is laid out: a name, or a YAML file. Found out otherwise.")
]
SHEET = Annotated[str, typer.Option("--sheet", help="The only sheet of a workbook to be read.")]
SPAN = Annotated[
    str, typer.Option("--span", help="How long its periods are: month, quarter, half-year, 12-months.")
]
KNOWN_ON = Annotated[
    str,
    typer.Option("--known-on", metavar="DAY", help="The day on which the figures were known; today otherwise."),
]
DOCUMENT = Annotated[
    str,
    typer.Option(
        "--from-document", metavar="SHA", help="Load what was accepted of a published report, by its SHA-256."
    ),
]
ACCEPT = Annotated[bool, typer.Option("--accept", help="Load them; nothing is written without.")]
LEAVE_OUT = Annotated[bool, typer.Option("--leave-out-refused", help="Load the rest where some of it is refused.")]
NOTE = Annotated[str, typer.Option("--note", help="What should stand beside the load.")]
ORGANISATION = Annotated[
    str,
    typer.Option(
        "--organisation",
        metavar="CODE",
        help="Whose record it becomes: a code, or everybody. Otherwise that of whose plan it is; of a published"
        " report, that of its document.",
    ),
]
MARKING = Annotated[str, typer.Option("--marking", help="OFFICIAL or OFFICIAL-SENSITIVE.")]
JSON = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command()
def load(
    files: FILES = None,
    plan: PLAN = "",
    mapping: MAPPING = "",
    sheet: SHEET = "",
    span: SPAN = "",
    known_on: KNOWN_ON = "",
    from_document: DOCUMENT = "",
    accept: ACCEPT = False,
    leave_out_refused: LEAVE_OUT = False,
    note: NOTE = "",
    organisation: ORGANISATION = "",
    marking: MARKING = "OFFICIAL",
    as_json: JSON = False,
) -> None:
    """Show what is new, revised and refused in files of figures; with --accept, load them as one vintage.

    All of the figures come in, or none. The exit code is 1 where something is refused and nothing was asked for,
    2 where something is refused and nothing was loaded.
    """
    from bluelamp.cli.django import open_workspace

    open_workspace()
    from bluelamp.performance.actions_figures import look_at_load

    if bool(files) == bool(from_document):
        raise PlainError("Name the files to load, or a published report with --from-document, and not both.")
    read, asked = (
        _read_document(from_document, plan, span, known_on)
        if from_document
        else _read_files(files or [], find_plan(plan), mapping, sheet, span, known_on)
    )
    asked = _with_details(asked, note, organisation, marking)
    if accept:
        _accept(read, asked, leave_out=leave_out_refused, as_json=as_json)
        return
    found = look_at_load(read, asked, viewer=None)
    show_load(found, 0, as_json=as_json, hint="give --accept to load it", whose=asked.organisation)
    if found.refused:
        raise typer.Exit(1)


def _accept(read: ReadFigures, asked: LoadAsked, *, leave_out: bool, as_json: bool) -> None:
    from bluelamp.ledger.actions import Operator
    from bluelamp.performance.actions_figures import RefusedLoadError, load_figures

    try:
        done = load_figures(
            read, asked, by=Operator("figures load"), now=dt.datetime.now(dt.UTC), leave_out=leave_out
        )
    except RefusedLoadError as refusal:
        show_load(refusal.plan, 0, as_json=as_json, whose=asked.organisation)
        raise
    show_load(done.plan, done.load.number if done.load else 0, as_json=as_json, whose=asked.organisation)


def _read_files(
    files: list[Path], plan: Plan, mapping: str, sheet: str, span: str, known_on: str
) -> tuple[ReadFigures, LoadAsked]:
    from django.conf import settings

    from bluelamp.cli.screen import make_progress
    from bluelamp.lib.calendar_days import london_day
    from bluelamp.performance.actions_figures import FILE, LoadAsked
    from bluelamp.performance.loading_figures import read_files
    from bluelamp.performance.loading_mappings import find_mappings

    given = [_open(path) for path in files]
    today = london_day(dt.datetime.now(dt.UTC))
    day = read_day(known_on) if known_on else today
    if day > today:
        raise PlainError(f"Nobody knows figures on {known_on} yet: give today or an earlier day.")
    mappings = find_mappings(mapping, settings.WORKSPACE_DEFINITIONS)
    with make_progress() as progress:
        task = progress.add_task("Reading the files", total=len(given) + 1)
        named = []
        for file in given:
            named.append(_open_cells(file))
            progress.advance(task)
        read = read_files(named, plan, mappings, day=day, sheet=sheet, span=_read_span(span))
    names = ", ".join(file.name for file in given)
    return read, LoadAsked(plan=plan, kind=FILE, name=names, known_on=day, files=tuple(given))


def _open(path: Path) -> GivenFile:
    from bluelamp.documents.sandbox import DEFAULT
    from bluelamp.performance.actions_figures import GivenFile

    if not path.is_file():
        raise PlainError(f"There is no file {show_name(str(path))}: check its name.")
    if path.stat().st_size > DEFAULT.file_bytes:
        raise PlainError(f"{show_name(path.name)} is larger than {DEFAULT.file_bytes // 1_000_000} MB: split it.")
    return GivenFile(show_name(path.name), path.read_bytes())


def _open_cells(file: GivenFile) -> Any:
    from bluelamp.documents.document import UnreadableFileError
    from bluelamp.documents.sandbox import read_values
    from bluelamp.performance.loading_tables import NamedFile

    try:
        return NamedFile(file.name, read_values(file.data, file.name))
    except UnreadableFileError as error:
        raise PlainError(f"{file.name}: {error}") from error


def _read_span(said: str) -> Any:
    from bluelamp.figures.months import Span

    if not said:
        return None
    if said not in {span.value for span in Span}:
        raise PlainError(f"“{said}” is no length of a period: it is one of {', '.join(Span)}.")
    return Span(said)


def _read_document(sha256: str, plan: str, span: str, known_on: str) -> tuple[ReadFigures, LoadAsked]:
    from bluelamp.figures.months import Span
    from bluelamp.intake.published_figures import find_published, read_published

    day = read_day(known_on) if known_on else None
    document = find_published(sha256, viewer=None)
    return read_published(document, find_plan(plan), span=_read_span(span) or Span.YEAR, known_on=day)


def _with_details(asked: LoadAsked, note: str, organisation: str, marking: str) -> LoadAsked:
    from dataclasses import replace

    if organisation.lower() == EVERYBODY:
        whose = None
    elif organisation:
        whose = find_organisation(organisation)
    else:
        whose = asked.organisation if asked.document else find_owner_of(asked.plan)
    return replace(asked, note=note, organisation=whose, marking=marking)
