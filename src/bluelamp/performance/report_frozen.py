"""What is signed off, and how is it kept so that the same report can be made from it years later?

Plan, figures, insight and headlines stand in it whole: a plan that is edited afterwards, a load that is withdrawn
or a new vintage change nothing of it. Its bytes are an original, named by their hash.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import msgspec

from bluelamp.figures.months import Month, Span
from bluelamp.lib.errors import PlainError
from bluelamp.performance.insight_evidence import Evidence
from bluelamp.performance.plans import Plan
from bluelamp.performance.reports.model import LoadKnown, Settings
from bluelamp.performance.series import Series, SeriesKey
from bluelamp.performance.stored_points import restore_points, store_points

SCHEMA: Final = "bluelamp.performance-report/1"


@dataclass(frozen=True, kw_only=True)
class FrozenSeries:
    code: str
    area: str
    span: str
    breakdown: str
    points: tuple[dict[str, object], ...]
    loads: tuple[str, ...]  # of each point, in order


@dataclass(frozen=True, kw_only=True)
class FrozenInsight:
    """The words of one indicator, as they were signed off."""

    code: str
    words: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FrozenHeadline:
    theme: str
    words: str


@dataclass(frozen=True, kw_only=True)
class FrozenReport:
    """All that the paper is made of, but for the release's own number, reason and day."""

    title: str
    marking: str
    plan: Plan
    to: str
    area: str
    rule: str
    vintage: int
    as_of: dt.date
    series: tuple[FrozenSeries, ...] = ()
    loads: tuple[LoadKnown, ...] = ()
    insights: tuple[FrozenInsight, ...] = ()
    headlines: tuple[FrozenHeadline, ...] = ()
    schema: str = SCHEMA

    @property
    def settings(self) -> Settings:
        made = Settings(to=Month.parse(self.to), area=self.area)
        return replace(made, rule=self.rule) if self.rule else made

    def restore_series(self) -> dict[SeriesKey, Series]:
        found = (_restore(self.plan.slug, each) for each in self.series)
        return {series.key: series for series in found}

    def headlines_by_theme(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for each in self.headlines:
            found[each.theme] = (*found.get(each.theme, ()), each.words)
        return found


def freeze_series(series: Mapping[SeriesKey, Series]) -> tuple[FrozenSeries, ...]:
    """The series in an order of their own, so that the same figures are the same bytes."""
    return tuple(
        FrozenSeries(
            code=key.code,
            area=key.area,
            span=key.span.value,
            breakdown=key.breakdown,
            points=tuple(store_points(series[key].points)),
            loads=tuple(point.load for point in series[key].points),
        )
        for key in sorted(series, key=lambda key: (key.code, key.area, key.span.value, key.breakdown))
    )


def _restore(plan: str, frozen: FrozenSeries) -> Series:
    key = SeriesKey(plan, frozen.code, frozen.area, Span(frozen.span), frozen.breakdown)
    points = (restore_points([kept], load=load)[0] for kept, load in zip(frozen.points, frozen.loads, strict=True))
    return Series(key, tuple(points))


def write_frozen(report: FrozenReport) -> bytes:
    """The same report is the same bytes."""
    return msgspec.json.encode(report, order="deterministic")


def read_frozen(data: bytes) -> FrozenReport:
    """What was frozen; PlainError where it is of another release of the product, or damaged."""
    try:
        found = msgspec.json.decode(data, type=FrozenReport)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise PlainError(f"What was signed off cannot be read by this release of Bluelamp: {error}.") from error
    if found.schema != SCHEMA:
        raise PlainError(f"What was signed off is {found.schema}, and this release of Bluelamp reads {SCHEMA}.")
    return found


LIBRARIES: Final = ("altair", "lxml", "numpy", "python-docx", "scipy", "typst", "vl-convert-python", "xlsxwriter")
"""Whose versions show in the bytes of a paper."""


def library_versions() -> dict[str, str]:
    """Bluelamp and the libraries that make its papers, with their versions."""
    return {name: _version(name) for name in ("bluelamp", *LIBRARIES)}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def compare_versions(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """What changed since, one sentence each: why the bytes of a paper made again may be others."""
    return tuple(
        f"{name} was {then.get(name, 'not recorded')} and is {now.get(name, 'not there')}."
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    )


_SLUG = re.compile(r"[^a-z0-9]+")


def name_files(plan: str, area: str, to: str, number: int) -> str:
    """ "nts-2018-21-force-2021-03-release-1": the stem of a release's files."""
    said = f"{plan}-{area}-{to}-release-{number}" if number else f"{plan}-{area}-{to}-draft"
    return _SLUG.sub("-", said.lower()).strip("-")
