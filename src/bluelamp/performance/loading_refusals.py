"""Where in which file does something stand, and what is said of a cell that cannot be taken?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from bluelamp.lib.sheet_columns import column_letters

_CELL: Final = re.compile(r"[A-Z]{1,3}\d{1,7}")
LONGEST_SHOWN: Final = 60


class RefusedError(Exception):
    """Why a cell cannot be taken: one plain sentence."""


class Place(NamedTuple):
    """A cell of a file; `row` from 1, `column` from 0. A file of separated values has no sheet."""

    file: str
    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """ "C7"."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def words(self) -> str:
        """ "areas.xlsx, sheet Burglary, cell C7"."""
        sheet = f", sheet {self.sheet}" if self.sheet else ""
        return f"{self.file}{sheet}, cell {self.cell}"

    @property
    def short(self) -> str:
        """ "Burglary!C7"; as a figure keeps it."""
        return f"{self.sheet}!{self.cell}" if self.sheet else self.cell


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell or row that is not taken. `cell` is "C7", "line 9" of a document, or "" for the whole file."""

    file: str
    sheet: str
    cell: str
    message: str

    @staticmethod
    def at(place: Place, message: str) -> Refused:
        return Refused(place.file, place.sheet, place.cell, message)

    @property
    def where(self) -> str:
        """ "areas.xlsx, sheet Burglary, cell C7"."""
        sheet = f", sheet {self.sheet}" if self.sheet else ""
        cell = f", cell {self.cell}" if _CELL.fullmatch(self.cell) else f", {self.cell}" if self.cell else ""
        return f"{self.file}{sheet}{cell}"

    @property
    def words(self) -> str:
        return f"{self.where}: {self.message}"


def shown(words: str) -> str:
    """The words of a cell in quotation marks, cut where they are long."""
    plain = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in words)
    return f"“{plain if len(plain) <= LONGEST_SHOWN else plain[: LONGEST_SHOWN - 1] + '…'}”"
