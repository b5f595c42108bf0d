"""Does one printed table hold two: lists side by side under one head, or a second one below with its own head?

Readers give what stands in one frame as one table, and a PDF's neighbouring tables may be joined. What is parted
here is checked each by itself, so that a total is never held to the other's rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bluelamp.documents.blocks import Cell, Row
from bluelamp.documents.printed_tables import Table, row_spans
from bluelamp.lib.days import read_period

_WORDY = re.compile(r"[A-Za-z]{3}")
_TOTAL = re.compile(r"(?:grand )?totals?\b", re.I)
_FIGURE: Final = re.compile(
    r"[^\w\s]{0,3}\s?\d[\d,. ]{0,20}\s?(?:%|[a-z]{1,3}\b|points)?[^\w\s]{0,3}(?:\s?\([^()]{1,12}\))?[^\w\s]{0,3}",
    re.I,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[/–-]\d{2,4})?")
_LONGEST: Final = 40
_NO_NAME: Final = frozenset(
    {"n/a", "na", "tbc", "nil", "none", "not available", "not known", "not applicable", "pending", "awaited"}
)
_UNITS: Final = frozenset({"%", "£000", "£m", "£", "£k", "no", "no."})
_FEWEST: Final = 2
_WIDEST: Final = 24
_MOST: Final = 400  # rows


def parted(table: Table) -> Iterator[Table]:
    """The tables that the one holds, or itself."""
    if len(table.body) > _MOST or len(table.names) > _WIDEST:
        yield table
        return
    for each in _below(table):
        yield from _beside(each)


# -- side by side -----------------------------------------------------------------------------------------


def _beside(table: Table) -> Iterator[Table]:
    """Two lists of the same shape, each with names and figures, as assets and liabilities are printed."""
    width = len(table.names)
    half = width // 2
    if width % 2 or half < _FEWEST or not _are_lists(table, half):
        yield table
        return
    yield _side(table, 0, half)
    yield _side(table, half, width)


def _are_lists(table: Table, half: int) -> bool:
    """Are both halves a column of names and columns of figures, with the same heads or a total of its own each?"""
    halves = [_texts(table, start, start + half) for start in (0, half)]
    if any(len(rows) < _FEWEST for rows in halves):
        return False
    for rows in halves:
        names = [row[0] for row in rows if row[0]]
        if len(set(names)) * 5 < len(names) * 4 or not all(_WORDY.search(name) for name in names):
            return False
        cells = [cell for row in rows for cell in row[1:] if cell]
        if not cells or 2 * sum(_is_figure(cell) for cell in cells) < len(cells) or len(names) < _FEWEST:
            return False
    heads = [tuple(name.strip().lower() for name in table.names[start + 1 : start + half]) for start in (0, half)]
    return heads[0] == heads[1] or all(any(_TOTAL.match(row[0]) for row in rows) for rows in halves)


def _texts(table: Table, start: int, end: int) -> list[list[str]]:
    """The words of each row of one half that has any."""
    rows = [[row.text_at(column).strip() for column in range(start, end)] for row in table.body]
    return [row for row in rows if any(row)]


def _side(table: Table, start: int, end: int) -> Table:
    rows = [_cut(row, start, end) for row in table.body]
    body = tuple(row for row in rows if any(cell.text.strip() for cell in row.cells))
    return replace(
        table, body=body, names=table.names[start:end], heads=tuple(_cut(r, start, end) for r in table.heads)
    )


def _cut(row: Row, start: int, end: int) -> Row:
    cells = [replace(cell, column=cell.column - start) for cell in row.cells if start <= cell.column < end]
    return replace(row, cells=tuple(cells))


# -- below each other -------------------------------------------------------------------------------------


def _below(table: Table) -> Iterator[Table]:
    """The table cut before each row that heads other columns than those above it."""
    heads = [n for n in range(1, len(table.body) - 1) if _is_head(table.body, n)]
    wider = _widens(table.body)
    cuts = sorted({*heads, *wider})
    if not cuts:
        yield table
        return
    yield replace(table, body=_without_title(table.body[: cuts[0]]))
    for start, end in zip(cuts, [*cuts[1:], len(table.body)], strict=True):
        head = table.body[start]
        if any(_is_figure(cell.text) for cell in _filled(head)):
            yield replace(table, title="", heads=(), body=table.body[start:end], names=())
            continue
        title = _title(table.body[:start]) or ("" if start not in heads else table.title)
        body = table.body[start + 1 : end]
        yield replace(
            table,
            title=title,
            heads=(head,),
            body=_without_title(body) if end < len(table.body) else body,
            names=tuple(head.text_at(column).strip() for column in range(max(len(table.names), _width(head)))),
        )


def _widens(rows: Sequence[Row]) -> list[int]:
    """Where figures begin to reach over two columns that had figures of their own: the next table's are wider."""
    if not any(
        cell.column_span > 1 and cell.column and _is_figure(cell.text) for row in rows for cell in row.cells
    ):
        return []
    own: list[set[int]] = []
    for row in rows:
        own.append({cell.column for cell in row.cells if cell.column_span == 1 and _is_figure(cell.text)})
    wide = [
        n
        for n, row in enumerate(rows)
        for cell in row.cells
        if cell.column_span > 1 and cell.column and _is_figure(cell.text)
        if any({cell.column, cell.column + 1} <= columns for columns in own[:n])
    ]
    if len(wide) < _FEWEST or _is_narrow_again(own, wide[0]):
        return []
    start = wide[0]
    while start > 1 and not own[start - 1]:
        start -= 1  # with the words that head it
    return [start]


