"""What did the inspectors find in each area: strengths, work in progress, areas for improvement?

Each bullet is one finding. A paragraph after bullets belongs to the bullet before it unless it can only be
a bullet that lost its glyph.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bluelamp.documents.blocks import BlockKind, Span
from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.inspections.facts import Finding
from bluelamp.inspections.frameworks import Framework
from bluelamp.inspections.reading.deadlines import read_deadline
from bluelamp.inspections.reading.hmic_areas import AreaNames
from bluelamp.inspections.reading.hmic_marks import marked_values
from bluelamp.inspections.reading.hmic_outline import Placed
from bluelamp.inspections.reading.hmic_pieces import Piece
from bluelamp.inspections.reading.hmic_words import (
    FINDING_LABELS,
    Label,
    numbered_label,
    read_announced,
    read_values,
)
from bluelamp.lib.text import fold

_FINISHED = re.compile(r"[.!?][)”’\"']?\s*$")
_NONE = re.compile(
    r"^(?:none(?: (?:identified|found|noted|reported|at this time|was|were)\b.{0,40})?|nil|n/?a|not applicable"
    r"|nothing (?:(?:is|was|has been) (?:under ?way|found|identified|noted|reported)|to report|of note)\b.{0,40}"
    r"|(?:there (?:are|were) )?no (?:significant |specific |further |such )?"
    r"(?:areas?|strengths?|works?|recommendations?|causes?|issues?|items?|matters?)\b.{0,80})\.?$",
    re.I,
)
_GOES_ON = re.compile(
    r"^(?:this|these|those|such|it|they|he|she|however|therefore|consequently|as a (?:result|consequence)|in turn"
    r"|furthermore|moreover|nevertheless|nonetheless|the latter|the former|its|their)\b",
    re.I,
)
_PARAGRAPH_NUMBER = re.compile(r"(?P<number>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)[.)]?\s{1,3}(?=[A-Z‘“])")
_FURNITURE = re.compile(r"^(?:page\s{0,2})?\d{1,4}(?:\s{0,2}of\s{0,2}\d{1,4})?$", re.I)
_SHORT = 8  # words; a shorter line without a full stop is a sub-heading, not a finding


@dataclass
class _Draft:
    """A finding being gathered."""

    number: str = ""
    title: str = ""
    text: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    ended_in_part: bool = False

    def say(self, words: str, spans: Iterable[Span]) -> None:
        self.text.append(words)
        self.spans.extend(spans)
        self.ended_in_part = False

    def add_part(self, words: str, spans: Iterable[Span]) -> None:
        self.parts.append(words)
        self.spans.extend(spans)
        self.ended_in_part = True

    @property
    def last_words(self) -> str:
        if self.ended_in_part:
            return self.parts[-1]
        return self.text[-1] if self.text else ""

    @property
    def is_open(self) -> bool:
        """Its last words do not end a sentence."""
        return bool(self.last_words) and not _FINISHED.search(self.last_words)


class _Gatherer:
    """Gathers the findings under one label."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        items = [piece for piece in pieces if piece.is_item]
        self.has_items = bool(items) and not _is_of_paragraphs(pieces, items)
        self.base_level = min((piece.level for piece in items), default=1)
        self.base_marker = next((_glyph(p.marker) for p in items if p.level == self.base_level), "")
        self.drafts: list[_Draft] = []
        self.skipped: list[Piece] = []
        self._heading: Piece | None = None
        self._items_left = len(items)

    def take(self, piece: Piece) -> None:
        draft = self.drafts[-1] if self.drafts else None
        if _NONE.match(piece.text) or _FURNITURE.match(piece.text):
            return
        if draft and self._resumes(piece, draft):
            self._go_on(draft, piece)
        elif piece.is_heading or (piece.kind is BlockKind.PARAGRAPH and piece.strong and _is_short(piece)):
            self._take_heading(piece)
        elif piece.is_item:
            self._take_item(piece, draft)
        else:
            self._take_paragraph(piece, draft)

    def close(self) -> None:
        if self._heading and not self.has_items:
            self._begin(self._heading)
        self._heading = None

    def _begin(self, piece: Piece) -> None:
        draft = _Draft(number=_number(piece.marker))
        if self._heading and self._heading is not piece and not self.has_items:
            draft.title = self._heading.text
            draft.spans.extend(self._heading.spans)
        self._heading = None
        numbered = None if draft.number else _PARAGRAPH_NUMBER.match(piece.text)
        if numbered:
            draft.number = numbered["number"]
        draft.say(piece.text[numbered.end() :] if numbered else piece.text, piece.spans)
        self.drafts.append(draft)

    def _resumes(self, piece: Piece, draft: _Draft) -> bool:
        """Does this piece go on in the middle of a sentence (after a page's end or a box)?"""
        if piece.is_item and piece.marker:
            return False
        return piece.text[:1].islower() and draft.is_open and not draft.last_words.endswith((":", ";"))

    def _go_on(self, draft: _Draft, piece: Piece) -> None:
        if draft.ended_in_part:
            draft.parts[-1] = fold(f"{draft.parts[-1]} {piece.text}")
            draft.spans.extend(piece.spans)
        else:
            draft.say(piece.text, piece.spans)

    def _take_heading(self, piece: Piece) -> None:
        if self._heading and not self.has_items:
            self._begin(self._heading)
        self._heading = piece

    def _take_item(self, piece: Piece, draft: _Draft | None) -> None:
        self._items_left -= 1
        if draft and (not self.has_items or self._is_part(piece, draft)):
            draft.add_part(piece.text, piece.spans)
        else:
            self._begin(piece)

    def _is_part(self, piece: Piece, draft: _Draft) -> bool:
        if piece.level > self.base_level:
            return True
        announced = draft.last_words.endswith((":", ";", "; and", "; or")) or draft.ended_in_part
        if _glyph(piece.marker) != self.base_marker and piece.marker:
            return announced
        flat = draft.text and draft.text[-1].endswith(":") and piece.text[:1].islower()
        return bool(flat and (not draft.ended_in_part or draft.last_words.endswith((";", ",", "; and", "; or"))))

    def _take_paragraph(self, piece: Piece, draft: _Draft | None) -> None:
        if not self.has_items:
            is_title = _is_short(piece) and not _FINISHED.search(piece.text) and not piece.text.endswith(":")
            if is_title and self._heading is None:
                self._take_heading(piece)
            elif draft and draft.ended_in_part and _GOES_ON.match(piece.text):
                draft.say(piece.text, piece.spans)
            else:
                self._begin(piece)
        elif draft is None:
            self._take_before_items(piece)
        elif self._lost_its_glyph(piece, draft):
            self._begin(piece)
        elif self._is_stray(piece, draft):
            self.skipped.append(piece)
        else:
            draft.say(piece.text, piece.spans)

    def _take_before_items(self, piece: Piece) -> None:
        """Before the first bullet: an announcement, or a bullet whose glyph was lost at a page's head."""
        if piece.opens_page and not piece.text.endswith(":"):
            self._begin(piece)
        elif not piece.text.endswith(":"):
            self.skipped.append(piece)

    def _is_stray(self, piece: Piece, draft: _Draft) -> bool:
        """Prose after the last bullet, which that bullet does not call for."""
        if self._items_left or draft.ended_in_part or draft.is_open:
            return False
        return not _GOES_ON.match(piece.text)

    def _lost_its_glyph(self, piece: Piece, draft: _Draft) -> bool:
        if draft.ended_in_part or draft.is_open or _GOES_ON.match(piece.text):
            return False
        return piece.opens_page


