"""Do files of outcomes come in as those of crimes do, and is an outcome that stands there twice still two rows?"""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from tests.performance.warehouse.warehouse_samples import (
    Row,
    counts_of,
    load,
    make_csv,
    make_zip,
    rows_of,
    street_files,
    street_row,
)

from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.record_measures import load_record_measures
from bluelamp.performance.warehouse.deciding import Verdict
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.mappings import load_mappings
from bluelamp.performance.warehouse.quality import Check, sum_report

pytestmark = pytest.mark.no_database

HEADS = (
    *("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location"),
    *("LSOA code", "LSOA name", "Outcome type"),
)
TYPES = ("Unable to prosecute suspect", "Offender given a caution", "Local resolution")


def outcome_row(n: int, month: str, **said: str) -> Row:
    row = {head: cell for head, cell in street_row(n, month).items() if head in HEADS}
    return row | {"Outcome type": TYPES[n % 3]} | {key.replace("_", " "): value for key, value in said.items()}


def outcome_file(month: str, force: str, rows: list[Row]) -> dict[str, bytes]:
    return {f"{month}/{month}-{force}-outcomes.csv": make_csv(rows, HEADS)}


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def test_every_outcome_is_there_as_it_was_printed(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = [outcome_row(n, "2025-01") for n in range(12)]
    rows += [outcome_row(3, "2025-01"), outcome_row(3, "2025-01", Outcome_type="Suspect charged")]
    files = outcome_file("2025-01", "esk", rows)
    done = load(warehouse, make_zip(tmp_path / "a.zip", files))
    assert done.record is not None
    assert done.record.rows == 14
    (data,) = files.values()
    expected = sorted(
        (
            "esk",
            dt.date(2025, 1, 1),
            row["Crime ID"],
            row["Outcome type"],
            row["LSOA code"],
            float(row["Latitude"]),
        )
        for row in csv.DictReader(io.StringIO(data.decode()))
    )
    sql = "SELECT force, month, crime_id, outcome, lsoa_code, latitude FROM records"
    assert sorted(rows_of(warehouse, sql, "outcomes")) == expected


def test_a_crime_may_have_outcomes_and_a_new_one_is_told(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = [
        outcome_row(1, "2025-01"),
        outcome_row(1, "2025-01"),
        outcome_row(2, "2025-01", Outcome_type="Pardoned"),
    ]
    rows.append(outcome_row(4, "2025-01", Crime_ID="", Month="2024-12"))
    done = load(warehouse, make_zip(tmp_path / "a.zip", outcome_file("2025-01", "esk", rows)))
    assert done.quality is not None
    found = {(each.check, each.column, each.value): each.rows for each in sum_report(done.quality)}
    assert found == {
        (Check.NEW_CATEGORY, "outcome", "Pardoned"): 1,
        (Check.BLANK, "crime_id", ""): 1,
        (Check.OTHER_MONTH, "stated_month", ""): 1,
    }


def test_overlapping_archives_leave_what_is_newest_beside_the_crimes(warehouse: Warehouse, tmp_path: Path) -> None:
    def archive(name: str, months: list[str], rows: int) -> Path:
        files = street_files(months, ["esk"], rows=4)
        for month in months:
            files |= outcome_file(month, "esk", [outcome_row(n, month) for n in range(rows)])
        return make_zip(tmp_path / name, files)

    older, newer = archive("a.zip", ["2025-01", "2025-02"], 5), archive("b.zip", ["2025-02", "2025-03"], 7)
    assert load(warehouse, newer).verdicts == {Verdict.NEW: 4}
    late = load(warehouse, older)
    assert late.verdicts == {Verdict.NEW: 2, Verdict.OLDER: 1, Verdict.SAME: 1}
    assert counts_of(warehouse, "outcomes") == {
        ("2025-01", "esk"): 5,
        ("2025-02", "esk"): 7,
        ("2025-03", "esk"): 7,
    }
    assert set(counts_of(warehouse).values()) == {4}
    assert load(warehouse, older).record is None


def test_a_file_of_outcomes_without_outcomes_is_refused_whole(warehouse: Warehouse, tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"2025-01-esk-outcomes.csv": make_csv([], HEADS[:-1])})
    with pytest.raises(PlainError, match="Outcome type"):
        load(warehouse, path)
    assert not warehouse.read_manifest().months


def test_the_shipped_outcome_rate_is_of_the_crimes_own_last_outcome() -> None:
    """Crimes and the outcomes recorded in a month are two populations: the rate is a share of the same crimes."""
    assert load_record_measures(load_mappings())["street-crime-outcome-rate"].kind == "street"
