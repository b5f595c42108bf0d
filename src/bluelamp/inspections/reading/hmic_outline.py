"""In which area's chapter, and under which label, does each piece of a report stand?

An area's name stands in many places: contents, lists of what will be inspected, summaries. It opens a chapter only
where the first label after it is one that chapters open with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bluelamp.documents.blocks import BlockKind
from bluelamp.inspections.frameworks import Framework
from bluelamp.inspections.reading.hmic_areas import AreaNames, NamedArea
from bluelamp.inspections.reading.hmic_pieces import FIELD, Piece
from bluelamp.inspections.reading.hmic_words import (
    FINDING_LABELS,
    Label,
    Values,
    label_named,
    numbered_label,
    read_values,
)

_OPENERS = frozenset({Label.CONTEXT, Label.DISTRIBUTION, Label.TRAVEL, Label.PRACTICE}) | FINDING_LABELS
_ONCE = frozenset({Label.CONTEXT, Label.DISTRIBUTION})  # a chapter opens with these
_FIRST = _ONCE | {Label.STRENGTHS}
_LAST = frozenset({Label.IMPROVEMENT, Label.PRACTICE})  # and closes with these
_CODED = re.compile(r"^[1-7][A-G][.:)]?\s{1,3}[A-Z]")
_LONGEST_HEADING = 14  # words
_LOOK_AHEAD = 80
_LONGEST_STANDARD = 4  # pieces
_REAL_LEVELS = frozenset({"docx", "html", "md", "pptx"})  # formats whose headings have a level of their own


@dataclass
class Chapter:
    """One area's part of the report."""

    named: NamedArea
    heading: Piece


@dataclass(frozen=True)
class Placed:
    piece: Piece
    chapter: Chapter | None
    label: Label | None  # the label it stands under
    section: int  # counts the labels met so far
    opens: Label | None = None  # the label that this piece is
    area: str = ""  # slug; a sub-area's where one is named inside a chapter
    unknown: str = ""  # the heading of the chapter, where it names no area of the framework


