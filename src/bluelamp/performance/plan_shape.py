"""Is a definition of a plan written as one: fields that exist, in the right place, each of its kind?

Said before anything is understood of what it means, so that a misspelt field is not lost in silence.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import math
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from bluelamp.performance.cubes.record_measures import Condition
from bluelamp.performance.plans import AreaOfPlan, Indicator, RecordingChange, Standard, Theme
from bluelamp.performance.records_source import AreaInRecords


class Severity(StrEnum):
    """A fault: it cannot be used. Advice: it can, and whoever reads its report would ask."""

    FAULT = "fault"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFault:
    """One thing wrong. `place` is where ("indicator 1A.1"), `words` what, without a full stop."""

    severity: Severity
    place: str
    words: str

    @property
    def sentence(self) -> str:
        return f"{self.place}: {self.words}{'' if self.words.endswith('?') else '.'}"


def fault(place: str, words: str) -> PlanFault:
    return PlanFault(severity=Severity.FAULT, place=place, words=words)


def advice(place: str, words: str) -> PlanFault:
    return PlanFault(severity=Severity.ADVICE, place=place, words=words)


def say_meant(said: str, known: list[str] | tuple[str, ...]) -> str:
    """ "; did you mean X?" where one of the known names is near, else nothing."""
    near = difflib.get_close_matches(said[:80].lower(), known, n=1, cutoff=0.6)
    return f"; did you mean “{near[0]}”?" if near else ""


_NAMED_BY: Final[Mapping[type, tuple[str, str]]] = {
    Indicator: ("indicator", "code"),
    Theme: ("theme", "code"),
    AreaOfPlan: ("area", "slug"),
    Standard: ("standard", "first"),
    RecordingChange: ("recording change", "day"),
    Condition: ("condition", "column"),
    AreaInRecords: ("records", "level"),
}
_WITHIN: Final = (Standard, RecordingChange, Condition, AreaInRecords)
"""What is told by its number and by what it stands in."""
_KINDS: Final[Mapping[type, str]] = {
    int: "a whole number",
    Decimal: "a number",
    dt.date: "a day, such as 2021-03-31",
    bool: "true or false",
}


def find_shape_faults(raw: object, kind: type, place: str = "the plan") -> list[PlanFault]:
    """Every field that is unknown, missing or of another kind, in the order of the file."""
    if not isinstance(raw, dict):
        return [fault(place, "it must be fields with their values, a line for each (“name: ...”)")]
    return [*_unknown_fields(raw, kind, place), *_missing_fields(raw, kind, place), *_of_fields(raw, kind, place)]


def _unknown_fields(raw: Mapping[object, object], kind: type, place: str) -> Iterator[PlanFault]:
    names = sorted(_hints(kind))
    for said in raw:
        if said not in names:
            meant = say_meant(str(said), names)
            rest = meant or f"; there are {', '.join(names)}"
            yield fault(place, f"there is no field “{str(said)[:60]}”{rest}")


def _missing_fields(raw: Mapping[object, object], kind: type, place: str) -> Iterator[PlanFault]:
    for field in dataclasses.fields(kind):
        if field.default is field.default_factory is dataclasses.MISSING and field.name not in raw:
            yield fault(place, f"the field “{field.name}” is missing")


def _of_fields(raw: Mapping[object, object], kind: type, place: str) -> Iterator[PlanFault]:
    for name, hint in _hints(kind).items():
        if name in raw:
            yield from _of_value(raw[name], hint, name, place)


@lru_cache(maxsize=16)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _of_value(value: object, hint: Any, name: str, place: str) -> Iterator[PlanFault]:
    origin = get_origin(hint)
    if origin is tuple:
        yield from _of_list(value, get_args(hint)[0], name, place)
    elif origin in (Union, types.UnionType):
        if value is not None:
            yield from _of_value(value, get_args(hint)[0], name, place)
    elif origin is not None:
        if not isinstance(value, dict) or not all(_is_whole(count) and count >= 0 for count in value.values()):
            yield fault(place, f"“{name}” must say a whole number for each year (“2021: 1161000”)")
    elif dataclasses.is_dataclass(hint):
        assert isinstance(hint, type)  # fields are of classes
        yield from find_shape_faults(value, hint, f"{place}, {name}")
    elif value is None:
        yield fault(place, f"“{name}” is empty: write its value, or leave the line away")
    elif hint is str and not isinstance(value, str):
        yield fault(place, f"“{name}” is read as a number, a day or yes and no: put it in quotation marks")
    elif isinstance(hint, type) and issubclass(hint, StrEnum):
        if value not in list(hint):
            meant = say_meant(str(value), [each.value for each in hint])
            yield fault(place, f"the {name} “{str(value)[:40]}” is none of {', '.join(hint)}{meant}")
    elif hint is not str and not _is_of_kind(value, hint):
        yield fault(place, f"“{name}” must be {_KINDS[hint]}, and not “{str(value)[:60]}”")


def _of_list(value: object, kind: Any, name: str, place: str) -> Iterator[PlanFault]:
    if not isinstance(value, list):
        yield fault(place, f"“{name}” must be a list, with a dash before each entry or in square brackets")
        return
    for number, item in enumerate(value, start=1):
        if kind is object:
            if item is None or isinstance(item, list | dict):
                yield fault(place, f"entry {number} of “{name}” must be one word, number, day, or yes and no")
            continue
        if kind is str:
            if not isinstance(item, str):
                yield fault(place, f"entry {number} of “{name}” is no words: put it in quotation marks")
            continue
        yield from find_shape_faults(item, kind, _name_place(item, kind, number, place))


def _name_place(item: object, kind: type, number: int, above: str) -> str:
    """ "indicator 1A.1", "indicator 1A.1, standard 2", "the 3rd indicator of the list" by its number."""
    noun, named_by = _NAMED_BY[kind]
    said = item.get(named_by) if isinstance(item, dict) else None
    own = f"{noun} {said}" if isinstance(said, str) and said else f"{noun} number {number}"
    return f"{above}, {noun} {number}" if kind in _WITHIN else own


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_of_kind(value: object, hint: Any) -> bool:
    if hint is int:
        return _is_whole(value)
    if hint is bool:
        return isinstance(value, bool)
    if hint is dt.date:
        return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    finite = isinstance(value, float) and math.isfinite(value)
    return _is_whole(value) or finite
