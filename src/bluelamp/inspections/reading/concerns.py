"""Which areas for improvement, causes of concern and recommendations does a report make?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, takewhile, zip_longest

from bluelamp.documents.blocks import Block
from bluelamp.documents.document import Document
from bluelamp.documents.facts import Unread
from bluelamp.inspections.facts import Finding
from bluelamp.inspections.reading.closures import RECOMMENDED
from bluelamp.inspections.reading.concerns_tables import read_findings_table
from bluelamp.inspections.reading.deadlines import read_deadline
from bluelamp.inspections.reading.peel_areas import Names
from bluelamp.inspections.reading.peel_findings import FindingList, make_finding
from bluelamp.inspections.reading.peel_items import Item, read_items
from bluelamp.inspections.reading.peel_outline import Piece, PieceKind, Section
from bluelamp.inspections.reading.peel_recommendations import read_recommendations
from bluelamp.inspections.reading.vocabulary import (
    Role,
    explains_a_term,
    is_demand,
    is_sentence,
    says_nothing_found,
)
from bluelamp.lib.text import fold

NO_RECOMMENDATION = "This cause of concern has no recommendation, and a cause of concern always has one."
NO_AREA = "Under this heading no area for improvement could be read."
NO_CONCERN = "Under this heading no cause of concern could be read."
NO_ITEM = "Under this heading no recommendation could be read."


@dataclass(slots=True)
class Concerns:
    findings: list[Finding] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


@dataclass(slots=True)
class _Concern:
    """A cause of concern as it is printed: its words, then what is recommended."""

    item: Item = field(default_factory=Item)
    recommended: list[Piece] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return self.item.title is None and not self.item.texts


def read_concerns(document: Document, sections: list[Section], names: Names) -> Concerns:
    reader = _Reader(document, names)
    for section, following in zip_longest(sections, sections[1:]):
        reader.take(section, following)
    reader.check_answered()
    return Concerns(reader.findings, reader.unread)


class _Reader:
    def __init__(self, document: Document, names: Names) -> None:
        self.document = document
        self.names = names
        self.made = FindingList()
        self.findings: list[Finding] = []
        self.unread: list[Unread] = []
        self.concern: Finding | None = None  # the one that recommendations now answer
        self.concern_section: Section | None = None

    def take(self, section: Section, following: Section | None) -> None:
        for piece in section.pieces:
            if piece.kind is PieceKind.TABLE:
                for finding in read_findings_table(self.document, piece.block, self.names, section.area):
                    self.made.add(finding)
        match section.role:
            case Role.AREA_FOR_IMPROVEMENT:
                self._take_areas_for_improvement(section, following)
            case Role.CAUSE_OF_CONCERN:
                self._take_concerns(section, following)
            case Role.RECOMMENDATION:
                self._take_recommendations(section)
            case None | Role.OTHER | Role.OUTSIDE | Role.MAIN_FINDINGS:
                self._take_loose_advice(section, section.pieces)
        if section.role not in (Role.CAUSE_OF_CONCERN, Role.RECOMMENDATION, Role.OTHER):
            self.concern = None

    def _take_areas_for_improvement(self, section: Section, following: Section | None) -> None:
        listed = read_items(section.pieces, following)
        for item in listed.items:
            self._add("area_for_improvement", section, item)
        self._take_loose_advice(section, listed.left)
        if not listed.items and not listed.skipped and any(p.kind is not PieceKind.TABLE for p in section.pieces):
            self._report(section, NO_AREA)

    def _take_concerns(self, section: Section, following: Section | None) -> None:
        pieces = [piece for piece in section.pieces if not _says_nothing(piece)]
        groups = _group(pieces, _Concern())
        if len(pieces) == len(section.pieces) and not groups:
            self._report(section, NO_CONCERN) if pieces else None
            return
        answered_next = following is not None and following.role is Role.RECOMMENDATION
        for position, group in enumerate(groups):
            if group.is_empty:
                self._recommend(section, group.recommended)
                continue
            is_last = position == len(groups) - 1
            self._make_concern(section, group, whole=bool(group.recommended) or (is_last and answered_next))

    def _make_concern(self, section: Section, group: _Concern, *, whole: bool) -> None:
        """Where no recommendation ends the concern, nothing tells it from the narrative after its first words; an
        untitled one ends where the paragraphs begin that tell by what it was seen."""
        item = group.item
        if not whole:
            item.texts = item.texts[:1]
        elif item.title is None and not item.parts:
            item.texts = [*item.texts[:1], *takewhile(lambda b: not _SEEN.search(b.text), item.texts[1:])]
        self.concern = self._add("cause_of_concern", section, group.item)
        self.concern_section = section
        self._recommend(section, group.recommended)

    def _take_recommendations(self, section: Section) -> None:
        if self.concern is None or self.concern_section is None:
            made = self._recommend(section, section.pieces)
            said = any(p.kind is not PieceKind.TABLE for p in section.pieces)
            if said and not made and not any(_says_nothing(p) for p in section.pieces):
                self._report(section, NO_ITEM)
            return
        first, *others = _group(section.pieces, _Concern(), recommending=True) or [_Concern()]
        self._recommend(section, first.recommended)
        for group in others:
            self._make_concern(self.concern_section, group, whole=True)

    def _take_loose_advice(self, section: Section, pieces: list[Piece]) -> None:
        """ "We recommend that, within three months, ..." in the narrative or a list, with the list under it."""
        for position, piece in enumerate(pieces):
            if piece.kind not in (PieceKind.TEXT, PieceKind.ITEM) or not _RECOMMENDS_NOW.match(piece.text):
                continue
            entries = takewhile(lambda p: p.kind is PieceKind.ITEM, islice(pieces, position + 1, None))
            if is_demand(piece.text) and not explains_a_term(piece.text):
                self._recommend(section, [piece, *(entries if piece.text.rstrip().endswith(":") else ())])

    def _recommend(self, section: Section, pieces: list[Piece]) -> int:
        parent = fold(self.concern.title or self.concern.text) if self.concern else ""
        items = read_recommendations(pieces)
        for item in items:
            self._add("recommendation", section, item, parent)
        return len(items)

    def _add(self, kind: str, section: Section, item: Item, parent: str = "") -> Finding:
        finding = make_finding(self.document, kind, section, item, parent)
        self.made.add(finding)
        return finding

    def _report(self, section: Section, reason: str) -> None:
        blocks: list[Block] = [section.head_block] if section.head_block else []
        citations = self.document.cite(*(blocks or [piece.block for piece in section.pieces[:1]]))
        if citations:
            self.unread.append(Unread(reason=reason, citations=citations))

    def check_answered(self) -> None:
        self.findings = self.made.findings
        parents = {finding.parent for finding in self.findings if finding.parent}
        for finding in self.findings:
            if finding.type == "cause_of_concern" and fold(finding.title or finding.text) not in parents:
                self.unread.append(Unread(reason=NO_RECOMMENDATION, citations=finding.citations))


_SEEN = re.compile(
    r"\d|\b(?:we|inspectors|HMIC(?:FRS)?) (?:also |then )?"
    r"(?:found|saw|examined|reviewed|looked|visited|listened)\b",
    re.I,
)
"""Figures, or what inspectors did: how it is known, and no longer what it is."""
_DAY_WORDS = 5
_RECOMMENDS_NOW = re.compile(r"^\W*(?:we|I|HMIC|HMICFRS)(?: therefore| also)? recommends? that\b", re.I)


def _says_nothing(piece: Piece) -> bool:
    return piece.kind is not PieceKind.TITLE and (explains_a_term(piece.text) or says_nothing_found(piece.text))


def _group(pieces: list[Piece], first: _Concern, *, recommending: bool = False) -> list[_Concern]:
    """The causes of concern under one head, each with the pieces that recommend.

    With `recommending` the first group is the concern of the section before: all of it recommends.
    """
    groups = [first]
    for piece in pieces:
        group = groups[-1]
        in_advice = bool(group.recommended) or (recommending and group is first)
        if piece.kind is PieceKind.TITLE and not _recommends(piece.text):
            if not (group.is_empty and not in_advice) and not is_sentence(piece.text):
                break  # a topic: the narrative begins
            if in_advice or not group.is_empty:
                groups.append(_Concern())
            groups[-1].item.title = piece.block
        elif in_advice or _opens_advice(piece, group):
            group.recommended.append(piece)
        elif piece.kind is PieceKind.ITEM and not group.is_empty:
            group.item.parts.append(piece.block)
        elif piece.kind in (PieceKind.TEXT, PieceKind.ITEM):
            group.item.texts.append(piece.block)
    return [g for g in groups if not g.is_empty or g.recommended]


def _opens_advice(piece: Piece, group: _Concern) -> bool:
    if "recommend" in piece.text.lower() and is_demand(piece.text):
        return not RECOMMENDED.search(piece.text)
    return not group.is_empty and _recommends(piece.text)


def _recommends(words: str) -> bool:
    """Does it ask for something by a day, or open a list of what is asked for?"""
    if not is_demand(words):
        return read_deadline(words) is not None and (
            words.rstrip().endswith(":") or len(words.split()) <= _DAY_WORDS
        )
    return "recommend" in words.lower() or words.rstrip().endswith(":") or read_deadline(words) is not None
