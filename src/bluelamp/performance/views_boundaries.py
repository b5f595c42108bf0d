"""How do boundaries of areas come in through the browser: sent, looked at, and only then drawn?"""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bluelamp.lib.errors import PlainError
from bluelamp.performance.actions_boundaries import MOST_NAMED, GivenBoundaries, is_drawn_so, load_boundaries
from bluelamp.performance.actions_figures import keep_waiting, throw_away
from bluelamp.performance.boundaries_reading import find_extent
from bluelamp.performance.boundaries_sandbox import read_boundaries_apart
from bluelamp.performance.forms_boundaries import BoundariesForm
from bluelamp.performance.measure_questions import say_level
from bluelamp.performance.models import WaitingFigures
from bluelamp.performance.queries_boundaries import find_drawn_sets, find_last_of
from bluelamp.performance.queries_measures import find_drawable_levels, find_kinds, find_level_known
from bluelamp.performance.views_figures import refuse_others
from bluelamp.performance.views_measures import refused

WHAT = "boundaries"
"""Among the files that wait to be looked at."""


@require_http_methods(["GET", "HEAD", "POST"])
def boundaries_new(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends: the file is put aside, and what it holds shown before anything is kept."""
    refuse_others(request)
    viewer: Any = request.user
    try:
        levels = find_drawable_levels(viewer=viewer)
        is_any = bool(find_kinds(viewer=viewer))
    except PlainError as error:
        return refused(request, error)
    form = BoundariesForm(
        request.POST or None,
        request.FILES or None,
        levels=[(level, say_level(level)) for level in levels],
        organisation=request.user.organisation,
        initial={"level": request.GET.get("level", "")},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        names = ("level", "code_property", "name_property", "marking")
        asked = {name: said[name] for name in names} | {"what": WHAT, "own_only": bool(said.get("own_only"))}
        data = said["file"].read()
        waiting = keep_waiting(data, said["file"].name, asked, by=request.user, now=timezone.now())
        return redirect("performance:boundaries_waiting", waiting.pk)
    context = {"form": form, "is_any": is_any}
    return render(request, "performance/boundaries_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def boundaries_waiting(request: HttpRequest, key: UUID) -> HttpResponse:
    """What would be drawn; then it is, or the file is thrown away."""
    refuse_others(request)
    waiting = WaitingFigures.objects.filter(pk=key, by=request.user, asked__what=WHAT).first()
    if waiting is None:
        raise Http404("no such file is waiting")
    if request.POST.get("do") == "throw":
        throw_away(waiting)
        messages.success(request, _("The file was thrown away. Nothing of it was kept."))
        return redirect("performance:measures")
    context: dict[str, Any] = {"waiting": waiting, "level": say_level(waiting.asked["level"])}
    try:
        given = _read_waiting(waiting, request)
        if request.POST.get("do") == "load":
            row = load_boundaries(given, by=request.user, now=timezone.now())
            throw_away(waiting)
            return _say_drawn(request, given, changed=row is not None)
        context |= _make_preview(given, request)
    except PlainError as error:
        context["fault"] = str(error)
    status = 422 if "fault" in context else 200
    return render(request, "performance/boundaries_waiting.html", context, status=status)


def _read_waiting(waiting: WaitingFigures, request: HttpRequest) -> GivenBoundaries:
    said, viewer = waiting.asked, request.user
    known = find_level_known(said["level"], viewer=viewer)
    data = base64.b64decode(waiting.data)
    read = read_boundaries_apart(
        data,
        waiting.file_name,
        known=known.areas,
        level=known.level,
        code_property=said["code_property"],
        name_property=said["name_property"],
    )
    return GivenBoundaries(
        read=read,
        level=known.level,
        name=waiting.file_name,
        data=data,
        organisation=viewer.organisation if said["own_only"] else None,
        marking=said["marking"],
    )


def _make_preview(given: GivenBoundaries, request: HttpRequest) -> dict[str, Any]:
    read = given.read
    own = find_last_of(given.level, given.organisation)
    sha256 = hashlib.sha256(given.data).hexdigest()
    return {
        "given": given,
        "areas": len(read.shapes.codes),
        "matched": read.matched,
        "extent": find_extent(read.shapes),
        "unmatched": read.unmatched[:MOST_NAMED],
        "unmatched_more": max(0, len(read.unmatched) - MOST_NAMED),
        "missing": read.missing[:MOST_NAMED],
        "missing_more": max(0, len(read.missing) - MOST_NAMED),
        "same": own is not None and is_drawn_so(own, given, sha256),
        "before": find_drawn_sets(viewer=request.user).get(given.level),
    }


def _say_drawn(request: HttpRequest, given: GivenBoundaries, *, changed: bool) -> HttpResponse:
    said = _("Maps of the level “%(level)s” are drawn with %(name)s from now on.")
    if not changed:
        said = _("%(name)s is drawn as “%(level)s” already, so nothing was changed.")
    messages.success(request, said % {"level": say_level(given.level), "name": given.name})
    return redirect("performance:measures")
