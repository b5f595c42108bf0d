"""Which of many indicators and areas really changed in the latest quarter?

The default test. Each series' latest quarter, and its last two quarters together, are set against a seasonal
baseline from all months before; how far out each is becomes a chance; and the chances of the whole family of
series are adjusted so that in a year of quarterly reports in which nothing changes, a false exception is unlikely
(5%, spent evenly over the year's reports). What cannot be tested says why.

Rolling twelve-month totals are not taken: two of them share nine months. Months (or quarters) are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from bluelamp.figures.baselines import Floats, Season
from bluelamp.figures.control_rules import Improvement
from bluelamp.figures.exception_grids import Grid, build_grids
from bluelamp.figures.look_figures import LookFigures
from bluelamp.figures.looks import Look, take_look
from bluelamp.figures.months import Month
from bluelamp.figures.multiple_tests import Control, adjust
from bluelamp.figures.seasonal_models import LEAST_YEARS
from bluelamp.figures.smallest_changes import SmallestChange, find_smallest_changes
from bluelamp.figures.tested_series import Kind, TestedSeries

__all__ = [
    "ExceptionSettings",
    "Judgement",
    "Kind",
    "Standing",
    "TestedSeries",
    "find_adjusted_chances",
    "find_exceptions",
]


class Standing(StrEnum):
    """What the test says of a series."""

    EXCEPTION = "exception"
    USUAL = "nothing exceptional"
    TOO_SHORT = "too short to tell"
    MISSING = "the latest quarter is not complete"
    NO_DENOMINATOR = "nothing was counted from"
    UNVARYING = "it has never varied"
    UNFITTED = "no baseline fits it"


@dataclass(frozen=True, kw_only=True)
class ExceptionSettings:
    """`level`: the chance of any false exception in a year of `reports_a_year` reports when nothing changes."""

    level: float = 0.05
    reports_a_year: int = 4
    control: Control = Control.FALSE_DISCOVERY
    shares: tuple[float, ...] = (0.5, 0.5)  # of the level: the latest quarter; the last two together
    interval: float = 0.95  # of what is printed as expected
    borrow: bool = True  # trends and autocorrelation learnt from the family

    @property
    def spent(self) -> float:
        """The level of one report."""
        return self.level / self.reports_a_year


DEFAULT_SETTINGS: Final = ExceptionSettings()


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What one series' latest quarters were found to be. Figures are as printed (counts, per cent, the unit's)."""

    series: TestedSeries
    to: Month
    standing: Standing
    quarters: int = 1  # 2: the last two together decided
    observed: float | None = None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    year_before: float | None = None  # the same quarters of the year before
    chance: float | None = None  # of a total so far out if nothing had changed, both looks counted
    adjusted: float | None = None  # over the family and the year's reports; an exception is at most the level
    family: int = 0  # series tested with it
    known: int = 0  # earlier periods with a figure
    season: Season = Season.NONE
    trend: bool = False
    dispersion: float | None = None
    missing: tuple[Month, ...] = ()  # of the latest quarter
    smallest: tuple[SmallestChange, ...] = field(default=())

    @property
    def is_exception(self) -> bool:
        return self.standing is Standing.EXCEPTION

    @property
    def rise(self) -> bool | None:
        """Is it above what was expected?"""
        if self.observed is None or self.expected is None or self.observed == self.expected:
            return None
        return self.observed > self.expected

    @property
    def good(self) -> bool | None:
        """Is an exception a good one? None where the indicator's polarity is neutral, or there is none."""
        if not self.is_exception or self.rise is None or self.series.improvement is Improvement.NEUTRAL:
            return None
        return self.rise == (self.series.improvement is Improvement.INCREASE)


def find_exceptions(
    series: Iterable[TestedSeries], to: Month, settings: ExceptionSettings = DEFAULT_SETTINGS
) -> tuple[Judgement, ...]:
    """Judge every series at the quarter that ends with `to`, as one family, in the order given."""
    given = tuple(series)
    tested = [_test_grid(grid, settings) for grid in build_grids(given, to)]
    adjusted = _adjust(tested, len(given), settings)
    family = int((~np.isnan(adjusted)).sum())
    found: dict[int, Judgement] = {}
    for one in tested:
        for judgement, place in zip(
            _describe(one, given, to, adjusted, family, settings), one.grid.places, strict=True
        ):
            found[place] = judgement
    return tuple(found[place] for place in range(len(given)))


def find_adjusted_chances(
    series: Iterable[TestedSeries], to: Month, settings: ExceptionSettings = DEFAULT_SETTINGS
) -> Floats:
    """Only the adjusted chance of each series (at most `level`: an exception); NaN where it cannot be tested."""
    given = tuple(series)
    return _adjust([_test_grid(grid, settings) for grid in build_grids(given, to)], len(given), settings)


