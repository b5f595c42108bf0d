"""How does the worker check papers: read again in the sandbox, every check over them, what was found kept?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from bluelamp.checks.checking import CHECKERS, check_papers
from bluelamp.checks.model import Subject
from bluelamp.checks.saying_checks import say_counts
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.originals import workspace_originals
from bluelamp.documents.queries import find_documents
from bluelamp.documents.sandbox import read_upload
from bluelamp.intake.actions_checks import keep_check
from bluelamp.intake.actions_jobs import end_job, tell_progress
from bluelamp.intake.check_wire import keep_report, read_kept_report
from bluelamp.intake.checking import read_subject
from bluelamp.intake.models import Job
from bluelamp.ledger.actions import Operator
from bluelamp.lib.errors import PlainError


def check_stored_papers(job: Job) -> None:
    """Check a document, alone or with others. Killed and taken up again, it finds and keeps the same once."""
    document, beside = _documents(job)
    steps = _Steps(job, total=1 + len(beside) + len(CHECKERS))
    subjects = [_read(each, steps) for each in (document, *beside)]
    report = check_papers(subjects, tell=lambda name: steps.tell(_say_family(name)))
    found = keep_report(report)
    kept = keep_check(
        document, beside, found, read_kept_report(found), by=job.by or Operator("serve"), now=timezone.now()
    )
    result = {"document": str(document.pk), "check": str(kept.pk)}
    end_job(job, Job.DONE, say_counts(kept.counts), now=timezone.now(), result=result)


def _documents(job: Job) -> tuple[StoredDocument, list[StoredDocument]]:
    """Those that whoever asked may still see."""
    keys = [job.arguments["document"], *job.arguments["beside"]]
    held = {str(each.pk): each for each in find_documents(viewer=job.by).filter(pk__in=keys)}
    if len(held) < len(set(keys)):
        raise PlainError(_("One of these papers is not there any more, or not yours to see: choose them again."))
    return held[keys[0]], [held[key] for key in keys[1:]]


def _read(document: StoredDocument, steps: _Steps) -> Subject:
    steps.tell(_("Reading %(name)s") % {"name": document})
    try:
        data = workspace_originals().read(document.sha256)
    except OSError as error:
        raise PlainError(
            _("The original of %(name)s cannot be read: ask whoever runs Bluelamp to look at bluelamp verify.")
            % {"name": document}
        ) from error
    read = read_upload(data, document.file_name)
    return read_subject(read, name=str(document), definitions=settings.WORKSPACE_DEFINITIONS)


def _say_family(module: str) -> str:
    return _("Checking %(what)s") % {"what": module.replace("_", " ")}


class _Steps:
    def __init__(self, job: Job, *, total: int) -> None:
        self._job, self._done, self._total = job, 0, total

    def tell(self, words: Any) -> None:
        self._done += 1
        tell_progress(self._job, str(words), now=timezone.now(), progress=self._done, total=self._total)
