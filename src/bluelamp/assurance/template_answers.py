"""What was answered in one row, and what in it should a person look at before it is taken?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from bluelamp.assurance.reading_columns import plain_words
from bluelamp.assurance.template_mark import drop_marks
from bluelamp.assurance.template_model import Choices, Column
from bluelamp.documents.readers.forms import FormCell
from bluelamp.lib.days import find_days
from bluelamp.lib.text import fold

_NOT_CHOSEN = frozenset(
    {"choose", "choose an item", "click or tap to enter a date", "click here to enter a date", "choose a date"}
)
SHARED = "One merged cell answers several rows."
_NAMES = {Column.RESPONSE: "response", Column.DELIVERY: "delivery"}


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """What was filled in, verbatim; paragraphs apart by "\\n". A choice that is no word of ours is a doubt."""

    action: str = ""
    response: str = ""  # slug
    delivery: str = ""  # slug
    target: dt.date | None = None
    target_printed: str = ""
    evidence: str = ""
    pictures: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        said = self.action or self.response or self.delivery or self.target_printed or self.evidence
        return not said and not self.pictures and not self.links


NOTHING = GivenAnswer()


@dataclass
class RowCells:
    """One row's cells by what their columns hold."""

    _cells: list[tuple[Column | None, FormCell, bool, str]] = field(default_factory=list)

    def add(self, held: Column | None, cell: FormCell, *, is_shared: bool, head: str) -> None:
        self._cells.append((held, cell, is_shared, head))

    def of(self, *columns: Column) -> Iterator[FormCell]:
        return (cell for held, cell, _, _ in self._cells if held in columns)

    def said(self, column: Column) -> str:
        return "\n".join(cell.text for cell in self.of(column) if cell.text)

    def is_shared(self, column: Column) -> bool:
        return any(shared and cell.text for held, cell, shared, _ in self._cells if held is column)

    def notes(self) -> tuple[str, ...]:
        """Comments, and what stands in columns that we did not send."""
        found = []
        for held, cell, _, head in self._cells:
            found += [f"Comment: {said}" for said in cell.comments]
            said = drop_marks(cell.text).strip()
            if held is None and said:
                found.append(f"{fold(head) or 'In another column'}: {said}")
        return tuple(found)

    def hanging(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Pictures and links of the whole row."""
        cells = [cell for _, cell, shared, _ in self._cells if not shared]
        return tuple(p for cell in cells for p in cell.pictures), tuple(
            dict.fromkeys(address for cell in cells for address in cell.links)
        )


def read_answer(cells: RowCells, choices: Choices) -> tuple[GivenAnswer, tuple[str, ...]]:
    """The answer, and the doubts about it as plain sentences."""
    doubts: list[str] = []
    if cells.is_shared(Column.ACTION):
        doubts.append(SHARED)
    chosen = {column: _read_choice(cells, column, choices, doubts) for column in _NAMES}
    printed = _filled(cells, Column.TARGET)
    days = find_days(printed)
    if printed and len(days) != 1:
        doubts.append(f"The target date “{printed}” names {'no day' if not days else 'more than one day'}.")
    pictures, links = cells.hanging()
    if pictures:
        doubts.append(f"A picture stands in this row and its words were not read: {', '.join(pictures)}.")
    answer = GivenAnswer(
        action=drop_marks(cells.said(Column.ACTION)).strip(),
        response=chosen[Column.RESPONSE],
        delivery=chosen[Column.DELIVERY],
        target=days[0].day if len(days) == 1 else None,
        target_printed=printed,
        evidence=drop_marks(cells.said(Column.EVIDENCE)).strip(),
        pictures=pictures,
        links=links,
    )
    return answer, tuple(doubts)


def _read_choice(cells: RowCells, column: Column, choices: Choices, doubts: list[str]) -> str:
    said = _filled(cells, column)
    words = plain_words(said)
    for choice in choices.of(column):
        if words and words in {plain_words(choice.name), plain_words(choice.slug)}:
            return choice.slug
    if words:
        doubts.append(f"“{said}” is none of the words to choose for the {_NAMES[column]}.")
    return ""


def _filled(cells: RowCells, column: Column) -> str:
    """What was put into a column of choices; "" where it still invites to choose."""
    said = fold(drop_marks(cells.said(column)))
    return "" if plain_words(said) in _NOT_CHOSEN else said
