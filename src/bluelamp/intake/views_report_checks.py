"""How is a performance report's own paper checked before it is signed and released?"""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bluelamp.intake.actions_report_checks import begin_report_check
from bluelamp.intake.check_rules import can_check, check_can_check
from bluelamp.intake.models import Job
from bluelamp.intake.queries_report_checks import find_report_check, find_report_work
from bluelamp.organisations.rules import NotAllowedError
from bluelamp.performance.views_reports import get_report


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was found in the paper as it would be signed; asked for, it is made and checked again."""
    report = get_report(request, pk)
    now = timezone.now()
    if request.method == "POST":
        try:
            check_can_check(request.user)
        except NotAllowedError as error:
            raise PermissionDenied(str(error)) from error
        begin_report_check(report, by=request.user, now=now)
        return redirect("intake:report_check", report.pk)
    work = find_report_work(report)
    context = {
        "report": report,
        "check": find_report_check(report, now=now),
        "work": work,
        "at_work": work is not None and work.state in (Job.WAITING, Job.RUNNING),
        "no_worker": work is not None and work.state == Job.WAITING and (now - work.created).total_seconds() > 15,
        "may_check": can_check(request.user),
    }
    return render(request, "intake/report_check.html", context)
