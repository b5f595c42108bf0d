"""A plan of a force that does not exist, its figures, and an inspection's estimate beside them."""

from __future__ import annotations

import datetime as dt
import math
import shutil
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.intake.samples import BY, NOW

from bluelamp.documents.models import StoredDocument
from bluelamp.figures.months import Month, Span, months_between
from bluelamp.inspections.models import Inspection, Statistic
from bluelamp.ledger.actions import recording
from bluelamp.lib.definitions import SHIPPED
from bluelamp.organisations.models import Organisation
from bluelamp.performance.models import KeptSeries, Load
from bluelamp.performance.series import Point
from bluelamp.performance.stored_points import store_points

PLAN = "calder-vale-2018-21"
TO = Month(2021, 3)
FIRST = Month(2017, 4)
AREAS = ("north", "south", "east", "west")
DEFINITION = """
slug: calder-vale-2018-21
name: Calder Vale plan 2018 to 2021
body: CVP-PCC
force: CVP
themes:
  - {code: "1", name: Safer homes}
  - {code: 1A, name: Property, parent: "1"}
  - {code: "2", name: Service}
areas:
  - {slug: north, name: North Calder, level: command, population: {"2020": 90000}}
  - {slug: south, name: South Calder, level: command, population: {"2020": 60000}}
  - {slug: east, name: East Vale, level: command, population: {"2020": 40000}}
  - {slug: west, name: West Vale, level: command, population: {"2020": 20000}}
indicators:
  - code: "1A.1"
    name: Vehicle crime
    theme: 1A
    aim: reduce
    polarity: lower-is-better
    polarity_reason: Fewer victims.
    unit: count
    numerator: offences recorded
    source: the crime system
    owner: Head of performance
    why: It is what residents name first.
    recording_changes:
      - {day: 2019-04-01, words: keyless thefts are counted here, rebase: false}
    inspection_areas: [preventing-crime]
  - code: "1A.2"
    name: Burglary with a suspect
    theme: 1A
    aim: increase
    polarity: higher-is-better
    unit: percentage
    decimals: 1
    numerator: burglaries with a named suspect
    denominator: burglaries recorded
    inspection_areas: [preventing-crime]
  - code: "2.1"
    name: Compliance with NCRS
    theme: "2"
    aim: monitor
    polarity: higher-is-better
    unit: percentage
    decimals: 1
    inspection_areas: [crime-data-integrity]
  - code: "2.2"
    name: 999 calls answered within 10 seconds
    theme: "2"
    aim: increase
    polarity: higher-is-better
    unit: percentage
    decimals: 1
    numerator: emergency calls answered within 10 seconds
    denominator: emergency calls
    standards:
      - {value: 90, direction: at-least, source: the plan}
    inspection_areas: [responding-to-the-public]
  - code: "2.3"
    name: Residents who feel safe
    theme: "2"
    aim: monitor
    polarity: higher-is-better
    unit: percentage
    decimals: 1
"""


def write_plan(folder: Path, words: str = DEFINITION) -> Path:
    """The definitions of a workspace that has this plan."""
    shutil.copytree(SHIPPED / "examples" / "bodies", folder / "bodies", dirs_exist_ok=True)
    (folder / "plans").mkdir(parents=True, exist_ok=True)
    (folder / "plans" / f"{PLAN}.yaml").write_text(words, encoding="utf-8")
    return folder


Said = Mapping[tuple[str, str, Span], Iterable[Point]]
"""What a load says: points by code, area and length of period."""


def add_load(
    said: Said, *, name: str = "march.csv", known_on: dt.date = dt.date(2021, 4, 20), **rest: Any
) -> Load:
    """A load of the plan, kept as the loading of a file would."""
    values: dict[str, Any] = {"kind": "file", "plan": PLAN} | rest
    number = Load.objects.filter(plan=values["plan"]).count() + 1
    load = Load(number=number, name=name, known_on=known_on, loaded=NOW, by_name="Sam Ferrier", **values)
    rows = []
    for (code, area, span), given in said.items():
        points = sorted(given, key=lambda point: point.to)
        first, last = str(points[0].to), str(points[-1].to)
        rows.append(
            KeptSeries(
                load=load,
                plan=load.plan,
                code=code,
                area=area,
                span=span.value,
                first=first,
                last=last,
                points=store_points(points),
            )
        )
    with recording(by=BY, now=NOW) as book:
        book.event("performance.figures_loaded", subject=load, add=[load, *rows])
    return load


