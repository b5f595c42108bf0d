"""Which lines set their cells apart by spaces, one under the other, instead of by tabs?

Such lines are given tabs where their columns part, in place of as many spaces: every character keeps its offset.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from bluelamp.documents.readers.plain_lines import Line
from bluelamp.documents.readers.structure import ends_with_stop, find_marker, is_numeric, starts_lower

_GAP = re.compile(r"[ \xa0]{2,}")
_STROKES = re.compile(r"\s*[-=_+|─━═]{3}[-=_+|─━═ ]*")
_LONGEST = 400  # characters of a line that may be a row
_MOST_CELLS = 20
_APART = 3  # lines at most from one row to the next
_SLACK = 1  # characters by which cells that stand under each other may be out of line
_WIDE = 3  # spaces: a gap that is surely meant
_LONG_CELL = 25  # characters: cells longer than this may be two columns of running text
_LONGEST_BAND = 60  # characters
_INDENT = 3  # spaces before a line that goes on with a cell of the row above


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    pieces: tuple[_Piece, ...]


def find_aligned(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those of tables aligned by spaces with tabs between their cells."""
    found = list(lines)
    for chain in (_with_weak_cuts(chain, lines) for chain in _chains(lines)):
        placed = list(_place(chain))
        width = max(columns[-1] for _, columns in placed)
        for row, columns in placed:
            line = lines[row.number]
            text = _with_tabs(line.text, row.pieces, columns)
            found[row.number] = replace(line, text=text + "\t" * (width - columns[-1]))
        for number in range(max(0, chain[0].number - 1), min(len(lines), chain[-1].number + 2)):
            if _STROKES.fullmatch(lines[number].text):
                found[number] = replace(lines[number], rule=True)
    return tuple(found)


def _with_tabs(text: str, pieces: Sequence[_Piece], columns: Sequence[int]) -> str:
    parts, position, column = [], 0, 0
    for piece, own in zip(pieces, columns, strict=True):
        gap = piece.start - position
        parts.append("\t" * min(gap, own - column) + " " * max(0, gap - (own - column)))
        parts.append(text[piece.start : piece.end])
        position, column = piece.end, own
    return "".join(parts)


def _chains(lines: Sequence[Line]) -> Iterator[list[_Row]]:
    """Runs of rows of which each stands under another and shares an edge with it."""
    chain: list[_Row] = []
    for number, line in enumerate(lines):
        row = _row(number, line)
        if row is None and chain:
            row = _weak_row(number, line, chain) or _tail(number, line, chain[-1])
        if row is None:
            continue
        if chain and number - chain[-1].number <= _APART and any(_share_edge(row, other) for other in chain[-3:]):
            chain.append(row)
            continue
        yield from _whole(chain, lines)
        chain = [row] if len(row.pieces) > 1 else []
    yield from _whole(chain, lines)


def _row(number: int, line: Line) -> _Row | None:
    text = line.text
    if "  " not in text or "\t" in text or line.level or len(text) > _LONGEST:
        return None
    marker = find_marker(text)
    pieces = _pieces(text, marker.end if marker else 0)
    if not 1 < len(pieces) <= _MOST_CELLS or text[pieces[0].start : pieces[0].end].endswith(":"):
        return None
    return _Row(number, pieces)


def _weak_row(number: int, line: Line, chain: Sequence[_Row]) -> _Row | None:
    """A line whose only gap stands after a stop, under rows that have a column where it ends."""
    text = line.text
    if line.is_blank or "  " not in text or "\t" in text or line.level or len(text) > _LONGEST:
        return None
    columns = {piece.start for row in chain[-3:] for piece in row.pieces[1:]}
    whole = _Piece(len(text) - len(text.lstrip()), len(text.rstrip()))
    pieces = tuple(_cut_at(text, (whole,), columns))
    return _Row(number, pieces) if len(pieces) > 1 else None


def _pieces(text: str, words_at: int) -> tuple[_Piece, ...]:
    """What stands between gaps; a gap after a stop, or after a bullet, parts no cells."""
    first = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    cuts = [first]
    for gap in _GAP.finditer(text, max(first, words_at), end):
        after_stop = len(gap.group()) < 4 and ends_with_stop(text[max(0, gap.start() - 12) : gap.start()])
        if not after_stop:
            cuts += [gap.start(), gap.end()]
    cuts.append(end)
    return tuple(_Piece(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True))


