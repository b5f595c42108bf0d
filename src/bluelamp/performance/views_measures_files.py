"""What can be taken away from the page of a measure? Its chart, its map, and each of its tables as it stands."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bluelamp.documents.downloads import send_file
from bluelamp.lib.errors import PlainError
from bluelamp.papers.charts_map import draw_map
from bluelamp.performance.cubes.cells import cells_to_wire, measure_to_wire
from bluelamp.performance.measure_page import Answer, lines_to_csv, measured_of
from bluelamp.performance.measure_questions import say_name
from bluelamp.performance.measure_sections import Sections
from bluelamp.performance.queries_measures import find_counter, find_loaded, find_sections
from bluelamp.performance.suppression_rules import rule_to_wire
from bluelamp.performance.suppression_tables import Publication
from bluelamp.performance.views_measures import find_measure, find_question, refused

PARTS = ("months", "values", "parts")


def get_sections(request: HttpRequest, slug: str) -> Sections:
    """Those of the page that the file is taken from: the place stands in the question here."""
    viewer: Any = request.user
    measure = find_measure(slug)
    loaded = find_loaded(measure.kind, viewer=viewer)
    if loaded is None:
        raise Http404("nothing is loaded")
    force, level, area = (request.GET.get(name, "") for name in ("force", "level", "area"))
    if area and not force:
        raise Http404("an area is one of a force")
    question = find_question(request, measure, loaded, force=force, level=level, area=area)
    return find_sections(question, loaded, find_counter(viewer=viewer), viewer=viewer)[1]


@require_safe
def measure_chart(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        chart = get_sections(request, slug).chart
    except PlainError as error:
        return refused(request, error)
    if chart is None:
        raise Http404("there are too few figures to draw")
    return HttpResponse(chart.draw(), content_type="image/svg+xml")


@require_safe
def measure_map(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        found = get_sections(request, slug).map
    except PlainError as error:
        return refused(request, error)
    if found is None:
        raise Http404("there are no boundaries, or no areas to draw")
    return HttpResponse(draw_map(found.drawn), content_type="image/svg+xml")


@require_safe
def measure_file(request: HttpRequest, slug: str, part: str, form: str) -> HttpResponse:
    """A table of the page: the same lines as CSV, the same cells as JSON."""
    if part not in PARTS or form not in ("csv", "json"):
        raise Http404("no such file")
    try:
        sections = get_sections(request, slug)
        name = f"{_stem(sections)}-{part}.{form}"
        if form == "json":
            return send_file(_to_json(sections, part), name, "application/json")
        return send_file(_to_csv(sections, part), name, "text/csv; charset=utf-8")
    except PlainError as error:
        return refused(request, error)


def _to_csv(sections: Sections, part: str) -> bytes:
    question = sections.question
    if part == "months":
        return lines_to_csv(question, sections.months, "Month")
    if part == "values":
        return lines_to_csv(question, sections.breakdown, say_name(question.by).capitalize() or "Value")
    return lines_to_csv(question, sections.parts, say_name(sections.part_key).capitalize() or "Area")


def _to_json(sections: Sections, part: str) -> bytes:
    answers: dict[str, Answer | None] = {
        "months": sections.series,
        "values": sections.breakdown_answer if part == "values" else None,
        "parts": sections.parts_answer if part == "parts" else None,
    }
    answer = answers[part]
    if answer is None:
        raise Http404("the page has no such table")
    published = answer if isinstance(answer, Publication) else None
    measured = measured_of(answer)
    head = measure_to_wire(measured) | ({"published": rule_to_wire(published.rule)} if published else {})
    encoder = msgspec.json.Encoder(decimal_format="number")
    only, wanted = sections.only
    cells = (cell for cell in cells_to_wire(measured, published) if not only or cell["keys"].get(only) == wanted)
    lines = b",\n".join(encoder.encode(cell) for cell in cells)
    return encoder.encode(head)[:-1] + b',"cells":[\n' + lines + b"\n]}\n"


def _stem(sections: Sections) -> str:
    question = sections.question
    said = [question.measure.slug, question.force, question.area, str(question.to), question.span.value]
    if question.published:
        said.append("published")
    words = "-".join(each for each in said if each)
    return "".join(each if each.isalnum() and each.isascii() else "-" for each in words)
