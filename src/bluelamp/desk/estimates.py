"""Between which bounds does an indicator's own figure lie, to be set beside an inspection's estimate?"""

from __future__ import annotations

from decimal import Decimal

from bluelamp.checks.estimate_pairs import Bounds, half_place
from bluelamp.performance.reports.model import PeriodFigure
from bluelamp.performance.reports.printing import places_of


def bounds_of_figure(figure: PeriodFigure, decimals: int) -> Bounds | None:
    """Of an indicator's figure with so many `decimals`; None where it is not known.

    A share of two known counts is exact; one that came ready made is as fine as it was printed; a survey has its
    margin besides.
    """
    if figure.value is None:
        return None
    exact = figure.basis != "as loaded" and figure.numerator is not None and figure.denominator is not None
    half = Decimal(0) if exact else half_place(max(decimals, places_of(figure.value)))
    if figure.half_width is not None:
        half += figure.half_width + half_place(places_of(figure.half_width))
    return Bounds(low=figure.value - half, high=figure.value + half)
