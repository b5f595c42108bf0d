"""What stands behind a report: sources and vintages, definitions, methods, areas, the months of the charts?"""

from __future__ import annotations

from collections.abc import Iterator

from bluelamp.lib.calendar_days import say_day
from bluelamp.papers.model import Block, Bullets, Column, Content, Row, Section, Table, Text, Unknown, Words
from bluelamp.performance.insight_opinions import load_causes
from bluelamp.performance.plans import Indicator
from bluelamp.performance.reports.model import PerformanceReport, ThemeOfReport
from bluelamp.performance.reports.paper_table import make_area_tables, make_month_table
from bluelamp.performance.reports.texts import ReportTexts

_POLARITY = {
    "higher-is-better": "higher is better",
    "lower-is-better": "lower is better",
    "neither": "neither is better",
}
_KINDS = {"file": "file", "hand": "by hand", "report": "published report", "records": "counted from records"}


def make_appendix(report: PerformanceReport, texts: ReportTexts) -> Iterator[Section]:
    if any(row.by_area for row in report.rows):
        yield Section("Appendix: areas", tuple(_areas(report)))
    yield Section("Appendix: sources and vintages", (_vintages(report),))
    yield Section("Appendix: definitions", tuple(map(_definitions, report.themes)))
    yield Section("Appendix: methods", (Bullets(_methods(report, texts)),))
    months = [made for theme in report.themes if (made := make_month_table(theme.rows, _title(theme)))]
    if months:
        yield Section("Appendix: the months behind the charts", tuple(months))


def _title(theme: ThemeOfReport) -> str:
    return f"Theme {theme.theme.code}" if theme.theme.code else theme.theme.name


def _areas(report: PerformanceReport) -> Iterator[Block]:
    for theme in report.themes:
        rows = [row for row in theme.rows if row.by_area]
        if rows:
            yield from make_area_tables(report, rows, _title(theme))


def _vintages(report: PerformanceReport) -> Table:
    rows: list[Row] = []
    for load in report.loads:
        used = [row.code for row in report.rows if load.key in row.loads]
        digest: Content = load.sha256[:16] or Unknown("no file")
        rows.append(
            (
                str(load.number),
                load.name,
                _KINDS.get(load.kind, load.kind),
                say_day(load.known_on),
                digest,
                _say_codes(used, len(report.rows)),
            )
        )
    columns = (
        Column("Vintage"),
        Column("Source", width=4),
        Column("Kind", width=1.5),
        Column("Known on", width=1.6),
        Column("SHA-256 begins", width=1.8),
        Column("Indicators", width=3),
    )
    return Table(
        "Loads whose figures this report uses",
        columns,
        tuple(rows),
        empty="No load's figures are used.",
        note="Each value comes from the latest vintage that gives it.",
    )


def _say_codes(codes: list[str], every: int) -> str:
    if len(codes) == every:
        return f"all {every}"
    return ", ".join(codes) if len(codes) <= 12 else f"{len(codes)} of {every}"


def _definitions(theme: ThemeOfReport) -> Table:
    columns = (
        Column("Code", width=1),
        Column("Indicator", width=3),
        Column("What is counted", width=5),
        Column("Source, how often", width=2.6),
        Column("Aim and what is better", width=3.2),
    )
    rows = tuple(_definition(row.indicator) for row in theme.rows)
    return Table(f"{_title(theme)}: definitions", columns, rows)


def _definition(indicator: Indicator) -> Row:
    source = ", ".join(filter(None, (indicator.source.rstrip("."), indicator.frequency)))
    better = f"{indicator.aim.capitalize()}; {_POLARITY.get(indicator.polarity, indicator.polarity)}"
    reason = f". {indicator.polarity_reason}" if indicator.polarity_reason else ""
    unsure = "" if indicator.verified else " (not verified)"
    return (
        indicator.code,
        f"{indicator.name}{unsure}",
        _say_counted(indicator) or Unknown("not defined"),
        source or Unknown("not given"),
        f"{better}{reason}",
    )


def _say_counted(indicator: Indicator) -> str:
    """ "Incidents reported by a repeat victim, of incidents recorded. ..."."""
    top, bottom = indicator.numerator.rstrip("."), indicator.denominator.rstrip(".")
    bottom = f"of {bottom[:1].lower()}{bottom[1:]}" if bottom else ""
    counted = ", ".join(filter(None, (top, bottom)))
    return " ".join(filter(None, (f"{counted}." if counted else "", indicator.notes)))


_PERIODS = (
    "Twelve months are added from their months. A percentage, rate or mean of twelve months is the sum of its"
    " numerators over the sum of its denominators, never a mean of percentages. Where no months are loaded, the"
    " figure for the whole period is taken as it came. A period without one of its months is not known."
)
_CHANGE = (
    "From the period that ended a year before: in per cent and in number, of percentages in percentage points."
    " Rounded once, halves away from zero."
)
_LIMITS = (
    "Control charts of individual months (mean and 2.66 times the average moving range, rules of seven in a row,"
    " of six steps one way, and of two in three near a limit). Where a test finds a season, limits are set without"
    " it and drawn with it. Rolling totals are never charted so: they overlap."
)
_CHARTS = (
    "Dark line: the figures. Grey band: where they usually lie, with its mean. ▲ unusual and better, ◆ unusual and"
    " worse, ■ unusual and neither. Dotted: the standard. A cross on the axis: no figure. A dotted upright:"
    " figures are counted differently from there."
)


def _methods(report: PerformanceReport, texts: ReportTexts) -> tuple[Words, ...]:
    said = [("Periods", _PERIODS), ("Change", _CHANGE)]
    if report.rule_words:
        said.append(("Exceptions", report.rule_words))
    said += [("Limits", _LIMITS), ("Charts", _CHARTS)]
    if texts.insights:
        said.append(("Opinion", " ".join(load_causes().rule.split())))
    return tuple((Text(f"{head}. ", bold=True), Text(words)) for head, words in said)
