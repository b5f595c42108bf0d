"""What does a check find, and what is put before it?

A verdict of contradiction means that no unrounded values could have printed so, under the most generous reading
(law 2). A false alarm costs more than a miss: where only an unusual reading saves a print it is suspect, and where
a check does not know it says so (`unchecked`, with the reason).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from bluelamp.documents.blocks import ASIDES, Block, BlockKind, Row, as_paragraph
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document, Part
from bluelamp.documents.printed_tables import Table, tables_of
from bluelamp.figures.printed import PrintedValue
from bluelamp.lib.text import fold


class Verdict(StrEnum):
    CONTRADICTION = "contradiction"
    SUSPECT = "suspect"
    CONSISTENT = "consistent"
    UNCHECKED = "unchecked"


class Check(StrEnum):
    """The families of checks, as on the wire."""

    CAST = "cast"
    CHANGE = "change"
    RATIO = "ratio"
    SHARE = "share"
    SEQUENCE = "sequence"
    DATE = "date"
    CLAIM = "claim"
    REFERENCE = "reference"
    CROSS_DOCUMENT = "cross_document"


@dataclass(frozen=True)
class Printed:
    """Words of a paper, as printed, and where they stand."""

    text: str
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a finding without a citation cannot be made (law 1)")


@dataclass(frozen=True, kw_only=True)
class Result:
    """One thing that was checked. `message` is a plain sentence with both places and the arithmetic in it.

    `rule` names what was asked of it ("total-down", "change-sign"): one family has several. `recomputed` and
    `tolerance` are in words, "" where there is nothing to say.
    """

    verdict: Verdict
    check: Check
    rule: str
    message: str
    printed: tuple[Printed, ...]
    recomputed: str = ""
    tolerance: str = ""

    @property
    def key(self) -> str:
        """What makes it the same finding in the paper's next version: its rule and the words, not the place."""
        said = [self.rule, *(fold(each.text).lower() for each in self.printed)]
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:24]


# -- what is put before the checks ------------------------------------------------------------------------


_SHORTEST: Final = 12
_WORDS: Final = re.compile(r"[A-Za-z]{3}")
_FEWEST_WORDS: Final = 2


def _is_said(text: str) -> bool:
    """Does a cell say something in words, rather than print a label or a figure?"""
    return len(text) >= _SHORTEST and len(_WORDS.findall(text, 0, 200)) >= _FEWEST_WORDS


@dataclass(frozen=True, kw_only=True)
class PrintedPeriod:
    """One period's figure in a row; `to` is the period's last day."""

    to: dt.date
    value: PrintedValue


@dataclass(frozen=True, kw_only=True)
class PrintedSeries:
    """A row of a performance table: figures of one measure over several periods, and the change it prints.

    `change_unit` is percent, points or number.
    """

    name: str
    code: str
    periods: tuple[PrintedPeriod, ...]
    change_percent: PrintedValue | None
    change_actual: PrintedValue | None
    change_unit: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class PrintedStatistic:
    """A value of a sample, with its margin ("86.4 per cent +/- 3.1"), and what it is about."""

    subject: str
    value: PrintedValue
    half_width: PrintedValue | None
    n: int | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class PrintedResolution:
    number: str  # "2021/011"
    text: str
    meeting: dt.date | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class PrintedAgendaItem:
    number: str
    title: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class PrintedHeader:
    """The head of a committee's paper. `fields` are its rows as printed ("For", "Information")."""

    title: str
    fields: Mapping[str, str]
    meeting: dt.date | None
    agenda_item: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class PrintedWork:
    """A line of a work programme: what is to come to which meeting."""

    title: str
    meeting: dt.date | None
    meeting_words: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper: a whole document, or a paper of a pack. `meeting` is the day it is for, where that is known."""

    part: Part
    title: str
    family: str
    meeting: dt.date | None = None
    header: PrintedHeader | None = None

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return tables_of(self.part)

    @cached_property
    def prose(self) -> tuple[Block, ...]:
        """Where sentences stand: paragraphs, items and heads, and what a table's cells say in words."""
        found: list[Block] = []
        for block in self.part.blocks:
            if block.kind is BlockKind.TABLE:
                cells = [cell for row in block.rows if not row.is_head for cell in row.cells]
                found += [as_paragraph(block, cell) for cell in cells if _is_said(cell.text)]
            elif block.kind is not BlockKind.CONTENTS and block.kind not in ASIDES:
                found.append(block)
        return tuple(found)

    @property
    def document(self) -> Document:
        return self.part.document

    @property
    def blocks(self) -> Sequence[Block]:
        return self.part.blocks

    def print_of(self, *parts: Block | Row | tuple[Block, int, int], text: str = "") -> Printed:
        """Words of this paper with their citations: a block, a row, or a stretch of a block's text (from, to)."""
        spans = []
        words = []
        for each in parts:
            if isinstance(each, Row):
                spans.append([span for cell in each.cells for span in cell.spans])
                words.append(" ".join(cell.text for cell in each.cells if cell.text))
            elif isinstance(each, Block):
                spans.append(list(each.spans))
                words.append(each.text)
            else:
                block, start, end = each
                spans.append(list(self.document.spans_within(block, start, end)))
                words.append(block.text[start:end])
        citations = tuple(cited for piece in spans for cited in self.document.cite(piece))
        return Printed(text or " ".join(words), citations)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A document as it is checked: its papers, and what the slices' readers have read in it.

    The checks know no slice; whoever calls them says what was read in these neutral shapes.
    """

    document: Document
    name: str  # as people know it: the file's name
    papers: tuple[Paper, ...]
    series: tuple[PrintedSeries, ...] = ()
    statistics: tuple[PrintedStatistic, ...] = ()
    resolutions: tuple[PrintedResolution, ...] = ()
    agenda: tuple[PrintedAgendaItem, ...] = ()
    headers: tuple[PrintedHeader, ...] = ()
    work_programme: tuple[PrintedWork, ...] = ()
    published: dt.date | None = None
    force: str = ""  # code of the force that it is about
    further: Mapping[str, str] = field(default_factory=dict)  # details of the document by name


@dataclass(frozen=True)
class Report:
    """All that was checked, the gravest first."""

    subjects: tuple[Subject, ...]
    results: tuple[Result, ...]

    @property
    def counts(self) -> dict[str, int]:
        return {verdict.value: sum(each.verdict is verdict for each in self.results) for verdict in Verdict}


_GRAVITY = list(Verdict)


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """The gravest first, then as they stand in the documents; what was found twice by one rule is told once."""
    once: dict[tuple[str, str, tuple[tuple[str, int], ...]], Result] = {}
    for result in results:
        places = tuple((cited.document_sha256, cited.line) for each in result.printed for cited in each.citations)
        once.setdefault((result.rule, result.message, places), result)
    return tuple(sorted(once.values(), key=_rank))


def _rank(result: Result) -> tuple[int, str, int]:
    first = result.printed[0].citations[0] if result.printed else None
    place = (first.document_sha256, first.line) if first else ("", 0)
    return (_GRAVITY.index(result.verdict), *place)
