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
VERSION = 1

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
_LABEL = re.compile(
    r"^(?:narrative|force (?:narrative|response|position)|response|commentary)\s{0,2}[:–-]\s{1,3}", re.I
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


def read_self_assessment(part: Part) -> Reading:
    """One row for each characteristic; a shared narrative is carried by each that it serves."""
    groups: list[_Group] = []
    for passage in _passages(part):
        _take(passage, groups)
    facts, unread = [], []
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
            for row in block.rows:
                yield from _cells(part.document, row)
        else:
            yield from _halves(part.document, block)


def _cells(document: Document, row: Row) -> Iterator[_Passage]:
    """The cells of a row; one that holds two characteristics is taken paragraph by paragraph."""
    filled = [cell for cell in row.cells if cell.text]
    if row.is_head or (filled and all(_HEAD.match(cell.text) for cell in filled)):
        return
    for cell in filled:
        for spans in _paragraphs(document, cell.spans):
            text = fold_spans(document.text, spans).text
            if text:
                yield _Passage(text, spans)


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
    prose = block.kind is not BlockKind.LIST_ITEM
    if not prose and _CHARACTERISTIC.match(f"{block.marker.rstrip('.)')} {block.text}"):
        yield _Passage(f"{block.marker.rstrip('.)')} {block.text}", block.spans)
        return
    for spans in _paragraphs(document, block.spans):
        text = fold_spans(document.text, spans).text
        if text:
            yield _Passage(text, spans, prose, block.marker)


def _take(passage: _Passage, groups: list[_Group]) -> None:
    text = passage.text
    group = groups[-1] if groups else None
    several = _SEVERAL.match(text) if len(text) <= _LONGEST_HEAD else None
    if several:
        statement = [several["statement"]] if several["statement"] else []
        numbers = _NUMBER.findall(several["numbers"])
        groups.append(_Group([_Entry(n, list(statement), list(passage.spans)) for n in numbers]))
        return
    entry = _characteristic(text, groups) if passage.is_prose else None
    if entry:
        entry.spans.extend(passage.spans)
        if group and group.entries and not group.narrative:
            if not group.entries[-1].statement:
                group.entries.pop()  # the number stood alone and is printed again with its statement
            group.entries.append(entry)
        else:
            groups.append(_Group([entry]))
    elif group is None:
        return
    elif _JOIN.match(text) and not group.narrative:
        group.joined = True
    elif not group.entries[-1].statement:
        for open_entry in group.entries:
            if not open_entry.statement:
                open_entry.statement.append(text)
                open_entry.spans.extend(passage.spans)
    else:
        group.narrative.append(_LABEL.sub("", text) if not group.narrative else text)
        group.spans.extend(passage.spans)


def _characteristic(text: str, groups: list[_Group]) -> _Entry | None:
    """The characteristic that these words open, if their number goes on from the last."""
    found = _CHARACTERISTIC.match(text)
    if not found or len(text.split()) > _LONGEST_STATEMENT:
        return None
    statement = fold(found["statement"])
    if statement and not statement[0].isupper() and statement[0] not in "‘“\"'":
        return None
    last = groups[-1].entries[-1] if groups else None
    if last and _order(found["number"]) < _order(last.number):
        return None
    return _Entry(found["number"], [statement] if statement else [])


def _order(number: str) -> tuple[int, int]:
    whole, _, part = number.partition(".")
    return int(whole), int(part)
