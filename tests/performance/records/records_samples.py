"""A plan whose indicators are counted from records, and small warehouses of forces that do not exist."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.performance.warehouse.warehouse_samples import load, make_csv, make_zip, street_row

from bluelamp.figures.months import Month
from bluelamp.organisations.bodies import Body
from bluelamp.performance.cubes.cube_plan import Operator
from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
from bluelamp.performance.cubes.record_measures import Condition, Counted
from bluelamp.performance.plans import AreaOfPlan, Indicator, Plan, Theme
from bluelamp.performance.records_counting import CountedIndicator, Counting, count_indicator
from bluelamp.performance.records_source import AreaInRecords, KnownRecords, RecordsSource, load_known_records
from bluelamp.performance.warehouse.connection import EngineLimits
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.sight import OPERATOR, RecordsViewer

FORCE = "calder-vale"
BODIES = {
    "CVP": Body(code="CVP", name="Calder Vale Police", kind="force", area="Calder Vale"),
    "CVP-PCC": Body(code="CVP-PCC", name="Calder Vale PCC", kind="local_policing_body", force="CVP"),
}
ENGINE = DuckDbEngine(EngineLimits(memory="300MB", threads=1))
BURGLARY = Condition(column="crime_type", operator=Operator.ANY_OF, values=("Burglary",))
ENDED = Condition(column="outcome", operator=Operator.NONE_OF, values=("Under investigation",))
CSP = """code,area,first,last
E0,North,,
E1,North,,
E2,Middle,,
E3,South,,2025-02
E4,South,,
E5,Quay,2025-03,
"""
AREAS = (
    AreaOfPlan(slug="force", name="Calder Vale", level="force", population={"2024": 50_000}),
    AreaOfPlan(
        slug="north",
        name="North Calder",
        level="command",
        records=(AreaInRecords(level="csp", areas=("North", "Middle")),),
    ),
    AreaOfPlan(slug="south", name="South", level="command"),
    AreaOfPlan(slug="the-quay", name="The Quay", aliases=("quay",), level="command"),
    AreaOfPlan(slug="east", name="East", level="command"),
)


def indicator(
    code: str, unit: str = "count", *, per: int = 0, maturity_months: int = 0, **source: Any
) -> Indicator:
    return Indicator(
        code=code,
        name=f"Indicator {code}",
        theme="1",
        aim="monitor",
        polarity="neither",
        unit=unit,
        per=per,
        maturity_months=maturity_months,
        records=RecordsSource(**source),
    )


CRIME = indicator("A1", measure="street-crime", area_levels=("csp",))
SHARE = indicator(
    "A2",
    "percentage",
    kind="street",
    filter=(BURGLARY,),
    numerator=Counted(name="Burglaries that ended", where=(ENDED,)),
    denominator=Counted(name="Burglaries"),
    area_levels=("csp",),
    maturity_months=2,
)
RATE = indicator("A3", "rate", per=1_000, measure="street-crime")


def make_plan(*indicators: Indicator, areas: Sequence[AreaOfPlan] = AREAS, force: str = "CVP") -> Plan:
    return Plan(
        slug="calder-vale-records",
        name="A plan counted from records",
        body="CVP-PCC",
        force=force,
        themes=(Theme(code="1", name="One"),),
        areas=tuple(areas),
        indicators=indicators or (CRIME, SHARE, RATE),
    )


PLAN = make_plan()


def make_definitions(folder: Path, lookups: Mapping[str, str] | None = None) -> Path:
    """A workspace's own definitions, with lookups of areas."""
    for level, text in (lookups or {"csp": CSP}).items():
        path = folder / "areas" / f"{level}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def known(folder: Path) -> KnownRecords:
    return load_known_records(folder)


Record = tuple[str, str, str, str, str]
"""Month, force, crime type, outcome, small area."""


def load_records(
    warehouse: Warehouse,
    folder: Path,
    records: Sequence[Record],
    lists: Sequence[tuple[str, str]] = (),
    name: str = "archive.zip",
    **said: Any,
) -> None:
    """An archive with a list of each month and force of the records, and empty ones where `lists` names them."""
    rows: dict[tuple[str, str], list[Mapping[str, str]]] = {each: [] for each in lists}
    for number, (month, force, crime, outcome, code) in enumerate(records):
        row = street_row(number, month, Crime_type=crime, Last_outcome_category=outcome, LSOA_code=code)
        rows.setdefault((month, force), []).append(row)
    files = {f"{month}/{month}-{force}-street.csv": make_csv(found) for (month, force), found in rows.items()}
    load(warehouse, make_zip(folder / name, files), **said)


def count(
    warehouse: Warehouse,
    definitions: Path,
    indicator: Indicator,
    *,
    plan: Plan = PLAN,
    viewer: RecordsViewer = OPERATOR,
    first: Month | None = None,
    last: Month | None = None,
) -> CountedIndicator:
    counting = Counting(
        plan=plan,
        known=known(definitions),
        bodies=BODIES,
        warehouse=warehouse,
        viewer=viewer,
        engine=ENGINE,
        first=first,
        last=last,
    )
    return count_indicator(counting, indicator)


def said(counted: CountedIndicator) -> dict[tuple[str, str], str]:
    """By area and month: the value, the name of what is missing; with a p where it is provisional."""
    return {
        (each.key.area, str(each.point.to)): (
            f"{each.point.value.normalize():f}" if each.point.value is not None else each.point.unknown
        )
        + (" p" if "provisional" in each.point.flags else "")
        for each in counted.points
    }


def read_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
