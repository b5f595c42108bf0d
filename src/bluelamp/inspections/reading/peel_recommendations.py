"""Where does one recommendation end and the next begin?

"Within three months, the force should:" with a list under it is one recommendation with parts. Bullets that
each ask in a whole sentence ("By 30 September 2024, the chief constable should ...") are one each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from bluelamp.documents.blocks import Block
from bluelamp.inspections.reading.deadlines import find_deadline, read_deadline
from bluelamp.inspections.reading.peel_items import Item, opens_with_demand
from bluelamp.inspections.reading.peel_outline import Piece, PieceKind
from bluelamp.inspections.reading.vocabulary import explains_a_term, is_demand


def read_recommendations(pieces: Sequence[Piece]) -> list[Item]:
    """What is recommended in `pieces`, up to where narrative begins."""
    reader = _Recommendations()
    readable = [p for p in pieces if p.kind in (PieceKind.TITLE, PieceKind.TEXT, PieceKind.ITEM)]
    for piece, following in zip_longest(readable, readable[1:]):
        if not explains_a_term(piece.text) and not reader.take(piece, following):
            break
    return reader.items


_PROMISES = re.compile(
    r"(?!.{0,80}\brecommend)"
    r"(?:we|I|HMIC(?:FRS)?|the (?:inspectorate|College of Policing|IOPC)|together,? we)\b[^.:]{0,60}?"
    r"\b(?:will|shall|intend to|plan to|have agreed to|undertake to)\b[^.]{0,80}:\s*$",
    re.I,
)


def opens_promises(words: str) -> bool:
    """ "We will:" opens a list of what those who inspect will do themselves."""
    return _PROMISES.match(words) is not None


class _Recommendations:
    def __init__(self) -> None:
        self.items: list[Item] = []
        self.lead: Block | None = None
        self.day: Block | None = None  # a heading that is only a deadline
        self.listed = False

    @property
    def item(self) -> Item | None:
        return self.items[-1] if self.items else None

    def take(self, piece: Piece, following: Piece | None) -> bool:
        """False where the recommendations have ended."""
        if piece.kind is PieceKind.ITEM:
            return self._take_entry(piece.block)
        if opens_promises(piece.text):
            return False
        if _opens_separate_entries(piece, following):
            self.lead, self.listed = piece.block, True
            return True
        if _is_day(piece.text) and (following is None or following.kind is not PieceKind.ITEM):
            self.day = piece.block
            return True
        if _asks(piece.text):
            self.lead, self.listed = None, False
            titled = piece.kind is PieceKind.TITLE and not piece.text.rstrip().endswith(":")
            day = None if read_deadline(piece.text) else self.day
            self.items.append(Item(title=piece.block) if titled else Item(lead=day, texts=[piece.block]))
            return True
        if self.item and self.item.title and not self.item.texts:
            self.item.texts.append(piece.block)
            return True
        return not self.items  # words that open the list, else narrative

    def _take_entry(self, block: Block) -> bool:
        item = self.item
        if item is not None and _is_numbered_head(block, item):
            return False
        is_new = self.listed or item is None
        if (
            item is not None
            and (block.level > 1 or item.body.rstrip().endswith(":"))
            and item.lead in (self.lead, self.day)
        ):
            is_new = self.listed and block.level <= 1 and not item.texts[-1].text.rstrip().endswith(":")
        if item is None or is_new:
            marker = block.marker if block.marker[:1].isdigit() else ""
            self.items.append(Item(lead=self.lead, texts=[block], number=marker))
            self.listed = True
        else:
            item.parts.append(block)
        return True


def _is_numbered_head(block: Block, item: Item) -> bool:
    """ "1. Stores and staff" after bullets that ended: a chapter's number that reads as an entry."""
    last = item.parts[-1] if item.parts else None
    if last is None or not block.marker[:1].isdigit() or last.marker[:1].isdigit():
        return False
    short = len(block.text.split()) <= _HEAD_LONGEST and block.text[-1:] not in ".;,:"
    return short and block.text[:1].isupper() and last.text.rstrip().endswith(".")


_HEAD_LONGEST = 8  # words


def _asks(words: str) -> bool:
    if opens_with_demand(words) or _is_day(words):
        return True
    return read_deadline(words) is not None and (is_demand(words) or words.rstrip().endswith(":"))


def _is_day(words: str) -> bool:
    """ "Within three months" or "Immediately:" alone, over a list or a paragraph."""
    found = find_deadline(words)
    return found is not None and len(words) - (found.end - found.start) <= _BESIDE_DAY


_BESIDE_DAY = 2  # characters: a colon, a full stop


def _opens_separate_entries(piece: Piece, following: Piece | None) -> bool:
    if not piece.text.rstrip().endswith(":") or following is None or following.kind is not PieceKind.ITEM:
        return False
    return opens_with_demand(following.text) and following.text[:1].isupper() and read_deadline(piece.text) is None
