"""What do the records come to: which measures, of which forces and areas, and from which loads?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bluelamp.figures.months import Span
from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.record_measures import RecordMeasure
from bluelamp.performance.figure_rules import can_load_figures
from bluelamp.performance.measure_command import make_command
from bluelamp.performance.measure_page import say_answer
from bluelamp.performance.measure_questions import (
    BLANK,
    Loaded,
    Question,
    list_breakdowns,
    list_ends,
    list_levels,
    list_spans,
    lower_first,
    read_question,
    say_level,
    say_name,
)
from bluelamp.performance.measure_sections import Sections
from bluelamp.performance.queries_boundaries import find_drawn_sets
from bluelamp.performance.queries_measures import (
    KeptCounter,
    count_behind,
    find_counter,
    find_definitions,
    find_kinds,
    find_loaded,
    find_quality,
    find_record_load,
    find_record_loads,
    find_sections,
)
from bluelamp.performance.suppression_rules import say_rule

PER_PAGE = 25
MOST_VALUES = 60
SPAN_WORDS = {Span.YEAR: "12 months", Span.MONTH: "A month"}


def refused(request: HttpRequest, error: PlainError) -> HttpResponse:
    """A sentence in place of figures; nothing was changed."""
    words = {"heading": _("This cannot be counted"), "happened": str(error), "todo": _("Nothing was changed.")}
    return render(request, "desk/error.html", words, status=422)


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """The measures over what is loaded, and what is loaded."""
    viewer: Any = request.user
    try:
        known, kinds = find_definitions(), find_kinds(viewer=viewer)
        listed = sorted(known.measures.values(), key=lambda each: each.name)
    except PlainError as error:
        return refused(request, error)
    there = {each.kind for each in kinds}
    context = {
        "kinds": kinds,
        "measures": [each for each in listed if each.kind in there],
        "others": [each for each in listed if each.kind not in there],
        "rows": sum(each.rows for each in kinds),
        "loads": find_record_loads(viewer=viewer),
        "boundaries": [(say_level(level), each) for level, each in find_drawn_sets(viewer=viewer).items()],
        "may_load": can_load_figures(request.user),
    }
    return render(request, "performance/measures.html", context)


@require_safe
def record_load(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One load of records: its vintage, and what is wrong with what it brought."""
    viewer: Any = request.user
    found = find_record_load(pk, viewer=viewer)
    if found is None:
        raise Http404("no such load")
    context = {"load": found, "faults": find_quality(found)}
    return render(request, "performance/measure_load.html", context)


# -- one measure ------------------------------------------------------------------------------------------------


def find_measure(slug: str) -> RecordMeasure:
    found = find_definitions().measures.get(slug)
    if found is None:
        raise Http404("no such measure")
    return found


def find_question(
    request: HttpRequest, measure: RecordMeasure, loaded: Loaded, *, force: str, level: str, area: str
) -> Question:
    """Not found where the force, or the level of its areas, is none that this person knows."""
    known = find_definitions()
    if force and force not in loaded.forces:
        raise Http404("no such force")
    if area and level not in list_levels(measure, known, None):
        raise Http404("no such level of areas")
    said = {name: value for name, value in request.GET.items() if isinstance(value, str)}
    return read_question(said, measure, loaded, known, force=force, level=level, area=area[:200])


@require_safe
def measure(request: HttpRequest, slug: str, force: str = "", level: str = "", area: str = "") -> HttpResponse:
    """The measure of all forces, of one, or of an area of one."""
    viewer: Any = request.user
    try:
        found = find_measure(slug)
        loaded = find_loaded(found.kind, viewer=viewer)
        if loaded is None:
            if force:
                raise Http404("no such force")
            return render(request, "performance/measure.html", {"measure": found, "question": None})
        question = find_question(request, found, loaded, force=force, level=level, area=area)
        counter = find_counter(viewer=viewer)
        key, sections = find_sections(question, loaded, counter, viewer=viewer)
        if not sections.is_made and not count_behind(key, sections.make)[0]:
            return wait_for(request, question, loaded)
        if not sections.is_known:
            raise Http404("no such area")
        context = make_context(request, sections, loaded, counter)
    except PlainError as error:
        return refused(request, error)
    if "X-Waits" in request.headers:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "performance/measure.html", context)


