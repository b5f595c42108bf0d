"""How did an indicator change over the last year, as the published table prints it?"""

from __future__ import annotations

from decimal import Decimal

from bluelamp.performance.plans import Indicator
from bluelamp.performance.reports.model import ChangeOfRow, PeriodFigure
from bluelamp.performance.reports.printing import SHARES, places_of, print_number

NOT_PRINTED = "n/a"
"""A percentage has no change in number: the published layout says so in these letters."""


def find_change(indicator: Indicator, before: PeriodFigure, after: PeriodFigure) -> ChangeOfRow:
    """From the period a year before to the latest: per cent of a number, points of a share; of a ratio such as
    officers against establishment also the change in what is counted."""
    unit = "points" if indicator.unit in SHARES else "percent"
    if before.value is None or after.value is None:
        missing = after if after.value is None else before
        return ChangeOfRow(
            unit=unit,
            share_printed=missing.unknown_words,
            actual_printed=NOT_PRINTED if indicator.unit == "percentage" else missing.unknown_words,
            before=before.to,
            reason=missing.reason,
        )
    if unit == "points":
        return _points(indicator, before, after, before.value, after.value)
    moved = after.value - before.value
    share = moved / before.value * 100 if before.value > 0 else None
    places = max(indicator.decimals, places_of(before.value), places_of(after.value))
    return ChangeOfRow(
        unit=unit,
        share=share,
        share_printed=f"{print_number(share, 1, signed=True)}%" if share is not None else NOT_PRINTED,
        actual=moved,
        actual_printed=print_number(moved, _places(indicator, places, after), signed=True),
        before=before.to,
        reason="" if share is not None else "There is no per cent of a figure that was zero or less.",
    )


def _points(
    indicator: Indicator, before: PeriodFigure, after: PeriodFigure, was: Decimal, now: Decimal
) -> ChangeOfRow:
    loaded = [places_of(each) for each, figure in ((was, before), (now, after)) if figure.basis == "as loaded"]
    places = max([indicator.decimals, *loaded])
    actual = None
    if indicator.unit == "ratio" and before.numerator is not None and after.numerator is not None:
        actual = after.numerator - before.numerator
    return ChangeOfRow(
        unit="points",
        share=now - was,
        share_printed=f"{print_number(now - was, places, signed=True)}% pts",
        actual=actual,
        actual_printed=NOT_PRINTED if actual is None else print_number(actual, places_of(actual), signed=True),
        before=before.to,
    )


def _places(indicator: Indicator, places: int, after: PeriodFigure) -> int:
    return places if after.basis == "as loaded" else indicator.decimals
