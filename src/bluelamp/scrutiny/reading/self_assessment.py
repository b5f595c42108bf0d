"""What does a force say of itself, characteristic by characteristic?

A self-assessment sets a numbered characteristic of good performance ("1.5"), its statement, and the force's
narrative under it or beside it. One narrative may serve several characteristics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bluelamp.documents.blocks import ASIDES, Block, BlockKind, Row, Span
from bluelamp.documents.document import Document, Part
from bluelamp.documents.facts import Reading, Unread
from bluelamp.lib.text import fold, fold_spans
from bluelamp.scrutiny.facts import SelfAssessmentRow

READER = "scrutiny.self_assessment"
VERSION = 2

_CHARACTERISTIC = re.compile(
    r"^(?:\[bookmark:[^\]\n]{0,60}\]\s?)?(?:characteristic\s{0,2}|question\s{0,2})?"
    r"(?P<number>\d{1,2}\.\d{1,2})(?!\d|%)[.):]?\s{0,4}(?P<statement>(?:[A-Z‘“\"'].*)?)$",
    re.I | re.S,
)
_SEVERAL = re.compile(
    r"^characteristics?\s{1,3}(?P<numbers>\d{1,2}\.\d{1,2}"
    r"(?:\s{0,2}(?:,|and|&|,\s{0,2}and)\s{0,2}\d{1,2}\.\d{1,2}){1,6})"
    r"\s{0,2}[:.–-]?\s{0,3}(?P<statement>.{0,600})$",
    re.I,
)
_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}")
_NAMES = r"(?:narrative|force (?:narrative|response|position)|response|commentary)"
_LABEL = re.compile(rf"^{_NAMES}\s{{0,2}}(?:[:–-]\s{{1,3}}|[:–-]?$)", re.I)
_LABEL_LINE = re.compile(rf"\s{{0,40}}{_NAMES}[ \t]{{0,3}}[:–-]?[ \t]{{0,9}}\n", re.I)
_RUN_IN = re.compile(rf"(?<=[.!?])\s(?={_NAMES}\s?[:–]\s)", re.I)
_SUB_NUMBER = re.compile(
    r"^(?P<number>\d{1,2}\.\d{1,2}\.\d{1,2})[.):]?\s{0,4}(?P<statement>(?:[A-Z‘“\"'].*)?)$", re.S
)
_QUESTION = re.compile(
    r"^(?:(?:(?:core )?question\s{1,2}|section\s{1,2}|theme\s{1,2})?\d{1,2}\s?[.:)–-]?\s{1,3})?"
    r"how (?:good|well|effective(?:ly)?|efficient(?:ly)?)\b",
    re.I,
)
_ASIDE = re.compile(
    r"^(?:owner|lead|responsible|status|rag(?: rating)?|(?:target |due )?date|(?:self[- ])?grade|rating)\b",
    re.I,
)
_LONGEST_STATEMENT = 90  # words; a statement is a sentence or two
_LONGEST_HEAD = 700  # characters
_JOIN = re.compile(r"^(?:and|and also|&)[:.]?$", re.I)
_MARK = re.compile(r"\[bookmark:[^\]\n]{0,60}\]\s?")
_HEAD = re.compile(
    r"^(?:characteristics?|statement|narrative|ref(?:erence)?|no\.?|force (?:response|narrative|position)"
    r"|self[- ]assessment|response|commentary|evidence)(?:\b.{0,60})?$",
    re.I,
)


@dataclass(frozen=True)
class _Passage:
    """Words that stand in one block or one cell, and where in the table they stand."""

    text: str
    spans: tuple[Span, ...]
    is_prose: bool = True
    marker: str = ""
    is_cell: bool = False
    is_question: bool = False  # the heading of the next question


@dataclass
class _Entry:
    number: str
    statement: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


@dataclass
class _Group:
    """The characteristics that one narrative serves."""

    entries: list[_Entry] = field(default_factory=list)
    narrative: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    joined: bool = False  # "And" stands after the last characteristic
    closed: bool = False  # the next question's heading stands after the narrative


def read_self_assessment(part: Part) -> Reading:
    """One row for each characteristic; a shared narrative is carried by each that it serves."""
    groups: list[_Group] = []
    facts: list[SelfAssessmentRow] = []
    unread: list[Unread] = _columns_left_out(part)
    for passage in _passages(part):
        if not _take(passage, groups) and passage.spans:
            reason = "These words stand between two characteristics and belong to neither."
            unread.append(Unread(reason=reason, citations=part.document.cite(passage.spans)))
    for group in groups:
        narrative = _clean(" ".join(group.narrative))
        for entry in group.entries:
            citations = part.document.cite([*entry.spans, *group.spans])
            facts.append(
                SelfAssessmentRow(
                    characteristic=entry.number,
                    statement=_clean(" ".join(entry.statement)),
                    narrative=narrative,
                    citations=citations,
                    doubt="" if narrative else "No narrative was found for this characteristic.",
                )
            )
            if not narrative:
                reason = f"The characteristic {entry.number} has no narrative of its own."
                unread.append(Unread(reason=reason, citations=citations))
    return Reading(reader=READER, version=VERSION, facts=tuple(facts), unread=tuple(unread))


def _clean(words: str) -> str:
    return fold(_MARK.sub("", words))


def _passages(part: Part) -> Iterator[_Passage]:
    for block in part.blocks:
        if block.kind in ASIDES or block.kind is BlockKind.CONTENTS:
            continue
        if block.kind is BlockKind.TABLE:
            asides = _asides(block)
            for row in block.rows:
                yield from _cells(part.document, row, asides)
        else:
            yield from _halves(part.document, block)


def _asides(block: Block) -> frozenset[int]:
    """The columns that hold neither statement nor narrative: an owner, a status, a date."""
    head = next((row for row in block.rows[:3] if row.is_head or _is_head(row)), None)
    return frozenset(cell.column for cell in head.cells if _ASIDE.match(cell.text)) if head else frozenset()


def _is_head(row: Row) -> bool:
    filled = [cell.text for cell in row.cells if cell.text]
    return any(_HEAD.match(text) for text in filled) and all(
        _HEAD.match(text) or _ASIDE.match(text) for text in filled
    )


def _columns_left_out(part: Part) -> list[Unread]:
    found = []
    for block in part.blocks:
        columns = _asides(block) if block.kind is BlockKind.TABLE else frozenset()
        names = [cell for row in block.rows[:3] for cell in row.cells if cell.column in columns]
        heads = [cell for cell in names if _ASIDE.match(cell.text)]
        if heads:
            reason = f"These columns were left out: {', '.join(cell.text for cell in heads)}."
            spans = [span for cell in heads for span in cell.spans]
            found.append(Unread(reason=reason, citations=part.document.cite(spans)))
    return found


def _cells(document: Document, row: Row, asides: frozenset[int]) -> Iterator[_Passage]:
    """The cells of a row; one that holds two characteristics is taken paragraph by paragraph."""
    filled = [cell for cell in row.cells if cell.text]
    if row.is_head or (filled and _is_head(row)):
        return
    for cell in filled:
        if cell.column in asides:
            continue
        for spans in _paragraphs(document, cell.spans):
            text = fold_spans(document.text, spans).text
            if text:
                yield _Passage(text, spans, is_cell=True)


_BREAK = re.compile(
    r"\n(?=\s*(?:\[bookmark:[^\]\n]{0,60}\]\s?)?\d{1,2}\.\d{1,2}\s)|\n(?=[ \t]*and[ \t]*(?:\n|$))", re.I
)


def _paragraphs(document: Document, spans: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    """The spans, cut before a line that begins with a characteristic's number or says only "and"."""
    gathered: list[Span] = []
    for start, end in spans:
        cuts = [found.start() for found in _BREAK.finditer(document.text, start, end)]
        for at, (left, right) in enumerate(zip([start, *cuts], [*cuts, end], strict=True)):
            words = document.text[left:right].strip()
            if at or _CHARACTERISTIC.match(words) or _JOIN.match(words):
                if gathered:
                    yield tuple(gathered)
                gathered = []
            gathered.append((left, right))
            first_line = words.split("\n", 1)[0].strip()
            if _JOIN.match(first_line) and first_line != words:
                head = document.text.index(first_line, left) + len(first_line)
                yield ((left, head),)
                gathered = [(head, right)]
    if gathered:
        yield tuple(gathered)


