"""Which lines at the head and foot of pages are running heads and page numbers, and which number is printed?"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from bluelamp.documents.blocks import BlockKind, Box
from bluelamp.documents.readers.pdf_drafts import Draft, Run
from bluelamp.documents.readers.pdf_grids import contains, find_frames
from bluelamp.documents.readers.pdf_marks import Line, Marks, Word
from bluelamp.documents.readers.pdf_rows import Row, join_words, make_rows
from bluelamp.documents.readers.structure import find_bare_page, find_page_number

MARGIN = 0.13  # of the page's height, at its head and foot
SMALL = 0.9  # of the body's letter size
ROWS = 3  # outermost rows that are looked at
_NEIGHBOURS = 6  # pages to both sides in which a running head is looked for
_OF = re.compile(r"(?:page ?[|:–-]? ?)?(\d{1,4})(?: ?(?:/|of) ?\d{1,4})?", re.IGNORECASE)  # "Page | 3", "3/12"
_ROMAN = re.compile(r"(?=[ivxl])(?:x[lc]|l?x{0,3})(?:i[xv]|v?i{0,3})")


@dataclass
class Furniture:
    """What a page's margins hold: its number as printed, and asides above and below the page's words."""

    printed: str | None = None
    above: list[Draft] = field(default_factory=list)
    below: list[Draft] = field(default_factory=list)
    words: set[int] = field(default_factory=set)  # ids of the words that are furniture


@dataclass(frozen=True)
class _Number:
    value: int
    roman: bool
    printed: str
    words: tuple[Word, ...]
    alone: bool  # the whole piece is the number


@dataclass
class _Edge:
    """A row at a page's edge."""

    page: int
    row: Row
    at_head: bool
    numbers: list[_Number]
    depth: int  # 0: the outermost row
    tabular: bool = False  # words in three or more places just above others: a table's head
    apart: bool = False  # in small letters at the head, with a gap below

    def key(self, number: _Number | None) -> tuple[str, int, bool]:
        """The words without the page's number, and where they stand."""
        held = {id(w) for w in number.words} if number else set()
        words = [w.text for w in self.row.words if id(w) not in held]
        return " ".join(words).lower(), round(self.row.baseline / 4), self.at_head


def find_furniture(pages: list[Marks], body: float) -> list[Furniture]:
    """One for each page."""
    edges = [_find_edges(i, marks, body) for i, marks in enumerate(pages)]
    found = [Furniture() for _ in pages]
    chosen = _choose_numbers(edges)
    repeated = _find_repeated(edges, chosen, body)
    for i, rows in enumerate(edges):
        number = chosen.get(i)
        for edge in rows:
            own = number if number and any(number is n for n in edge.numbers) else None
            if own or id(edge) in repeated:
                _set_aside(found[i], edge, own, running=id(edge) in repeated)
        if number:
            found[i].printed = number.printed
    return found


def _find_edges(page: int, marks: Marks, body: float) -> list[_Edge]:
    band = MARGIN * marks.height
    head = make_rows([w for w in marks.words if w.baseline < band and not w.turned])
    foot = make_rows([w for w in marks.words if w.baseline > marks.height - band and not w.turned])
    tables = [f.box for f in find_frames(marks) if f.grid]
    edges = [
        _make_edge(page, rows, k, tables, marks) for rows in (head, foot[::-1]) for k in range(len(rows[:ROWS]))
    ]
    if edges and head and page and head[0].size <= SMALL * body and _stands_apart(head[0], marks):
        edges[0].apart = not edges[0].tabular
    return edges


def _make_edge(page: int, rows: list[Row], depth: int, tables: list[Box], marks: Marks) -> _Edge:
    row = rows[depth]
    at_head = row.baseline < marks.height / 2
    beyond = rows[depth + 1].baseline if depth + 1 < len(rows) else marks.height / 2
    near = abs(beyond - row.baseline) < 2.6 * row.size
    tabular = (len(row.pieces) > 2 and near) or _in_table(row, tables, MARGIN * marks.height, marks.height)
    return _Edge(page, row, at_head, [] if tabular else _numbers(row), depth, tabular)


def _in_table(row: Row, tables: list[Box], band: float, height: float) -> bool:
    """Within a ruled table that reaches beyond the margin."""
    x, y = (row.x0 + row.x1) / 2, row.baseline - 0.3 * row.size
    return any(contains(box, x, y) and box[3] > 1.3 * band and box[1] < height - 1.3 * band for box in tables)


def _stands_apart(row: Row, marks: Marks) -> bool:
    below = min((w.top for w in marks.words if w.baseline > row.baseline + row.size), default=marks.height)
    return below - row.bottom > 1.2 * row.size and row.baseline < 0.09 * marks.height


def _numbers(row: Row) -> list[_Number]:
    """Numbers that may be the page's: a piece on its own, "Page 4 of 9", or the first or last word of the row."""
    found = []
    for piece in row.pieces:
        text = piece.text
        parts = _OF.fullmatch(text)
        printed = parts.group(1) if parts else find_page_number(text) or find_bare_page(text)
        if printed:
            found.append(_number(printed, piece.words, alone=True))
        else:
            tail = _tail_number(piece.words)
            if tail:
                found.append(tail)
            for word in (piece.words[0], piece.words[-1]):
                if word.text.isdigit() and len(word.text) < 5:
                    found.append(_number(word.text, [word], alone=False))
    return [n for n in found if n]


