"""What is a chapter of the methods: prose, and cases with a table in and numbers out, run as tests and printed?

See README.md beside this. Tables are written as people write them: a line of heads, then a line a row, cells
parted by "|". A blank cell is None; a number is a Decimal; anything else is its words.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from bluelamp.lib.errors import PlainError

Cell = Decimal | str | None
Row = dict[str, Cell]
Found = Mapping[str, object]
"""What a method gives for one row of the answer: numbers of any kind, words, booleans or None, by head."""

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?")


@dataclass(frozen=True, kw_only=True)
class Table:
    heads: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]  # as written

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            {head: _read(cell) for head, cell in zip(self.heads, line, strict=True)} for line in self.cells
        )


@dataclass(frozen=True, kw_only=True)
class Case:
    """One thing the method must do: for the table `given`, `find` gives the table `gives`."""

    title: str
    text: str
    given: Table
    gives: Table
    find: Callable[[tuple[Row, ...]], Iterable[Found]]
    row_by_row: bool = False

    def found(self) -> list[tuple[str, ...]]:
        """What `find` gives, each cell said to the decimals that the expected cell is written with."""
        rows = list(self.find(self.given.rows))
        wanted = [*self.gives.cells, *[("",) * len(self.gives.heads)] * max(0, len(rows) - len(self.gives.cells))]
        return [
            tuple(say(row[head], like) for head, like in zip(self.gives.heads, cells, strict=True))
            for row, cells in zip(rows, wanted, strict=False)
        ]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing on the page, as SVG; `alt` says in words what it shows."""

    name: str
    alt: str
    draw: Callable[[], str]


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A page of docs/methods. The module's name is its address; `text` opens it and is Markdown."""

    title: str
    text: str
    cases: tuple[Case, ...]
    pictures: tuple[Picture, ...] = ()


def row_by_row(title: str, text: str, table: str, find: Callable[[Row], Found]) -> Case:
    """A case whose rows do not touch each other. "||" parts what goes in from what comes out.

    A row that is refused (PlainError) gives its sentence under the head "refused", and blanks elsewhere.
    """
    lines = [line.partition("||") for line in _lines(table)]
    given, gives = _table(left for left, _, _ in lines), _table(right for _, _, right in lines)

    def find_each(rows: tuple[Row, ...]) -> Iterator[Found]:
        return (_or_refusal(find, row, gives.heads) for row in rows)

    return Case(title=title, text=_paragraphs(text), given=given, gives=gives, find=find_each, row_by_row=True)


def whole_table(
    title: str, text: str, given: str, gives: str, find: Callable[[tuple[Row, ...]], Iterable[Found]]
) -> Case:
    """A case in which the rows are taken together: a series, a group of areas, a sample."""
    return Case(
        title=title, text=_paragraphs(text), given=_table(_lines(given)), gives=_table(_lines(gives)), find=find
    )


def load_chapters() -> dict[str, Chapter]:
    """Every chapter by the name of its module, in the order of the alphabet."""
    folder = Path(__file__).resolve().parent / "chapters"
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    return {name: importlib.import_module(f"tests.spec.chapters.{name}").CHAPTER for name in names}


def say(value: object, like: str = "") -> str:
    """A found value as the page prints it: numbers to the decimals of `like`, rounded half up; None is blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) or not _NUMBER.fullmatch(like):
        return str(value)
    places = len(like.partition(".")[2])
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    plus = "+" if like.startswith("+") and rounded > 0 else ""
    return plus + str(rounded if rounded else abs(rounded))


def _or_refusal(find: Callable[[Row], Found], row: Row, heads: tuple[str, ...]) -> Found:
    try:
        return {"refused": None, **find(row)}
    except PlainError as error:
        return dict.fromkeys(heads) | {"refused": str(error)}


def _lines(table: str) -> Iterator[str]:
    return (line for line in table.split("\n") if line.strip())


def _table(lines: Iterable[str]) -> Table:
    heads, *rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
    uneven = [row for row in rows if len(row) != len(heads)]
    if uneven:
        raise ValueError(f"the row {uneven[0]} has not the {len(heads)} cells of its heads {heads}")
    return Table(heads=heads, cells=tuple(rows))


def _read(cell: str) -> Cell:
    if not cell:
        return None
    return Decimal(cell) if _NUMBER.fullmatch(cell) else cell


def _paragraphs(text: str) -> str:
    """Prose as written in a module, without the module's indent."""
    return "\n".join(line.strip() for line in text.strip().split("\n"))
