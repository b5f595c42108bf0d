"""What belongs together across the turn of a page or column, and how deep is a heading?"""

from __future__ import annotations

from collections.abc import Iterable

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.readers.pdf_drafts import CellDraft, Draft, RowDraft
from bluelamp.documents.readers.structure import ends_open, ends_sentence, starts_lower

_FLOW = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_NEAR = 6.0  # points that the columns of one table may differ on two pages


def join_drafts(pages: list[list[Draft]]) -> tuple[list[Draft], list[Draft]]:
    """The blocks of all pages in order, and the repeated heads of tables."""
    joined: list[Draft] = []
    repeated: list[Draft] = []
    for drafts in pages:
        first = True
        for draft in drafts:
            if draft.kind is BlockKind.TABLE and first and _join_table(joined, draft, repeated):
                continue
            if (first and _join_heading(joined, draft)) or (
                draft.kind is BlockKind.PARAGRAPH and _join_sentence(joined, draft, turn=first)
            ):
                first = False
                continue
            first = first and draft.kind is BlockKind.FOOTNOTE
            joined.append(draft)
    return joined, repeated


# Sentences


def _join_sentence(joined: list[Draft], draft: Draft, *, turn: bool) -> bool:
    """Does the sentence of the last paragraph or item run on in this one?"""
    before = _last_flow(joined, boxed=draft.boxed)
    if before is None or (before.stretch == draft.stretch and before is joined[-1]):
        return False
    line, last = draft.runs[0].line, before.runs[-1].line
    if abs(line.size - last.size) > 0.7 or before.strong != draft.strong:
        return False
    text = before.text[-200:]
    item = before.kind is BlockKind.LIST_ITEM
    if turn and item and _lost_glyph(before, draft):
        return False
    if ends_sentence(text) and not last.words[-1].broken:
        return False
    full = last.x1 > before.right - 6 * last.size
    if not (
        starts_lower(draft.text) or last.words[-1].broken or (full and (len(before.runs) > 1 or ends_open(text)))
    ):
        return False
    before.runs += draft.runs
    return True


def _join_heading(joined: list[Draft], draft: Draft) -> bool:
    """Does the heading at the foot of the last page run on at the top of this one?"""
    before = next((d for d in reversed(joined[-10:]) if d.kind is not BlockKind.FOOTNOTE), None)
    if draft.kind is not BlockKind.HEADING and not (draft.kind is BlockKind.PARAGRAPH and draft.strong):
        return False
    if before is None or before.kind is not BlockKind.HEADING or before.boxed != draft.boxed:
        return False
    line, last = draft.runs[0].line, before.runs[-1].line
    if abs(line.size - last.size) > 0.4 or before.strong != draft.strong or ends_sentence(before.text):
        return False
    if not (starts_lower(draft.text) or ends_open(before.text)):
        return False
    before.runs += draft.runs
    return True


def _last_flow(joined: list[Draft], *, boxed: bool) -> Draft | None:
    """The last paragraph or item, with nothing but notes, tables and boxes after it."""
    for draft in reversed(joined[-40:]):
        if draft.boxed and not boxed:
            continue
        if draft.kind in _FLOW:
            return draft
        if draft.kind not in (BlockKind.FOOTNOTE, BlockKind.TABLE):
            return None
    return None


def _lost_glyph(before: Draft, draft: Draft) -> bool:
    """A new item whose bullet was not printed again after the turn of the page."""
    if abs(draft.indent - before.indent) > 2.5 or before.indent - before.runs[0].line.x0 < 5:
        return False
    if not ends_sentence(before.text) and (starts_lower(draft.text) or ends_open(before.text)):
        return False
    draft.kind = BlockKind.LIST_ITEM
    return True


# Tables


