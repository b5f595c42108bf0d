"""What did the checker find in a performance report's paper, and is it still the same paper?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from bluelamp.checks.saying_checks import say_counts
from bluelamp.intake.actions_report_checks import REPORT_JOB, fingerprint, read_paper
from bluelamp.intake.models import Job
from bluelamp.lib.errors import PlainError
from bluelamp.performance.models import Report


@dataclass(frozen=True)
class MadeFinding:
    verdict: str
    message: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MadeCheck:
    """The last check of a report's paper. `is_of_now`: neither figures nor words have changed since."""

    when: dt.datetime
    counts: dict[str, int]
    found: tuple[MadeFinding, ...] = field(default=())
    is_of_now: bool = True

    @property
    def words(self) -> str:
        return say_counts(self.counts)

    @property
    def wrong(self) -> int:
        return self.counts.get("contradiction", 0)

    @property
    def doubtful(self) -> int:
        return self.counts.get("suspect", 0)


def find_report_check(report: Report, *, now: dt.datetime) -> MadeCheck | None:
    """The newest check that came to its end; None before the first."""
    job = _jobs(report).filter(state=Job.DONE).order_by("-ended").first()
    if job is None or job.ended is None:
        return None
    result: dict[str, Any] = job.result or {}
    return MadeCheck(
        when=job.ended,
        counts=dict(result.get("counts", {})),
        found=tuple(MadeFinding(e["verdict"], e["message"], tuple(e["quotes"])) for e in result.get("found", ())),
        is_of_now=result.get("fingerprint") == _fingerprint_now(report, now),
    )


def find_report_work(report: Report) -> Job | None:
    """The job that waits or runs, or the newest that failed after the last that was done."""
    newest = _jobs(report).order_by("-created").first()
    return newest if newest is not None and newest.state not in (Job.DONE, Job.STOPPED) else None


def _jobs(report: Report) -> Any:
    return Job.objects.filter(kind=REPORT_JOB, arguments__report=str(report.pk))


def _fingerprint_now(report: Report, now: dt.datetime) -> str:
    try:
        return fingerprint(read_paper(report, now=now))
    except PlainError:
        return ""
