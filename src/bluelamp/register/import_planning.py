"""What would happen to each row of a list if it were taken in: new, here already, changed, or refused, and why?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar
from uuid import UUID

from bluelamp.lib.text import fold
from bluelamp.organisations.models import Organisation, Owner
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.register.import_mappings import ImportMapping
from bluelamp.register.import_rows import ImportedFields, ReadRow
from bluelamp.register.links import were_worked_on
from bluelamp.register.models import ImportedRow, Item

NEW, HERE, CHANGED, REFUSED = "new", "here", "changed", "refused"
VERDICTS = {NEW: "New", HERE: "Already here", CHANGED: "Changed", REFUSED: "Refused"}
CHUNK = 500
STAYS = ("kind", "source", "force")
"""What a reference and its history stand on; a later version of a list cannot change it."""

Citations = list[dict[str, Any]]
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an import is told beside its list. `force` and `year` stand for rows that say neither."""

    mapping: ImportMapping
    force: str = ""
    year: int = 0
    organisation: Organisation | None = None  # whose record it becomes; None for everybody's


@dataclass(frozen=True, kw_only=True)
class PlannedRow:
    """One row and what happens to it. `reason` names the cell of what is refused, or what a person should know."""

    number: int
    verdict: str
    reason: str = ""
    fields: ImportedFields | None = None
    force: Organisation | None = None
    year: int = 0
    owner: Owner | None = None
    owner_name: str = ""  # of an owner to be added
    citations: Citations | None = None
    key: str = ""
    held: ImportedRow | None = None

    @property
    def reference(self) -> str:
        return self.held.item.reference if self.held else ""


@dataclass(frozen=True)
class Plan:
    rows: tuple[PlannedRow, ...]

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(row.verdict for row in self.rows)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    @property
    def writes(self) -> bool:
        return any(row.verdict in (NEW, CHANGED) for row in self.rows)


def plan_import(rows: Sequence[ReadRow], cited: Mapping[int, Citations], asked: Asked, *, viewer: Viewer) -> Plan:
    """Every row of the list with its verdict, in their order. Nothing is written."""
    knows = _Known(asked, viewer, rows)
    return Plan(tuple(_plan_row(row, cited.get(row.number, []), asked, knows) for row in rows))


class _RefusedError(Exception):
    """Why a row cannot be taken."""


class _Known:
    """What the workspace knows that rows are held against, read once for all of them."""

    def __init__(self, asked: Asked, viewer: Viewer, rows: Sequence[ReadRow]) -> None:
        self._forces: dict[str, Organisation] = {}
        for force in Organisation.objects.filter(kind="force"):
            self._forces |= {force.code.casefold(): force, fold(force.name).casefold(): force}
        self._owners: dict[str, list[Owner]] = {}
        owners = visible_to(viewer, Owner.objects.filter(active=True, organisation=asked.organisation))
        for owner in owners:
            self._owners.setdefault(fold(owner.name).casefold(), []).append(owner)
        keys = [row.key for row in rows if row.fields]
        self.held = dict(_find_held(asked, keys))
        changed = [
            self.held[row.key].item_id
            for row in rows
            if row.fields and row.key in self.held and self.held[row.key].fields != asdict(row.fields)
        ]
        self.worked_on: set[UUID] = set()
        for chunk in chunks(changed, CHUNK):
            self.worked_on |= were_worked_on(Item.objects.filter(pk__in=chunk))
        self.same_words = _find_same_words(rows, viewer)

    def force(self, said: str) -> Organisation:
        found = self._forces.get(fold(said).casefold())
        if found is None:
            what = f"“{said[:60]}” is no force that is known here" if said else "The row names no force"
            raise _RefusedError(f"{what}: name it in the list, in the mapping, or with --force.")
        return found

    def owner(self, name: str) -> Owner | None:
        found = self._owners.get(fold(name).casefold(), [])
        if len(found) > 1:
            raise _RefusedError(
                f"There are {len(found)} owners called {name}: say in the list which one is meant."
            )
        return found[0] if found else None


