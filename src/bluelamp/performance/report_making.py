"""Which files does a report become, from what was frozen of it and what its release says?"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from bluelamp.lib.calendar_days import say_day
from bluelamp.papers.model import Marking, Paper, Rendered
from bluelamp.papers.rendering import FORMATS, render
from bluelamp.performance.insight_evidence import Evidence
from bluelamp.performance.report_frozen import FrozenReport, name_files, read_frozen, write_frozen
from bluelamp.performance.reports.assemble import assemble_report
from bluelamp.performance.reports.model import PerformanceReport
from bluelamp.performance.reports.paper import make_performance_paper
from bluelamp.performance.reports.paper_charts import Charts, draw_charts
from bluelamp.performance.reports.texts import InsightOfReport, ReportTexts

DRAFT: Final = "Draft: not signed off, and not to be quoted"
_MARKINGS: Final = {marking.value: marking for marking in Marking}


@dataclass(frozen=True, kw_only=True)
class ReleaseWords:
    """What a release adds to what was signed off; `number` 0 is a draft."""

    number: int = 0
    made: dt.date | None = None
    corrects: int = 0
    reason: str = ""

    @property
    def header(self) -> tuple[str, str]:
        if not self.number:
            return "Release", DRAFT
        day = f", {say_day(self.made)}" if self.made else ""
        corrects = f", which corrects release {self.corrects}: {self.reason}" if self.corrects else ""
        return "Release", f"{self.number}{day}{corrects}"


def assemble_frozen(frozen: FrozenReport) -> PerformanceReport:
    return assemble_report(frozen.plan, frozen.restore_series(), frozen.settings, loads=frozen.loads)


@lru_cache(maxsize=2)
def _drawn(figures: bytes) -> tuple[PerformanceReport, Charts]:
    """The report and its charts, which words change nothing of: of 70 indicators they are most of the work."""
    report = assemble_frozen(read_frozen(figures))
    return report, draw_charts(report)


def forget_drawn() -> None:
    """Make everything anew: whoever compares bytes must not compare them with what was kept in this process."""
    _drawn.cache_clear()
    paper_of.cache_clear()


def make_frozen_paper(frozen: FrozenReport, release: ReleaseWords) -> Paper:
    report, charts = _drawn(write_frozen(replace(frozen, title="-", insights=(), headlines=())))
    paper = make_performance_paper(
        report,
        charts=charts,
        as_of=frozen.as_of,
        texts=_texts_of(frozen),
        marking=_MARKINGS[frozen.marking],
    )
    return replace(
        paper,
        title=frozen.title,
        name=name_files(frozen.plan.slug, frozen.area, frozen.to, release.number),
        header=(release.header, *paper.header),
    )


def _texts_of(frozen: FrozenReport) -> ReportTexts:
    insights = {
        each.code: InsightOfReport(words=each.words, evidence=_say(each.evidence)) for each in frozen.insights
    }
    return ReportTexts(insights=insights, headlines=frozen.headlines_by_theme())


def _say(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    return tuple(piece.said for piece in evidence)


@lru_cache(maxsize=3)
def paper_of(data: bytes, release: ReleaseWords) -> Paper:
    """The paper of frozen bytes; a page and the downloads beside it make it once."""
    return make_frozen_paper(read_frozen(data), release)


def render_all(data: bytes, release: ReleaseWords, formats: tuple[str, ...] = FORMATS) -> dict[str, Rendered]:
    """The file of every format, by its name."""
    paper = paper_of(data, release)
    return {form: render(paper, form) for form in formats}


@dataclass(frozen=True, slots=True)
class FileCompared:
    """One format of a release: the hash that was kept, and the hash of what is made now."""

    form: str
    kept: str
    made: str

    @property
    def same(self) -> bool:
        return self.kept == self.made


def compare_files(kept: Mapping[str, str], made: Mapping[str, Rendered]) -> tuple[FileCompared, ...]:
    """Each kept format's hash beside that of what was made again."""
    return tuple(
        FileCompared(form, sha256, hashlib.sha256(made[form].data).hexdigest() if form in made else "")
        for form, sha256 in kept.items()
    )
