"""What stands in the cells of a ruled table?"""

from __future__ import annotations

from bisect import bisect_right

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.readers.pdf_drafts import CellDraft, Draft, RowDraft, Run, whole_line
from bluelamp.documents.readers.pdf_grids import Grid
from bluelamp.documents.readers.pdf_marks import Area, Line, Word
from bluelamp.documents.readers.pdf_rows import Row, make_rows
from bluelamp.documents.readers.structure import is_numeric


def read_grid(grid: Grid, words: list[Word], page: int) -> Draft | None:
    """The table in `grid`; None where it holds no words."""
    inside = _by_group(grid, words)
    rows: list[RowDraft] = []
    seen: set[int] = set()
    for r, groups in enumerate(grid.groups):
        cells = []
        for column, group in enumerate(groups):
            if group in seen:
                continue
            seen.add(group)
            span = sum(1 for g in groups if g == group)
            cells.append((column, span, make_rows(inside.get(group, []))))
        rows += [_make_row(part, page, grid.ys[r]) for part in _split(cells)]
    rows = [row for row in rows if row.filled]
    if not rows:
        return None
    draft = Draft(BlockKind.TABLE, [], page, rows=rows, edges=_number_columns(rows, grid.xs), top=grid.ys[0])
    for row in rows:
        row.ruled = True
    return draft


def _number_columns(rows: list[RowDraft], xs: list[float]) -> tuple[float, ...]:
    """Where all rows have as many cells, these are the columns, however little their edges agree."""
    count = len(rows[0].cells)
    if count < 2 or count == len(xs) - 1 or any(len(row.cells) != count for row in rows):
        return tuple(xs)
    edges = (*(xs[cell.column] for cell in rows[0].cells), xs[-1])
    for row in rows:
        for column, cell in enumerate(row.cells):
            cell.column, cell.column_span = column, 1
    return edges


def _by_group(grid: Grid, words: list[Word]) -> dict[int, list[Word]]:
    inside: dict[int, list[Word]] = {}
    group = -1
    for word in words:
        if not word.glued or group < 0:
            c = bisect_right(grid.xs, (word.x0 + word.x1) / 2) - 1
            r = bisect_right(grid.ys, word.baseline - 0.3 * word.size) - 1
            c = min(max(c, 0), len(grid.xs) - 2)
            r = min(max(r, 0), len(grid.ys) - 2)
            group = grid.groups[r][c]
        inside.setdefault(group, []).append(word)
    return inside


_Cells = list[tuple[int, int, list[Row]]]


def _split(cells: _Cells) -> list[_Cells]:
    """A band without rules between its rows is cut at the lines of its figures."""
    leading = max(
        (rows for _, _, rows in cells if len(rows) > 1 and all(is_numeric(row.text) for row in rows)),
        key=len,
        default=None,
    )
    if not leading:
        return [cells]
    tops = [row.baseline - 0.5 * row.size for row in leading]
    parts: list[_Cells] = [[(c, span, []) for c, span, _ in cells] for _ in tops]
    for i, (_, _, rows) in enumerate(cells):
        for row in rows:
            parts[max(0, bisect_right(tops, row.baseline) - 1)][i][2].append(row)
    return parts


def _make_row(cells: _Cells, page: int, top: float) -> RowDraft:
    """Single lines with figures, or a name and its value, are one line of text; other cells have their own."""
    filled = [rows for _, _, rows in cells if rows]
    single = all(len(rows) == 1 for rows in filled)
    if single and len(filled) > 1 and (len(filled) == 2 or any(is_numeric(rows[0].text) for rows in filled)):
        return RowDraft(
            join_cells([(c, span, rows[0].words if rows else []) for c, span, rows in cells], page), top=top
        )
    made = []
    for column, span, rows in cells:
        made.append(CellDraft([whole_line(Line(row.words, page)) for row in rows], column, span))
    return RowDraft(made, top=top)


def join_cells(cells: list[tuple[int, int, list[Word]]], page: int) -> list[CellDraft]:
    """Cells as one line of text with tabs between them."""
    words: list[Word] = []
    gaps: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    tabs = ""
    for column, span, found in cells:
        first = len(words)
        for i, word in enumerate(found):
            gaps.append((tabs if words else "") if i == 0 else ("" if word.glued else " "))
            words.append(word)
        tabs = "\t" if found else tabs + "\t"
        places.append((column, span, first, len(words)))
    line = Line(words, page, gaps)
    return [CellDraft([Run(line, a, b)] if a < b else [], column, span) for column, span, a, b in places]


def mark_heads(draft: Draft, areas: list[Area]) -> None:
    """Which rows at the top are heads? Those in bold, shaded, or in words above columns of figures."""
    rows = draft.rows
    limit = min(3, len(rows) - 1)
    bold_all = all(cell.bold for row in rows for cell in row.filled)
    for i in range(limit):
        row = rows[i]
        figures = any(is_numeric(cell.text) and not is_year(cell.text) for cell in row.filled)
        bold = not bold_all and all(cell.bold for cell in row.filled)
        looks = bold or (not figures and _is_shaded(row, rows, areas))
        titled = all(len(r.filled) == 1 for r in rows[:i])
        above = titled and len(row.filled) > 1 and _has_figures(rows[i + 1 :])
        if figures and not looks:
            break
        if not looks and not above:
            break
        if i and len(row.filled) == 1 and row.filled[0].column_span < 2:
            break  # a group's name in bold
        row.is_head = True


def is_year(text: str) -> bool:
    return len(text) == 4 and text[:2] in ("19", "20")


def _has_figures(rows: list[RowDraft]) -> bool:
    later = [cell for row in rows for cell in row.filled if cell.column > 0]
    return bool(later) and sum(is_numeric(cell.text) for cell in later) >= 0.6 * len(later)


def _is_shaded(row: RowDraft, rows: list[RowDraft], areas: list[Area]) -> bool:
    """Shaded, and the last row is not."""

    def shaded(found: RowDraft) -> bool:
        words = [w for cell in found.filled for run in cell.runs for w in run.words]
        return all(any(_over(area, w) for area in areas if area.filled) for w in words)

    return bool(areas) and shaded(row) and not shaded(rows[-1])


def _over(area: Area, word: Word) -> bool:
    left, top, right, bottom = area.box
    return left <= word.x0 + 1 and word.x1 - 1 <= right and top <= word.baseline <= bottom + 1
