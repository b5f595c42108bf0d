"""What does the sample say of all cases, how surely, and how many were missed?

The interval is Wilson's; beside it stands the half width that inspectors print, 1.96·√(p(1 - p)/n), which is
symmetrical and too narrow near 0% and 100%. Where the number of all cases is known, both shrink by the finite
population correction; where strata were sampled apart, each case counts for those it stands for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from bluelamp.figures.intervals import Interval, normal_quantile, wilson_limits
from bluelamp.figures.not_known import NotKnown
from bluelamp.lib.errors import PlainError

SMALLEST_HALF_WIDTH: Final = Decimal("0.5")  # in points; below, tens of thousands of sizes print the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A share of all cases (0 to 1), its Wilson bounds, and the half width as inspectors print it."""

    value: float
    low: float
    high: float
    half_width: float
    confidence: float
    sampled: int
    passed: int
    cases: int | None  # of which the sample was drawn, where that is known
    method: str  # simple | stratified | printed

    @property
    def printed(self) -> str:
        """ "86.4% ± 3.1"."""
        return f"{_round(self.value * 100)}% ± {_round(self.half_width * 100)}"

    @property
    def words(self) -> str:
        """ "85.5% (80.2% to 89.5%), 188 of 220"."""
        bounds = f"{_round(self.value * 100)}% ({_round(self.low * 100)}% to {_round(self.high * 100)}%)"
        return f"{bounds}, {self.passed:,} of {self.sampled:,}" if self.sampled else bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """A kind of case: how many there are, were read, and passed."""

    name: str
    cases: int
    sampled: int
    passed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Reviews counted; `left_out` could not be judged (file not found, not readable), by name of the reason."""

    passed: int
    sampled: int
    left_out: tuple[tuple[str, int], ...]


def count_reviews(results: Iterable[bool | NotKnown]) -> Reviewed:
    """How many passed of those that could be judged; the others are counted by their reason."""
    told = list(results)
    judged = [result for result in told if not isinstance(result, NotKnown)]
    reasons = [result.why for result in told if isinstance(result, NotKnown)]
    left_out = tuple((why, reasons.count(why)) for why in dict.fromkeys(reasons))
    return Reviewed(passed=sum(judged), sampled=len(judged), left_out=left_out)


def estimate_simple(passed: int, sampled: int, *, cases: int | None = None, confidence: float = 0.95) -> Estimate:
    """The share of all cases from a simple random sample of them."""
    _check("The sample", passed, sampled, cases)
    share = passed / sampled
    effective = _effective(sampled, cases)
    low, high = _bounds(share, effective, confidence)
    return Estimate(
        value=share,
        low=low,
        high=high,
        half_width=0.0 if effective is None else normal_half_width(share, effective, confidence),
        confidence=confidence,
        sampled=sampled,
        passed=passed,
        cases=cases,
        method="simple",
    )


def estimate_stratified(strata: Sequence[Stratum], *, confidence: float = 0.95) -> Estimate:
    """The share of all cases from samples of their strata, each weighted by its number of cases.

    Variance Σ W²(1 - n/N)p(1 - p)/(n - 1) (Cochran 1977, 5.6); Wilson's bounds are those of a simple sample that
    would have this variance. Where every stratum passed whole or failed whole there is no such variance; then the
    sample counts as one of 1/Σ(W²(1 - n/N)/n) cases.
    """
    if not strata:
        raise PlainError("There is no stratum to estimate from; give at least one.")
    for stratum in strata:
        _check_stratum(stratum)
    total = sum(stratum.cases for stratum in strata)
    share = math.fsum(stratum.cases * stratum.passed / stratum.sampled for stratum in strata) / total
    variance = math.fsum(_variance(stratum, total) for stratum in strata)
    effective = _stratified_effective(strata, total, share, variance)
    low, high = _bounds(share, effective, confidence)
    return Estimate(
        value=share,
        low=low,
        high=high,
        half_width=normal_quantile(confidence) * math.sqrt(variance),
        confidence=confidence,
        sampled=sum(stratum.sampled for stratum in strata),
        passed=sum(stratum.passed for stratum in strata),
        cases=total,
        method="stratified",
    )


def printed_estimate(percent: Decimal, half_width: Decimal, *, confidence: float = 0.95) -> Estimate:
    """An estimate known only as printed: 86.4 and 3.1. Its bounds are the printed ones, within 0% and 100%."""
    if not 0 <= percent <= 100 or half_width < 0:
        raise PlainError(f"{percent}% ± {half_width} is no estimate of a share; check the print.")
    value, half = float(percent) / 100, float(half_width) / 100
    return Estimate(
        value=value,
        low=max(0.0, value - half),
        high=min(1.0, value + half),
        half_width=half,
        confidence=confidence,
        sampled=0,
        passed=0,
        cases=None,
        method="printed",
    )


def estimate_missed(recorded: int, estimate: Estimate) -> Interval | NotKnown:
    """How many should have been recorded and were not: recorded / share - recorded, its interval carried through.

    Taken as certain is what was recorded; not known where the share may be nothing.
    """
    if recorded < 0:
        raise PlainError(f"{recorded:,} recorded is below zero; check the count.")
    if estimate.low <= 0:
        return NotKnown("the share recorded may be nothing, so there is no end to what was missed")
    return Interval(
        value=recorded / estimate.value - recorded,
        low=recorded / estimate.high - recorded,
        high=recorded / estimate.low - recorded,
        confidence=estimate.confidence,
        method=estimate.method,
    )


def normal_half_width(share: float, sampled: float, confidence: float = 0.95) -> float:
    """z·√(p(1 - p)/n), as inspectors print it after ±."""
    return normal_quantile(confidence) * math.sqrt(share * (1 - share) / sampled)


def samples_that_print(
    percent: Decimal, half_width: Decimal, *, cases: int | None = None, confidence: float = 0.95
) -> list[tuple[int, int]]:
    """Every simple sample (passed, sampled) whose estimate prints so, one decimal each: what n gives 86.4 ± 3.1?

    None may, where the sample was stratified or the half width was had another way.
    """
    if half_width < SMALLEST_HALF_WIDTH or not 0 < percent < 100:
        raise PlainError(
            f"{percent}% ± {half_width} may come from thousands of sizes, or none; give a share between 0% and"
            f" 100% and a half width of {SMALLEST_HALF_WIDTH} or more."
        )
    most = _sample_of(percent, half_width - Decimal("0.05"), confidence)
    found = []
    for sampled in range(1, min(most, cases or most) + 1):
        middle = round(float(percent) / 100 * sampled)
        for passed in range(max(0, middle - 1), min(sampled, middle + 1) + 1):
            if _round(100 * passed / sampled) != percent.quantize(Decimal("0.1")):
                continue
            estimate = estimate_simple(passed, sampled, cases=cases, confidence=confidence)
            if _round(estimate.half_width * 100) == half_width.quantize(Decimal("0.1")):
                found.append((passed, sampled))
    return found


# -- what stands behind -------------------------------------------------------------------------------------


def _effective(sampled: int, cases: int | None) -> float | None:
    """The size of a sample from endless cases that tells as much; None where all cases were read."""
    if cases is None:
        return sampled
    return None if cases == sampled else sampled * (cases - 1) / (cases - sampled)


def _bounds(share: float, effective: float | None, confidence: float) -> tuple[float, float]:
    if effective is None:
        return share, share
    low, high = wilson_limits(share * effective, effective, confidence)
    return float(low), float(high)


def _variance(stratum: Stratum, total: int) -> float:
    if stratum.sampled == stratum.cases:
        return 0.0
    share = stratum.passed / stratum.sampled
    unread = 1 - stratum.sampled / stratum.cases
    return (stratum.cases / total) ** 2 * unread * share * (1 - share) / (stratum.sampled - 1)


def _stratified_effective(strata: Sequence[Stratum], total: int, share: float, variance: float) -> float | None:
    if variance > 0:
        return share * (1 - share) / variance
    spread = math.fsum(
        (s.cases / total) ** 2 * (1 - s.sampled / s.cases) / s.sampled for s in strata if s.sampled < s.cases
    )
    return 1 / spread if spread else None


def _sample_of(percent: Decimal, half_width: Decimal, confidence: float) -> int:
    """The size that gives a half width, with a little over."""
    share, half = float(percent) / 100, float(half_width) / 100
    return math.ceil(normal_quantile(confidence) ** 2 * share * (1 - share) / half**2 * 1.1) + 10


def _check(what: str, passed: int, sampled: int, cases: int | None) -> None:
    if sampled < 1:
        raise PlainError(f"{what} has no case that was read, so nothing can be estimated; read some first.")
    if not 0 <= passed <= sampled:
        raise PlainError(f"{what} has {passed:,} passed of {sampled:,} read, which cannot be; check the counts.")
    if cases is not None and sampled > cases:
        raise PlainError(f"{what} has {sampled:,} read of {cases:,} cases, which cannot be; check the counts.")


def _check_stratum(stratum: Stratum) -> None:
    if stratum.sampled < 1:
        raise PlainError(
            f"No case of {stratum.name} was read, so nothing is known of it; read some, or leave it out by name."
        )
    _check(stratum.name, stratum.passed, stratum.sampled, stratum.cases)
    if stratum.sampled == 1 < stratum.cases:
        raise PlainError(f"One case of {stratum.name} is too few to say how sure it is; read at least two.")


def _round(number: float) -> Decimal:
    return Decimal(str(round(number, 10))).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
