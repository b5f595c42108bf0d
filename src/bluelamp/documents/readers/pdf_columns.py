"""Is a stretch of the page set in columns, and where does one end and the next begin?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bluelamp.documents.readers.pdf_grids import Frame
from bluelamp.documents.readers.pdf_rows import Piece, Row, make_row
from bluelamp.documents.readers.structure import is_numeric

STEP = 4.0  # points within which lines of a column begin
GUTTER = 8.0  # points a gutter is wide at least
LINES_AT_LEAST = 3
LETTERS_AT_LEAST = 16  # that prose has in a line, on the average of a column
WIDEST = 20_000  # points; wider pages are drawings, or hostile
_DEPTH = 3


@dataclass(slots=True)
class Stretch:
    """Rows and frames to be read from top to bottom, before what stands to their right."""

    rows: list[Row]
    frames: list[Frame]


@dataclass(slots=True)
class _Item:
    x0: float
    x1: float
    top: float
    bottom: float
    row: Row | None = None
    piece: Piece | None = None
    frame: Frame | None = None
    tabular: bool = False  # of a row of figures, which no gutter parts


def find_stretches(rows: list[Row], frames: list[Frame]) -> list[Stretch]:
    """The stretches in the order in which they are read."""
    tabular = _find_tabular(rows)
    items = [
        _Item(p.x0, p.x1, row.top, row.bottom, row=row, piece=p, tabular=id(row) in tabular)
        for row in rows
        for p in row.pieces
    ]
    items += [_Item(f.box[0], f.box[2], f.box[1], f.box[3], frame=f) for f in frames]
    items.sort(key=lambda i: i.top)
    return _split(items, _DEPTH)


def _find_tabular(rows: list[Row]) -> set[int]:
    """Rows of words and figures, next to another such row."""
    looks = [len(row.pieces) > 1 and is_numeric(row.pieces[-1].text) for row in rows]
    return {
        id(row)
        for i, row in enumerate(rows)
        if looks[i] and ((i > 0 and looks[i - 1]) or (i + 1 < len(rows) and looks[i + 1]))
    }


def _split(items: list[_Item], depth: int) -> list[Stretch]:
    gutter = _find_gutter(items) if depth else None
    if gutter is None:
        return [_gather(items)] if items else []
    done: list[Stretch] = []
    whole: list[_Item] = []
    for band in _bands(items, gutter):
        if band.left is None:
            whole += band.items
        else:
            if whole:
                done.append(_gather(whole))
                whole = []
            done += _split(band.left, depth - 1) + _split(band.right, depth - 1)
    if whole:
        done.append(_gather(whole))
    return done


@dataclass(slots=True)
class _Band:
    """Items between two that cross the gutter: in columns (left not None), or not."""

    items: list[_Item]
    left: list[_Item] | None
    right: list[_Item]


def _bands(items: list[_Item], gutter: float) -> list[_Band]:
    """`items` are sorted from top to bottom."""
    bands: list[_Band] = []
    left: list[_Item] = []
    right: list[_Item] = []

    def close() -> None:
        clear = left and right and min(i.x0 for i in right) - max(i.x1 for i in left) >= GUTTER
        if clear and _is_prose(left) and _is_prose(right):
            bands.append(_Band([], list(left), list(right)))
        elif left or right:
            bands.append(_Band([*left, *right], None, []))
        left.clear()
        right.clear()

    for item in items:
        if item.tabular:
            close()
            bands.append(_Band([item], None, []))
        elif item.x1 <= gutter:
            left.append(item)
        elif item.x0 >= gutter:
            right.append(item)
        else:
            close()
            bands.append(_Band([item], None, []))
    close()
    return bands


def _find_gutter(items: list[_Item]) -> float | None:
    """Where the most letters stand in columns."""
    pieces = [i for i in items if i.piece]
    if len(pieces) < 2 * LINES_AT_LEAST:
        return None
    left, right = min(i.x0 for i in items), max(i.x1 for i in items)
    width = right - left
    if not 200 <= width <= WIDEST:
        return None
    starts = Counter(
        round(i.x0 / STEP) for i in items if left + 0.18 * width < i.x0 < right - 0.18 * width and _is_long(i)
    )
    best: tuple[int, float] | None = None
    for place, times in starts.most_common(6):
        if times < (1 if best is None and any(i.frame for i in items) else LINES_AT_LEAST):
            break
        gutter = min(i.x0 for i in items if round(i.x0 / STEP) == place) - 1
        letters = sum(_letters(b.left) + _letters(b.right) for b in _bands(items, gutter) if b.left is not None)
        if letters and (best is None or letters > best[0]):
            best = letters, gutter
    return best[1] if best else None


def _is_long(item: _Item) -> bool:
    return item.piece is None or len(item.piece.words) > 2


def _letters(items: list[_Item]) -> int:
    return sum(len(w.text) + 1 for i in items if i.piece for w in i.piece.words)


def _is_prose(items: list[_Item]) -> bool:
    """Enough lines with enough words to be read downwards; or a frame with such lines beside it."""
    lines = [i.piece for i in items if i.piece]
    framed = any(i.frame for i in items)
    if framed and not lines:
        return True
    rows = {id(i.row) for i in items if i.row}
    if len(rows) < (1 if framed else LINES_AT_LEAST):
        return False
    return _letters(items) / len(rows) >= LETTERS_AT_LEAST and len(lines) <= 2.5 * len(rows)


def _gather(items: list[_Item]) -> Stretch:
    """Rows again, of the pieces that are left of them."""
    kept: dict[int, tuple[Row, list[Piece]]] = {}
    for item in items:
        if item.row and item.piece:
            kept.setdefault(id(item.row), (item.row, []))[1].append(item.piece)
    rows = []
    for row, pieces in kept.values():
        pieces.sort(key=lambda p: p.x0)
        rows.append(row if len(pieces) == len(row.pieces) else make_row(pieces))
    rows.sort(key=lambda r: r.baseline)
    return Stretch(rows, [i.frame for i in items if i.frame])
