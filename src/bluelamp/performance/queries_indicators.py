"""What do the pages of indicators show: which plans, to which month, and each indicator's figures and exceptions?

Exceptions are found for a whole family at once (every indicator in every area), which takes seconds. What was
found is kept in this process under the loads it rests on, the month and the rule: the same loads give the same.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min

from bluelamp.figures.months import Month, Span
from bluelamp.organisations.visibility import Viewer
from bluelamp.performance.models import KeptSeries, Load
from bluelamp.performance.plans import AreaOfPlan, Plan, load_plans
from bluelamp.performance.queries_figures import ORDER, counting_loads, find_loads, find_series
from bluelamp.performance.reports.assemble import areas_below, assemble_report, assemble_row, quarter_ends
from bluelamp.performance.reports.model import (
    ChangeOfRow,
    LoadKnown,
    PerformanceReport,
    PeriodFigure,
    ReportRow,
    Settings,
)
from bluelamp.performance.reports.periods import SeriesBySpan, find_period
from bluelamp.performance.reports.tested import Tested, find_exceptions
from bluelamp.performance.reports.yearly_change import find_change
from bluelamp.performance.series import FORCE, Series, SeriesKey, overlay
from bluelamp.performance.stored_points import restore_points

T = TypeVar("T")
log = logging.getLogger(__name__)
KEPT: Final = 60
"""How many results a process keeps: a few plans, months and areas. A report of 70 rows is about a megabyte."""


@dataclass(frozen=True)
class Known:
    """A plan as far as somebody may see its figures: the loads that count, and the quarter that they reach."""

    plan: Plan
    loads: tuple[LoadKnown, ...]  # in the order in which they are laid; none that was withdrawn
    ends: tuple[Month, ...] = ()  # quarter ends that can be asked for, newest first

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What every result rests on: a load never changes, and a withdrawn one is not among these."""
        return self.plan.slug, tuple(load.key for load in self.loads)

    @property
    def ends_newest_first(self) -> list[Month]:
        return sorted(self.ends, reverse=True)


def plans() -> dict[str, Plan]:
    return load_plans(settings.WORKSPACE_DEFINITIONS)


def find_plans_with_figures(*, viewer: Viewer) -> list[tuple[Plan, int]]:
    """Each plan that has loads, with how many, the one that was loaded last first."""
    found = find_loads(viewer=viewer).filter(withdrawn=None).order_by("-loaded").values_list("plan", flat=True)
    counted: dict[str, int] = {}
    for slug in found:
        counted[slug] = counted.get(slug, 0) + 1
    known = plans()
    return [(known[slug], number) for slug, number in counted.items() if slug in known]


def find_known(plan: Plan, *, viewer: Viewer) -> Known:
    """The loads that count, and the quarter ends that the whole force's figures reach."""
    loads = counting_loads(viewer=viewer, plan=plan.slug)
    known = Known(plan, tuple(make_load_known(load) for load in loads))
    ends = _kept(("ends", known.key), lambda: _find_ends(loads))
    return Known(plan, known.loads, ends)


def make_load_known(load: Load) -> LoadKnown:
    return LoadKnown(
        key=str(load.pk),
        number=load.number,
        name=load.name,
        kind=load.kind,
        known_on=load.known_on,
        sha256=load.sha256,
    )


