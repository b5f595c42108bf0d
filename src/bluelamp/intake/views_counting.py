"""How far is the counting of a plan's indicators from the records?"""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bluelamp.intake.counting_work import COUNT_JOB
from bluelamp.intake.models import Job


@require_safe
@never_cache
def count_job(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page can be left and returned to; when the work is done, it leads to what was counted."""
    job = get_object_or_404(Job, pk=key, kind=COUNT_JOB)
    if job.by_id != request.user.pk:
        raise PermissionDenied(_("This work was begun by someone else."))
    if job.state == Job.DONE:
        address = reverse("performance:counted_waiting", args=[(job.result or {})["waiting"]])
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)
    context = {
        "job": job,
        "at_work": job.state in (Job.WAITING, Job.RUNNING),
        "no_worker": job.state == Job.WAITING and (timezone.now() - job.created).total_seconds() > 15,
    }
    return render(request, "intake/count_job.html", context)
