"""What does the page of one indicator say of its figures: the answer, the arithmetic, the areas, the vintages?

Presenters of what `reports` computed: nothing is worked out a second time here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Span, period_words
from bluelamp.figures.saying import round_figure
from bluelamp.performance.plans import Indicator
from bluelamp.performance.reports.model import LoadKnown, PeriodFigure, ReportRow
from bluelamp.performance.reports.periods import ADDED, SeriesBySpan
from bluelamp.performance.reports.printing import places_of, print_value
from bluelamp.performance.series import UNKNOWN, Point

_PARTS: Final = {"months": Span.MONTH, "quarters": Span.QUARTER, "half-years": Span.HALF_YEAR}
"""Of what a figure was put together, by its `basis`."""

# -- the answer ---------------------------------------------------------------------------------------------


def say_latest(row: ReportRow) -> str:
    """ "In the 12 months to March 2021: 13,988, 7.0% (1,053) fewer than a year before." """
    latest, change = row.latest, row.change
    period = f"the {latest.words}" if latest.span is Span.YEAR else latest.words
    if latest.value is None:
        return f"For {period} the figure is not known: {latest.unknown_words}."
    if not change.is_known:
        why = f" {change.reason}" if change.reason else ""
        return f"In {period}: {latest.printed}. How it changed over the year is not known.{why}"
    if not change.direction:
        return f"In {period}: {latest.printed}, the same as a year before."
    return f"In {period}: {latest.printed}, {_say_move(row)} than a year before."


def _say_move(row: ReportRow) -> str:
    change, counts = row.change, row.indicator.unit == "count"
    word = ("more" if counts else "higher") if change.direction > 0 else ("fewer" if counts else "lower")
    share = change.share_printed.lstrip("+-−").replace("% pts", " percentage points")
    actual = change.actual_printed.lstrip("+-−")
    if change.share is None:
        return f"{actual} {word}"
    if change.unit == "points" or change.actual is None:
        return f"{share} {word}"
    return f"{share} ({actual}) {word}"


# -- the arithmetic -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PartOfFigure:
    """A month (or the whole period, where it came ready made): what it was counted from, and where it stands."""

    words: str
    printed: str  # "" where it is not known
    unknown: str
    numerator: str
    denominator: str
    sample: str
    flags: tuple[str, ...]
    load: LoadKnown | None
    cell: str


@dataclass(frozen=True)
class Arithmetic:
    """How a figure was made: a sentence, and the parts."""

    figure: PeriodFigure
    how: str
    parts: tuple[PartOfFigure, ...]

    @property
    def has_fractions(self) -> bool:
        return any(part.numerator or part.denominator for part in self.parts)


def make_arithmetic(
    indicator: Indicator, figure: PeriodFigure, series: SeriesBySpan, loads: Mapping[str, LoadKnown]
) -> Arithmetic:
    """The months behind a figure, each with its load and cell; of one that came ready made, that one."""
    part = _PARTS.get(figure.basis)
    if part is None and figure.value is None:  # not known: the months that are there, and those that are not
        part = next((span for span in _PARTS.values() if span in series), None)
    if part is None:
        point = series[figure.span].at(figure.to) if figure.span in series else None
        parts = (_make_part(indicator, point, figure.span, loads),) if point else ()
        return Arithmetic(figure, _say_how(indicator, figure, 0), parts)
    ends = [figure.to.plus(-part.months * back) for back in range(figure.span.months // part.months)][::-1]
    points = [series[part].at(end) for end in ends]
    made = tuple(_make_part(indicator, point, part, loads) for point in points)
    return Arithmetic(figure, _say_how(indicator, figure, len(points)), made)


def _say_how(indicator: Indicator, figure: PeriodFigure, parts: int) -> str:
    if figure.value is None:
        return figure.reason or f"{figure.unknown_words.capitalize()}."
    if figure.basis not in _PARTS:
        fraction = _say_fraction(figure.numerator, figure.denominator)
        return f"It came ready made for the whole period{f': {fraction}' if fraction else ''}."
    if indicator.unit in ADDED:
        return f"The sum of {parts} {figure.basis}: {figure.printed}."
    return (
        f"{_say_fraction(figure.numerator, figure.denominator)} = {figure.printed}: what was counted in {parts}"
        f" {figure.basis}, over what it was counted of in all of them; never a mean of percentages."
    )


def _say_fraction(numerator: Decimal | None, denominator: Decimal | None) -> str:
    return f"{_plain(numerator)} of {_plain(denominator)}" if numerator is not None and denominator else ""


def _make_part(indicator: Indicator, point: Point, span: Span, loads: Mapping[str, LoadKnown]) -> PartOfFigure:
    return PartOfFigure(
        words=period_words(point.to, span),
        printed=print_point(indicator, point),
        unknown=UNKNOWN.get(point.unknown, ""),
        numerator=_plain(point.numerator),
        denominator=_plain(point.denominator),
        sample=f"{point.sample:,}" if point.sample is not None else "",
        flags=point.flags,
        load=loads.get(point.load),
        cell=point.cell,
    )


def print_point(indicator: Indicator, point: Point) -> str:
    if point.value is None:
        return ""
    places = max(indicator.decimals, min(places_of(point.value), 2))
    return print_value(indicator, point.value, places=places)


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{round_figure(number, places_of(number)):,}"
