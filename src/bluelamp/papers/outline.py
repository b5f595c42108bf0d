"""In what order, under which numbers and on which way of paper do the parts of a paper stand?

Numbers are worked out once, here, so that "1.1" is the same paragraph in every format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bluelamp.papers.model import (
    Block,
    Bullets,
    Cell,
    Cited,
    Content,
    Facts,
    Figure,
    GroupRow,
    Link,
    NumberedList,
    Paper,
    Paragraph,
    Quote,
    Run,
    Section,
    Table,
    Text,
    Words,
)

NOTES_HEADING = "About this paper"
LONG = 4_500
"""Words that fill about ten pages of A4, by the samples of tests/papers; rows and paragraphs count extra."""


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    block: Block
    number: str = ""


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section without its heading's number in its words; `nth` counts all sections from 1."""

    nth: int
    section: Section
    number: str
    blocks: tuple[PlacedBlock, ...]
    landscape: bool


def place(paper: Paper, is_wide: Callable[[Table], bool] = lambda table: False) -> tuple[PlacedSection, ...]:
    """The paper's sections with their numbers, its notes as the last of them; a wide table turns its section."""
    sections = [*paper.sections, *_notes(paper)]
    placed: list[PlacedSection] = []
    chapter, paragraph = 0, 0
    for index, section in enumerate(sections):
        numbered = section.level == 1 and _holds_numbers(sections, index)
        if section.level == 1:
            chapter, paragraph = chapter + numbered, 0
        blocks: list[PlacedBlock] = []
        for block in section.blocks:
            counts = isinstance(block, Paragraph) and block.numbered
            paragraph += counts
            blocks.append(PlacedBlock(block, f"{chapter}.{paragraph}" if counts else ""))
        wide = any(is_wide(table) for table in tables_of(section.blocks))
        placed.append(PlacedSection(index + 1, section, str(chapter) if numbered else "", tuple(blocks), wide))
    return tuple(placed)


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


def tables_of(blocks: tuple[Block, ...]) -> Iterator[Table]:
    """The tables among the blocks, with those behind figures, in order."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure) and block.table is not None:
            yield block.table


def runs_of(words: Words) -> tuple[Run, ...]:
    return (Text(words),) if isinstance(words, str) else words


def content_of(cell: Content | Cell) -> Content:
    return cell.content if isinstance(cell, Cell) else cell


def say_cited(cited: Cited) -> str:
    """ "PEEL 2021/22, page 8 (printed 6)"; the quote is not part of it."""
    if cited.page is None:
        return f"{cited.title}, printed page {cited.printed_page}" if cited.printed_page else cited.title
    if cited.printed_page and cited.printed_page != str(cited.page):
        return f"{cited.title}, page {cited.page} (printed {cited.printed_page})"
    return f"{cited.title}, page {cited.page}"


def plain_words(content: Content | Cell) -> str:
    """All the words of a cell or of runs, without their looks."""
    content = content_of(content)
    if isinstance(content, str):
        return content
    if isinstance(content, tuple):
        return "".join(_plain_run(run) for run in content)
    return getattr(content, "printed", "") or getattr(content, "words", "")


def _plain_run(run: Run) -> str:
    if isinstance(run, Cited):
        return say_cited(run) + (f": “{run.quote}”" if run.quote else "")
    return run.reference if not isinstance(run, Text | Link) else run.words


def is_long(paper: Paper) -> bool:
    """Is this a paper of more than about ten pages, so that it needs a list of contents?"""
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
            return 200
        case Facts():
            return 10 * len(block.pairs)
        case _:
            return 20
