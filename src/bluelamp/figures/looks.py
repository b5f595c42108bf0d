"""How does the latest quarter stand against its baseline, or the last two quarters together?

A look is one such comparison for all series of a family: what was observed, what the months before lead to expect,
and how likely a total so far out would be if nothing had changed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from bluelamp.figures.baselines import Family, Floats
from bluelamp.figures.predictive import count_tail, find_limits, proportion_tail, value_tail
from bluelamp.figures.seasonal_models import LEAST_YEARS, Outlook, look_ahead

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Look:
    """One comparison of S series; totals over its periods (of values: sums), NaN where it cannot be made."""

    family: Family
    quarters: int
    ahead: int  # periods compared
    observed: Floats
    outlook: Outlook
    known: npt.NDArray[np.int64]  # earlier periods with a figure
    complete: Flags  # every period compared has its figure
    possible: Flags  # complete, long enough, varying, fitted
    lower: Floats  # P(total <= observed)
    upper: Floats  # P(total >= observed)

    @property
    def chance(self) -> Floats:
        """Two-sided; NaN where the look cannot be taken."""
        return np.where(self.possible, np.minimum(1.0, 2 * np.minimum(self.lower, self.upper)), np.nan)

    @property
    def deviation(self) -> Floats:
        """The standard deviation of the total as forecast."""
        look = self.outlook
        floor = 0.0 if self.family is Family.VALUE else 1.0
        return np.sqrt(np.maximum(look.dispersion, floor) * look.variance * look.widening)

    def tail(self, total: Floats, which: Flags, *, upper: bool) -> Floats:
        """P(a total >= `total`), or P(<= `total`), of the series that `which` picks."""
        look = self.outlook
        mean, widening = look.mean[which], np.maximum(look.widening[which], 1e-9)
        dispersion, freedom = look.dispersion[which], look.freedom[which]
        match self.family:
            case Family.COUNT:
                return count_tail(total, mean, widening, dispersion, freedom, upper=upper)
            case Family.PROPORTION:
                size = look.size[which]
                total, share = np.clip(total, 0.0, size), mean / np.maximum(size, 1e-9)
                return proportion_tail(total, size, share, widening, dispersion, freedom, upper=upper)
            case Family.VALUE:
                return value_tail(total, mean, self.deviation[which], freedom, upper=upper)

    def limits(self, chance: Floats | float, *, upper: bool) -> Floats:
        """The total beyond which lies `chance` on one side; NaN where the look cannot be taken."""
        found = np.full(len(self.observed), np.nan)
        which = self.possible
        if not which.any():
            return found
        mean, deviation = self.outlook.mean[which], self.deviation[which]
        wanted = np.broadcast_to(np.asarray(chance, dtype=float), found.shape)[which]
        if self.family is Family.VALUE:
            away = special.stdtrit(self.outlook.freedom[which], 1 - wanted) * deviation
            found[which] = mean + away if upper else mean - away
            return found
        found[which] = find_limits(
            lambda total: self.tail(total, which, upper=upper), mean, deviation, wanted, upper=upper
        )
        if self.family is Family.PROPORTION:
            found[which] = np.minimum(found[which], self.outlook.size[which])
        return found


def take_look(
    family: Family,
    values: Floats,
    sizes: Floats,
    left_out: Flags,
    *,
    start: int,
    periods: int,
    quarters: int,
    borrow: bool = True,
) -> Look:
    """Compare the last `quarters` quarters of `values` (S x N, NaN is missing) with all before them.

    `left_out` marks earlier periods that somebody chose to leave out of the baselines. `periods` is 12 or 4.
    """
    ahead = quarters * periods // 4
    known = values.shape[1] - ahead
    base = np.concatenate([np.where(left_out[:, :known], np.nan, values[:, :known]), values[:, known:]], axis=1)
    number = np.isfinite(base[:, :known]).sum(axis=1)
    outlook = look_ahead(family, base, sizes, start=start, periods=periods, ahead=ahead, borrow=borrow)
    observed = values[:, known:].sum(axis=1)
    complete: Flags = np.asarray(np.isfinite(values[:, known:] + sizes[:, known:]).all(axis=1))
    possible: Flags = np.asarray(complete & (number >= LEAST_YEARS * periods) & outlook.sound & (outlook.size > 0))
    if family is Family.VALUE:
        largest = np.abs(np.where(np.isfinite(base), base, 0.0)).max(axis=1)
        possible = np.asarray(possible & (outlook.dispersion > 1e-20 * np.maximum(largest**2, 1e-20)))
    else:
        possible = np.asarray(possible & (outlook.mean > 0))
    look = Look(
        family=family, quarters=quarters, ahead=ahead, observed=observed, outlook=outlook, known=number,
        complete=complete, possible=possible, lower=np.ones(len(values)), upper=np.ones(len(values)),
    )  # fmt: skip
    if not possible.any():
        return look
    seen = observed[possible]
    look.lower[possible] = look.tail(seen, possible, upper=False)
    look.upper[possible] = look.tail(seen, possible, upper=True)
    return look