def _join_table(joined: list[Draft], draft: Draft, repeated: list[Draft]) -> bool:
    """Is this the rest of the table at the end of the last page?"""
    before = next((d for d in reversed(joined) if d.kind is not BlockKind.FOOTNOTE), None)
    if before is None or before.kind is not BlockKind.TABLE or before.boxed != draft.boxed:
        return False
    if not _same_columns(before, draft):
        return False
    heads = _repeated_heads(before, draft)
    if not heads and draft.rows[0].is_head and before.rows[0].is_head:
        return False  # another table
    rows = draft.rows[heads:]
    if heads:
        repeated.append(Draft(BlockKind.REPEATED_HEAD, [], draft.page, rows=draft.rows[:heads], top=draft.top))
    for row in rows:
        row.is_head = False
    if rows and _is_cut(before.rows[-1], rows[0], heads=bool(heads)):
        _append_row(before.rows[-1], rows[0])
        rows = rows[1:]
    before.rows += rows
    return True


def _same_columns(a: Draft, b: Draft) -> bool:
    if len(a.edges) != len(b.edges):
        return False
    near = _NEAR if a.rows[0].ruled else 25.0
    shift = b.edges[0] - a.edges[0]  # margins of left and right pages differ
    return all(abs(y - x - shift) <= near for x, y in zip(a.edges, b.edges, strict=True)) and abs(shift) < 60


def _repeated_heads(a: Draft, b: Draft) -> int:
    count = 0
    for x, y in zip(a.rows, b.rows, strict=False):
        if x.key != y.key or not x.key or (not x.is_head and count == 0 and not y.is_head):
            break
        count += 1
    return count


def _is_cut(above: RowDraft, row: RowDraft, *, heads: bool) -> bool:
    """Did the page's turn cut the row in two?"""
    if not row.filled or above.is_head:
        return False
    first_empty = not row.cells[0].runs
    if first_empty and above.cells[0].runs:
        return True
    uppers = {cell.column: cell for cell in above.filled}
    runs_on = [
        starts_lower(cell.text) and not ends_sentence(uppers[cell.column].text)
        for cell in row.filled
        if cell.column in uppers
    ]
    if not any(runs_on) or all(runs_on):
        return any(runs_on)
    return not heads and any(len(cell.runs) > 1 for cell in above.filled)


def _append_row(above: RowDraft, row: RowDraft) -> None:
    uppers: dict[int, CellDraft] = {cell.column: cell for cell in above.cells}
    for cell in row.filled:
        if cell.column in uppers:
            uppers[cell.column].runs += cell.runs
        else:
            above.cells.append(cell)
            above.cells.sort(key=lambda c: c.column)


# Levels


def set_levels(drafts: Iterable[Draft]) -> None:
    """Headings by their look, larger and bolder first; items by where their marker stands."""
    drafts = list(drafts)
    headings = [d for d in drafts if d.kind is BlockKind.HEADING]
    ranks: dict[tuple[float, bool], int] = {}
    rank = 0
    last: tuple[float, bool] | None = None
    for look in sorted({(d.large, d.strong) for d in headings}, reverse=True):
        if last is None or last[0] - look[0] > 0.55 or last[1] != look[1]:
            rank += 1
        ranks[look] = rank
        last = look
    for draft in headings:
        draft.level = min(6, ranks[draft.large, draft.strong])
    _set_item_levels(drafts)


def _set_item_levels(drafts: list[Draft]) -> None:
    stack: list[float] = []
    boxed = False
    for draft in drafts:
        if draft.boxed != boxed:
            stack, boxed = [], draft.boxed
        if draft.kind is BlockKind.HEADING or (
            draft.kind is BlockKind.PARAGRAPH and stack and draft.indent <= stack[0] + 4
        ):
            stack = []
        if draft.kind is not BlockKind.LIST_ITEM:
            continue
        at = draft.runs[0].line.x0 if draft.marker else draft.indent - 12
        while stack and stack[-1] > at + 4:
            stack.pop()
        if not stack or stack[-1] < at - 4:
            stack.append(at)
        draft.level = len(stack)
