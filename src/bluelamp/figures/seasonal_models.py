"""Which baseline does each series of a family get, and how sure is it of its next quarters?

Series are grouped by what they can bear: a level alone where hardly anything was counted, one or two waves a year,
or a term for each month where those explain more than chance would. Two things are learnt from the family where it
is large enough: how far slopes really differ (a trend is drawn towards the family's by as much as its own is
uncertain: empirical Bayes), and whether neighbouring months go together (a sum of months that do varies more than
its months say). In a family without trends and without such ties neither costs anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

from bluelamp.figures.baselines import (
    Design,
    Family,
    Fit,
    Floats,
    Season,
    find_autocorrelation,
    fit_baselines,
    forecast_total,
)

Indices = npt.NDArray[np.int64]

LEAST_YEARS: Final = 2  # fewer say nothing of a season
TREND_YEARS: Final = 3  # a slope from fewer is extrapolated further than it was seen
FAMILY: Final = 30  # series from which a family can be learnt
_SPARSE = 20.0  # events in all, under which only a level is fitted
_FEW, _SOME = 5.0, 10.0  # events a month for one wave, for terms of each month
_IN_EACH = 5.0  # events in each month of the year over the years, for terms of each month
_TERMS_AT = 0.05  # terms of each month stay where the F test gives less
_OWN_SLOPE = 4.5  # standard errors from the family's slope at which a series keeps its own


@dataclass(frozen=True, eq=False)
class Outlook:
    """What the baselines of S series say of the total of the next `k` periods (arrays of S)."""

    mean: Floats
    variance: Floats  # of the total at dispersion 1, the terms certain and months independent
    widening: Floats  # by what autocorrelation and the terms' uncertainty multiply it
    dispersion: Floats
    freedom: Floats
    size: Floats
    season: npt.NDArray[np.object_]
    trend: npt.NDArray[np.bool_]
    autocorrelation: Floats
    sound: npt.NDArray[np.bool_]  # False: the fit did not settle


@dataclass(frozen=True, eq=False)
class _Group:
    members: Indices
    design: Design
    fit: Fit
    before: Floats
    after: Floats


def look_ahead(
    family: Family, values: Floats, sizes: Floats, *, start: int, periods: int, ahead: int, borrow: bool = True
) -> Outlook:
    """Fit all but the last `ahead` columns of `values` (S x N; NaN is missing) and forecast those.

    `start` is the place of the first column in its year (0 is January, or the first quarter). `borrow` lets trends
    and autocorrelation be learnt from a family of `FAMILY` series or more.
    """
    known = values.shape[1] - ahead
    weights = np.isfinite(values[:, :known]) * 1.0
    base = np.where(weights > 0, values[:, :known], 0.0)
    room = np.where(weights > 0, sizes[:, :known], 1.0)
    index = np.arange(start, start + values.shape[1])
    groups = []
    for design, members in _sort_by_design(family, base, room, weights, index[:known], periods):
        groups += _fit_group(family, design, members, (base, room, weights), index, known)
    if borrow:
        groups = _draw_trends(groups)
    return _assemble(groups, sizes[:, known:], weights, len(values), borrow=borrow)


# -- which terms ------------------------------------------------------------------------------------------


def _sort_by_design(
    family: Family, base: Floats, room: Floats, weights: Floats, index: Indices, periods: int
) -> list[tuple[Design, Indices]]:
    """Members of each design: how much was counted and for how many years decides."""
    number = weights.sum(axis=1)
    years = number / periods
    events = base.sum(axis=1)
    if family is Family.PROPORTION:
        events = np.minimum(events, (room * weights).sum(axis=1) - events)
    if family is Family.VALUE:
        events = np.full(len(base), np.inf)
    each = np.full(len(base), np.inf)
    for k in range(periods):
        here = index % periods == k
        enough = weights[:, here].sum(axis=1) >= 2
        counted = base[:, here].sum(axis=1)
        if family is Family.PROPORTION:
            counted = np.minimum(counted, (room * weights)[:, here].sum(axis=1) - counted)
        if family is Family.VALUE:
            counted = np.full(len(base), np.inf)
        each = np.minimum(each, np.where(enough, counted, 0.0))
    monthly = events / np.maximum(number, 1) * periods / 12
    long = years >= TREND_YEARS
    level = np.where(
        events < _SPARSE,
        0,
        np.where((monthly < _FEW) | ~long, 1, np.where((monthly < _SOME) | (each < _IN_EACH), 2, 3)),
    )
    found = []
    for place, season in enumerate((Season.NONE, Season.ONE_WAVE, Season.TWO_WAVES, Season.PERIODS)):
        for trend in (False, True):
            members = np.flatnonzero((level == place) & ((long & (place > 0)) == trend) & (number > 0))
            if len(members):
                found.append((Design(season, trend, periods), members))
    return found


def _fit_group(
    family: Family,
    design: Design,
    members: Indices,
    data: tuple[Floats, Floats, Floats],
    index: Indices,
    known: int,
) -> list[_Group]:
    """One or two groups: those whose months need their own terms, and those for whom two waves do."""
    values, sizes, weights = (part[members] for part in data)
    if design.season is Season.NONE:  # half an event more, so that none in all is not a mean of zero
        share = weights * 0.5 / np.maximum(weights.sum(axis=1, keepdims=True), 1)
        values = values + share
        sizes = sizes + 2 * share if family is Family.PROPORTION else sizes
    full = _fit_design(family, design, members, (values, sizes, weights), index, known)
    if design.season is not Season.PERIODS or design.periods < 12:
        return [full]
    plain_design = Design(Season.TWO_WAVES, design.trend, design.periods)
    plain = _fit_design(family, plain_design, members, (values, sizes, weights), index, known)
    needed = _terms_needed(plain.fit, full.fit, design.terms - plain_design.terms)
    needed &= full.fit.converged
    return [part for part in (_only(full, needed), _only(plain, ~needed)) if len(part.members)]


def _fit_design(
    family: Family,
    design: Design,
    members: Indices,
    data: tuple[Floats, Floats, Floats],
    index: Indices,
    known: int,
) -> _Group:
    values, sizes, weights = data
    matrix = design.matrix(index, middle=float(index[:known].mean()))
    fit = fit_baselines(family, matrix[:known], values, weights=weights, sizes=sizes)
    return _Group(members, design, fit, matrix[:known], matrix[known:])


def _terms_needed(plain: Fit, full: Fit, more: int) -> npt.NDArray[np.bool_]:
    gain = (plain.residuals**2).sum(axis=1) - (full.residuals**2).sum(axis=1)
    ratio = np.maximum(gain, 0.0) / more / np.maximum(full.dispersion, 1e-300)
    found: npt.NDArray[np.bool_] = special.fdtrc(more, np.maximum(full.freedom, 1.0), ratio) < _TERMS_AT
    return found


def _only(group: _Group, which: npt.NDArray[np.bool_]) -> _Group:
    fit = group.fit
    kept = Fit(
        fit.family, fit.coefficients[which], fit.covariance[which], fit.fitted[which], fit.residuals[which],
        fit.dispersion[which], fit.freedom[which], fit.converged[which],
    )  # fmt: skip
    return replace(group, members=group.members[which], fit=kept)


# -- what the family teaches --------------------------------------------------------------------------------


def _scale(fit: Fit) -> Floats:
    """The dispersion that standard errors are made with."""
    return fit.dispersion if fit.family is Family.VALUE else np.maximum(fit.dispersion, 1.0)


def _draw_trends(groups: list[_Group]) -> list[_Group]:
    """Each slope drawn to the family's mean by as much as it is less certain than the family's spread."""
    having = [group for group in groups if _has_trend(group)]
    if sum(len(group.members) for group in having) < FAMILY:
        return groups
    slopes = np.concatenate([group.fit.coefficients[:, 1] for group in having])
    errors = np.concatenate([group.fit.covariance[:, 1, 1] * _scale(group.fit) for group in having])
    middle, between = pool(slopes, errors)
    return [
        replace(group, fit=_draw(group.fit, middle, between)) if _has_trend(group) else group for group in groups
    ]


def _has_trend(group: _Group) -> bool:
    return group.design.trend and group.fit.family is not Family.VALUE


def pool(estimates: Floats, errors: Floats) -> tuple[float, float]:
    """A family's mean and the variance between its members (DerSimonian, Laird 1986); `errors` are variances."""
    weight = 1.0 / np.maximum(errors, 1e-300)
    middle = float((weight * estimates).sum() / weight.sum())
    excess = float((weight * (estimates - middle) ** 2).sum()) - (len(estimates) - 1)
    between = max(0.0, excess / float(weight.sum() - (weight**2).sum() / weight.sum()))
    weight = 1.0 / (errors + between)
    return float((weight * estimates).sum() / weight.sum()), between


