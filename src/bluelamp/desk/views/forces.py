"""What did inspectors make of a force, inspection by inspection?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from bluelamp.desk.force_page import find_areas, find_inspections, make_blocks, make_sources
from bluelamp.desk.indicator_links import find_area_indicators
from bluelamp.desk.queries import forces_with_items
from bluelamp.organisations.queries import find_forces


@require_safe
def forces(request: HttpRequest) -> HttpResponse:
    listed = forces_with_items(viewer=request.user)
    return render(request, "desk/forces.html", {"forces": listed})


@require_safe
def force(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(find_forces(), code=code)
    inspections = find_inspections(found, viewer=request.user)
    blocks = make_blocks(inspections)
    sources = make_sources(found, viewer=request.user)
    context = {
        "force": found,
        "blocks": blocks,
        "sources": sources,
        "bearing": find_area_indicators(found.code, find_areas(inspections), viewer=request.user),
        "item_total": sum(source.total for source in sources),
    }
    return render(request, "desk/force.html", context)
