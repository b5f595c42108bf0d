"""`bluelamp indicators`: which indicators has a plan, and what is wrong with them? Needs no workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bluelamp.cli.own_definitions import find_own_definitions
from bluelamp.lib.calendar_days import LONDON
from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.performance.plan_faults import Known
    from bluelamp.performance.plan_shape import PlanFault
    from bluelamp.performance.plans import Plan

app = typer.Typer(help="Plans and their indicators, and what is wrong with them.", no_args_is_help=True)

PLANS = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE|SLUG]...", help="Files of plans, or plans by slug; else every plan."),
]
PLAN = Annotated[str, typer.Option("--plan", metavar="SLUG", help="Only this plan's indicators.")]
DAY = Annotated[str, typer.Option("--day", metavar="DATE", help="The day by which reviews are due; else today.")]
JSON = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
MOST_PLACES = 6


@dataclass(frozen=True, kw_only=True)
class _Checked:
    file: Path
    plan: Plan | None
    faults: tuple[PlanFault, ...]
    unreadable: str = ""  # why, as a sentence

    @property
    def name(self) -> str:
        return self.plan.slug if self.plan else self.file.name

    def count(self, severity: str) -> int:
        return sum(1 for each in self.faults if each.severity == severity)


@app.command()
def check(plans: PLANS = None, day: DAY = "", as_json: JSON = False) -> None:
    """Say in plain words what is wrong with plans and their indicators.

    A fault means that the plan cannot be used; advice is what its readers would ask about. The exit code is 2
    where a file could not be read, else 1 where there is a fault, else 0.
    """
    from bluelamp.cli.screen import print_json

    own = find_own_definitions()
    on = _read_day(day)
    paths = [_find_file(said, own) for said in plans or ()] or _every_file(own)
    known = _find_known(own)
    checked = _mark_doubles([_check(path, known, on) for path in paths])
    if as_json:
        print_json(_encode({"schema": "bluelamp.indicators-check/1", "day": str(on), **_make_json(checked)}))
    else:
        _print_checked(checked)
    for each in checked:
        if each.unreadable:
            typer.echo(each.unreadable, err=True)
    if any(each.unreadable for each in checked):
        raise typer.Exit(2)
    raise typer.Exit(1 if any(each.count("fault") for each in checked) else 0)


@app.command(name="list")
def list_indicators(plan: PLAN = "", as_json: JSON = False) -> None:
    """Print every indicator with its aim, its polarity and its unit."""
    from bluelamp.cli.screen import print_json
    from bluelamp.performance.plans import load_plans

    plans = load_plans(find_own_definitions())
    if plan and plan not in plans:
        raise PlainError(f"There is no plan “{plan}”; there are {', '.join(sorted(plans)) or 'none'}.")
    chosen = [plans[plan]] if plan else list(plans.values())
    if as_json:
        print_json(_encode({"schema": "bluelamp.indicators/1", "plans": chosen}))
    else:
        _print_plans(chosen)


# -- reading ---------------------------------------------------------------------------------------------------


def _read_day(said: str) -> dt.date:
    if not said:
        return dt.datetime.now(LONDON).date()
    try:
        return dt.date.fromisoformat(said)
    except ValueError as error:
        raise PlainError(f"“{said}” is no day: write it as 2021-03-31.") from error


def _every_file(own: Path | None) -> list[Path]:
    from bluelamp.lib.definitions import find_definitions

    return find_definitions("plans", own)


def _find_file(said: str, own: Path | None) -> Path:
    """The file that was named, or that of the plan with this slug: a workspace's own before a shipped one."""
    path = Path(said)
    if path.suffix in {".yaml", ".yml"} or path.is_file():
        return path
    files = _every_file(own)
    named = [file for file in files if file.stem == said] or [file for file in files if _slug_of(file) == said]
    if not named:
        known = ", ".join(sorted({file.stem for file in files})) or "none"
        raise PlainError(f"There is no file and no plan “{said}”; the plans are {known}.")
    return named[-1]


def _slug_of(file: Path) -> str:
    from bluelamp.performance.plan_files import read_plan_file

    try:
        read = read_plan_file(file)
    except PlainError:
        return ""
    return read.plan.slug if read.plan else ""


def _find_known(own: Path | None) -> Known:
    from bluelamp.inspections.frameworks import load_frameworks
    from bluelamp.organisations.bodies import load_bodies
    from bluelamp.performance.measures.definition import load_measures
    from bluelamp.performance.plan_faults import Known
    from bluelamp.performance.records_source import load_known_records

    areas = frozenset(area.slug for framework in load_frameworks(own).values() for area in framework.areas)
    return Known(
        bodies=load_bodies(own),
        inspection_areas=areas,
        measures=frozenset(load_measures(own)),
        records=load_known_records(own),
    )