def _tail_number(words: list[Word]) -> _Number | None:
    """ "Report of the chief constable - Page 4 of 9": the last words are the number."""
    for size in (4, 2):
        if len(words) > size:
            printed = find_page_number(join_words(words[-size:]))
            if printed:
                return _number(printed, words[-size:], alone=False)
    return None


def _number(printed: str, words: list[Word], *, alone: bool) -> _Number | None:
    if printed.isdigit():
        return _Number(int(printed), False, printed, tuple(words), alone)
    value = _roman(printed.lower())
    return _Number(value, True, printed, tuple(words), alone) if value else None


def _roman(text: str) -> int:
    if not _ROMAN.fullmatch(text):
        return 0
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    digits = [values[c] for c in text]
    return sum(-d if i + 1 < len(digits) and d < digits[i + 1] else d for i, d in enumerate(digits))


def _choose_numbers(edges: list[list[_Edge]]) -> dict[int, _Number]:
    """A number is the page's where its neighbours count on; a lone page's must stand alone at its edge."""
    places: dict[tuple[int, bool], set[int]] = defaultdict(set)  # (value - page, roman): pages
    for i, rows in enumerate(edges):
        for edge in rows:
            for n in edge.numbers:
                places[n.value - i, n.roman].add(i)
    chosen: dict[int, _Number] = {}
    for i, rows in enumerate(edges):
        best: tuple[float, _Number] | None = None
        for edge in rows:
            for n in edge.numbers:
                pages = places[n.value - i, n.roman]
                support = sum(1 for k in range(i - 3, i + 4) if k != i and k in pages)
                score = support + (0.6 if n.alone else 0) - 0.1 * edge.depth - (0.2 if edge.at_head else 0)
                lone = (
                    support == 0 and n.alone and edge.depth == 0 and (not edge.at_head or "age" in edge.row.text)
                )
                sure = support > 1 or (support == 1 and (len(edge.row.pieces) == 1 or len(edges) < 4))
                if (sure or (lone and _plausible(n, len(edges)))) and (best is None or score > best[0]):
                    best = (score, n)
        if best:
            chosen[i] = best[1]
    return chosen


def _plausible(number: _Number, pages: int) -> bool:
    """For a number without neighbours: a short document, and no year."""
    return pages <= 3 and number.value < 400


def _find_repeated(edges: list[list[_Edge]], chosen: dict[int, _Number], body: float) -> set[int]:
    """Edges whose words stand at the same place of pages nearby, with nothing but such edges outside them."""
    by_key: dict[tuple[str, int, bool], list[_Edge]] = defaultdict(list)
    for rows in edges:
        for edge in rows:
            text, place, at_head = edge.key(chosen.get(edge.page))
            for shift in (0, 1):  # places on both sides of a boundary between two roundings
                by_key[text, place + shift, at_head].append(edge)
    repeated = {id(edge) for rows in edges for edge in rows if edge.apart}
    for (text, _, _), same in by_key.items():
        if len(text) > 2:
            repeated |= _often_enough(same, len(edges), body)
    for i, rows in enumerate(edges):
        for at_head in (True, False):
            outside = True
            for edge in (e for e in rows if e.at_head is at_head):
                number = chosen.get(i)
                alone = number is not None and any(number is n for n in edge.numbers) and number.alone
                outside = outside and (id(edge) in repeated or alone)
                if not outside:
                    repeated.discard(id(edge))
    return repeated


def _often_enough(same: list[_Edge], pages: int, body: float) -> set[int]:
    """On two pages in five of those nearby, and three at least; in large letters on most pages."""
    numbers = [edge.page for edge in same]
    found: set[int] = set()
    for edge in same:
        first, last = max(0, edge.page - _NEIGHBOURS), min(pages - 1, edge.page + _NEIGHBOURS)
        near = sum(first <= p <= last for p in numbers)
        enough = near >= max(2 if pages <= 4 else 3, 0.4 * (last - first + 1))
        large = edge.row.size > 1.2 * body
        if enough and not edge.tabular and (not large or len(same) >= 0.6 * pages > 2):
            found.add(id(edge))
    return found


def _set_aside(furniture: Furniture, edge: _Edge, number: _Number | None, *, running: bool) -> None:
    """The row as one line of the text; its number and its other words as asides."""
    words = edge.row.words
    if not running and number and len(number.words) < len(words) and not number.alone:
        return  # a line that only happens to end in the page's number
    if not running and number:
        words = list(number.words)
    gaps = _gaps(edge.row) if len(words) == len(edge.row.words) else None
    line = Line(words, edge.page, gaps)
    drafts = furniture.above if edge.at_head else furniture.below
    held = {id(w) for w in number.words} if number else set()
    for kind, run in _cut(line, held):
        drafts.append(Draft(kind, [run], edge.page, top=edge.row.top))
    drafts.sort(key=lambda d: d.top)
    furniture.words |= {id(w) for w in words}


def _gaps(row: Row) -> list[str]:
    gaps: list[str] = []
    for p, piece in enumerate(row.pieces):
        for i, word in enumerate(piece.words):
            gaps.append(("\t" if p else "") if i == 0 else ("" if word.glued else " "))
    return gaps


def _cut(line: Line, held: set[int]) -> list[tuple[BlockKind, Run]]:
    runs: list[tuple[BlockKind, Run]] = []
    for i, word in enumerate(line.words):
        kind = BlockKind.PAGE_NUMBER if id(word) in held else BlockKind.RUNNING_HEAD
        if runs and runs[-1][0] is kind:
            runs[-1][1].last = i + 1
        else:
            runs.append((kind, Run(line, i, i + 1)))
    return runs