def _halves(document: Document, block: Block) -> Iterator[_Passage]:
    """A block, cut where a line inside it begins a characteristic."""
    asks = block.kind is BlockKind.HEADING or block.text.endswith("?")
    question = asks and bool(_QUESTION.match(block.text))
    prose = block.kind is not BlockKind.LIST_ITEM
    if question:
        yield _Passage(block.text, block.spans, is_question=True)
        return
    if not prose and _CHARACTERISTIC.match(f"{block.marker.rstrip('.)')} {block.text}"):
        yield _Passage(f"{block.marker.rstrip('.)')} {block.text}", block.spans)
        return
    for spans in _paragraphs(document, _without_label_line(document, block.spans)):
        text = fold_spans(document.text, spans).text
        if text:
            yield _Passage(text, spans, prose, block.marker)


def _without_label_line(document: Document, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans after a first line that only says "Force position"."""
    if not spans:
        return spans
    found = _LABEL_LINE.match(document.text, *spans[0])
    return ((found.end(), spans[0][1]), *spans[1:]) if found else spans


def _take(passage: _Passage, groups: list[_Group]) -> bool:
    """Gives the passage to the characteristic it belongs to; False if it belongs to none."""
    text = passage.text
    group = groups[-1] if groups else None
    several = _SEVERAL.match(text) if len(text) <= _LONGEST_HEAD else None
    if several:
        statement = [several["statement"]] if several["statement"] else []
        numbers = _NUMBER.findall(several["numbers"])
        groups.append(_Group([_Entry(n, list(statement), list(passage.spans)) for n in numbers]))
        return True
    if passage.is_question:
        if group:
            group.closed = True
        return True
    opening, *rest = _RUN_IN.split(text, maxsplit=1)
    entry = _characteristic(opening, groups, in_cell=passage.is_cell) if passage.is_prose else None
    if entry:
        entry.spans.extend(passage.spans)
        if group and group.entries and not group.narrative:
            if not group.entries[-1].statement:
                group.entries.pop()  # the number stood alone and is printed again with its statement
            group.entries.append(entry)
        else:
            groups.append(_Group([entry]))
        groups[-1].narrative.extend(_LABEL.sub("", words) for words in rest)
    elif group is None:
        return True
    elif group.closed:
        return False
    elif _JOIN.match(text) and not group.narrative:
        group.joined = True
    elif not group.entries[-1].statement:
        for open_entry in group.entries:
            if not open_entry.statement:
                open_entry.statement.append(text)
                open_entry.spans.extend(passage.spans)
    else:
        said = _LABEL.sub("", text) if not group.narrative else text
        if said:
            group.narrative.append(said)
            group.spans.extend(passage.spans)
    return True


def _characteristic(text: str, groups: list[_Group], *, in_cell: bool) -> _Entry | None:
    """The characteristic that these words open, if their number goes on from the last.

    A number of three parts is one only in a table: in prose it numbers the narrative's paragraphs.
    """
    found = _CHARACTERISTIC.match(text) or (_SUB_NUMBER.match(text) if in_cell else None)
    if not found or len(text.split()) > _LONGEST_STATEMENT:
        return None
    statement = fold(found["statement"])
    if statement and not statement[0].isupper() and statement[0] not in "‘“\"'":
        return None
    last = groups[-1].entries[-1] if groups else None
    if last and _order(found["number"]) < _order(last.number):
        return None
    return _Entry(found["number"], [statement] if statement else [])


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))
