"""Is a printed change what its own row gives; is a printed share its own fraction; was a figure copied?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bluelamp.checks.model import Check, Printed, PrintedPeriod, PrintedSeries, Result, Subject, Verdict
from bluelamp.figures.printed import PrintedValue
from bluelamp.figures.recomputing import Recomputed, Span, recompute
from bluelamp.figures.recomputing import Verdict as Found
from bluelamp.lib.calendar_days import say_day

_SHARE = "figure to"


def check_changes(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Every printed change and every share with its fraction, in the rows of performance tables."""
    for subject in subjects:
        for series in subject.series:
            for found in recompute(series):
                yield _result(series, found)
            yield from _repeats(series)


def _result(series: PrintedSeries, found: Recomputed) -> Result:
    name = " ".join(filter(None, (series.code, series.name)))
    is_share = found.what.startswith(_SHARE)
    verdict = _verdict(series, found)
    what = "share" if is_share else found.what
    message = {
        Verdict.CONSISTENT: f"{name}: the {what} is printed as {found.printed}, as its figures give it.",
        Verdict.UNCHECKED: f"{name}: the {what} could not be checked, since {found.says}.",
    }.get(verdict, f"{name}: {_lower(found.says)}")
    return Result(
        verdict=verdict,
        check=Check.RATIO if is_share else Check.CHANGE,
        rule="fraction" if is_share else "change-" + found.what.rpartition(" ")[2].replace("cent", "percent"),
        message=message,
        printed=(Printed(found.printed, series.citations), *_figures(series, is_share=is_share)),
        recomputed="" if found.value is None else _round(found.value),
        tolerance="" if found.span is None else f"from {_round(found.span.low)} to {_round(found.span.high)}",
    )


def _figures(series: PrintedSeries, *, is_share: bool) -> tuple[Printed, ...]:
    """The two ends of the row, which the change is of."""
    if is_share or not series.periods:
        return ()
    first, last = series.periods[0].value.printed, series.periods[-1].value.printed
    return (Printed(f"{first} … {last}", series.citations),)


def _verdict(series: PrintedSeries, found: Recomputed) -> Verdict:
    if found.verdict is Found.AGREES:
        return Verdict.CONSISTENT
    if found.verdict is Found.UNCHECKED or found.span is None:
        return Verdict.UNCHECKED
    printed = series.change_percent if "number" not in found.what else series.change_actual
    if printed is not None and found.span.meets(_cut_off(printed)):
        return Verdict.CONSISTENT  # cut off instead of rounded
    if "percentage points" in found.says and "that is" in found.says:
        return Verdict.SUSPECT  # points under the sign of per cent
    if "the sign is wrong" in found.says and _below_nought(series):
        return Verdict.SUSPECT  # of figures that are reductions themselves, a greater one may be called a rise
    return Verdict.CONTRADICTION


def _cut_off(printed: PrintedValue) -> Span:
    """What may have printed so where the last figures were cut off."""
    if printed.value is None or printed.low is None or printed.high is None:
        return Span(low=Decimal("Infinity"), high=Decimal("Infinity"))
    place = printed.high - printed.low
    if printed.value >= 0:
        return Span(low=printed.low, high=printed.value + place)
    return Span(low=printed.value - place, high=printed.high)


def _below_nought(series: PrintedSeries) -> bool:
    ends = (series.periods[0].value.value, series.periods[-1].value.value)
    return all(value is not None and value < 0 for value in ends)


def _round(value: Decimal) -> str:
    return f"{round(value, 3).normalize():f}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


# -- figures printed twice --------------------------------------------------------------------------------


def _repeats(series: PrintedSeries) -> Iterator[Result]:
    """The same count beside two different shares, or the same share beside two different counts, of two periods.

    A figure that stands still may be true; where its companion moved, one of the two was likely copied.
    """
    for earlier, later in _pairs(series):
        one, other = earlier.value, later.value
        if one.value is None or other.value is None or one.value == other.value:
            continue
        if one.numerator is None or one.numerator != other.numerator or one.denominator != other.denominator:
            continue
        yield Result(
            verdict=Verdict.SUSPECT,
            check=Check.CHANGE,
            rule="repeat",
            message=(
                f"{' '.join(filter(None, (series.code, series.name)))}: {one.numerator:,f} stands beside"
                f" {_bare(one)} for {say_day(earlier.to)} and again beside {_bare(other)} for {say_day(later.to)};"
                " one of them may have been copied."
            ),
            printed=(Printed(one.printed, series.citations), Printed(other.printed, series.citations)),
        )


def _pairs(series: PrintedSeries) -> Iterator[tuple[PrintedPeriod, PrintedPeriod]]:
    periods = series.periods
    return ((one, other) for i, one in enumerate(periods) for other in periods[i + 1 :])


def _bare(value: PrintedValue) -> str:
    return f"{value.value:f}{'%' if value.unit == 'percent' else ''}"
