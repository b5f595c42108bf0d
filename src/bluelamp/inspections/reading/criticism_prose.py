"""Which passages of a report are prose that may criticise the force, and in which area do they stand?

What is a finding already (areas for improvement, causes of concern, recommendations), practice held up to others,
and what a report tells of itself and of policing at large are left out. Which heads open such parts is data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.inspections.frameworks import name_key
from bluelamp.inspections.reading.criticism_words import load_words, words_of
from bluelamp.inspections.reading.hmic_outline import Placed
from bluelamp.inspections.reading.hmic_words import Label, label_named
from bluelamp.inspections.reading.peel_outline import PieceKind, Section
from bluelamp.inspections.reading.vocabulary import PRACTICES, Role, is_demand, is_sentence


class Shape(StrEnum):
    TITLE = "title"
    TEXT = "text"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, an entry of a list or a heading that states something."""

    block: Block
    area: str
    shape: Shape
    in_context: bool = False  # it sets the scene: only what names the force is said of it

    @property
    def text(self) -> str:
        return self.block.text


_LONGEST_HEAD = 14  # words
_ENDS = re.compile(r"[.!?:;,][)”’\"']*$")
_NUMBERED = re.compile(
    r"^(?:(?:section|chapter|part|annex|appendix)\s)?\(?[a-z]?\d{0,2}(?:\.\d{1,2}){0,2}[.):]?\s{1,4}", re.I
)


@lru_cache(maxsize=1)
def _heads() -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = load_words()
    return tuple(map(name_key, words.heads_not_read)), tuple(map(name_key, words.heads_of_context))


def _is_among(words: str, heads: tuple[str, ...]) -> bool:
    """Does this head begin with one of these, as whole words, its number aside?"""
    if len(words.split()) > _LONGEST_HEAD:
        return False
    keys = {name_key(words), name_key(_NUMBERED.sub("", words))}
    return any(key == head or key.startswith(head + "-") for key in keys for head in heads)


def read_sections(sections: Iterable[Section]) -> Iterator[Passage]:
    """The prose of a report laid out in areas under standing heads."""
    for section in sections:
        head = section.head_block.text if section.head_block else ""
        if section.role in PRACTICES or _is_among(head, _heads()[0]):
            continue
        in_context = _is_among(head, _heads()[1])
        left_out = False
        for piece in section.pieces:
            if piece.kind is PieceKind.TITLE:
                left_out = _is_among(piece.text, _heads()[0])
                in_context = in_context or _is_among(piece.text, _heads()[1])
                if left_out or not is_sentence(piece.text):
                    continue
                yield Passage(piece.block, section.area, Shape.TITLE)
            elif section.role is Role.RECALLED and is_demand(piece.text):
                continue  # asked for on an earlier day
            elif piece.kind in (PieceKind.TEXT, PieceKind.ITEM) and not left_out:
                shape = Shape.ITEM if piece.kind is PieceKind.ITEM else Shape.TEXT
                yield Passage(piece.block, section.area, shape, in_context)


_LABELS_NOT_READ = frozenset(
    {Label.IMPROVEMENT, Label.RECOMMENDATION, Label.CONCERN, Label.PRACTICE, Label.DISTRIBUTION, Label.TRAVEL}
)


def read_placed(placed: Sequence[Placed]) -> Iterator[Passage]:
    """The prose of a report of 2004 to 2009: context, strengths, work in progress and what has no label."""
    left_out = in_context = False
    for each in placed:
        piece = each.piece
        if piece.text.lower() in words_of("grade_names"):
            continue
        if each.opens or _is_head(each):
            left_out = _is_among(piece.text, _heads()[0])
            in_context = _is_among(piece.text, _heads()[1])
            continue
        if left_out or each.label in _LABELS_NOT_READ or piece.kind is BlockKind.TABLE:
            continue
        if not each.area and not is_sentence(piece.text):
            continue  # a step of the scale explained ("Limited evidence of ...")
        block = Block(piece.kind, piece.text, piece.spans, level=piece.level, marker=piece.marker)
        yield Passage(block, each.area, Shape.ITEM if piece.is_item else Shape.TEXT, in_context=in_context)


def _is_head(placed: Placed) -> bool:
    piece = placed.piece
    if piece.is_heading:
        return True
    short = not piece.is_item and len(piece.text.split()) <= _LONGEST_HEAD and not _ENDS.search(piece.text)
    return short and (label_named(piece.text) is not None or _is_among(piece.text, _heads()[0] + _heads()[1]))
