"""What do the tables of a performance or finance paper say? Every row that prints a figure, cited.

`read_performance` and `read_finance` read the same tables in the same way, since performance papers print
money and finance papers indicators; they differ in the name they sign with. Call one of them for each part.
Finance rows live in performance until the finance slice comes with its own issue.
"""

from __future__ import annotations

from itertools import pairwise

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Part
from bluelamp.documents.facts import Fact, Reading, Unread
from bluelamp.documents.printed_tables import Table, row_spans, tables_of
from bluelamp.performance.reading.budgets import is_budget, read_budget
from bluelamp.performance.reading.figures import read_rows
from bluelamp.performance.reading.indicator_heads import read_heads
from bluelamp.performance.reading.indicators import read_indicators
from bluelamp.performance.reading.periods_down import read_indicator_columns, read_year_matrix

VERSION = 4
WIDEST = 256  # columns; twelve years of months are 144

__all__ = ["VERSION", "read_finance", "read_performance"]


def read_performance(part: Part) -> Reading:
    """The indicators of a performance report, and its other tables."""
    return _read(part, "performance.tables")


def read_finance(part: Part) -> Reading:
    """The budgets and outturns of a finance paper, and its other tables."""
    return _read(part, "performance.finance")


def _read(part: Part, reader: str) -> Reading:
    facts: list[Fact] = []
    unread: list[Unread] = []
    notes = _notes(part)
    for table in tables_of(part):
        found, missed = _read_table(part, table, notes.get(id(table.block), ""))
        facts.extend(found)
        unread.extend(missed)
    return Reading(reader=reader, version=VERSION, facts=tuple(facts), unread=tuple(unread))


def _read_table(part: Part, table: Table, note: str) -> tuple[list[Fact], list[Unread]]:
    width = max((len(row.cells) for row in table.block.rows), default=0)
    if width > WIDEST:
        top = part.document.cite(row_spans(table.block.rows[0]))[:1] or part.document.cite(table.block)[:1]
        reason = f"A table of {width:,} columns is too wide to be a published table; it was not read."
        return [], [Unread(reason=reason, citations=top)]
    if is_budget(table):
        return read_budget(part, table)
    by_year = read_year_matrix(part, table)
    if by_year:
        return by_year
    series = read_heads(table)
    if series:
        return read_indicators(part, table, series, note)
    return read_indicator_columns(part, table) or read_rows(part, table)


def _notes(part: Part) -> dict[int, str]:
    """What starred notes say after each table and before the next."""
    tables = [n for n, block in enumerate(part.blocks) if block.kind is BlockKind.TABLE]
    return {
        id(part.blocks[start]): " ".join(_starred(block) for block in part.blocks[start + 1 : end])
        for start, end in pairwise([*tables, len(part.blocks)])
    }


def _starred(block: Block) -> str:
    is_note = block.kind is BlockKind.FOOTNOTE or block.text.startswith("*") or block.marker.startswith("*")
    return block.text if is_note else ""
