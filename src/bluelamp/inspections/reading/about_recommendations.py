"""What is recommended to every force: the report's numbered recommendations, and demands in its prose?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bluelamp.documents.blocks import Row
from bluelamp.documents.citations import Citation
from bluelamp.inspections.facts import Deadline, Finding, Mention
from bluelamp.inspections.reading.about_context import Report, Stretch
from bluelamp.inspections.reading.about_demands import (
    UNADDRESSED,
    Addressed,
    addresses_all,
    addresses_forces,
    asks_for_change,
    find_subject,
    is_recommending,
    names_another,
    opens_with_order,
    states_standards,
)
from bluelamp.inspections.reading.about_passages import Passage, PassageKind
from bluelamp.inspections.reading.about_signs import find_sentences
from bluelamp.inspections.reading.deadlines import read_deadline
from bluelamp.inspections.reading.vocabulary import explains_a_term
from bluelamp.lib.text import fold

IN_PROSE = "It stands in the text, not among the recommendations."
_ASKING = ("recommendation", "area_for_improvement")


@dataclass(frozen=True)
class Places:
    """The sections of a report by line: a finding keeps no more of its place than its citations."""

    report: Report

    def section_at(self, line: int) -> str:
        found = ""
        for passage in self.report.passages:
            start = passage.block.spans[0][0] if passage.block.spans else 0
            if passage.document.line_at(start) > line:
                break
            found = passage.section
        return found


def read_findings(report: Report, findings: Sequence[Finding], *, sure: bool) -> Iterator[Mention]:
    """A mention for each recommendation, and area for improvement, that is every force's. `sure`: the document is
    an inspection report, so that what stands under a number is a recommendation whoever it is for."""
    places = Places(report)
    for finding in findings:
        if finding.type not in _ASKING:
            continue
        addressed = _addressed(report, finding, sure=sure)
        if addressed is None:
            continue
        text = report.hyphens.mend("\n".join(p for p in (finding.title, finding.text, *finding.parts) if p)).text
        yield _make(
            report,
            fold(text),
            finding.citations,
            section=places.section_at(finding.citations[0].line),
            number=finding.number,
            doubt=addressed.doubt,
            deadline=finding.deadline,
        )


def _addressed(report: Report, finding: Finding, *, sure: bool) -> Addressed | None:
    """Whom its first demand is for; one that names nobody else, under a number, is taken for everybody's."""
    demands = [
        sentence
        for words in (report.hyphens.mend(finding.title).text, report.hyphens.mend(finding.text).text)
        for start, end in find_sentences(words)
        if find_subject(sentence := words[start:end]) is not None
    ]
    if not demands:
        return None
    addressed = addresses_all(demands[0])
    open_to_all = sure and finding.type == "recommendation" and finding.number and not names_another(demands[0])
    if addressed or not open_to_all:
        return addressed
    return Addressed(strong=False, doubt=UNADDRESSED)


def read_demands(report: Report, found: Sequence[Mention]) -> Iterator[Mention]:
    """A mention for each sentence of prose, or cell of a table, that demands something of every force, beside what
    was `found` already as a recommendation of its own."""
    known = _Known(found)
    for mention in _read_all_demands(report):
        if not known.holds(mention.citations[0]):
            yield mention


