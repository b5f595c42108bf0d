"""How does the worker count a plan's indicators from the records, say how far it is, and stop when it is asked to?

What it counts waits for whoever asked (`performance.counted_waiting`); nothing of it is in the record before they
have looked at it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Final

import msgspec
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from bluelamp.intake.actions_jobs import StoppedError, begin_job, check_goes_on, end_job, tell_progress
from bluelamp.intake.models import Job
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import User
from bluelamp.performance.counted_waiting import CountSaid, keep_counted, make_count_asked, stamp_counting
from bluelamp.performance.figure_rules import check_can_load_figures
from bluelamp.performance.loading_records import count_figures, find_warehouse
from bluelamp.performance.queries_drafts import find_plan

COUNT_JOB: Final = "count_figures"


def begin_counting(said: CountSaid, *, by: User, now: dt.datetime) -> Job:
    """A job that counts. One that waits for the same is used again."""
    check_can_load_figures(by)
    arguments: dict[str, Any] = msgspec.to_builtins(said)
    waiting = Job.objects.filter(kind=COUNT_JOB, state=Job.WAITING, by=by, arguments=arguments).first()
    return waiting or begin_job(COUNT_JOB, arguments, by=by, now=now, key=uuid.uuid4())


def count_for_plan(job: Job) -> None:
    """Counted indicator by indicator, as whoever asked may see the records; put aside for them to look at."""
    if job.by is None:
        raise PlainError(_("Whoever asked for this has no account any more."))
    check_can_load_figures(job.by)
    said = msgspec.convert(job.arguments, CountSaid)
    definitions = settings.WORKSPACE_DEFINITIONS
    plan, warehouse = find_plan(said.plan), find_warehouse(settings.WORKSPACE.folder)
    stamp = stamp_counting(plan, warehouse, definitions)  # first: what changes while it counts is noticed

    def tell(code: str, done: int, total: int) -> None:
        check_goes_on(job)
        tell_progress(job, _("Counting %s") % code, now=timezone.now(), progress=done, total=total)

    try:
        asked = make_count_asked(said, plan, by=job.by, definitions=definitions)
        counted = count_figures(asked, warehouse, viewer=job.by, tell=tell)
        check_goes_on(job)
    except StoppedError:
        end_job(job, Job.STOPPED, _("Stopped. Nothing of it was kept."), now=timezone.now())
        return
    waiting = keep_counted(counted, stamp, by=job.by, now=timezone.now())
    message = _("%s figures were counted.") % f"{len(counted.read.figures):,}"
    end_job(job, Job.DONE, message, now=timezone.now(), result={"waiting": str(waiting.pk)})
