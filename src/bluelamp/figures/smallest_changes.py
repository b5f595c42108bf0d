"""What is the smallest change that this series could show, and how surely?

Whether a test finds a change depends on how much is counted, how much it varies and how many series are tested
with it. A series that could show only a doubling says so, so that nobody takes silence for steadiness.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from bluelamp.figures.baselines import Family, Floats
from bluelamp.figures.exception_grids import from_scale
from bluelamp.figures.looks import Look

POWERS: Final = (0.8, 0.9)


@dataclass(frozen=True)
class SmallestChange:
    """Per cent by which the expected figure must have changed to be found with chance `power`.

    None: no change can be found so (a fall to nothing would not be surprising).
    """

    quarters: int  # how long it must have lasted
    power: float
    rise: float | None
    fall: float | None


def find_smallest_changes(look: Look, chance: float, scales: Sequence[str]) -> list[tuple[SmallestChange, ...]]:
    """For each series and each of `POWERS`; empty where the look cannot be taken.

    `chance` is what one test has to itself; `scales` on which each series of values is tested.
    """
    top = look.limits(chance / 2, upper=True)
    bottom = look.limits(chance / 2, upper=False)
    rises = {power: _change(look, top, power, scales, rise=True) for power in POWERS}
    falls = {power: _change(look, bottom, power, scales, rise=False) for power in POWERS}
    return [
        tuple(
            SmallestChange(look.quarters, power, _said(rises[power][row]), _said(falls[power][row]))
            for power in POWERS
        )
        if look.possible[row]
        else ()
        for row in range(len(look.observed))
    ]


def _change(look: Look, limit: Floats, power: float, scales: Sequence[str], *, rise: bool) -> Floats:
    """The mean at which the total is beyond `limit` with chance `power`, as a change in per cent."""
    sign = 1.0 if rise else -1.0
    away = float(special.ndtri(power))
    mean, share = look.outlook.mean, np.maximum(look.deviation**2, 1e-300)
    if look.family is Family.VALUE:
        return _change_of_values(look, limit + sign * away * look.deviation, scales)
    with np.errstate(invalid="ignore", divide="ignore"):
        if look.family is Family.COUNT:
            spread = np.sqrt(share / mean)  # the deviation is this times the root of the mean
            root = (sign * away * spread + np.sqrt((away * spread) ** 2 + 4 * np.maximum(limit, 0.0))) / 2
            needed = root**2
        else:
            needed = _solve_share(look, limit, sign * away)
        needed = np.where(np.isfinite(limit), needed, np.nan)
        change = 100 * (needed / mean - 1)
    beyond = change <= -100 if not rise else np.isnan(change)
    if look.family is Family.PROPORTION and rise:
        beyond = beyond | (needed >= look.outlook.size)
    return np.where(beyond, np.nan, change)


def _change_of_values(look: Look, needed: Floats, scales: Sequence[str]) -> Floats:
    """Per cent of what was expected, in the figure's own scale; NaN where that is not above zero."""
    changes = np.full(len(needed), np.nan)
    for row in map(int, np.flatnonzero(look.possible)):
        before = from_scale(look.outlook.mean[row] / look.ahead, scales[row])
        after = from_scale(needed[row] / look.ahead, scales[row])
        changes[row] = 100 * (after / before - 1) if before > 0 else np.nan
    return changes


def _solve_share(look: Look, limit: Floats, away: float) -> Floats:
    """The numerator whose own deviation leads from it to the limit; a proportion varies less near none and all."""
    size = np.maximum(look.outlook.size, 1e-9)
    factor = look.deviation**2 / np.maximum(look.outlook.mean * (1 - look.outlook.mean / size), 1e-300)
    needed = np.clip(limit, 0.0, size)
    for _ in range(12):
        spread = np.sqrt(np.maximum(factor * needed * (1 - needed / size), 0.0))
        needed = np.clip(limit + away * spread, 0.0, size)
    return needed


def _said(change: float) -> float | None:
    return None if np.isnan(change) else float(change)