def counts(base: float, *, step: float = 1.0, last: Month = TO) -> list[Point]:
    """Months that go gently up and down; the latest quarter is `step` times what it would have been."""
    found = []
    for month in months_between(FIRST, last):
        wave = 1 + 0.06 * math.sin(month.index * 2.1) + 0.04 * math.cos(month.index * 0.7)
        changed = step if month.index > last.index - 3 else 1.0
        found.append(
            Point(to=month, value=Decimal(round(base * wave * changed)), cell=f"B{month.index - FIRST.index + 2}")
        )
    return found


def shares(base: float, of: int) -> list[Point]:
    """Percentages with what they are made of."""
    found = []
    for month in months_between(FIRST, TO):
        top = round(of * (base + 0.02 * math.sin(month.index * 1.7)))
        found.append(
            Point(to=month, value=Decimal(top) / of * 100, numerator=Decimal(top), denominator=Decimal(of))
        )
    return found


def added(parts: Iterable[list[Point]]) -> list[Point]:
    """The force as the sum of its areas."""
    return [
        Point(
            to=points[0].to,
            value=sum((point.value or Decimal() for point in points), Decimal()),
            cell=points[0].cell.replace("B", "F"),
        )
        for points in zip(*parts, strict=True)
    ]


def whole_load(*, step: float = 1.6, ncrs: str = "97.6") -> dict[tuple[str, str, Span], list[Point]]:
    """Four indicators with figures, one of them pending; vehicle crime by area too."""
    bases = dict(zip(AREAS, (120.0, 80.0, 50.0, 30.0), strict=True))
    by_area = {area: counts(base, step=step) for area, base in bases.items()}
    year = [Month(2020, 3), Month(2020, 6), Month(2020, 9), Month(2020, 12), TO]
    said = {("1A.1", area, Span.MONTH): points for area, points in by_area.items()}
    said["1A.1", "force", Span.MONTH] = added(by_area.values())
    said["1A.2", "force", Span.MONTH] = shares(0.12, 150)
    said |= {("1A.2", area, Span.MONTH): shares(0.1 + n / 100, 40) for n, area in enumerate(AREAS)}
    said["2.1", "force", Span.YEAR] = [
        Point(to=month, value=Decimal(ncrs), printed=f"{ncrs}%", cell="table 4, row 9") for month in year
    ]
    said["2.2", "force", Span.MONTH] = shares(0.93, 9_000)
    said["2.3", "force", Span.YEAR] = [Point(to=TO, unknown="pending", printed="Pending")]
    return said


def add_statistic(
    document: StoredDocument,
    *,
    subject: str = "reported crime (excluding fraud)",
    printed: str = "86.4 percent (with a margin of +/- 3.1 percent)",
    value: str = "86.4",
    half_width: str | None = "3.1",
    quote: str = "We think that 86.4 percent of reported crime is recorded.",
    **rest: Any,
) -> Statistic:
    """An estimate that was accepted from an inspection of the force."""
    force = Organisation.objects.get(code="CVP")
    found = Inspection.objects.filter(document=document).first()
    inspection = found or Inspection(
        force=force, framework="peel-2021-22", document=document, year=2022, published="2022-04-14"
    )
    cited = {"document_sha256": document.sha256, "page": None, "printed_page": None, "line": 3, "line_end": 3}
    statistic = Statistic(
        inspection=inspection,
        subject=subject,
        printed=printed,
        value=Decimal(value),
        half_width=Decimal(half_width) if half_width else None,
        unit=rest.pop("unit", "percent"),
        citations=[{**cited, "quote": quote, "box": None}],
        **rest,
    )
    with recording(by=BY, now=NOW) as book:
        book.event(
            "intake.fact_accepted", subject=statistic, add=[statistic] if found else [inspection, statistic]
        )
    return statistic
