"""Do the real archives come in with the counts that others published, and with the faults known of them?"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from tests.performance.warehouse.warehouse_samples import load, rows_of

from bluelamp.figures.months import Month
from bluelamp.performance.warehouse.load_in_progress import Loaded
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.opening import open_records
from bluelamp.performance.warehouse.quality import Check, sum_report
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
def loaded(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Warehouse, Loaded, Loaded]:
    warehouse = Warehouse(tmp_path_factory.mktemp("real") / "warehouse")
    street = load(warehouse, shared / "data" / "police-uk-street-2025-east-midlands.zip")
    stops = load(warehouse, shared / "data" / "police-uk-stop-and-search-2019-2021-east-midlands.zip")
    return warehouse, street, stops


def test_counts_by_force_month_and_type_are_those_published(
    shared: Path, loaded: tuple[Warehouse, Loaded, Loaded]
) -> None:
    path = shared / "data" / "police-uk-street-2025-all-forces-by-month-and-type.csv"
    with path.open(encoding="utf-8", newline="") as file:
        published = {
            (row["Month"], FORCES[row["Reported by"]], row["Crime type"]): int(row["count"])
            for row in csv.DictReader(file)
            if row["Reported by"] in FORCES
        }
    sql = "SELECT strftime(month, '%Y-%m'), force, crime_type, COUNT(*) FROM records GROUP BY ALL"
    assert {tuple(row[:3]): row[3] for row in rows_of(loaded[0], sql)} == published
    assert sum(published.values()) == 473_612


def shares(done: Loaded, check: Check, column: str) -> dict[str, tuple[int, int]]:
    assert done.quality is not None
    found = [each for each in sum_report(done.quality) if (each.check, each.column) == (check, column)]
    return {each.force: (each.rows, each.of) for each in found}


def test_the_faults_that_the_field_knows_are_found(loaded: tuple[Warehouse, Loaded, Loaded]) -> None:
    _, street, stops = loaded
    assert shares(stops, Check.HOUR_IS_MINUTE, "searched_at")["nottinghamshire"] == (3_585, 13_669)  # 26%
    assert shares(stops, Check.BLANK, "outcome_linked")["nottinghamshire"] == (8_866, 13_669)  # 65%
    assert shares(street, Check.DUPLICATED, "crime_id")["derbyshire"] == (2_357, 102_621)
    assert shares(street, Check.BLANK, "lsoa_code") == {
        force: shares(street, Check.BLANK, "longitude")[force]
        for force in ("leicestershire", "northamptonshire", "nottinghamshire")
    }
    assert sum(rows for rows, _ in shares(street, Check.FAR_AWAY, "longitude").values()) > 0
    assert sum(rows for rows, _ in shares(stops, Check.OTHER_MONTH, "searched_at").values()) == 48
    assert shares(street, Check.NEW_CATEGORY, "crime_type") == {}
    assert shares(street, Check.UNREADABLE, "longitude") == {}


def test_a_find_rate_is_32_or_90_per_cent_by_what_it_is_a_share_of(
    loaded: tuple[Warehouse, Loaded, Loaded],
) -> None:
    sql = "SELECT outcome_linked FROM records WHERE force = 'nottinghamshire'"
    said = Counter(row[0] for row in rows_of(loaded[0], sql, "stop-and-search"))
    assert round(100 * said[True] / sum(said.values())) == 32
    assert round(100 * said[True] / (said[True] + said[False])) == 90


def test_quoted_commas_stay_one_cell(loaded: tuple[Warehouse, Loaded, Loaded]) -> None:
    sql = "SELECT COUNT(*) FROM records WHERE lsoa_name LIKE 'Bournemouth, Christchurch and Poole 0%'"
    assert rows_of(loaded[0], sql) == [(6,)]


def test_the_month_that_was_not_published_is_absent(loaded: tuple[Warehouse, Loaded, Loaded]) -> None:
    opened = open_records(loaded[0], kind="stop-and-search", viewer=OPERATOR)
    assert [(each.force, each.month) for each in opened.missing] == [("lincolnshire", Month(2021, 11))]
