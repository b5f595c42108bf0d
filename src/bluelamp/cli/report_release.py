"""`bluelamp report performance --release N`: is a release the same, byte for byte, when it is made again?

Writes the kept files, says of each format whether what is made now is the same, and names the libraries that are
others. Exit code 1 where a file is not the same, or what was kept is damaged.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.performance.models import ReportRelease


@dataclass(frozen=True, kw_only=True)
class AskedRelease:
    """Which release: of one plan, period and area; its `formats` are written into `out`."""

    plan: str
    to: str
    area: str
    number: int
    formats: list[str]
    out: Path


def check_release(asked: AskedRelease) -> None:
    """Write the kept files, make all of them again, compare, and print what was found."""
    from bluelamp.performance.queries_releases import read_file, remake_release

    release = _find_release(asked)
    asked.out.mkdir(parents=True, exist_ok=True)
    for form in asked.formats:
        try:
            held = read_file(release, form)
        except OSError as error:
            typer.echo(str(error))
            continue
        if held is None:
            raise PlainError(f"Release {release.number} has no {form} file.")
        data, file = held
        path = asked.out / str(file["file_name"])
        path.write_bytes(data)
        typer.echo(path)
    remade = remake_release(release)
    for each in remade.files:
        said = "the same" if each.same else f"not the same: {each.made or 'it was not made'}"
        typer.echo(f"{each.form}: {said}")
    for line in (*remade.faults, *remade.versions):
        typer.echo(line)
    typer.echo(f"{release}: {remade.words}")
    if not remade.same:
        raise typer.Exit(1)


def _find_release(asked: AskedRelease) -> ReportRelease:
    import datetime as dt

    from bluelamp.performance.queries_drafts import find_releases

    found = find_releases(viewer=None, now=dt.datetime.now(dt.UTC)).filter(number=asked.number)
    if asked.plan:
        found = found.filter(report__plan=asked.plan)
    if asked.to:
        found = found.filter(report__to=asked.to)
    releases = list(found.filter(report__area=asked.area)[:2])
    if not releases:
        raise PlainError(
            f"There is no release {asked.number} of such a report: name its --plan, --to and --area as the"
            " report's page does."
        )
    if len(releases) > 1:
        raise PlainError(f"There is more than one release {asked.number}: name one by --plan, --to and --area.")
    return releases[0]
