"""Which figures stand in a table, which rows and columns are totals, and which columns may be added up at all?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final

from bluelamp.checks.model import Paper
from bluelamp.checks.table_notes import Note, note_beside
from bluelamp.checks.tables_parted import parted
from bluelamp.documents.blocks import Row
from bluelamp.documents.printed_tables import Table, read_cell_words
from bluelamp.figures.arrows import points_down, with_arrow
from bluelamp.figures.printed import PrintedValue
from bluelamp.lib.days import read_period

_TOTAL = re.compile(r"(?:(?:grand|sub|overall|combined)[- ]?)?totals?(?: \([^()]{0,30}\))?[ :*]{0,3}", re.I)
_TOTAL_OF = re.compile(r"(?:(?:grand|sub|overall|combined)[- ]?)?totals?\b|.{0,80}\btotals?$", re.I)
_NO_SUM = re.compile(
    r"\b(?:unique|distinct|individuals?|average|mean|median|rate|per cent|percentage|different)\b|%", re.I
)
_WHOLE = re.compile(
    r"(?:force[- ]?wide|force|overall|all|whole force|county ?wide"
    r"|all (?!other\b|remaining\b|else\b)[a-z-]{3,20}(?: [a-z-]{3,20})?)",
    re.I,
)
_LETTER = re.compile(r"(?<=\d) ?(?P<letter>[AF])$", re.I)
_PLACE = re.compile(r"(?:the |whole )?(?:county|borough|city|region|constabulary|service|organisation)", re.I)
_EXCLUDES = re.compile(
    r"\b(?:excl(?:ud(?:ing|es|ed?))?|exc|less|without|before|net of|other than|apart from|except(?:ing)?|minus"
    r"|not including)\b",
    re.I,
)
_OF_WHICH = re.compile(r"(?:of which|of these|including|includes|incl\.?|comprising|made up of|inc\b)", re.I)
_NOT_ADDITIVE = re.compile(
    r"\b(?:average|avg|mean|median|rates?|per|score|index|rank(?:ing)?|age|ratio|proportion|percentage|share"
    r"|hours? per|year|date|ref(?:erence)?|code|item|page|para|timeliness|grade|%)\b|%",
    re.I,
)
_SELDOM_ADDED = re.compile(r"\b(?:target|days|maximum|minimum|longest|highest|lowest)\b", re.I)
"""Of a column that is added up only where its own total shows it: days lost are, days to close a case are not."""
_CHANGE_COLUMN = re.compile(
    r"\b(?:change|difference|variance|variation|growth|movement|increase|decrease|reduction)\b|\+/-", re.I
)
_NIL: Final = frozenset({"-", "–", "—", "nil", "none", "‑"})
_NOT_APPLICABLE: Final = frozenset({"n/a", "na", "not applicable"})
_ADDS: Final = ("", "number", "gbp", "fte", "hours", "days", "minutes", "seconds")
_DECIMALS = re.compile(r"\.(\d{1,6})")
_WORDY = re.compile(r"[A-Za-z]{3}")
FEWEST: Final = 2
"""Rows that make a sum."""
_WIDEST: Final = 200  # cells of a row; wider is no table that anybody casts
_KEPT: Final = "_grids"
NEAR: Final = 4
"""A total is like its sum where they differ by less than one part in so many."""
_ROUND: Final = 6
"""Different whole numbers of one column from which on a nought at the end of every one says they were rounded."""


@dataclass(frozen=True)
class Figure:
    """What one cell prints: a value, or words that are none."""

    printed: PrintedValue | None
    text: str
    place: Decimal | None = None  # to which it was rounded before it was printed, where that is known
    value: Decimal | None = field(init=False)
    unit: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", self.printed.value if self.printed else None)
        object.__setattr__(self, "unit", self.printed.unit if self.printed else "")

    @property
    def is_blank(self) -> bool:
        return not self.text

    @property
    def is_nil(self) -> bool:
        """A dash or "nil", which in a table of money is a nought, and elsewhere may be what is not known."""
        return self.text.lower() in _NIL

    @property
    def is_not_applicable(self) -> bool:
        """Words that say that there is none, or that it is not known."""
        return self.text.lower().rstrip(".") in _NOT_APPLICABLE

    @cached_property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """The least and the most that may have printed so, rounded or cut off; None where that is not known."""
        printed = self.printed
        if printed is None or printed.low is None or printed.high is None:
            return None
        low, high = printed.low, printed.high
        if printed.value is None or "range" in printed.flags:
            return low, high
        if self.place:
            return printed.value - self.place, printed.value + self.place
        if low == high:
            return low, high
        place = high - low
        if printed.value == 0:
            return -place, place
        return (
            (low, max(high, printed.value + place))
            if printed.value >= 0
            else (min(low, printed.value - place), high)
        )

    @cached_property
    def print_bounds(self) -> tuple[Decimal, Decimal] | None:
        """What a printed share, rate or change may truly be, rounded or cut off; a bare "6" is no exact count."""
        if self.value is None:
            return None
        place = self.place or Decimal(1).scaleb(-_decimals(self.text))
        if self.value == 0:
            return -place, place
        if self.value > 0:
            return self.value - place / 2, self.value + place
        return self.value - place, self.value + place / 2


@dataclass(frozen=True)
class Line:
    """A row of a table: its name and its figures by column."""

    row: Row
    label: str
    figures: dict[int, Figure]

    @cached_property
    def is_total(self) -> bool:
        """A row that calls itself the total and nothing else."""
        named = bool(_TOTAL.fullmatch(self._bare)) and not _NO_SUM.search(self.label)
        return named and not self.leaves_out

    @cached_property
    def leaves_out(self) -> bool:
        """A total that says it is not of everything ("excluding fraud")."""
        return bool(_EXCLUDES.search(self.label))

    @cached_property
    def is_whole(self) -> bool:
        """A row for all of something, that may be a sum and need not ("Force wide", "Total funding")."""
        named = _WHOLE.fullmatch(self._bare) or _TOTAL_OF.fullmatch(self._bare) or _TOTAL_OF.match(self._bare)
        return not self.is_total and bool(named) and not _NO_SUM.search(self.label)

    @cached_property
    def is_place(self) -> bool:
        """A row for the place that the others may be parts of, and need not ("County")."""
        return bool(_PLACE.fullmatch(self._bare))

    @property
    def _bare(self) -> str:
        return self.label.strip(" :-–*")

    @cached_property
    def is_part(self) -> bool:
        """A row that is counted in the one above it ("of which")."""
        return bool(_OF_WHICH.match(self.label.strip(" -–•*(")))

    @cached_property
    def has_figures(self) -> bool:
        """Does anything stand under the columns of figures, be it readable or not?"""
        return any(not figure.is_blank for figure in self.figures.values())


class Grid:
    """A table's body as lines of figures, with its columns told apart."""

    def __init__(self, table: Table, note: Note = Note.NONE) -> None:
        self.table = table
        self.note = note
        self._additive: dict[int, bool] = {}
        self._units: dict[int, frozenset[str]] = {}
        self._figures = [self._read(row) for row in table.body]
        self.columns = self._numeric_columns()
        self._leave_letters()
        self._round_off()
        first = self.columns[0] if self.columns else 1
        self.lines = tuple(
            Line(row, _label(row, first), {c: figures[c] for c in self.columns if c in figures})
            for row, figures in zip(table.body, self._figures, strict=True)
        )

    def _read(self, row: Row) -> dict[int, Figure]:
        found = {}
        for cell in row.cells:
            for column in range(cell.column, cell.column + cell.column_span):
                figure = _figure(cell.text.strip(), self.table.unit_at(column))
                if points_down(figure.text) and _CHANGE_COLUMN.search(self.name_of(column)):
                    figure = replace(figure, printed=with_arrow(figure.printed))
                found[column] = figure
        return found

    def _leave_letters(self) -> None:
        """A column of "10 A" and "5 F" (adverse, favourable): the letter is the sign, and nothing says of what."""
        for column in self.columns:
            letters = {
                found["letter"].upper()
                for figures in self._figures
                if (figure := figures.get(column)) and (found := _LETTER.search(figure.text))
            }
            if "F" in letters and letters <= {"A", "F"}:
                for figures in self._figures:
                    if column in figures:
                        figures[column] = Figure(None, figures[column].text)

    def _round_off(self) -> None:
        """Whole numbers that were rounded, as a note says or as every one of many ends in a nought or a five."""
        for column in self.columns:
            whole = {
                row: figure
                for row, figures in enumerate(self._figures)
                if (figure := figures.get(column)) and figure.value is not None and _is_whole(figure)
            }
            place = _place_of([figure.value for figure in whole.values() if figure.value])
            if place is None and self.note is Note.ROUNDED:
                place = Decimal(1)
            if place is not None:
                for row, figure in whole.items():
                    self._figures[row][column] = Figure(figure.printed, figure.text, place)
            self._round_off_decimals(column)

    def _round_off_decimals(self, column: int) -> None:
        """Figures whose last decimals are all noughts ("307.00") were rounded before; pounds are exact."""
        found = {
            row: figure
            for row, figures in enumerate(self._figures)
            if (figure := figures.get(column)) and figure.value is not None and not _is_whole(figure)
        }
        place = _coarser([figure for figure in found.values() if figure.unit != "gbp"])
        if place is not None:
            for row, figure in found.items():
                self._figures[row][column] = Figure(figure.printed, figure.text, place)

    def _numeric_columns(self) -> tuple[int, ...]:
        width = max((column for figures in self._figures for column in figures), default=-1) + 1
        chosen = []
        for column in range(width):
            cells = [figures[column] for figures in self._figures if column in figures]
            filled = [figure for figure in cells if not figure.is_blank]
            numbers = [figure for figure in filled if figure.value is not None]
            if len(numbers) >= FEWEST and 2 * len(numbers) >= len(filled) and not self._is_key(column, numbers):
                chosen.append(column)
        return tuple(chosen)

    def _is_key(self, column: int, numbers: Sequence[Figure]) -> bool:
        """Numbers that name rows (1, 2, 3) in the first column are no figures."""
        values = [figure.value for figure in numbers]
        return column == 0 and values == [
            Decimal(n) for n in range(int(values[0] or 0), int(values[0] or 0) + len(values))
        ]

    def name_of(self, column: int) -> str:
        return self.table.name_at(column).strip()

    def is_additive(self, column: int) -> bool:
        """May this column's figures be added up down the table? Percentages, rates and averages may not."""
        if column not in self._additive:
            self._additive[column] = self._may_add(column)
        return self._additive[column]

    def _may_add(self, column: int) -> bool:
        name = self.name_of(column)
        if _NOT_ADDITIVE.search(name) and not _CHANGE_COLUMN.search(name):
            return False
        if self.table.title and re.search(r"\b(?:average|rate per|percentage of)\b", self.table.title, re.I):
            return False
        units = self.units_at(column)
        if not units <= set(_ADDS) or len(units) != 1:
            return False
        return not _SELDOM_ADDED.search(name) or self._has_sum(column)

    def _has_sum(self, column: int) -> bool:
        """Does the last row called a total print more than any other row, and near what they add up to?"""
        rows = [(line, figure.value) for line in self.lines if (figure := line.figures.get(column))]
        totals = [value for line, value in rows if line.is_total and value is not None]
        parts = [value for line, value in rows if value is not None and not (line.is_total or line.is_part)]
        if not totals or len(parts) < FEWEST or min(parts) < 0:
            return False
        return totals[-1] > max(parts) and abs(totals[-1] - sum(parts)) * NEAR <= totals[-1]

    def units_at(self, column: int) -> frozenset[str]:
        """The units of the column's figures."""
        if column not in self._units:
            figures = (line.figures.get(column) for line in self.lines)
            self._units[column] = frozenset(f.unit for f in figures if f is not None and f.value is not None)
        return self._units[column]

    def is_share(self, column: int) -> bool:
        """A column of percentages that stand for parts of a whole."""
        units = self.units_at(column)
        return units == {"percent"} or (
            units == {""} and self.name_of(column).strip() in ("%", "% of total", "Share")
        )

    def is_total_column(self, column: int) -> bool:
        name = self.name_of(column)
        return bool(_TOTAL_OF.match(name)) and not _NO_SUM.search(name)


