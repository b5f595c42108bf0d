"""Which boundaries are drawn of a level, for whoever looks?"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from bluelamp.documents.originals import workspace_originals
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.performance.boundaries_reading import AreaShapes, read_boundaries, read_shapes, write_shapes
from bluelamp.performance.models import BoundarySet
from bluelamp.performance.warehouse.manifest import write_whole


def find_boundary_sets(*, viewer: Viewer) -> QuerySet[BoundarySet]:
    return visible_to(viewer, BoundarySet.objects.all())


def find_drawn_sets(*, viewer: Viewer) -> dict[str, BoundarySet]:
    """Of each level the last that was loaded."""
    return {each.level: each for each in find_boundary_sets(viewer=viewer).order_by("loaded")}


def find_shapes(level: str, *, viewer: Viewer) -> AreaShapes | None:
    """The areas of a level; None where nobody gave boundaries of it."""
    found = find_drawn_sets(viewer=viewer).get(level)
    if found is None:
        return None
    return _read_shapes(found.level, found.name, found.sha256, found.code_property, found.name_property)


@lru_cache(maxsize=4)
def _read_shapes(level: str, name: str, sha256: str, code: str, names: str) -> AreaShapes | None:
    """From the file that was made of the original, made again where it is gone; None where neither can be read."""
    path = Path(settings.WORKSPACE.folder) / "boundaries" / f"{level}-{sha256[:32]}-{_stamp(code, names)}.npz"
    try:
        return read_shapes(path.read_bytes())
    except (OSError, ValueError, KeyError, EOFError):
        pass
    try:
        data = workspace_originals().read(sha256)
    except OSError:
        return None
    shapes = read_boundaries(
        data, name, known=_Everything(), level=level, code_property=code, name_property=names
    ).shapes
    write_whole(path, write_shapes(shapes))
    return shapes


def _stamp(code: str, names: str) -> str:
    import hashlib

    return hashlib.sha256(f"{code}\0{names}".encode()).hexdigest()[:12]


class _Everything(frozenset[str]):
    """Knows every area: the file was matched with the records when it came."""

    def __contains__(self, area: object) -> bool:
        return True
