"""What does the published table look like: five periods, the change over the year, the marker of an exception?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Span
from bluelamp.figures.saying import round_figure
from bluelamp.papers.model import Cell, Column, Content, GroupRow, Number, Row, Table, Unknown
from bluelamp.performance.reports.model import (
    AreaFigure,
    ExceptionOfRow,
    PerformanceReport,
    PeriodFigure,
    ReportRow,
    SubTheme,
    Verdict,
)
from bluelamp.performance.reports.printing import places_of
from bluelamp.performance.reports.yearly_change import NOT_PRINTED

_MARKS: Final = (("starred", "*"), ("provisional", "(p)"), ("estimated", "(e)"))
_MOST_AREAS: Final = 11
_SHORT: Final = {
    Verdict.POSITIVE: "positive",
    Verdict.NEGATIVE: "negative",
    Verdict.NEITHER: "unusual",
    Verdict.NONE: "none",
    Verdict.CANNOT_TELL: "cannot tell",
}


def make_indicator_table(report: PerformanceReport, sub: SubTheme) -> Table:
    """The table of a sub-theme, as the office prints it."""
    return Table(
        f"{sub.theme.name}: {report.area_name}",
        _columns(report, sub.rows),
        tuple(_row(row) for row in sub.rows),
        note=_note(sub.rows),
    )


def _columns(report: PerformanceReport, rows: Sequence[ReportRow]) -> tuple[Column, ...]:
    rolled = all(row.latest.span is Span.YEAR for row in rows)
    lead = "12 months to" if rolled else "To"
    return (
        Column("Code", width=1.0),
        Column("Indicator", width=5.4),
        Column("Aim", width=1.3),
        *(Column(f"{lead} {end.short}", numeric=True) for end in report.ends),
        Column("Change", "in %", numeric=True),
        Column("Change", "in number", numeric=True),
        Column("Exception", width=1.8),
    )


def _row(row: ReportRow) -> Row:
    change = row.change
    known = change.is_known
    share: Content = change.share_printed if known else _absent(change.share_printed)
    if change.share is not None:
        share = Number(round_figure(change.share, _places(change.share_printed)), change.share_printed)
    actual: Content = _absent(change.actual_printed)
    if change.actual is not None:
        actual = Number(round_figure(change.actual, _places(change.actual_printed)), change.actual_printed)
    name: Content = row.indicator.name
    if row.latest.span is not Span.YEAR:
        name = f"{row.indicator.name} ({row.latest.span.value}s)"
    return (
        row.code,
        name,
        row.indicator.aim.capitalize(),
        *(say_period(period) for period in row.periods),
        share,
        actual,
        say_marker(row.exception),
    )


def _absent(printed: str) -> Content:
    return printed if printed == NOT_PRINTED else Unknown(printed)


def _places(printed: str) -> int:
    """Decimals as printed: two of "-1.51% pts"."""
    digits = "".join(each for each in printed if each.isdigit() or each == ".")
    return len(digits.partition(".")[2])


def say_period(period: PeriodFigure) -> Content:
    """The figure with its marks, or the name of what is not known."""
    if period.value is None:
        return Unknown(period.printed if "range" in period.flags else period.unknown_words)
    marks = "".join(mark for flag, mark in _MARKS if flag in period.flags)
    places = _places(period.printed.split(" ")[0]) if period.printed else places_of(period.value)
    return Number(round_figure(period.value, places), f"{period.printed}{marks}")


def say_marker(exception: ExceptionOfRow) -> Content | Cell:
    """A shape and a word; what cannot be told is grey."""
    verdict = exception.verdict
    if verdict is Verdict.CANNOT_TELL:
        return Unknown(_SHORT[verdict])
    said = f"{verdict.shape} {_SHORT[verdict]}".strip()
    return Cell(said, strong=verdict.is_exception)


def _note(rows: Sequence[ReportRow]) -> str:
    flags = {flag for row in rows for period in row.periods for flag in period.flags}
    said = []
    if "starred" in flags:
        said.append("* starred in its source: older figures, or of another period.")
    if "provisional" in flags:
        said.append("(p) provisional.")
    if "estimated" in flags:
        said.append("(e) estimated.")
    if any(not row.indicator.verified for row in rows):
        codes = ", ".join(row.code for row in rows if not row.indicator.verified)
        said.append(f"Definition not verified: {codes}.")
    return " ".join(said)


# -- by area ----------------------------------------------------------------------------------------------


def make_area_tables(report: PerformanceReport, rows: Sequence[ReportRow], title: str) -> list[Table]:
    """The latest period of each indicator in each area below, at most eleven areas a table."""
    names: dict[str, str] = {area.slug: area.name for row in rows for area in row.by_area}
    slugs = list(names)
    tables = []
    for first in range(0, len(slugs), _MOST_AREAS):
        some = slugs[first : first + _MOST_AREAS]
        columns = (
            Column("Code"),
            Column("Indicator", width=3.0),
            *(Column(names[slug], numeric=True) for slug in some),
        )
        made = tuple(_area_row(row, some) for row in rows if row.by_area)
        note = "▲ positive, ◆ negative, ■ unusual: an exception in the latest quarter."
        tables.append(Table(f"{title}: to {report.settings.to.words}, by area", columns, made, note=note))
    return tables


def _area_row(row: ReportRow, slugs: Sequence[str]) -> Row:
    found = {area.slug: area for area in row.by_area}
    cells = (say_area(found[slug]) if slug in found else Unknown("not loaded") for slug in slugs)
    return (row.code, row.indicator.name, *cells)


def say_area(area: AreaFigure) -> Content:
    said = say_period(area.figure)
    shape = area.exception.verdict.shape
    return Number(said.value, f"{said.printed} {shape}".strip()) if isinstance(said, Number) else said


# -- months -----------------------------------------------------------------------------------------------

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def make_month_table(rows: Sequence[ReportRow], title: str) -> Table | None:
    """The months behind the charts: a row for each year of each indicator. None where none has months."""
    monthly = [row for row in rows if row.chart.span is Span.MONTH and row.chart.points]
    if not monthly:
        return None
    made: list[Row | GroupRow] = []
    for row in monthly:
        made.append(GroupRow(f"{row.code} {row.indicator.name} ({row.chart.unit_words})"))
        made += _years(row)
    columns = (Column("Year", width=1.0), *(Column(month, numeric=True, width=1.2) for month in _MONTHS))
    note = "Months outside an indicator's chart are left empty."
    return Table(f"{title}: the months of the charts", columns, tuple(made), note=note)


def _years(row: ReportRow) -> list[Row]:
    points = {(point.to.year, point.to.number): point for point in row.chart.points}
    rows: list[Row] = []
    for year in sorted({year for year, _ in points}):
        cells: list[Content] = []
        for number in range(1, 13):
            point = points.get((year, number))
            if point is None:
                cells.append("")
            elif point.value is None:
                cells.append(Unknown(point.unknown))
            else:
                value = round_figure(Decimal(repr(point.value)), row.chart.decimals)
                cells.append(Number(value, f"{value:,}"))
        rows.append((str(year), *cells))
    return rows
