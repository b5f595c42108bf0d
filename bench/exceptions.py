"""In a year in which nothing changes, how likely is any false exception? And is a real change found?

500 null years of 70 indicators in 12 areas, four reports each, by a fixed seed; then sustained changes of 25%
within such families, each series judged as if it alone had changed (Holm's adjustment, which for one is the same
as the false discovery rate's). What a slow trend does, and months that go together, is told and not judged.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from math import sqrt

import numpy as np

from bluelamp.figures.exceptions import DEFAULT_SETTINGS, ExceptionSettings, find_adjusted_chances, find_exceptions
from bluelamp.figures.multiple_tests import Control
from bluelamp.figures.simulated_years import FIRST, MadeFamily, make_family
from bluelamp.figures.tested_series import TestedSeries

RUNS = 500
SEED = 2026
REPORTS = (51, 54, 57, 60)  # months known at each of a year's reports
HOLM = replace(DEFAULT_SETTINGS, control=Control.FAMILY_WISE)


def null_year(made: MadeFamily, seed: int, settings: ExceptionSettings = DEFAULT_SETTINGS) -> list[int]:
    """False exceptions at each of the four reports of one year."""
    series = make_family(made, np.random.default_rng(seed))
    return [
        int(
            (find_adjusted_chances(_until(series, known), FIRST.plus(known - 1), settings) <= settings.level).sum()
        )
        for known in REPORTS
    ]


def changed_year(made: MadeFamily, seed: int, settings: ExceptionSettings = HOLM) -> tuple[int, int]:
    """How many changed series are found at the first report after the change, and at the first or second."""
    series = make_family(made, np.random.default_rng(seed))
    found = [
        find_adjusted_chances(_until(series, known), FIRST.plus(known - 1), settings)[: made.changed]
        <= settings.level
        for known in REPORTS[-2:]
    ]
    return int(found[0].sum()), int((found[0] | found[1]).sum())


def _until(series: Iterable[TestedSeries], known: int) -> list[TestedSeries]:
    return [replace(one, values=one.values[:known], sizes=one.sizes[:known]) for one in series]


def _years(made: MadeFamily, runs: int, pool: ProcessPoolExecutor) -> np.ndarray:
    return np.array(list(pool.map(null_year, [made] * runs, range(SEED, SEED + runs), chunksize=5)))


def main(runs: int = RUNS) -> None:
    """Print what was measured; exit 1 where the default does not hold what it promises."""
    _time_one_report()
    bad = False
    with ProcessPoolExecutor() as pool:
        bad |= _measure_null(runs, pool)
        bad |= _measure_power(max(runs // 10, 5), pool)
        _measure_others(max(runs // 5, 5), pool)
    if bad:
        sys.exit(1)


def _time_one_report() -> None:
    series = make_family(MadeFamily(), np.random.default_rng(SEED))
    find_exceptions(series, FIRST.plus(59))
    start = time.process_time()
    find_exceptions(series, FIRST.plus(59))
    whole = time.process_time() - start
    start = time.process_time()
    find_adjusted_chances(series, FIRST.plus(59))
    test = time.process_time() - start
    print(f"840 series of 60 months: tested in {test:.2f} s, with intervals and smallest changes in {whole:.2f} s")


def _measure_null(runs: int, pool: ProcessPoolExecutor) -> bool:
    years = _years(MadeFamily(), runs, pool)
    any_year, any_report = (years.sum(axis=1) > 0).mean(), (years > 0).mean()
    most = 0.05 + 2 * sqrt(0.05 * 0.95 / runs)
    print(
        f"null year, {runs} runs: any false exception in its four reports {any_year:.1%} (at most {most:.1%});"
        f" in one report {any_report:.2%}"
    )
    return bool(any_year > most)


def _measure_power(runs: int, pool: ProcessPoolExecutor) -> bool:
    bad = False
    for mean, dispersion in ((200.0, 1.0), (200.0, 1.2), (200.0, 3.0), (1000.0, 3.0), (20.0, 1.2)):
        for change in (0.25, -0.25):
            made = MadeFamily(changed=20, change=change, changed_mean=mean, changed_dispersion=dispersion)
            found = np.array(list(pool.map(changed_year, [made] * runs, range(SEED, SEED + runs))))
            once, twice = found.sum(axis=0) / (made.changed * runs)
            print(
                f"{change:+.0%} that lasts, mean {mean:.0f} a month, dispersion {dispersion}:"
                f" found at once {once:.0%}, within two quarters {twice:.1%}"
            )
            bad |= mean == 200 and dispersion <= 1.2 and twice < 0.9
    return bad


def _measure_others(runs: int, pool: ProcessPoolExecutor) -> None:
    for what, made in {
        "a trend of 3% a year in all": MadeFamily(trend=0.03),
        "a trend of 10% a year in all": MadeFamily(trend=0.10),
        "months tied by 0.3": MadeFamily(autocorrelation=0.3),
        "months tied by 0.6": MadeFamily(autocorrelation=0.6),
    }.items():
        years = _years(made, runs, pool)
        print(f"{what}, {runs} runs: any exception in the year {(years.sum(axis=1) > 0).mean():.1%}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
