"""Does a note beside a table say that its figures need not add up, or that they were rounded?

Looked for in the table's title, in rows that are one run of words, and in the few blocks right before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bluelamp.checks.model import Subject
from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.printed_tables import Table

_NEED_NOT = re.compile(
    r"\b(?:more than one|more than once|(?:only|just) once|counted once|double[- ]count\w*|overlap\w*"
    r"|(?:do|does|did|may|might|will|can|would|need|should|could)(?: not|n't|n’t)(?: necessarily| always| all"
    r"| be)?"
    r" (?:sum|add(?:ed)?|total|cast|equal|match|agree|reconcile)\w*|cannot be (?:summed|added)\w*"
    r"|not (?:additive|mutually exclusive)|multiple (?:answers|responses|categories|options|flags|reasons"
    r"|offences)"
    r"|several (?:categories|answers|reasons|areas|options)|(?:as|one or) many (?:as|or more)|all that appl(?:y"
    r"|ied)"
    r"|not (?:shown|listed|displayed|included) (?:here|below|above|in the table|separately|individually)"
    r"|(?:selected|main|top|largest|most (?:common|frequent)|some) (?:\w+ ){0,2}(?:only|are shown|are listed"
    r"|shown|below)"
    r"|(?:the )?totals? (?:also )?(?:includes?|excludes?|contains?|differs?)|includes? (?:some "
    r"|other )?\w+ not shown)\b",
    re.I,
)
_ROUNDED = re.compile(
    r"\brounded\b|\brounding\b|\bto the nearest (?:\d+|ten|five|hundred|thousand|whole|pound)\b", re.I
)
_BEFORE: Final = 2
_AFTER: Final = 3
_LONGEST: Final = 600


class Note(StrEnum):
    NONE = ""
    ROUNDED = "rounded"
    NEED_NOT_SUM = "need not sum"
    HIDES = "hides"  # rows or columns of its sheet are not shown, and may be counted


def note_beside(table: Table, blocks: Sequence[Block], at: int | None) -> Note:
    """What the words beside the table at `blocks[at]` say of it."""
    found = Note.NONE
    for words in _words(table, blocks, at):
        said = _note_in(words)
        if said is Note.NEED_NOT_SUM:
            return said
        found = found or said
    return found


@lru_cache(maxsize=4096)  # the heads of tables are the same words again and again
def _note_in(words: str) -> Note:
    lower = words.lower()
    if ("round" in lower or "nearest" in lower) and _ROUNDED.search(words):
        return Note.ROUNDED
    return Note.NEED_NOT_SUM if _NEED_NOT.search(words) else Note.NONE


def _words(table: Table, blocks: Sequence[Block], at: int | None) -> Iterator[str]:
    yield table.title[:_LONGEST]
    for row in (*table.heads[:3], *table.body[-4:]):
        filled = [cell.text for cell in row.cells if cell.text.strip()]
        if len(filled) == 1 and len(filled[0]) > 20:
            yield filled[0][:_LONGEST]
    yield from (name[:_LONGEST] for name in table.names)
    if at is None:
        return
    for block in reversed(blocks[max(0, at - _BEFORE) : at]):
        if block.kind is BlockKind.TABLE:
            break
        yield block.text[:_LONGEST]
    for block in blocks[at + 1 : at + 1 + _AFTER]:
        if block.kind in (BlockKind.TABLE, BlockKind.HEADING):
            break
        yield block.text[:_LONGEST]


# -- notes on a row -----------------------------------------------------------------------------------------

_MARK = r"[*†‡§¹²³⁴]{1,3}|\((?:[rp]|[a-e]|[1-9])\)|\[[1-9]\]"
_MARKED = re.compile(rf"(?:{_MARK})\s*$", re.I)
_NOTE = re.compile(rf"\s*(?:notes?:?\s*)?(?P<mark>{_MARK})", re.I)
_OTHER_BASIS = re.compile(
    r"\b(?:(?:new|old|different|revised|other|amended|same|like[- ]for[- ]like)"
    r" (?:basis|definition|method\w*|counting)"
    r"|restated|rebased|re-based|revised|redefined|recalculated|adjusted|not (?:directly )?comparable"
    r"|change (?:in|of|to) (?:the )?(?:definition|recording|counting|method\w*|basis))\b",
    re.I,
)


def rebased_marks(subject: Subject) -> frozenset[str]:
    """The marks ("*") whose note says that a row's figures are not all of one basis."""
    found = set()
    for paper in subject.papers:
        for block in paper.blocks:
            if block.kind is BlockKind.TABLE:
                continue
            mark = _NOTE.match(f"{block.marker}{block.text[:40]}")
            if mark and _OTHER_BASIS.search(block.text[:_LONGEST]):
                found.add(mark["mark"].lower())
    return frozenset(found)


def is_marked(name: str, marks: frozenset[str]) -> bool:
    found = _MARKED.search(name)
    return bool(found) and found is not None and found.group().strip().lower() in marks
