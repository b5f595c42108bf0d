"""How did an indicator change over the last year, as the published table prints it?"""

from __future__ import annotations

from decimal import Decimal

from bluelamp.figures.changes import percent_change
from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.saying import say_signed
from bluelamp.performance.plans import Indicator
from bluelamp.performance.reports.model import ChangeOfRow, PeriodFigure
from bluelamp.performance.reports.periods import MOST_PLACES
from bluelamp.performance.reports.printing import SHARES, places_of

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
    share = percent_change(before.value, after.value)
    places = indicator.decimals
    if after.basis == "as loaded":
        places = max(places, *(min(places_of(each), MOST_PLACES) for each in (before.value, after.value)))
    return ChangeOfRow(
        unit=unit,
        share=None if isinstance(share, NotKnown) else share,
        share_printed=NOT_PRINTED if isinstance(share, NotKnown) else f"{say_signed(share, 1)}%",
        actual=moved,
        actual_printed=say_signed(moved, places),
        before=before.to,
        reason=f"{share.why[:1].upper()}{share.why[1:]}." if isinstance(share, NotKnown) else "",
    )


def _points(
    indicator: Indicator, before: PeriodFigure, after: PeriodFigure, was: Decimal, now: Decimal
) -> ChangeOfRow:
    loaded = [places_of(each) for each, figure in ((was, before), (now, after)) if figure.basis == "as loaded"]
    places = max([indicator.decimals, *(min(each, MOST_PLACES) for each in loaded)])
    actual = None
    shown = indicator.unit == "ratio" or (before.parts and after.parts)
    if shown and before.numerator is not None and after.numerator is not None:
        actual = after.numerator - before.numerator
    return ChangeOfRow(
        unit="points",
        share=now - was,
        share_printed=f"{say_signed(now - was, places)}% pts",
        actual=actual,
        actual_printed=NOT_PRINTED if actual is None else say_signed(actual, places_of(actual)),
        before=before.to,
    )
