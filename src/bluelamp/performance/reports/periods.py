"""What is an indicator's figure for the twelve months to a quarter's end?

From months where there are months: counts are added, and a percentage, rate or mean is the sum of its numerators
over the sum of its denominators, never a mean of percentages. Where there are no months, from four quarters; else
the figure that came ready made for the whole period. A period of which a month is missing is not known, and says
which month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Month, Span, months_between, period_words
from bluelamp.performance.plans import Indicator
from bluelamp.performance.reports.model import PeriodFigure
from bluelamp.performance.reports.printing import SHARES, places_of, print_value
from bluelamp.performance.series import UNKNOWN, Point, Series

MOST_PLACES: Final = 2
"""Decimals to which a ready-made figure is printed where its indicator asks for fewer: 0.54% is not 0.5%."""
SeriesBySpan = Mapping[Span, Series]
ADDED: Final = ("count", "money")
"""Units whose periods are added."""
_OF_FREQUENCY: Final = {
    "monthly": Span.MONTH,
    "quarterly": Span.QUARTER,
    "six-monthly": Span.HALF_YEAR,
    "yearly": Span.YEAR,
}
_PARTS: Final = (Span.MONTH, Span.QUARTER, Span.HALF_YEAR)


def table_span(indicator: Indicator) -> Span:
    """How long the periods of the table are: 12 months, or those of the indicator where it is not rolled."""
    return Span.YEAR if indicator.printed_rolling else _OF_FREQUENCY.get(indicator.frequency, Span.MONTH)


def find_period(indicator: Indicator, series: SeriesBySpan, to: Month, span: Span | None = None) -> PeriodFigure:
    """The figure of the period of `span` (the table's own) that ends in `to`."""
    wanted = span or table_span(indicator)
    made: PeriodFigure | None = None
    for part in _PARTS:
        if part.months < wanted.months and part in series:
            made = _combine(indicator, series[part], to, wanted)
            if made is not None and not made.unknown:
                return made
    lengths = (wanted,) if span else _ready_made(wanted)
    length = next((each for each in lengths if each in series), wanted)
    loaded = series[length].at(to) if length in series else None
    if loaded is not None and (loaded.value is not None or made is None):
        return as_loaded(indicator, loaded, length)
    return made or _unknown(to, wanted, "not-loaded", f"No figures are loaded for {period_words(to, wanted)}.")


def _ready_made(wanted: Span) -> tuple[Span, ...]:
    """Of which length a ready-made figure is taken. What is counted on a day (staff in post) is the same in a
    report's column of 12 months, so where nothing shorter is there, that stands for it."""
    return (wanted,) if wanted is Span.YEAR else tuple(each for each in Span if each.months >= wanted.months)


def as_loaded(indicator: Indicator, point: Point, span: Span) -> PeriodFigure:
    """The figure of a period as it came, with no fewer decimals than it came with."""
    loads = (point.load,) if point.load else ()
    if point.value is None:
        ranged = "range" in point.flags and bool(point.printed)
        said = f"only a range, {point.printed}" if ranged else UNKNOWN[point.unknown]
        return PeriodFigure(
            to=point.to,
            span=span,
            printed=point.printed if ranged else UNKNOWN[point.unknown],
            unknown=point.unknown,
            reason=f"{period_words(point.to, span)}: {said}.",
            flags=point.flags,
            loads=loads,
        )
    places = max(indicator.decimals, min(places_of(point.value), MOST_PLACES))
    parts = _shows_parts(indicator, point)
    return PeriodFigure(
        to=point.to,
        span=span,
        value=point.value,
        numerator=point.numerator,
        denominator=point.denominator,
        printed=print_value(
            indicator, point.value, point.numerator, point.denominator, places=places, parts=parts
        ),
        parts=parts,
        basis="as loaded",
        flags=point.flags,
        loads=loads,
        sample=point.sample,
        half_width=point.half_width,
    )


def _shows_parts(indicator: Indicator, point: Point) -> bool:
    """Of what is counted on a day, of a ratio, and where the source printed them beside the percentage."""
    if indicator.unit not in SHARES or point.numerator is None:
        return False
    if indicator.unit == "ratio" or not indicator.printed_rolling:
        return True
    return len(point.printed.strip("* ").split()) > 1


def _combine(indicator: Indicator, series: Series, to: Month, span: Span) -> PeriodFigure | None:
    """From the parts of the period; None where not one of them is there."""
    part = series.key.span
    ends = [to.plus(-part.months * back) for back in range(span.months // part.months)][::-1]
    points = [series.at(end) for end in ends]
    if all(point.unknown == "not-loaded" for point in points):
        return None
    if missing := [point for point in points if point.value is None]:
        unknown = next((name for name in UNKNOWN if any(point.unknown == name for point in missing)), "")
        return _unknown(to, span, unknown, say_missing(missing, part), _loads(points))
    sums = _sums(indicator, points)
    if isinstance(sums, str):
        return _unknown(to, span, "not-recorded", sums, _loads(points))
    value, numerator, denominator = sums
    return PeriodFigure(
        to=to,
        span=span,
        value=value,
        numerator=numerator,
        denominator=denominator,
        printed=print_value(indicator, value, numerator, denominator),
        basis="months" if part is Span.MONTH else "quarters" if part is Span.QUARTER else "half-years",
        flags=_flags(points),
        loads=_loads(points),
        sample=_total(point.sample for point in points),
    )


def _sums(indicator: Indicator, points: Sequence[Point]) -> tuple[Decimal, Decimal | None, Decimal | None] | str:
    """Value, numerator and denominator of the periods together; a sentence where they cannot be put together."""
    if indicator.unit in ADDED:
        return sum((point.value for point in points if point.value is not None), Decimal()), None, None
    tops = [point.numerator for point in points if point.numerator is not None]
    bottoms = [point.denominator for point in points if point.denominator is not None]
    if len(tops) < len(points) or len(bottoms) < len(points):
        return "The parts are known without what they are made of, and a mean of percentages or rates is none."
    top, bottom = sum(tops, Decimal()), sum(bottoms, Decimal())
    if indicator.unit == "rate":
        bottom /= len(points)  # a population stands still: the same people are not added up month by month
    if not bottom:
        return "There was nothing to take a share of: the denominators add up to zero."
    factor = 100 if indicator.unit in ("percentage", "ratio") else indicator.per or 1
    return top / bottom * factor, top, bottom


def say_missing(points: Sequence[Point], span: Span) -> str:
    """ "August and September 2020: not loaded." """
    said: dict[str, list[Point]] = {}
    for point in points:
        said.setdefault(UNKNOWN[point.unknown], []).append(point)
    sentences = [f"{_say_periods(each, span)}: {why}." for why, each in said.items()]
    return " ".join(sentences)


def _say_periods(points: Sequence[Point], span: Span) -> str:
    """Runs of periods in a row are said by their ends."""
    runs: list[list[Month]] = []
    for point in points:
        if runs and runs[-1][-1].plus(span.months) == point.to:
            runs[-1].append(point.to)
        else:
            runs.append([point.to])
    said = [
        period_words(run[0], span) if len(run) == 1 else f"{run[0].plus(1 - span.months).words} to {run[-1].words}"
        for run in runs
    ]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _unknown(to: Month, span: Span, name: str, reason: str, loads: tuple[str, ...] = ()) -> PeriodFigure:
    return PeriodFigure(to=to, span=span, printed=UNKNOWN[name], unknown=name, reason=reason, loads=loads)


def _flags(points: Iterable[Point]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(flag for point in points for flag in point.flags))


def _loads(points: Iterable[Point]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(point.load for point in points if point.load))


def _total(samples: Iterable[int | None]) -> int | None:
    known = list(samples)
    return None if None in known else sum(each for each in known if each is not None)


def months_of(to: Month, span: Span) -> list[Month]:
    """The months of the period that ends in `to`."""
    return list(months_between(to.plus(1 - span.months), to))
