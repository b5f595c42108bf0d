"""What does each row of a foreign list say, as the mapping has it, and which rows cannot be taken?"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bluelamp.documents.readers.forms import Form, FormRow, FormTable
from bluelamp.lib.errors import PlainError
from bluelamp.lib.sheet_columns import column_letters
from bluelamp.lib.text import fold
from bluelamp.register.import_mappings import COMPLETE, DAYS, WORDS, Choice, ImportMapping, heading_key

HEADS_WITHIN = 30  # rows from the top among which the headings stand
LONGEST_NUMBER, LONGEST_OWNER = 200, 200


@dataclass(frozen=True, kw_only=True)
class ImportedFields:
    """What a row says of an item, in our words. Days as ISO; "" where it says nothing.

    `status` is a delivery, or "complete". `force` is as the list writes it.
    """

    kind: str
    source: str
    force: str
    title: str
    number: str = ""
    text: str = ""
    area: str = ""
    owner: str = ""
    body: str = ""
    update: str = ""
    pages: str = ""
    raised: str = ""
    target: str = ""
    revised: str = ""
    deadline: str = ""
    delivered: str = ""
    status: str = ""
    response: str = ""


@dataclass(frozen=True)
class ReadRow:
    """One row. `fields` is None where it cannot be taken, and `reason` says why and where."""

    number: int  # as the spreadsheet numbers it
    fields: ImportedFields | None
    reason: str = ""
    cited: tuple[str, ...] = ()  # the words of the row that the item will rest on, cell by cell
    words: tuple[str, ...] = ()  # every cell, by which the row is found in the document

    @property
    def key(self) -> str:
        """What makes it the same row in a later version of the list: its number, else its words."""
        if self.fields is None:
            return ""
        said = (
            ("number", self.fields.number)
            if self.fields.number
            else ("words", self.fields.title, self.fields.text)
        )
        about = (self.fields.source, self.fields.force, *said)
        return hashlib.sha256("\x1f".join(fold(each).lower() for each in about).encode()).hexdigest()


def read_rows(form: Form, mapping: ImportMapping) -> list[ReadRow]:
    """Every row below the headings that has words; a PlainError where the list is not as the mapping has it."""
    table = find_table(form, mapping)
    stopped = [note for note in form.notes if note.startswith("Reading stopped")]
    if stopped:
        raise PlainError(f"{stopped[0]} Nothing was imported.")
    head, places = _find_heads(table, mapping)
    rows = [_read_row(row, places, mapping) for row in table.rows if row.number > head.number]
    return list(_refuse_repeats(rows))


def find_table(form: Form, mapping: ImportMapping) -> FormTable:
    shown = [table for table in form.tables if table.is_sheet and not table.is_hidden and table.rows]
    if form.format == "csv" or not mapping.sheet:
        found = shown[:1]
    else:
        found = [table for table in shown if heading_key(table.name) == heading_key(mapping.sheet)]
    if not found:
        what = (
            f"no sheet “{mapping.sheet}” that is shown" if mapping.sheet else "no sheet with words that is shown"
        )
        raise PlainError(f"This file has {what}; the mapping {mapping.slug} needs it.")
    return found[0]


def _find_heads(table: FormTable, mapping: ImportMapping) -> tuple[FormRow, dict[str, int]]:
    """The row of headings, and by field the column in which it stands."""
    best: tuple[int, FormRow, dict[str, int]] | None = None
    for row in table.rows[:HEADS_WITHIN]:
        places = _places_in(row, mapping)
        if "title" in places and (best is None or len(places) > best[0]):
            best = (len(places), row, places)
    if best is None:
        wanted = " or ".join(f"“{name}”" for name in mapping.columns["title"])
        raise PlainError(
            f"None of the first {HEADS_WITHIN} rows has the heading {wanted}, which the mapping {mapping.slug}"
            " needs: name the heading of this list under columns, title."
        )
    _, row, places = best
    for name in ("kind", "source", "status", "response"):
        choice: Choice = getattr(mapping, name)
        if choice.column and name not in places and not choice.always and not choice.optional:
            wanted = " or ".join(f"“{said}”" for said in choice.column)
            raise PlainError(
                f"The list has no column {wanted}, from which the mapping {mapping.slug} takes the {name}."
            )
    return row, places


def _places_in(row: FormRow, mapping: ImportMapping) -> dict[str, int]:
    heads: dict[str, int] = {}
    for cell in row.cells:
        heads.setdefault(heading_key(cell.text), cell.column)
    wanted = {
        **mapping.columns,
        **{name: getattr(mapping, name).column for name in ("kind", "source", "force", "status", "response")},
    }
    places = {}
    for name, headings in wanted.items():
        found = next((heads[key] for key in map(heading_key, headings) if key in heads), None)
        if found is not None:
            places[name] = found
    return places


class _RefusedError(Exception):
    """Why a row cannot be taken: one sentence."""


@dataclass
class _Cells:
    """One row's words by field."""

    row: FormRow
    places: Mapping[str, int]
    mapping: ImportMapping
    headings: dict[str, str] = field(default_factory=dict)

    def words(self, name: str) -> str:
        place = self.places.get(name)
        cell = self.row.cell_at(place) if place is not None else None
        return cell.text if cell else ""

    def where(self, name: str) -> str:
        """The cell as its spreadsheet names it: C7."""
        place = self.places.get(name)
        return f"{column_letters(place)}{self.row.number}" if place is not None else f"row {self.row.number}"


