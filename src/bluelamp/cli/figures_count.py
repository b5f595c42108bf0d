"""`bluelamp figures count` and `measures`: lists of events become the figures of a measure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bluelamp.cli.figures_asking import find_organisation, find_plan, print_wire, read_day
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name

if TYPE_CHECKING:
    from bluelamp.performance.measures.compute import Claimed
    from bluelamp.performance.measures.counting import Outcome
    from bluelamp.performance.measures.definition import Measure
    from bluelamp.performance.measures.records import ReadList
    from bluelamp.performance.plans import Plan

MOST_REFUSED = 50
MEASURE = Annotated[str, typer.Argument(help="The measure, by its slug; bluelamp figures measures lists them.")]
FILE = Annotated[Path, typer.Argument(help="The list: .csv or .xlsx, a row for each event.")]
PLAN = Annotated[str, typer.Option("--plan", metavar="PLAN", help="Which figures of this plan the list gives.")]
LOAD = Annotated[bool, typer.Option("--load", help="Load them as the plan's next vintage; needs --plan.")]
COVERS = Annotated[
    str,
    typer.Option("--covers-to", metavar="DAY", help="The last day the list covers; the last it names otherwise."),
]
KNOWN_ON = Annotated[
    str, typer.Option("--known-on", metavar="DAY", help="The day on which it was known; today otherwise.")
]
LEAVE_OUT = Annotated[
    bool, typer.Option("--leave-out-refused", help="Go on without the rows that cannot be read.")
]
KEEP_LIST = Annotated[
    bool,
    typer.Option(
        "--keep-list", help="Keep the list itself with the load, not only its counts. It may name people."
    ),
]
MONTHS = Annotated[int, typer.Option("--months", min=1, help="How many of the latest months are shown.")]
ORGANISATION = Annotated[
    str,
    typer.Option("--organisation", metavar="CODE", help="Whose record the load becomes; everybody's otherwise."),
]
MARKING = Annotated[str, typer.Option("--marking", help="Of the load: OFFICIAL or OFFICIAL-SENSITIVE.")]
JSON = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@dataclass(frozen=True)
class _CountedList:
    """A list that was read and counted. `day_given`: somebody said how far it goes."""

    path: Path
    measure: Measure
    read: ReadList
    outcome: Outcome
    day: dt.date
    day_given: bool
    plan: Plan | None
    claimed: Claimed | None


def count(
    measure: MEASURE,
    file: FILE,
    plan: PLAN = "",
    load: LOAD = False,
    covers_to: COVERS = "",
    known_on: KNOWN_ON = "",
    leave_out_refused: LEAVE_OUT = False,
    keep_list: KEEP_LIST = False,
    months: MONTHS = 12,
    organisation: ORGANISATION = "",
    marking: MARKING = "OFFICIAL",
    as_json: JSON = False,
) -> None:
    """Count a list of events: by output, group, area and month, with what was left out and why.

    The exit code is 1 where rows were refused, unless they are left out on purpose; with --load nothing is
    loaded then, and it is 2.
    """
    if load and not plan:
        raise PlainError("Say with --plan of which plan the figures are to be loaded.")
    found = _count(measure, file, plan, covers_to)
    number = 0
    if load:
        number = _load(found, known_on, organisation, marking, leave_out=leave_out_refused, keep_list=keep_list)
    if as_json:
        _print_json(found, number)
    else:
        _print_table(found, months, number, loading=load)
    if found.read.refused and not leave_out_refused:
        raise typer.Exit(1)


def _count(slug: str, path: Path, plan_slug: str, covers_to: str) -> _CountedList:
    from bluelamp.performance.measures.claimed import find_population
    from bluelamp.performance.measures.compute import claim_series, count_records, latest_day
    from bluelamp.performance.measures.definition import find_measure

    own = _find_own(plan_slug)
    measure = find_measure(slug, own)
    plan = find_plan(plan_slug) if plan_slug else None
    read = _read(path, measure)
    if not read.records and read.refused:
        first = read.refused[0]
        raise PlainError(f"Every row was refused, so there is nothing to count. {first.cell}: {first.message}")
    day = read_day(covers_to) if covers_to else latest_day(read.records)
    people = find_population(plan, day) if plan else {}
    outcome = count_records(read.records, measure, day=day, extra=own, population=people)
    claimed = claim_series(outcome, measure, plan) if plan else None
    return _CountedList(path, measure, read, outcome, day, bool(covers_to), plan, claimed)


def _find_own(plan: str) -> Path | None:
    """The workspace's own definitions. Only a plan needs the workspace opened."""
    from bluelamp.cli.own_definitions import find_own_definitions

    if plan:
        from bluelamp.cli.django import open_workspace

        open_workspace()
    return find_own_definitions()


