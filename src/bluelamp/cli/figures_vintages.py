"""`bluelamp figures loads`, `compare` and `withdraw`: which vintages there are, and how they differ."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from bluelamp.cli.figures_asking import find_plan, print_wire, read_day
from bluelamp.lib.errors import PlainError

PLAN = Annotated[str, typer.Option("--plan", metavar="PLAN", help="The plan, by its slug.")]
EVERY_PLAN = Annotated[str, typer.Option("--plan", metavar="PLAN", help="Of this plan only.")]
SINCE = Annotated[str, typer.Option("--since", metavar="VINTAGE|DAY", help="A vintage's number, or a day.")]
NUMBER = Annotated[int, typer.Argument(help="The vintage's number.")]
REASON = Annotated[str, typer.Option("--reason", help="Why; it stands beside the load for good.")]
ADDED_TOO = Annotated[bool, typer.Option("--added", help="List what was added since, too.")]
JSON = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


def loads(plan: EVERY_PLAN = "", as_json: JSON = False) -> None:
    """List the loads: each is a vintage of its plan."""
    from bluelamp.cli.django import open_workspace

    open_workspace()
    from bluelamp.performance.queries_figures import find_loads

    found = list(find_loads(viewer=None, plan=plan))
    if as_json:
        print_wire({"schema": "bluelamp.figures-loads/1", "loads": [_load_to_wire(each) for each in found]})
        return
    from rich.table import Table

    from bluelamp.cli.screen import make_console, say
    from bluelamp.lib.calendar_days import say_day
    from bluelamp.performance.actions_figures import KINDS

    if not found:
        say("No figures are loaded yet; begin with bluelamp figures load.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Plan", "Vintage", "From", "What", "Known on", "Figures", "Left out", ""):
        table.add_column(head, justify="right" if head in ("Vintage", "Figures", "Left out") else "left")
    for each in found:
        gone = f"withdrawn: {each.withdrawn_reason}" if each.withdrawn else ""
        numbers = (f"{each.figures:,}", f"{len(each.refused):,}")
        table.add_row(
            each.plan, str(each.number), KINDS[each.kind], each.name, say_day(each.known_on), *numbers, gone
        )
    make_console().print(table)


def _load_to_wire(load: Any) -> dict[str, Any]:
    return {
        "plan": load.plan,
        "vintage": load.number,
        "kind": load.kind,
        "name": load.name,
        "files": load.files,
        "document": load.document.sha256 if load.document else None,
        "known_on": load.known_on.isoformat(),
        "loaded": load.loaded.isoformat(),
        "by": load.by_name,
        "figures": load.figures,
        "refused": load.refused,
        "told": load.told,
        "withdrawn": load.withdrawn.isoformat() if load.withdrawn else None,
        "withdrawn_reason": load.withdrawn_reason or None,
    }


def compare(plan: PLAN = "", since: SINCE = "", added: ADDED_TOO = False, as_json: JSON = False) -> None:
    """List the figures that are otherwise now than at a vintage, in a published report, or on a day."""
    from bluelamp.cli.django import open_workspace

    open_workspace()
    from bluelamp.performance.queries_figures import changes_since, find_loads, newest_vintage

    found_plan = find_plan(plan)
    if not since:
        raise PlainError("Say since when with --since: a vintage's number, or a day such as 2021-05-19.")
    vintage = int(since) if since.isdecimal() and len(since) < 7 else None
    newest = newest_vintage(viewer=None, plan=found_plan.slug)
    if vintage is not None and not 0 < vintage <= newest:
        raise PlainError(f"There is no vintage {vintage} of {found_plan.slug}: the newest is {newest}.")
    day = None if vintage is not None else read_day(since)
    changed = changes_since(found_plan, viewer=None, vintage=vintage, day=day)
    numbers = {str(key): number for key, number in find_loads(viewer=None).values_list("pk", "number")}
    if as_json:
        wire = [_change_to_wire(each, numbers) for each in changed if added or each.kind != "added"]
        print_wire({"schema": "bluelamp.figures-compare/1", "plan": found_plan.slug, "changes": wire})
        return
    _print_changes(changed, numbers, since, added=added)


def _change_to_wire(change: Any, numbers: dict[str, int]) -> dict[str, Any]:
    key = change.key
    return {
        "kind": change.kind,
        "code": key.code,
        "area": key.area,
        "span": key.span.value,
        "breakdown": key.breakdown,
        "to": str(change.to),
        "then": change.then,
        "now": change.now,
        "moved": str(change.moved) if change.moved is not None else None,
        "vintage": numbers.get(change.since),
    }


def _print_changes(changed: list[Any], numbers: dict[str, int], since: str, *, added: bool) -> None:
    from rich.table import Table

    from bluelamp.cli.screen import make_console, say
    from bluelamp.performance.loading_comparison import ADDED, CHANGES

    shown = [each for each in changed if added or each.kind != ADDED]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Code", "Area", "Period", "Then", "Now", "Since vintage", ""):
        table.add_column(head, justify="right" if head in ("Then", "Now", "Since vintage") else "left")
    for each in shown[:200]:
        area = f"{each.key.area}, {each.key.breakdown}" if each.key.breakdown else each.key.area
        number = str(numbers.get(each.since, ""))
        table.add_row(each.key.code, area, each.period, each.then, each.now, number, CHANGES[each.kind])
    if shown:
        make_console().print(table)
    if len(shown) > 200:
        say(f"… and {len(shown) - 200:,} more (--json prints all).")
    revised = sum(each.kind != ADDED for each in changed)
    what = "figure is" if revised == 1 else "figures are"
    say(f"{revised:,} {what} otherwise now than {since}; {len(changed) - revised:,} were added since.")


def withdraw(number: NUMBER, plan: PLAN = "", reason: REASON = "") -> None:
    """Say that a load's figures count no more. They stay to be seen, and so does the reason."""
    from bluelamp.cli.django import open_workspace

    open_workspace()
    from bluelamp.cli.screen import say
    from bluelamp.ledger.actions import Operator
    from bluelamp.performance.actions_figures import withdraw_load
    from bluelamp.performance.queries_figures import find_loads

    found_plan = find_plan(plan)
    load = find_loads(viewer=None, plan=found_plan.slug).filter(number=number).first()
    if load is None:
        raise PlainError(f"There is no load {number} of {found_plan.slug}; bluelamp figures loads lists them.")
    done = withdraw_load(load, reason=reason, by=Operator("figures withdraw"), now=dt.datetime.now(dt.UTC))
    say(f"Vintage {number} ({load.name}) counts no more, from vintage {done.withdrawn_number} on.")
