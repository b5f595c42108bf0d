"""What is a series that can be tested: counts, rates, proportions, or values of unknown make?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bluelamp.figures.baselines import Family, Floats
from bluelamp.figures.control_rules import Improvement
from bluelamp.figures.months import Month, Span
from bluelamp.lib.errors import PlainError


class Kind(StrEnum):
    """What the figures are, and so how they vary."""

    COUNT = "count"  # of events
    RATE = "rate"  # of events among an exposure: people, days, calls
    PROPORTION = "proportion"  # of a denominator that is known
    VALUE = "value"  # a mean, a sum of money, a percentage of nobody knows how many

    @property
    def family(self) -> Family:
        return {Kind.PROPORTION: Family.PROPORTION, Kind.VALUE: Family.VALUE}.get(self, Family.COUNT)


@dataclass(frozen=True, kw_only=True)
class TestedSeries:
    """Figures of months (or quarters) without a gap in time from `first` on; None or NaN is missing.

    `values` are counts, numerators, or values; `sizes` the exposures of rates and the denominators of proportions,
    one for each value. `unit` is how the figure is written (as `figures.saying` knows it), with `places` decimals;
    a rate is per `per`. `adds`: a quarter's figure is the sum of its months (money spent, incidents for 1,000
    people who stand still), and not their mean (days to an answer, assaults for 1,000 arrests).
    """

    __test__ = False  # no test case, whatever pytest thinks of the name

    key: str
    name: str
    kind: Kind
    first: Month  # the month of the first value; of quarters the month in which the first ends
    values: Sequence[float | None] | Floats
    sizes: Sequence[float | None] | Floats = ()
    step: Span = Span.MONTH
    improvement: Improvement = Improvement.NEUTRAL
    unit: str = ""
    places: int | None = None  # decimals; None for those of the unit
    per: float = 1.0
    adds: bool = False
    left_out: frozenset[Month] = frozenset()  # earlier months that the baseline is not to learn from

    def __post_init__(self) -> None:
        if self.step not in (Span.MONTH, Span.QUARTER):
            raise PlainError(
                f"{self.name} has figures for each {self.step}: the test takes months or quarters, never periods"
                " that overlap."
            )
        needs = self.kind in (Kind.RATE, Kind.PROPORTION)
        if needs and len(self.sizes) != len(self.values):
            word = "denominators" if self.kind is Kind.PROPORTION else "exposures"
            raise PlainError(
                f"{self.name} has {len(self.values)} values and {len(self.sizes)} {word}: give one for each value."
            )
        if self.kind is not Kind.VALUE:
            self._check_counts()

    def _check_counts(self) -> None:
        values = _as_floats(self.values)
        wrong = np.flatnonzero((values < 0) | np.isinf(values))
        if len(wrong):
            value, month = values[wrong[0]], self.at(int(wrong[0])).words
            raise PlainError(f"{self.name} has {value:g} for {month}: a count is 0 or more.")
        if self.kind is Kind.COUNT:
            return
        sizes = _as_floats(self.sizes)
        wrong = np.flatnonzero((sizes < 0) | np.isinf(sizes))
        if len(wrong):
            size, month = sizes[wrong[0]], self.at(int(wrong[0])).words
            raise PlainError(f"{self.name} has {size:g} to count from in {month}: give 0 or more.")
        wrong = np.flatnonzero(values > sizes)
        if self.kind is Kind.PROPORTION and len(wrong):
            value, size, month = values[wrong[0]], sizes[wrong[0]], self.at(int(wrong[0])).words
            raise PlainError(
                f"{self.name} has {value:g} of {size:g} in {month}: a part is never more than the whole."
            )

    def at(self, place: int) -> Month:
        """The month (the last month of the quarter) of the value at `place`."""
        return self.first.plus(place * self.step.months)


def _as_floats(figures: Sequence[float | None] | Floats) -> Floats:
    return np.array([np.nan if figure is None else figure for figure in figures], dtype=float)
