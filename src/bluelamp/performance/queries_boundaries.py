"""Which boundaries are drawn of a level, for whoever looks?"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from bluelamp.documents.originals import workspace_originals
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Organisation
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.performance.boundaries_reading import AreaShapes, read_shapes, write_shapes
from bluelamp.performance.boundaries_sandbox import read_boundaries_apart
from bluelamp.performance.models import BoundarySet
from bluelamp.performance.warehouse.manifest import write_whole


def find_boundary_sets(*, viewer: Viewer) -> QuerySet[BoundarySet]:
    return visible_to(viewer, BoundarySet.objects.all())


def find_drawn_sets(*, viewer: Viewer) -> dict[str, BoundarySet]:
    """Of each level the last that was loaded."""
    return {each.level: each for each in find_boundary_sets(viewer=viewer).order_by("loaded")}


def find_last_of(level: str, organisation: Organisation | None) -> BoundarySet | None:
    """What was loaded last of a level as everybody's, or as one organisation's."""
    return BoundarySet.objects.filter(level=level, organisation=organisation).order_by("-loaded").first()


def find_shapes(level: str, *, viewer: Viewer) -> AreaShapes | None:
    """The areas of a level; None where nobody gave boundaries of it."""
    found = find_drawn_sets(viewer=viewer).get(level)
    if found is None:
        return None
    return _read_shapes(found.level, found.name, found.sha256, found.code_property, found.name_property)


def keep_shapes(row: BoundarySet, shapes: AreaShapes) -> None:
    """As a file that is read at once, beside the original that it was made of."""
    write_whole(
        _path_of(row.level, row.sha256, row.code_property, row.name_property),
        write_shapes(shapes),
    )


@lru_cache(maxsize=4)
def _read_shapes(level: str, name: str, sha256: str, code: str, names: str) -> AreaShapes | None:
    """From the file that was made of the original, made again where it is gone; None where neither can be read."""
    path = _path_of(level, sha256, code, names)
    try:
        return read_shapes(path.read_bytes())
    except (OSError, ValueError, KeyError, EOFError):
        pass
    try:
        data = workspace_originals().read(sha256)
        known = _Everything()  # the file was matched with the records when it came
        read = read_boundaries_apart(data, name, known=known, level=level, code_property=code, name_property=names)
    except (OSError, PlainError):
        return None
    write_whole(path, write_shapes(read.shapes))
    return read.shapes


def _path_of(level: str, sha256: str, code: str, names: str) -> Path:
    stamp = hashlib.sha256(f"{code}\0{names}".encode()).hexdigest()[:12]
    return Path(settings.WORKSPACE.folder) / "boundaries" / f"{level}-{sha256[:32]}-{stamp}.npz"


class _Everything(frozenset[str]):
    """Knows every area."""

    def __contains__(self, area: object) -> bool:
        return True
