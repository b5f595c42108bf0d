"""How is a check of a paper begun and kept, a finding answered, and a paper said to follow another?"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError

from bluelamp.checks.version import CHECKER_VERSION
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.pages import clean
from bluelamp.intake.actions_jobs import begin_job
from bluelamp.intake.check_rules import (
    MOST_TOGETHER,
    check_answer,
    check_can_answer,
    check_can_check,
    check_can_follow,
)
from bluelamp.intake.check_wire import KeptReport
from bluelamp.intake.models import CheckAnswer, Job, PaperCheck
from bluelamp.ledger.actions import Actor, recording
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import User
from bluelamp.organisations.rules import NotAllowedError

CHECK_JOB = "check_papers"


def begin_check(document: StoredDocument, beside: Sequence[StoredDocument], *, by: User, now: dt.datetime) -> Job:
    """A job that checks the document, together with those beside it. One that waits for the same is used again."""
    check_can_check(by)
    others = [each for each in dict.fromkeys(beside) if each.pk != document.pk]
    if len(others) >= MOST_TOGETHER:
        raise PlainError(
            f"At most {MOST_TOGETHER} papers are checked together: choose {MOST_TOGETHER - 1} beside this one."
        )
    arguments = {
        "document": str(document.pk),
        "beside": sorted(str(each.pk) for each in others),
        "file_name": str(document),
    }
    waiting = Job.objects.filter(kind=CHECK_JOB, state=Job.WAITING, by=by, arguments=arguments).first()
    return waiting or begin_job(CHECK_JOB, arguments, by=by, now=now, key=uuid.uuid4())


def together_key(beside: Sequence[StoredDocument]) -> str:
    """What names the others that a document is checked with; "" for alone."""
    hashes = sorted({each.sha256 for each in beside})
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest() if hashes else ""


def keep_check(
    document: StoredDocument,
    beside: Sequence[StoredDocument],
    found: str,
    report: KeptReport,
    *,
    by: Actor,
    now: dt.datetime,
) -> PaperCheck:
    """Keep what was found. The same check again, by the same versions, changes nothing."""
    same = PaperCheck.objects.filter(
        document=document,
        together=together_key(beside),
        checker_version=CHECKER_VERSION,
        reader_version=document.reader_version,
    )
    if held := same.first():
        return held
    check = PaperCheck(
        document=document,
        beside=[{"document": str(each.pk), "name": str(each)} for each in beside],
        together=together_key(beside),
        checker_version=CHECKER_VERSION,
        reader_version=document.reader_version,
        checked=now,
        checked_by=by if isinstance(by, User) else None,
        counts=report.counts,
        found=found,
    )
    try:
        with recording(by=by, now=now) as book:
            book.event("intake.paper_checked", subject=document, add=[check], note={"counts": report.counts})
    except IntegrityError:  # another worker kept the same check in the meantime
        held = same.first()
        if held is None:
            raise
        return held
    return check


def answer_finding(
    document: StoredDocument,
    *,
    key: str,
    rule: str,
    verdict: str,
    message: str,
    answer: str,
    reason: str,
    seen: UUID | None,
    by: User,
    now: dt.datetime,
) -> CheckAnswer:
    """Say what is to be said of a finding. `seen` is the answer that the person had before them, if any.

    Raises PlainError where somebody else has answered since: nobody overwrites what they have not read.
    """
    check_can_answer(by, other_organisation=is_of_another(document, by))
    reason = check_answer(answer, clean(reason))
    with recording(by=by, now=now) as book:
        held = CheckAnswer.objects.filter(document=document, key=key, withdrawn=False).first()
        if held is not None and held.pk != seen:
            raise AnsweredMeanwhileError(
                f"{held.by_name} answered this while you were writing: read that, then change it if need be."
            )
        if held is None and seen is not None:
            raise AnsweredMeanwhileError("The answer you were changing was taken back: read the page again.")
        made = CheckAnswer(
            document=document,
            key=key,
            rule=rule,
            verdict=verdict,
            message=message,
            answer=answer,
            reason=reason,
            answered_by=by,
            by_name=by.ledger_label[:200],
            answered=now,
        )
        if held is not None:
            held.withdrawn = True
            book.event("intake.answer_withdrawn", subject=document, change=[held], note={"key": key})
            book.write()
        book.event(f"intake.finding_{_EVENTS[answer]}", subject=document, add=[made], note={"message": message})
    return made


_EVENTS = {
    CheckAnswer.FIXED: "said_fixed",
    CheckAnswer.EXPLAINED: "explained",
    CheckAnswer.NOT_AN_ERROR: "said_no_error",
}


class AnsweredMeanwhileError(PlainError):
    """Somebody else answered first."""


def take_answer_back(answer: CheckAnswer, *, by: User, now: dt.datetime) -> None:
    """The finding waits for an answer again; what was said stays in the history."""
    check_can_answer(by, other_organisation=is_of_another(answer.document, by))
    with recording(by=by, now=now) as book:
        held = CheckAnswer.objects.filter(pk=answer.pk, withdrawn=False).first()
        if held is None:
            raise AnsweredMeanwhileError("This answer was taken back already.")
        held.withdrawn = True
        book.event("intake.answer_withdrawn", subject=held.document, change=[held], note={"key": held.key})


def say_follows(
    document: StoredDocument, earlier: StoredDocument | None, *, by: User, now: dt.datetime
) -> StoredDocument:
    """Say which version came before this one (None: none did), so that what was answered there is remembered."""
    check_can_answer(by, other_organisation=is_of_another(document, by))
    if earlier is not None and is_of_another(earlier, by):
        raise NotAllowedError("The version before belongs to another organisation: choose one of your own.")
    with recording(by=by, now=now) as book:
        held = StoredDocument.objects.get(pk=document.pk)
        if earlier is not None:
            check_can_follow(held.pk, earlier.pk, tuple(_before(earlier)))
        if held.supersedes_id != (earlier.pk if earlier else None):
            held.supersedes = earlier
            book.event("intake.version_said", subject=held, change=[held])
    return held


def _before(document: StoredDocument) -> list[UUID]:
    """The keys of the versions before a document."""
    keys: list[UUID] = []
    key = document.supersedes_id
    while key is not None and key not in keys:
        keys.append(key)
        key = StoredDocument.objects.filter(pk=key).values_list("supersedes_id", flat=True).first()
    return keys


def is_of_another(document: StoredDocument, by: object) -> bool:
    """Does it belong to another organisation than the person's? An administrator's is every organisation."""
    if getattr(by, "role", "administrator") == "administrator" or document.organisation_id is None:
        return False
    return document.organisation_id != getattr(by, "organisation_id", None)