def _with_weak_cuts(chain: list[_Row], lines: Sequence[Line]) -> list[_Row]:
    """The rows, cut also where a cell ends with a stop just before the column of other rows begins."""
    starts = Counter(piece.start for row in chain for piece in row.pieces[1:])
    enough = max(1, sum(len(row.pieces) > 1 for row in chain) // 2)
    columns = {start for start, times in starts.items() if times >= enough}
    return [replace(row, pieces=tuple(_cut_at(lines[row.number].text, row.pieces, columns))) for row in chain]


def _cut_at(text: str, pieces: Sequence[_Piece], columns: Container[int]) -> Iterator[_Piece]:
    for piece in pieces:
        start = piece.start
        for gap in _GAP.finditer(text, piece.start, piece.end):
            if gap.end() in columns and ends_with_stop(text[max(0, gap.start() - 12) : gap.start()]):
                yield _Piece(start, gap.start())
                start = gap.end()
        yield _Piece(start, piece.end)


def _tail(number: int, line: Line, above: _Row) -> _Row | None:
    """A line that goes on with one cell of the row directly above it."""
    indent = len(line.text) - len(line.text.lstrip(" "))
    if line.is_blank or number != above.number + 1 or indent < _INDENT or "\t" in line.text or line.level:
        return None
    if not any(abs(piece.start - indent) <= _SLACK for piece in above.pieces[len(above.pieces) > 1 :]):
        return None
    return _Row(number, (_Piece(indent, len(line.text.rstrip())),))


def _share_edge(row: _Row, other: _Row) -> bool:
    """Does half of the shorter row stand in line with the other, first cells aside? All where gaps are narrow."""
    mine, theirs = row.pieces[len(row.pieces) > 1 :], other.pieces[len(other.pieces) > 1 :]
    shorter, longer = sorted((mine, theirs), key=len)
    shared = sum(1 for a in shorter if any(_in_line(a, b) for b in longer))
    narrow = _is_narrow(row) or _is_narrow(other)
    return shared > 0 and (shared == len(longer) if narrow else 2 * shared >= len(shorter))


def _in_line(a: _Piece, b: _Piece) -> bool:
    apart = (a.start - b.start, a.end - b.end, _middle(a) - _middle(b))
    return any(abs(distance) <= _SLACK for distance in apart)


def _is_narrow(row: _Row) -> bool:
    """Are its gaps no wider than those after a stop, or in a justified line?"""
    gaps = [b.start - a.end for a, b in itertools.pairwise(row.pieces)]
    return bool(gaps) and max(gaps) < _WIDE


def _middle(piece: _Piece) -> float:
    return (piece.start + piece.end) / 2


def _whole(chain: list[_Row], lines: Sequence[Line]) -> Iterator[list[_Row]]:
    """The chain, if it is a table: two rows or more, and not text set in two columns.

    Words between its rows are a band over some of them where the cells are figures. Elsewhere they may as well
    be half of a cell's name, which only its reader can tell: the lines are left as they are.
    """
    rows = [row for row in chain if len(row.pieces) > 1]
    texts = [lines[row.number].text[piece.start : piece.end] for row in rows for piece in row.pieces[1:]]
    running = [text for text in texts if len(text) > _LONG_CELL and starts_lower(text)]
    if len(rows) < 2 or 2 * len(running) >= len(texts):
        return
    between = _between(chain, lines)
    if between and (table := [row for row in chain if row.number > between[-1]]) and _is_headline(chain, table):
        yield from _whole(table, lines)
    elif not between:
        yield chain
    elif 2 * sum(map(is_numeric, texts)) > len(texts):
        bands = [_Row(n, (_piece_of(lines[n].text),)) for n in between if _is_band(lines[n])]
        yield sorted([*chain, *bands], key=lambda row: row.number)


def _between(chain: Sequence[_Row], lines: Sequence[Line]) -> list[int]:
    """The lines with words among the rows that are none of them; a line of strokes says nothing."""
    own = {row.number for row in chain}
    numbers = (n for n in range(chain[0].number, chain[-1].number) if n not in own)
    return [n for n in numbers if any(map(str.isalnum, lines[n].text))]


def _is_headline(chain: Sequence[_Row], table: Sequence[_Row]) -> bool:
    """Is what stands over a table a letterhead of one line or two, with a word set at its right?"""
    above = chain[: len(chain) - len(table)]
    return len(above) <= _HEADLINES and all(len(row.pieces) == 2 < len(table[0].pieces) for row in above)


_HEADLINES = 2


def _is_band(line: Line) -> bool:
    return len(line.text) <= _LONGEST_BAND and not (line.level or line.rule or ends_with_stop(line.text))


def _piece_of(text: str) -> _Piece:
    return _Piece(len(text) - len(text.lstrip()), len(text.rstrip()))


def _place(chain: list[_Row]) -> Iterator[tuple[_Row, list[int]]]:
    """Each row with the column of each of its cells."""
    counts = {len(row.pieces) for row in chain}
    if len(counts) == 1:
        yield from ((row, list(range(len(row.pieces)))) for row in chain)
        return
    columns = _columns(chain)
    for row in chain:
        placed = [sum(1 for start in columns if start <= piece.start) - 1 for piece in row.pieces]
        clash = len(set(placed)) < len(placed)
        yield row, list(range(len(placed))) if clash else placed


def _columns(chain: list[_Row]) -> list[int]:
    """Where columns begin: after a gutter that no cell of any row crosses."""
    starts: list[int] = []
    reach = -1
    for piece in sorted((piece for row in chain for piece in row.pieces), key=lambda piece: piece.start):
        if piece.start >= reach:
            starts.append(piece.start)
        reach = max(reach, piece.end)
    return starts
