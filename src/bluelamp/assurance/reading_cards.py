"""Is a table a tracker's card: an item's labels down its first column, what is said of it in its second?

Each card becomes the row of a table whose heads are its labels; cards may stand under one another in one table. A
row may hold several labels, each before what it labels: "Owner | Supt Crane | Due | May".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bluelamp.assurance.reading_columns import Columns, Role, columns_of_heads, role_of, section_named
from bluelamp.documents.blocks import Block, BlockKind, Cell, Row

FEWEST_LABELS = 3
"""Rows of a card: what it is called, its words, and what is said of it."""
_SAID = frozenset({Role.ACTION, Role.OWNER, Role.DUE, Role.STATUS})


@dataclass(frozen=True)
class Card:
    """One item: its cells in a row, and what each holds by its label."""

    row: Row
    columns: Columns
    section: str = ""  # that its title names


def cards_of(block: Block) -> tuple[Card, ...]:
    """The cards of a table, in order; none unless all of it is made of them."""
    if block.kind is not BlockKind.TABLE or len(block.rows) < FEWEST_LABELS:
        return ()
    if any(len(_filled(row)) > 2 and not is_pairs(row) for row in block.rows):
        return ()
    found = [_card(rows) for rows in _parted(block.rows)]
    cards = tuple(card for card in found if card)
    return cards if len(cards) == len(found) else ()


def is_pairs(row: Row) -> bool:
    """Are its cells labels and what each labels, by turns? A point's own words are no label, nor is what answers a
    label that of another column: "Owner | Due" are heads."""
    cells = _distinct(row)
    if len(cells) < 2 * FEWEST_PAIRS or len(cells) % 2 or len(_filled(row)) <= 2:
        return False
    labels, said = cells[::2], cells[1::2]
    answered = [cell.text for label, cell in zip(labels, said, strict=True) if role_of(label.text) != Role.SECTION]
    heads = any(_is_label(text) and role_of(text) is not Role.OTHER for text in answered)  # "Closed" may be said
    return all(_is_label(cell.text) for cell in labels) and not heads


def is_labels(row: Row) -> bool:
    """Pairs whose labels tell only of an item, and never what it is: no row of a table of items."""
    return is_pairs(row) and all(role_of(cell.text) in _TOLD for cell in _distinct(row)[::2])


FEWEST_PAIRS = 2
_TOLD = frozenset({Role.REF, Role.PAGE, Role.SECTION, Role.OWNER, Role.DUE, Role.STATUS})
_LONGEST_LABEL = 4  # words
_ALSO_SAID = re.compile(r"^(?:not |fully |partly |partially )?complete\w?$|^under review$", re.I)


def _is_label(text: str) -> bool:
    """A column's head, and nothing that a column may hold of an item's standing."""
    short = len(text.split()) <= _LONGEST_LABEL and not _ALSO_SAID.match(text.strip())
    return short and role_of(text) is not None


def _distinct(row: Row) -> list[Cell]:
    """The cells of a row, a merged one once, the empty ones too."""
    cells: list[Cell] = []
    for cell in row.cells:
        if not cells or not cell.spans or cell.spans != cells[-1].spans:
            cells.append(cell)
    return cells


def _filled(row: Row) -> list[Cell]:
    """The cells that hold words, a merged one once."""
    cells: list[Cell] = []
    for cell in row.cells:
        if cell.text and (not cells or cell.spans != cells[-1].spans):
            cells.append(cell)
    return cells


def _pairs(row: Row) -> list[tuple[Cell, Cell]]:
    """The labels of a row, each with what it labels."""
    if is_pairs(row):
        cells = _distinct(row)
        return list(zip(cells[::2], cells[1::2], strict=True))
    filled = _filled(row)
    if filled[0].column != 0:
        return []
    return [(filled[0], filled[1] if len(filled) > 1 else Cell())]


def _parted(rows: tuple[Row, ...]) -> Iterator[list[Row]]:
    """The rows of each item: a label that was there before, or a title, begins the next."""
    gathered: list[Row] = []
    labels: set[str] = set()
    for row in rows:
        cells = _filled(row)
        if not cells:
            continue
        title = len(cells) == 1 and cells[0].column == 0 and role_of(cells[0].text) is None
        named = [] if title else [label.text.lower() for label, _ in _pairs(row)]
        if gathered and labels and (title or not labels.isdisjoint(named)):
            yield gathered
            gathered, labels = [], set()
        gathered.append(row)
        labels.update(named)
    if gathered:
        yield gathered


def _card(rows: list[Row]) -> Card | None:
    cells: list[Cell] = []
    heads: dict[int, str] = {}
    section = ""
    for row in rows:
        filled = _filled(row)
        if len(filled) == 1 and not heads and filled[0].column == 0 and role_of(filled[0].text) is None:
            section = section_named(filled[0].text) or section  # "Recommendation 4" over its card
            heads[len(cells)] = "Reference"
            cells.append(_placed(filled[0], len(cells)))
            continue
        for label, said in _pairs(row):
            heads[len(cells)] = label.text
            cells.append(_placed(said, len(cells)))
    columns = columns_of_heads(heads)
    if columns is None or not _is_card(columns, cells):
        return None
    return Card(Row(tuple(cells)), columns, section)


def _placed(cell: Cell, column: int) -> Cell:
    return replace(cell, column=column, column_span=1)


def _is_card(columns: Columns, cells: list[Cell]) -> bool:
    """Labels that differ, words under one that names a point, and something said of it; no label is answered by
    another label, as in a table that has its heads in its first row."""
    roles = columns.roles
    if len(roles) < FEWEST_LABELS or len(roles) * 2 < len(cells) or not _SAID & set(roles.values()):
        return False
    first = cells[0].text
    is_head = (
        roles.get(0) in {Role.REF, Role.TEXT} and len(first.split()) < 4 and role_of(first) in {*_SAID, Role.TEXT}
    )
    return not is_head and any(cells[column].text for column in columns.of(Role.TEXT))
