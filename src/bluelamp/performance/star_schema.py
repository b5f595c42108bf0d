"""What do analysts get: which tables with which columns, and what stands in each row?

A star: figures in the middle, what they are about around them, joined by keys that never change. Names of tables
and columns are a promise: a later release may add columns at the end, and changes none. What is not known is a
column of its own and never a zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.performance.plans import AreaOfPlan, Indicator, Plan
from bluelamp.performance.series import FLAGS, UNKNOWN, Point, SeriesKey

TEXT, INTEGER, NUMBER, DAY, MOMENT, YES_NO = "text", "integer", "number", "day", "moment", "yes-no"
PLACES: Final = 10
"""Decimals of a number: exact, never a float."""

Value = str | int | Decimal | dt.date | dt.datetime | bool | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    words: str


@dataclass(frozen=True)
class StarTable:
    name: str
    words: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, kw_only=True)
class LoadLine:
    """A load as the star tells it."""

    key: str
    number: int
    kind: str
    name: str
    known_on: dt.date
    loaded: dt.datetime
    by: str
    figures: int
    refused: int
    withdrawn: dt.datetime | None
    withdrawn_number: int | None
    withdrawn_reason: str


@dataclass(frozen=True)
class StarPoint:
    """One figure as one load said it."""

    key: SeriesKey
    point: Point
    is_current: bool


_KEYS: Final = (
    Column("indicator_key", TEXT, "Joins dim_indicator: plan and code."),
    Column("area_key", TEXT, "Joins dim_area: plan and area."),
    Column("period_key", TEXT, "Joins dim_period: the month in which it ends, and its length."),
    Column("load_key", TEXT, "Joins dim_load: the load that says so."),
)
_FIGURE: Final = (
    *_KEYS,
    Column("breakdown", TEXT, "A part of the whole that the figure is of; empty for the whole."),
    Column("value", NUMBER, "In the indicator's unit: 77.4 is 77.4%. Empty where it is not known."),
    Column("numerator", NUMBER, "What was counted, where it is known."),
    Column("denominator", NUMBER, "Of what, where it is known."),
    Column("sample", INTEGER, "How many were asked or examined, where it is known."),
    Column("half_width", NUMBER, "The printed margin either way, in the value's unit."),
    Column("unknown", TEXT, "Why there is no value; joins dim_unknown. Empty where there is one."),
    *(
        Column(f"is_{flag}", YES_NO, words)
        for flag, words in zip(
            FLAGS,
            (
                "A provisional figure.",
                "Starred in print.",
                "Published each half-year, so that it stands beside two quarters.",
                "A range was printed, so there is no value.",
                "Printed as around, over, almost or the like.",
            ),
            strict=True,
        )
    ),
    Column("printed", TEXT, "As printed, where it is more than the number."),
    Column("cell", TEXT, "Where it stands in the file or document of its load."),
)
COLUMNS: Final[Mapping[str, tuple[str, tuple[Column, ...]]]] = {
    "dim_indicator": (
        "A row for each indicator of the plan.",
        (
            Column("indicator_key", TEXT, "plan/code"),
            Column("plan", TEXT, "The plan's slug."),
            Column("code", TEXT, "As the plan prints it."),
            Column("name", TEXT, "Its name."),
            Column("theme_code", TEXT, "The theme or sub-theme it stands under."),
            Column("theme", TEXT, "That theme's name."),
            Column("position", INTEGER, "Its place in the report, from 1."),
            Column("aim", TEXT, "What the plan wants: increase, reduce, monitor or maintain."),
            Column("polarity", TEXT, "Whether higher is better, lower is better, or neither."),
            Column("unit", TEXT, "count, percentage, rate, mean, ratio, money or days."),
            Column("per", INTEGER, "Of a rate: per how many; 0 otherwise."),
            Column("decimals", INTEGER, "Decimals in print."),
            Column("frequency", TEXT, "How often it is counted."),
            Column("numerator_words", TEXT, "What is counted."),
            Column("denominator_words", TEXT, "Of what."),
            Column("source", TEXT, "Where the figures come from."),
            Column("owner", TEXT, "The post that answers for it."),
            Column("is_verified", YES_NO, "Whether somebody checked the definition against its source."),
            Column("is_in_plan", YES_NO, "No where figures are kept of a code that the plan no longer has."),
        ),
    ),
    "dim_area": (
        "A row for each area.",
        (
            Column("area_key", TEXT, "plan/area"),
            Column("plan", TEXT, "The plan's slug."),
            Column("area", TEXT, "The area's slug."),
            Column("name", TEXT, "Its name."),
            Column("level", TEXT, "force, command, neighbourhood or team."),
            Column("parent", TEXT, "The slug of the area it is part of."),
            Column("is_in_plan", YES_NO, "No where figures are kept of an area that the plan no longer has."),
        ),
    ),
    "dim_period": (
        "A row for each period of which there is a figure.",
        (
            Column("period_key", TEXT, "2021-03/month"),
            Column("span", TEXT, "month, quarter, half-year or 12-months."),
            Column("months", INTEGER, "How many months long it is."),
            Column("first_day", DAY, "Its first day."),
            Column("last_day", DAY, "Its last day."),
            Column("words", TEXT, "As a report writes it."),
            Column("year", INTEGER, "The calendar year in which it ends."),
            Column("month", INTEGER, "The month in which it ends, 1 to 12."),
            Column("financial_year", TEXT, "2020/21: the year from April in which it ends."),
            Column("financial_quarter", INTEGER, "1 is April to June: the quarter in which it ends."),
        ),
    ),
    "dim_load": (
        "A row for each load: a vintage of the plan's figures.",
        (
            Column("load_key", TEXT, "The load's key."),
            Column("plan", TEXT, "The plan's slug."),
            Column("vintage", INTEGER, "Its number within the plan."),
            Column("kind", TEXT, "file, hand, report or records."),
            Column("name", TEXT, "The file's name, or the report's title."),
            Column("known_on", DAY, "The day on which these figures were what was known."),
            Column("loaded", MOMENT, "When they came in (UTC)."),
            Column("loaded_by", TEXT, "Who loaded them."),
            Column("figures", INTEGER, "How many figures it holds."),
            Column("refused", INTEGER, "How many rows were left out of it."),
            Column("withdrawn", MOMENT, "When it was withdrawn (UTC); empty where it counts."),
            Column("withdrawn_vintage", INTEGER, "The vintage from which on it does not count."),
            Column("withdrawn_reason", TEXT, "Why."),
        ),
    ),
    "dim_unknown": (
        "Why there may be no value.",
        (Column("unknown", TEXT, "The name."), Column("words", TEXT, "As it is said.")),
    ),
    "fact_figure": ("A row for each figure as it is known now. This is the table to chart.", _FIGURE),
    "fact_vintage": (
        "A row for each figure of each load, with what was revised since. Do not add it up.",
        (*_FIGURE, Column("is_current", YES_NO, "Whether this is what is known now.")),
    ),
}
"""By table what it holds and its columns."""


def make_star(plan: Plan, loads: Sequence[LoadLine], points: Sequence[StarPoint]) -> dict[str, StarTable]:
    """Every table of one plan, in the order of their keys."""
    keys = {each.key for each in points}
    periods = {(each.point.to, each.key.span) for each in points}
    rows: dict[str, Iterable[Row]] = {
        "dim_indicator": _indicators(plan, {key.code for key in keys}),
        "dim_area": _areas(plan, {key.area for key in keys}),
        "dim_period": (
            _period(to, span) for to, span in sorted(periods, key=lambda each: (each[0], each[1].months))
        ),
        "dim_load": (_load(plan, each) for each in loads),
        "dim_unknown": UNKNOWN.items(),
        "fact_figure": (_figure(each) for each in points if each.is_current),
        "fact_vintage": ((*_figure(each), each.is_current) for each in points),
    }
    return {name: StarTable(name, words, columns, tuple(rows[name])) for name, (words, columns) in COLUMNS.items()}


def period_key(to: Month, span: Span) -> str:
    """ "2021-03/12-months"."""
    return f"{to}/{span.value}"


def _indicators(plan: Plan, used: set[str]) -> Iterator[Row]:
    for position, each in enumerate(plan.indicators, 1):
        yield _indicator(plan, each, position, in_plan=True)
    gone = sorted(used - {each.code for each in plan.indicators})
    for position, code in enumerate(gone, len(plan.indicators) + 1):
        bare = Indicator(
            code=code, name=code, theme="", aim="", polarity="", unit="", frequency="", verified=False
        )
        yield _indicator(plan, bare, position, in_plan=False)


def _indicator(plan: Plan, each: Indicator, position: int, *, in_plan: bool) -> Row:
    theme = plan.theme(each.theme)
    return (
        f"{plan.slug}/{each.code}",
        plan.slug,
        each.code,
        each.name,
        each.theme,
        theme.name if theme else "",
        position,
        each.aim,
        each.polarity,
        each.unit,
        each.per,
        each.decimals,
        each.frequency,
        each.numerator,
        each.denominator,
        each.source,
        each.owner,
        each.verified,
        in_plan,
    )


def _areas(plan: Plan, used: set[str]) -> Iterator[Row]:
    known = {area.slug for area in plan.areas}
    for area in plan.areas:
        yield _area(plan, area, in_plan=True)
    for slug in sorted(used - known):
        yield _area(plan, AreaOfPlan(slug=slug, name=slug, level=""), in_plan=slug == "force")


def _area(plan: Plan, area: AreaOfPlan, *, in_plan: bool) -> Row:
    return f"{plan.slug}/{area.slug}", plan.slug, area.slug, area.name, area.level, area.parent, in_plan


def _period(to: Month, span: Span) -> Row:
    first_year = to.year if to.number >= 4 else to.year - 1
    return (
        period_key(to, span),
        span.value,
        span.months,
        to.plus(1 - span.months).first,
        to.last,
        period_words(to, span),
        to.year,
        to.number,
        f"{first_year}/{(first_year + 1) % 100:02}",
        (to.number - 4) % 12 // 3 + 1,
    )


def _load(plan: Plan, each: LoadLine) -> Row:
    return (
        each.key,
        plan.slug,
        each.number,
        each.kind,
        each.name,
        each.known_on,
        each.loaded,
        each.by,
        each.figures,
        each.refused,
        each.withdrawn,
        each.withdrawn_number,
        each.withdrawn_reason,
    )


def _figure(each: StarPoint) -> Row:
    key, point = each.key, each.point
    return (
        f"{key.plan}/{key.code}",
        f"{key.plan}/{key.area}",
        period_key(point.to, key.span),
        point.load,
        key.breakdown,
        point.value,
        point.numerator,
        point.denominator,
        point.sample,
        point.half_width,
        point.unknown,
        *(flag in point.flags for flag in FLAGS),
        point.printed,
        point.cell,
    )
