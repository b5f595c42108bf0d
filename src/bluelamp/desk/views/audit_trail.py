"""Who did what, when, and was the record ever found to be other than written?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bluelamp.desk.events import EventLine, make_event_lines
from bluelamp.ledger.models import Event
from bluelamp.organisations.visibility import Viewer

PER_PAGE = 50
LOOKED_AT = 1000  # events, so that a person who may see few of them does not make the server read all


@require_safe
def audit_trail(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    last = int(before) if before.isdecimal() and len(before) < 18 else None
    lines, older = find_lines(last, viewer=request.user)
    context = {"lines": lines, "older": older, "is_first": last is None}
    return render(request, "desk/audit_trail.html", context)


def find_lines(before: int | None, *, viewer: Viewer) -> tuple[list[EventLine], int | None]:
    """A page of events, newest first, and the sequence before which the next page begins; None at the end."""
    lines: list[EventLine] = []
    for _ in range(LOOKED_AT // PER_PAGE):
        events = Event.objects.order_by("-sequence")
        chunk = list((events.filter(sequence__lt=before) if before is not None else events)[: PER_PAGE * 2])
        lines += make_event_lines(chunk, viewer=viewer)
        if len(lines) > PER_PAGE:
            return lines[:PER_PAGE], lines[PER_PAGE - 1].event.sequence
        if len(chunk) < PER_PAGE * 2:
            return lines, None
        before = chunk[-1].sequence
    return lines, before
