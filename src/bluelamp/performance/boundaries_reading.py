"""Where do areas lie, as a GeoJSON file says? Whoever made the file may have meant harm.

A feature is read at a time, so that what a file costs is bounded by its largest feature and not by how it nests
brackets. Only polygons in degrees are taken; anything else is refused in a sentence that names the feature.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name

LARGEST: Final = 100_000_000  # bytes; the 35,672 small areas of England and Wales, generalised, are 30 MB
LARGEST_FEATURE: Final = 20_000_000
MOST_FEATURES: Final = 200_000
MOST_POINTS: Final = 8_000_000
LONGEST_WORDS: Final = 200
SCALE: Final = 1_000_000  # coordinates are kept as millionths of a degree, 11 cm
FORCE: Final = "force"


class _Collection(msgspec.Struct):
    features: list[msgspec.Raw]


class _Feature(msgspec.Struct):
    geometry: msgspec.Raw
    properties: dict[str, Any] | None = None


class _Kind(msgspec.Struct):
    type: str


Ring = list[list[float]]


class _Polygon(msgspec.Struct):
    coordinates: list[Ring]


class _MultiPolygon(msgspec.Struct):
    coordinates: list[list[Ring]]


Ints = NDArray[np.int32]


@dataclass(frozen=True)
class AreaShapes:
    """The areas of a level. `areas[n]` are the polygons of `codes[n]`, each its outer ring and its holes.

    A ring is an array of points, longitude and latitude in millionths of a degree.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    areas: tuple[tuple[tuple[Ints, ...], ...], ...]

    @property
    def name_of(self) -> Mapping[str, str]:
        return {code: name for code, name in zip(self.codes, self.names, strict=True) if name}


@dataclass(frozen=True, kw_only=True)
class BoundariesRead:
    """`unmatched` are codes of the file that no record knows, `missing` areas of records without a boundary."""

    shapes: AreaShapes
    code_property: str
    name_property: str
    unmatched: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def matched(self) -> int:
        return len(self.shapes.codes) - len(self.unmatched)


@dataclass
class Features:
    """What a file holds, feature by feature: what is said of each, and its polygons."""

    properties: list[Mapping[str, Any]] = field(default_factory=list)
    polygons: list[tuple[tuple[Ints, ...], ...]] = field(default_factory=list)
    points: int = 0


def read_boundaries(
    data: bytes,
    file_name: str,
    *,
    known: Collection[str],
    level: str,
    code_property: str = "",
    name_property: str = "",
) -> BoundariesRead:
    """The areas of a collection of features. PlainError where it is none, or none of its areas is `known`."""
    return match_features(
        read_features(data, file_name),
        file_name,
        known=known,
        level=level,
        code_property=code_property,
        name_property=name_property,
    )


def match_features(
    found: Features,
    file_name: str,
    *,
    known: Collection[str],
    level: str,
    code_property: str = "",
    name_property: str = "",
) -> BoundariesRead:
    """As areas of the level. PlainError where none of them is `known`, or a named property is not there."""
    name = show_name(file_name)
    code = code_property or _find_code_property(found.properties, known, level, name)
    _check_property(code, found.properties, name)
    names = name_property or _guess_name_property(code, found.properties)
    if name_property:
        _check_property(name_property, found.properties, name)
    shapes = _gather(found, code, names, level)
    if not shapes.codes:
        raise PlainError(f"No feature of {name} says anything as “{code}”: name another property.")
    there = set(shapes.codes)
    unmatched = tuple(each for each in shapes.codes if each not in known)
    if len(unmatched) == len(shapes.codes):
        raise PlainError(
            f"None of the {len(shapes.codes):,} areas of {name} is known to the records as a {level}: “{code}”"
            f" says {shapes.codes[0][:40]}, and the records say {min(known, default='nothing')[:40]}."
            " Name the property that holds the code."
        )
    missing = tuple(sorted(each for each in known if each not in there))
    return BoundariesRead(
        shapes=shapes, code_property=code, name_property=names, unmatched=unmatched, missing=missing
    )


# -- reading ------------------------------------------------------------------------------------------------