def grids_of(paper: Paper) -> tuple[Grid, ...]:
    """Every table of the paper as a grid, with what a note beside it says; made once and kept with the paper."""
    kept = paper.__dict__.get(_KEPT)
    if kept is None:
        kept = tuple(_make_grids(paper))
        paper.__dict__[_KEPT] = kept  # as a cached property would, which the model cannot have: it knows no grids
    return tuple(kept)


def _make_grids(paper: Paper) -> Iterator[Grid]:
    places = {id(block): index for index, block in enumerate(paper.blocks)}
    for table, last in _joined(paper.tables, places):
        if max((len(row.cells) for row in table.body), default=0) <= _WIDEST:
            pages = paper.document.pages[table.block.page : last.block.page + 1]
            if any(page.hides_cells for page in pages):
                note = Note.HIDES
            else:
                note = note_beside(table, paper.blocks, places.get(id(last.block)))
            yield from (Grid(each, note) for each in parted(table))


def _joined(tables: Sequence[Table], places: dict[int, int]) -> Iterator[tuple[Table, Table]]:
    """Each table with what goes on with it on the next page, and the last piece of it."""
    whole: Table | None = None
    last: Table | None = None
    for table in tables:
        if whole is not None and last is not None and _goes_on(last, table, places):
            head = tuple(row for row in table.heads if _words(row) not in [_words(each) for each in whole.heads])
            whole = replace(whole, body=(*whole.body, *head, *table.body))
        else:
            if whole is not None and last is not None:
                yield whole, last
            whole = table
        last = table
    if whole is not None and last is not None:
        yield whole, last


