"""Which shares of published counts do their margins leave open, and between what?

Both counts of a share are added up from rounded ones. Of 45 within 4 of 45 within 6 the truth may have been 41 of
47: such a share is not given, and what it lies between is said instead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]
LEEWAY: Final = 0.01
"""By how much the truth may differ from a share that is given, either way: one percentage point."""


@dataclass(frozen=True)
class Bounds:
    """Of each cell the least and the most that its share may truly be; NaN where nothing is to be divided by."""

    low: Numbers
    high: Numbers


def find_bounds(top: Indices, top_within: Indices, bottom: Indices, bottom_within: Indices) -> Bounds:
    """Over every numerator and denominator within the margins of which the first is no more than the second."""
    least, most = np.maximum(top - top_within, 0), top + top_within
    fewest, all_of_them = np.maximum(bottom - bottom_within, 1), bottom + bottom_within
    nothing = np.full(len(top), np.nan)
    there = bottom > 0
    low = np.divide(least, all_of_them, out=nothing.copy(), where=there)
    high = np.divide(np.minimum(most, fewest), fewest, out=nothing.copy(), where=there)
    return Bounds(low, high)


def find_open(share: Numbers, bounds: Bounds) -> NDArray[np.bool_]:
    """Those that the truth may differ from by more than the leeway; none where there is no share."""
    slack = LEEWAY + 1e-12  # a share is divided as its bounds are, and may miss them by the last bit
    return np.asarray((share - bounds.low > slack) | (bounds.high - share > slack), np.bool_)


def say_open(low: float, high: float) -> str:
    """Of a share of 1, in whole per cents: rounded outward, so that the truth lies between them."""
    return f"not given: rounding leaves it between {math.floor(low * 100)}% and {math.ceil(high * 100)}%"
