"""Does an inspection's estimate leave room for what the force reports of the same matter in another paper?

The two measure different things, so that they differ is no contradiction: it is a doubt that needs explaining,
and the definition of the pair says what each measures (definitions/vocabularies/indicator-statistics.yaml).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from bluelamp.checks.estimate_pairs import (
    Bounds,
    Pair,
    are_of_the_same,
    bears_on,
    bounds_of_estimate,
    load_pairs,
    months_to_compare,
    period_end,
    speaks_of,
)
from bluelamp.checks.model import (
    Check,
    Printed,
    PrintedPeriod,
    PrintedSeries,
    PrintedStatistic,
    Result,
    Subject,
    Verdict,
)
from bluelamp.figures.months import Month
from bluelamp.lib.calendar_days import say_day


@dataclass(frozen=True)
class _Row:
    """A printed row as a measure that a force reports."""

    series: PrintedSeries

    numerator = ""
    denominator = ""
    inspection_areas: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.series.name

    @property
    def unit(self) -> str:
        units = {period.value.unit for period in self.series.periods if period.value.low is not None}
        return "percentage" if units == {"percent"} else "other"


def check_estimates(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Every estimate of one document beside the rows of the others about the same force."""
    for estimated, reported in product(subjects, subjects):
        is_same_force = not (estimated.force and reported.force) or estimated.force == reported.force
        if estimated is reported or not is_same_force:
            continue
        for statistic in estimated.statistics:
            for pair in _pairs_of(statistic):
                for series in reported.series:
                    if bears_on(pair, _Row(series)):
                        yield from _compare(pair, estimated, statistic, series)


def _pairs_of(statistic: PrintedStatistic) -> list[Pair]:
    sentence = statistic.citations[0].quote
    return [pair for pair in load_pairs().values() if speaks_of(pair, statistic.subject, sentence)]


def _compare(pair: Pair, subject: Subject, statistic: PrintedStatistic, series: PrintedSeries) -> Iterator[Result]:
    estimate, period = _bounds(statistic), _period(pair, subject, series)
    if period is None or period.value.low is None or period.value.high is None:
        return
    figure = f"“{series.name}” is printed as {period.value.printed} to {say_day(period.to)}"
    value = f"{statistic.value.printed}" + (
        f" ± {statistic.half_width.printed.lstrip('±+/- ')}" if statistic.half_width else ""
    )
    said = f"the inspection estimates {value} for {statistic.subject or 'the same matter'}"
    places = (Printed(period.value.printed, series.citations), Printed(value, statistic.citations))
    if estimate is None:
        why = "the estimate has neither a margin nor a sample"
    elif not are_of_the_same(pair, _Row(series), statistic.subject):
        why = "one of them speaks of a part"
    else:
        agrees = estimate.meets(Bounds(low=period.value.low, high=period.value.high))
        between = f"between {estimate.low.normalize():f}% and {estimate.high.normalize():f}%"
        end = (
            "so both may be right."
            if agrees
            else f"They measure different things (the row: {pair.indicator_measures}; the inspection:"
            f" {pair.statistic_measures}), so neither proves the other wrong, but the difference needs explaining."
        )
        yield Result(
            verdict=Verdict.CONSISTENT if agrees else Verdict.SUSPECT,
            check=Check.CROSS_DOCUMENT,
            rule="estimate-beside-figure",
            message=f"{figure}; {said}, {between}{', ' if agrees else '. '}{end}",
            printed=places,
            recomputed=between,
        )
        return
    yield Result(
        verdict=Verdict.UNCHECKED,
        check=Check.CROSS_DOCUMENT,
        rule="estimate-beside-figure",
        message=f"{figure}; {said}: {why}, so the two cannot be compared.",
        printed=places,
    )


def _bounds(statistic: PrintedStatistic) -> Bounds | None:
    value, half = statistic.value, statistic.half_width
    if value.value is None:
        return None
    printed = f"{value.printed} {half.printed if half else ''}"
    return bounds_of_estimate(printed, value.value, half.value if half else None, statistic.n, value.unit)


def _period(pair: Pair, subject: Subject, series: PrintedSeries) -> PrintedPeriod | None:
    """The figure to set beside the estimate: the last before the inspection was published, else the row's last."""
    known = {Month.of(period.to): period for period in series.periods if period.value.low is not None}
    if not known:
        return None
    published = Month.of(subject.published) if subject.published else period_end(subject.document.title)
    if published is None:
        published = period_end(subject.further.get("title", ""))
    if published is None:
        return known[max(known)]
    months = months_to_compare(period=None, published=published, apart=pair.apart_months)
    return next((known[month] for month in months if month in known), None)
