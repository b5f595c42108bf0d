"""Which of many small chances still say something, when so many were looked at?

Holm (1979) holds the chance of any false finding; Benjamini and Hochberg (1995) hold the share of false ones among
those found, and where there is nothing to find that is the same chance. Both give adjusted chances: what is at
most the level is found.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Control(StrEnum):
    """What is held over the whole family of tests."""

    FALSE_DISCOVERY = "false discovery rate (Benjamini and Hochberg)"
    FAMILY_WISE = "family-wise error (Holm)"
    NONE = "nothing: each test by itself"


def adjust(chances: Floats, control: Control) -> Floats:
    """Adjusted chances in the order given; NaN (not tested) stays NaN and does not count."""
    adjusted = np.full(len(chances), np.nan)
    tested = np.flatnonzero(~np.isnan(chances))
    if not len(tested):
        return adjusted
    order = tested[np.argsort(chances[tested], kind="stable")]
    number = len(order)
    ranked = chances[order]
    match control:
        case Control.FAMILY_WISE:
            ranked = np.maximum.accumulate(ranked * (number - np.arange(number)))
        case Control.FALSE_DISCOVERY:
            ranked = np.minimum.accumulate((ranked * number / np.arange(1, number + 1))[::-1])[::-1]
        case Control.NONE:
            pass
    adjusted[order] = np.minimum(ranked, 1.0)
    return adjusted
