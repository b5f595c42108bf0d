"""Where on a sheet does one table end and the next begin?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.readers.office_text import CellDraft, RowDraft, TextBuilder, mark_head
from bluelamp.documents.readers.sheets_rows import Merge, SheetCell, SheetRows

_MOST_MERGED_ROWS = 1_000_000  # rows touched by all vertical merges together

Row = tuple[int, list[SheetCell]]


def add_sheet(builder: TextBuilder, sheet: SheetRows) -> None:
    """Tables are parted by blank rows; a line of one cell outside a table is a paragraph."""
    spans = {(merge.top, merge.left): merge.right - merge.left + 1 for merge in sheet.merges}
    below = _below(sheet)
    for group in _groups(sheet):
        titles = 0
        while titles < len(group) and len(group[titles][1]) == 1:
            titles += 1
        if titles == len(group) or (titles and group[titles - 1][1][0].column <= group[titles][1][0].column):
            for _, cells in group[:titles]:
                builder.add(BlockKind.PARAGRAPH, cells[0].text, strong=cells[0].strong)
            group = group[titles:]
        drafts = [_draft_row(number, cells, spans, below.get(number, ())) for number, cells in group]
        builder.add_table(mark_head(drafts))


def _groups(sheet: SheetRows) -> Iterator[list[Row]]:
    """Runs of rows that follow one another; a cell merged over rows holds them together."""
    held = sorted((merge.top, merge.bottom) for merge in sheet.merges if merge.bottom > merge.top)
    reach = 0
    at = 0
    group: list[Row] = []
    for row in sheet.rows:
        number = row[0]
        if group and number > max(group[-1][0], reach) + 1:
            yield group
            group = []
        group.append(row)
        while at < len(held) and held[at][0] <= number:
            reach = max(reach, min(held[at][1], number + 1000))
            at += 1
    if group:
        yield group


def _below(sheet: SheetRows) -> dict[int, list[Merge]]:
    """For each row with words, the merges that reach it from a row above."""
    numbers = [number for number, _ in sheet.rows]
    found: dict[int, list[Merge]] = {}
    touched = 0
    for merge in sheet.merges:
        if merge.bottom == merge.top:
            continue
        for index in range(bisect_left(numbers, merge.top + 1), bisect_left(numbers, merge.bottom + 1)):
            touched += 1
            if touched > _MOST_MERGED_ROWS:
                return found
            found.setdefault(numbers[index], []).append(merge)
    return found


def _draft_row(
    number: int, cells: list[SheetCell], spans: dict[tuple[int, int], int], above: list[Merge] | tuple[()]
) -> RowDraft:
    covered = {merge.left: merge for merge in above}
    drafts = [
        CellDraft(cell.text, cell.column, spans.get((number, cell.column), 1), strong=cell.strong)
        for cell in cells
        if cell.column not in covered
    ]
    drafts += [CellDraft("", merge.left, merge.right - merge.left + 1, above=True) for merge in covered.values()]
    return RowDraft(tuple(drafts))
