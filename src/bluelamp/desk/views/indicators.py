"""What changed in one indicator, how is that known, and what did inspectors find where it bears?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bluelamp.desk.indicator_doubts import find_comparisons
from bluelamp.desk.indicator_links import find_found
from bluelamp.documents.downloads import send_file
from bluelamp.figures.expected_words import say_expected
from bluelamp.figures.months import Span
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.visibility import Viewer
from bluelamp.performance.indicator_areas import make_areas
from bluelamp.performance.indicator_chart import draw_chart, list_points, make_chart_csv
from bluelamp.performance.indicator_event import ExpectedView, find_expectation, may_ask, read_event
from bluelamp.performance.indicator_funnel import draw_areas_funnel, find_funnel
from bluelamp.performance.indicator_page import make_arithmetic, say_latest
from bluelamp.performance.indicator_peers import find_peers
from bluelamp.performance.indicator_table import make_address
from bluelamp.performance.indicator_vintages import make_vintages
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.queries_indicators import (
    Known,
    RowFigures,
    find_known,
    find_row,
    find_vintages,
    make_settings,
    plans,
)
from bluelamp.performance.reports.assemble import find_area
from bluelamp.performance.reports.model import Settings
from bluelamp.performance.reports.paper_charts import is_drawn, say_chart
from bluelamp.performance.reports.periods import SeriesBySpan
from bluelamp.performance.series import FORCE
from bluelamp.performance.views_indicators import needs_plans, wait_for


@dataclass(frozen=True)
class Asked:
    """Which indicator, in which area, to which month, asked by whom; no `settings` where nothing is loaded."""

    plan: Plan
    indicator: Indicator
    known: Known
    settings: Settings | None
    viewer: Viewer

    @cached_property
    def figures(self) -> RowFigures | None:
        if self.settings is None:
            return None
        return find_row(self.known, self.indicator.code, self.settings, viewer=self.viewer)

    @property
    def area_name(self) -> str:
        """ "" of the whole force."""
        area = self.settings.area if self.settings else FORCE
        return "" if area == FORCE else find_area(self.plan, area).name

    @property
    def series(self) -> SeriesBySpan:
        """The area's own, by length of period."""
        return self.figures.series.get(self.settings.area, {}) if self.figures and self.settings else {}

    def address(self, page: str, **changes: str) -> str:
        """The address of a page of this indicator, of this area and month unless `changes` says another."""
        questions = {}
        if self.settings:
            area = "" if self.settings.area == FORCE else self.settings.area
            questions = {"to": str(self.settings.to), "area": area}
        return make_address(reverse(page, args=[self.plan.slug, self.indicator.code]), **(questions | changes))


def read_asked(request: HttpRequest, plan: str, code: str, area: str = "") -> Asked:
    """Not found where the plan, the indicator or the area is none that we know."""
    viewer: Viewer = request.user  # type: ignore[assignment]  # the middleware let nobody else in
    found = plans().get(plan)
    indicator = found.indicator(code) if found else None
    wanted = area or request.GET.get("area", "")
    if found is None or indicator is None or not (wanted in ("", FORCE) or found.area(wanted)):
        raise Http404("no such indicator")
    known = find_known(found, viewer=viewer)
    settings = make_settings(known, to=request.GET.get("to", ""), area=wanted)
    return Asked(found, indicator, known, settings, viewer)


@require_safe
@needs_plans
def indicator(request: HttpRequest, plan: str, code: str, area: str = "") -> HttpResponse:
    asked = read_asked(request, plan, code, area)
    if waiting := wait_for(request, asked.known, asked.settings):
        return waiting
    viewer = asked.viewer
    comparisons = find_comparisons(asked.known, [code], viewer=viewer)
    context: dict[str, Any] = {
        "asked": asked,
        "plan": asked.plan,
        "indicator": asked.indicator,
        "theme": asked.plan.theme(asked.indicator.theme),
        "comparisons": comparisons,
        "doubts": [each for each in comparisons if each.is_doubt],
        "found": find_found(asked.plan, asked.indicator, viewer=viewer),
        **(_figures(asked, asked.settings, asked.figures) if asked.settings and asked.figures else {}),
        **_event(request, asked),
    }
    return render(request, "desk/indicator.html", context)


