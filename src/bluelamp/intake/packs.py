"""Is a document with a template's table a meeting's pack all the same, and which of its tables are templates?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bluelamp.assurance.reading import is_template_table
from bluelamp.assurance.reading_cards import cards_of
from bluelamp.assurance.reading_columns import Columns, Role, find_columns, plain_words, section_named
from bluelamp.documents.blocks import Block
from bluelamp.documents.document import Part
from bluelamp.scrutiny.reading.agendas import read_agenda
from bluelamp.scrutiny.reading.headers import find_headers
from bluelamp.scrutiny.reading.meetings import is_minutes, read_meeting
from bluelamp.scrutiny.reading.packs import AGENDA, PackPart, split_pack

FEWEST_ITEMS = 3
"""Numbered items under the word of an agenda that stands beside a template's table."""
FEWEST_PAPERS = 2
HEAD_ROWS = 8


def holds_meeting(part: Part) -> bool:
    """An agenda with its items, minutes with who was there or what was decided, or the heads of several papers.

    A tracker that names its agenda item or the minutes that approved it holds none of these.
    """
    if any(_is_of_meeting(paper) for paper in split_pack(part.document)):
        return True
    return len(find_headers(part.document, part.blocks)) >= FEWEST_PAPERS


def _is_of_meeting(paper: Part) -> bool:
    bare = without_tables(paper, [block for block in paper.blocks if is_template_table(block)])
    if isinstance(paper, PackPart) and paper.role == AGENDA:
        return len(read_agenda(paper, None)[0]) >= FEWEST_ITEMS
    return is_minutes(paper) and any(fact.kind in _OF_MINUTES for fact in read_meeting(bare).facts)


_OF_MINUTES = frozenset({"attendance", "resolution"})
"""What minutes hold, and a paper that tells of them does not."""


def template_tables(paper: Part) -> tuple[Block, ...]:
    """The tables of a pack's paper in which points that were made are answered.

    A pack holds many a table of issues, details or decisions, with somebody's name and a day beside them: here the
    head must name what was recommended or found, and what is done about it or both by whom and when.
    """
    return tuple(
        block
        for block in paper.blocks
        if is_template_table(block) and any(_answers_points(columns) for columns in _columns(block))
    )


def _columns(table: Block) -> Iterable[Columns]:
    if cards := cards_of(table):
        return (cards[0].columns,)
    return tuple(found for row in table.rows[:HEAD_ROWS] if (found := find_columns(row)))


def _answers_points(columns: Columns) -> bool:
    points = [column for column in columns.of(Role.TEXT) if _names_point(columns.heads[column])]
    answers = any(column > min(points, default=column) for column in columns.of(Role.ACTION))
    return bool(points) and (answers or bool(columns.of(Role.OWNER) and columns.of(Role.DUE)))


_POINT = re.compile(r"\b(?:findings?|points? raised|weakness(?:es)?)\b")
_SAID_BY_OTHERS = frozenset({"recommendation", "area_for_improvement", "cause_of_concern"})


def _names_point(head: str) -> bool:
    return section_named(head) in _SAID_BY_OTHERS or bool(_POINT.search(plain_words(head)))


def without_tables(part: Part, tables: Iterable[Block]) -> Part:
    """The part without these tables, the same part where it holds none of them."""
    gone = {id(table) for table in tables}
    blocks = tuple(block for block in part.blocks if id(block) not in gone)
    return part if len(blocks) == len(part.blocks) else replace(part, blocks=blocks)
