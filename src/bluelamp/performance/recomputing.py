"""Is the change that a published row prints what its own figures give?

Figures and change are each an interval (law 2). A print is wrong only where no unrounded figures could have given
it; then the difference is named, and where a slip explains it (a sign, per cent for percentage points, a fraction
upside down) the slip too.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import product

from bluelamp.documents.facts import Period
from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.printed import PrintedValue
from bluelamp.figures.saying import round_figure
from bluelamp.performance.facts import IndicatorRow


class Verdict(StrEnum):
    AGREES = "agrees"
    WRONG = "wrong"  # no unrounded figures could have printed so
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a figure may truly be; both ends count, since ties are rounded either way."""

    low: Decimal
    high: Decimal

    def meets(self, other: Span) -> bool:
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """One print of a row set against what the row's figures give."""

    what: str  # "change in per cent", "change in points", "change in number", "figure to 2020-03-31"
    printed: str
    verdict: Verdict
    value: Decimal | None = None  # from the figures as printed
    span: Span | None = None  # from what they may truly be
    says: str = ""  # one sentence where the print is wrong, the reason where it is unchecked


def recompute(row: IndicatorRow) -> tuple[Recomputed, ...]:
    """Each printed change of the row, and each printed share that has its fraction beside it."""
    shares = [checked for period in row.periods if (checked := _recompute_share(period))]
    if len(row.periods) < 2:
        return tuple(shares)
    first, last = row.periods[0].value, row.periods[-1].value
    return (*_changes(row, first, last), *shares)


def wrong_prints(row: IndicatorRow) -> tuple[Recomputed, ...]:
    """Only those that cannot be."""
    return tuple(found for found in recompute(row) if found.verdict is Verdict.WRONG)


# -- changes ------------------------------------------------------------------------------------------------


def _changes(row: IndicatorRow, first: PrintedValue, last: PrintedValue) -> list[Recomputed]:
    found = []
    if row.change_percent is not None:
        share = first.unit == "percent"
        made = _points(first, last) if share or row.change_percent.unit == "points" else _percent(first, last)
        what = "change in points" if share or row.change_percent.unit == "points" else "change in per cent"
        found.append(_compare(what, row.change_percent, made, _pair(first, last), share=share))
    if row.change_actual is not None:
        pairs = _numbers(first, last)
        made = _points(*pairs) if pairs else NotKnown("the row prints no numbers beside its percentages")
        words = _pair(*pairs) if pairs else ""
        found.append(_compare("change in number", row.change_actual, made, words, share=False))
    return found


def _numbers(first: PrintedValue, last: PrintedValue) -> tuple[PrintedValue, PrintedValue] | None:
    """Of what a change in number is: the counts, or the numerators beside percentages."""
    if first.unit != "percent":
        return first, last
    if first.numerator is None or last.numerator is None:
        return None
    uneven = _places(first.numerator) != _places(last.numerator)  # 151 beside 155.36 may have been rounded
    return _counted(first.numerator, rounded=uneven), _counted(last.numerator, rounded=uneven)


_Made = tuple[Decimal, Span] | NotKnown


def _points(first: PrintedValue, last: PrintedValue) -> _Made:
    """last - first, and all that it may be."""
    before, after = _span(first), _span(last)
    if isinstance(before, NotKnown) or isinstance(after, NotKnown) or first.value is None or last.value is None:
        return _unknown(first, last)
    return last.value - first.value, Span(low=after.low - before.high, high=after.high - before.low)


def _percent(first: PrintedValue, last: PrintedValue) -> _Made:
    """(last - first) / first in per cent, and all that it may be."""
    before, after = _span(first), _span(last)
    if isinstance(before, NotKnown) or isinstance(after, NotKnown) or first.value is None or last.value is None:
        return _unknown(first, last)
    if before.low <= 0 or first.value <= 0:
        return NotKnown("a change from zero or below has no percentage")
    ends = [(b - a) * 100 / a for a, b in product((before.low, before.high), (after.low, after.high))]
    return (last.value - first.value) * 100 / first.value, Span(low=min(ends), high=max(ends))


def _unknown(first: PrintedValue, last: PrintedValue) -> NotKnown:
    for value in (first, last):
        if value.low is None or value.high is None or value.value is None:
            why = value.flags[0].replace("_", " ") if value.flags else "unreadable"
            return NotKnown(f"{value.printed!r} is no figure ({why})")
    return NotKnown("no figure")


