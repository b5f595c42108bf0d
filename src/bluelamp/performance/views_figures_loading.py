"""How do figures come in through the browser: from a file that is looked at first, or typed in?"""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.sandbox import read_values
from bluelamp.figures.months import Month, Span, period_words
from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name
from bluelamp.performance.actions_figures import (
    FILE,
    HAND,
    GivenFile,
    LoadAsked,
    Loaded,
    keep_waiting,
    load_figures,
    look_at_load,
    throw_away,
)
from bluelamp.performance.forms_figures import LoadForm, PeriodForm
from bluelamp.performance.loading_by_hand import CHOOSABLE, TypedRow, check_period, indicators_for, read_typed
from bluelamp.performance.loading_figures import ReadFigures, read_files, say_point
from bluelamp.performance.loading_mappings import find_mappings, load_mappings
from bluelamp.performance.loading_planning import EARLIER, NEW, REVISED
from bluelamp.performance.loading_tables import NamedFile
from bluelamp.performance.models import WaitingFigures
from bluelamp.performance.plans import Indicator, Plan
from bluelamp.performance.queries_figures import find_series
from bluelamp.performance.series import FORCE, Point, Series, SeriesKey
from bluelamp.performance.views_figures import plans, plans_in_use_first, refuse_others

MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def load_new(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends: the file is put aside, and its figures shown before anything is kept."""
    refuse_others(request)
    form = LoadForm(
        request.POST or None,
        request.FILES or None,
        plans=plans_in_use_first(request),
        mappings=load_mappings(settings.WORKSPACE_DEFINITIONS),
        today=timezone.localdate(),
        organisation=request.user.organisation,
        initial={"plan": request.GET.get("plan", "")},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        names = ("plan", "mapping", "sheet", "note", "marking")
        asked = {name: said[name] for name in names} | {
            "known_on": said["known_on"].isoformat(),
            "own_only": bool(said.get("own_only")),
        }
        data = said["file"].read()
        waiting = keep_waiting(data, said["file"].name, asked, by=request.user, now=timezone.now())
        return redirect("performance:load_waiting", waiting.pk)
    status = 422 if form.errors else 200
    return render(request, "performance/figures_load_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def load_waiting(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the file would change; then it is loaded, or thrown away."""
    refuse_others(request)
    waiting = WaitingFigures.objects.filter(pk=key, by=request.user, asked__has_key="plan").first()
    if waiting is None:
        raise Http404("no such file is waiting")
    if request.POST.get("do") == "throw":
        throw_away(waiting)
        messages.success(request, _("The file was thrown away. Nothing of it was loaded."))
        return redirect("performance:loads")
    context: dict[str, Any] = {"waiting": waiting}
    try:
        read, asked = _read_waiting(waiting, request)
        if request.method == "POST":
            leave_out = request.POST.get("do") == "leave-out"
            done = load_figures(read, asked, by=request.user, now=timezone.now(), leave_out=leave_out)
            throw_away(waiting)
            return say_loaded(request, done)
        context |= make_preview(read, asked, request)
    except PlainError as error:
        context["fault"] = str(error)
    return render(request, "performance/figures_waiting.html", context, status=422 if "fault" in context else 200)


def _read_waiting(waiting: WaitingFigures, request: HttpRequest) -> tuple[ReadFigures, LoadAsked]:
    said = waiting.asked
    plan = _find_plan(said["plan"])
    file = GivenFile(waiting.file_name, base64.b64decode(waiting.data))
    day = dt.date.fromisoformat(said["known_on"])
    try:
        cells = read_values(file.data, file.name)
    except UnreadableFileError as error:
        raise PlainError(f"{file.name}: {error}") from error
    mappings = find_mappings(said["mapping"], settings.WORKSPACE_DEFINITIONS)
    read = read_files([NamedFile(file.name, cells)], plan, mappings, day=day, sheet=said["sheet"])
    asked = LoadAsked(
        plan=plan,
        kind=FILE,
        name=file.name,
        known_on=day,
        files=(file,),
        note=said["note"],
        marking=said["marking"],
        organisation=request.user.organisation if said["own_only"] else None,
    )
    return read, asked


def _find_plan(slug: str) -> Plan:
    found = plans().get(slug)
    if found is None:
        raise PlainError(f"There is no plan called {slug[:80]}.")
    return found


def make_preview(read: ReadFigures, asked: LoadAsked, request: HttpRequest) -> dict[str, Any]:
    """What `figures_preview.html` shows: the figures by what would become of them."""
    plan = look_at_load(read, asked, viewer=request.user)
    return {
        "plan": asked.plan,
        "asked": asked,
        "counts": plan.counts,
        "figures": len(plan.figures),
        "writes": plan.writes,
        "new": plan.of(NEW)[:MOST_SHOWN],
        "revised": plan.of(REVISED)[:MOST_SHOWN],
        "earlier": plan.of(EARLIER)[:MOST_SHOWN],
        "refused": plan.refused[:MOST_SHOWN],
        "refused_total": len(plan.refused),
        "told": plan.told[:MOST_SHOWN],
        "most": MOST_SHOWN,
    }


def say_loaded(request: HttpRequest, done: Loaded) -> HttpResponse:
    """Told on the page of the new vintage, or on that of all where nothing was new."""
    if done.load is None:
        messages.success(request, _("There was nothing new in it, so nothing was written."))
        return redirect("performance:loads")
    said = _("Loaded as vintage %(number)s: %(count)s figures.")
    messages.success(request, said % {"number": done.load.number, "count": f"{done.load.figures:,}"})
    return redirect("performance:load", done.load.pk)


# -- by hand ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One indicator to type for, with what was known before and what was typed."""

    indicator: Indicator
    before: str
    now: str
    typed: TypedRow
    fault: str = ""

    @property
    def has_parts(self) -> bool:
        return self.indicator.unit in ("percentage", "ratio", "rate", "mean")


@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: HttpRequest) -> HttpResponse:
    """Which plan, area and period; then a row for each indicator, the value before it beside it."""
    refuse_others(request)
    known = plans_in_use_first(request)
    said = request.POST if request.method == "POST" else request.GET
    plan = known.get(said.get("plan", "")) or next(iter(known.values()), None)
    areas = (
        [(area.slug, area.name) for area in plan.areas] if plan and plan.areas else [(FORCE, _("The whole force"))]
    )
    form = PeriodForm(
        said if "to" in said else None, plans=known, areas=areas, initial={"plan": plan.slug if plan else ""}
    )
    context: dict[str, Any] = {"form": form, "unknown": CHOOSABLE.items(), "plan": plan}
    if plan is None or not form.is_valid():
        return render(request, "performance/figures_by_hand.html", context, status=422 if form.errors else 200)
    to, span, area = form.cleaned_data["to"], Span(form.cleaned_data["span"]), form.cleaned_data["area"]
    if fault := check_period(to, span, timezone.localdate()):
        form.add_error("to", fault)
        return render(request, "performance/figures_by_hand.html", context, status=422)
    faults: dict[str, str] = {}
    if request.method == "POST":
        typed = [_typed(request.POST, each.code) for each in indicators_for(plan, span)]
        read = read_typed(typed, plan, area=area, to=to, span=span)
        faults = {each.cell: each.message for each in read.refused}
        if not faults and read.figures:
            return _load_by_hand(request, read, plan, to, span, area)
        context["nothing"] = not faults
    context |= {
        "lines": _lines(request, plan, area, to, span, faults),
        "faults": faults.items(),
        "period": period_words(to, span),
        "area": dict(areas).get(area, area),
        "to": str(to),
        "span": span.value,
        "area_slug": area,
    }
    status = 422 if faults or context.get("nothing") else 200
    return render(request, "performance/figures_by_hand.html", context, status=status)


