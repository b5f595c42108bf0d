"""Which figures of a plan may the viewer have as tables for analysis?"""

from __future__ import annotations

from bluelamp.figures.months import Span
from bluelamp.organisations.visibility import Viewer
from bluelamp.performance.models import Load
from bluelamp.performance.plans import Plan
from bluelamp.performance.queries_figures import ORDER, find_kept, find_loads
from bluelamp.performance.series import SeriesKey
from bluelamp.performance.star_schema import LoadLine, StarPoint, StarTable, make_star
from bluelamp.performance.stored_points import StoredPoint, restore_point


def find_star(plan: Plan, *, viewer: Viewer) -> dict[str, StarTable]:
    """Every table of the plan, of the loads that the viewer may see."""
    loads = list(find_loads(viewer=viewer, plan=plan.slug).order_by(*ORDER))
    return make_star(
        plan, [_line(each) for each in sorted(loads, key=lambda load: load.number)], _points(plan, loads)
    )


def _points(plan: Plan, loads: list[Load]) -> list[StarPoint]:
    """Each figure of each load, by key and month; the last of the loads that count is what is known now."""
    rank = {load.pk: at for at, load in enumerate(loads)}
    counts = {load.pk for load in loads if load.withdrawn is None}
    said: dict[tuple[SeriesKey, str], list[tuple[int, object, StoredPoint]]] = {}
    for code, area, length, part, load, points in find_kept(loads, breakdown=None):
        key = SeriesKey(plan.slug, code, area, Span(length), part)
        for point in points:
            said.setdefault((key, str(point["to"])), []).append((rank[load], load, point))
    found = []
    for (key, _), told in sorted(said.items(), key=lambda each: _order(each[0])):
        told.sort(key=lambda each: each[0])
        current = next((at for at, load, _ in reversed(told) if load in counts), None)
        found += [StarPoint(key, restore_point(point, str(load)), at == current) for at, load, point in told]
    return found


def _order(said: tuple[SeriesKey, str]) -> tuple[str, ...]:
    key, to = said
    return key.code, key.area, key.span.value, key.breakdown, to


def _line(load: Load) -> LoadLine:
    return LoadLine(
        key=str(load.pk),
        number=load.number,
        kind=load.kind,
        name=load.name,
        known_on=load.known_on,
        loaded=load.loaded,
        by=load.by_name,
        figures=load.figures,
        refused=len(load.refused),
        withdrawn=load.withdrawn,
        withdrawn_number=load.withdrawn_number,
        withdrawn_reason=load.withdrawn_reason,
    )
