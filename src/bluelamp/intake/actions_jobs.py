"""How is long work begun, done by the worker, and ended? Jobs are no part of the accountable record."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import Q

from bluelamp.intake.models import Job
from bluelamp.organisations.models import User

SILENCE = dt.timedelta(seconds=120)
"""How long a running job may say nothing before its worker is taken for dead: more than reading may take."""


def begin_job(kind: str, arguments: dict[str, Any], *, by: User | None, now: dt.datetime, key: uuid.UUID) -> Job:
    return Job.objects.create(id=key, kind=kind, arguments=arguments, by=by, created=now)


def claim_job(*, now: dt.datetime) -> Job | None:
    """The oldest job that waits, now ours; also one whose worker died, since every step is harmless to repeat."""
    abandoned = Q(state=Job.RUNNING, heartbeat__lt=now - SILENCE)
    for job in Job.objects.filter(Q(state=Job.WAITING) | abandoned).order_by("created")[:10]:
        unchanged = Job.objects.filter(pk=job.pk, state=job.state, heartbeat=job.heartbeat)
        if unchanged.update(state=Job.RUNNING, started=now, heartbeat=now):
            job.refresh_from_db()
            return job
    return None


def tell_progress(
    job: Job, message: str, *, now: dt.datetime, progress: int = 0, total: int | None = None
) -> None:
    job.message, job.progress, job.total, job.heartbeat = message, progress, total, now
    job.save(update_fields=["message", "progress", "total", "heartbeat"])


def end_job(job: Job, state: str, message: str, *, now: dt.datetime, result: dict[str, Any] | None = None) -> None:
    """Done, failed or stopped, with one plain sentence that says so."""
    job.state, job.message, job.ended, job.heartbeat, job.result = state, message, now, now, result
    job.save(update_fields=["state", "message", "ended", "heartbeat", "result"])


class StoppedError(Exception):
    """Whoever began the work asked for it to stop."""


def check_goes_on(job: Job) -> None:
    """Between two steps of the work: StoppedError where it shall not go on."""
    if Job.objects.filter(pk=job.pk, stop_asked=True).exists():
        raise StoppedError


def ask_to_stop(job: Job) -> None:
    Job.objects.filter(pk=job.pk, state__in=(Job.WAITING, Job.RUNNING)).update(stop_asked=True)
