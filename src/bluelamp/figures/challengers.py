"""What would another kind of model have expected? Exponential smoothing, a decomposition, the season of last year.

The choice of model alone moves an answer, so the default (`expected`) is never shown without a challenger beside
it. Exponential smoothing is statsmodels' state-space ETS, started from a decomposition (from its own start it
stops at worse fits), the best of six forms by corrected AIC. Intervals come from simulated futures with a fixed
seed: the total's too, whose months go together.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from bluelamp.figures.baselines import Floats
from bluelamp.lib.errors import PlainError

FUTURES: Final = 4000
_SEED: Final = 20_210_331
_ROUNDS: Final = 200
_NORMAL: Final = 1.959963984540054  # 95%
_FORMS: Final = (("add", False, "add"), ("mul", False, "add"), ("mul", False, "mul"), ("add", True, "add"),
                 ("mul", True, "add"), ("mul", True, "mul"))  # fmt: skip
_Form = tuple[str, bool, str]
"""Error, damped trend, season; an additive error with a multiplied season is unstable and left out."""


@dataclass(frozen=True, eq=False)
class Challenge:
    """What a model expects of each later period and of all together, with 95% intervals."""

    model: str
    mean: Floats
    low: Floats
    high: Floats
    total: float
    total_low: float
    total_high: float


def smooth_exponentially(values: Floats, ahead: int, *, periods: int = 12) -> Challenge:
    """The best of six forms of exponential smoothing, by AICc; `values` have no gaps."""
    _check(values, periods, years=2)
    forms = [form for form in _FORMS if form[0] == form[2] == "add" or (values > 0).all()]
    rough = [(form, _fit_form(values, form, periods)) for form in forms]
    sound = [(_aicc(fit, form, periods), form, fit) for form, fit in rough if np.isfinite(fit.llf)]
    if not sound:
        raise PlainError("No form of exponential smoothing settles on these figures; use the default model alone.")
    best = [
        min((one for one in sound if one[1][1] == damped), default=None, key=_first) for damped in (False, True)
    ]
    whole = [(form, _fit_form(values, form, periods, start=fit)) for one in best if one for _, form, fit in [one]]
    form, fit = min(whole, key=lambda one: _aicc(one[1], one[0], periods))
    mean, futures = _futures(fit, ahead)
    trend = {False: "N", True: "Ad"}[form[1]]
    name = f"ETS({form[0][0].upper()},{trend},{form[2][0].upper()})"
    return _challenge(f"Exponential smoothing, {name}", mean, futures)


def _first(one: tuple[float, _Form, Any]) -> float:
    return one[0]


def _aicc(fit: Any, form: _Form, periods: int) -> float:
    """Corrected AIC, the states that a form starts from counted with its weights."""
    number = 4 + periods + 3 * form[1]
    return float(-2 * fit.llf + 2 * number + 2 * number * (number + 1) / max(fit.nobs - number - 1, 1))


def _fit_form(values: Floats, form: _Form, periods: int, *, start: Any = None) -> Any:
    """The weights alone, from a decomposition's states; or, from such a fit as `start`, states and all."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    error, damped, season = form
    level, slope, shape = _start(values, season, periods)
    known: dict[str, Any] = {}
    weights = [0.3, *([0.01] if damped else []), 0.01, *([0.97] if damped else [])]
    if start is None:
        known = {"initialization_method": "known", "initial_level": level, "initial_seasonal": shape}
        known |= {"initial_trend": slope} if damped else {}
    else:
        weights = [*start.params[: len(weights)], level, *([slope] if damped else []), *shape[::-1]]
    model = ETSModel(
        values, error=error, trend="add" if damped else None, damped_trend=damped, seasonal=season,
        seasonal_periods=periods, **known,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit(start_params=np.array(weights), disp=False, maxiter=_ROUNDS)


def _start(values: Floats, season: str, periods: int) -> tuple[float, float, Floats]:
    """Level, slope and season to start from: those of a moving year, and the mean distance from it."""
    year = np.convolve(values, np.r_[0.5, np.ones(periods - 1), 0.5] / periods, mode="valid")
    inner = values[periods // 2 : periods // 2 + len(year)]
    away = inner / year if season == "mul" else inner - year
    place = (np.arange(len(away)) + periods // 2) % periods
    shape = np.array([away[place == k].mean() for k in range(periods)])
    shape = shape / shape.mean() if season == "mul" else shape - shape.mean()
    return float(year[0]), float(np.polyfit(np.arange(len(year)), year, 1)[0]), shape


def smooth_without_season(values: Floats, ahead: int, *, periods: int = 12, window: int = 11) -> Challenge:
    """The season taken off by loess, the rest smoothed exponentially, last year's season put back."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    seasonal = decompose(values, periods=periods, window=window, robust=False).seasonal
    rest = values - seasonal
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        errors = ("add", "mul") if (rest > 0).all() else ("add",)
        fits = [ETSModel(rest, error=error).fit(disp=False, maxiter=_ROUNDS) for error in errors]
    fit = min(fits, key=lambda one: float(one.aicc))
    back = seasonal[len(values) - periods + np.arange(ahead) % periods]
    mean, futures = _futures(fit, ahead)
    return _challenge("Loess decomposition with exponential smoothing", mean + back, futures + back[:, None])


def repeat_last_year(values: Floats, ahead: int, *, periods: int = 12) -> Challenge:
    """Each period as a year before: the plainest rule, and the interval that its own misses give."""
    _check(values, periods, years=2)
    misses = values[periods:] - values[:-periods]
    spread = float(np.sqrt(np.mean(misses**2)))
    later = np.arange(ahead)
    mean = values[len(values) - periods + later % periods]
    each = _NORMAL * spread * np.sqrt(later // periods + 1)
    repeats = np.bincount(later % periods)
    together = _NORMAL * spread * float(np.sqrt(sum(n * (n + 1) * (2 * n + 1) / 6 for n in repeats)))
    total = float(mean.sum())
    return Challenge("The same month of last year", mean, mean - each, mean + each, total, total - together,
                     total + together)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Decomposition:
    """What a series is the sum of."""

    seasonal: Floats
    trend: Floats
    remainder: Floats


def decompose(values: Floats, *, periods: int = 12, window: int = 13, robust: bool = True) -> Decomposition:
    """Season, trend and remainder by loess (STL, Cleveland and others 1990), with R's own choices of windows."""
    _check(values, periods, years=2)
    from statsmodels.tsa.seasonal import STL

    trend = _odd(1.5 * periods / (1 - 1.5 / window))
    low = _odd(periods)
    found = STL(
        values, period=periods, seasonal=window, trend=trend, low_pass=low, seasonal_deg=0, trend_deg=1,
        low_pass_deg=1, robust=robust, seasonal_jump=-(-window // 10), trend_jump=-(-trend // 10),
        low_pass_jump=-(-low // 10),
    ).fit(inner_iter=1 if robust else 2, outer_iter=15 if robust else 0)  # fmt: skip
    return Decomposition(np.asarray(found.seasonal), np.asarray(found.trend), np.asarray(found.resid))


def _odd(value: float) -> int:
    whole = int(np.ceil(value))
    return whole if whole % 2 else whole + 1


def _futures(fit: Any, ahead: int) -> tuple[Floats, Floats]:
    noise = np.random.default_rng(_SEED).normal(size=(ahead, FUTURES)) * np.sqrt(fit.scale)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mean = np.asarray(fit.forecast(ahead), dtype=float)
        futures = np.asarray(
            fit.simulate(ahead, anchor="end", repetitions=FUTURES, random_errors=noise), dtype=float
        )
    return mean, futures.reshape(ahead, FUTURES)


def _challenge(model: str, mean: Floats, futures: Floats) -> Challenge:
    low, high = np.quantile(futures, (0.025, 0.975), axis=1)
    total_low, total_high = np.quantile(futures.sum(axis=0), (0.025, 0.975))
    return Challenge(model, mean, low, high, float(mean.sum()), float(total_low), float(total_high))


def _check(values: Floats, periods: int, *, years: int) -> None:
    if len(values) < years * periods + 1 or not np.isfinite(values).all():
        raise PlainError(
            f"This model needs more than {years} years of figures without a gap before the event; use the default"
            " model, which can do with gaps."
        )
