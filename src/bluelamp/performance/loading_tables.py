"""Where in a file do figures stand, in which layout, and what do the cells of each say?

A table begins with its row of headings, found among the first rows of a sheet. Where no mapping is named, each
known one is tried, and the file is taken only if one layout alone fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bluelamp.documents.readers.values_model import EMPTY_FORMULA, FAULT, Values, ValueSheet
from bluelamp.lib.errors import PlainError
from bluelamp.lib.sheet_columns import column_letters
from bluelamp.performance.loading_mappings import (
    BY_INDICATOR,
    BY_PERIOD,
    LONG,
    NUMBERS,
    FiguresMapping,
)
from bluelamp.performance.loading_periods import names_period
from bluelamp.performance.loading_refusals import Place, Refused, shown
from bluelamp.performance.loading_values import Said
from bluelamp.register.import_mappings import heading_key

HEADS_WITHIN: Final = 40
_PARTS: Final = ("numerator", "denominator", "sample", "half width", "provisional")

Cells = dict[int, tuple[str, int]]
"""By column what a cell says, and what it is."""


@dataclass(frozen=True, slots=True)
class RawFigure:
    """What a list says of one figure, before anybody asked whether it can be."""

    code: str
    area: str | None  # None where the table has no column of areas
    period: str
    span: str
    breakdown: str
    said: Said
    place: Place  # of the value
    row_place: Place  # of what names the row's indicator
    area_place: Place
    period_place: Place


@dataclass(frozen=True)
class Table:
    """One table of a file. `places` are columns by field; `heads` those of periods or indicators, by column."""

    file: str
    sheet: ValueSheet
    mapping: FiguresMapping
    head_row: int
    places: Mapping[str, int]
    heads: Mapping[int, str] = field(default_factory=dict)
    parts: Mapping[int, tuple[int, str]] = field(
        default_factory=dict
    )  # column: whose column, and which part of it
    unread: tuple[str, ...] = ()  # headings of columns that are nothing we know

    def place(self, row: int, column: int) -> Place:
        return Place(self.file, self.sheet.name, row, column)


@dataclass(frozen=True)
class NamedFile:
    """A file as it was read; `name` is shown."""

    name: str
    values: Values


KnowsCode = Callable[[str], bool]
"""Does the plan have an indicator of that code or name?"""


def find_tables(
    file: NamedFile, mappings: Sequence[FiguresMapping], knows: KnowsCode, *, sheet: str = ""
) -> list[Table]:
    """The tables of the file; a PlainError where it has none, or where more than one layout fits."""
    wanted = sheet or (mappings[0].sheet if len(mappings) == 1 else "")
    sheets = [each for each in file.values.sheets if not wanted or heading_key(each.name) == heading_key(wanted)]
    if not sheets and wanted:
        there = ", ".join(each.name for each in file.values.sheets) or "none that is shown"
        raise PlainError(f"{file.name} has no sheet called {wanted}: there is {there}.")
    if not any(each.rows for each in sheets):
        where = f"The sheet {wanted} of {file.name}" if wanted else file.name
        raise PlainError(f"{where} is empty: it holds no cell with a figure.")
    tables = [table for each in sheets if (table := _find_table(file.name, each, mappings, knows))]
    if not tables:
        raise PlainError(_say_none(file.name, sheets, mappings))
    return tables


def _say_none(name: str, sheets: Sequence[ValueSheet], mappings: Sequence[FiguresMapping]) -> str:
    merged = next((each for each in sheets if any(top < HEADS_WITHIN for top, *_ in each.merges)), None)
    hint = ""
    if merged is not None:
        top, left, bottom, right = min(merged.merges)
        span = f"{column_letters(left)}{top} to {column_letters(right)}{bottom}"
        hint = (
            f" Its headings may be merged (cells {span}{_in(merged)}): unmerge them and give each column its own."
        )
    if len(mappings) == 1:
        needed = {
            LONG: "indicator, period and value",
            BY_PERIOD: "indicator and periods",
            BY_INDICATOR: "period and indicators",
        }
        what = f"headings for {needed[mappings[0].layout]}, as the mapping {mappings[0].slug} has them"
    else:
        what = "headings of figures: a code or indicator with periods beside it, or with a period and a value"
    return f"None of the first {HEADS_WITHIN} rows of {name} has {what}.{hint}"


def _in(sheet: ValueSheet) -> str:
    return f" of the sheet {sheet.name}" if sheet.name else ""


def _find_table(
    file: str, sheet: ValueSheet, mappings: Sequence[FiguresMapping], knows: KnowsCode
) -> Table | None:
    for number, cells in sheet.rows[:HEADS_WITHIN]:
        heads = {column: words for column, words, _ in cells}
        found = [table for mapping in mappings if (table := _try(file, sheet, mapping, number, heads, knows))]
        if len({table.mapping.layout for table in found}) == 1:  # a workspace's own mapping may fit better
            best = max(len(table.places) + len(table.heads) for table in found)
            found = [table for table in found if len(table.places) + len(table.heads) == best]
        if len(found) > 1:
            names = " and ".join(sorted(table.mapping.slug for table in found))
            raise PlainError(
                f"Row {number} of {file}{_in(sheet)} can be read as {names}: say which with a mapping."
            )
        if found:
            _refuse_merged(found[0])
            return found[0]
    return None


def _try(
    file: str, sheet: ValueSheet, mapping: FiguresMapping, number: int, heads: Mapping[int, str], knows: KnowsCode
) -> Table | None:
    keys = {column: heading_key(words) for column, words in heads.items()}
    places = _find_places(keys, mapping)
    taken = set(places.values())
    rest = {column: words for column, words in heads.items() if column not in taken}
    match mapping.layout:
        case "long":
            has_figure = "value" in places or ("numerator" in places and "denominator" in places)
            if not ("indicator" in places and "period" in places and has_figure):
                return None
            return Table(file, sheet, mapping, number, places, unread=tuple(rest.values()))
        case "wide-by-period":
            periods = {column: words for column, words in rest.items() if names_period(words)}
            if "indicator" not in places or not periods:
                return None
            unread = tuple(words for column, words in rest.items() if column not in periods)
            return Table(file, sheet, mapping, number, places, periods, unread=unread)
        case _:
            if "period" not in places:
                return None
            return _try_by_indicator(file, sheet, mapping, number, places, rest, knows)


def _try_by_indicator(
    file: str,
    sheet: ValueSheet,
    mapping: FiguresMapping,
    number: int,
    places: Mapping[str, int],
    rest: Mapping[int, str],
    knows: KnowsCode,
) -> Table | None:
    known = {
        column: words for column, words in rest.items() if knows(words) or heading_key(words) in _keys(mapping)
    }
    if not known:
        return None
    by_key = {heading_key(words): column for column, words in known.items()}
    parts: dict[int, tuple[int, str]] = {}
    heads = dict(known)
    for column, words in rest.items():
        key = heading_key(words)
        part = next((part for part in _PARTS if key.endswith(f" {part}")), "")
        if part and (of := by_key.get(key[: -len(part) - 1])) is not None:
            parts[column] = (of, part.replace(" ", "_"))
        elif column not in heads and _looks_like_code(words):
            heads[column] = words  # an unknown code over figures is refused by name, not passed over
    unread = tuple(words for column, words in rest.items() if column not in heads and column not in parts)
    return Table(file, sheet, mapping, number, places, heads, parts, unread)


def _keys(mapping: FiguresMapping) -> set[str]:
    return {heading_key(words) for words in mapping.codes}


def _looks_like_code(words: str) -> bool:
    has_digit = any(each.isdigit() for each in words)
    return len(words) <= 10 and " " not in words and has_digit and not names_period(words)


def _find_places(keys: Mapping[int, str], mapping: FiguresMapping) -> dict[str, int]:
    """By field the column in which it stands: of several headings that a field may have, the first listed."""
    columns: dict[str, int] = {}
    for column, key in sorted(keys.items()):
        columns.setdefault(key, column)
    found: dict[str, int] = {}
    for name in mapping.columns:
        at = next((columns[key] for key in mapping.column_keys(name) if key in columns), None)
        if at is not None and at not in found.values():
            found[name] = at
    return found


def _refuse_merged(table: Table) -> None:
    """A heading over several columns says of none of them which one it is."""
    used = set(table.places.values()) | set(table.heads)
    for top, left, bottom, right in table.sheet.merges:
        if (
            top <= table.head_row <= bottom
            and right > left
            and used & set(range(left, min(right, left + 500) + 1))
        ):
            cells = f"{column_letters(left)}{top} to {column_letters(right)}{bottom}"
            raise PlainError(
                f"{table.file}{_in(table.sheet)}: the headings in cells {cells} are merged, so it cannot be told"
                " which column is which: unmerge them and give each column its own heading."
            )


# -- rows ----------------------------------------------------------------------------------------------------


@dataclass
class RawFigures:
    """What the tables say. `empty` counts cells that hold nothing where a figure could stand."""

    figures: list[RawFigure] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    empty: int = 0


def read_table(table: Table, into: RawFigures) -> None:
    """Every figure below the headings."""
    merged = _merged_down(table)
    for number, row in table.sheet.rows:
        if number <= table.head_row:
            continue
        cells: Cells = {column: (words, what) for column, words, what in row}
        for column in merged.get(number, {}):
            cells.setdefault(column, merged[number][column])
        read = {LONG: _read_long, BY_PERIOD: _read_by_period, BY_INDICATOR: _read_by_indicator}[
            table.mapping.layout
        ]
        read(table, number, cells, into)


def _merged_down(table: Table) -> dict[int, Cells]:
    """Cells that are merged with the one above say what it says: by row and column."""
    names = [table.places[name] for name in ("indicator", "area", "period", "breakdown") if name in table.places]
    merges = [
        each for each in table.sheet.merges if each[1] == each[3] and each[1] in names and each[0] > table.head_row
    ]
    if not merges:
        return {}
    rows = dict(table.sheet.rows)
    found: dict[int, Cells] = {}
    for top, left, bottom, _ in merges:
        said = next(((words, what) for column, words, what in rows.get(top, ()) if column == left), None)
        if said:
            for number in range(top + 1, min(bottom, top + 10_000) + 1):
                found.setdefault(number, {})[left] = said
    return found


def _read_long(table: Table, number: int, cells: Cells, into: RawFigures) -> None:
    at = table.places
    value = at.get("value", at.get("numerator", 0))
    said = {name: _words(cells, at.get(name)) for name in (*NUMBERS, "provisional")}
    if not any(said[name] for name in NUMBERS) and not _is_broken(cells, (value,)):
        if _words(cells, at["period"]):
            into.empty += 1
        return
    if _refuse_broken(table, number, cells, [at[name] for name in NUMBERS if name in at], into):
        return
    into.figures.append(_raw(table, number, cells, _words(cells, at["period"]), Said(**said), value))


def _read_by_period(table: Table, number: int, cells: Cells, into: RawFigures) -> None:
    held = [column for column in table.heads if column in cells]
    if not held:
        return
    into.empty += len(table.heads) - len(held)
    for column in held:
        if not _refuse_broken(table, number, cells, [column], into):
            said = Said(value=cells[column][0])
            into.figures.append(
                _raw(table, number, cells, table.heads[column], said, column, period_at=(table.head_row, column))
            )


def _read_by_indicator(table: Table, number: int, cells: Cells, into: RawFigures) -> None:
    parts: dict[int, dict[str, str]] = {}
    for column, (of, part) in table.parts.items():
        if column in cells:
            parts.setdefault(of, {})[part] = cells[column][0]
    period = _words(cells, table.places["period"])
    held = [column for column in table.heads if column in cells or column in parts]
    if held and period:
        into.empty += len(table.heads) - len(held)
    for column in held:
        if not _refuse_broken(table, number, cells, [column], into):
            said = Said(value=_words(cells, column), **parts.get(column, {}))
            into.figures.append(
                _raw(table, number, cells, period, said, column, code=table.heads[column], code_row=table.head_row)
            )


def _raw(
    table: Table,
    number: int,
    cells: Cells,
    period: str,
    said: Said,
    column: int,
    *,
    code: str = "",
    code_row: int = 0,
    period_at: tuple[int, int] | None = None,
) -> RawFigure:
    at = table.places
    code_place = table.place(code_row, column) if code_row else table.place(number, at["indicator"])
    row, period_column = period_at or (number, at["period"])
    return RawFigure(
        code=code or _words(cells, at.get("indicator")),
        area=_words(cells, at["area"]) if "area" in at else None,
        period=period,
        span=_words(cells, at.get("span")) or table.mapping.span,
        breakdown=_words(cells, at.get("breakdown")),
        said=said,
        place=table.place(number, column),
        row_place=code_place,
        area_place=table.place(number, at["area"]) if "area" in at else code_place,
        period_place=table.place(row, period_column),
    )


def _words(cells: Cells, column: int | None) -> str:
    found = cells.get(column) if column is not None else None
    return found[0] if found else ""


def _is_broken(cells: Cells, columns: Iterable[int]) -> bool:
    return any(cells[column][1] == EMPTY_FORMULA for column in columns if column in cells)


_ABSENT_FAULTS: Final = ("#N/A", "#DIV/0!")
"""What a spreadsheet shows where there is no figure to show; others are mistakes in its formulas."""


def _refuse_broken(table: Table, number: int, cells: Cells, columns: Sequence[int], into: RawFigures) -> bool:
    for column in columns:
        words, what = cells.get(column, ("", 0))
        if what == EMPTY_FORMULA:
            message = (
                "The cell holds a formula without a value: open the file in a spreadsheet, save it, load it again."
            )
        elif what == FAULT and words not in _ABSENT_FAULTS:
            message = f"The cell shows the fault {shown(words)}: mend its formula."
        else:
            continue
        into.refused.append(Refused.at(table.place(number, column), message))
        return True
    return False


def say_unread(tables: Sequence[Table]) -> Iterator[str]:
    """Columns that were left aside, by name: a sentence for each table that has any."""
    for table in tables:
        if table.unread:
            names = ", ".join(shown(words) for words in table.unread[:8])
            more = f" and {len(table.unread) - 8} more" if len(table.unread) > 8 else ""
            where = f"{table.file}{_in(table.sheet)}"
            plural = "columns" if len(table.unread) > 1 else "column"
            yield f"{where}: the {plural} {names}{more} held nothing that is loaded."
