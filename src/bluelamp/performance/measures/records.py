"""What does each row of a list of events say, field by field, and which cells cannot be read?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from bluelamp.documents.readers.forms import Form, FormRow, FormTable
from bluelamp.figures.months import Month
from bluelamp.lib.days import read_day, read_period
from bluelamp.lib.errors import PlainError
from bluelamp.lib.sheet_columns import column_letters
from bluelamp.lib.text import fold
from bluelamp.performance.measures.definition import Field, Measure

HEADS_WITHIN: Final = 30
"""Rows from the top among which the headings stand."""

_KEY = re.compile(r"[^0-9a-z%]+")
_TIME = re.compile(r"(?P<h>\d{1,2}):(?P<m>\d\d)(?::(?P<s>\d\d)(?:\.\d+)?)?")
_NUMBER = re.compile(r"[-+]?£?\s?\d[\d,]*(?:\.\d+)?\s?%?")
_SPAN = re.compile(r"(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,4}):(?P<s>\d\d)(?:\.\d+)?")
SECONDS: Final = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
"""How many seconds a unit of time has."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row. What a field does not say is in none of the mappings."""

    row: int
    words: Mapping[str, str]
    days: Mapping[str, dt.date]
    moments: Mapping[str, dt.datetime]
    numbers: Mapping[str, Decimal]
    truths: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that cannot be read as what it should be: one plain sentence, and where."""

    cell: str
    message: str


@dataclass(frozen=True)
class ReadList:
    records: tuple[Record, ...]
    refused: tuple[Refused, ...]


class _UnreadableError(Exception):
    """Why a cell cannot be read: the end of a sentence that begins with its words."""


@dataclass
class _Said:
    words: dict[str, str] = field(default_factory=dict)
    days: dict[str, dt.date] = field(default_factory=dict)
    moments: dict[str, dt.datetime] = field(default_factory=dict)
    numbers: dict[str, Decimal] = field(default_factory=dict)
    truths: dict[str, bool] = field(default_factory=dict)


def read_records(form: Form, measure: Measure) -> ReadList:
    """Every row under the headings that has words; a PlainError where the list has not the columns it needs."""
    stopped = [note for note in form.notes if note.startswith("Reading stopped")]
    if stopped:
        raise PlainError(f"{stopped[0]} Nothing was counted.")
    table, head, places = _find_heads(form, measure)
    records, refused = [], []
    for row in table.rows:
        if row.number <= head.number or not any(cell.text.strip() for cell in row.cells):
            continue
        found = list(_refuse(row, table, measure, places))
        refused += found
        if not found:
            records.append(_read(row, measure, places))
    return ReadList(tuple(records), tuple(refused))


def head_key(words: str) -> str:
    """A heading without case, marks and white space: "Ref. No:" is "ref no"."""
    return _KEY.sub(" ", fold(words).lower()).strip()


def _find_heads(form: Form, measure: Measure) -> tuple[FormTable, FormRow, dict[str, int]]:
    best: tuple[FormTable, FormRow, dict[str, int]] | None = None
    for table in form.tables:
        if table.is_hidden:
            continue
        for row in table.rows[:HEADS_WITHIN]:
            places = _places_in(row, measure.fields)
            if best is None or len(places) > len(best[2]):
                best = (table, row, places)
    if best is None:
        raise PlainError("This file has no rows to count.")
    missing = _missing(measure, best[2])
    if missing:
        wanted = " or ".join(f"“{name}”" for name in missing.heads)
        raise PlainError(f"The list has no column {wanted}, which the measure {measure.slug} needs.")
    return best


def _missing(measure: Measure, places: Mapping[str, int]) -> Field | None:
    for name, wanted in measure.fields.items():
        if name not in places and not wanted.optional:
            return wanted
    return None


def _places_in(row: FormRow, fields: Mapping[str, Field]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for cell in row.cells:
        if cell.text.strip():
            heads.setdefault(head_key(cell.text), cell.column)
    places = {}
    for name, wanted in fields.items():
        found = next((heads[key] for key in map(head_key, wanted.heads) if key in heads), None)
        if found is not None:
            places[name] = found
    return places


def _refuse(row: FormRow, table: FormTable, measure: Measure, places: Mapping[str, int]) -> Iterator[Refused]:
    said = _Said()
    for name, column in places.items():
        words = _words_at(row, column)
        try:
            if words:
                _READ[measure.fields[name].kind](said, name, words, measure.fields[name], measure)
            elif not measure.fields[name].optional and measure.fields[name].kind != "truth":
                yield Refused(cell_name(table, row, column), f"The {_say_field(name)} is blank.")
        except _UnreadableError as error:
            yield Refused(cell_name(table, row, column), f"“{words[:60]}” {error}.")


def _read(row: FormRow, measure: Measure, places: Mapping[str, int]) -> Record:
    said = _Said()
    for name, column in places.items():
        if words := _words_at(row, column):
            _READ[measure.fields[name].kind](said, name, words, measure.fields[name], measure)
    return Record(row.number, said.words, said.days, said.moments, said.numbers, said.truths)


def _words_at(row: FormRow, column: int) -> str:
    cell = row.cell_at(column)
    return " ".join(cell.text.split()) if cell else ""


def cell_name(table: FormTable, row: FormRow, column: int) -> str:
    """ "Calls!C7" of a sheet, "C7" of a file without sheets."""
    cell = f"{column_letters(column)}{row.number}"
    return f"{table.name}!{cell}" if table.name else cell


def _say_field(name: str) -> str:
    return name.replace("_", " ")


# -- one cell ---------------------------------------------------------------------------------------------


def _read_day(said: _Said, name: str, words: str, _field: Field, _measure: Measure) -> None:
    day = read_day(words)
    if day is None:
        raise _UnreadableError("is no day: write it as 2021-03-31 or 31/03/2021")
    said.days[name] = day


def _read_moment(said: _Said, name: str, words: str, _field: Field, _measure: Measure) -> None:
    day, time = read_day(words), _TIME.search(words.partition("T")[2] or words)
    if day is None or time is None:
        raise _UnreadableError("is no day with a time: write it as 2021-03-31 14:05:00")
    try:
        clock = dt.time(int(time["h"]), int(time["m"]), int(time["s"] or 0))
    except ValueError as error:
        raise _UnreadableError("is no time of a day") from error
    said.days[name] = day
    said.moments[name] = dt.datetime.combine(day, clock)  # as the list writes it; only differences are taken


def _read_month(said: _Said, name: str, words: str, _field: Field, _measure: Measure) -> None:
    day = read_day(words)
    period = None if day else read_period(words)
    month = _iso_month(words) or (Month.of(day) if day else Month.of(period.end) if period else None)
    if month is None:
        raise _UnreadableError("is no month: write it as 2021-03 or Mar 2021")
    said.days[name] = month.last


def _iso_month(words: str) -> Month | None:
    try:
        return Month.parse(words)
    except ValueError:
        return None


def _read_number(said: _Said, name: str, words: str, _field: Field, measure: Measure) -> None:
    span = _SPAN.fullmatch(words)
    if span and measure.unit in SECONDS:  # "7:30" of minutes and seconds, "1:07:30" of hours
        seconds = int(span["h"] or 0) * 3_600 + int(span["m"]) * 60 + int(span["s"])
        said.numbers[name] = Decimal(seconds) / SECONDS[measure.unit]
        return
    if not _NUMBER.fullmatch(words):
        raise _UnreadableError("is no number")
    try:
        number = Decimal(words.replace(",", "").replace("£", "").replace("%", "").replace(" ", ""))
    except InvalidOperation as error:
        raise _UnreadableError("is no number") from error
    if number < 0:
        raise _UnreadableError("is less than nothing")
    said.numbers[name] = number


def _read_words(said: _Said, name: str, words: str, _field: Field, _measure: Measure) -> None:
    said.words[name] = words


def _read_choice(said: _Said, name: str, words: str, wanted: Field, _measure: Measure) -> None:
    found = _choose(words, wanted.words or {})
    if found is None:
        raise _UnreadableError("is a word that the measure does not know: add it to the measure's words")
    said.words[name] = found


def _read_truth(said: _Said, name: str, words: str, wanted: Field, _measure: Measure) -> None:
    found = _choose(words, wanted.words or {})
    if found is not None:
        said.truths[name] = found == "yes"


def _choose(words: str, choices: Mapping[str, Iterable[str]]) -> str | None:
    key = head_key(words)
    return next((ours for ours, theirs in choices.items() if key in {head_key(each) for each in theirs}), None)


_READ: Final = {
    "day": _read_day,
    "moment": _read_moment,
    "month": _read_month,
    "number": _read_number,
    "words": _read_words,
    "choice": _read_choice,
    "truth": _read_truth,
}