@dataclass(frozen=True, eq=False)
class _Tested:
    grid: Grid
    looks: tuple[Look, ...]
    chances: Floats  # of each row, all looks counted; NaN: not tested
    deciding: npt.NDArray[np.int64]  # which look gave it


def _adjust(tested: Iterable[_Tested], number: int, settings: ExceptionSettings) -> Floats:
    chances = np.full(number, np.nan)
    for one in tested:
        chances[list(one.grid.places)] = one.chances
    return np.minimum(adjust(chances, settings.control) * settings.reports_a_year, 1.0)


def _test_grid(grid: Grid, settings: ExceptionSettings) -> _Tested:
    looks = []
    for quarters in range(1, len(settings.shares) + 1):
        if quarters == 1 or grid.values.shape[1] >= (LEAST_YEARS + quarters / 4) * grid.periods:
            looks.append(
                take_look(
                    grid.family, grid.values, grid.sizes, grid.left_out, start=grid.start, periods=grid.periods,
                    quarters=quarters, borrow=settings.borrow,
                )
            )  # fmt: skip
    chances, deciding = combine_looks(looks, settings.shares)
    return _Tested(grid, tuple(looks), chances, deciding)


def combine_looks(looks: Sequence[Look], shares: Sequence[float]) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Each series' chance over its looks (weighted Bonferroni), and which look gave it.

    A longer look counts only where the latest quarter lies on the same side: what has gone back is over. Where
    only the first can be taken it has the whole level.
    """
    first = looks[0]
    side = np.sign(first.observed - first.outlook.mean)
    table = np.full((len(first.observed), len(looks)), np.inf)
    for column, (look, share) in enumerate(zip(looks, shares, strict=False)):
        same = np.sign(look.observed - look.outlook.mean) == side
        chance = np.where(same, look.chance, 1.0) / share
        table[:, column] = np.where(look.possible & first.possible, chance, np.inf)
    alone = np.isfinite(table).sum(axis=1) == 1
    table[alone, 0] *= shares[0]
    chances = np.where(first.possible, np.minimum(table.min(axis=1), 1.0), np.nan)
    return chances, np.where(first.possible, table.argmin(axis=1), 0)


def _describe(
    tested: _Tested,
    series: Sequence[TestedSeries],
    to: Month,
    adjusted: Floats,
    family: int,
    settings: ExceptionSettings,
) -> Iterator[Judgement]:
    """A judgement for each row of a grid."""
    tail = (1 - settings.interval) / 2
    limits = [(look.limits(tail, upper=False), look.limits(tail, upper=True)) for look in tested.looks]
    one_test = settings.spent / max(family, 1)
    smallest = [
        find_smallest_changes(look, one_test * share, tested.grid.scales)
        for look, share in zip(tested.looks, settings.shares, strict=False)
    ]
    for row, place in enumerate(tested.grid.places):
        one = series[place]
        standing = _find_standing(tested, row, one)
        if standing is None:
            found = adjusted[place] <= settings.level
            standing = Standing.EXCEPTION if found else Standing.USUAL
        decided = int(tested.deciding[row]) if standing is Standing.EXCEPTION else 0
        look = tested.looks[decided]
        figures = LookFigures(one, tested.grid, row, look)
        able = bool(look.possible[row])
        yield Judgement(
            series=one, to=to, standing=standing, quarters=look.quarters,
            observed=figures.observed(), year_before=figures.year_before(),
            expected=figures.say(look.outlook.mean[row]) if able else None,
            low=figures.say(limits[decided][0][row], up=True) if able else None,
            high=figures.say(limits[decided][1][row], up=False) if able else None,
            chance=float(tested.chances[row]) if able else None,
            adjusted=float(adjusted[place]) if able else None,
            family=family, known=int(look.known[row]),
            season=look.outlook.season[row], trend=bool(look.outlook.trend[row]),
            dispersion=float(look.outlook.dispersion[row]) if able else None,
            missing=figures.missing(to),
            smallest=tuple(change for changes in smallest for change in changes[row]),
        )  # fmt: skip


def _find_standing(tested: _Tested, row: int, one: TestedSeries) -> Standing | None:
    """Why a series cannot be tested; None where it can."""
    look = tested.looks[0]
    if look.possible[row]:
        return None
    if not look.complete[row]:
        return Standing.MISSING
    if one.kind in (Kind.RATE, Kind.PROPORTION) and tested.grid.sizes[row, -look.ahead :].sum() == 0:
        return Standing.NO_DENOMINATOR
    if look.known[row] < LEAST_YEARS * tested.grid.periods:
        return Standing.TOO_SHORT
    if one.kind is Kind.VALUE and look.outlook.sound[row]:
        return Standing.UNVARYING
    return Standing.UNFITTED