def _check(path: Path, known: Known, day: dt.date) -> _Checked:
    from bluelamp.performance.plan_faults import find_plan_faults
    from bluelamp.performance.plan_files import read_plan_file

    try:
        read = read_plan_file(path)
    except PlainError as error:
        return _Checked(file=path, plan=None, faults=(), unreadable=str(error))
    faults = [*read.faults, *(find_plan_faults(read.plan, known, day) if read.plan else ())]
    return _Checked(file=path, plan=read.plan, faults=tuple(faults))


def _mark_doubles(checked: Sequence[_Checked]) -> list[_Checked]:
    """Two files of one folder with the same slug: the second would take the first's place in silence."""
    from bluelamp.performance.plan_shape import fault

    first: dict[tuple[Path, str], Path] = {}
    marked: list[_Checked] = []
    for each in checked:
        other = first.setdefault((each.file.parent, each.plan.slug), each.file) if each.plan else each.file
        if each.plan and other != each.file:
            words = f"another file of its folder, {other.name}, has the slug “{each.plan.slug}” too"
            marked.append(replace(each, faults=(fault("the plan", words), *each.faults)))
        else:
            marked.append(each)
    return marked


# -- printing --------------------------------------------------------------------------------------------------


def _encode(data: object) -> bytes:
    import msgspec

    return msgspec.json.format(msgspec.json.Encoder(decimal_format="number").encode(data), indent=2)


def _make_json(checked: Sequence[_Checked]) -> dict[str, Any]:
    plans = [
        {
            "file": str(each.file),
            "slug": each.plan.slug if each.plan else None,
            "name": each.plan.name if each.plan else None,
            "indicators": len(each.plan.indicators) if each.plan else None,
            "unreadable": each.unreadable or None,
            "faults": [
                {"severity": found.severity, "place": found.place, "words": found.sentence}
                for found in each.faults
            ],
            "counts": {"fault": each.count("fault"), "advice": each.count("advice")},
        }
        for each in checked
    ]
    return {"plans": plans}


def _print_checked(checked: Sequence[_Checked]) -> None:
    from rich.table import Table

    from bluelamp.cli.screen import make_console

    console = make_console()
    for each in checked:
        if each.unreadable:
            continue
        number = len(each.plan.indicators) if each.plan else 0
        faults, advice = each.count("fault"), each.count("advice")
        about = f"{_say_number(number, 'indicator')}, " if each.plan else "cannot be used, "
        console.print(f"{each.name}: {about}{_say_number(faults, 'fault')}, {advice} of advice.")
        table = Table(box=None, pad_edge=False, header_style="bold", show_header=bool(each.faults))
        for head in ("", "Where", "What"):
            table.add_column(head, overflow="fold", no_wrap=not head)
        for severity, words, places in _grouped(each.faults):
            table.add_row(severity, _say_places(places), words[:1].upper() + words[1:])
        if each.faults:
            console.print(table)


def _grouped(faults: Sequence[PlanFault]) -> list[tuple[str, str, list[str]]]:
    """The same words said of many places stand in one row; faults come first."""
    groups: dict[tuple[str, str], list[str]] = {}
    for each in sorted(faults, key=lambda found: found.severity != "fault"):
        groups.setdefault((each.severity.value, each.sentence.removeprefix(f"{each.place}: ")), []).append(
            each.place
        )
    return [(severity, words, places) for (severity, words), places in groups.items()]


def _say_places(places: Sequence[str]) -> str:
    if len(places) == 1:
        return places[0]
    noun = places[0].split()[0]
    names = [place.removeprefix(f"{noun} ") for place in places]
    more = f" and {len(names) - MOST_PLACES} more" if len(names) > MOST_PLACES else ""
    return f"{len(names)} {noun}s: {', '.join(names[:MOST_PLACES])}{more}"


def _say_number(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _print_plans(plans: Sequence[Plan]) -> None:
    from rich.table import Table

    from bluelamp.cli.screen import make_console

    console = make_console()
    for plan in plans:
        doubt = "" if plan.verified else " Not verified."
        console.print(f"{plan.name} ({plan.slug}): {_say_number(len(plan.indicators), 'indicator')}.{doubt}")
        table = Table(box=None, pad_edge=False, header_style="bold")
        for head in ("Code", "Indicator", "Aim", "Polarity", "Unit", "How often", ""):
            table.add_column(head, overflow="fold", no_wrap=head == "Code")
        for each in plan.indicators:
            polarity = each.polarity.replace("-", " ")
            table.add_row(
                *(each.code, each.name, each.aim, polarity, each.unit, each.frequency),
                "" if each.verified else "not verified",
            )
        console.print(table)
