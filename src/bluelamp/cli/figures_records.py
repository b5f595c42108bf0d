"""`bluelamp figures from-records`: a plan's indicators counted from the records that were loaded, as a vintage."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from bluelamp.cli.figures_asking import find_organisation, find_plan
from bluelamp.cli.figures_words import show_load
from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.figures.months import Month
    from bluelamp.performance.loading_records import CountAsked, CountedFigures
    from bluelamp.performance.warehouse.manifest import Warehouse

PLAN = Annotated[str, typer.Option("--plan", metavar="PLAN", help="The plan, by its slug.")]
CODE = Annotated[
    list[str] | None,
    typer.Option(
        "--code", metavar="CODE", help="This indicator only; may be repeated. Else every one that says how."
    ),
]
FROM = Annotated[str, typer.Option("--from", metavar="MONTH", help="The first month, as 2025-01.")]
TO = Annotated[str, typer.Option("--to", metavar="MONTH", help="The last month.")]
DRY_RUN = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")]
ORGANISATION = Annotated[
    str,
    typer.Option(
        "--organisation", metavar="CODE", help="Whose record the figures become; else that of the records."
    ),
]
MARKING = Annotated[
    str, typer.Option("--marking", help="OFFICIAL or OFFICIAL-SENSITIVE; never below that of the records.")
]
JSON = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


def from_records(
    plan: PLAN = "",
    code: CODE = None,
    first: FROM = "",
    last: TO = "",
    dry_run: DRY_RUN = False,
    organisation: ORGANISATION = "",
    marking: MARKING = "",
    as_json: JSON = False,
) -> None:
    """Count a plan's indicators from the warehouse, by month and area, and keep them as the plan's next vintage.

    A month that was not published is never zero, and one whose outcomes may still change is provisional. Counting
    again where nothing changed writes nothing; records that were revised give a new vintage that says so.
    """
    from bluelamp.cli.django import open_workspace

    workspace = open_workspace()
    from django.conf import settings

    from bluelamp.ledger.actions import Operator
    from bluelamp.performance.actions_figures import load_figures, look_at_load
    from bluelamp.performance.loading_records import CountAsked, find_warehouse

    asked = CountAsked(
        plan=find_plan(plan),
        codes=tuple(code or ()),
        **_read_months(first, last),
        organisation=find_organisation(organisation) if organisation else None,
        marking=marking,
        definitions=settings.WORKSPACE_DEFINITIONS,
    )
    counted = _count(asked, find_warehouse(workspace.folder))
    if dry_run:
        found = look_at_load(counted.read, counted.asked, viewer=None)
        whose = counted.asked.organisation
        show_load(found, 0, as_json=as_json, hint="leave --dry-run out to keep it", whose=whose)
        return
    now = dt.datetime.now(dt.UTC)
    done = load_figures(counted.read, counted.asked, by=Operator("figures from-records"), now=now)
    number = done.load.number if done.load else 0
    show_load(done.plan, number, as_json=as_json, whose=counted.asked.organisation)


def _count(asked: CountAsked, warehouse: Warehouse) -> CountedFigures:
    from bluelamp.cli.screen import make_progress
    from bluelamp.performance.loading_records import count_figures

    with make_progress() as progress:
        task = progress.add_task("Counting", total=None)
        return count_figures(
            asked,
            warehouse,
            viewer=None,
            tell=lambda what, done, total: progress.update(
                task, description=f"Counting {what}", completed=done, total=total
            ),
        )


def _read_months(first: str, last: str) -> dict[str, Month | None]:
    from bluelamp.figures.months import Month

    found: dict[str, Month | None] = {"first": None, "last": None}
    for name, option, said in (("first", "--from", first), ("last", "--to", last)):
        try:
            found[name] = Month.parse(said) if said else None
        except ValueError as error:
            raise PlainError(f"{option}: {error}.") from error
    if found["first"] and found["last"] and found["last"] < found["first"]:
        raise PlainError(f"--from {first} is after --to {last}: give the earlier month first.")
    return found
