"""How are the points of a series kept in the record, and read back the same?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from bluelamp.figures.months import Month
from bluelamp.performance.series import Point

_NUMBERS: Final = ("value", "numerator", "denominator", "half_width")
_WORDS: Final = ("unknown", "printed", "cell")

StoredPoint = Mapping[str, object]


def store_points(points: Iterable[Point]) -> list[dict[str, object]]:
    """As plain JSON: numbers as exact decimals in words, what is empty left out."""
    return [_store(point) for point in points]


def _store(point: Point) -> dict[str, object]:
    kept: dict[str, object] = {"to": str(point.to)}
    kept |= {name: str(number) for name in _NUMBERS if (number := getattr(point, name)) is not None}
    kept |= {name: words for name in _WORDS if (words := getattr(point, name))}
    if point.flags:
        kept["flags"] = list(point.flags)
    if point.sample is not None:
        kept["sample"] = point.sample
    return kept


def restore_points(stored: Sequence[StoredPoint], *, load: str = "") -> tuple[Point, ...]:
    """The points again; `load` is the key of the load that brought them."""
    return tuple(restore_point(each, load) for each in stored)


def restore_point(kept: StoredPoint, load: str = "") -> Point:
    """One point again."""
    numbers = {name: Decimal(str(kept[name])) if name in kept else None for name in _NUMBERS}
    flags = kept.get("flags", ())
    sample = kept.get("sample")
    return Point(
        to=Month.parse(str(kept["to"])),
        value=numbers["value"],
        numerator=numbers["numerator"],
        denominator=numbers["denominator"],
        half_width=numbers["half_width"],
        unknown=str(kept.get("unknown", "")),
        printed=str(kept.get("printed", "")),
        cell=str(kept.get("cell", "")),
        flags=tuple(str(flag) for flag in flags) if isinstance(flags, list | tuple) else (),
        sample=int(str(sample)) if sample is not None else None,
        load=load,
    )