def _draw(fit: Fit, middle: float, between: float) -> Fit:
    """The fit as if its slope had also been seen as `middle` with variance `between`."""
    scale = _scale(fit)
    covariance = fit.covariance * scale[:, None, None]
    away = np.abs(fit.coefficients[:, 1] - middle) / np.sqrt(covariance[:, 1, 1] + between)
    prior = np.where(away > _OWN_SLOPE, np.inf, between)
    gain = covariance[:, :, 1] / (covariance[:, 1, 1] + prior)[:, None]
    coefficients = fit.coefficients + gain * (middle - fit.coefficients[:, 1])[:, None]
    covariance = covariance - gain[:, :, None] * covariance[:, None, 1, :]
    return replace(fit, coefficients=coefficients, covariance=covariance / scale[:, None, None])


def _autocorrelations(groups: list[_Group], weights: Floats, *, borrow: bool) -> list[Floats]:
    """Each series' lag-one autocorrelation, drawn to the family's; never below zero."""
    own = [find_autocorrelation(group.fit, group.before, weights[group.members]) for group in groups]
    if not groups:
        return []
    found, errors = (np.concatenate(parts) for parts in zip(*own, strict=True))
    middle, between = 0.0, 0.15**2  # alone: what monthly counts have lies near 0.1 to 0.3, if there is any
    if borrow and len(found) >= FAMILY:
        middle, between = float(found.mean()), max(float(np.var(found) - errors.mean()), 0.0)
    drawn = middle + between / (between + errors) * (found - middle)
    sizes = np.cumsum([len(group.members) for group in groups])[:-1]
    return [np.asarray(part) for part in np.split(np.clip(drawn, 0.0, 0.9), sizes)]