class Outline:
    """Walks the pieces once and places each."""

    def __init__(self, pieces: Sequence[Piece], framework: Framework, names: AreaNames, format_: str) -> None:
        self._pieces = pieces
        self._framework = framework
        self._names = names
        self._real_levels = format_ in _REAL_LEVELS
        self._labels = [_label_of(piece) for piece in pieces]
        self._read: dict[int, Values | None] = {}
        self._named = [self._area_heading(piece) for piece in pieces]

    def place(self) -> list[Placed]:
        chapter: Chapter | None = None
        label: Label | None = None
        label_level = 0
        area, section, unknown = "", 0, ""
        seen: set[Label] = set()  # labels of this chapter
        placed = []
        for at, piece in enumerate(self._pieces):
            own, named = self._labels[at], self._named[at]
            if named and own is None and self._opens_chapter(at):
                chapter, label, area = Chapter(named, piece), None, named.area.slug
                section, seen, unknown = section + 1, set(), ""
            elif named and own is None and label in FINDING_LABELS and self._is_sub_area(at, named, chapter):
                area = named.area.slug
            elif own:
                label, label_level = own, piece.level if piece.is_heading else 9
                section += 1
                if own is Label.END or (own is Label.SUMMARY and self._heads_rows(at)):
                    chapter, area = None, ""
                elif own in _ONCE and seen & _LAST:
                    chapter, area = None, ""  # a new chapter whose heading was lost
                else:
                    seen.add(own)
                    area = self._area_of_label(piece) or (chapter.named.area.slug if chapter else area)
            elif chapter and self._opens_unknown_chapter(at, chapter, seen):
                chapter, label, area, unknown = None, None, "", piece.text
                section += 1
            elif self._closes(piece, label_level, label) or self._names_standard(at):
                label, section = None, section + 1
            placed.append(Placed(piece, chapter, label, section, own, area, "" if area else unknown))
        return placed

    def _area_heading(self, piece: Piece) -> NamedArea | None:
        if piece.kind is BlockKind.TABLE or (piece.is_item and not piece.marker[:1].isalnum()):
            return None
        printed = f"{piece.marker} {piece.text}" if piece.is_item else piece.text
        return self._names.heading(printed) or self._names.heading(piece.text)

    def _opens_chapter(self, at: int) -> bool:
        """Is the first label after this heading one that chapters open with, and no list before it?"""
        own = self._named[at]
        for ahead in range(at + 1, min(at + _LOOK_AHEAD, len(self._pieces))):
            piece, label, named = self._pieces[ahead], self._labels[ahead], self._named[ahead]
            if label and label not in {Label.PROSE, Label.STATEMENT}:
                return label in _OPENERS
            if named and own and named.area.slug != own.area.slug:
                return False
            if piece.is_item and len(piece.text) > 60:
                return False
            values = self._values(ahead)
            if values and (values.is_grade or values.is_scale):
                return values.is_scale or values.labelled or values.travel or ahead - at <= 2
        return False

    def _opens_unknown_chapter(self, at: int, chapter: Chapter, seen: set[Label]) -> bool:
        """A heading with a framework's code, a grade or lists of its own, that names no area we know.

        What stands under it belongs to no area rather than to the area before.
        """
        piece = self._pieces[at]
        short = len(piece.text.split()) <= _LONGEST_HEADING and not piece.text.endswith((".", ":", ";", ","))
        if piece.is_item or not short or piece is chapter.heading or self._values(at) or FIELD.match(piece.text):
            return False
        if piece.kind is BlockKind.TABLE or self._names.row(piece.text):
            return False
        if _CODED.match(piece.text) or self._is_beside(at, chapter, seen):
            return True
        if not (piece.is_heading or piece.strong):
            return False
        for ahead in range(at + 1, min(at + 4, len(self._pieces))):
            label, values = self._labels[ahead], self._values(ahead)
            if label is Label.DISTRIBUTION or (values and values.is_scale):
                return True
            if label or self._named[ahead] or (values and values.is_grade):
                return False
        return False

    def _is_beside(self, at: int, chapter: Chapter, seen: set[Label]) -> bool:
        """A heading of the chapter's own level with deeper labels; without real levels, one over a first label."""
        piece, heading = self._pieces[at], chapter.heading
        if not piece.is_heading or not heading.is_heading or not 0 < piece.level <= heading.level:
            return False
        following = range(at + 1, min(at + _LOOK_AHEAD, len(self._pieces)))
        ahead = next((i for i in following if self._labels[i] or self._named[i]), None)
        if ahead is None or self._labels[ahead] not in _FIRST:
            return False
        if self._real_levels:
            return self._pieces[ahead].level > piece.level
        return ahead == at + 1 and bool(seen & _LAST)

    def _heads_rows(self, at: int) -> bool:
        """Does a table of areas follow ("summary of judgements"), rather than prose about one?"""
        following = self._pieces[at + 1 : at + 8]
        return any(self._names.row(p.text) or self._named[at + 1 + i] for i, p in enumerate(following))

    def _values(self, at: int) -> Values | None:
        if at not in self._read:
            self._read[at] = read_values(self._pieces[at].text, self._framework)
        return self._read[at]

    def _is_sub_area(self, at: int, named: NamedArea, chapter: Chapter | None) -> bool:
        """ "Child abuse" as a heading among the findings of the area it is part of."""
        following = self._pieces[at + 1] if at + 1 < len(self._pieces) else None
        if following is None or self._pieces[at].is_item or not (following.is_item or len(following.text) > 60):
            return False
        return chapter is None or named.area.parent == chapter.named.area.slug

    def _area_of_label(self, piece: Piece) -> str:
        """ "Strengths – Child abuse" names its area itself."""
        for mark in (" – ", " - ", ": ", " — "):
            _, found, rest = piece.text.partition(mark)
            named = self._names.heading(rest) if found else None
            if named:
                return named.area.slug
        return ""

    def _names_standard(self, at: int) -> bool:
        """A standard's name, a sentence or two, between the findings on one and the statement on the next."""
        for ahead in range(at, min(at + _LONGEST_STANDARD, len(self._pieces))):
            if self._labels[ahead] is Label.STATEMENT:
                return ahead > at
            if self._pieces[ahead].is_item or self._labels[ahead] or self._pieces[ahead].kind is BlockKind.TABLE:
                return False
        return False

    def _closes(self, piece: Piece, label_level: int, label: Label | None) -> bool:
        """An unknown heading above the label's own level ends its section, where levels are real."""
        if not self._real_levels or not piece.is_heading or label is None or FIELD.match(piece.text):
            return False
        return 0 < piece.level < label_level


def _label_of(piece: Piece) -> Label | None:
    if piece.kind is BlockKind.TABLE or len(piece.text) > 4200:
        return None
    numbered = numbered_label(piece.text)
    if numbered:
        return numbered.label
    if piece.is_item and not piece.marker[:1].isalnum() and len(piece.text.split()) > 4:
        return None
    label = label_named(piece.text)
    if label is None:
        for mark in (" – ", " - ", ": ", " — "):
            first, found, rest = piece.text.partition(mark)
            if found and label_named(first) in FINDING_LABELS and len(rest.split()) <= 8 and piece.is_heading:
                return label_named(first)
    return label
