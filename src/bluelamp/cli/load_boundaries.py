"""`bluelamp load boundaries`: where areas lie, so that what is counted of them can be drawn as a map."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bluelamp.cli.figures_asking import print_wire
from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.performance.boundaries_reading import BoundariesRead

FILE = Annotated[
    Path, typer.Argument(metavar="FILE.geojson", help="A collection of polygons, in degrees (WGS 84).")
]
LEVEL = Annotated[
    str, typer.Option("--level", help="Of which level: force, small-area, or a lookup such as local-authority.")
]
CODE = Annotated[
    str,
    typer.Option(
        "--code-property", help="The property that holds the area's code; else the one that records know."
    ),
]
NAME = Annotated[str, typer.Option("--name-property", help="The property that holds its name.")]
ORGANISATION = Annotated[
    str, typer.Option("--organisation", metavar="CODE", help="Whose they are; everybody's otherwise.")
]
MARKING = Annotated[str, typer.Option("--marking", help="OFFICIAL or OFFICIAL-SENSITIVE.")]
JSON = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
MOST_NAMED = 8


def boundaries(
    file: FILE,
    level: LEVEL,
    code_property: CODE = "",
    name_property: NAME = "",
    organisation: ORGANISATION = "",
    marking: MARKING = "OFFICIAL",
    as_json: JSON = False,
) -> None:
    """Load boundaries of areas as GeoJSON, for maps. Of two files of a level the later is drawn."""
    from bluelamp.cli.django import open_workspace
    from bluelamp.cli.screen import make_progress, say
    from bluelamp.lib.names import show_name

    open_workspace()
    from bluelamp.ledger.actions import Operator
    from bluelamp.organisations.models import Organisation
    from bluelamp.performance.actions_boundaries import GivenBoundaries, load_boundaries
    from bluelamp.performance.boundaries_reading import LARGEST, read_boundaries
    from bluelamp.performance.queries_measures import find_level_known

    if not file.is_file():
        raise PlainError(f"There is no file {show_name(file.name)}: check its name.")
    if file.stat().st_size > LARGEST:
        raise PlainError(
            f"{show_name(file.name)} is larger than {LARGEST // 1_000_000} MB: take generalised boundaries."
        )
    whose = Organisation.objects.filter(code=organisation.upper()).first() if organisation else None
    if organisation and whose is None:
        raise PlainError(f"There is no organisation {organisation} here: name it by its code, such as CVP.")
    data = file.read_bytes()
    with make_progress() as progress:
        progress.add_task(f"Reading {show_name(file.name)}", total=None)
        found = find_level_known(level, viewer=None)
        named = found.level
        read = read_boundaries(
            data,
            file.name,
            known=found.areas,
            level=named,
            code_property=code_property,
            name_property=name_property,
        )
    given = GivenBoundaries(read=read, level=named, name=file.name, data=data, organisation=whose, marking=marking)
    row = load_boundaries(given, by=Operator("load boundaries"), now=dt.datetime.now(dt.UTC))
    if as_json:
        print_wire(_to_wire(read, named, changed=row is not None))
        return
    if row is None:
        say(f"{show_name(file.name)} is drawn as {named} already, so nothing was changed.")
        return
    say(*_say_read(read, named, show_name(file.name)))


def _say_read(read: BoundariesRead, level: str, name: str) -> list[str]:
    said = [
        f"{name}: {len(read.shapes.codes):,} areas of the level {level} by “{read.code_property}”"
        + (f", named by “{read.name_property}”" if read.name_property else "")
        + f"; records know {read.matched:,} of them."
    ]
    if read.unmatched:
        said.append(f"Known to no record: {_name_some(read.unmatched)}.")
    if read.missing:
        said.append(f"In the records, and not in the file: {_name_some(read.missing)}.")
    return said


def _name_some(codes: tuple[str, ...]) -> str:
    from bluelamp.lib.names import show_name

    more = f" and {len(codes) - MOST_NAMED:,} more" if len(codes) > MOST_NAMED else ""
    return ", ".join(show_name(each) for each in codes[:MOST_NAMED]) + more


def _to_wire(read: BoundariesRead, level: str, *, changed: bool) -> dict[str, Any]:
    return {
        "schema": "bluelamp.boundaries/1",
        "changed": changed,
        "level": level,
        "code_property": read.code_property,
        "name_property": read.name_property or None,
        "areas": len(read.shapes.codes),
        "matched": read.matched,
        "unmatched": list(read.unmatched),
        "missing": list(read.missing),
    }
