"""Is a stretch of the page set in columns, and where does one end and the next begin?"""

from __future__ import annotations

from dataclasses import dataclass

from bluelamp.documents.readers.pdf_grids import Frame
from bluelamp.documents.readers.pdf_rows import Piece, Row, make_row

BIN = 2.0  # points
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


def find_stretches(rows: list[Row], frames: list[Frame]) -> list[Stretch]:
    """The stretches in the order in which they are read."""
    items = [_Item(p.x0, p.x1, row.top, row.bottom, row=row, piece=p) for row in rows for p in row.pieces]
    items += [_Item(f.box[0], f.box[2], f.box[1], f.box[3], frame=f) for f in frames]
    return _split(items, _DEPTH)


def _split(items: list[_Item], depth: int) -> list[Stretch]:
    gutter = _find_gutter(items) if depth else None
    if gutter is None:
        return [_gather(items)]
    crossing = sorted((i for i in items if i.x0 < gutter < i.x1), key=lambda i: i.top)
    beside = [i for i in items if not i.x0 < gutter < i.x1]
    stretches: list[list[_Item]] = []
    whole: list[_Item] = []
    done: list[Stretch] = []
    edges = [*(c.top for c in crossing), float("inf")]
    above = float("-inf")
    for k, edge in enumerate(edges):
        band = [i for i in beside if above <= (i.top + i.bottom) / 2 < edge]
        left, right = [i for i in band if i.x1 <= gutter], [i for i in band if i.x0 >= gutter]
        if _is_prose(left) and _is_prose(right):
            if whole:
                done.append(_gather(whole))
                whole = []
            done += _split(left, depth - 1) + _split(right, depth - 1)
        else:
            whole += band
        if k < len(crossing):
            whole.append(crossing[k])
            above = edge
    stretches.append(whole)
    if whole:
        done.append(_gather(whole))
    return done


def _find_gutter(items: list[_Item]) -> float | None:
    """The middle of the widest strip that the fewest lines cross."""
    pieces = [i for i in items if i.piece]
    if len(pieces) < 2 * LINES_AT_LEAST:
        return None
    left, right = min(i.x0 for i in pieces), max(i.x1 for i in pieces)
    width = right - left
    if not 200 <= width <= WIDEST:
        return None
    bins = [0] * (int(width / BIN) + 2)
    for item in items:
        a = int((max(item.x0, left) - left) / BIN)
        b = int((min(item.x1, right) - left) / BIN) + 1
        if b > a:
            bins[a] += 1
            bins[min(b, len(bins) - 1)] -= 1
    for k in range(1, len(bins)):
        bins[k] += bins[k - 1]
    low, high = int(0.2 * len(bins)), int(0.8 * len(bins))
    fewest = min(bins[low:high], default=0)
    if fewest > 0.34 * len(pieces):
        return None
    best = _widest(bins, low, high, fewest)
    if best is None:
        return None
    a, b = best
    return left + (a + b) / 2 * BIN if (b - a) * BIN >= GUTTER else None


def _widest(bins: list[int], low: int, high: int, fewest: int) -> tuple[int, int] | None:
    best: tuple[int, int] | None = None
    start: int | None = None
    for k in range(low, high + 1):
        if k < high and bins[k] <= fewest:
            start = k if start is None else start
        elif start is not None:
            if best is None or k - start > best[1] - best[0]:
                best = (start, k)
            start = None
    return best


def _is_prose(items: list[_Item]) -> bool:
    """Enough lines with enough words to be read downwards; or a frame with such lines beside it."""
    lines = [i.piece for i in items if i.piece]
    framed = any(i.frame for i in items)
    if framed and not lines:
        return True
    rows = {id(i.row) for i in items if i.row}
    if len(rows) < (1 if framed else LINES_AT_LEAST):
        return False
    letters = sum(len(w.text) + 1 for p in lines for w in p.words)
    return letters / len(rows) >= LETTERS_AT_LEAST and len(lines) <= 1.6 * len(rows)


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
