"""What is known now that was otherwise when it was published?

Two vintages are compared figure by figure. A published report's twelve months are compared with the same twelve
months as they are known now, which may be put together from months that came in since; a difference that lies
within the report's own rounding is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Month, Span, period_words
from bluelamp.performance.loading_figures import say_point, says_same
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.reports.periods import find_period
from bluelamp.performance.series import UNKNOWN, Point, Series, SeriesKey

SeriesByKey = Mapping[SeriesKey, Series]
REVISED, GONE, NAMED, ADDED = "revised", "gone", "filled", "added"
CHANGES: Final = {
    REVISED: "Revised",
    GONE: "No longer known",
    NAMED: "Known since",
    ADDED: "Added since",
}


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """One figure that was otherwise then. `since` is the key of the load that says so now, "" for several."""

    key: SeriesKey
    to: Month
    kind: str
    then: str
    now: str
    since: str = ""
    then_value: Decimal | None = None
    now_value: Decimal | None = None

    @property
    def period(self) -> str:
        return period_words(self.to, self.key.span)

    @property
    def moved(self) -> Decimal | None:
        if self.then_value is None or self.now_value is None:
            return None
        return self.now_value - self.then_value


def compare_vintages(then: SeriesByKey, now: SeriesByKey) -> list[ChangedFigure]:
    """Every figure that says otherwise now, in the order of codes, areas and periods."""
    found = []
    for key in sorted({*then, *now}, key=_order):
        before, after = then.get(key), now.get(key)
        months = {point.to for series in (before, after) if series for point in series.points}
        for to in sorted(months):
            one = before.at(to) if before else Point(to=to, unknown="not-loaded")
            other = after.at(to) if after else Point(to=to, unknown="not-loaded")
            if not says_same(one, other):
                found.append(_changed(key, to, one, other))
    return found


def _order(key: SeriesKey) -> tuple[str, str, str, str]:
    return key.code, key.area, key.span.value, key.breakdown


def _changed(key: SeriesKey, to: Month, one: Point, other: Point) -> ChangedFigure:
    if one.unknown == "not-loaded":
        kind = ADDED
    elif one.value is None:
        kind = NAMED
    else:
        kind = REVISED if other.value is not None else GONE
    return ChangedFigure(key, to, kind, say_point(one), say_point(other), other.load, one.value, other.value)


def compare_published(plan: Plan, said: SeriesByKey, now: SeriesByKey) -> list[ChangedFigure]:
    """What a report said, where the same periods are otherwise as known now."""
    by_span: dict[tuple[str, str, str], dict[Span, Series]] = {}
    for key, series in now.items():
        by_span.setdefault((key.code, key.area, key.breakdown), {})[key.span] = series
    found: list[ChangedFigure] = []
    for key in sorted(said, key=_order):
        indicator = plan.indicator(key.code)
        if indicator is not None:
            known = by_span.get((key.code, key.area, key.breakdown), {})
            found += _compare_series(indicator, said[key], known)
    return found


def _compare_series(indicator: Indicator, said: Series, known: Mapping[Span, Series]) -> Iterator[ChangedFigure]:
    for point in said.points:
        figure = find_period(indicator, known, point.to, said.key.span)
        if point.value is None and figure.value is None:
            continue
        now = figure.printed if figure.value is not None else UNKNOWN[figure.unknown or "not-loaded"]
        since = figure.loads[0] if len(figure.loads) == 1 else ""
        both = point.value is not None and figure.value is not None
        if point.value is not None and figure.value is not None and _prints_alike(point, figure.value):
            continue
        kind = REVISED if both else NAMED if point.value is None else GONE
        then = say_point(point) if point.value is not None else point.printed or say_point(point)
        yield ChangedFigure(said.key, point.to, kind, then, now, since, point.value, figure.value)


def _prints_alike(point: Point, value: Decimal) -> bool:
    """May what is known now have printed as the report has it?"""
    if point.value is None:
        return False
    exponent = point.value.as_tuple().exponent
    whole = not isinstance(exponent, int) or exponent >= 0
    room = Decimal(0) if whole and "%" not in point.printed else Decimal(1).scaleb(int(exponent)) / 2
    return abs(value - point.value) <= room
