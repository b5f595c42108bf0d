"""How is a report laid out: which blocks stand under which area and which head?

Levels and types of headings are unreliable (a title may be a heading, a strong paragraph or a short plain
line), so a part begins where the words are those of an area or of a standing head, whatever the type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import takewhile, zip_longest

from bluelamp.documents.blocks import Block, BlockKind, as_paragraph
from bluelamp.documents.document import Document, Part
from bluelamp.inspections.frameworks import Grade
from bluelamp.inspections.reading.peel_areas import Names
from bluelamp.inspections.reading.vocabulary import CLAIMED, PRACTICES, Head, Role, is_sentence, read_head
from bluelamp.lib.letters import SALUTATION


class PieceKind(StrEnum):
    TITLE = "title"  # a heading or strong line that is no area and no standing head
    TEXT = "text"
    ITEM = "item"
    TABLE = "table"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Piece:
    kind: PieceKind
    block: Block
    grade: Grade | str | None = None

    @property
    def text(self) -> str:
        return self.block.text


@dataclass(slots=True)
class Section:
    """What stands under one head. `role` None is the opening of a chapter on `area`."""

    area: str = ""
    printed_area: str = ""
    role: Role | None = Role.OUTSIDE
    head: Head | None = None
    head_block: Block | None = None
    pieces: list[Piece] = field(default_factory=list)
    names_area: bool = False  # its head names the area, or that of the concern which it answers does


_QUESTION_LONGEST = 45  # words
_PLAIN_HEAD_LONGEST = 16
_GRADE_LONGEST = 90  # characters


def read_outline(part: Part, names: Names) -> list[Section]:
    """The sections of a report in order; every block but contents and notes is in exactly one."""
    reader = _Outline(part.document, names)
    for block in _loose_blocks(part):
        reader.take(block)
    sections = reader.sections
    _turn_subject_line(sections)
    _turn_grade_first(sections)
    _forget_summaries(sections)
    for section in sections:
        section.pieces = _with_untyped_titles(section)
    return sections


def _turn_subject_line(sections: list[Section]) -> None:
    """Right under its salutation a letter says what it is about; the findings stand under heads further down."""
    for position, section in enumerate(sections[1:], 1):
        before = sections[position - 1].pieces
        if section.role in CLAIMED and before and SALUTATION.match(before[-1].text):
            if any(other.role is section.role and other.head_block for other in sections[position + 1 :]):
                section.role, section.area = Role.OUTSIDE, ""
            return


def _turn_grade_first(sections: list[Section]) -> None:
    """A summary that names a grade and then its areas ("Good", two areas, "Inadequate", one): each area has the
    grade above it. Told from area-first by the grade before the first area and the last area's having none."""
    for start in range(1, len(sections)):
        before = sections[start - 1]
        opens = before.role in (Role.OTHER, Role.OUTSIDE) and before.pieces
        if not opens or before.pieces[-1].kind is not PieceKind.GRADE:
            continue
        run = list(takewhile(_is_bare_area, (sections[at] for at in range(start, len(sections)))))
        if len(run) < _SUMMARY - 1 or run[-1].pieces:
            continue
        grade = before.pieces.pop()
        for section in run:
            held, section.pieces = section.pieces, [grade]
            grade = held[-1] if held else grade


def _is_bare_area(section: Section) -> bool:
    bare = all(piece.kind is PieceKind.GRADE for piece in section.pieces)
    return section.role is None and bare and not any(p.block is section.head_block for p in section.pieces)


def _forget_summaries(sections: list[Section]) -> None:
    """Three areas or more with a grade and no words are a summary: what is recommended next is about all."""
    bare = 0
    for section in sections:
        if section.role is None:
            bare = bare + 1 if all(piece.kind is PieceKind.GRADE for piece in section.pieces) else 0
        elif section.role is Role.RECOMMENDATION and bare >= _SUMMARY:
            section.area = section.printed_area = ""
        elif section.role is not Role.OTHER:
            bare = 0


_SUMMARY = 3


def _loose_blocks(part: Part) -> Iterator[Block]:
    """The blocks, with boxes opened: a table of one column is a frame round paragraphs."""
    for block in part.blocks:
        if block.kind in (BlockKind.CONTENTS, BlockKind.FOOTNOTE):
            continue
        if block.kind is BlockKind.TABLE and _is_box(block):
            for row in block.rows:
                yield from (as_paragraph(block, cell) for cell in row.cells if cell.text)
        else:
            yield from _without_glued_heads(part.document, block)