# -- the outlook --------------------------------------------------------------------------------------------


def _assemble(groups: list[_Group], sizes: Floats, weights: Floats, number: int, *, borrow: bool) -> Outlook:
    arrays = {name: np.zeros(number) for name in ("mean", "variance", "dispersion", "freedom", "size", "r")}
    widening, sound = np.ones(number), np.zeros(number, dtype=bool)
    season, trend = np.full(number, Season.NONE, dtype=object), np.zeros(number, dtype=bool)
    ahead = sizes.shape[1]
    for group, r in zip(groups, _autocorrelations(groups, weights, borrow=borrow), strict=True):
        at, fit = group.members, group.fit
        forecast = forecast_total(fit, group.after, np.where(np.isfinite(sizes[at]), sizes[at], 1.0))
        together = 1 + 2 * sum((1 - j / ahead) * r**j for j in range(1, ahead))
        extra = (1 + r) / (1 - r) * forecast.uncertainty / np.maximum(forecast.variance, 1e-300)
        widening[at] = together + extra
        arrays["mean"][at], arrays["variance"][at] = forecast.mean, forecast.variance
        arrays["dispersion"][at], arrays["freedom"][at] = fit.dispersion, _freedom(fit, weights[at])
        arrays["size"][at], arrays["r"][at] = forecast.size, r
        sound[at] = fit.converged & (fit.freedom >= 3)
        season[at], trend[at] = group.design.season, group.design.trend
    return Outlook(
        mean=arrays["mean"], variance=arrays["variance"], widening=widening, dispersion=arrays["dispersion"],
        freedom=arrays["freedom"], size=arrays["size"], season=season, trend=trend, autocorrelation=arrays["r"],
        sound=sound,
    )  # fmt: skip


def _freedom(fit: Fit, weights: Floats) -> Floats:
    """Degrees of freedom of the dispersion, fewer where values are skewed: Var(estimate) grows with kurtosis."""
    there = weights > 0
    number = np.maximum(there.sum(axis=1), 1)
    if fit.family is Family.VALUE:
        square = np.maximum(fit.dispersion, 1e-100)[:, None]
        excess = (fit.residuals**4 / square**2).sum(axis=1) / number - 3.0
    else:
        phi = np.maximum(fit.dispersion, 1.0)[:, None]
        mean = np.maximum(fit.fitted, 1e-9)
        excess = np.where(there, 6 * (phi - 1) / mean + 1 / (phi * mean), 0.0).sum(axis=1) / number
    freedom: Floats = np.maximum(fit.freedom / (1 + np.maximum(excess, 0.0) / 2), 3.0)
    return freedom
