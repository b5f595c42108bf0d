"""How wide does each column of a table stand, and is a page of A4 upright wide enough for them?

Widths are in ems of the table's type. Letters are measured by classes of Libertinus Serif, a little generously, so
that what is said to fit does fit; the same widths do for Word and Excel, whose fonts are near enough.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from bluelamp.papers.model import Blank, Cell, Column, Content, GroupRow, Number, Reference, Row, Table
from bluelamp.papers.words import content_of, plain_words

PADDING: Final = 1.0
"""Ems that a column's own margins take."""
UPRIGHT: Final = 50.0
"""Ems across the text of an A4 page: 170 mm at 9.5 pt, less a little for what the measure gets wrong."""
TURNED: Final = 75.0
_LONGEST_WORD: Final = 14.0  # a longer word is broken rather than given the room
_BOLD: Final = 1.08
_ROOM: Final = 30.0  # what a column to be filled in asks for
_READABLE: Final = 11.0  # a column of running words narrower than this is a ladder
_WIDEST: Final = 45.0  # beyond this a longer text does not ask for more room
_NARROW: Final = frozenset("iljtfrI.,:;'’‘!|()[]-/ ")
_WIDE: Final = frozenset("mwMW@%—…&")
_BREAKS: Final = re.compile(r"[/\\?&=_.,:;@#+–—-]+")
_ZERO_WIDTH_SPACE: Final = "\N{ZERO WIDTH SPACE}"


def measure(text: str) -> float:
    """The width of a line of text in ems."""
    return sum(_width(each) for each in text)


def _width(each: str) -> float:
    if each in _NARROW:
        return 0.33
    if each in _WIDE:
        return 0.9
    if each.isdigit():
        return 0.5
    if each > "\u2e80":
        return 1.05
    return 0.72 if each.isupper() else 0.52


def break_long(text: str, room: float) -> str:
    """The text with places to break (zero-width spaces) in each word that is wider than `room` ems."""
    if not text or len(text) * 0.3 < room:
        return text
    return re.sub(r"\S+", lambda found: _break_word(found.group(), room), text)


def _break_word(word: str, room: float) -> str:
    if measure(word) <= room:
        return word
    pieces: list[str] = []
    piece, width = "", 0.0
    for each in word:
        if piece and (width + _width(each) > room or (width > room / 3 and _BREAKS.fullmatch(piece[-1]))):
            pieces.append(piece)
            piece, width = "", 0.0
        piece, width = piece + each, width + _width(each)
    return _ZERO_WIDTH_SPACE.join([*pieces, piece])


@dataclass(frozen=True, slots=True)
class _Need:
    """What a column's words ask for: its longest word, enough to be read with ease, all on one line."""

    least: float
    readable: float
    natural: float


def _needs_of(table: Table) -> list[_Need]:
    rows = [row for row in (*table.rows, *table.totals) if not isinstance(row, GroupRow)]
    return [_need_of(column, [row[nth] for row in rows]) for nth, column in enumerate(table.columns)]


def _need_of(column: Column, cells: list[Content | Cell]) -> _Need:
    heads = [measure(word) * _BOLD for word in f"{column.head} {column.unit}".split()]
    lines = [line for cell in cells for line in plain_words(cell).split("\n")]
    widths = [measure(line) for line in lines]
    words = [measure(word) for line in lines for word in line.split()]
    words += [measure(line) for cell, line in zip(cells, map(plain_words, cells), strict=True) if _is_whole(cell)]
    room = [_ROOM for cell in cells if isinstance(content_of(cell), Blank)]
    natural = min(max([*widths, *room, *heads, 2.0]), _WIDEST)
    least = min(max([*words, *heads, 2.0]), _LONGEST_WORD)
    return _Need(least, max(least, min(natural, _READABLE)), max(natural, least))


def _is_whole(cell: Content | Cell) -> bool:
    """Is this a cell that must stand on one line: a number, or a reference?"""
    content = content_of(cell)
    if isinstance(content, tuple):
        return all(isinstance(run, Reference) for run in content)
    return isinstance(content, Number)


def is_wide(table: Table) -> bool:
    """Does the table need the page turned?"""
    if table.orientation != "auto" or not table.rows:
        return table.orientation == "landscape" and bool(table.rows)
    room = UPRIGHT - PADDING * len(table.columns)
    return sum(need.readable for need in _needs_of(table)) > room


def find_widths(table: Table, *, across: float) -> tuple[float, ...]:
    """Each column's width with its padding; together `across` ems.

    Given shares are kept. Otherwise each column has its longest word, and what is left goes to those that have
    more to say; where everything fits on one line, the room left over goes to the words, not to the numbers.
    """
    count = len(table.columns)
    room = across - PADDING * count
    needs = _needs_of(table)
    shares = [column.width for column in table.columns]
    if all(share is None for share in shares):
        widths = _share_out(needs, room, [column.numeric for column in table.columns])
    else:
        known = sum(share for share in shares if share is not None)
        mean = known / sum(share is not None for share in shares)
        whole = known + mean * sum(share is None for share in shares)
        widths = [room * (mean if share is None else share) / whole for share in shares]
    return tuple(width + PADDING for width in widths)


def _share_out(needs: list[_Need], room: float, numeric: list[bool]) -> list[float]:
    least, natural = sum(need.least for need in needs), sum(need.natural for need in needs)
    if least >= room:
        return [room * need.least / least for need in needs]
    if natural >= room:
        wants = [need.natural - need.least for need in needs]
        return [need.least + (room - least) * want / sum(wants) for need, want in zip(needs, wants, strict=True)]
    grows = [
        0.0 if is_number and not all(numeric) else need.natural
        for need, is_number in zip(needs, numeric, strict=True)
    ]
    spare = room - natural
    return [need.natural + spare * grow / sum(grows) for need, grow in zip(needs, grows, strict=True)]


def count_lines(cell: Content | Cell, width: float) -> int:
    """About how many lines a cell's words take in a column of `width` ems."""
    content = content_of(cell)
    words = plain_words(content)
    lines = sum(max(1, math.ceil(measure(line) * 1.1 / max(width - PADDING, 1))) for line in words.split("\n"))
    return max(lines, content.lines) if isinstance(content, Blank) else lines


def count_row_lines(row: Row, widths: tuple[float, ...]) -> int:
    """About how many lines a row is high."""
    return max(count_lines(cell, width) for cell, width in zip(row, widths, strict=True))
