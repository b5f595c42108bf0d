"""In what order, under which numbers and on which way of paper do the parts of a paper stand?

Numbers are worked out once, here, so that "1.1" is the same paragraph in every format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bluelamp.lib.calendar_days import say_day
from bluelamp.papers.columns import is_wide
from bluelamp.papers.model import (
    Block,
    Bullets,
    Facts,
    Figure,
    GroupRow,
    NumberedList,
    Paper,
    Paragraph,
    Quote,
    Section,
    Table,
)
from bluelamp.papers.words import plain_words

NOTES_HEADING = "About this paper"
LONG = 5_500
"""Words that fill about ten pages of A4, by the samples of tests/papers; rows and paragraphs count extra."""

_SEVERAL = 4


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block, or in a flow the heading of a section, and how the page lies on which it stands.

    `number` is a paragraph's "1.1", a chapter's "1" or a caption's "Table 2"; `behind` that of the table behind a
    figure. `nth` counts a heading among all from 1.
    """

    block: Block | Section
    number: str = ""
    behind: str = ""
    landscape: bool = False
    nth: int = 0


@dataclass(frozen=True, slots=True)
class PlacedSection:
    heading: PlacedBlock
    section: Section
    blocks: tuple[PlacedBlock, ...]


def place(paper: Paper) -> tuple[PlacedSection, ...]:
    """The paper's sections with their numbers, its notes as the last of them."""
    sections = [*paper.sections, *_notes(paper)]
    numbers = _Numbers(captioned=sum(1 for section in sections for _ in tables_of(section.blocks)) > 1)
    placed: list[PlacedSection] = []
    for index, section in enumerate(sections):
        number = numbers.next_chapter(_holds_numbers(sections, index)) if section.level == 1 else ""
        turned = [True] * (len(section.blocks) + 1) if paper.landscape else _turns(section)
        heading = PlacedBlock(section, number, landscape=turned[0], nth=index + 1)
        blocks = (numbers.place(block) for block in section.blocks)
        both = zip(blocks, turned[1:], strict=True)
        placed.append(PlacedSection(heading, section, tuple(replace(each, landscape=lies) for each, lies in both)))
    return tuple(placed)


def flow(paper: Paper) -> tuple[PlacedBlock, ...]:
    """Headings and blocks as they print, in order. A heading with nothing below it lies as the next does."""
    placed: list[PlacedBlock] = []
    for section in reversed(place(paper)):
        heading = section.heading
        if not section.blocks and placed:
            heading = replace(heading, landscape=placed[0].landscape)
        placed[:0] = [heading, *section.blocks]
    return tuple(placed)


_SHORT = 2
"""Blocks before or between wide tables that are turned along with them, so that no page holds only a heading."""


def _turns(section: Section) -> list[bool]:
    """For the heading and each block of a section: does its page lie on its side?"""
    wide = [nth for nth, block in enumerate(section.blocks) if any(map(is_wide, tables_of((block,))))]
    turned = [False] * (len(section.blocks) + 1)
    for before, this in zip([-1, *wide], wide, strict=False):
        turned[this + 1] = True
        if this - before <= _SHORT + 1:
            turned[before + 1 : this + 1] = [True] * (this - before)
    return turned


@dataclass
class _Numbers:
    """Counts chapters, their paragraphs, tables and figures; tables have numbers where there are several."""

    captioned: bool
    chapter: int = 0
    paragraph: int = 0
    tables: int = 0
    figures: int = 0

    def next_chapter(self, numbered: bool) -> str:
        self.chapter, self.paragraph = self.chapter + numbered, 0
        return str(self.chapter) if numbered else ""

    def place(self, block: Block) -> PlacedBlock:
        match block:
            case Paragraph(numbered=True):
                self.paragraph += 1
                return PlacedBlock(block, f"{self.chapter}.{self.paragraph}")
            case Table():
                return PlacedBlock(block, self._next_table())
            case Figure(table=table):
                self.figures += 1
                return PlacedBlock(block, f"Figure {self.figures}", self._next_table() if table else "")
            case _:
                return PlacedBlock(block)

    def _next_table(self) -> str:
        self.tables += 1
        return f"Table {self.tables}" if self.captioned else ""


def _holds_numbers(sections: list[Section], index: int) -> bool:
    """Has the chapter that begins at `index` a numbered paragraph?"""
    for nth, section in enumerate(sections[index:]):
        if nth and section.level == 1:
            return False
        if any(isinstance(block, Paragraph) and block.numbered for block in section.blocks):
            return True
    return False


def _notes(paper: Paper) -> Iterator[Section]:
    if paper.notes:
        blocks = (Bullets(paper.notes),) if len(paper.notes) > 1 else (Paragraph(paper.notes[0]),)
        yield Section(NOTES_HEADING, blocks)


def header_pairs(paper: Paper) -> tuple[tuple[str, str], ...]:
    """The rows at the head of the paper: the committee's, for whom, by whom, as of when."""
    prepared = (("Prepared for", paper.prepared_for), ("Prepared by", paper.prepared_by))
    return (*paper.header, *(pair for pair in prepared if pair[1]), ("As of", say_day(paper.as_of)))


def tables_of(blocks: tuple[Block, ...]) -> Iterator[Table]:
    """The tables among the blocks, with those behind figures, in order."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure) and block.table is not None:
            yield block.table


def say_caption(number: str, caption: str) -> str:
    """ "Table 2: Points by area"."""
    return f"{number}: {caption}" if number else caption


def is_long(paper: Paper) -> bool:
    """Is this a paper of more than about ten pages with several sections, so that it needs a list of contents?"""
    if len(paper.sections) < _SEVERAL:
        return False
    return sum(_weigh(block) for section in paper.sections for block in section.blocks) > LONG


def _weigh(block: Block) -> int:
    match block:
        case Paragraph() | Quote():
            return len(plain_words(block.words).split()) + 10
        case Bullets() | NumberedList():
            return sum(len(plain_words(item).split()) + 6 for item in block.items)
        case Table():
            rows = [row for row in (*block.rows, *block.totals) if not isinstance(row, GroupRow)]
            return sum(10 + sum(len(plain_words(cell).split()) for cell in row) for row in rows)
        case Figure():
            return 200 + 10 * len(block.facts)
        case Facts():
            return 10 * len(block.pairs)
        case _:
            return 20
