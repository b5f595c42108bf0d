"""Which records does a question open, and is there anything to answer it from?"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.asking import find_forces
from bluelamp.performance.cubes.measuring import Asked
from bluelamp.performance.cubes.record_measures import RecordMeasure
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.opening import OpenedRecords, open_records
from bluelamp.performance.warehouse.sight import RecordsViewer, see_manifest

FOLDER: Final = "warehouse"


def find_warehouse_folder(workspace: str) -> Path:
    """The warehouse of the workspace that was named, else of this person's own."""
    import platformdirs

    folder = Path(workspace).expanduser() if workspace else Path(platformdirs.user_data_dir("bluelamp"))
    return folder / FOLDER


def open_asked(
    warehouse: Warehouse, measure: RecordMeasure, asked: Asked, *, viewer: RecordsViewer
) -> OpenedRecords:
    """The records of the months and forces asked for. PlainError where there are none, or too few months."""
    forces = find_forces(asked.only)
    manifest = see_manifest(warehouse, viewer)
    parts = [part for part in manifest.parts() if part.kind == measure.kind]
    if forces is not None and parts:
        known = {part.force for part in parts}
        for force in forces:
            if force not in known:
                raise PlainError(
                    f"There are no {measure.kind} records of {force[:60]}: there are"
                    f" those of {', '.join(sorted(known))}."
                )
    _check_months(sorted({Month.parse(part.month) for part in parts}), measure.kind, asked)
    return open_records(
        warehouse, kind=measure.kind, viewer=viewer, first=asked.reads_from, last=asked.last, forces=forces
    )


def _check_months(months: list[Month], kind: str, asked: Asked) -> None:
    """PlainError where no month, or less than one window, is there of those that were asked for."""
    if not months:
        return
    there = f"Records of the kind {kind} are there from {months[0]} to {months[-1]}"
    first, last = asked.reads_from or months[0], asked.last or months[-1]
    if first > months[-1] or last < months[0]:
        raise PlainError(f"{there}, and nothing of the months that were asked for: name others, or load more.")
    if asked.by_month and last < first.plus(asked.window - 1):
        raise PlainError(
            f"{there}, and to {last} that is less than one window of {asked.window} months: load more months, or"
            " leave --window out."
        )
