"""How is the paper that a performance report will become put before the checker, and what is kept of it?

Long work, so a job of the worker does it. What it found is kept with the job and is no part of the record, since
the paper can be made and checked again at any time. Nobody is kept from signing by what a machine doubts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import replace
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from bluelamp.checks.model import Report as Checked
from bluelamp.checks.model import Verdict
from bluelamp.checks.saying_checks import say_counts
from bluelamp.documents.originals import workspace_originals
from bluelamp.intake.actions_jobs import begin_job, end_job, tell_progress
from bluelamp.intake.made_papers import check_made_paper
from bluelamp.intake.models import Job
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import User
from bluelamp.performance.models import Report
from bluelamp.performance.queries_drafts import find_report, freeze_report
from bluelamp.performance.report_frozen import FrozenReport, read_frozen, write_frozen
from bluelamp.performance.report_making import ReleaseWords, paper_of

REPORT_JOB: Final = "check_report"
MOST_KEPT: Final = 200
_STEPS: Final = 3


def begin_report_check(report: Report, *, by: User, now: dt.datetime) -> Job:
    """A job that makes the report's paper and checks it. One that waits for the same report is used again."""
    arguments = {"report": str(report.pk)}
    waiting = Job.objects.filter(kind=REPORT_JOB, state=Job.WAITING, by=by, arguments=arguments).first()
    return waiting or begin_job(REPORT_JOB, arguments, by=by, now=now, key=uuid.uuid4())


def check_made_report(job: Job) -> None:
    """The paper as it would be signed now, or as it was signed, under every check."""
    report = find_report(uuid.UUID(job.arguments["report"]), viewer=job.by) if job.by else None
    if report is None:
        raise PlainError(_("This report is not there any more, or not yours to see."))
    tell_progress(job, _("Making the paper"), now=timezone.now(), progress=1, total=_STEPS)
    frozen = read_paper(report, now=timezone.now())
    paper = paper_of(write_frozen(frozen), ReleaseWords())
    tell_progress(job, _("Checking the paper"), now=timezone.now(), progress=2, total=_STEPS)
    checked = check_made_paper(paper, definitions=settings.WORKSPACE_DEFINITIONS)
    result = {
        "report": str(report.pk),
        "fingerprint": fingerprint(frozen),
        "counts": checked.counts,
        "found": _keep(checked),
    }
    end_job(job, Job.DONE, say_counts(checked.counts), now=timezone.now(), result=result)


def read_paper(report: Report, *, now: dt.datetime) -> FrozenReport:
    """What the paper is made of: what was signed off, else the report as it stands."""
    if not report.frozen:
        return freeze_report(report, now=now)
    try:
        return read_frozen(workspace_originals().read(report.frozen))
    except OSError as error:
        raise PlainError(_("What was signed off cannot be read: %(error)s") % {"error": error}) from error


def fingerprint(frozen: FrozenReport) -> str:
    """The same as long as figures and words are; the day on which the paper is made is none of them."""
    return hashlib.sha256(write_frozen(replace(frozen, as_of=dt.date.min))).hexdigest()


def _keep(checked: Checked) -> list[dict[str, object]]:
    """What cannot be true and what is doubtful, the gravest first, with the words of the paper."""
    told = [each for each in checked.results if each.verdict in (Verdict.CONTRADICTION, Verdict.SUSPECT)]
    return [
        {
            "verdict": each.verdict.value,
            "message": each.message,
            "quotes": [printed.text[:300] for printed in each.printed[:2] if printed.text],
        }
        for each in told[:MOST_KEPT]
    ]
