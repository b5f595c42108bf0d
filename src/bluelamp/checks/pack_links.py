"""What in a pack belongs together: an agenda item and its paper, a paper and the tables that it speaks of?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bluelamp.checks.model import Check, Paper, PrintedAgendaItem, Report, Result, Subject, Verdict
from bluelamp.documents.citations import Citation
from bluelamp.lib.text import fold

_SPEAKS = frozenset({Check.CLAIM, Check.CROSS_DOCUMENT, Check.REFERENCE})
_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
_SMALL |= {"report", "update", "paper"}
_MINUTES = re.compile(r"^(?:draft )?(?:minutes|notes)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:previous|last|held on)\b", re.IGNORECASE)
ALIKE = 0.6
"""Share of words that two titles have in common, from which they are taken for the same."""


@dataclass(frozen=True, kw_only=True)
class PlacedPaper:
    """A paper of a pack: its title, where it begins, and the agenda item that it is for."""

    document_sha256: str
    title: str
    page: int | None
    line: int
    agenda_number: str = ""
    agenda_title: str = ""
    agenda_line: int | None = None


@dataclass(frozen=True, kw_only=True)
class SpeaksOf:
    """One paper speaks of what stands in another place: where, how often it was compared, how often it agrees."""

    paper: str  # title
    of: str  # title of the paper that holds the place
    place: Citation
    times: int
    agree: int


@dataclass(frozen=True)
class PackLinks:
    papers: tuple[PlacedPaper, ...]
    speaks_of: tuple[SpeaksOf, ...]
    items_without_paper: tuple[PrintedAgendaItem, ...] = ()


def link_pack(report: Report) -> PackLinks:
    """The papers of every pack in order, each with its agenda item; and what speaks of what."""
    papers: list[PlacedPaper] = []
    without: list[PrintedAgendaItem] = []
    for subject in report.subjects:
        if len(subject.papers) > 1:
            placed, left = _place_papers(subject)
            papers += placed
            without += left
    return PackLinks(tuple(papers), tuple(_speaking(report)), tuple(without))


def _place_papers(subject: Subject) -> tuple[list[PlacedPaper], list[PrintedAgendaItem]]:
    used: set[int] = set()
    placed = []
    for paper in subject.papers:
        first = _first_citation(paper)
        if first is None:
            continue
        index = _find_item(paper, subject.agenda, used)
        item = subject.agenda[index] if index is not None else None
        if index is not None:
            used.add(index)
        placed.append(
            PlacedPaper(
                document_sha256=subject.document.sha256,
                title=paper.title or "Without a title",
                page=first.page,
                line=first.line,
                agenda_number=item.number if item else "",
                agenda_title=item.title if item else "",
                agenda_line=item.citations[0].line if item else None,
            )
        )
    return placed, [item for index, item in enumerate(subject.agenda) if index not in used]


def _first_citation(paper: Paper) -> Citation | None:
    for block in paper.blocks:
        if cited := paper.document.cite(block):
            return cited[0]
    return None


def _find_item(paper: Paper, agenda: Sequence[PrintedAgendaItem], used: set[int]) -> int | None:
    """By the number in the paper's head where one item has it, else by the title that is most like it."""
    number = _plain_number(paper.header.agenda_item) if paper.header else ""
    named = [index for index, item in enumerate(agenda) if number and _plain_number(item.number) == number]
    if len(named) == 1:
        return named[0]
    if _MINUTES.match(paper.title):
        minutes = (i for i, item in enumerate(agenda) if _MINUTES.match(item.title) and _LAST.search(item.title))
        return next(minutes, None)
    alike = [(likeness(paper.title, agenda[i].title), -i) for i in (named or range(len(agenda))) if i not in used]
    best, index = max(alike, default=(0.0, 0))
    return -index if best >= ALIKE else None


def _plain_number(words: str) -> str:
    found = _WORD.search(words.lower().removeprefix("item").removeprefix("agenda item"))
    return found.group().lstrip("0") if found else ""


def likeness(left: str, right: str) -> float:
    """Words in common against those of the shorter title; small words do not count, nor do titles of one word."""
    a, b = (set(_WORD.findall(fold(each).lower())) - _SMALL for each in (left, right))
    shorter = min(len(a), len(b))
    if shorter == 0 or (shorter == 1 and a != b):
        return 0.0
    return len(a & b) / shorter if shorter > 1 else 1.0


def _speaking(report: Report) -> Iterator[SpeaksOf]:
    """Sentences and figures that were compared with words in another block of the pack, by pairs of places."""
    where = _Whereabouts(report.subjects)
    pairs: dict[tuple[str, str, str, int], list[tuple[Result, Citation]]] = {}
    for result in report.results:
        if result.check in _SPEAKS and len(result.printed) > 1:
            speaking = where.paper_at(result.printed[0].citations[0])
            for other in result.printed[1:]:
                cited = other.citations[0]
                spoken_of, table = where.paper_at(cited), where.table_at(cited)
                in_table = table is not None and result.check is not Check.REFERENCE
                if speaking and spoken_of and (speaking is not spoken_of or in_table):
                    key = (speaking.title, spoken_of.title, cited.document_sha256, table or cited.line)
                    pairs.setdefault(key, []).append((result, cited))
    for (paper, of, _, _), found in pairs.items():
        agree = sum(result.verdict is Verdict.CONSISTENT for result, _ in found)
        yield SpeaksOf(paper=paper, of=of, place=found[0][1], times=len(found), agree=agree)


class _Whereabouts:
    """In which paper, and in which of its tables, does a line stand?"""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._papers: dict[str, list[tuple[int, Paper]]] = {}
        self._tables: dict[str, list[tuple[int, int]]] = {}
        for subject in subjects:
            key = subject.document.sha256
            for paper in subject.papers:
                if first := _first_citation(paper):
                    self._papers.setdefault(key, []).append((first.line, paper))
            for block in subject.document.blocks:
                if block.rows and block.spans:
                    line_at = subject.document.line_at
                    span = (line_at(block.spans[0][0]), line_at(max(block.spans[0][0], block.spans[-1][1] - 1)))
                    self._tables.setdefault(key, []).append(span)
        for papers in self._papers.values():
            papers.sort(key=lambda each: each[0])
        for tables in self._tables.values():
            tables.sort()

    def paper_at(self, citation: Citation) -> Paper | None:
        papers = self._papers.get(citation.document_sha256, [])
        index = bisect_right([line for line, _ in papers], citation.line) - 1
        return papers[index][1] if index >= 0 else None

    def table_at(self, citation: Citation) -> int | None:
        """The first line of the table in which the citation stands; None outside tables."""
        tables = self._tables.get(citation.document_sha256, [])
        index = bisect_right(tables, (citation.line, 1 << 60)) - 1
        inside = index >= 0 and tables[index][0] <= citation.line <= tables[index][1]
        return tables[index][0] if inside else None
