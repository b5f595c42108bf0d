"""Where do words stand in columns although no rules part them?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.readers.pdf_drafts import CellDraft, Draft, RowDraft, whole_line
from bluelamp.documents.readers.pdf_marks import Line, Rule, Word
from bluelamp.documents.readers.pdf_rows import Piece, Row
from bluelamp.documents.readers.pdf_tables import is_year, join_cells
from bluelamp.documents.readers.structure import find_marker, is_numeric, starts_lower

ALIGNED = 3.5  # points that edges of one column may differ
_PARTED = 4.0  # points that columns stand apart at least


@dataclass(slots=True)
class _Placed:
    """One row with its pieces in columns."""

    row: Row
    cells: dict[int, tuple[int, list[Word]]]  # column: (columns covered, words)


def find_aligned(rows: list[Row], rules: list[Rule], page: int) -> list[tuple[int, int, Draft]]:
    """Tables in `rows` (of one column of the page): first row, row after the last, table."""
    found: list[tuple[int, int, Draft]] = []
    start = 0
    while start < len(rows):
        if not _is_multiple(rows[start]):
            start += 1
            continue
        end = _find_end(rows, start)
        draft = _make_table(rows[start:end], rules, page)
        if draft:
            found.append((start, end, draft))
        start = end
    return found


def _is_multiple(row: Row) -> bool:
    if len(row.pieces) < 2:
        return False
    return len(row.pieces) > 2 or not is_marker(row.pieces[0])


def is_marker(piece: Piece) -> bool:
    """A bullet or number on its own, so that what follows is its item."""
    if len(piece.words) > 2:
        return False
    if piece.words[0].symbol:
        return True
    text = piece.text
    if is_paragraph_number(text):
        return True
    found = find_marker(text + " x")
    return bool(found and found.end > len(text) and not is_numeric(text.rstrip("."))) or _is_list_number(text)


def is_paragraph_number(text: str) -> bool:
    """ "1.1", "4.2.3", "12.": numbers of paragraphs."""
    parts = text.rstrip(".)").split(".")
    return (
        (len(parts) > 1 or text[-1] in ".)") and len(parts) < 5 and all(p.isdigit() and len(p) < 3 for p in parts)
    )


def _is_list_number(text: str) -> bool:
    return len(text) <= 4 and text[-1:] in ".)" and text.strip("().").isalnum()


def _find_end(rows: list[Row], start: int) -> int:
    """The rows that may belong to a table beginning at `start`."""
    left, right = rows[start].x0, rows[start].x1
    last = start
    i = start + 1
    while i < len(rows):
        gap = rows[i].baseline - rows[i - 1].baseline
        if gap > 3.2 * max(rows[i].size, rows[i - 1].size) or rows[i].size > 1.35 * rows[start].size:
            break
        if _is_multiple(rows[i]):
            if i > last + 1 and _parts(rows[last : i + 1]):
                return last + 1
            if gap > 2 * rows[i].size and i - 1 > start and _is_elsewhere(rows[start:i], rows[i]):
                return i
            last = i
            left, right = min(left, rows[i].x0), max(right, rows[i].x1)
        elif i - last > 2 or rows[i].x1 - rows[i].x0 > 0.6 * (right - left) or is_marker_row(rows[i]):
            break
        i += 1
    while i > last + 1 and not _continues(rows[last:i], left, right):
        i -= 1
    return i


def _is_elsewhere(above: list[Row], row: Row) -> bool:
    """Do all but the first of the row's pieces begin and end where nothing above does?"""
    pieces = [p for other in above for p in other.pieces[1:]]
    gaps = [b.baseline - a.baseline for a, b in pairwise(above)]
    if row.baseline - above[-1].baseline < 1.3 * max(gaps):
        return False
    return not any(
        abs(p.x0 - q.x0) <= ALIGNED or abs(p.x1 - q.x1) <= ALIGNED or abs(p.x0 + p.x1 - q.x0 - q.x1) <= 2 * ALIGNED
        for p in row.pieces[1:]
        for q in pieces
    )


def _parts(rows: list[Row]) -> bool:
    """Do single rows between two full ones stand apart from the first, as a title of another table does?"""
    above, title, below = rows[0], rows[1], rows[-1]
    size = max(row.size for row in rows)
    apart = title.baseline - above.baseline > 2.0 * size and below.baseline - rows[-2].baseline > 1.6 * size
    return apart and (all(w.bold for w in title.words) or title.size > 1.1 * above.size)


def is_marker_row(row: Row) -> bool:
    return len(row.pieces) == 2 and is_marker(row.pieces[0])


def _continues(rows: list[Row], left: float, right: float) -> bool:
    """Do the single rows after the last full one wrap from it? They stand close, under one of its cells."""
    final, before = rows[-1], rows[-2]
    close = final.baseline - before.baseline <= 1.35 * max(final.size, 1)
    under = any(abs(final.x0 - piece.x0) < ALIGNED for piece in rows[0].pieces)
    return close and under and (starts_lower(final.text) or final.x0 > left + 40)


def _make_table(rows: list[Row], rules: list[Rule], page: int) -> Draft | None:
    multiple = [row for row in rows if _is_multiple(row)]
    figures = sum(is_numeric(p.text) for row in multiple for p in row.pieces[1:])
    if len(multiple) < (2 if figures >= 2 or _has_bold_head(multiple) else 3):
        return None
    edges = _find_edges(multiple)
    if len(edges) < 3:
        return None
    placed = [_place(row, edges) for row in rows]
    if not _is_regular(placed, len(edges) - 1):
        return None
    groups = _group(placed, [r.at for r in rules if r.start < edges[-1] and r.end > edges[0]])
    draft = Draft(BlockKind.TABLE, [], page, edges=tuple(edges), top=rows[0].top)
    draft.rows = [_make_row(group, len(edges) - 1, page) for group in groups]
    return draft