def _figures(asked: Asked, settings: Settings, figures: RowFigures) -> dict[str, Any]:
    """What the page shows of figures; all of it is computed and kept by `performance`."""
    row, loads = figures.row, {load.key: load for load in asked.known.loads}
    vintages, left_out = make_vintages(
        asked.indicator, find_vintages(asked.known, asked.indicator.code, settings.area), row.periods
    )
    return {
        "row": row,
        "peers": find_peers(asked.known, asked.indicator, settings, viewer=asked.viewer),
        "latest": say_latest(row),
        "drawn": is_drawn(row),
        "chart_words": say_chart(row),
        "chart_points": list_points(row.chart),
        "chart_svg": asked.address("desk:indicator_chart"),
        "chart_png": asked.address("desk:indicator_picture"),
        "chart_csv": asked.address("desk:indicator_months"),
        "arithmetic": [
            make_arithmetic(asked.indicator, each, asked.series, loads) for each in reversed(row.periods)
        ],
        "areas": make_areas(asked.plan, row, figures.series),
        "funnel_svg": asked.address("desk:indicator_funnel"),
        "vintages": vintages,
        "vintages_left_out": left_out,
        "loads": [loads[key] for key in row.loads if key in loads],
        "ends": asked.known.ends_newest_first,
    }


def _event(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Expected against actual: the form where there are counts by month, and the answer where it was filled in."""
    if not (asked.settings and asked.figures and may_ask(asked.indicator, asked.series)):
        return {}
    try:
        found = _expect(request, asked)
    except PlainError as error:
        return {"may_ask_event": True, "event_fault": str(error)}
    if found is None:
        return {"may_ask_event": True}
    from bluelamp.papers.charts_expected import describe_expected, list_expected

    event = found.event
    questions = {"event": str(event.first), "name": event.name, "until": str(event.until)}
    return {
        "may_ask_event": True,
        "expectation": found,
        "expectation_words": say_expected(found.result, found.challengers),
        "event_words": describe_expected(found.result, event.name),
        "event_rows": list_expected(found.result),
        "event_svg": asked.address("desk:indicator_event", **questions),
    }


def _expect(request: HttpRequest, asked: Asked) -> ExpectedView | None:
    assert asked.settings is not None
    event = read_event(request.GET, asked.settings.to)
    return find_expectation(asked.indicator, asked.series[Span.MONTH], event) if event else None


@require_safe
@needs_plans
def indicator_event(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The chart of expected against actual, as SVG."""
    asked = read_asked(request, plan, code)
    try:
        usable = asked.settings is not None and may_ask(asked.indicator, asked.series)
        found = _expect(request, asked) if usable else None
    except PlainError:
        found = None
    if found is None:
        raise Http404("there is nothing to compare")
    from bluelamp.papers.charts_expected import draw_expected_chart

    return HttpResponse(draw_expected_chart(found.result, event=found.event.name), content_type="image/svg+xml")


# -- the chart -----------------------------------------------------------------------------------------------


@require_safe
@needs_plans
def indicator_chart(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The chart as SVG, for the page and to be taken away."""
    return _picture(request, plan, code, "svg")


@require_safe
@needs_plans
def indicator_funnel(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The areas below by size, against what they have in common, as SVG."""
    asked = read_asked(request, plan, code)
    found = find_funnel(asked.plan, asked.figures.row) if asked.figures else None
    if asked.figures is None or found is None:
        raise Http404("the areas cannot be placed")
    return HttpResponse(draw_areas_funnel(found, asked.figures.row), content_type="image/svg+xml")


@require_safe
@needs_plans
def indicator_picture(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The chart as PNG."""
    return _picture(request, plan, code, "png")


def _picture(request: HttpRequest, plan: str, code: str, form: str) -> HttpResponse:
    asked = read_asked(request, plan, code)
    if asked.figures is None or not is_drawn(asked.figures.row):
        raise Http404("there is no figure to draw")
    svg = draw_chart(asked.figures.row, asked.area_name)
    if form == "svg":
        return HttpResponse(svg, content_type="image/svg+xml")
    from bluelamp.papers.charts import draw_png

    return send_file(draw_png(svg), f"{_file_name(asked)}.png", "image/png")


@require_safe
@needs_plans
def indicator_months(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The chart's table as CSV."""
    asked = read_asked(request, plan, code)
    if asked.figures is None:
        raise Http404("no figures are loaded")
    return send_file(make_chart_csv(asked.figures.row), f"{_file_name(asked)}.csv", "text/csv; charset=utf-8")


def _file_name(asked: Asked) -> str:
    area = asked.settings.area if asked.settings else FORCE
    code = "".join(letter if letter.isalnum() else "-" for letter in asked.indicator.code)
    return f"{asked.plan.slug}-{code}-{area}"
