"""How do many series stand side by side, one column for each month (or quarter) up to the one that is judged?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bluelamp.figures.baselines import Family, Floats
from bluelamp.figures.months import Month, Span
from bluelamp.figures.tested_series import Kind, TestedSeries

_LONGEST: Final = 20  # years that a baseline learns from at most
_EDGE: Final = 1e-6  # of a share: nearer to none or all a logit is not taken


@dataclass(frozen=True, eq=False)
class Grid:
    """Series of one family and step; `places` says where each was given."""

    family: Family
    periods: int  # a year
    start: int  # the place in its year of the first column
    places: tuple[int, ...]
    values: Floats  # S x N, NaN where missing; of values as `scales` says
    sizes: Floats  # S x N
    left_out: npt.NDArray[np.bool_]
    scales: tuple[str, ...]  # of values: "log", "logit" or "" (as they are)


def build_grids(series: Sequence[TestedSeries], to: Month) -> list[Grid]:
    """One grid for each family and step among `series`."""
    sorts: dict[tuple[Family, Span], list[int]] = {}
    for place, one in enumerate(series):
        sorts.setdefault((one.kind.family, one.step), []).append(place)
    return [_build_grid(family, step, places, series, to) for (family, step), places in sorts.items()]


def _build_grid(
    family: Family, step: Span, places: Sequence[int], series: Sequence[TestedSeries], to: Month
) -> Grid:
    width = step.months
    periods = 12 // width
    reach = max((to.index - series[place].first.index) // width for place in places)
    number = min(max(reach, 0) + 1, _LONGEST * periods)
    first = to.plus(-(number - 1) * width)
    values = np.full((len(places), number), np.nan)
    sizes = np.ones((len(places), number))
    left_out = np.zeros((len(places), number), dtype=bool)
    scales = []
    for row, place in enumerate(places):
        one = series[place]
        values[row] = _line_up(one.values, one, first, number)
        if one.kind in (Kind.RATE, Kind.PROPORTION):
            sizes[row] = _line_up(one.sizes, one, first, number)
            values[row, ~(sizes[row] > 0)] = np.where(sizes[row][~(sizes[row] > 0)] == 0, 0.0, np.nan)
        scales.append(_scale_of(one, values[row]))
        values[row] = to_scale(values[row], scales[-1])
        for month in one.left_out:
            column = -((first.index - month.index) // width) if width > 1 else month.index - first.index
            if 0 <= column < number:
                left_out[row, column] = True
    empty = ~(sizes > 0)
    sizes[np.isfinite(sizes) & empty] = 0.0
    left_out |= empty  # nothing to count from teaches nothing
    start = (first.index // width) % periods
    return Grid(
        family, periods, start, tuple(places), values, sizes, left_out, tuple(scales),
    )  # fmt: skip


def _line_up(figures: Iterable[float | None], one: TestedSeries, first: Month, number: int) -> Floats:
    """The figures as the columns stand; NaN where there is none. Quarters must end as `to` does to be seen."""
    line = np.full(number, np.nan)
    given = np.array([np.nan if figure is None else float(figure) for figure in figures], dtype=float)
    months = one.first.index - first.index + np.arange(len(given)) * one.step.months
    columns, rest = np.divmod(months, one.step.months)
    fits = (columns >= 0) & (columns < number) & (rest == 0)
    line[columns[fits]] = given[fits]
    return line


def _scale_of(one: TestedSeries, values: Floats) -> str:
    """On which scale a value varies evenly: percentages by logit, what is always above zero by logarithm."""
    known = values[np.isfinite(values)]
    if one.kind is not Kind.VALUE or not len(known):
        return ""
    if one.unit == "percent":
        return "logit" if (known > 100 * _EDGE).all() and (known < 100 * (1 - _EDGE)).all() else ""
    return "log" if (known > 0).all() else ""


def to_scale(values: Floats, scale: str) -> Floats:
    if scale == "log":
        return np.asarray(np.log(values))
    if scale == "logit":
        return np.asarray(np.log(values / (100 - values)))
    return values


def from_scale(value: float, scale: str) -> float:
    if scale == "log":
        return float(np.exp(value))
    if scale == "logit":
        return float(100 / (1 + np.exp(-value)))
    return float(value)