def _has_bold_head(rows: list[Row]) -> bool:
    """Bold words above as many that are not bold."""
    bold = [all(w.bold for w in row.words) for row in rows]
    return bold[0] and not any(bold[1:]) and all(len(row.pieces) == len(rows[0].pieces) for row in rows)


def _find_edges(rows: list[Row]) -> list[float]:
    """Where columns begin, and where the last ends: the gaps that all full rows share."""
    most = max(len(row.pieces) for row in rows)
    full = [row for row in rows if len(row.pieces) >= max(2, 0.6 * most)]
    stretches = sorted((p.x0, p.x1) for row in full for p in row.pieces)
    columns: list[list[float]] = []
    for a, b in stretches:
        if columns and a < columns[-1][1] + _PARTED:
            columns[-1][1] = max(columns[-1][1], b)
        else:
            columns.append([a, b])
    left = min(row.x0 for row in rows)
    right = max(row.x1 for row in rows)
    return [
        min(left, columns[0][0]),
        *((a[1] + b[0]) / 2 for a, b in pairwise(columns)),
        right,
    ]


def _place(row: Row, edges: list[float]) -> _Placed:
    cells: dict[int, tuple[int, list[Word]]] = {}
    for piece in row.pieces:
        covered = [c for c in range(len(edges) - 1) if piece.x0 < edges[c + 1] - 1 and piece.x1 > edges[c] + 1]
        first = covered[0] if covered else (0 if piece.x0 < edges[0] else len(edges) - 2)
        if first in cells:
            span, words = cells[first]
            cells[first] = (max(span, len(covered)), words + piece.words)
        else:
            cells[first] = (max(1, len(covered)), list(piece.words))
    return _Placed(row, cells)


def _is_regular(placed: list[_Placed], columns: int) -> bool:
    """Do the columns' words align (left, right or middle), in more than half of the rows?"""
    filled = 0
    for column in range(columns):
        cells = [p.cells[column][1] for p in placed if column in p.cells and p.cells[column][0] == 1]
        if len(cells) < 2:
            continue
        lefts = [words[0].x0 for words in cells]
        rights = [words[-1].x1 for words in cells]
        middles = [(a + b) / 2 for a, b in zip(lefts, rights, strict=True)]
        share = max(_agreeing(edges) for edges in (lefts, rights, middles)) / len(cells)
        if share < 0.55:
            return False
        filled += 1
    return filled >= 2 or (filled >= 1 and columns == 2)


def _agreeing(places: list[float]) -> int:
    return max(sum(abs(a - b) <= ALIGNED for b in places) for a in places[:40])


def _group(placed: list[_Placed], rules: list[float]) -> list[list[_Placed]]:
    """Lines that make one row of the table."""
    between = sum(1 for a, b in pairwise(placed) if _ruled(a, b, rules))
    if between >= 3 and between >= 0.3 * len(placed):
        return _group_by(placed, lambda a, b: not _ruled(a, b, rules))
    gaps = sorted(b.row.baseline - a.row.baseline for a, b in pairwise(placed))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    return _group_by(placed, lambda a, b: not _ruled(a, b, rules) and _wraps(a, b, usual))


def _ruled(a: _Placed, b: _Placed, rules: list[float]) -> bool:
    return any(a.row.baseline - 1 < at <= b.row.baseline - 0.4 * b.row.size for at in rules)


def _group_by(placed: list[_Placed], together: object) -> list[list[_Placed]]:
    groups = [[placed[0]]]
    for before, after in pairwise(placed):
        if together(before, after):  # type: ignore[operator]
            groups[-1].append(after)
        else:
            groups.append([after])
    return groups


def _wraps(a: _Placed, b: _Placed, usual: float) -> bool:
    """Is the second line a continuation of the first?"""
    gap = b.row.baseline - a.row.baseline
    size = max(a.row.size, b.row.size)
    tight = gap <= 1.45 * size and gap <= usual + 2
    if not tight:
        return False
    figures_a, figures_b = _has_figures(a), _has_figures(b)
    if figures_b and (figures_a or 0 not in b.cells):
        return False
    if gap <= usual - 1.5:
        return True
    if 0 not in b.cells:
        return True  # nothing under the first column
    only_b = list(b.cells) == [0]
    only_a = list(a.cells) == [0]
    return (only_b or only_a) and starts_lower(_joined(b.cells[0][1]))


def _has_figures(placed: _Placed) -> bool:
    """Figures other than years, which stand in heads."""
    return any(is_numeric(t) and not is_year(t) for t in (_joined(words) for _, words in placed.cells.values()))


def _joined(words: list[Word]) -> str:
    return " ".join(w.text for w in words)


def _make_row(group: list[_Placed], columns: int, page: int) -> RowDraft:
    top = group[0].row.top
    if len(group) == 1:
        cells, c = [], 0
        placed = group[0].cells
        while c < columns:
            span, words = placed.get(c, (1, []))
            cells.append((c, span, words))
            c += span
        return RowDraft(join_cells(cells, page), top=top)
    made = []
    for c in range(columns):
        found = [p.cells[c] for p in group if c in p.cells]
        runs = [whole_line(Line(words, page)) for _, words in found]
        made.append(CellDraft(runs, c, max((span for span, _ in found), default=1)))
    covered: set[int] = set()
    kept = []
    for cell in made:
        if cell.runs or cell.column not in covered:
            kept.append(cell)
        covered |= set(range(cell.column + 1, cell.column + cell.column_span))
    return RowDraft(kept, top=top)