def _typed(post: QueryDict, code: str) -> TypedRow:
    def get(name: str) -> str:
        return post.get(f"{name}-{code}", "").strip()[:120]

    return TypedRow(
        code=code,
        value=get("value"),
        numerator=get("numerator"),
        denominator=get("denominator"),
        unknown=get("unknown"),
        provisional=bool(get("provisional")),
    )


def _load_by_hand(
    request: HttpRequest, read: ReadFigures, plan: Plan, to: Month, span: Span, area: str
) -> HttpResponse:
    asked = LoadAsked(
        plan=plan,
        kind=HAND,
        name=show_name(f"{period_words(to, span)}, {area}"),
        known_on=timezone.localdate(),
        note=request.POST.get("note", "").strip()[:500],
    )
    return say_loaded(request, load_figures(read, asked, by=request.user, now=timezone.now()))


def _lines(
    request: HttpRequest, plan: Plan, area: str, to: Month, span: Span, faults: dict[str, str]
) -> list[Line]:
    series = find_series(viewer=request.user, plan=plan.slug, areas=[area], span=span)
    lines = []
    for indicator in indicators_for(plan, span):
        held = series.get(SeriesKey(plan.slug, indicator.code, area, span))
        lines.append(
            Line(
                indicator,
                before=_say(held, to.plus(-span.months if span is not Span.YEAR else -3)),
                now=_say(held, to),
                typed=_typed(request.POST, indicator.code),
                fault=faults.get(indicator.code, ""),
            )
        )
    return lines


def _say(held: Series | None, to: Month) -> str:
    point = held.at(to) if held else Point(to=to, unknown="not-loaded")
    return say_point(point)
