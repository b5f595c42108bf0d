"""How is what a look compared said in the series' own figures: counts, per cent, a mean of three months?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from bluelamp.figures.exception_grids import Grid, from_scale
from bluelamp.figures.looks import Look
from bluelamp.figures.months import Month
from bluelamp.figures.tested_series import Kind, TestedSeries


@dataclass(frozen=True, eq=False)
class LookFigures:
    """One row of a look."""

    series: TestedSeries
    grid: Grid
    row: int
    look: Look

    def observed(self) -> float | None:
        """The periods compared together; None where one is missing."""
        return self._together(-self.look.ahead, None)

    def year_before(self) -> float | None:
        ahead, periods = self.look.ahead, self.grid.periods
        if self.grid.values.shape[1] < periods + ahead:
            return None
        return self._together(-ahead - periods, -periods)

    def say(self, total: float, *, up: bool | None = None) -> float:
        """A total of the look as it is printed; counts are rounded into the interval (`up`: its lower end)."""
        if self.series.kind is Kind.VALUE:
            return self._periods * from_scale(total / self.look.ahead, self.grid.scales[self.row])
        total = max(total, 0.0)
        if self.series.kind is Kind.COUNT:
            if up is None:
                return float(total)
            return float(math.ceil(total - 1e-6) if up else math.floor(total + 1e-6))
        return self._share(float(total), float(self.look.outlook.size[self.row]))

    def missing(self, to: Month) -> tuple[Month, ...]:
        """The periods of the latest quarter without a figure, by their last months."""
        width = self.series.step.months
        quarter = 3 // width
        gaps = ~(np.isfinite(self.grid.values[self.row]) & np.isfinite(self.grid.sizes[self.row]))
        return tuple(
            to.plus(-back * width) for back in reversed(range(quarter)) if back >= len(gaps) or gaps[-1 - back]
        )

    def _together(self, first: int, last: int | None) -> float | None:
        values = self.grid.values[self.row, first:last]
        sizes = self.grid.sizes[self.row, first:last]
        if not len(values) or not np.isfinite(values).all() or not np.isfinite(sizes).all():
            return None
        scale = self.grid.scales[self.row]
        if self.series.kind is Kind.VALUE:
            return self._periods * float(np.mean([from_scale(value, scale) for value in values]))
        total, size = float(values.sum()), float(sizes.sum())
        if self.series.kind is Kind.COUNT:
            return total
        return None if size == 0 else self._share(total, size)

    @property
    def _periods(self) -> int:
        """How often a period's figure is in the look's: a sum of months, else one like them."""
        return self.look.ahead if self.series.adds else 1

    def _share(self, total: float, size: float) -> float:
        if self.series.kind is Kind.RATE:
            return self._periods * self.series.per * total / size
        return 100 * total / size
