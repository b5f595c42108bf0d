"""Which checks of a paper are kept, may this person see them, and are they still what a check would say?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from bluelamp.checks.version import CHECKER_VERSION
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.queries import find_documents
from bluelamp.intake.check_wire import KeptReport, read_kept_report
from bluelamp.intake.models import CheckAnswer, Job, PaperCheck
from bluelamp.organisations.visibility import Viewer

MOST_CHOICES = 40


@dataclass(frozen=True)
class KeptCheck:
    """A check with its results read."""

    check: PaperCheck
    report: KeptReport

    @property
    def is_old(self) -> bool:
        """Would a check made now be another's work: a newer checker's, or of a newer reading?"""
        check = self.check
        return (
            check.checker_version < CHECKER_VERSION or check.reader_version < check.document.reader_version
        )  # fmt: skip


def find_checks(document: StoredDocument, *, viewer: Viewer) -> list[PaperCheck]:
    """The newest check of each choice of papers, newest first; none that quotes a paper they may not see."""
    newest: dict[str, PaperCheck] = {}
    for check in PaperCheck.objects.filter(document=document).defer("found").order_by("-checked"):
        newest.setdefault(check.together, check)
    named = {str(each["document"]) for check in newest.values() for each in check.beside}
    seen = {str(pk) for pk in find_documents(viewer=viewer).filter(pk__in=named).values_list("pk", flat=True)}
    return [check for check in newest.values() if {str(each["document"]) for each in check.beside} <= seen]


def read_check(
    document: StoredDocument, *, viewer: Viewer, key: str = "", checks: Iterable[PaperCheck] | None = None
) -> KeptCheck | None:
    """The check that is named, else the newest; None where there is none that this person may see."""
    found = list(find_checks(document, viewer=viewer) if checks is None else checks)
    chosen = next((each for each in found if str(each.pk) == key), found[0] if found else None)
    if chosen is None:
        return None
    return KeptCheck(chosen, read_kept_report(chosen.found))


def find_work(document: StoredDocument) -> Job | None:
    """The check of this document that is under way, if there is one."""
    busy = Job.objects.filter(kind="check_papers", state__in=(Job.WAITING, Job.RUNNING))
    return busy.filter(arguments__document=str(document.pk)).order_by("-created").first()


def find_history(document: StoredDocument, key: str, versions: Iterable[StoredDocument]) -> QuerySet[CheckAnswer]:
    """All that was ever said to a finding, here and in the versions before, newest first."""
    said = CheckAnswer.objects.filter(document__in=[document, *versions], key=key).select_related("document")
    return said.order_by("-answered")


def find_choices(
    document: StoredDocument, *, viewer: Viewer, words: str, chosen: Iterable[str] = ()
) -> list[StoredDocument]:
    """Papers of the record to choose from: those chosen, then those whose title or file's name has the words."""
    others = find_documents(viewer=viewer).exclude(pk=document.pk)
    kept = list(others.filter(pk__in=read_keys(chosen)))
    if words.strip():
        named = words.strip()[:200].replace("\x00", "")
        others = others.filter(Q(title__icontains=named) | Q(file_name__icontains=named))
    elif document.subject_id:
        others = others.filter(Q(subject=document.subject_id) | Q(subject=None))
    return kept + [each for each in others[:MOST_CHOICES] if each not in kept]


def read_keys(keys: Iterable[str]) -> list[UUID]:
    """Those that are keys at all."""
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found