class _Known:
    """Where the recommendations stand that were found already."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._by_line: dict[int, list[str]] = {}
        for citation in (citation for mention in mentions for citation in mention.citations):
            for line in range(citation.line, citation.line_end + 1):
                self._by_line.setdefault(line, []).append(citation.quote)

    def holds(self, citation: Citation) -> bool:
        return any(citation.quote in quote for quote in self._by_line.get(citation.line, ()))


def _read_all_demands(report: Report) -> Iterator[Mention]:
    for passage in report.passages:
        if passage.kind is PassageKind.TABLE:
            yield from _read_addressed_rows(report, passage)
            yield from _read_cells(report, passage)
        elif passage.kind in _ENTRIES and passage.head_words and _heads_demands(passage.head_words):
            yield from _read_entry(report, passage)
        elif passage.kind is not PassageKind.CAPTION and _may_demand(passage.text):
            yield from _read_passage(report, passage)


_MAY_DEMAND = re.compile(
    r"\b(?:should|must|shall|ought|needs?|required|recommends?|expect|urge|want|ask|encourage|call)\b", re.I
)


def _may_demand(text: str) -> bool:
    return _MAY_DEMAND.search(text) is not None


def _read_passage(report: Report, passage: Passage) -> Iterator[Mention]:
    if states_standards(passage.head_words) or explains_a_term(passage.text):
        return
    for start, end in passage.sentences:
        stretch = Stretch(passage, start, end)
        addressed = addresses_all(stretch.text)
        if addressed and _is_demand_here(addressed, stretch):
            yield _make_of(report, stretch, addressed)


def _is_demand_here(addressed: Addressed, stretch: Stretch) -> bool:
    """In prose "forces should have a policy" is a standard, unless it has a deadline or asks for a change."""
    if addressed.strong or is_recommending(stretch.passage.head_words[-1:]):
        return True
    return asks_for_change(stretch.text) or read_deadline(stretch.text) is not None


def _make_of(report: Report, stretch: Stretch, addressed: Addressed) -> Mention:
    passage = stretch.passage
    parts: list[Passage] = []
    if stretch.text.rstrip().endswith(":") and stretch.end == len(passage.text):
        parts = report.items_under(passage)
    text = " ".join([stretch.text, *(part.text for part in parts)])
    recommending = is_recommending(passage.head_words)
    marker = passage.block.marker.strip("().: ")
    return _make(
        report,
        text,
        (*stretch.cite(), *(citation for part in parts for citation in part.cite())),
        section=passage.section,
        number=marker if recommending and marker[:1].isdigit() else "",
        doubt=addressed.doubt or ("" if recommending or addressed.strong else IN_PROSE),
        deadline=read_deadline(stretch.text),
    )


_ENTRIES = (PassageKind.ITEM, PassageKind.TEXT)
_FEWEST_WORDS = 5
_FEWEST_OF_ORDER = 3


def _heads_demands(heads: tuple[str, ...]) -> bool:
    """ "Recommendations for forces"; or "To all chief constables" under "Recommendations"."""
    inner = heads[-1]
    return addresses_forces(inner) and (is_recommending((inner,)) or is_recommending(heads[-2:-1]))


def _read_entry(report: Report, passage: Passage) -> Iterator[Mention]:
    """What stands under a heading that says whom it is for need not say so again ("Count what is held.")."""
    start, end = passage.sentences[0] if passage.sentences else (0, 0)
    words = passage.text[start:end]
    if len(words.split()) < _FEWEST_OF_ORDER or (find_subject(words) is not None and names_another(words)):
        return
    if find_subject(words) is None and not opens_with_order(words):
        return
    marker = passage.block.marker.strip("().: ")
    yield _make(
        report,
        words,
        passage.cite(start, end),
        section=passage.section,
        number=marker if marker[:1].isdigit() else "",
        deadline=read_deadline(words),
    )


def _read_addressed_rows(report: Report, passage: Passage) -> Iterator[Mention]:
    """A table of recommendations with a column that says whom each is for."""
    if not is_recommending((*passage.head_words[-1:], passage.text[:_HEAD_OF_TABLE])):
        return
    for row in report.rows_of(passage):
        whom = next((cell for cell in row.cells if cell.text and addresses_forces(cell.text)), None)
        longest = max(
            (cell for cell in row.cells if cell is not whom), key=lambda cell: len(cell.text), default=None
        )
        if whom is None or longest is None or len(longest.text.split()) < _FEWEST_WORDS:
            continue
        yield _make(
            report,
            longest.text,
            passage.document.cite([span for cell in row.cells for span in cell.spans]),
            section=passage.section,
            number=_number_of(row),
            deadline=_deadline_in(longest.text, row),
        )


_LONGEST_DAY = 40
_HEAD_OF_TABLE = 120  # characters in which a table's head says that it lists recommendations
_LONGEST_NUMBER = 5


def _read_cells(report: Report, passage: Passage) -> Iterator[Mention]:
    if not _may_demand(passage.text) or states_standards(passage.head_words):
        return
    for row in report.rows_of(passage):
        for cell in (cell for cell in row.cells if _may_demand(cell.text)):
            for start, end in find_sentences(cell.text):
                words = cell.text[start:end]
                addressed = addresses_all(words)
                if addressed and addressed.strong:
                    yield _make(
                        report,
                        words,
                        passage.document.cite(cell.spans),
                        section=passage.section,
                        number=_number_of(row),
                        doubt=addressed.doubt,
                        deadline=_deadline_in(words, row),
                    )


def _number_of(row: Row) -> str:
    first = row.cells[0].text.strip("().: ")
    return first if first[:1].isdigit() and len(first) <= _LONGEST_NUMBER else ""


def _deadline_in(words: str, row: Row) -> Deadline | None:
    """The demand's own deadline, else that of a short cell beside it: "1 December 2027" in a column "When"."""
    if own := read_deadline(words):
        return own
    for cell in (cell for cell in row.cells if 0 < len(cell.text) <= _LONGEST_DAY):
        if found := read_deadline(cell.text) or read_deadline(f"by {cell.text}"):
            return replace(found, printed=cell.text)
    return None


def _make(
    report: Report,
    text: str,
    citations: tuple[Citation, ...],
    *,
    section: str,
    number: str = "",
    doubt: str = "",
    deadline: Deadline | None = None,
) -> Mention:
    named = report.naming.find(text)
    own = next((name for name in named if name.code == report.naming.own.code), None)
    return Mention(
        about=report.naming.own.code,
        nature="recommendation_to_all",
        text=text,
        named_as=own.words if own else "",
        section=section,
        number=number,
        deadline=deadline,
        doubt=doubt,
        citations=citations,
    )
