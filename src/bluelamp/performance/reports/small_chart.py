"""What does an indicator's small chart draw: its months, their limits, and the months that a rule picks out?

Limits belong to months, never to rolling totals (those overlap). Where the months have a season, limits are set
without it and then put back into it, so that the chart shows the figures as they were counted between limits that
rise and fall with the year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.figures.control_charts import ControlChart, ControlPoint, PointType, make_control_chart
from bluelamp.figures.control_rules import ControlSettings, Improvement
from bluelamp.figures.control_words import ASSURANCE_ICONS, VARIATION_ICONS
from bluelamp.figures.months import Month, Span, months_between
from bluelamp.figures.seasons import Kind, Season, Verdict, find_season, remove_season
from bluelamp.performance.plans import Indicator, Standard
from bluelamp.performance.reports.model import ChartOfRow, ChartPoint, ControlState
from bluelamp.performance.reports.periods import ADDED, SeriesBySpan
from bluelamp.performance.reports.printing import places_of, unit_words
from bluelamp.performance.series import UNKNOWN, Series

MONTHS: Final = 60
"""How far back a chart goes."""
FEWEST: Final = 12
"""Known months below which no limits are drawn: they would be a guess."""
_IMPROVEMENTS: Final = {
    "higher-is-better": Improvement.INCREASE,
    "lower-is-better": Improvement.DECREASE,
}
_SIGNALS: Final = {PointType.IMPROVEMENT: "improvement", PointType.CONCERN: "concern", PointType.COMMON: ""}


@dataclass(frozen=True)
class _Limits:
    chart: ControlChart
    scale: tuple[tuple[float, float], ...]  # of each month: what limits are multiplied by, what is then added


def make_chart(
    indicator: Indicator, series: SeriesBySpan, to: Month, standard: Standard | None = None
) -> tuple[ChartOfRow, ControlState | None]:
    """The chart up to `to`, and what it says. Without months: the periods there are, and no limits."""
    span = next((each for each in Span if each in series), Span.MONTH)
    found = series.get(span)
    points = _bare_points(found, to) if found else ()
    limits = _find_limits(indicator, points, standard) if span is Span.MONTH else None
    drawn = _with_limits(points, limits) if limits else points
    chart = ChartOfRow(
        span=span,
        points=drawn,
        unit_words=unit_words(indicator),
        decimals=_decimals(indicator, found),
        limits=_say_limits(limits) if limits else "",
        target=float(standard.value) if standard else None,
        target_words=standard.kind.replace("-", " ") if standard else "",
        changes=tuple(each for each in indicator.recording_changes if _is_within(each.day, points)),
    )
    return chart, _state(limits.chart, points) if limits else None


def _is_within(day: dt.date, points: Sequence[ChartPoint]) -> bool:
    return bool(points) and points[0].to.first <= day <= points[-1].to.last


def _decimals(indicator: Indicator, series: Series | None) -> int:
    values = [point.value for point in series.points if point.value is not None] if series else []
    if indicator.unit in ADDED:
        return max((min(places_of(value), 2) for value in values), default=0)
    return indicator.decimals


def _bare_points(series: Series, to: Month) -> tuple[ChartPoint, ...]:
    """Months without a gap from the first that is known; longer periods as they are."""
    held = [point for point in series.points if to.plus(-MONTHS) < point.to <= to]
    known = [point.to for point in held if point.value is not None]
    if not known:
        return ()
    ends = list(months_between(known[0], to)) if series.key.span is Span.MONTH else [p.to for p in held]
    found = (series.at(end) for end in ends)
    return tuple(
        ChartPoint(
            to=point.to,
            value=None if point.value is None else float(point.value),
            unknown="" if point.value is not None else UNKNOWN[point.unknown],
        )
        for point in found
    )


def _find_limits(indicator: Indicator, points: Sequence[ChartPoint], standard: Standard | None) -> _Limits | None:
    values = [point.value for point in points]
    known = [value for value in values if value is not None]
    if len(known) < FEWEST:
        return None
    months = [point.to for point in points]
    counts = indicator.unit in ADDED and min(known) >= 0
    season = find_season(months, values, Kind.COUNT if counts else Kind.RATE)
    freed = remove_season(months, values, season)
    rebase = tuple(Month.of(each.day).first for each in indicator.recording_changes if each.rebase)
    settings = ControlSettings(
        rebase=rebase,
        target=float(standard.value) if standard else None,
        improvement=_IMPROVEMENTS.get(indicator.polarity, Improvement.NEUTRAL),
    )
    chart = make_control_chart([month.first for month in months], freed, settings)
    return _Limits(chart, _scale(months, values, freed, season))


def _scale(
    months: Sequence[Month], values: Sequence[float | None], freed: Sequence[float | None], season: Season
) -> tuple[tuple[float, float], ...]:
    """How each month's limits go back into the season: a factor for counts, an amount for rates."""
    if season.verdict is not Verdict.FOUND:
        return ((1.0, 0.0),) * len(months)
    effects = [season.effects[month.number - 1] for month in months]
    pairs = [
        (value, free, effect)
        for value, free, effect in zip(values, freed, effects, strict=True)
        if value is not None and free is not None
    ]
    if season.kind is Kind.RATE:
        shift = next((value - free - effect for value, free, effect in pairs), 0.0)
        return tuple((1.0, effect + shift) for effect in effects)
    keep = next((free * effect / value for value, free, effect in pairs if value), 1.0)
    return tuple((effect / keep, 0.0) for effect in effects)


def _with_limits(points: Sequence[ChartPoint], limits: _Limits) -> tuple[ChartPoint, ...]:
    return tuple(
        _with_limit(point, control, times, plus)
        for point, control, (times, plus) in zip(points, limits.chart.points, limits.scale, strict=True)
    )


def _with_limit(point: ChartPoint, control: ControlPoint, times: float, plus: float) -> ChartPoint:
    def back(value: float | None) -> float | None:
        return None if value is None else value * times + plus

    held = control.limits
    return ChartPoint(
        to=point.to,
        value=point.value,
        centre=back(held.mean) if held else None,
        lower=back(held.lower) if held else None,
        upper=back(held.upper) if held else None,
        signal="" if control.kind is None else _SIGNALS.get(control.kind, "neither"),
        unknown=point.unknown,
    )


def _say_limits(limits: _Limits) -> str:
    """Which method drew them, for the caption."""
    seasonal = any(each != (1.0, 0.0) for each in limits.scale)
    return (
        "control limits of the months, rising and falling with their season"
        if seasonal
        else "control limits of the months"
    )


def _state(chart: ControlChart, points: Sequence[ChartPoint]) -> ControlState:
    assurance = chart.assurance
    judged = [point.to for point, control in zip(points, chart.points, strict=True) if control.kind is not None]
    return ControlState(
        month=judged[-1].words,
        variation=chart.variation.value,
        variation_words=VARIATION_ICONS[chart.variation].words,
        assurance=assurance.value if assurance else "",
        assurance_words=ASSURANCE_ICONS[assurance].words if assurance else "",
    )