def read_features(data: bytes, file_name: str) -> Features:
    """PlainError names the first feature that is no polygon in degrees, or what the file has too much of."""
    name = show_name(file_name)
    if len(data) > LARGEST:
        raise PlainError(
            f"{name} is larger than {LARGEST // 1_000_000} MB: take generalised boundaries, as publishers offer"
            " them, or cut it to your areas."
        )
    try:
        collection = msgspec.json.decode(data, type=_Collection)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PlainError(f"{name} is no GeoJSON collection of features: look at how it was made.") from error
    if not 0 < len(collection.features) <= MOST_FEATURES:
        raise PlainError(
            f"{name} has {len(collection.features):,} features: from 1 to {MOST_FEATURES:,} are read."
        )
    found = Features()
    for number, raw in enumerate(collection.features, start=1):
        _read_feature(bytes(raw), f"Feature {number:,} of {name}", found)
    return found


def _read_feature(raw: bytes, place: str, found: Features) -> None:
    if len(raw) > LARGEST_FEATURE:
        raise PlainError(f"{place} is larger than {LARGEST_FEATURE // 1_000_000} MB: take generalised boundaries.")
    try:
        feature = msgspec.json.decode(raw, type=_Feature)
        kind = msgspec.json.decode(feature.geometry, type=_Kind).type
        if kind == "Polygon":
            said = [msgspec.json.decode(feature.geometry, type=_Polygon).coordinates]
        elif kind == "MultiPolygon":
            said = msgspec.json.decode(feature.geometry, type=_MultiPolygon).coordinates
        else:
            raise PlainError(f"{place} is a {show_name(kind)[:40]}: only polygons can be drawn as areas.")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PlainError(f"{place} has no polygon that can be read: look at how the file was made.") from error
    found.properties.append(feature.properties or {})
    found.polygons.append(tuple(tuple(_read_ring(ring, place) for ring in polygon) for polygon in said if polygon))
    found.points += sum(len(ring) for polygon in found.polygons[-1] for ring in polygon)
    if found.points > MOST_POINTS:
        raise PlainError(
            f"{place} brings the file to more than {MOST_POINTS:,} points: take generalised boundaries."
        )


def _read_ring(ring: Ring, place: str) -> Ints:
    if len(ring) < 4 or any(len(point) < 2 for point in ring):
        raise PlainError(
            f"{place} has a ring that encloses nothing: it needs four points, the last like the first."
        )
    points = np.array([point[:2] for point in ring], np.float64)
    if not np.isfinite(points).all() or (np.abs(points) > (180.0, 90.0)).any():
        far = next(point for point in ring if not (abs(point[0]) <= 180 and abs(point[1]) <= 90))
        raise PlainError(
            f"{place} lies at {far[0]:g}, {far[1]:g}, which are no degrees: export it in longitude and latitude"
            " (WGS 84), not in metres of the national grid."
        )
    return np.rint(points * SCALE).astype(np.int32)


# -- which property -----------------------------------------------------------------------------------------


def _find_code_property(
    properties: Sequence[Mapping[str, Any]], known: Collection[str], level: str, name: str
) -> str:
    """The one whose values the records know most of."""
    found: Counter[str] = Counter()
    wanted = set(known)
    for each in properties:
        found.update(key for key, value in each.items() if _say_code(value, level) in wanted)
    if not found:
        there = ", ".join(show_name(key)[:40] for key in list(properties[0])[:12]) or "none"
        raise PlainError(
            f"No property of {name} holds a {level} that the records know: its properties are {there}; the records"
            f" say {min(known, default='nothing')[:40]}."
        )
    return found.most_common(1)[0][0]


def _check_property(said: str, properties: Sequence[Mapping[str, Any]], name: str) -> None:
    if not any(said in each for each in properties):
        there = ", ".join(show_name(key)[:40] for key in list(properties[0])[:12]) or "none"
        raise PlainError(f"No feature of {name} has the property {show_name(said)[:60]}: there are {there}.")


