"""How does a signed-off report become a numbered release, and how is one corrected?

The bytes of every format are on the disk before the record names them; a kill between leaves originals that
nothing names, and the report signed off as before. A release is never changed: a correction is the next one.
"""

from __future__ import annotations

import datetime as dt

from bluelamp.documents.originals import workspace_originals
from bluelamp.ledger.actions import Actor
from bluelamp.lib.calendar_days import london_day
from bluelamp.lib.errors import PlainError
from bluelamp.papers.rendering import FORMATS
from bluelamp.performance.actions_reports import working_on
from bluelamp.performance.models import Report, ReportRelease
from bluelamp.performance.queries_drafts import stand_before
from bluelamp.performance.report_frozen import library_versions
from bluelamp.performance.report_making import ReleaseWords, render_all
from bluelamp.performance.report_rules import StaleError, check_can_step, check_release, check_text


def release_report(
    report: Report,
    *,
    public_from: dt.datetime | None = None,
    ground: str = "",
    reason: str = "",
    formats: tuple[str, ...] = FORMATS,
    by: Actor,
    now: dt.datetime,
) -> ReportRelease:
    """The next release: made from what was signed off and nothing else; `public_from` None is now."""
    check_can_step("release", state=report.state, by=stand_before(report, by))
    reason, ground = check_text(reason, what="A reason"), check_text(ground, what="A ground")
    before = report.releases.order_by("-number").first()
    number = before.number + 1 if before else 1
    hour = public_from or now
    owned = report.organisation_id is not None
    check_release(public_from=hour, now=now, ground=ground, has_organisation=owned, number=number, reason=reason)
    words = ReleaseWords(
        number=number, made=london_day(now), corrects=before.number if before else 0, reason=reason
    )
    made = ReportRelease(
        report=report,
        number=number,
        corrects=before,
        reason=reason,
        title=report.title,
        frozen=report.frozen,
        files=_keep_files(report, words, formats),
        versions=library_versions(),
        public_from=max(hour, now),
        ground=ground if hour > now else "",
        by_name=by.ledger_label,
        made=now,
    )
    with working_on(report, by=by, now=now) as work:
        held = work.report
        if held.state == "released" or held.releases.filter(number=number).exists():
            raise StaleError(f"Somebody else published release {number} of this report meanwhile.")
        work.check("release")
        if held.frozen != made.frozen:
            raise StaleError("What is signed off changed while the release was made: look at it again.")
        made.report = held
        move = work.move("release", reason=reason, frozen=held.frozen)
        work.book.event(
            "performance.report_released", subject=held, add=[made, move], change=[held], note=_say_release(made)
        )
    return made


def _say_release(made: ReportRelease) -> dict[str, object]:
    """What the ledger's event tells of it: the hash of every file among the rest."""
    return {
        "number": made.number,
        "corrects": made.corrects.number if made.corrects else None,
        "reason": made.reason,
        "frozen": made.frozen,
        "files": {file["format"]: file["sha256"] for file in made.files},
        "versions": made.versions,
        "public_from": made.public_from.isoformat(),
    }


def _keep_files(report: Report, words: ReleaseWords, formats: tuple[str, ...]) -> list[dict[str, object]]:
    """Every format's bytes among the originals, and how each is named."""
    originals = workspace_originals()
    try:
        data = originals.read(report.frozen)
    except OSError as error:
        raise PlainError(f"What was signed off cannot be read: {error}") from error
    return [
        {
            "format": form,
            "file_name": made.file_name,
            "media_type": made.media_type,
            "sha256": originals.keep(made.data),
            "size": len(made.data),
        }
        for form, made in render_all(data, words, formats).items()
    ]


def begin_correction(report: Report, *, reason: str, by: Actor, now: dt.datetime) -> Report:
    """A released report becomes a draft again; the release stays as it is, and the next one names it."""
    reason = check_text(reason, what="A reason")
    with working_on(report, by=by, now=now) as work:
        work.check("correct", reason=reason)
        move = work.move("correct", reason=reason)
        work.report.frozen = ""
        work.book.event(
            "performance.correction_begun",
            subject=work.report,
            add=[move],
            change=[work.report],
            note={"reason": reason},
        )
    return work.report
