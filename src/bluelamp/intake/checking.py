"""What is put before the checks of a document: its papers, and what the slices' readers have read in it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bluelamp.checks.model import (
    Paper,
    PrintedAgendaItem,
    PrintedHeader,
    PrintedPeriod,
    PrintedResolution,
    PrintedSeries,
    PrintedStatistic,
    PrintedWork,
    Subject,
)
from bluelamp.documents.document import Document, Part, whole
from bluelamp.documents.facts import Fact
from bluelamp.figures.printed import PrintedValue, read_printed
from bluelamp.inspections.facts import Statistic
from bluelamp.intake.extraction import Extraction, extract
from bluelamp.lib.calendar_days import read_iso_day
from bluelamp.performance.facts import IndicatorRow
from bluelamp.scrutiny.facts import AgendaItem, PaperHeader, Resolution, WorkProgrammeItem
from bluelamp.scrutiny.reading.packs import split_pack

PACK = "meeting_pack"


@dataclass(frozen=True)
class _Lines:
    """The lines of the normalised text that a paper covers, first and last."""

    first: int
    last: int


def read_subject(document: Document, *, name: str, definitions: Path | None = None) -> Subject:
    """The document read whole, in the neutral shapes of the checks. `name` is what people know it by."""
    found = extract(document, definitions=definitions)
    facts = [read.fact for read in found.facts]
    headers = tuple(_header(fact) for fact in facts if isinstance(fact, PaperHeader))
    return Subject(
        document=document,
        name=name,
        papers=tuple(_papers(document, found, headers)),
        series=tuple(_series(facts)),
        statistics=tuple(_statistic(fact) for fact in facts if isinstance(fact, Statistic)),
        resolutions=tuple(
            PrintedResolution(number=f.number, text=f.text, meeting=f.meeting_date, citations=f.citations)
            for f in facts
            if isinstance(f, Resolution)
        ),
        agenda=tuple(
            PrintedAgendaItem(number=f.number, title=f.title, citations=f.citations)
            for f in facts
            if isinstance(f, AgendaItem)
        ),
        headers=headers,
        work_programme=tuple(
            PrintedWork(title=f.title, meeting=f.meeting_date, meeting_words=f.meeting, citations=f.citations)
            for f in facts
            if isinstance(f, WorkProgrammeItem)
        ),
        published=read_iso_day(found.detail("published")),
        force=found.subject.code if found.subject else "",
        further={detail.name: detail.value for detail in found.details},
    )


def _papers(document: Document, found: Extraction, headers: tuple[PrintedHeader, ...]) -> Iterator[Paper]:
    family = found.detail("family")
    published = read_iso_day(found.detail("published"))
    if family != PACK:
        header = headers[0] if headers else None
        yield Paper(
            part=whole(document),
            title=found.detail("title") or document.title,
            family=family,
            meeting=header.meeting if header else None,
            header=header,
        )
        return
    for part in split_pack(document):
        lines = _lines_of(part)
        header = next((each for each in headers if lines.first <= each.citations[0].line <= lines.last), None)
        yield Paper(
            part=part,
            title=(header.title if header else "") or part.title,
            family=getattr(part, "role", "") or "paper",
            meeting=(header.meeting if header else None) or published,
            header=header,
        )


def _lines_of(part: Part) -> _Lines:
    spans = [span for block in part.blocks for span in block.spans]
    if not spans:
        return _Lines(0, -1)
    line_at = part.document.line_at
    return _Lines(line_at(min(start for start, _ in spans)), line_at(max(end for _, end in spans) - 1))


def _header(fact: PaperHeader) -> PrintedHeader:
    said = {
        "for": fact.purpose,
        "public": fact.public,
        "report to": fact.report_to,
        "report of": fact.report_of,
        "author": fact.author,
        "agenda item": fact.agenda_item,
    }
    return PrintedHeader(
        title=fact.title,
        fields={name: words for name, words in said.items() if words},
        meeting=fact.meeting_date,
        agenda_item=fact.agenda_item,
        citations=fact.citations,
    )


def _series(facts: Iterable[Fact]) -> Iterator[PrintedSeries]:
    for fact in facts:
        if isinstance(fact, IndicatorRow) and not _has_unread_periods(fact):
            yield PrintedSeries(
                name=fact.name,
                code=fact.code,
                periods=tuple(PrintedPeriod(to=period.to, value=period.value) for period in fact.periods),
                change_percent=fact.change_percent,
                change_actual=fact.change_actual,
                change_unit=fact.change_unit,
                citations=fact.citations,
            )


def _has_unread_periods(row: IndicatorRow) -> bool:
    """Does a figure of the same sort stand just before the row's first period? Then a column's head was not read.

    Seen in PDFs whose heads wrap within narrow columns: the change printed is then from a period nobody knows.
    """
    if not row.periods:
        return False
    words = " ".join(cited.quote for cited in row.citations).split()
    printed = row.periods[0].value.printed.split()
    at = next((n for n in range(len(words)) if words[n : n + len(printed)] == printed), 0)
    before = words[at - 1] if at > 1 else ""
    figure = read_printed(before)
    if figure is None or figure.value is None or figure.unit != row.periods[0].value.unit:
        return False
    return before not in (row.code, *row.name.split()[-1:])


def _statistic(fact: Statistic) -> PrintedStatistic:
    half = None if fact.half_width is None else _width(fact.half_width, fact.unit)
    value = read_printed(f"{fact.value}{'%' if fact.unit == 'percent' else ''}")
    plain = PrintedValue(printed=fact.printed, value=fact.value, unit=fact.unit)
    return PrintedStatistic(
        subject=fact.subject, value=value or plain, half_width=half, n=fact.n, citations=fact.citations
    )


def _width(half_width: Decimal, unit: str) -> PrintedValue | None:
    return read_printed(f"{half_width}{'%' if unit == 'percent' else ''}")
