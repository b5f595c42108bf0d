"""Which tables does a workbook hold, and how does a number stay a number that looks as it was printed?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bluelamp.papers.model import Figure, Number, Paper, Table
from bluelamp.papers.outline import place, say_caption

_DIGITS: Final = 15  # beyond which a spreadsheet rounds
_EXACT: Final = 10**_DIGITS
_AROUND: Final = r"[^\d\"\n]{0,40}"
_PRINTED: Final = re.compile(
    rf"(?P<before>{_AROUND})(?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<part>\.\d{{1,12}})?(?P<after>{_AROUND})"
)


@dataclass(frozen=True, slots=True)
class PlacedTable:
    table: Table
    number: str
    figure: Figure | None = None

    @property
    def caption(self) -> str:
        return say_caption(self.number, self.table.caption)

    @property
    def sheet_name(self) -> str:
        return self.number or self.table.caption


def find_tables(paper: Paper) -> Iterator[PlacedTable]:
    """The paper's tables in order, those behind figures with their figure."""
    for section in place(paper):
        for placed in section.blocks:
            if isinstance(placed.block, Table):
                yield PlacedTable(placed.block, placed.number)
            elif isinstance(placed.block, Figure) and placed.block.table:
                yield PlacedTable(placed.block.table, placed.behind, placed.block)


def is_exact(number: Number) -> bool:
    """Does a spreadsheet hold this number as it is?"""
    value = Decimal(number.value)
    return abs(value) < _EXACT and len(value.normalize().as_tuple().digits) <= _DIGITS


def find_format(number: Number) -> str:
    """The format in which a spreadsheet prints the value as the paper does; "" where there is none.

    "£1,076k" for 1076 is `"£"#,##0"k"`, "(3,426)" for -3426 is `#,##0;"("#,##0")"`, "77.4%" for 77.4 is `0.0"%"`.
    """
    found = _PRINTED.fullmatch(number.printed)
    if not found or not _says(found, number.value):
        return ""
    digits = "#,##0" if "," in found["whole"] else "0"
    digits += "." + "0" * (len(found["part"]) - 1) if found["part"] else ""
    before, after = found["before"], found["after"]
    said = f"{_quoted(before)}{digits}{_quoted(after)}"
    return f"{digits};{said}" if number.value < 0 else said


def _says(found: re.Match[str], value: int | Decimal) -> bool:
    """Are the printed digits those of the value, so that a format can give them back?"""
    places = len(found["part"] or ".") - 1
    printed = Decimal(found["whole"].replace(",", "") + (found["part"] or ""))
    rounded: Decimal = round(abs(Decimal(value)), places)
    return printed == rounded


def _quoted(words: str) -> str:
    return f'"{words}"' if words else ""
