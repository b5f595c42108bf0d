"""How is a paper asked for in the desk: which, of what, as of which day, and in which format?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bluelamp.assurance.queries_closing import count_proposed_reopenings, find_proposed_reopenings
from bluelamp.assurance.queries_reports import REPORTS, Report, make_report
from bluelamp.assurance.queries_rounds import find_rounds
from bluelamp.assurance.queries_statutory import find_due
from bluelamp.assurance.queries_waiting import find_waiting
from bluelamp.documents.downloads import send_paper
from bluelamp.documents.queries import find_documents
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.queries import find_forces
from bluelamp.organisations.visibility import visible_to
from bluelamp.papers.html_page import render_fragment
from bluelamp.papers.rendering import FORMATS
from bluelamp.papers.rendering import render as render_paper
from bluelamp.register.models import Item
from bluelamp.register.queries import filter_items, find_item, read_key


@dataclass(frozen=True)
class Question:
    """What the page's address asks. `fault` is what is wrong with it."""

    report: Report
    items: QuerySet[Item]
    as_of: dt.date | None
    since: dt.date | None
    fault: str


@require_safe
@never_cache
def papers(request: HttpRequest) -> HttpResponse:
    """The form, and below it the paper; with a format the paper's file."""
    asked = request.GET.dict()
    seen = visible_to(request.user, Item.objects.all())
    context = {
        "reports": REPORTS.values(),
        "asked": asked,
        "forces": find_forces().filter(pk__in=seen.order_by().values("force")),
        "documents": find_documents(viewer=request.user).filter(pk__in=seen.order_by().values("document")),
        "formats": FORMATS,
        "query": _without_format(request),
    }
    if not asked.get("report"):
        return render(request, "assurance/papers.html", context)
    question = _read(request, asked)
    fault = question.fault
    if not fault:
        try:
            paper = make_report(
                question.report.slug,
                question.items,
                viewer=request.user,
                today=timezone.localdate(),
                as_of=question.as_of,
                since=question.since,
            )
            if form := asked.get("format"):
                return send_paper(render_paper(paper, form))
        except PlainError as error:
            fault = str(error)
        else:
            # The renderer escapes every word of the paper for HTML; it writes no script and no style.
            context["paper"] = mark_safe(render_fragment(paper, heading_level=2))  # noqa: S308
    return render(request, "assurance/papers.html", context | {"fault": fault}, status=422 if fault else 200)


def _without_format(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("format", None)
    return query.urlencode()


def _read(request: HttpRequest, asked: dict[str, str]) -> Question:
    report = REPORTS.get(asked["report"])
    faults = [] if report else [_("There is no such paper.")]
    items = filter_items(viewer=request.user, force=asked.get("force", ""))
    if key := asked.get("document"):
        items = items.filter(document=key) if read_key(key) else items.none()
    if report and report.one:
        found = find_item(asked.get("item", ""), viewer=request.user)
        if found is None:
            faults.append(_("Name the item whose history it is, such as NTS-2022-AFI-01."))
        items = filter_items(viewer=request.user).filter(pk=found.pk) if found else items.none()
    days = []
    for name in ("as_of", "since"):
        try:
            days.append(dt.date.fromisoformat(asked[name]) if asked.get(name) else None)
        except ValueError:
            days.append(None)
            faults.append(_("“%s” is not a day.") % asked[name][:40])
    return Question(report or REPORTS["committee"], items, days[0], days[1], faults[0] if faults else "")


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """What calls for somebody: due responses, open rounds, sign-offs that propose their own reopening."""
    day = timezone.localdate()
    due = [each for each in find_due(viewer=request.user, day=day) if each.clock.days_left is not None]
    context = {
        "waiting": find_waiting(request.user),
        "due": due[:5],
        "due_total": len(due),
        "rounds": find_rounds(viewer=request.user).filter(closed=None)[:5],
        "reopenings": find_proposed_reopenings(viewer=request.user, day=day, limit=10),
        "reopenings_total": count_proposed_reopenings(viewer=request.user, day=day),
    }
    return render(request, "assurance/home.html", context)
