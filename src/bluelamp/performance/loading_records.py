"""Which figures would the records of the warehouse give a plan, from which loads, and whose record would they be?

What is counted from an organisation's records is that organisation's, with the marking of what it came from. The
table of what was counted is kept with the load, with the loads and the day behind each figure.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bluelamp.documents.models import MARKINGS
from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.lib.written import say_many
from bluelamp.organisations.bodies import load_bodies
from bluelamp.organisations.models import Organisation
from bluelamp.organisations.visibility import Viewer
from bluelamp.papers.csv_tables import make_csv
from bluelamp.papers.model import Column, Row, Table
from bluelamp.performance.actions_figures import RECORDS, GivenFile, LoadAsked
from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
from bluelamp.performance.cubes.measuring import Engine
from bluelamp.performance.cubes.opening import FOLDER
from bluelamp.performance.loading_figures import ReadFigure, ReadFigures
from bluelamp.performance.loading_refusals import Place
from bluelamp.performance.measures.claimed import print_number, say_marks
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.queries_figures import find_series
from bluelamp.performance.records_counting import (
    CountedIndicator,
    CountedPoint,
    Counting,
    count_indicator,
    find_counted,
)
from bluelamp.performance.records_sight import see_records_as
from bluelamp.performance.records_source import load_known_records
from bluelamp.performance.series import UNKNOWN
from bluelamp.performance.warehouse.connection import EngineLimits
from bluelamp.performance.warehouse.coverage import Covered, Presence
from bluelamp.performance.warehouse.manifest import LoadRecord, Warehouse

FILE: Final = "counted-from-records.csv"
HEADS: Final = (
    *("Indicator", "Area", "Month", "Value", "Numerator", "Denominator", "Unit", "Marks"),
    *("Records known on", "Loads"),
)
MOST_LOADS: Final = 8
MEMORY: Final = EngineLimits(memory="1GB")

Tell = Callable[[str, int, int], None]
"""Called with the indicator that is being counted, how many are, and how many there are."""


@dataclass(frozen=True, kw_only=True)
class CountAsked:
    """What to count. No codes: every indicator of the plan that says how. No `marking`: that of the records."""

    plan: Plan
    codes: tuple[str, ...] = ()
    first: Month | None = None
    last: Month | None = None
    organisation: Organisation | None = None
    marking: str = ""
    definitions: Path | None = None  # the workspace's own


@dataclass(frozen=True)
class CountedFigures:
    """Ready to be loaded. `digest` is of the lists that were counted, and of what came of them."""

    read: ReadFigures
    asked: LoadAsked
    digest: str


def find_warehouse(workspace: Path) -> Warehouse:
    return Warehouse(workspace / FOLDER)


def count_figures(
    asked: CountAsked,
    warehouse: Warehouse,
    *,
    viewer: Viewer,
    engine: Engine | None = None,
    tell: Tell = lambda *_: None,
) -> CountedFigures:
    """Counted, and nothing written. PlainError where nothing can be counted, or a named indicator cannot be."""
    counting = Counting(
        plan=asked.plan,
        known=load_known_records(asked.definitions),
        bodies=load_bodies(asked.definitions),
        warehouse=warehouse,
        viewer=see_records_as(viewer),
        engine=engine or DuckDbEngine(MEMORY),
        first=asked.first,
        last=asked.last,
    )
    counted, told = _count_all(counting, find_counted(asked.plan, asked.codes), asked, tell)
    points, stays = _leave_known(asked.plan, [point for each in counted for point in each.points], viewer)
    told += stays
    if not points:
        raise PlainError(
            " ".join(["The records cover no whole month that was asked for, so there are no figures.", *told[:2]])
        )
    lists = sorted({each for point in points for each in point.covered if _is_there(each)}, key=_order)
    data = _make_table(asked.plan, points)
    digest = _digest(lists, data)
    read = ReadFigures(
        tuple(_make_figure(point, row) for row, point in enumerate(points, start=2)), told=tuple(told)
    )
    return CountedFigures(read, _make_asked(asked, warehouse, counted, lists, data, digest), digest)


def _count_all(
    counting: Counting, indicators: Sequence[Indicator], asked: CountAsked, tell: Tell
) -> tuple[list[CountedIndicator], list[str]]:
    """Where none was named, one that cannot be counted is told, and the others are."""
    counted: list[CountedIndicator] = []
    told: list[str] = []
    for number, indicator in enumerate(indicators):
        tell(indicator.code, number, len(indicators))
        try:
            counted.append(count_indicator(counting, indicator))
            told += counted[-1].told
        except PlainError as error:
            if asked.codes or len(indicators) == 1:
                raise
            told.append(f"{indicator.code} was not counted. {error}")
    if not counted:
        raise PlainError(f"None of the {len(indicators)} indicators could be counted. {told[0]}")
    return counted, told


def _leave_known(
    plan: Plan, points: Sequence[CountedPoint], viewer: Viewer
) -> tuple[list[CountedPoint], list[str]]:
    """That a month's records were not published takes no figure away that is known otherwise."""
    gaps = {point.key.code for point in points if point.point.unknown == "not-published"}
    known = find_series(viewer=viewer, plan=plan.slug, codes=gaps) if gaps else {}
    kept, stays = [], 0
    for each in points:
        before = known.get(each.key)
        is_known = before is not None and before.at(each.point.to).value is not None
        if each.point.unknown == "not-published" and is_known:
            stays += 1
        else:
            kept.append(each)
    said = f"{say_many(stays, 'figure')} known already of months whose records were not published: left as before."
    return kept, [said] if stays else []


