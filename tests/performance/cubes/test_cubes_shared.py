"""Do the shipped measures say of the real archives what others published of them?"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.performance.warehouse.warehouse_samples import load

from bluelamp.performance.cubes.asking import read_asked
from bluelamp.performance.cubes.cells import cells_to_wire
from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
from bluelamp.performance.cubes.measuring import measure_records
from bluelamp.performance.cubes.opening import open_asked
from bluelamp.performance.cubes.record_measures import columns_of, load_record_measures
from bluelamp.performance.warehouse.connection import EngineLimits
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.mappings import load_mappings
from bluelamp.performance.warehouse.sight import OPERATOR

pytestmark = [pytest.mark.no_database, pytest.mark.shared, pytest.mark.xdist_group("warehouse")]
FORCES = {
    "Derbyshire Constabulary": "derbyshire",
    "Leicestershire Police": "leicestershire",
    "Lincolnshire Police": "lincolnshire",
    "Northamptonshire Police": "northamptonshire",
    "Nottinghamshire Police": "nottinghamshire",
}


@pytest.fixture(scope="module")
def archive(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("real") / "warehouse")
    load(warehouse, shared / "data" / "police-uk-street-2025-east-midlands.zip")
    load(warehouse, shared / "data" / "police-uk-stop-and-search-2019-2021-east-midlands.zip")
    return warehouse


def measure(warehouse: Warehouse, code: str, by: str, window: str = "month", **said: Any) -> list[dict[str, Any]]:
    mappings = load_mappings()
    found = load_record_measures(mappings)[code]
    columns = columns_of(found.kind, mappings)
    given = {"first": "", "last": "", "only": (), "levels": ()} | said
    asked = read_asked(by=by, window=window, columns=columns, **given)
    engine = DuckDbEngine(EngineLimits(memory="300MB", threads=1))
    records = open_asked(warehouse, found, asked, viewer=OPERATOR)
    return list(cells_to_wire(measure_records(found, asked, records, engine=engine, columns=columns, lookups={})))


def read_published(shared: Path) -> dict[tuple[str, str, str], int]:
    path = shared / "data" / "police-uk-street-2025-all-forces-by-month-and-type.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (FORCES[row["Reported by"]], row["Month"], row["Crime type"]): int(row["count"])
            for row in csv.DictReader(file)
            if row["Reported by"] in FORCES
        }


def test_crimes_by_force_month_and_type_are_those_published(shared: Path, archive: Warehouse) -> None:
    cells = measure(archive, "street-crime", "force,month,crime-type")
    published = read_published(shared)
    assert {tuple(cell["keys"].values()): cell["value"] for cell in cells} == published
    assert sum(cell["numerator"] for cell in cells) == 473_612


def test_the_year_to_december_is_the_sum_of_its_months(shared: Path, archive: Warehouse) -> None:
    year: Counter[tuple[str, str]] = Counter()
    for (force, _, kind), number in read_published(shared).items():
        year[force, kind] += number
    cells = measure(archive, "street-crime", "crime-type,force,month", "12-months")
    assert {(cell["keys"]["force"], cell["keys"]["crime-type"]): cell["value"] for cell in cells} == year
    assert {cell["keys"]["month"] for cell in cells} == {"2025-12"}


def test_a_find_rate_is_32_or_90_per_cent_by_its_denominator(archive: Warehouse) -> None:
    cells = measure(archive, "stop-search-find-rate", "force", only=["force=nottinghamshire"])
    known, every = cells
    assert (known["numerator"], known["denominator"]) == (4_310, 4_803)
    assert (every["numerator"], every["denominator"]) == (4_310, 13_669)
    assert (round(known["value"]), round(every["value"])) == (90, 32)
    assert known["of"] == "Searches that say whether it was linked"
    assert every["of"] == "All searches"


def test_a_force_that_did_not_publish_a_month_is_unknown(archive: Warehouse) -> None:
    cells = {
        (cell["keys"]["force"], cell["keys"]["month"]): cell
        for cell in measure(archive, "stop-search", "force,month")
    }
    gone = cells["lincolnshire", "2021-11"]
    assert (gone["value"], gone["coverage"]["state"]) == (None, "absent")
    years = measure(archive, "stop-search", "force,month", "12-months", only=["force=lincolnshire"])
    states = {cell["keys"]["month"]: cell["coverage"]["state"] for cell in years}
    assert states["2021-10"] == "complete"
    assert states["2021-11"] == "partial"
    total = next(cell for cell in measure(archive, "stop-search", "month") if cell["keys"]["month"] == "2021-11")
    assert total["value"] is None


def test_outcomes_of_the_latest_six_months_are_not_yet_to_be_compared(archive: Warehouse) -> None:
    cells = [
        cell for cell in measure(archive, "street-crime-outcome-rate", "month") if cell["output"] == "of-crimes"
    ]
    assert [cell["coverage"]["comparable"] for cell in cells] == [True] * 6 + [False] * 6
    assert all(0 < cell["value"] < 30 for cell in cells)


def test_both_denominators_of_an_outcome_rate_are_all_searches_with_and_without_blanks(archive: Warehouse) -> None:
    cells = measure(archive, "stop-search-outcome-rate", "", only=["force=leicestershire"])
    assert [(cell["numerator"], cell["denominator"]) for cell in cells] == [(3_562, 11_607), (3_562, 11_888)]