def _guess_name_property(code: str, properties: Sequence[Mapping[str, Any]]) -> str:
    """LSOA21NM stands beside LSOA21CD; else what is called name."""
    there = list(dict.fromkeys(key for each in properties[:50] for key in each))
    beside = re.sub(r"(?i)cd$", lambda found: "nm" if found.group().islower() else "NM", code)
    if beside != code and beside in there:
        return beside
    return next((key for key in there if key.lower() == "name"), "")


def _say_code(value: object, level: str) -> str:
    """As the records write it: forces by their slugs."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    said = str(value).strip()[:LONGEST_WORDS]
    if level != FORCE:
        return said
    words = re.sub(r"\b(?:police(?: service)?|constabulary)\b", "", said.casefold().replace("&", "and"))
    return "-".join(re.findall(r"[a-z0-9]+", words))


def _gather(found: Features, code: str, names: str, level: str) -> AreaShapes:
    """Features of one code are one area."""
    polygons: dict[str, list[tuple[Ints, ...]]] = {}
    called: dict[str, str] = {}
    for each, shape in zip(found.properties, found.polygons, strict=True):
        key = _say_code(each.get(code), level)
        if not key or not shape:
            continue
        polygons.setdefault(key, []).extend(shape)
        name = each.get(names) if names else ""
        called.setdefault(key, show_name(name.strip()[:LONGEST_WORDS]) if isinstance(name, str) else "")
    codes = tuple(sorted(polygons))
    return AreaShapes(codes, tuple(called[each] for each in codes), tuple(tuple(polygons[each]) for each in codes))


@dataclass(frozen=True)
class Extent:
    """In degrees: a file that was made with latitude first, or of elsewhere, shows itself by it."""

    west: float
    south: float
    east: float
    north: float

    @property
    def words(self) -> str:
        east, north = (("west", "east"), ("south", "north"))
        return (
            f"{_say_degrees(self.west, east)} to {_say_degrees(self.east, east)},"
            f" {_say_degrees(self.south, north)} to {_say_degrees(self.north, north)}"
        )


def _say_degrees(value: float, sides: tuple[str, str]) -> str:
    return f"{abs(value):.2f}° {sides[value >= 0]}"


def find_extent(shapes: AreaShapes) -> Extent:
    """What all areas lie within. There is at least one."""
    outer = [polygon[0] for area in shapes.areas for polygon in area]
    (west, south) = np.min([ring.min(axis=0) for ring in outer], axis=0) / SCALE
    (east, north) = np.max([ring.max(axis=0) for ring in outer], axis=0) / SCALE
    return Extent(float(west), float(south), float(east), float(north))


# -- as a file ----------------------------------------------------------------------------------------------


def write_shapes(shapes: AreaShapes) -> bytes:
    """Much smaller and quicker to read than the GeoJSON that it was read from."""
    rings = [ring for area in shapes.areas for polygon in area for ring in polygon]
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        codes=np.array(shapes.codes, np.str_),
        names=np.array(shapes.names, np.str_),
        points=np.concatenate(rings) if rings else np.zeros((0, 2), np.int32),
        rings=_ends(rings, len),
        polygons=_ends([polygon for area in shapes.areas for polygon in area], len),
        areas=_ends(shapes.areas, len),
    )
    return buffer.getvalue()


def _ends(parts: Sequence[Any], size: Callable[[Any], int]) -> NDArray[np.int64]:
    return np.cumsum([size(each) for each in parts], dtype=np.int64)


def read_shapes(data: bytes) -> AreaShapes:
    """What `write_shapes` wrote; ValueError where it is something else."""
    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        points = held["points"]
        rings = list(_cut(points, held["rings"]))
        polygons = [tuple(each) for each in _cut(rings, held["polygons"])]
        areas = tuple(tuple(each) for each in _cut(polygons, held["areas"]))
        return AreaShapes(
            tuple(str(each) for each in held["codes"]), tuple(str(each) for each in held["names"]), areas
        )


def _cut(parts: Any, ends: NDArray[np.int64]) -> Iterator[Any]:
    begin = 0
    for end in ends.tolist():
        yield parts[begin:end]
        begin = end
