"""How does a test put a few lines before a checker? As Markdown, read by the reader, without a slice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from bluelamp.checks.model import (
    Paper,
    PrintedAgendaItem,
    PrintedHeader,
    PrintedPeriod,
    PrintedResolution,
    PrintedSeries,
    PrintedWork,
    Result,
    Subject,
    Verdict,
)
from bluelamp.documents.blocks import Block
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document, whole
from bluelamp.documents.readers import read_bytes
from bluelamp.figures.printed import PrintedValue, read_printed

Checker = Callable[[Sequence[Subject]], Iterable[Result]]


def table(*rows: str) -> str:
    """Rows of cells parted by "|", as a Markdown table."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join([lines[0], "|" + "---|" * len(cells[0]), *lines[1:]]) + "\n"


def document_of(text: str) -> Document:
    return read_bytes(text.encode(), file_name="paper.md")


def subject_of(text: str, *, meeting: dt.date | None = None, header: PrintedHeader | None = None) -> Subject:
    document = document_of(text)
    paper = Paper(part=whole(document), title="A paper", family="other", meeting=meeting, header=header)
    return Subject(document=document, name="paper.md", papers=(paper,))


def check(checker: Checker, text: str, *, meeting: dt.date | None = None) -> list[Result]:
    return list(checker([subject_of(text, meeting=meeting)]))


def said(results: Iterable[Result], verdict: Verdict, rule: str = "") -> list[Result]:
    return [each for each in results if each.verdict is verdict and each.rule.startswith(rule)]


def wrong(results: Iterable[Result], rule: str = "") -> list[Result]:
    """What is told: contradictions and what is doubtful."""
    return [
        each
        for each in results
        if each.verdict in (Verdict.CONTRADICTION, Verdict.SUSPECT) and each.rule.startswith(rule)
    ]


# -- what a slice would have read ----------------------------------------------------------------------------


def cite(document: Document, words: str) -> tuple[Citation, ...]:
    block: Block = next(block for block in document.blocks if words in block.text)
    at = block.text.index(words)
    return document.cite(document.spans_within(block, at, at + len(words)))


def value(printed: str) -> PrintedValue:
    found = read_printed(printed)
    assert found is not None
    return found


def series(
    text: str, figures: Sequence[str], *, percent: str = "", actual: str = "", unit: str = "percent"
) -> Subject:
    """A row of a performance report, its periods quarter ends from March 2020."""
    subject = subject_of(text)
    ends = [
        dt.date(2020, 3, 31),
        dt.date(2020, 6, 30),
        dt.date(2020, 9, 30),
        dt.date(2020, 12, 31),
        dt.date(2021, 3, 31),
    ]
    row = PrintedSeries(
        name="Burglary",
        code="1A.1",
        periods=tuple(PrintedPeriod(to=to, value=value(each)) for to, each in zip(ends, figures, strict=False)),
        change_percent=value(percent) if percent else None,
        change_actual=value(actual) if actual else None,
        change_unit=unit,
        citations=cite(subject.document, "Burglary"),
    )
    return Subject(document=subject.document, name=subject.name, papers=subject.papers, series=(row,))


def resolutions(*numbers: str, wordless: str = "") -> Subject:
    subject = subject_of("\n\n".join(f"Decided: {number}" for number in numbers))
    found = tuple(
        PrintedResolution(
            number=number,
            text="" if number == wordless else "To note the report.",
            meeting=None,
            citations=cite(subject.document, f"Decided: {number}"),
        )
        for number in numbers
    )
    return Subject(document=subject.document, name=subject.name, papers=subject.papers, resolutions=found)


def agenda(*items: str, works: Sequence[tuple[str, dt.date]] = (), day: dt.date | None = None) -> Subject:
    """Items as "4 Estates strategy"; `works` is what a work programme lists for which day."""
    listed = [title for title, _ in works]
    subject = subject_of("\n\n".join([*items, *(f"Listed: {title}" for title in listed)]), meeting=day)
    return Subject(
        document=subject.document,
        name=subject.name,
        papers=subject.papers,
        agenda=tuple(
            PrintedAgendaItem(
                number=item.split()[0], title=item.partition(" ")[2], citations=cite(subject.document, item)
            )
            for item in items
        ),
        work_programme=tuple(
            PrintedWork(
                title=title, meeting=on, meeting_words="", citations=cite(subject.document, f"Listed: {title}")
            )
            for title, on in works
        ),
        published=day,
    )


def total(values: Iterable[Decimal]) -> Decimal:
    """The slow, plain sum."""
    found = Decimal(0)
    for each in values:
        found = found + each
    return found