def _find_ends(loads: Sequence[Load]) -> tuple[Month, ...]:
    """First the newest that at least half of the indicators reach: it is shown. Then all others, newest first."""
    rows = KeptSeries.objects.filter(load__in=loads, breakdown="").order_by()
    reach = rows.values_list("code").annotate(Min("first"), Max("last"))
    if not reach:
        return ()
    lasts = sorted(Month.parse(last) for _, _, last in reach)
    first = min(Month.parse(first) for _, first, _ in reach)
    newest = quarter_end(lasts[len(lasts) // 2])
    newest = newest if newest >= first else newest.plus(3)
    latest = max(newest, quarter_end(lasts[-1]))
    ends = [latest.plus(-3 * back) for back in range((latest.index - first.index) // 3 + 1)]
    return (newest, *(end for end in ends if end != newest))


def quarter_end(month: Month) -> Month:
    """The last quarter end that is not after a month."""
    return month.plus(-(month.number % 3))


# -- what is computed, and kept ----------------------------------------------------------------------------


def find_report(known: Known, asked: Settings, *, viewer: Viewer) -> PerformanceReport:
    """Every indicator of one area; the areas below it are on the indicators' own pages."""

    def make() -> PerformanceReport:
        series = find_series(viewer=viewer, plan=known.plan.slug, areas=[asked.area])
        tested = find_tested(known, asked, viewer=viewer)
        return assemble_report(known.plan, series, asked, loads=known.loads, tested=tested)

    return _kept(("report", known.key, asked), make)


def find_tested(known: Known, asked: Settings, *, viewer: Viewer) -> Tested:
    """The exceptions of the whole family: every indicator in every area, by one rule."""

    def make() -> Tested:
        series = find_series(viewer=viewer, plan=known.plan.slug)
        return find_exceptions(known.plan, series, asked)

    return _kept(_tested_key(known, asked), make)


def _tested_key(known: Known, asked: Settings) -> Hashable:
    return "tested", known.key, asked.to, asked.rule


@dataclass(frozen=True)
class RowFigures:
    """One indicator in one area with the areas below and beside it, and the series by area that it is made of."""

    row: ReportRow
    series: Mapping[str, SeriesBySpan]


def find_row(known: Known, code: str, asked: Settings, *, viewer: Viewer) -> RowFigures:
    def make() -> RowFigures:
        areas = [asked.area, *(area.slug for area in _shown_beside(known.plan, asked.area))]
        series = find_series(viewer=viewer, plan=known.plan.slug, codes=[code], areas=areas)
        tested = find_tested(known, asked, viewer=viewer)
        row = assemble_row(known.plan, code, series, asked, tested=tested)
        return RowFigures(row, _by(lambda key: key.area, series))

    return _kept(("row", known.key, code, asked), make)


def _shown_beside(plan: Plan, slug: str) -> tuple[AreaOfPlan, ...]:
    """The areas below one, and those of its level under the same parent; the peers of a force are other forces."""
    area = plan.area(slug)
    beside = tuple(
        each
        for each in plan.areas
        if area and slug != FORCE and (each.level, each.parent) == (area.level, area.parent) and each.slug != slug
    )
    return areas_below(plan, slug) + beside


def find_spans(
    known: Known, codes: Collection[str], *, area: str = FORCE, viewer: Viewer
) -> Mapping[str, SeriesBySpan]:
    """The series of some indicators in one area, by code and length of period."""

    def make() -> Mapping[str, SeriesBySpan]:
        return _by(
            lambda key: key.code, find_series(viewer=viewer, plan=known.plan.slug, codes=codes, areas=[area])
        )

    return _kept(("spans", known.key, tuple(sorted(codes)), area), make) if codes else {}


def _by(name: Callable[[SeriesKey], str], series: Mapping[SeriesKey, Series]) -> dict[str, dict[Span, Series]]:
    found: dict[str, dict[Span, Series]] = {}
    for key, each in series.items():
        found.setdefault(name(key), {})[key.span] = each
    return found


def find_latest(
    known: Known, codes: Collection[str], *, viewer: Viewer
) -> Mapping[str, tuple[PeriodFigure, ChangeOfRow]]:
    """The latest figure of the whole force and its change over a year, without any test; by code."""
    if not codes or not known.ends:
        return {}
    series, to = find_spans(known, codes, viewer=viewer), known.ends[0]
    found = {}
    for code, spans in series.items():
        if indicator := known.plan.indicator(code):
            latest = find_period(indicator, spans, to)
            before = find_period(indicator, spans, to.plus(-12))
            found[code] = latest, find_change(indicator, before, latest)
    return found


def make_settings(known: Known, *, to: str = "", area: str = "", quarters: int = 5) -> Settings | None:
    """What an address asks for, as far as it is known: else the newest quarter, the force. None without loads."""
    if not known.ends:
        return None
    wanted = next((end for end in known.ends if str(end) == to), known.ends[0])
    return Settings(to=wanted, area=area if known.plan.area(area) else FORCE, quarters=quarters)


@dataclass(frozen=True)
class Vintage:
    """What was known of a series after one load that spoke of it, and what that load itself said."""

    load: LoadKnown
    after: dict[Span, Series]
    said: dict[Span, Series]


def find_vintages(known: Known, code: str, area: str) -> list[Vintage]:
    """What was known first comes first. One query, however many loads there are."""
    by_key = {load.key: load for load in known.loads}
    rows = KeptSeries.objects.filter(
        load__in=list(by_key), plan=known.plan.slug, code=code, area=area, breakdown=""
    ).order_by(*(f"load__{field}" for field in ORDER))
    found: dict[str, dict[Span, Series]] = {}
    for load, length, points in rows.values_list("load_id", "span", "points"):
        span = Span(length)
        key = SeriesKey(known.plan.slug, code, area, span)
        found.setdefault(str(load), {})[span] = Series(key, restore_points(points, load=str(load)))
    vintages: list[Vintage] = []
    after: dict[Span, Series] = {}
    for load, said in found.items():
        after = after | {span: overlay([*filter(None, [after.get(span)]), each]) for span, each in said.items()}
        vintages.append(Vintage(by_key[load], after, said))
    return vintages


def table_ends(asked: Settings) -> tuple[Month, ...]:
    return quarter_ends(asked.to, asked.quarters)


# -- keeping -----------------------------------------------------------------------------------------------

_results: OrderedDict[Hashable, Any] = OrderedDict()
_making: dict[Hashable, threading.Lock] = {}
_behind: set[Hashable] = set()
_failed: set[Hashable] = set()
_guard = threading.Lock()


def _kept(key: Hashable, make: Callable[[], T]) -> T:
    """The result under a key, made once: who asks for it meanwhile waits for the same."""
    with _guard:
        if key in _results:
            _results.move_to_end(key)
            return cast(T, _results[key])
        lock = _making.setdefault(key, threading.Lock())
    with lock:
        with _guard:
            if key in _results:
                return cast(T, _results[key])
        made = make()
        with _guard:
            _results[key] = made
            _making.pop(key, None)
            while len(_results) > KEPT:
                _results.popitem(last=False)
    return made


def is_worked_out(known: Known, asked: Settings, *, viewer: Viewer) -> bool:
    """Are the family's exceptions kept? If not, working them out begins, behind the page that waits for them.

    What fails behind is then worked out in front, where its error is seen.
    """
    key = _tested_key(known, asked)
    with _guard:
        if key in _results:
            _results.move_to_end(key)  # what every page rests on is not the first to be forgotten
            return True
        if key in _failed or not settings.WORK_BEHIND_PAGES:
            _failed.discard(key)
            return True
        begins = key not in _behind
        _behind.add(key)
    if begins:
        threading.Thread(target=_work_behind, args=(key, known, asked, viewer), daemon=True).start()
    return False


def _work_behind(key: Hashable, known: Known, asked: Settings, viewer: Viewer) -> None:
    try:
        find_tested(known, asked, viewer=viewer)
    except Exception:
        log.exception("the exceptions of %s could not be worked out", known.plan.slug)
        with _guard:
            _failed.add(key)
    finally:
        with _guard:
            _behind.discard(key)
        connection.close()


def forget_results() -> None:
    """Nothing is kept any more: a test with definitions of its own begins so."""
    with _guard:
        _results.clear()
