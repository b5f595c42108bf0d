"""What did somebody ask for: by which keys, which records alone, which months? Words become a typed question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bluelamp.figures.months import Month, Span
from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.cube_plan import FORCE, MONTH, Filter, Key, Operator, Scalar
from bluelamp.performance.cubes.measuring import Asked
from bluelamp.performance.cubes.record_measures import type_value
from bluelamp.performance.warehouse.mappings import ColumnKind

SPANS = (Span.MONTH, Span.YEAR)
_UNCOUNTED = frozenset(
    {
        *(ColumnKind.IDENTIFIER, ColumnKind.REFERENCE, ColumnKind.LONGITUDE, ColumnKind.LATITUDE),
        *(ColumnKind.NUMBER, ColumnKind.DECIMAL, ColumnKind.TIME, ColumnKind.DATE),
    }
)
"""Columns that no cells are told apart by: they tell single records, or places, apart."""
_HIDDEN = frozenset({"stated_month"})


def read_asked(
    *,
    by: str,
    window: str,
    first: str,
    last: str,
    only: Sequence[str],
    columns: Mapping[str, ColumnKind],
    levels: Iterable[str],
) -> Asked:
    """PlainError says which of the words cannot be used, and which there are."""
    keys = read_keys(by, columns, levels)
    span = _read_span(window)
    if span is not Span.MONTH and not any(key.name == MONTH for key in keys):
        raise PlainError(f"--window {span} rolls over months: write month among --by.")
    start, end = _read_month(first, "--from"), _read_month(last, "--to")
    if start is not None and end is not None and end < start:
        raise PlainError(f"--from {start} is after --to {end}: give the earlier month first.")
    return Asked(keys=keys, span=span, first=start, last=end, only=read_only(only, columns, levels))


def read_keys(by: str, columns: Mapping[str, ColumnKind], levels: Iterable[str]) -> tuple[Key, ...]:
    """ "force,month,crime-type" as keys; a level of areas is a key where the workspace has a lookup for it."""
    known = known_keys(columns, levels)
    names = [name.strip().lower() for name in by.split(",") if name.strip()]
    if len(set(names)) < len(names):
        raise PlainError(f"--by names a key twice: {by[:80]}.")
    for name in names:
        if name not in known:
            raise PlainError(
                f"--by: there is no key {name[:60]}; there are {', '.join(known)}. Areas of another level need a"
                " lookup, definitions/areas/LEVEL.csv in the workspace, and a column of the kind area."
            )
    return tuple(known[name] for name in names)


def known_keys(columns: Mapping[str, ColumnKind], levels: Iterable[str]) -> dict[str, Key]:
    """Every key of a kind of record by its name."""
    found = {FORCE: Key(FORCE, FORCE), MONTH: Key(MONTH, MONTH)}
    for column, kind in columns.items():
        if kind not in _UNCOUNTED and column not in _HIDDEN and column not in found:
            name = column.replace("_", "-")
            found[name] = Key(name, column)
    area = next((column for column, kind in columns.items() if kind is ColumnKind.AREA), "")
    for level in levels if area else ():
        found[level] = Key(level, area, lookup=level)
    return found


def read_only(
    only: Sequence[str], columns: Mapping[str, ColumnKind], levels: Iterable[str] = ()
) -> tuple[Filter, ...]:
    """ "crime-type=Burglary" as a filter; the same key again adds a value."""
    names = {key.column: name for name, key in known_keys(columns, ()).items() if name != MONTH}
    found: dict[str, list[Scalar]] = {}
    for said in only:
        name, equals, value = said.partition("=")
        column = name.strip().lower().replace("-", "_")
        if not equals or not value.strip():
            raise PlainError(f"--only {said[:80]}: write it as crime-type=Burglary.")
        if column not in names:
            raise PlainError(
                f"--only: {_say_no_filter(name.strip()[:60], columns, levels)} {', '.join(names.values())}."
            )
        try:
            found.setdefault(column, []).append(type_value(value.strip(), columns[column], column))
        except ValueError as error:
            raise PlainError(f"--only {said[:80]}: {error}.") from error
    return tuple(Filter(column, Operator.ANY_OF, tuple(values)) for column, values in found.items())


def _say_no_filter(name: str, columns: Mapping[str, ColumnKind], levels: Iterable[str]) -> str:
    """Why records cannot be chosen by it; the names of those that they can be chosen by follow."""
    column = name.lower().replace("-", "_")
    if column == MONTH:
        return "months are chosen with --from and --to; there are"
    if name.lower() in levels:
        return f"areas of the level {name} are told apart with --by {name.lower()}; there are"
    if column not in columns:
        return f"there is no column {name}; there are"
    return (
        f"the column {name} (of the kind {columns[column].value}) tells single records, places or moments apart,"
        " so nothing is counted by one value of it; there are"
    )


def find_forces(only: Sequence[Filter]) -> list[str] | None:
    """The forces that were asked for alone; None for all."""
    for each in only:
        if each.column == FORCE:
            return [str(value) for value in each.values]
    return None


def _read_span(said: str) -> Span:
    for span in SPANS:
        if said == span:
            return span
    raise PlainError(f"--window {said[:40]}: it is one of {', '.join(SPANS)}.")


def _read_month(said: str, option: str) -> Month | None:
    if not said:
        return None
    try:
        return Month.parse(said)
    except ValueError as error:
        raise PlainError(f"{option}: {error}.") from error
