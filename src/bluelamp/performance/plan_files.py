"""How is a file that holds a plan read, and what is said when it is none?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import yaml

from bluelamp.lib.definitions import DefinitionError, compose_yaml, load_yaml
from bluelamp.organisations.bodies import load_bodies
from bluelamp.performance.plan_faults import PLAN, Known, find_plan_faults
from bluelamp.performance.plan_shape import PlanFault, Severity, fault, find_shape_faults
from bluelamp.performance.plans import Plan

LARGEST = 5_000_000  # bytes; a plan of a thousand indicators is under one million


@dataclass(frozen=True, kw_only=True)
class PlanFile:
    """A file of a plan: the plan, or why there is none."""

    path: Path
    plan: Plan | None
    faults: tuple[PlanFault, ...]  # of its shape; what it means is asked of the plan


def read_plan_file(path: Path) -> PlanFile:
    """The plan of a file, with the faults of its shape. Raises DefinitionError for what cannot be read as YAML."""
    try:
        if path.stat().st_size > LARGEST:
            raise DefinitionError(f"{path.name} is larger than any plan; it was not read.")
        text = path.read_text(encoding="utf-8")
        node, raw = compose_yaml(text), load_yaml(text)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise DefinitionError(f"{path.name} is not valid YAML: {' '.join(str(error).split())[:300]}.") from error
    except OSError as error:
        raise DefinitionError(f"{path} cannot be read: {error.strerror or error}.") from error
    raw = _with_sources(raw)
    faults = [*_said_twice(node), *find_shape_faults(raw, Plan)]
    if faults:
        return PlanFile(path=path, plan=None, faults=tuple(faults))
    try:
        return PlanFile(path=path, plan=msgspec.convert(_with_years(raw), Plan, strict=False), faults=())
    except msgspec.ValidationError as error:
        return PlanFile(path=path, plan=None, faults=(fault(PLAN, str(error).rstrip(".")),))


def _with_sources(raw: Any) -> Any:
    """“records: street-crime” is short for the measure of that name."""
    if not isinstance(raw, dict) or not isinstance(raw.get("indicators"), list):
        return raw
    indicators = [
        {**each, "records": {"measure": each["records"]}}
        if isinstance(each, dict) and isinstance(each.get("records"), str)
        else each
        for each in raw["indicators"]
    ]
    return {**raw, "indicators": indicators}


def _with_years(raw: dict[str, Any]) -> dict[str, Any]:
    """Years of populations as words: YAML reads “2021: 1161000” as two numbers."""
    areas = [
        {**area, "population": {str(year): people for year, people in area["population"].items()}}
        if area.get("population")
        else area
        for area in raw.get("areas", [])
    ]
    return {**raw, "areas": areas}


def read_usable_plan(path: Path, extra: Path | None = None) -> Plan:
    """The plan, if it can be used. Raises DefinitionError with its first fault and how many more there are."""
    read = read_plan_file(path)
    found = list(read.faults)
    if read.plan is not None:
        every = find_plan_faults(read.plan, Known(bodies=load_bodies(extra)))
        found = [each for each in every if each.severity is Severity.FAULT]
    if read.plan is None or found:
        left = len(found) - 1
        more = f" There {'is' if left == 1 else 'are'} {left} more." if left else ""
        raise DefinitionError(
            f"{path.name}, {found[0].sentence}{more} bluelamp indicators check {path} says everything."
        )
    return read.plan


def _said_twice(node: yaml.Node | None) -> list[PlanFault]:
    """Fields that stand twice in one place, of which YAML would take the last in silence."""
    found: list[PlanFault] = []
    waiting, seen = [node], set()
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, yaml.SequenceNode):
            waiting.extend(each.value)
        if not isinstance(each, yaml.MappingNode):
            continue
        names: set[str] = set()
        for name, value in each.value:
            waiting.append(value)
            said = str(name.value)
            if said in names:
                found.append(
                    fault(f"line {name.start_mark.line + 1}", f"the field “{said[:60]}” stands there twice")
                )
            names.add(said)
    return found