def _read_row(row: FormRow, places: Mapping[str, int], mapping: ImportMapping) -> ReadRow:
    cells = _Cells(row, places, mapping)
    words = tuple(cell.text for cell in row.cells if cell.text and not cell.above)
    try:
        fields = _read_fields(cells)
    except _RefusedError as refusal:
        return ReadRow(row.number, None, str(refusal), words=words)
    cited = tuple(said for said in (cells.words("title"), cells.words("text")) if said)
    return ReadRow(row.number, fields, cited=cited, words=words)


def _read_fields(cells: _Cells) -> ImportedFields:
    said = {name: cells.words(name) for name in WORDS}
    if not said["title"]:
        raise _RefusedError(f"{cells.where('title')} is empty, and an item needs its words.")
    for name, longest in (("number", LONGEST_NUMBER), ("owner", LONGEST_OWNER)):
        said[name] = fold(said[name])
        if len(said[name]) > longest:
            raise _RefusedError(f"{cells.where(name)} has more than {longest} letters, too many for its {name}.")
    if not said["owner"].isprintable():
        raise _RefusedError(f"{cells.where('owner')} holds signs that no name has.")
    days = {name: _read_day(cells, name) for name in DAYS}
    chosen = {
        name: _choose(cells, name, getattr(cells.mapping, name))
        for name in ("kind", "source", "force", "status", "response")
    }
    if chosen["status"] == "for-another-body" and not said["body"]:
        raise _RefusedError(
            f"Row {cells.row.number} is for another body, and {cells.where('body')} does not name it."
        )
    return ImportedFields(**{**said, "title": fold(said["title"])}, **days, **chosen)


def _read_day(cells: _Cells, name: str) -> str:
    """The day that a cell names, in ISO; "" where the cell is empty. What the mapping does not allow is no day."""
    words = fold(cells.words(name))
    if not words:
        return ""
    for form in ("%Y-%m-%d", *cells.mapping.dates):
        try:
            day = dt.datetime.strptime(words, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
        if 1950 <= day.year <= 2100:
            return day.isoformat()
    forms = ", ".join(cells.mapping.dates)
    raise _RefusedError(f"“{words[:60]}” in {cells.where(name)} is no day as the mapping has them ({forms}).")


def _choose(cells: _Cells, name: str, choice: Choice) -> str:
    if name not in cells.places or not choice.column:
        return choice.always
    words = cells.words(name)
    if choice.words is None:
        return fold(words) or choice.always
    key = heading_key(words)
    for value, said in choice.words.items():
        if key in map(heading_key, said):
            return value
    if not key:
        return choice.always
    raise _RefusedError(f"“{fold(words)[:60]}” in {cells.where(name)} is no {name} that the mapping knows.")


def _refuse_repeats(rows: Sequence[ReadRow]) -> Iterator[ReadRow]:
    """A list that gives one number twice does not say which row is meant."""
    first: dict[str, int] = {}
    for row in rows:
        if row.fields is None:
            yield row
            continue
        before = first.setdefault(row.key, row.number)
        if before == row.number:
            yield row
            continue
        what = f"the number {row.fields.number}" if row.fields.number else "the same words"
        yield ReadRow(row.number, None, f"Row {before} has {what} already.", words=row.words)


def is_complete(fields: ImportedFields) -> bool:
    return fields.status == COMPLETE