def _is_of_paragraphs(pieces: Sequence[Piece], items: Sequence[Piece]) -> bool:
    """Are the findings paragraphs, and the few bullets only parts of some (a copy that lost its glyphs)?"""
    if _are_parts(pieces, items):
        return True
    paragraphs = [p for p in pieces if p.kind is BlockKind.PARAGRAPH and not _is_short(p)]
    opens = pieces[0] if pieces else None
    if opens is None or opens.is_item or opens.text.endswith(":") or not _FINISHED.search(opens.text):
        return False
    runs = sum(1 for a, b in itertools.pairwise(pieces) if b.is_item and not a.is_item)
    return len(paragraphs) > 2 and len(paragraphs) > 2 * runs


def _are_parts(pieces: Sequence[Piece], items: Sequence[Piece]) -> bool:
    """Does every bullet go on with a sentence that a paragraph announces, beside a finding without bullets?"""
    if not all(item.text[:1].islower() for item in items):
        return False
    before = [a for a, b in itertools.pairwise([None, *pieces]) if b and b.is_item and not (a and a.is_item)]
    announced = all(a is not None and a.text.endswith(":") for a in before)
    others = [p for p in pieces if not p.is_item and p.kind is BlockKind.PARAGRAPH and _FINISHED.search(p.text)]
    return announced and bool(others)


def _glyph(marker: str) -> str:
    """The kind of a marker: every number is of one kind."""
    return "1" if any(mark.isdigit() for mark in marker) else marker.strip()


def _number(marker: str) -> str:
    return marker.strip(" .)(") if any(mark.isdigit() for mark in marker) else ""


def _is_short(piece: Piece) -> bool:
    return len(piece.text.split()) <= _SHORT