def _read(path: Path, measure: Measure) -> ReadList:
    from bluelamp.cli.screen import make_progress
    from bluelamp.documents.sandbox import read_grid
    from bluelamp.performance.measures.records import read_records

    if not path.is_file():
        raise PlainError(f"There is no file {show_name(str(path))}: check its name.")
    with make_progress() as progress:
        task = progress.add_task("Reading the list", total=2)
        form = read_grid(path, path.name)
        progress.advance(task)
        read = read_records(form, measure)
        progress.advance(task)
    return read


def _load(
    found: _CountedList, known_on: str, organisation: str, marking: str, *, leave_out: bool, keep_list: bool
) -> int:
    """The number of the new vintage; 0 where nothing in it was new."""
    import hashlib

    from bluelamp.ledger.actions import Operator
    from bluelamp.lib.calendar_days import london_day
    from bluelamp.performance.actions_figures import FILE as FROM_FILE
    from bluelamp.performance.actions_figures import GivenFile, LoadAsked, load_figures
    from bluelamp.performance.measures.claimed import make_counted_csv, make_read

    if found.plan is None or found.claimed is None:  # cannot be: asked for above
        raise PlainError("Say with --plan of which plan the figures are to be loaded.")
    now = dt.datetime.now(dt.UTC)
    name, data = show_name(found.path.name), found.path.read_bytes()
    counted = GivenFile(f"{found.measure.slug}-counted.csv", make_counted_csv(found.outcome, found.measure))
    sha256 = hashlib.sha256(data).hexdigest()
    asked = LoadAsked(
        plan=found.plan,
        kind=FROM_FILE,
        name=name,
        known_on=read_day(known_on) if known_on else london_day(now),
        files=(counted, GivenFile(name, data)) if keep_list else (counted,),
        note=f"Counted by {found.measure.slug} from a list of {len(found.read.records):,} rows, SHA-256 {sha256}.",
        organisation=find_organisation(organisation) if organisation else None,
        marking=marking,
    )
    read = make_read(found.claimed, found.read, found.outcome, file=name, day=found.day)
    if not read.figures:
        raise PlainError(f"The list covers no whole month up to {found.day.isoformat()}: nothing was loaded.")
    done = load_figures(read, asked, by=Operator("figures count"), now=now, leave_out=leave_out)
    return done.load.number if done.load else 0


# -- what is printed -----------------------------------------------------------------------------------------


def _print_table(found: _CountedList, months: int, number: int, *, loading: bool) -> None:
    from bluelamp.cli.screen import say
    from bluelamp.lib.calendar_days import say_day
    from bluelamp.lib.written import say_many

    say(f"{found.measure.name}: {say_many(len(found.read.records), 'row')} counted, to {say_day(found.day)}.")
    if not found.day_given:
        say("That is the last day it names; say with --covers-to how far it goes if that is further.")
    _print_rows(found, months)
    for reason, rows in found.outcome.left_out.items():
        say(f"Left out, because {reason}: {say_many(rows, 'row')}.")
    for note in found.outcome.notes:
        say(note)
    for each in found.read.refused[:MOST_REFUSED]:
        say(f"Refused: {each.cell}: {each.message}")
    if len(found.read.refused) > MOST_REFUSED:
        say(f"… and {len(found.read.refused) - MOST_REFUSED:,} more (--json prints all).")
    if found.claimed is not None:
        _say_claimed(found)
    if number:
        say(f"Loaded as vintage {number}.")
    elif loading:
        say("There is nothing new in it, so nothing was loaded.")
    elif found.claimed is not None:
        say("Nothing was written: give --load to load it.")


def _print_rows(found: _CountedList, months: int) -> None:
    from rich.table import Table

    from bluelamp.cli.screen import make_console, say
    from bluelamp.performance.measures.claimed import say_marks
    from bluelamp.performance.measures.compute import covered

    span = covered(found.outcome)
    if span is None:
        say("No figure comes of it.")
        return
    first = max(span[0], span[1].plus(1 - months))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Output", "Group", "Area", "Month", "Value", "Numerator", "Denominator", ""):
        amount = head in ("Value", "Numerator", "Denominator")
        table.add_column(head, justify="right" if amount else "left", overflow="fold", no_wrap=head == "Month")
    for counted in found.outcome.counted:
        unit = output.unit if (output := found.measure.output(counted.output)) else ""
        for point in counted.points:
            if point.to >= first:
                table.add_row(
                    *(counted.output, counted.group, counted.area, str(point.to), _say_value(point, unit)),
                    *(_say_number(point.numerator), _say_number(point.denominator), say_marks(point)),
                )
    make_console().print(table)
    if first > span[0]:
        say(f"Months before {first.words} are not shown: --months shows more.")