def _is_narrow_again(own: Sequence[set[int]], start: int) -> bool:
    """Do columns as narrow as before come again, so that it is one table with a few wide rows?"""
    return any({column, column + 1} <= columns for columns in own[start:] for column in columns)


def _is_head(rows: Sequence[Row], at: int) -> bool:
    """Words over figures, below figures, in other columns than before: as wide as what follows it."""
    row = rows[at]
    filled = _filled(row)
    names = [cell.text.strip().lower() for cell in filled if cell.column]
    if len(names) < _FEWEST or any(_is_figure(cell.text) for cell in filled):
        return False
    if len(set(names)) < len(names) or any(name in _NO_NAME or not _is_name(name) for name in names):
        return False
    above = [each for each in rows[:at] if any(_is_figure(cell.text) for cell in _filled(each))]
    below = [each for each in rows[at + 1 : at + 4] if any(_is_figure(cell.text) for cell in _filled(each))]
    if len(above) < _FEWEST or not below or below[0] is not rows[at + 1]:
        return False
    before = frozenset(column for each in above for column in _columns(each))
    return before != _columns(row) and all(_columns(each) <= _columns(row) for each in below)


def _is_name(words: str) -> bool:
    if words in _UNITS or read_period(words) is not None:
        return True
    return bool(_WORDY.search(words)) and not words[0].isdigit()


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if cell.text.strip()]


def _columns(row: Row) -> frozenset[int]:
    return frozenset(
        column for cell in _filled(row) for column in range(max(1, cell.column), cell.column + cell.column_span)
    )


def _width(row: Row) -> int:
    return max((cell.column + cell.column_span for cell in row.cells), default=0)


def _title(rows: Sequence[Row]) -> str:
    """The words of the row right before a head, where it has but one run of words."""
    filled = _filled(rows[-1])
    return filled[0].text.strip() if len(filled) == 1 and not _is_figure(filled[0].text) else ""


def _without_title(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return rows[:-1] if len(rows) > 1 and _title(rows) and row_spans(rows[-1]) else rows


def _is_figure(text: str) -> bool:
    """A number with its sign and unit, told quickly: every cell of every table is asked."""
    words = text.strip()
    return bool(_FIGURE.fullmatch(words[:_LONGEST])) and not _YEAR.fullmatch(words)
