"""Within which degrees does each force lie, where somebody gives its boundary?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name
from bluelamp.performance.warehouse.quality import Box

LARGEST: Final = 500_000_000  # bytes; all boundaries of England and Wales in full detail are 120 MB


class _Feature(msgspec.Struct):
    geometry: dict[str, object] | None = None
    properties: dict[str, object] | None = None


class _Collection(msgspec.Struct):
    features: list[_Feature]


def read_boxes(path: Path) -> dict[str, Box]:
    """The box of each feature that names its force in a GeoJSON collection (property `force`, a slug)."""
    name = show_name(path.name)
    if not path.is_file() or path.stat().st_size > LARGEST:
        raise PlainError(f"There is no file {name} of boundaries, or it is too large: check its name.")
    try:
        collection = msgspec.json.decode(path.read_bytes(), type=_Collection)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PlainError(f"{name} is no GeoJSON collection of features: look at how it was made.") from error
    boxes = {}
    for feature in collection.features:
        force = (feature.properties or {}).get("force")
        points = list(_find_points((feature.geometry or {}).get("coordinates")))
        if isinstance(force, str) and points:
            across, up = [x for x, _ in points], [y for _, y in points]
            boxes[force] = Box(min(across), min(up), max(across), max(up))
    if not boxes:
        raise PlainError(f"No feature of {name} names its force: give each a property “force” with the slug.")
    return boxes


def _find_points(coordinates: object) -> Iterator[tuple[float, float]]:
    """Every pair of numbers, however deep the rings are nested."""
    waiting = [coordinates]
    while waiting:
        each = waiting.pop()
        if not isinstance(each, list):
            continue
        if len(each) >= 2 and isinstance(each[0], int | float) and isinstance(each[1], int | float):
            yield float(each[0]), float(each[1])
        else:
            waiting += each