def _without_glued_heads(document: Document, block: Block) -> Iterator[Block]:
    """A standing head that lost its line break stands apart from the words before or after it again."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        yield block
        return
    before = _HEAD_BEFORE.match(block.text)
    after = _HEAD_AFTER.search(block.text, max(0, len(block.text) - _HEAD_LONGEST))
    start = before.end() if before else 0
    end = after.start(1) if after else len(block.text)
    if before:
        yield _cut(document, block, 0, start, BlockKind.PARAGRAPH)
    yield _cut(document, block, start, end, block.kind) if before or after else block
    if after:
        yield _cut(document, block, end, len(block.text), BlockKind.PARAGRAPH)


def _cut(document: Document, block: Block, start: int, end: int, kind: BlockKind) -> Block:
    spans = document.spans_within(block, start, end)
    return replace(block, kind=kind, text=block.text[start:end].strip(), spans=spans)


_HEAD_LONGEST = 40  # characters
_STANDING = (
    r"(?:areas? for improvement|causes? of concern|recommendations?|main findings"
    r"|(?:innovative|promising) practice)"
)
_HEAD_BEFORE = re.compile(
    rf"(?i:{_STANDING}) (?=(?:The (?:force|constabulary)|Within|By \d|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,3}} "
    r"(?:Police|Constabulary)) )"
)
_HEAD_AFTER = re.compile(rf"[.!?] (?=[A-Z])((?i:{_STANDING}))$")


def _is_box(block: Block) -> bool:
    filled = [[cell for cell in row.cells if cell.text] for row in block.rows]
    return all(len(cells) <= 1 for cells in filled) and len({c.column for cells in filled for c in cells}) <= 1


class _Outline:
    def __init__(self, document: Document, names: Names) -> None:
        self.document = document
        self.names = names
        self.sections = [Section()]
        self.chapter = ("", "")  # its area, and as it is printed
        self.in_contents = False

    @property
    def current(self) -> Section:
        return self.sections[-1]

    def take(self, block: Block) -> None:
        if self._skips_contents(block):
            return
        if block.strong_until and (cut := self._title_end(block)):
            self.take(
                replace(_cut(self.document, block, 0, cut, BlockKind.PARAGRAPH), strong=True, strong_until=0)
            )
            start = len(block.text) - len(block.text[cut:].lstrip(" .:–—-"))
            block = replace(self._tail(block, start), kind=BlockKind.PARAGRAPH, strong_until=0)
        if SALUTATION.match(block.text) and self.current.role in CLAIMED and not _said(self.current):
            self.current.role = Role.OUTSIDE  # what a letter says it is about
            self._open(Head(Role.OUTSIDE), None)
        if _ENDS_LETTER.match(block.text):
            self._open(Head(Role.OTHER), None)  # thanks and a signature belong to no list
        if block.kind is BlockKind.TABLE:
            self.current.pieces.append(Piece(PieceKind.TABLE, block))
        elif len(block.text) <= _GRADE_LONGEST and (grade := self.names.grade(block.text)):
            self._takes_unknown_chapter()
            self.current.pieces.append(Piece(PieceKind.GRADE, block, grade))
        elif not (self._takes_area(block) or self._takes_head(block) or self._takes_run_in(block)):
            self.current.pieces.append(self._piece(block))

    def _title_end(self, block: Block) -> int:
        """Where a title in bold ends from which its paragraph runs on in one block; 0 where there is none."""
        bold, rest = block.text[: block.strong_until], block.text[block.strong_until :]
        title = bold.rstrip(" .:–—-")
        begins = rest.lstrip(" .:–—-")[:1]
        if len(title.split()) < 2 or not (begins.isupper() or begins.isdigit()):
            return 0
        head = read_head(title)
        standing = head is not None and head.role in CLAIMED
        role = self.current.role
        own = role in PRACTICES or (role in _TITLED and is_sentence(title))
        return len(title) if standing or own else 0

    def _skips_contents(self, block: Block) -> bool:
        """Between the word "Contents" and the first block that is no entry nothing is a chapter."""
        if _looks_like_heading(block) and block.text.strip().lower() in ("contents", "table of contents"):
            self.in_contents = True
            return True
        if self.in_contents:
            self.in_contents = _is_contents_entry(block)
        return self.in_contents

    def _takes_area(self, block: Block) -> bool:
        if not _may_be_head(block) and not self._is_graded_question(block):
            return False
        area, grade = self.names.area(block.text), None
        if area is None and (both := self.names.area_and_grade(block.text)):
            area, grade = both
        if area is None:
            return False
        listed = grade is None and self._lists_by_area() and not _OPENS_CHAPTER.match(block.text)
        section = Section(area.slug, block.text, self.current.role if listed else None, None, block)
        self.chapter = (area.slug, block.text)
        self.sections.append(section)
        if grade is not None:
            section.pieces.append(Piece(PieceKind.GRADE, block, grade))
        return True

    def _is_graded_question(self, block: Block) -> bool:
        """A question with its grade on one line, however long."""
        said = block.kind is BlockKind.PARAGRAPH and len(block.text.split()) <= _QUESTION_LONGEST
        return said and "?" in block.text and self.names.area_and_grade(block.text) is not None

    def _lists_by_area(self) -> bool:
        """Does a list of demands go through the areas, as the last chapter of a custody report does?"""
        if self.names.framework.grades or self.current.role not in CLAIMED:
            return False
        pieces = self.current.pieces
        return not pieces or _NUMBERED.match(pieces[-1].text) is not None

    def _takes_head(self, block: Block) -> bool:
        if not _may_be_head(block):
            return False
        head = Head(Role.OUTSIDE) if _IMPRINT.search(block.text) else read_head(block.text)
        if head is None:
            return self._takes_area_head(block) or self._takes_question(block) or self._takes_chapter(block)
        self._open(head, block)
        if head.rest and head.role in CLAIMED:
            self._take_rest(block, head)
        return True

    def _takes_area_head(self, block: Block) -> bool:
        """ "Investigating crime – areas for improvement"."""
        words = _JOINED.split(block.text, maxsplit=1)
        area = self.names.area(words[0]) if len(words) == 2 else None
        head = read_head(words[1]) if area else None
        if area is None or head is None or head.role not in CLAIMED:
            return False
        self.sections.append(Section(area.slug, words[0], head.role, head, block))
        return True

    def _takes_question(self, block: Block) -> bool:
        """A sub-question ends the list before it; it stays within the area."""
        if not (
            block.text.endswith("?") and len(block.text.split()) <= _QUESTION_LONGEST and _is_typed_title(block)
        ):
            return False
        self._open(Head(Role.OTHER), block)
        return True

    def _takes_unknown_chapter(self) -> None:
        """A topic as a heading with a grade under it is a chapter, if on no area of the framework."""
        pieces = self.current.pieces
        if self.current.role is None or not pieces or pieces[-1].kind is not PieceKind.TITLE:
            return
        if not is_sentence(pieces[-1].text):
            title = pieces.pop().block
            self._open(Head(Role.OUTSIDE), title)
            self.current.pieces.append(Piece(PieceKind.TITLE, title))

    def _takes_chapter(self, block: Block) -> bool:
        """A topic as a heading above the level of the head before it begins a chapter on no known area, as any
        heading does that is called one."""
        if _OPENS_CHAPTER.match(block.text) and _looks_like_heading(block):
            self._open(Head(Role.OUTSIDE), block)
            return True
        head = self.current.head_block
        if block.kind is not BlockKind.HEADING or head is None or head.kind is not BlockKind.HEADING:
            return False
        if block.level >= head.level or self.current.role not in CLAIMED or is_sentence(block.text):
            return False
        self._open(Head(Role.OUTSIDE), block)
        return True

    def _take_rest(self, block: Block, head: Head) -> None:
        if area := self.names.area(head.rest):
            self.current.area, self.current.printed_area = area.slug, head.rest
            self.current.names_area = True
            return
        self.current.pieces.append(Piece(PieceKind.TITLE, self._tail(block, head.rest_at)))

    def _takes_run_in(self, block: Block) -> bool:
        """ "Recommendation 4: By 31 March the force should ..." in one paragraph."""
        match = _RUN_IN.match(block.text)
        if not match or block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            return False
        head = read_head(match[1])
        if head is None or head.role not in CLAIMED:
            return False
        self._open(head, replace(block, text=match[1], spans=self.document.spans_within(block, 0, match.end(1))))
        rest = replace(self._tail(block, match.end()), kind=BlockKind.PARAGRAPH)
        inside = _RUN_IN_INSIDE.search(rest.text)
        end = inside.start(1) if inside else len(rest.text)
        spans = self.document.spans_within(rest, 0, end)
        self.current.pieces.append(self._piece(replace(rest, text=rest.text[:end].rstrip(), spans=spans)))
        if inside:
            self._takes_run_in(self._tail(rest, end))
        elif block.kind is BlockKind.LIST_ITEM and not block.text.rstrip().endswith(":"):
            self._open(Head(Role.OTHER), None)  # a bullet of its own: what follows does not explain it
        return True

    def _open(self, head: Head, block: Block | None) -> None:
        area, printed, named = self.current.area, self.current.printed_area, self.current.names_area
        if head.role is Role.OUTSIDE:
            area, printed = self.chapter = ("", "")
        elif head.role in _NAMING and named:
            area, printed = self.chapter  # "Cause of concern 1: custody" says nothing of the one after it
        named = named and head.role not in (*_NAMING, Role.OUTSIDE)
        self.sections.append(Section(area, printed, head.role, head, block, names_area=named))

    def _tail(self, block: Block, start: int) -> Block:
        text = block.text[start:]
        return replace(block, text=text, spans=self.document.spans_within(block, start, len(block.text)))

    def _piece(self, block: Block) -> Piece:
        if block.kind is BlockKind.LIST_ITEM:
            titled = block.strong and self.current.role in _TITLED and is_sentence(block.text)
            return Piece(PieceKind.TITLE if titled else PieceKind.ITEM, block)
        return Piece(PieceKind.TITLE if _is_typed_title(block) else PieceKind.TEXT, block)


def _said(section: Section) -> bool:
    return any(piece.kind is not PieceKind.TITLE for piece in section.pieces)


_ENDS_LETTER = re.compile(
    r"yours (?:sincerely|faithfully|truly)\b|kind regards\b"
    r"|(?:I|we)\b[^.]{0,40}?\b(?:thank|grateful|copying this letter)\b"
    r"|(?:I|we) (?:very much )?look forward to\b|thank you\b|please (?:do not|don[’']t) hesitate\b",
    re.I,
)
_NUMBERED = re.compile(r"(?:S?\d{1,2}\.\d{1,2}|\d{1,2}[.)]?)\s")
_RUN_IN = re.compile(
    r"^(?:S?\d{1,2}(?:\.\d{1,2})?\s+)?((?:(?:national |accelerated |new )?"
    r"(?:recommendations?|areas? for improvement|causes? (?:of|for) concern)"
    r"|(?:innovative|promising|notable) practice|afi)"
    r"(?:\s+\(?(?:\d{1,3}(?:\.\d{1,2}|[a-z])?|[A-Z]\d{0,2})\)?)?)\s*[:.–—-]\s+(?=\S)",
    re.I,
)
_RUN_IN_INSIDE = re.compile(r"[.!?]\s+(Recommendations?(?: \(?\d{1,2}(?:\.\d{1,2})?\)?)?:\s+(?=\S))")
_OPENS_CHAPTER = re.compile(r"(?:section|chapter|part)\s+\d", re.I)
_JOINED = re.compile(r"\s*(?::|\s[–—|-])\s+")
_IMPRINT = re.compile(r"©|^(?:www\.|https?://)\S+$|\bISBN\b|\bcrown copyright\b", re.I)
_ENDS = re.compile(r"[.!;,]['”’\")\]]*$")
_PAGE_AT_END = re.compile(r"(?:\s|\.)\d{1,3}$")


def _is_contents_entry(block: Block) -> bool:
    if block.kind is BlockKind.TABLE:
        return all(row.cells and row.cells[-1].text.strip().isalnum() for row in block.rows)
    if block.kind is BlockKind.LIST_ITEM:
        return len(block.text) < 150
    return _PAGE_AT_END.search(block.text) is not None


def _is_typed_title(block: Block) -> bool:
    if block.kind is BlockKind.HEADING:
        return True
    return block.kind is BlockKind.PARAGRAPH and block.strong and len(block.text.split()) <= 60


def _looks_like_heading(block: Block) -> bool:
    if _is_typed_title(block):
        return True
    plain = block.kind is BlockKind.PARAGRAPH and not _ENDS.search(block.text)
    return plain and len(block.text.split()) <= _PLAIN_HEAD_LONGEST


def _may_be_head(block: Block) -> bool:
    """Plain questions are long; a list item may be a numbered heading that lost its type."""
    if _looks_like_heading(block):
        return True
    if block.kind is BlockKind.PARAGRAPH:
        return block.text.endswith("?") and len(block.text.split()) <= _QUESTION_LONGEST
    return block.kind is BlockKind.LIST_ITEM and block.marker[:1].isdigit() and len(block.text.split()) <= 6


_TITLED = CLAIMED - {Role.RECOMMENDATION}
_NAMING = frozenset({Role.AREA_FOR_IMPROVEMENT, Role.CAUSE_OF_CONCERN})


_BRACKET_AT_END = re.compile(r"\s{0,3}\([^()]{1,30}\)$")


def _with_untyped_titles(section: Section) -> list[Piece]:
    """A sentence without a full stop, over a paragraph that has one, is a title that lost its type."""
    if section.role not in _TITLED:
        return section.pieces
    found: list[Piece] = []
    for piece, following in zip_longest(section.pieces, section.pieces[1:]):
        untyped = (
            piece.kind is PieceKind.TEXT
            and following is not None
            and following.kind is PieceKind.TEXT
            and is_sentence(piece.text)
            and len(piece.text.split()) <= 60
            and _BRACKET_AT_END.sub("", piece.text)[-1:] not in ".:;,"
            and following.text[-1:] in ".:"
            and not following.text[:1].islower()
        )
        found.append(replace(piece, kind=PieceKind.TITLE) if untyped else piece)
    return found
