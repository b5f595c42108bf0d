"""What may a sheet be called, how do its cells look, and how high are its rows?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from bluelamp.papers.columns import measure
from bluelamp.papers.model import Cell, Content, Paper
from bluelamp.papers.words import plain_words

LONGEST_CELL: Final = 32_767
"""What a cell of Excel holds, in characters of UTF-16."""
_CUT: Final = " … (cut here: a cell holds no more; the Word file has it whole)"
_LONGEST_NAME: Final = 31
_EMS_A_CHARACTER: Final = 0.45
"""Of a sheet's type, measured as the PDF's, in one of the characters by which Excel says how wide a column is."""
_LINE, _HIGHEST = 15.0, 409.0  # points of a line, and of the highest row


def make_height(cells: Iterable[tuple[str, float]]) -> float:
    """Points in which each of the words can be read in a column of so many characters.

    Excel finds the height of a row of wrapped words by itself, LibreOffice doesn't.
    """
    lines = [
        sum(max(1, math.ceil(measure(line) / (width * _EMS_A_CHARACTER))) for line in words.split("\n"))
        for words, width in cells
    ]
    return min(_HIGHEST, _LINE * max(lines, default=1))


class SheetNames:
    """Names of sheets: at most 31 characters, none that Excel forbids, no two the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def next(self, wanted: str) -> str:
        plain = re.sub(r"[\[\]:*?/\\']|[^\x20-\x7e\xa0-\ufffc]", " ", wanted)
        plain = " ".join(plain.split())[:_LONGEST_NAME].strip() or "Table"
        name, nth = plain, 1
        while name.lower() in self._taken or name.lower() == "history":
            nth += 1
            name = f"{plain[: _LONGEST_NAME - 5]} ({nth})"
        self._taken.add(name.lower())
        return name


@dataclass
class Looks:
    """The formats of one workbook, each made once."""

    book: Any
    _made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def make(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format({"valign": "top", **properties})
        return self._made[key]

    @property
    def title(self) -> Any:
        return self.make(bold=True, font_size=14)

    @property
    def bold(self) -> Any:
        return self.make(bold=True, text_wrap=True)

    @property
    def wrapped(self) -> Any:
        return self.make(text_wrap=True)

    @property
    def link(self) -> Any:
        return self.make(text_wrap=True, font_color="#12436D", underline=1)

    def head(self, *, numeric: bool, indent: int = 0) -> Any:
        look = {"align": "right"} if numeric else {"indent": indent} if indent else {}
        return self.make(bold=True, text_wrap=True, bottom=2, **look)

    def set_up(self, sheet: Any, paper: Paper) -> None:
        """A4 on its side, as wide as the page, the marking at head and foot."""
        title = " ".join(paper.title.split())[:80].replace("&", "&&")
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f'&C&"-,Bold"{paper.marking.value}')
        sheet.set_footer(f'&L{title}&C&"-,Bold"{paper.marking.value}&RPage &P of &N')

    def cut(self, words: Content | Cell) -> str:
        said = plain_words(words)
        units = len(said) + sum(each > "\uffff" for each in said)
        return said if units <= LONGEST_CELL else said[: LONGEST_CELL // 2] + _CUT
