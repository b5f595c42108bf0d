"""Which cases stand in a list from which a sample is to be drawn, and of which kind is each?

Of the list only the identifiers and, where asked for, the kinds are taken; its other columns are left behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bluelamp.documents.readers.forms import Form, FormRow, FormTable
from bluelamp.lib.errors import PlainError
from bluelamp.performance.measures.records import head_key

HEADS_WITHIN: Final = 30
LONGEST: Final = 200
MOST_CASES: Final = 200_000
MOST_NUMBERED: Final = 1_000_000
MOST_STRATA: Final = 100
_NAMED: Final = 3

CASE_HEADS: Final = (
    "Case", "Case number", "Case reference", "Case id", "Identifier", "Id", "Reference", "Reference number", "Ref",
    "Ref no", "Crime number", "Crime reference", "Incident number", "Occurrence number", "Record", "Record number",
    "Number",
)  # fmt: skip
STRATUM_HEADS: Final = ("Stratum", "Strata", "Kind of case")
"""Headings that are recognised without being told. Area and type are not: few who list them mean to stratify."""


@dataclass(frozen=True)
class CaseList:
    """The identifiers of every kind, as they are written, in the order of the list; "" is the only kind."""

    strata: Mapping[str, tuple[str, ...]]

    @property
    def cases(self) -> int:
        return sum(map(len, self.strata.values()))

    @property
    def sha256(self) -> str:
        """Of all identifiers, each on a line, with its kind and a tab before it where there are kinds; sorted."""
        return hash_list(self.strata)


def hash_list(strata: Mapping[str, Sequence[str]]) -> str:
    lines = sorted(f"{name}\t{case}" if name else case for name, cases in strata.items() for case in cases)
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def read_list(form: Form, *, case_head: str = "", stratum_head: str = "") -> CaseList:
    """The cases of a list; PlainError where a column is not there or a row names no case, or one twice."""
    stopped = [note for note in form.notes if note.startswith("Reading stopped")]
    if stopped:
        raise PlainError(f"{stopped[0]} Nothing was taken.")
    table, head, case_at, stratum_at = _find_columns(form, case_head, stratum_head)
    found: dict[str, list[str]] = {}
    rows: dict[str, int] = {}
    for row in table.rows:
        if row.number <= head.number or not any(cell.text.strip() for cell in row.cells):
            continue
        case = _check_case(_words(row, case_at), row.number)
        kind = _words(row, stratum_at) if stratum_at is not None else ""
        if stratum_at is not None and not kind:
            raise PlainError(f"Row {row.number} names no kind of case: write one, or draw without kinds.")
        if case in rows:
            raise PlainError(
                f"Row {row.number} holds the same case as row {rows[case]}: a case may be drawn once only."
            )
        rows[case] = row.number
        found.setdefault(_check_kind(kind), []).append(case)
        if len(rows) > MOST_CASES:
            raise PlainError(f"A list holds at most {MOST_CASES:,} cases: give their number instead of a list.")
    if not rows:
        raise PlainError("The list has headings and no case below them.")
    _check_kinds(found)
    return CaseList({name: tuple(cases) for name, cases in found.items()})


def _find_columns(form: Form, case_head: str, stratum_head: str) -> tuple[FormTable, FormRow, int, int | None]:
    wanted = [case_head] if case_head.strip() else list(CASE_HEADS)
    kinds = [stratum_head] if stratum_head.strip() else list(STRATUM_HEADS)
    for table in form.tables:
        for row in () if table.is_hidden else table.rows[:HEADS_WITHIN]:
            heads = {head_key(cell.text): cell.column for cell in reversed(row.cells) if cell.text.strip()}
            case_at = _first(heads, wanted)
            if case_at is None:
                continue
            stratum_at = _first(heads, kinds)
            if stratum_head.strip() and stratum_at is None:
                raise PlainError(f"The list has no column “{stratum_head.strip()[:60]}” beside that of the cases.")
            return table, row, case_at, stratum_at
    if case_head.strip():
        raise PlainError(f"The list has no column “{case_head.strip()[:60]}”.")
    raise PlainError(
        "No column of the list is headed Case, Reference or Identifier: head it so, or say how it is headed."
    )


def _first(heads: Mapping[str, int], wanted: Iterable[str]) -> int | None:
    return next((heads[key] for key in map(head_key, wanted) if key in heads), None)


def _words(row: FormRow, column: int) -> str:
    cell = row.cell_at(column)
    return " ".join(cell.text.split()) if cell else ""


def _check_case(case: str, row: int) -> str:
    if not case:
        raise PlainError(f"Row {row} names no case: fill it in, or take the row out.")
    if len(case) > LONGEST or not case.isprintable():
        raise PlainError(f"Row {row} holds no identifier: that is one line of at most {LONGEST} letters.")
    if case.startswith("sha256:"):
        raise PlainError(f"Row {row} holds a fingerprint and no identifier.")
    return case


def _check_kind(kind: str) -> str:
    if len(kind) > LONGEST or not kind.isprintable():
        raise PlainError(f"A kind of case is one line of at most {LONGEST} letters.")
    return kind


def _check_kinds(found: Mapping[str, object]) -> None:
    if len(found) > MOST_STRATA:
        raise PlainError(
            f"The list has {len(found):,} kinds of case, and a sample is drawn from at most {MOST_STRATA}: is that"
            " the right column?"
        )


def read_sizes(said: str) -> dict[str, int]:
    """ "4000", or a line for each kind: "North, 4000"."""
    found: dict[str, int] = {}
    lines = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
    for line in lines:
        name, count = _split_size(line, alone=len(lines) == 1)
        if name in found:
            raise PlainError(f"“{name[:60]}” stands twice among the kinds of case.")
        found[_check_kind(name)] = count
    if not found:
        raise PlainError("Say how many cases there are, or give a list of them.")
    if sum(found.values()) > MOST_NUMBERED:
        raise PlainError(f"A sample is drawn from at most {MOST_NUMBERED:,} cases.")
    _check_kinds(found)
    return found


def _split_size(line: str, *, alone: bool) -> tuple[str, int]:
    digits = line.replace(",", "") if alone else ""
    if digits.isascii() and digits.isdigit() and len(digits) <= 9:
        name, count = "", int(digits)
    else:
        name, _, last = line.rpartition(" ") if " " in line else line.rpartition(",")
        name, last = name.strip(" ,:"), last.strip().replace(",", "")
        if not name or not last.isascii() or not last.isdigit() or len(last) > 9:
            raise PlainError(
                f"“{line[:60]}” is no number of cases: write 4000, or for each kind a line North, 4000."
            )
        count = int(last)
    if count < 1:
        raise PlainError(f"“{line[:60]}” has no cases: leave it out.")
    return name, count


def number_cases(name: str, cases: int) -> Iterator[str]:
    """The cases of a kind of which only the number is known: "17", or "North 17"."""
    lead = f"{name} " if name else ""
    return (f"{lead}{number}" for number in range(1, cases + 1))