def _is_there(each: Covered) -> bool:
    return each.presence is Presence.PRESENT


def _order(each: Covered) -> tuple[str, str, Month]:
    return each.kind, each.force, each.month


def _make_figure(point: CountedPoint, row: int) -> ReadFigure:
    place = Place(FILE, "", row, HEADS.index("Value"))
    return ReadFigure(point.key, dataclasses.replace(point.point, cell=place.short), place)


# -- what is kept with the load -------------------------------------------------------------------------------


def _make_table(plan: Plan, points: Iterable[CountedPoint]) -> bytes:
    """A row for each figure; the same bytes for the same records."""
    columns = tuple(Column(head) for head in HEADS)
    rows = tuple(_make_row(plan, point) for point in points)
    return make_csv(Table(caption=plan.name, columns=columns, rows=rows))


def _make_row(plan: Plan, counted: CountedPoint) -> Row:
    point, indicator = counted.point, plan.indicator(counted.key.code)
    there = [each for each in counted.covered if _is_there(each)]
    days = [each.known_on for each in there if each.known_on is not None]
    return (
        counted.key.code,
        counted.key.area,
        str(point.to),
        print_number(point.value, UNKNOWN.get(point.unknown, "")),
        print_number(point.numerator, ""),
        print_number(point.denominator, ""),
        indicator.unit if indicator else "",
        say_marks(point),
        max(days).isoformat() if days else "",
        " ".join(str(number) for number in sorted({each.load for each in there if each.load})),
    )


def _digest(lists: Sequence[Covered], data: bytes) -> str:
    said = "\n".join(f"{each.kind} {each.force} {each.month} {each.load} {each.known_on}" for each in lists)
    return hashlib.sha256(said.encode() + b"\n\n" + data).hexdigest()


def _make_asked(
    asked: CountAsked,
    warehouse: Warehouse,
    counted: Sequence[CountedIndicator],
    lists: Sequence[Covered],
    data: bytes,
    digest: str,
) -> LoadAsked:
    loads = [warehouse.read_load(number) for number in sorted({each.load for each in lists if each.load})]
    days = [each.known_on for each in lists if each.known_on is not None]
    if not days:
        raise PlainError("No month's records are there of what was asked for, so there are no figures.")
    kinds = ", ".join(dict.fromkeys(each.measure.kind for each in counted))
    return LoadAsked(
        plan=asked.plan,
        kind=RECORDS,
        name=f"Counted from records: {kinds}",
        known_on=max(days),
        files=(GivenFile(FILE, data),),
        note=_say_note(loads, lists, digest),
        organisation=_find_owner(loads, asked.organisation),
        marking=_find_marking(loads, asked.marking),
    )


def _say_note(loads: Sequence[LoadRecord], lists: Sequence[Covered], digest: str) -> str:
    named = [f"{load.number} ({load.name}, known on {load.known_on.isoformat()})" for load in loads[:MOST_LOADS]]
    more = f" and {len(loads) - MOST_LOADS:,} more" if len(loads) > MOST_LOADS else ""
    months = say_many(len(lists), "list")
    noun = "load" if len(loads) == 1 else "loads"
    return (
        f"Counted from {months} of a force and month in the warehouse, of its {noun} {', '.join(named)}{more}."
        f" Digest {digest[:16]}."
    )


def _find_owner(loads: Sequence[LoadRecord], asked: Organisation | None) -> Organisation | None:
    """Whose record the figures become: that of the records, which nobody else may count."""
    codes = sorted({load.organisation for load in loads if load.organisation})
    if len(codes) > 1:
        raise PlainError(
            f"The records belong to {' and '.join(codes)}, so that nobody could see all of the figures: count"
            " indicators of one organisation at a time, with --code."
        )
    if not codes:
        return asked
    if asked is not None and asked.code != codes[0]:
        raise PlainError(f"The records belong to {codes[0]}: their figures cannot become {asked.code}'s.")
    found = Organisation.objects.filter(code=codes[0]).first()
    if found is None:
        raise PlainError(f"The records belong to {codes[0]}, an organisation that this workspace does not have.")
    return found


def _find_marking(loads: Sequence[LoadRecord], asked: str) -> str:
    """The highest of what was counted, and what was asked for."""
    order = [marking for marking, _ in MARKINGS]
    said = [asked or order[0], *(load.marking for load in loads)]
    if unknown := [each for each in said if each not in order]:
        raise PlainError(f"There is no marking “{unknown[0]}”.")
    return max(said, key=order.index)
