"""How far out is a total, given its mean and a dispersion that is itself only an estimate?

A count is negative binomial (its variance the mean times a ratio), a proportion's numerator beta-binomial, a value
normal; and over the dispersion the answer is averaged as its estimate may have come out (scaled chi-square with
the residuals' degrees of freedom), which in the normal limit is exactly Student's t. Tails are what is asked for,
down to one in a million, so averages are taken with nodes that reach there (the trapezoid rule in the logarithm,
whose error falls exponentially).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]

_NODES = 15  # over the dispersion, from eight deviations above to five below: under 1 in 10,000 of a tail amiss
_SHARES = 25  # over a proportion's own spread: at 21 still 1 tail in 1,000 of small groups is 5% amiss
_LEAST_RATIO = 1.0001  # a negative binomial this near the Poisson is the Poisson


def _dispersions(dispersion: Floats, freedom: Floats) -> tuple[Floats, Floats]:
    """What the true dispersion may be (S x nodes) and the weight of each."""
    spread = np.sqrt(2.0 / freedom)[:, None]
    steps = np.linspace(-8.0, 5.0, _NODES)[None, :] * spread
    weight = freedom[:, None] / 2 * (steps - np.exp(steps) + 1.0)
    weight = np.exp(weight - weight.max(axis=1, keepdims=True))
    return dispersion[:, None] * np.exp(-steps), weight / weight.sum(axis=1, keepdims=True)


def count_tail(
    total: Floats, mean: Floats, widening: Floats, dispersion: Floats, freedom: Floats, *, upper: bool
) -> Floats:
    """P(count >= total) or, if not `upper`, P(count <= total).

    The count's variance is `mean` x `widening` x dispersion; a dispersion under 1 counts as 1.
    """
    phi, weight = _dispersions(dispersion, freedom)
    ratio = np.maximum(np.maximum(phi, 1.0) * widening[:, None], _LEAST_RATIO)
    size = np.maximum(mean, 1e-12)[:, None] / (ratio - 1.0)
    y = total[:, None]
    if upper:
        tail = np.where(y > 0, special.betainc(np.maximum(y, 1e-9), size, 1 - 1 / ratio), 1.0)
    else:
        tail = special.betainc(size, y + 1.0, 1 / ratio)
    return np.asarray((tail * weight).sum(axis=1))


def proportion_tail(
    total: Floats,
    size: Floats,
    share: Floats,
    widening: Floats,
    dispersion: Floats,
    freedom: Floats,
    *,
    upper: bool,
) -> Floats:
    """P(numerator >= total) or, if not `upper`, P(numerator <= total), of `size` with mean `share` x `size`.

    The variance is the binomial's x `widening` x dispersion, held between the binomial's and a certain yes or no.
    """
    phi, weight = _dispersions(dispersion, freedom)
    n, p = size[:, None], np.clip(share, 1e-9, 1 - 1e-9)[:, None]
    ratio = np.maximum(phi, 1.0) * widening[:, None]
    rho = np.clip((ratio - 1.0) / np.maximum(n - 1.0, 1.0), 1e-9, 0.98)
    both = 1.0 / rho - 1.0  # the beta's two shapes together
    a, b = p * both, (1 - p) * both
    reach = np.sqrt(1.0 / np.maximum(a, 0.05) + 1.0 / np.maximum(b, 0.05))
    place = np.log(a / b)[..., None] + np.linspace(-7.0, 7.0, _SHARES) * reach[..., None]
    density = a[..., None] * place - both[..., None] * np.logaddexp(0.0, place)
    density = np.exp(density - density.max(axis=-1, keepdims=True))
    density *= (weight / density.sum(axis=-1))[..., None]
    chance, y, n = special.expit(place), total[:, None, None], size[:, None, None]
    if upper:
        tail = np.where(y > 0, special.betainc(np.maximum(y, 1e-9), n - y + 1.0, chance), 1.0)
    else:
        tail = np.where(y < n, special.betainc(np.maximum(n - y, 1e-9), y + 1.0, 1 - chance), 1.0)
    return np.asarray((tail * density).sum(axis=(1, 2)))


def value_tail(total: Floats, mean: Floats, deviation: Floats, freedom: Floats, *, upper: bool) -> Floats:
    """P(value >= total) or, if not `upper`, P(value <= total), under Student's t."""
    score = (total - mean) / np.maximum(deviation, 1e-300)
    return np.asarray(special.stdtr(freedom, -score if upper else score))


Tail = Callable[[Floats], Floats]
"""The chance of a total as far out as the one given, for one total of each series."""

_STEPS = 4
_HIGHEST = 38.0  # the furthest normal score that a float's chance can say


def find_limits(tail: Tail, mean: Floats, deviation: Floats, chance: Floats, *, upper: bool) -> Floats:
    """The total in each series beyond which lies `chance`: secant steps on the square root and the normal score.

    On the lower side -inf where even a total of 0 has a greater chance than that.
    """
    target = -special.ndtri(np.clip(chance, 1e-300, 0.5))
    sign = 1.0 if upper else -1.0
    centre = np.sqrt(np.maximum(mean, 0.25))
    step = deviation / (2 * centre)
    one = np.maximum(centre + sign * step * target, 1e-3)
    two = np.maximum(centre + sign * step * target * (1.25 if upper else 0.9), 1e-4)
    score_one, score_two = _score(tail, one), _score(tail, two)
    for _ in range(_STEPS):
        slope = (score_two - score_one) / np.where(np.abs(two - one) < 1e-12, 1e-12, two - one)
        slope = np.where(sign * slope > 1e-9, slope, sign / np.maximum(step, 1e-9))
        new = np.clip(two + (target - score_two) / slope, 1e-4, 4 * np.maximum(centre, two))
        one, score_one = two, score_two
        two, score_two = new, _score(tail, new)
    if upper:
        return np.asarray(two**2)
    return np.asarray(np.where(tail(np.zeros_like(mean)) > chance, -np.inf, two**2))


def _score(tail: Tail, root: Floats) -> Floats:
    chance = np.clip(tail(root**2), 1e-300, 1.0)
    return np.asarray(np.clip(-special.ndtri(chance), -_HIGHEST, _HIGHEST))
