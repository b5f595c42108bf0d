"""How wide does each column of a table stand, and is a page of A4 upright wide enough for them?

Widths are in ems of the table's type, measured as Libertinus Serif (the PDF's type) has them; the same widths do
for Word and Excel, whose fonts are near enough.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from bluelamp.papers.model import Blank, Cell, Column, Content, GroupRow, Number, Reference, Row, Table
from bluelamp.papers.words import content_of, plain_words

PADDING: Final = 1.1
"""Ems that a column's own margins take."""
TYPE: Final = 9.5
SMALL_TYPE, SMALLEST_TYPE = 8.5, 7.5
"""Points; a table too wide for the first is set in the second before its page is turned."""
UPRIGHT: Final = 50.0
"""Ems across the text of an A4 page: 170 mm at 9.5 pt, less a little for what the measure gets wrong."""
TURNED: Final = 75.0
_LONGEST_WORD: Final = 14.0  # a longer word is broken rather than given the room
_BOLD: Final = 1.1
_WHOLE: Final = 1.1  # what must stand on one line has a little to spare, for Word's type
_ROOM: Final = 30.0  # what a column to be filled in asks for
_SHORT: Final = 9.0  # a shorter cell stays on one line
_READABLE: Final = 12.0  # a column of running words narrower than this is a ladder
_WIDEST: Final = 45.0  # beyond this a longer text does not ask for more room
# Advance widths of Libertinus Serif Regular, in thousandths of an em, from the space (U+0020) to "~" (U+007E);
# read from the font within the wheel of Typst 0.15.
_ADVANCES: Final = (
    "250 288 336 465 465 637 705 190 298 298 369 550 220 338 220 323 465 465 465 465 465 465 465 465 "
    "465 465 236 236 550 550 550 435 895 695 588 646 701 557 485 685 730 297 322 637 528 839 699 702 "
    "541 702 587 485 597 661 652 951 660 575 604 356 287 356 518 486 392 457 493 428 506 447 310 500 "
    "538 271 272 512 264 790 542 504 519 503 372 390 316 531 497 747 490 515 424 277 205 277 449 "
)
_WIDTHS: Final = {chr(32 + nth): int(width) / 1000 for nth, width in enumerate(_ADVANCES.split())}
_OTHER, _IDEOGRAPH = 0.6, 1.05  # of letters with marks and of other scripts; of East Asian signs
_BREAKS: Final = re.compile(r"[/\\?&=_.,:;@#+–—-]+")
_ZERO_WIDTH_SPACE: Final = "\N{ZERO WIDTH SPACE}"


def measure(text: str) -> float:
    """The width of a line of text in ems."""
    return sum(map(_width, text))


def _width(each: str) -> float:
    known = _WIDTHS.get(each)
    if known is not None:
        return known
    return _IDEOGRAPH if each > "\u2e80" else _OTHER


def break_long(text: str, room: float) -> str:
    """The text with places to break (zero-width spaces) in each word that is wider than `room` ems."""
    if len(text) * _IDEOGRAPH <= room:
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
    words += [measure(plain_words(cell)) * _WHOLE for cell in cells if _is_whole(cell)]
    room = [_ROOM for cell in cells if isinstance(content_of(cell), Blank)]
    head = measure(column.head) * _BOLD
    natural = max([*widths, *room, *heads, head if head < _SHORT else 0.0, 2.0])
    least = min(max([*words, *heads, 2.0]), _LONGEST_WORD)
    readable = natural if natural <= _SHORT else min(_READABLE, _SHORT + (natural - _SHORT) / 12)
    return _Need(least, max(least, readable), max(min(natural, _WIDEST), least))


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
    return _least_across(table) > UPRIGHT * TYPE / SMALL_TYPE


def fit(table: Table, *, landscape: bool) -> tuple[tuple[float, ...], float]:
    """The widths of the columns in ems, and the size of type in points at which those ems fill the page."""
    across = TURNED if landscape else UPRIGHT
    needed = _least_across(table)
    size = next((size for size in (TYPE, SMALL_TYPE) if needed <= across * TYPE / size), SMALLEST_TYPE)
    if not landscape:
        size = max(size, SMALL_TYPE)
    return find_widths(table, across=across * TYPE / size), size


def _least_across(table: Table) -> float:
    """Ems within which every column can be read with ease; one with a given share may be as narrow as a word."""
    needs = zip(_needs_of(table), table.columns, strict=True)
    return sum(PADDING + (need.readable if column.width is None else need.least) for need, column in needs)


def natural_widths(table: Table) -> tuple[float, ...]:
    """Ems in which each column says what it has to say on one line, up to a limit."""
    return tuple(need.natural for need in _needs_of(table))


def find_widths(table: Table, *, across: float) -> tuple[float, ...]:
    """Each column's width with its padding; together `across` ems.

    Each column has its longest word. Where shares are given, columns without one are as wide as what they say,
    and the others share out the rest. Otherwise what is left goes to those that have more to say; where everything
    fits on one line, the room left over goes to the words, not to the numbers.
    """
    room = across - PADDING * len(table.columns)
    needs = _needs_of(table)
    shares = [column.width for column in table.columns]
    widths = _keep_shares(needs, room, shares) if any(shares) else None
    widths = widths or _share_out(needs, room, [column.numeric for column in table.columns])
    return tuple(width + PADDING for width in widths)


def _keep_shares(needs: list[_Need], room: float, shares: list[float | None]) -> list[float] | None:
    """None where the shares leave no room for the longest words."""
    own = [min(need.natural, max(need.readable, room / 3)) for need in needs]
    fixed = {nth: own[nth] for nth, share in enumerate(shares) if not share}
    given = {nth: share for nth, share in enumerate(shares) if share}
    while given:
        each = (room - sum(fixed.values())) / sum(given.values())
        if each <= 0:
            return None
        narrow = [nth for nth, share in given.items() if share * each < needs[nth].least]
        if not narrow:
            found = fixed | {nth: share * each for nth, share in given.items()}
            return [found[nth] for nth in range(len(shares))]
        for nth in narrow:
            fixed[nth] = needs[nth].least
            del given[nth]
    return None


def _share_out(needs: list[_Need], room: float, numeric: list[bool]) -> list[float]:
    least, readable = sum(need.least for need in needs), sum(need.readable for need in needs)
    natural = sum(need.natural for need in needs)
    if least >= room:
        return [room * need.least / least for need in needs]
    if readable >= room:
        return [_between(need.least, need.readable, (room - least) / (readable - least)) for need in needs]
    if natural >= room:
        return [_between(need.readable, need.natural, (room - readable) / (natural - readable)) for need in needs]
    grows = [
        0.0 if is_number and not all(numeric) else need.natural
        for need, is_number in zip(needs, numeric, strict=True)
    ]
    spare = room - natural
    return [need.natural + spare * grow / sum(grows) for need, grow in zip(needs, grows, strict=True)]


def _between(low: float, high: float, share: float) -> float:
    return low + (high - low) * share


def count_lines(cell: Content | Cell, width: float) -> int:
    """About how many lines a cell's words take in a column of `width` ems."""
    content = content_of(cell)
    words = plain_words(content)
    lines = sum(max(1, math.ceil(measure(line) * 1.05 / max(width - PADDING, 1))) for line in words.split("\n"))
    return max(lines, content.lines) if isinstance(content, Blank) else lines


def count_row_lines(row: Row, widths: tuple[float, ...]) -> int:
    """About how many lines a row is high."""
    return max(count_lines(cell, width) for cell, width in zip(row, widths, strict=True))
