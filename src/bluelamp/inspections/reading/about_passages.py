"""What is each passage of a report, and under what does it stand: a heading, a figure, the opening of a list?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import pairwise

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.citations import Citation
from bluelamp.documents.document import Document, Part
from bluelamp.inspections.reading.about_captions import (
    LONGEST_CAPTION,
    Caption,
    caption_pattern,
    first_sentence,
    glued_remark_pattern,
    read_caption,
    remark_pattern,
)
from bluelamp.inspections.reading.about_hyphens import Hyphens, Mended
from bluelamp.inspections.reading.about_signs import find_sentences, glued_sign
from bluelamp.inspections.reading.about_words import any_of, load_national_words
from bluelamp.inspections.reading.peel_words import Words


class PassageKind(StrEnum):
    TEXT = "text"
    ITEM = "item"  # of a list
    HEADING = "heading"
    CAPTION = "caption"
    REMARK = "remark"  # "Note: ..." or "Source: ..." under a figure or table
    NOTE = "note"  # a footnote
    TABLE = "table"


@dataclass(frozen=True)
class Passage:
    """A run of words with its place. `text` are the block's words, those whole again that a line's end broke.
    `away`: how many passages of prose stand between it and `caption`.
    """

    document: Document
    block: Block
    mended: Mended
    kind: PassageKind
    order: int
    section: str = ""
    head_words: tuple[str, ...] = ()  # the headings above it, outermost first
    caption: Caption | None = None
    away: int = 0

    @property
    def text(self) -> str:
        return self.mended.text

    @property
    def near_caption(self) -> Caption | None:
        """The figure or table that a remark without a name of its own speaks of."""
        return self.caption if self.caption and self.away == 0 else None

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        return tuple(find_sentences(self.text))

    @cached_property
    def _words(self) -> Words:
        return Words(self.document, self.block)

    def cite(self, start: int = 0, end: int | None = None) -> tuple[Citation, ...]:
        end = len(self.text) if end is None else end
        return (
            self._words.cite(self.mended.original(start), self.mended.original(end - 1) + 1) if start < end else ()
        )


_BARE_NOTE = re.compile(r"(\d{1,3})\s+(?=[A-Z‘“])")
_NOTES_AWAY = 30  # passages before a footnote in which its sign stands
_GLUED_NOTES = re.compile(r"(?:^|(?<=\s))(\d{1,3})(?=[A-Z‘“\"'])")


@lru_cache(maxsize=1)
def _only_label() -> re.Pattern[str]:
    labels = any_of(load_national_words().labels)
    return re.compile(rf"\W*(?:{labels})(?:\s+\(?[A-Z]?\d{{0,3}}(?:\.\d+)?\)?)?\s*[:.]?\W*", re.I)


def read_passages(part: Part, hyphens: Hyphens) -> list[Passage]:
    """Every passage in order, but contents; boxes opened, and notes that stand in one block parted."""
    walk = _Walk(part.document, hyphens)
    blocks = [cut for block in part.blocks for cut in _loose(part.document, block)]
    for position, block in enumerate(blocks):
        walk.take(block, blocks[position + 1] if position + 1 < len(blocks) else None)
    return walk.passages


def _loose(document: Document, block: Block) -> Iterator[Block]:
    if block.kind is BlockKind.CONTENTS or not block.text:
        return
    if block.kind is BlockKind.TABLE and all(
        sum(bool(cell.text) for cell in row.cells) <= 1 for row in block.rows
    ):
        for cell in (cell for row in block.rows for cell in row.cells if cell.text):
            yield replace(block, kind=BlockKind.PARAGRAPH, text=cell.text, spans=cell.spans, rows=())
    elif block.kind is BlockKind.PARAGRAPH and _GLUED_NOTES.match(block.text):
        yield from _part_notes(document, block)
    elif caption_pattern().match(block.text) and (remarks := list(glued_remark_pattern().finditer(block.text))):
        yield from _cut(document, block, [found.start() for found in remarks])
    else:
        yield block


def _cut(document: Document, block: Block, cuts: list[int]) -> Iterator[Block]:
    """A caption, and the note and source that lost their line break before them."""
    for start, end in pairwise([0, *cuts, len(block.text)]):
        words = block.text[start:end].strip()
        begin = block.text.index(words, start)
        yield replace(block, text=words, spans=document.spans_within(block, begin, begin + len(words)))


def _part_notes(document: Document, block: Block) -> Iterator[Block]:
    """ "1See the annex. 2Kent gave no figures." is two footnotes whose signs lost their space."""
    starts: list[re.Match[str]] = []
    for found in _GLUED_NOTES.finditer(block.text):
        if not starts or int(found[1]) == int(starts[-1][1]) + 1:
            starts.append(found)
    ends = [found.start() for found in starts[1:]] + [len(block.text)]
    for found, end in zip(starts, ends, strict=True):
        words = block.text[found.end() : end].rstrip()
        spans = document.spans_within(block, found.end(), found.end() + len(words))
        yield replace(block, kind=BlockKind.FOOTNOTE, text=words, spans=spans, marker=found[1])


class _Walk:
    def __init__(self, document: Document, hyphens: Hyphens) -> None:
        self.document = document
        self.hyphens = hyphens
        self.passages: list[Passage] = []
        self.heads: list[tuple[int, str]] = []  # level and words
        self.section = ""
        self.caption: Caption | None = None
        self.away = 0
        self.title_of: Block | None = None  # the block that is the title of a caption before it

    def take(self, block: Block, following: Block | None) -> None:
        caption = None if block.kind in (BlockKind.TABLE, BlockKind.FOOTNOTE) else read_caption(self._words(block))
        if caption:
            self._open_caption(block, caption, following)
        elif block is self.title_of:
            self._add(block, PassageKind.CAPTION)
        elif block.kind is BlockKind.HEADING and not self._is_remark(block):
            self._open_head(block)
        elif note := self._as_note(block):
            self._add(note, PassageKind.NOTE)
        else:
            self._add(block, self._kind_of(block))

    def _words(self, block: Block) -> str:
        return self.hyphens.mend(block.text).text

    def _is_remark(self, block: Block) -> bool:
        return self.caption is not None and self.away == 0 and remark_pattern().match(block.text) is not None

    def _as_note(self, block: Block) -> Block | None:
        """A footnote whose number was read as a word: "23 Kent gave no figures", after "... July 202623"."""
        found = _BARE_NOTE.match(block.text) if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) else None
        if not found:
            return None
        sign = glued_sign(found[1])
        if not any(sign.search(passage.text) for passage in self.passages[-_NOTES_AWAY:]):
            return None
        spans = self.document.spans_within(block, found.end(), len(block.text))
        words = block.text[found.end() :]
        return replace(block, kind=BlockKind.FOOTNOTE, text=words, spans=spans, marker=found[1], level=0)

    def _open_caption(self, block: Block, found: tuple[str, str, int], following: Block | None) -> None:
        label, number, start = found
        title, blocks = first_sentence(self._words(block)[start:]), [block]
        if (
            not title
            and following
            and following.kind is not BlockKind.TABLE
            and len(following.text) < LONGEST_CAPTION
        ):
            title, blocks, self.title_of = first_sentence(self._words(following)), [block, following], following
        self.caption, self.away = Caption(label, number, title, tuple(blocks)), 0
        self._add(block, PassageKind.CAPTION)

    def _open_head(self, block: Block) -> None:
        while self.heads and self.heads[-1][0] >= block.level:
            self.heads.pop()
        words = self._words(block)
        self.heads.append((block.level, words))
        if not _only_label().fullmatch(words):
            self.section = words
        self.caption = None
        self._add(block, PassageKind.HEADING)

    def _kind_of(self, block: Block) -> PassageKind:
        match block.kind:
            case BlockKind.TABLE:
                return PassageKind.TABLE
            case BlockKind.FOOTNOTE:
                return PassageKind.NOTE
            case BlockKind.LIST_ITEM:
                return PassageKind.ITEM
            case _ if self._is_remark(block):
                return PassageKind.REMARK
            case _:
                return PassageKind.TEXT

    def _add(self, block: Block, kind: PassageKind) -> None:
        self.passages.append(
            Passage(
                document=self.document,
                block=block,
                mended=self.hyphens.mend(block.text),
                kind=kind,
                order=len(self.passages),
                section=self.section,
                head_words=tuple(words for _, words in self.heads),
                caption=self.caption,
                away=self.away,
            )
        )
        prose = kind in (PassageKind.TEXT, PassageKind.ITEM) and len(block.text) > _LONGEST_LABEL
        self.away += prose


_LONGEST_LABEL = 60  # characters: words in a drawing, not prose
