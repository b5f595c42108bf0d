"""`bluelamp figures export`: the figures of a plan as tables for analysts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bluelamp.cli.figures_asking import find_plan
from bluelamp.lib.errors import PlainError

PLAN = Annotated[str, typer.Option("--plan", metavar="PLAN", help="The plan, by its slug.")]
OUT = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="The folder for the files; made where it is not there.")
]
FORMAT = Annotated[str, typer.Option("--format", help="parquet, csv, or both with a comma between.")]


def export(plan: PLAN = "", out: OUT = Path("figures"), formats: FORMAT = "parquet,csv") -> None:
    """Write a star of tables: dimensions, the figures as known now, and every vintage.

    The names of tables and columns stay as they are from release to release; columns.csv says what each holds.
    """
    from bluelamp.cli.django import open_workspace

    open_workspace()
    from bluelamp.cli.screen import make_progress, say
    from bluelamp.performance.queries_star import find_star
    from bluelamp.performance.star_files import FORMATS, describe_columns, write_table

    wanted = [each.strip() for each in formats.split(",") if each.strip()]
    for each in wanted:
        if each not in FORMATS:
            raise PlainError(f"There is no format {each}: it is parquet, csv, or both (parquet,csv).")
    found_plan = find_plan(plan)
    with make_progress() as progress:
        task = progress.add_task("Gathering the figures", total=None)
        tables = find_star(found_plan, viewer=None)
        progress.update(task, description="Writing the tables", total=len(tables) * len(wanted))
        _keep(out, "columns.csv", describe_columns())
        for name, table in tables.items():
            for each in wanted:
                _keep(out, f"{name}.{each}", write_table(table, each))
                progress.advance(task)
    rows = len(tables["fact_figure"].rows)
    say(f"{rows:,} figures as known now, and {len(tables['fact_vintage'].rows):,} of all vintages, are in {out}.")


def _keep(folder: Path, name: str, data: bytes) -> None:
    """The whole file or none: written beside its name, then moved there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f".{name}.part"
        beside.write_bytes(data)
        beside.replace(folder / name)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PlainError(f"{folder / name} could not be written: {reason}.") from error
