"""Which indicators are listed, how many of each kind there are, and how does the list leave as a table?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from bluelamp.figures.months import Month
from bluelamp.papers.csv_tables import make_csv
from bluelamp.papers.model import Column, Content, Number, Row, Table, Unknown
from bluelamp.performance.plans import AIMS, Theme
from bluelamp.performance.reports.model import PerformanceReport, ReportRow, Verdict

EXCEPTIONS: Final = "exceptions"
"""The filter that any exception answers, whichever way it points."""
VERDICTS: Final = (EXCEPTIONS, *(verdict.value for verdict in Verdict))


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list is narrowed to; "" is everything. What the plan does not know is as nothing."""

    theme: str = ""
    verdict: str = ""
    aim: str = ""

    @property
    def is_set(self) -> bool:
        return bool(self.theme or self.verdict or self.aim)

    @property
    def set_count(self) -> int:
        return sum(map(bool, (self.theme, self.verdict, self.aim)))


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Group:
    """A theme or sub-theme with its rows that are listed."""

    theme: Theme
    above: str  # the name of the theme it is part of; "" of a theme
    rows: tuple[ReportRow, ...]


def read_filters(asked: Mapping[str, str], report: PerformanceReport) -> Filters:
    theme, verdict, aim = (asked.get(name, "") for name in ("theme", "verdict", "aim"))
    return Filters(
        theme=theme if report.plan.theme(theme) else "",
        verdict=verdict if verdict in VERDICTS else "",
        aim=aim if aim in AIMS else "",
    )


def find_groups(report: PerformanceReport, filters: Filters) -> list[Group]:
    """The rows that answer the filters, under their themes and in the plan's order."""
    found = []
    for theme in report.themes:
        for sub in theme.subs:
            rows = tuple(row for row in sub.rows if answers(row, filters, sub.theme))
            if rows:
                found.append(Group(sub.theme, theme.theme.name if sub.theme.parent else "", rows))
    return found


def answers(row: ReportRow, filters: Filters, theme: Theme) -> bool:
    return (
        filters.theme in ("", theme.code, theme.parent)
        and filters.aim in ("", row.indicator.aim)
        and _has(row, filters.verdict)
    )


def _has(row: ReportRow, verdict: str) -> bool:
    if verdict == EXCEPTIONS:
        return row.exception.verdict.is_exception
    return verdict in ("", row.exception.verdict.value)


def count_choices(report: PerformanceReport, filters: Filters) -> dict[str, list[Choice]]:
    """How many rows each value of a filter would find, the other filters as they are."""
    labels: dict[str, list[tuple[str, str]]] = {
        "theme": [(theme.code, f"{theme.code} {theme.name}") for theme in report.plan.themes],
        "verdict": [(EXCEPTIONS, "any exception"), *((verdict.value, verdict.words) for verdict in Verdict)],
        "aim": [(aim, aim) for aim in AIMS],
    }
    found = {}
    for name, choices in labels.items():
        counted = [Choice(value, label, _count(report, filters, name, value)) for value, label in choices]
        chosen = getattr(filters, name)
        found[name] = [choice for choice in counted if choice.count or choice.value == chosen]
    return found


def _count(report: PerformanceReport, filters: Filters, name: str, value: str) -> int:
    narrowed = replace(filters, **{name: value})
    return sum(len(group.rows) for group in find_groups(report, narrowed))


@dataclass(frozen=True)
class Sentence:
    """The answer that the page begins with; each number is the value of the filter `verdict` that lists it."""

    total: int
    to: Month
    exceptions: int
    better: int
    worse: int
    neither: int
    cannot_tell: int


def make_sentence(report: PerformanceReport, rows: Sequence[ReportRow]) -> Sentence:
    def number(verdict: Verdict) -> int:
        return sum(row.exception.verdict is verdict for row in rows)

    return Sentence(
        total=len(rows),
        to=report.settings.to,
        exceptions=sum(row.exception.verdict.is_exception for row in rows),
        better=number(Verdict.POSITIVE),
        worse=number(Verdict.NEGATIVE),
        neither=number(Verdict.NEITHER),
        cannot_tell=number(Verdict.CANNOT_TELL),
    )


def make_address(path: str, **questions: str) -> str:
    """An address with those of the questions that ask for something."""
    asked = urlencode({name: value for name, value in questions.items() if value})
    return f"{path}?{asked}" if asked else path


# -- as a table that leaves ---------------------------------------------------------------------------------

_HEADS: Final = (
    *("Code", "Indicator", "Theme", "Aim", "Unit", "Period"),
    *("Figure", "As printed", "A year before", "Change", "Change unit", "Change in number"),
    *("Exception", "In a sentence", "Variation", "Assurance", "Vintages", "Remarks"),
)


def make_list_csv(report: PerformanceReport | None, groups: Iterable[Group]) -> bytes:
    """One row for each listed indicator, what is not known by its name; without figures the heads alone."""
    rows = tuple(_csv_row(report, group, row) for group in groups for row in group.rows) if report else ()
    return make_csv(Table(caption="Indicators", columns=tuple(Column(head) for head in _HEADS), rows=rows))


def _csv_row(report: PerformanceReport, group: Group, row: ReportRow) -> Row:
    indicator, latest, change, control = row.indicator, row.latest, row.change, row.control
    before = next((period for period in row.periods if period.to == change.before), None)
    numbers = [known.number for key in latest.loads if (known := report.loads_by_key.get(key))]
    return (
        *(indicator.code, indicator.name, f"{group.theme.code} {group.theme.name}".strip()),
        *(indicator.aim, indicator.unit, latest.words),
        *(_number(latest.value, latest.printed), latest.printed),
        _number(before.value, before.printed) if before else Unknown("not shown"),
        _number(change.share, change.share_printed),
        change.unit,
        _number(change.actual, change.actual_printed),
        *(row.exception.verdict.words, row.exception.sentence),
        control.variation_words if control else Unknown("no limits"),
        (control.assurance_words if control else "") or Unknown("no standard"),
        ", ".join(str(number) for number in sorted(numbers)),
        " ".join(row.notes),
    )


def _number(value: Decimal | None, printed: str) -> Content:
    return Unknown(printed) if value is None else Number(value, printed)