def _span(value: PrintedValue) -> Span | NotKnown:
    if value.low is None or value.high is None:
        return NotKnown("no interval")
    return Span(low=value.low, high=value.high)


def _compare(what: str, printed: PrintedValue, made: _Made, pair: str, *, share: bool) -> Recomputed:
    claimed = _span(printed)
    if isinstance(claimed, NotKnown):
        return _unchecked(what, printed.printed, "the row prints no such change")
    if isinstance(made, NotKnown):
        return _unchecked(what, printed.printed, made.why)
    value, span = made
    as_points = share and printed.unit == "percent"
    if span.meets(claimed):
        if not as_points:
            return Recomputed(what=what, printed=printed.printed, verdict=Verdict.AGREES, value=value, span=span)
        slip = "it is printed as per cent and is percentage points"
    else:
        slip = _slip(claimed, span)
    places = max(2, _places(claimed.low) + 1)  # finer than the print, whose ends lie half a last place away
    unit = " percentage points" if share else "%" if what == "change in per cent" else ""
    says = f"Printed {printed.printed}, but {pair} gives {_signed(value, places)}{unit}"
    return Recomputed(
        what=what,
        printed=printed.printed,
        verdict=Verdict.WRONG,
        value=value,
        span=span,
        says=f"{says}; {slip}." if slip else f"{says}.",
    )


def _slip(claimed: Span, span: Span) -> str:
    """What would explain a print that cannot be; "" where nothing plain does."""
    if Span(low=-claimed.high, high=-claimed.low).meets(span):
        return "the sign is wrong"
    step = claimed.high - claimed.low
    if step and Span(low=claimed.low - step, high=claimed.high + step).meets(span):
        return "it is one out in its last figure"
    return ""


# -- shares with their fraction ------------------------------------------------------------------------------


def _recompute_share(period: Period) -> Recomputed | None:
    """ "98.66% 2,059.01/2,087": is the one the other? A whole number beside finer ones may have been rounded."""
    value = period.value
    if value.numerator is None or value.denominator is None or value.value is None:
        return None
    claimed = _span(value)
    if isinstance(claimed, NotKnown) or not value.denominator:
        return None
    if value.unit != "percent":
        return None
    top, bottom = _counted(value.numerator, rounded=True), _counted(value.denominator, rounded=True)
    span, exact = _share(top, bottom), value.numerator * 100 / value.denominator
    what = f"figure to {period.to}"
    if span.meets(claimed):
        return Recomputed(what=what, printed=value.printed, verdict=Verdict.AGREES, value=exact, span=span)
    upside_down = value.numerator and _share(bottom, top).meets(claimed)
    words = f"{value.numerator:,}/{value.denominator:,} is {round_figure(exact, 2)}%"
    slip = f", and {round_figure(10_000 / exact, 2)}% the other way up" if upside_down else ""
    return Recomputed(
        what=what,
        printed=value.printed,
        verdict=Verdict.WRONG,
        value=exact,
        span=span,
        says=f"Printed {round_figure(value.value, _places(value.value))}%, but {words}{slip}.",
    )


def _share(top: PrintedValue, bottom: PrintedValue) -> Span:
    ends = [a * 100 / b for a, b in product((top.low, top.high), (bottom.low, bottom.high)) if a is not None and b]
    return Span(low=min(ends), high=max(ends))


def _counted(number: Decimal, *, rounded: bool) -> PrintedValue:
    """A count as a printed value; `rounded`: it may have been, to its own last place."""
    half = Decimal(5).scaleb(-_places(number) - 1) if rounded else Decimal(0)
    return PrintedValue(printed=f"{number:,}", value=number, low=number - half, high=number + half)


# -- words ---------------------------------------------------------------------------------------------------


def _unchecked(what: str, printed: str, why: str) -> Recomputed:
    return Recomputed(what=what, printed=printed, verdict=Verdict.UNCHECKED, says=why)


def _pair(first: PrintedValue, last: PrintedValue) -> str:
    return f"{_bare(first)} to {_bare(last)}"


def _bare(value: PrintedValue) -> str:
    return f"{value.value:,}{'%' if value.unit == 'percent' else ''}" if value.value is not None else value.printed


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _signed(value: Decimal, places: int) -> str:
    rounded = round_figure(value, places)
    plain = rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()
    return f"{plain:+,}" if plain else "0"