def chunks(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _find_held(asked: Asked, keys: Sequence[str]) -> Iterator[tuple[str, ImportedRow]]:
    known = ImportedRow.objects.filter(mapping=asked.mapping.slug, organisation=asked.organisation)
    for chunk in chunks(keys, CHUNK):
        for row in known.filter(key__in=chunk).select_related("item"):
            yield row.key, row


def _find_same_words(rows: Iterable[ReadRow], viewer: Viewer) -> dict[tuple[UUID, str], str]:
    """By force and title the first item that says just this already."""
    titles = sorted({row.fields.title for row in rows if row.fields})
    found: dict[tuple[UUID, str], str] = {}
    for chunk in chunks(titles, CHUNK):
        same = visible_to(viewer, Item.objects.filter(title__in=chunk, merged_into=None)).order_by("place")
        for force, title, reference in same.values_list("force", "title", "reference"):
            found.setdefault((force, title), reference)
    return found


def _plan_row(row: ReadRow, citations: Citations, asked: Asked, knows: _Known) -> PlannedRow:
    if row.fields is None:
        return PlannedRow(number=row.number, verdict=REFUSED, reason=row.reason)
    try:
        return _plan_taken(row, row.fields, citations, asked, knows)
    except _RefusedError as refusal:
        return PlannedRow(number=row.number, verdict=REFUSED, reason=str(refusal), fields=row.fields)


def _plan_taken(
    row: ReadRow, fields: ImportedFields, citations: Citations, asked: Asked, knows: _Known
) -> PlannedRow:
    force = knows.force(fields.force or asked.force)
    owner = knows.owner(fields.owner) if fields.owner else None
    if fields.owner and owner is None and not asked.mapping.add_owners:
        raise _RefusedError(
            f"Nobody called {fields.owner} may own work here: add them, or let the mapping add owners."
        )
    held = knows.held.get(row.key)
    planned = {
        "number": row.number,
        "fields": fields,
        "force": force,
        "owner": owner,
        "owner_name": fields.owner if fields.owner and owner is None else "",
        "citations": citations,
        "key": row.key,
        "held": held,
    }
    if held is not None and held.fields == asdict(fields):
        return PlannedRow(**planned, verdict=HERE)
    if not citations:
        raise _RefusedError("The row is not found in the file as a document, so nothing can rest on it.")
    if held is None:
        year = _find_year(fields, asked)
        twin = knows.same_words.get((force.pk, fields.title), "")
        hint = f"{twin} says just this already: perhaps they are the same." if twin else ""
        return PlannedRow(**planned, verdict=NEW, year=year, reason=hint)
    changes = find_changes(held.fields, asdict(fields))
    _check_can_change(held, changes, knows)
    return PlannedRow(**planned, verdict=CHANGED, reason=_say_changes(changes))


def _find_year(fields: ImportedFields, asked: Asked) -> int:
    if fields.raised:
        return dt.date.fromisoformat(fields.raised).year
    year = asked.year or asked.mapping.year
    if not year:
        raise _RefusedError(
            "The row has no day on which it was raised, from which its reference could take a year:"
            " give one in the mapping, or with --year."
        )
    return year


def find_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    return {
        name: (str(before.get(name, "")), after[name]) for name in after if before.get(name, "") != after[name]
    }


def _say_changes(changes: Mapping[str, tuple[str, str]]) -> str:
    said = [
        f"{name} from {_shorten(before) or 'nothing'} to {_shorten(after) or 'nothing'}"
        for name, (before, after) in changes.items()
    ]
    return "; ".join(said) + "."


def _shorten(words: str) -> str:
    folded = fold(words)
    return folded if len(folded) <= 40 else f"{folded[:39]}…"


def _check_can_change(held: ImportedRow, changes: Mapping[str, Any], knows: _Known) -> None:
    item = held.item
    if item.merged_into_id:
        raise _RefusedError(f"{item.reference} was merged into another item since it came in.")
    moved = [name for name in STAYS if name in changes]
    if moved:
        raise _RefusedError(
            f"{item.reference} came in with another {moved[0]}, on which its reference stands:"
            " give the row a number of its own."
        )
    if item.pk in knows.worked_on:
        raise _RefusedError(
            f"{item.reference} has been answered or worked on here since it came in, so the list no longer changes"
            " it: record there what the list says."
        )
