"""What is the total, or the ratio, of the months up to this one?

A total over a window in which a month is missing is not known: eleven months are never sold as a year (law 3).
A ratio over months adds numerators and denominators apart; it is never a mean of the months' ratios.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bluelamp.figures.months import Month, months_between
from bluelamp.figures.not_known import NotKnown
from bluelamp.figures.ratios import ratio

if TYPE_CHECKING:  # numpy is loaded where arrays are added up: a change between two figures needs none
    import numpy as np
    from numpy.typing import NDArray

Months = Mapping[Month, Decimal | NotKnown]
"""Figures of single months. A month that is not there was not given."""

_ANY: Final = Month(2000, 1)
NAMED: Final = 3  # missing months named one by one; more are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class RollingRatio:
    numerator: Decimal
    denominator: Decimal
    value: Decimal | NotKnown  # not known where the denominator is zero


def rolling_total(series: Months, to: Month, months: int = 12) -> Decimal | NotKnown:
    """The sum of the `months` months that end with `to`."""
    window = [(month, series.get(month, NotKnown("not given"))) for month in _window(to, months)]
    missing = [(month, figure) for month, figure in window if isinstance(figure, NotKnown)]
    if missing:
        return NotKnown(_say_missing(missing, months))
    return sum((figure for _, figure in window if isinstance(figure, Decimal)), Decimal(0))


def rolling_totals(series: Months, months: int = 12) -> dict[Month, Decimal | NotKnown]:
    """The total to every month for which the series reaches back far enough."""
    return _each(series, months, lambda to: rolling_total(series, to, months))


def rolling_sums(values: NDArray[np.float64], months: int = 12) -> NDArray[np.float64]:
    """The same over arrays: along the last axis the sum of each month and those before it, `months` in all.

    NaN for the first `months` - 1, and wherever a month of the window is NaN.
    """
    import numpy as np

    _window(_ANY, months)
    sums = np.full(values.shape, np.nan)
    if values.shape[-1] >= months:
        sums[..., months - 1 :] = np.lib.stride_tricks.sliding_window_view(values, months, axis=-1).sum(axis=-1)
    return sums


def rolling_ratio(
    numerators: Months, denominators: Months, to: Month, months: int = 12, *, multiplier: int | Decimal = 100
) -> RollingRatio | NotKnown:
    """Both sums over the window, and one over the other. Not known where a month of either is missing."""
    top, bottom = rolling_total(numerators, to, months), rolling_total(denominators, to, months)
    if isinstance(top, NotKnown):
        return NotKnown(f"numerator: {top.why}")
    if isinstance(bottom, NotKnown):
        return NotKnown(f"denominator: {bottom.why}")
    return RollingRatio(numerator=top, denominator=bottom, value=ratio(top, bottom, multiplier))


def _window(to: Month, months: int) -> list[Month]:
    if months < 1:
        raise ValueError(f"a window of {months} months holds nothing")
    return list(months_between(to.plus(1 - months), to))


def _each(
    series: Months, months: int, find: Callable[[Month], Decimal | NotKnown]
) -> dict[Month, Decimal | NotKnown]:
    if not series:
        return {}
    return {to: find(to) for to in months_between(min(series).plus(months - 1), max(series))}


def _say_missing(missing: Sequence[tuple[Month, NotKnown]], months: int) -> str:
    named = ", ".join(f"{month.words} ({why.why})" for month, why in missing[:NAMED])
    if len(missing) <= NAMED:
        return f"without {named}" if months > 1 else missing[0][1].why
    return f"without {len(missing)} of {months} months, among them {named}"
