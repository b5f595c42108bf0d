"""Who does long work? One worker beside the server: it takes the oldest job, does it, and says how it ended."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _

from bluelamp.documents.sandbox import read_upload
from bluelamp.intake.actions_jobs import claim_job, end_job, tell_progress
from bluelamp.intake.actions_report_checks import REPORT_JOB, check_made_report
from bluelamp.intake.counting_work import COUNT_JOB, count_for_plan
from bluelamp.intake.models import Job
from bluelamp.intake.paper_checks import check_stored_papers
from bluelamp.intake.taking_in import TakenIn, take_in
from bluelamp.intake.uploads import drop_upload, upload_path
from bluelamp.ledger.actions import Operator
from bluelamp.lib.errors import PlainError

PATIENCE = 1.0  # seconds between looks for work

_log = logging.getLogger(__name__)


def work_until(stopped: threading.Event) -> None:
    """Do jobs as they come until `stopped` is set. A job that fails ends with a sentence; the worker goes on."""
    while not stopped.is_set():
        close_old_connections()
        try:
            worked = work_once()
        except Exception:  # noqa: BLE001  (the database may be away for a while: look again)
            _log.exception("The worker could not look for work")
            worked = False
        if not worked:
            stopped.wait(PATIENCE)
    close_old_connections()


def work_once() -> bool:
    """Do the oldest job that waits. Was there one?"""
    job = claim_job(now=timezone.now())
    if job is None:
        return False
    if job.stop_asked:
        drop_upload(job.pk)
        end_job(job, Job.STOPPED, _("Stopped before it began. Nothing was kept."), now=timezone.now())
        return True
    try:
        KINDS[job.kind](job)
    except PlainError as error:
        end_job(job, Job.FAILED, str(error), now=timezone.now())
    except Exception:  # noqa: BLE001  (whatever it is, the job must end with a sentence and the worker go on)
        _log.exception("The job %s failed", job.pk)
        message = _(
            "This failed, and the fault is ours: the server’s log says more. What was kept before is untouched."
        )
        end_job(job, Job.FAILED, message, now=timezone.now())
    finally:
        drop_upload(job.pk)
    return True


def take_in_upload(job: Job) -> None:
    """Read an uploaded file in the sandbox, keep it, and propose what it says."""
    file_name = str(job.arguments["file_name"])
    data = upload_path(job.pk).read_bytes()
    tell_progress(job, _("Reading the file"), now=timezone.now(), progress=1, total=3)
    document = read_upload(data, file_name)
    tell_progress(job, _("Finding what it says"), now=timezone.now(), progress=2, total=3)
    taken = take_in(
        document,
        data,
        file_name,
        by=job.by or Operator("serve"),
        now=timezone.now(),
        details=job.arguments.get("details") or None,
        organisation=job.by.organisation if job.by else None,
        about=str(job.arguments.get("about") or ""),
    )
    end_job(job, Job.DONE, _say(taken), now=timezone.now(), result={"document": str(taken.document.pk)})


def _say(taken: TakenIn) -> str:
    if taken.changed_nothing:
        return _("This document was here already. Nothing was changed.")
    facts = sum(taken.proposed.values())
    return _("The document was kept, and %(facts)s proposals wait for a decision.") % {"facts": facts}


KINDS: Mapping[str, Callable[[Any], None]] = {
    "take_in": take_in_upload,
    "check_papers": check_stored_papers,
    REPORT_JOB: check_made_report,
    COUNT_JOB: count_for_plan,
}
"""What each kind of job does."""