class FindingReader:
    def __init__(self, document: Document, framework: Framework, names: AreaNames) -> None:
        self._document = document
        self._framework = framework
        self._names = names
        self.findings: list[Finding] = []
        self.unread: list[Unread] = []
        self._concerns: dict[str, str] = {}  # the last cause of concern of each area, by its words
        self._unknown = ""  # the heading over the section being read, where it names no area

    def read(self, placed: Sequence[Placed]) -> None:
        under = [p for p in placed if p.label in FINDING_LABELS]
        for (_, label, area), run in groupby(under, key=lambda p: (p.section, p.label, p.area)):
            if label is not None:
                held = list(run)
                self._unknown = next((placed.unknown for placed in held if placed.unknown), "")
                self._read_section(label, area, held)
        self._check_concerns()

    def _read_section(self, label: Label, area: str, run: list[Placed]) -> None:
        number = ""
        pieces: list[Piece] = []
        for placed in run:
            if placed.opens:
                number, piece = self._own_words(placed.piece)
                if piece:
                    pieces.append(piece)
            elif not self._is_furniture(placed.piece):
                pieces.append(placed.piece)
        gatherer = _Gatherer(pieces)
        if number:
            self._read_numbered(label, area, number, run[0].piece, pieces)
            return
        for piece in pieces:
            gatherer.take(piece)
        gatherer.close()
        self._report(gatherer.skipped)
        self.findings.extend(self._make(label, area, draft) for draft in gatherer.drafts)

    def _parent(self, label: Label, area: str) -> str:
        """The cause of concern that a recommendation stands under, by its words."""
        if label is not Label.RECOMMENDATION:
            return ""
        return self._concerns.get(area, "")

    def _own_words(self, piece: Piece) -> tuple[str, Piece | None]:
        """The number of "Recommendation 3: ..." and the words after it."""
        found = numbered_label(piece.text)
        if not found:
            return "", None
        rest = piece.text[found.rest_at :]
        if not rest:
            return found.number, None
        return found.number, Piece(rest, piece.spans)

    def _read_numbered(self, label: Label, area: str, number: str, opens: Piece, pieces: list[Piece]) -> None:
        """One numbered finding: its first paragraph, and the bullets under it as its parts."""
        if not pieces:
            return
        draft = _Draft(number=number)
        if opens.spans != pieces[0].spans:
            draft.spans.extend(opens.spans)  # the number stands on a line of its own
        for piece in pieces:
            if not draft.text:
                draft.say(piece.text, piece.spans)
            elif piece.is_item:
                draft.add_part(piece.text, piece.spans)
            elif draft.is_open and piece.text[:1].islower():
                draft.say(piece.text, piece.spans)
            else:
                break  # prose that goes on after the recommendation
        self.findings.append(self._make(label, area, draft))

    def _is_furniture(self, piece: Piece) -> bool:
        """Boxes with a grade, figures and a sub-area's own heading are no findings."""
        if not any(character.isalnum() for character in piece.text):
            return True
        values = read_values(piece.text, self._framework) or read_announced(piece.text, self._framework)
        if values is not None or self._names.row(piece.text):
            return True
        if marked_values(piece.head, piece.cells, self._framework):
            return True
        return not piece.is_item and self._names.heading(piece.text) is not None

    def _make(self, label: Label, area: str, draft: _Draft) -> Finding:
        text = fold(" ".join(draft.text))
        if label is Label.CONCERN:
            self._concerns[area] = draft.title or text
        return Finding(
            type=label.value,
            area=area,
            number=draft.number,
            title=draft.title,
            text=text,
            deadline=read_deadline(text) if label is Label.RECOMMENDATION else None,
            parent=self._parent(label, area),
            parts=tuple(draft.parts),
            citations=self._document.cite(draft.spans),
            doubt="" if area else self._doubt(),
        )

    def _doubt(self) -> str:
        if self._unknown:
            return f"This finding stands under “{self._unknown}”, which is no area of this framework."
        return "No area's heading stands over this finding."

    def _report(self, skipped: Iterable[Piece]) -> None:
        for piece in skipped:
            reason = "These words stand beside a list of findings and were not read as one of them."
            citations = self._document.cite(piece.spans)
            if citations:
                self.unread.append(Unread(reason=reason, citations=citations))

    def _check_concerns(self) -> None:
        recommended = {f.area for f in self.findings if f.type == Label.RECOMMENDATION}
        for finding in self.findings:
            if finding.type == Label.CONCERN and finding.area not in recommended:
                reason = "A cause of concern stands here without a recommendation."
                self.unread.append(Unread(reason=reason, citations=finding.citations))