def _goes_on(last: Table, table: Table, places: dict[int, int]) -> bool:
    """Does the table stand right after the last one, on the next page, as wide, and without a head of its own?"""
    one, other = places.get(id(last.block)), places.get(id(table.block))
    if one is None or other is None or other != one + 1 or table.block.page <= last.block.page:
        return False
    if max(len(row.cells) for row in table.block.rows) != max(len(row.cells) for row in last.block.rows):
        return False
    same = [_words(row) for row in table.heads] == [_words(row) for row in last.heads[: len(table.heads)]]
    return same or not any(
        cell.text.strip() and _WORDY.search(cell.text) for row in table.heads for cell in row.cells[1:]
    )


def turned(grid: Grid, rows: Sequence[int]) -> list[Line]:
    """Each column as a line, its figures by the numbers of their rows; the first of the rows is its row."""
    return [
        Line(
            grid.lines[rows[0]].row,
            grid.name_of(column) or f"column {column + 1}",
            {row: grid.lines[row].figures[column] for row in rows if column in grid.lines[row].figures},
        )
        for column in grid.columns
    ]


def _words(row: Row) -> tuple[str, ...]:
    return tuple(cell.text.strip().lower() for cell in row.cells)


def _is_whole(figure: Figure) -> bool:
    printed = figure.printed
    return printed is not None and printed.low is not None and printed.low == printed.high


