"""Whose records may somebody count? One home for the rule, asked wherever records are opened.

A load belongs to everybody, or to an organisation. Of a kind and force whose records came, in any month, with
another organisation's load, none is there for the viewer: part of a force's months would be told as its whole.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from bluelamp.performance.warehouse.manifest import Manifest, Warehouse


@dataclass(frozen=True)
class RecordsViewer:
    """Who looks, as far as the warehouse must know. `organisation` is its code; "" of nobody's."""

    organisation: str = ""
    sees_all: bool = False


OPERATOR: Final = RecordsViewer(sees_all=True)
"""Whoever works at the machine can read its files anyway."""


def find_hidden(warehouse: Warehouse, manifest: Manifest, viewer: RecordsViewer) -> frozenset[tuple[str, str]]:
    """Each kind and force of which some that counts is another organisation's."""
    if viewer.sees_all:
        return frozenset()
    parts = list(manifest.parts())
    closed = {
        number
        for number in {part.load for part in parts}
        if find_organisation(warehouse, number) not in ("", viewer.organisation)
    }
    return frozenset((part.kind, part.force) for part in parts if part.load in closed)


def see_manifest(warehouse: Warehouse, viewer: RecordsViewer) -> Manifest:
    """What counts, as if nothing else had been loaded. Files named in it may hold rows that the viewer must not
    count: `opening.open_records` names their forces."""
    manifest = warehouse.read_manifest()
    hidden = find_hidden(warehouse, manifest, viewer)
    if not hidden:
        return manifest
    months = (
        dataclasses.replace(
            month, parts=tuple(part for part in month.parts if (part.kind, part.force) not in hidden)
        )
        for month in manifest.months
    )
    return dataclasses.replace(manifest, months=tuple(month for month in months if month.parts))


def find_organisation(warehouse: Warehouse, number: int) -> str:
    """The code of whose record a load is; "" of everybody's."""
    path = warehouse.load_path(number)
    stamp = path.stat().st_mtime_ns if path.is_file() else 0
    return _read_organisation(warehouse.folder, number, stamp)


@lru_cache(maxsize=4_096)
def _read_organisation(folder: Path, number: int, stamp: int) -> str:
    """What a load says is never changed; `stamp` is another where a warehouse was begun anew."""
    return Warehouse(folder).read_load(number).organisation