def wait_for(request: HttpRequest, question: Question, loaded: Loaded) -> HttpResponse:
    """A page that comes back by itself once the figures are counted."""
    if "X-Waits" in request.headers:
        return HttpResponse(status=204)
    context = {"question": question, "loaded": loaded, "again": request.get_full_path()}
    response = render(request, "performance/measure_waits.html", context)
    response["Cache-Control"] = "no-store"
    return response


def make_context(request: HttpRequest, sections: Sections, loaded: Loaded, counter: KeptCounter) -> dict[str, Any]:
    question, known = sections.question, counter.known
    rule = known.find_rule(question.measure)
    parts = Paginator(sections.parts, PER_PAGE).get_page(request.GET.get("page"))
    tallies = question.measure.tallies
    latest = sections.latest
    return {
        "measure": question.measure,
        "may_load": can_load_figures(request.user),
        "question": question,
        "sections": sections,
        "answer": say_answer(question, latest) if latest else "",
        "latest": latest,
        "outputs": question.measure.outputs,
        "command": make_command(question, known.keys(question.measure.kind)),
        "counted": tallies[question.output.numerator].name,
        "of": tallies[question.output.denominator].name if question.output.denominator else "",
        "spans": [(span.value, SPAN_WORDS[span]) for span in list_spans(loaded, question.rule)],
        "ends": list_ends(question, loaded),
        "breakdowns": [(name, say_name(name)) for name in list_breakdowns(question.measure, known, question.rule)],
        "levels": [(level, say_level(level)) for level in _levels(question, known)],
        "level_words": say_level(question.level) if question.level else "",
        "level_inside": lower_first(say_level(question.level)) if question.level else "",
        "by_words": say_name(question.by),
        "breakdown": [(line, address(question, value=line.key)) for line in sections.breakdown[:MOST_VALUES]],
        "more_values": max(0, len(sections.breakdown) - MOST_VALUES),
        "parts": parts,
        "part_rows": [(line, _part_address(sections, line.key)) for line in parts],
        "by_force": sections.part_key == "force",
        "rule": rule,
        "rule_words": say_rule(rule) if rule else "",
        "address": {
            "chart": file_address("measure_chart", question),
            "map": file_address("measure_map", question),
            "whole": address(question, value="", by=""),
            "by": address(question, value=""),
            "inside": address(question, published=""),
            "published": address(question, published="yes"),
            "force": _place_address(question, force=question.force),
            "all": _place_address(question),
        },
        "files": {
            part: [
                (form, file_address("measure_file", question, part=part, form=form)) for form in ("csv", "json")
            ]
            for part in ("months", "values", "parts")
        },
    }


def _levels(question: Question, known: Any) -> list[str]:
    return [] if question.area or not question.force else list_levels(question.measure, known, question.rule)


# -- addresses ----------------------------------------------------------------------------------------------


def address(question: Question, **changes: str) -> str:
    """This page with some of its questions changed; "" leaves one out."""
    return _with(_path(question.measure.slug, question.force, question.level, question.area), question, **changes)


def _place_address(question: Question, force: str = "") -> str:
    return _with(_path(question.measure.slug, force, "", ""), question)


def _part_address(sections: Sections, key: str) -> str:
    """Of a force, or of an area; "" where there is no such place."""
    question = sections.question
    if key == BLANK:
        return ""
    if sections.part_key == "force":
        return _with(_path(question.measure.slug, key, "", ""), question)
    return _with(_path(question.measure.slug, question.force, question.level, key), question, level="")


def _path(slug: str, force: str, level: str, area: str) -> str:
    if area:
        return reverse("performance:measure_area", args=[slug, force, level, area])
    return (
        reverse("performance:measure_force", args=[slug, force])
        if force
        else reverse("performance:measure", args=[slug])
    )


def _with(path: str, question: Question, **changes: str) -> str:
    asked = {name: value for name, value in (question.parameters | changes).items() if value}
    return f"{path}?{urlencode(asked)}" if asked else path


def file_address(name: str, question: Question, **keys: str) -> str:
    place = {"force": question.force, "level": question.level, "area": question.area}
    path = reverse(f"performance:{name}", kwargs={"slug": question.measure.slug, **keys})
    return _with(path, question, **place)
