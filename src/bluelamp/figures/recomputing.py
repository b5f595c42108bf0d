"""Is the change that a published row prints what its own figures give?

Figures and change are each an interval (law 2). A print is wrong only where no unrounded figures could have given
it; then the difference is named, and where a slip explains it (a sign, per cent for percentage points, a fraction
upside down) the slip too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import product
from typing import Protocol

from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.printed import PrintedValue
from bluelamp.figures.saying import round_figure


class PrintedPeriod(Protocol):
    """A figure and the last day of its period."""

    @property
    def to(self) -> dt.date: ...

    @property
    def value(self) -> PrintedValue: ...


class PrintedRow(Protocol):
    """A row of figures over several periods, oldest first, and the change that it prints."""

    @property
    def periods(self) -> Sequence[PrintedPeriod]: ...

    @property
    def change_percent(self) -> PrintedValue | None: ...

    @property
    def change_actual(self) -> PrintedValue | None: ...


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


def recompute(row: PrintedRow) -> tuple[Recomputed, ...]:
    """Each printed change of the row, and each printed share that has its fraction beside it."""
    shares = [checked for period in row.periods if (checked := _recompute_share(period))]
    if len(row.periods) < 2:
        return tuple(shares)
    return (*_changes(row), *shares)


def wrong_prints(row: PrintedRow) -> tuple[Recomputed, ...]:
    """Only those that cannot be."""
    return tuple(found for found in recompute(row) if found.verdict is Verdict.WRONG)


_Made = tuple[Decimal, Span] | NotKnown  # from the figures as printed, and all that it may be


# -- changes ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """One thing that a printed change may be: of which figures, made how, in which unit."""

    what: str
    made: _Made
    pair: str
    unit: str = ""
    mistaken: _Made | None = None  # what may have been printed in its place


def _changes(row: PrintedRow) -> list[Recomputed]:
    found = []
    last = row.periods[-1].value
    for printed, find_ways in ((row.change_percent, _percent_ways), (row.change_actual, _number_ways)):
        if printed is not None:
            ways = [way for first in _bases(row) for way in find_ways(row, printed, first, last)]
            tried = [_compare(printed, way) for way in ways]
            found.append(next((each for each in tried if each.verdict is Verdict.AGREES), tried[0]))
    return found


def _bases(row: PrintedRow) -> list[PrintedValue]:
    """From which period a change may be told: a year before the last if the row has it, or from its first."""
    *earlier, last = row.periods
    year_before = [p for p in earlier if (p.to.year + 1, p.to.month) == (last.to.year, last.to.month)]
    return [period.value for period in dict.fromkeys([*year_before[-1:], earlier[0]])]


def _percent_ways(row: PrintedRow, printed: PrintedValue, first: PrintedValue, last: PrintedValue) -> list[_Way]:
    pair = _pair(first, last)
    points = _Way(what="change in points", made=_points(first, last), pair=pair, unit=" percentage points")
    mistaken = points.made if first.unit == "percent" else None
    percent = _Way(what="change in per cent", made=_percent(first, last), pair=pair, unit="%", mistaken=mistaken)
    if printed.unit == "points":
        return [points]
    if first.unit == "percent" and "%" not in printed.printed:  # a head said "%"; points may be meant
        return [points, percent]
    return [percent]


def _number_ways(row: PrintedRow, printed: PrintedValue, first: PrintedValue, last: PrintedValue) -> list[_Way]:
    """Of counts, or of the numerators beside percentages; of bare percentages the points."""
    what = "change in number"
    if first.unit != "percent":
        return [_Way(what=what, made=_points(first, last), pair=_pair(first, last))]
    if first.numerator is not None and last.numerator is not None:
        uneven = _places(first.numerator) != _places(last.numerator)  # 151 beside 155.36 may have been rounded
        tops = _counted(first.numerator, rounded=uneven), _counted(last.numerator, rounded=uneven)
        return [_Way(what=what, made=_points(*tops), pair=_pair(*tops))]
    unknown = _Way(what=what, made=NotKnown("the row prints no numbers beside its percentages"), pair="")
    if row.change_percent is not None and printed.unit not in ("points", "percent"):
        return [unknown]
    points = _Way(
        what="change in points", made=_points(first, last), pair=_pair(first, last), unit=" percentage points"
    )
    # A whole number beside finer percentages may be a change of what they are shares of, which is not printed.
    is_count = printed.unit == "" and "." not in printed.printed and "." in first.printed
    return [unknown, points] if is_count else [points]


def _points(first: PrintedValue, last: PrintedValue) -> _Made:
    """last - first."""
    before, after = _span(first), _span(last)
    if isinstance(before, NotKnown):
        return before
    if isinstance(after, NotKnown):
        return after
    return _middle(last) - _middle(first), Span(low=after.low - before.high, high=after.high - before.low)


def _percent(first: PrintedValue, last: PrintedValue) -> _Made:
    """(last - first) / first in per cent."""
    before, after = _span(first), _span(last)
    if isinstance(before, NotKnown):
        return before
    if isinstance(after, NotKnown):
        return after
    if before.low <= 0:
        return NotKnown("a change from zero or below has no percentage")
    ends = [(b - a) * 100 / a for a, b in product((before.low, before.high), (after.low, after.high))]
    return (_middle(last) / _middle(first) - 1) * 100, Span(low=min(ends), high=max(ends))


def _span(value: PrintedValue) -> Span | NotKnown:
    if value.low is None or value.high is None:
        why = value.flags[0].replace("_", " ") if value.flags else "unreadable"
        return NotKnown(f"{value.printed!r} is no figure ({why})")
    return Span(low=value.low, high=value.high)


def _middle(value: PrintedValue) -> Decimal:
    """The figure, or the middle of a printed range."""
    if value.value is not None:
        return value.value
    return ((value.low or Decimal(0)) + (value.high or Decimal(0))) / 2


def _compare(printed: PrintedValue, way: _Way) -> Recomputed:
    claimed = _span(printed)
    if isinstance(claimed, NotKnown):
        return _unchecked(way.what, printed.printed, "the row prints no such change")
    if isinstance(way.made, NotKnown):
        return _unchecked(way.what, printed.printed, way.made.why)
    value, span = way.made
    agrees = span.meets(claimed)
    return Recomputed(
        what=way.what,
        printed=printed.printed,
        verdict=Verdict.AGREES if agrees else Verdict.WRONG,
        value=value,
        span=span,
        says="" if agrees else _say_wrong(printed, claimed, way, value, span),
    )


def _say_wrong(printed: PrintedValue, claimed: Span, way: _Way, value: Decimal, span: Span) -> str:
    places = max(2, _places(claimed.low) + 1)  # finer than the print, whose ends lie half a last place away
    says = f"Printed {printed.printed}, but {way.pair} gives {_signed(value, places)}{way.unit}"
    slip = _slip(claimed, span)
    if isinstance(way.mistaken, tuple) and way.mistaken[1].meets(claimed):
        slip = "that is the change in percentage points"
    return f"{says}; {slip}." if slip else f"{says}."


def _slip(claimed: Span, span: Span) -> str:
    """What would explain a print that cannot be; "" where nothing plain does."""
    if Span(low=-claimed.high, high=-claimed.low).meets(span):
        return "the sign is wrong"
    step = claimed.high - claimed.low
    if step and Span(low=claimed.low - step, high=claimed.high + step).meets(span):
        return "it is one out in its last figure"
    return ""


# -- shares with their fraction ------------------------------------------------------------------------------


def _recompute_share(period: PrintedPeriod) -> Recomputed | None:
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