def _say_value(point: Any, unit: str) -> str:
    from bluelamp.figures.saying import round_figure
    from bluelamp.performance.series import UNKNOWN

    if point.value is None:
        return UNKNOWN[point.unknown]
    whole = point.value == point.value.to_integral_value()
    rounded = round_figure(point.value, 0 if whole and unit != "percentage" else 1)
    return f"{rounded:,}%" if unit == "percentage" else f"{rounded:,}"


def _say_number(number: Any) -> str:
    if number is None:
        return ""
    return f"{int(number):,}" if number == number.to_integral_value() else f"{number.normalize():,f}"


def _say_claimed(found: _CountedList) -> None:
    from bluelamp.cli.screen import say

    if found.claimed is None or found.plan is None:
        return
    codes = list(dict.fromkeys(series.key.code for series in found.claimed.series))
    say(f"Of the plan {found.plan.slug} these are figures of {', '.join(codes)}.")
    for area in found.claimed.unplaced:
        say(f"The plan has no area “{area}”: its figures find no place there.")


def _print_json(found: _CountedList, number: int) -> None:
    from bluelamp.performance.stored_points import store_points

    claimed = found.claimed
    print_wire(
        {
            "schema": "bluelamp.figures-count/1",
            "measure": found.measure.slug,
            "rows": len(found.read.records),
            "covers_to": found.day.isoformat(),
            "counted": [
                {
                    "output": counted.output,
                    "group": counted.group,
                    "area": counted.area,
                    "points": store_points(counted.points),
                }
                for counted in found.outcome.counted
            ],
            "left_out": dict(found.outcome.left_out),
            "notes": list(found.outcome.notes),
            "refused": [{"cell": each.cell, "message": each.message} for each in found.read.refused],
            "plan": None
            if claimed is None
            else {
                "series": [
                    {"code": each.key.code, "area": each.key.area, "span": each.key.span.value}
                    for each in claimed.series
                ],
                "unplaced": list(claimed.unplaced),
                "vintage": number or None,
            },
        }
    )


def measures(as_json: JSON = False) -> None:
    """List the measures: what each counts, of what, from which columns, and its example."""
    from bluelamp.cli.own_definitions import find_own_definitions
    from bluelamp.performance.measures.definition import load_measures

    found = sorted(load_measures(find_own_definitions()).values(), key=lambda each: each.slug)
    if as_json:
        print_wire({"schema": "bluelamp.measures/1", "measures": [_measure_to_wire(each) for each in found]})
        return
    for measure in found:
        _print_measure(measure)


def _print_measure(measure: Measure) -> None:
    from bluelamp.cli.screen import say

    doubt = "" if measure.verified else " (not verified)"
    say(f"{measure.slug}: {measure.name}{doubt}")
    for output in measure.outputs:
        of = f", of: {output.denominator}" if output.denominator else ""
        counted = f": {output.numerator}{of}" if output.numerator else ""
        say(f"  {output.slug}, {output.name} ({output.unit}){counted}")
    columns = [
        f"{field.heads[0]}{' (may be missing)' if field.optional else ''}" for field in measure.fields.values()
    ]
    say(f"  Columns: {', '.join(columns)}")
    if example := find_example(measure):
        say(f"  Example: {example}")
    say("")


def find_example(measure: Measure) -> Path | None:
    """The list that is shipped as its example."""
    from bluelamp.lib.definitions import SHIPPED

    path = SHIPPED / "examples" / "measures" / measure.example
    return path if measure.example and path.is_file() else None


def _measure_to_wire(measure: Measure) -> dict[str, Any]:
    import msgspec

    example = find_example(measure)
    return {
        "slug": measure.slug,
        "name": measure.name,
        "kind": measure.kind,
        "outputs": msgspec.to_builtins(measure.outputs),
        "columns": [
            {"name": name, "kind": field.kind, "heads": list(field.heads), "optional": field.optional}
            for name, field in measure.fields.items()
        ],
        "example": str(example) if example else None,
        "source": measure.source,
        "notes": measure.notes,
        "verified": measure.verified,
    }