def _coarser(figures: Sequence[Figure]) -> Decimal | None:
    """The worth of the last decimal that is not a nought in all of them; None where that is the last printed."""
    values = [figure.value for figure in figures if figure.value is not None]
    widths = [
        printed.high - printed.low for f in figures if (printed := f.printed) and printed.low and printed.high
    ]
    if len(set(values)) < _ROUND or not widths:
        return None
    for decimals in range(min(_decimals(figure.text) for figure in figures), 0, -1):
        place = min(widths) * Decimal(10) ** decimals
        if all(value % place == 0 for value in values):
            return place
    return None


def _decimals(text: str) -> int:
    found = _DECIMALS.search(text)
    return len(found[1]) if found else 0


def _place_of(values: Sequence[Decimal]) -> Decimal | None:
    """To what all of these were rounded; None where they seem exact."""
    if len(set(values)) < _ROUND:
        return None
    for place in (1_000_000, 100_000, 10_000, 1_000, 100, 10, 5):
        if all(value % place == 0 for value in values):
            return Decimal(place)
    return None


def _label(row: Row, first: int) -> str:
    return " ".join(cell.text.strip() for cell in row.cells if cell.column < first and cell.text.strip())


@lru_cache(maxsize=8192)  # tables print the same figures and dashes again and again, and are asked for twice
def _figure(text: str, unit: str) -> Figure:
    if not text or read_period(text) is not None:
        return Figure(None, text)
    return Figure(read_cell_words(text, unit), text)


def commonest(units: Sequence[str]) -> str:
    """The unit that most figures bear, of several the one that is printed first; "" of none."""
    return max(dict.fromkeys(units), key=units.count, default="")


def add_bounds(figures: Iterable[Figure]) -> tuple[Decimal, Decimal] | None:
    """The least and the most that the true values may add up to; None where one of them is not known."""
    low = high = Decimal(0)
    for figure in figures:
        if figure.bounds is None:
            return None
        low += figure.bounds[0]
        high += figure.bounds[1]
    return low, high


def overlap(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
