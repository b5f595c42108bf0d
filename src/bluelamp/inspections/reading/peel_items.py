"""Where does one item of a list end and the next begin?

Under one head ("Areas for improvement", "Innovative practice") stand items in one of three layouts: a title
with its explanation; a bullet each; a paragraph each. What follows the last item is narrative and is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bluelamp.documents.blocks import Block
from bluelamp.inspections.reading.peel_outline import Piece, PieceKind, Section
from bluelamp.inspections.reading.vocabulary import (
    CLAIMED,
    explains_a_term,
    is_demand,
    is_sentence,
    says_nothing_found,
)


@dataclass(slots=True)
class Item:
    """One item: its title (if it has one), its paragraphs and the list under it."""

    title: Block | None = None
    number: str = ""
    lead: Block | None = None  # a stub over a list, of which this is one entry ("The force should:")
    texts: list[Block] = field(default_factory=list)
    parts: list[Block] = field(default_factory=list)

    @property
    def title_text(self) -> str:
        return self.title.text if self.title else ""

    @property
    def body(self) -> str:
        lead = [self.lead.text] if self.lead else []
        return "\n\n".join(lead + [block.text for block in self.texts])

    @property
    def blocks(self) -> list[Block]:
        return sorted([*self.texts, *self.parts], key=lambda block: block.spans[0] if block.spans else (0, 0))


@dataclass(slots=True)
class ItemList:
    items: list[Item] = field(default_factory=list)
    skipped: list[Block] = field(default_factory=list)  # explains the term, or says that there is nothing
    left: list[Piece] = field(default_factory=list)  # narrative after the last item


_STUB_WORDS = 8


def is_stub(words: str) -> bool:
    """ "The force should:" opens a list of separate items; "To improve X, the force should:" does not."""
    return words.rstrip().endswith(":") and len(words.split()) <= _STUB_WORDS


def read_items(pieces: Sequence[Piece], following: Section | None) -> ItemList:
    """The items under one head. What follows says whether narrative can stand between: not before another head."""
    if any(_NUMBERED_DEMAND.match(piece.text) for piece in pieces if piece.kind is PieceKind.TEXT):
        return _read_numbered(pieces)
    reader = _Items(pieces, following)
    for position, piece in enumerate(pieces):
        reader.more_entries = _has_more_entries(pieces, position)
        if not reader.take(piece):
            reader.found.left = list(pieces[position:])
            break
    for item in reader.found.items:
        _promote_title(item)
    return reader.found


_NUMBERED_DEMAND = re.compile(r"(\d{1,2}\.\d{1,2})\s+(?=[A-Z][^.]{0,120}\b(?:should|must|needs? to)\b)")


def _read_numbered(pieces: Sequence[Piece]) -> ItemList:
    """ "6.2 The force should ..." under topics: each numbered paragraph is an item, a topic is none."""
    found = ItemList()
    for piece in pieces:
        match = _NUMBERED_DEMAND.match(piece.text)
        if match:
            found.items.append(Item(texts=[piece.block], number=match[1]))
        elif found.items and piece.kind is PieceKind.ITEM:
            found.items[-1].parts.append(piece.block)
        elif found.items and piece.kind is PieceKind.TEXT:
            found.items[-1].texts.append(piece.block)
    return found


def _promote_title(item: Item) -> None:
    """A demand of one sentence with paragraphs that explain it is their title, whatever its type."""
    if item.title or len(item.texts) < 2 or item.lead:
        return
    first = item.texts[0].text
    if opens_with_demand(first) and not _SENTENCE_INSIDE.search(first) and not first.rstrip().endswith(":"):
        item.title = item.texts.pop(0)


_SENTENCE_INSIDE = re.compile(r"[.!?]\s+[A-Z]")


class _Items:
    def __init__(self, pieces: Sequence[Piece], following: Section | None) -> None:
        self.found = ItemList()
        self.lead: Block | None = None
        self.more_entries = False
        self.layout = ""  # "titled", "listed", "paragraphs"
        self.first_title: Block | None = None
        self.has_titles = any(p.kind is PieceKind.TITLE for p in pieces)
        self.no_narrative = following is not None and following.role in CLAIMED
        ends = self.no_narrative or following is None or following.role is None
        self.explained = _paragraphs_are_explained(pieces)
        self.ends = ends and not self.has_titles

    @property
    def item(self) -> Item | None:
        return self.found.items[-1] if self.found.items else None

    def _start(self, layout: str, item: Item) -> bool:
        self.layout = layout
        self.found.items.append(item)
        return True

    def take(self, piece: Piece) -> bool:
        """False where the list has ended."""
        match piece.kind:
            case PieceKind.TITLE:
                return self._take_title(piece.block)
            case PieceKind.ITEM:
                return self._take_entry(piece.block)
            case PieceKind.TEXT:
                return self._take_text(piece.block)
            case _:
                return self.item is not None and self.layout == "titled"

    def _take_title(self, block: Block) -> bool:
        if is_stub(block.text):
            self.lead = block
            return True
        if self.first_title is None and not self.found.items:
            self.first_title = block
        elif not is_sentence(block.text) and not self._like_first(block):
            return False
        return self._start("titled", Item(title=block, number=_number(block)))

    def _like_first(self, block: Block) -> bool:
        """A title that is no sentence goes on a list of titles that look the same, if none of them need be one."""
        first = self.first_title
        if first is None or (is_sentence(first.text) and not self.no_narrative):
            return False
        return (first.kind, first.level, first.strong) == (block.kind, block.level, block.strong)

    def _take_entry(self, block: Block) -> bool:
        item = self.item
        if item is None or (self.layout == "listed" and block.level <= 1 and not _opens_list(item)):
            return self._start("listed", Item(lead=self.lead, texts=[block], number=_number(block)))
        item.parts.append(block)
        return True

    def _take_text(self, block: Block) -> bool:
        if explains_a_term(block.text) or (self.item is None and says_nothing_found(block.text)):
            self.found.skipped.append(block)
            return True
        if self.item is None:
            return self._open_with_text(block)
        if self.layout == "titled":
            self.item.texts.append(block)
            return True
        if opens_with_demand(block.text):
            return self._start("paragraphs", Item(texts=[block]))
        explains = self.explained or (self.ends and not self.item.parts)  # after its list a demand has ended
        if (self.layout == "paragraphs" and explains) or (self.layout == "listed" and self.more_entries):
            self.item.texts.append(block)
            return True
        return False

    def _open_with_text(self, block: Block) -> bool:
        if is_stub(block.text):
            self.lead = block
        elif self.has_titles and not is_demand(block.text):
            self.found.skipped.append(block)  # a sentence that opens the list
        else:
            self._start("paragraphs", Item(texts=[block]))
        return True


_ENTRIES_AHEAD = 8


def _has_more_entries(pieces: Sequence[Piece], position: int) -> bool:
    """Does a bullet that demands follow, so that a paragraph here explains the bullet before it?"""
    for piece in pieces[position + 1 : position + 1 + _ENTRIES_AHEAD]:
        if piece.kind is PieceKind.TITLE:
            return False
        if piece.kind is PieceKind.ITEM and opens_with_demand(piece.text):
            return True
    return False


def opens_with_demand(words: str) -> bool:
    """Is the demand in the first words ("The force should ...")?"""
    return is_demand(" ".join(words.split()[:12]))


def _opens_list(item: Item) -> bool:
    return bool(item.texts) and item.texts[-1].text.rstrip().endswith(":")


def _number(block: Block) -> str:
    if block.marker[:1].isdigit():
        return block.marker
    match = _PRINTED_NUMBER.match(block.text)
    return match[1] if match else ""


_PRINTED_NUMBER = re.compile(
    r"^(?:AFI|area for improvement|recommendation|cause of concern)[ -]?(\d{1,3})\b", re.I
)


def _paragraphs_are_explained(pieces: Sequence[Piece]) -> bool:
    """Demand, explanation, demand, explanation: the paragraphs between demands belong to them."""
    demands = [opens_with_demand(piece.text) for piece in pieces if piece.kind is PieceKind.TEXT]
    if demands.count(True) < 2:
        return False
    last = len(demands) - 1 - demands[::-1].index(True)
    return False in demands[demands.index(True) : last]
