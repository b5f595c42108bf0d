"""How is a list of records laid out, and of which type is each of its columns? Mappings, as YAML."""

from __future__ import annotations

import dataclasses
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import yaml

from bluelamp.lib.definitions import DefinitionError, find_definitions, read_definition
from bluelamp.lib.errors import PlainError

FOLDER: Final = "records"
"""Of the definitions that come with the product, and of a workspace's own."""
RESERVED: Final = ("force", "month", "unreadable")
"""Columns that every file of the warehouse has beside those of its mapping."""

SLUG: Final = re.compile(r"[a-z][a-z0-9]{0,39}(?:-[a-z0-9]{1,40}){0,8}")
_COLUMN: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")


class ColumnKind(StrEnum):
    """What a column holds; it decides the type it is kept as and what its quality is looked at for."""

    IDENTIFIER = "identifier"  # names one record: said twice, it is a fault
    REFERENCE = "reference"  # names something that several records may be about
    TEXT = "text"
    CATEGORY = "category"  # one of a few; values that are not `known` are told
    PUBLISHER = "publisher"  # who says it: one name in each file
    AREA = "area"  # code of a small area
    LONGITUDE = "longitude"
    LATITUDE = "latitude"
    COUNT = "count"  # whole
    DECIMAL = "decimal"  # exact: money, hours
    NUMBER = "number"  # measured: a double
    BOOLEAN = "boolean"
    MONTH = "month"
    DATE = "date"
    TIME = "time"  # a moment, kept in UTC where the list says its offset


PLACES: Final = frozenset({ColumnKind.MONTH, ColumnKind.DATE, ColumnKind.TIME})


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the list. Headings match without case and outer white space; the first there is taken."""

    heads: tuple[str, ...]
    kind: ColumnKind = ColumnKind.TEXT
    optional: bool = False  # where no heading is there, the column is empty
    known: tuple[str, ...] = ()  # categories that are no news
    formats: tuple[str, ...] = ()  # of days and times, as strptime has them: "%d/%m/%Y %H:%M"
    true: tuple[str, ...] = ("true", "yes", "y", "1")
    false: tuple[str, ...] = ("false", "no", "n", "0")
    places: bool = False  # it says in which month the record belongs


@dataclass(frozen=True, kw_only=True)
class RecordsMapping:
    """One kind of list. `archive`: how its files are called in the public archive (…-street.csv); "" for others.

    A force's own list names the force with `force` (one slug) or `force_column`, whose words `forces` translates;
    words that it does not name are no force of ours and are refused.
    """

    slug: str
    name: str
    kind: str  # of records: lists of one kind are counted together
    columns: Mapping[str, Column]
    archive: str = ""
    force: str = ""
    force_column: str = ""
    forces: Mapping[str, str] = dataclasses.field(default_factory=dict)
    sheet: str = ""  # of a workbook; its first otherwise
    notes: str = ""

    @property
    def place(self) -> str:
        """The column that says in which month a record belongs; "" where only the file's name does."""
        return next((name for name, column in self.columns.items() if column.places), "")

    def of_kind(self, *kinds: ColumnKind) -> tuple[str, ...]:
        return tuple(name for name, column in self.columns.items() if column.kind in kinds)


def load_mappings(extra: Path | None = None) -> dict[str, RecordsMapping]:
    """Every mapping by slug; a workspace's own (in `extra/records`) replace shipped ones."""
    found = (read_mapping(path) for path in find_definitions(FOLDER, extra))
    return {mapping.slug: mapping for mapping in found}


def find_mapping(said: str, extra: Path | None = None) -> RecordsMapping:
    """The mapping in the YAML file of that name, or known by that slug."""
    path = Path(said)
    if path.suffix.lower() in (".yaml", ".yml"):
        if not path.is_file():
            raise PlainError(f"There is no mapping in {said}: check the file's name.")
        return read_mapping(path)
    known = load_mappings(extra)
    if said not in known:
        raise PlainError(f"There is no mapping called {said}: name a YAML file, or one of {', '.join(known)}.")
    return known[said]


def say_where_kept(folder: Path | None, mapping: str = "MAPPING.yaml") -> str:
    """What makes a list's columns known: its mapping among the definitions of a workspace (`folder` is theirs)."""
    kept = shlex.quote(str(folder / FOLDER if folder else Path("WORKSPACE", "definitions", FOLDER)))
    return (
        "Keep the mapping that the list is loaded with among the workspace’s definitions:"
        f" mkdir -p {kept} && cp {shlex.quote(mapping)} {kept}/"
    )


def is_kept(mapping: RecordsMapping, known: Mapping[str, RecordsMapping]) -> bool:
    """Does some mapping that is known say of every column what it holds? Only such can be measured by."""
    columns = {name for each in known.values() if each.kind == mapping.kind for name in each.columns}
    return columns >= set(mapping.columns)


def read_mapping(path: Path) -> RecordsMapping:
    """The mapping in a file; a DefinitionError says what is wrong with it, and where."""
    mapping = read_definition(path, RecordsMapping)
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    for fault in (*_find_unknown(raw), *find_faults(mapping)):
        raise DefinitionError(f"{path.name}: {fault}")
    return mapping


def _find_unknown(raw: Mapping[str, Any]) -> list[str]:
    fields = {each.name for each in dataclasses.fields(RecordsMapping)}
    inner = {each.name for each in dataclasses.fields(Column)}
    faults = [
        f"there is no field “{name}”; there are {', '.join(sorted(fields))}" for name in raw if name not in fields
    ]
    for name, column in raw["columns"].items():
        faults += [
            f"columns: {name} has a field “{each}” that there is not" for each in column if each not in inner
        ]
    return faults


def find_faults(mapping: RecordsMapping) -> list[str]:
    """What is wrong with it, each as a clause that follows the file's name."""
    faults = []
    if not SLUG.fullmatch(mapping.slug) or not SLUG.fullmatch(mapping.kind):
        faults.append("slug and kind are small letters, digits and single hyphens, and begin with a letter")
    for name, column in mapping.columns.items():
        if not _COLUMN.fullmatch(name):
            faults.append(f"columns: “{name}” is no name of a column: small letters, digits and underscores")
        if name in RESERVED:
            faults.append(f"columns: every file has a column {name} already; give it another name")
        if not column.heads:
            faults.append(f"columns: {name} has no heads")
        if column.places and column.kind not in PLACES:
            faults.append(f"columns: {name} places the record, so its kind is month, date or time")
        faults += [f"columns: {name}: “{each}” is no format" for each in column.formats if not _is_format(each)]
    if sum(column.places for column in mapping.columns.values()) > 1:
        faults.append("columns: only one can place the record")
    return faults + ([] if mapping.archive else _find_own_faults(mapping))


def _find_own_faults(mapping: RecordsMapping) -> list[str]:
    """Of a force's own list, whose file names say nothing."""
    faults = []
    if not mapping.place:
        faults.append("one of the columns must have places: true, so that each record has its month")
    if bool(mapping.force) == bool(mapping.force_column):
        faults.append("it must say the force, or the force_column that names it, and not both")
    if mapping.force_column and not mapping.forces:
        faults.append("forces must say what force_column's words mean (their word: our slug)")
    if mapping.force_column and mapping.force_column not in mapping.columns:
        faults.append(f"force_column: there is no column {mapping.force_column}")
    slugs = (*mapping.forces.values(), *([mapping.force] if mapping.force else []))
    return faults + [f"“{slug}” is no slug of a force" for slug in slugs if not SLUG.fullmatch(slug)]


def _is_format(said: str) -> bool:
    return "%" in said and len(said) <= 40 and "'" not in said


def head_key(words: str) -> str:
    """A heading as it is compared."""
    return " ".join(words.split()).casefold()


def match_heads(mapping: RecordsMapping, heads: tuple[str, ...], *, where: str) -> dict[str, str]:
    """The heading that each column has in a file; a PlainError names what is missing or there twice."""
    keys: dict[str, str] = {}
    for head in heads:
        if head_key(head) in keys:
            raise PlainError(
                f"{where} has the heading “{head[:60]}” twice, so a column cannot be told from another."
            )
        keys[head_key(head)] = head
    found = {}
    for name, column in mapping.columns.items():
        there = [keys[head_key(each)] for each in column.heads if head_key(each) in keys]
        if there:
            found[name] = there[0]
        elif not column.optional:
            raise PlainError(
                f"{where} has no column “{column.heads[0]}”, which {mapping.name} has:"
                " check that it is such a list."
            )
    return found
