"""Are the faults of records found, each as often as it is there?"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.performance.warehouse.warehouse_samples import (
    STOPS,
    load,
    make_csv,
    make_folder,
    make_zip,
    rows_of,
    stop_row,
    street_row,
)

from bluelamp.lib.errors import PlainError
from bluelamp.performance.warehouse.boundaries import read_boxes
from bluelamp.performance.warehouse.load_in_progress import Loaded, read_quality
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.mappings import load_mappings
from bluelamp.performance.warehouse.quality import Box, Check, sum_report

pytestmark = pytest.mark.no_database


def found_in(done: Loaded) -> dict[tuple[str, str], int]:
    assert done.quality is not None
    return {
        (each.check.value, f"{each.column}={each.value}" if each.value else each.column): each.rows
        for each in sum_report(done.quality)
    }


def load_street(tmp_path: Path, rows: list, **said: object) -> dict[tuple[str, str], int]:
    path = make_folder(tmp_path / "a", {"2025-01-esk-street.csv": make_csv(rows)})
    return found_in(load(Warehouse(tmp_path / "warehouse"), path, **said))


def test_each_fault_is_counted(tmp_path: Path) -> None:
    rows = [street_row(n, "2025-01") for n in range(40)]
    rows += [
        street_row(3, "2025-01"),  # again
        street_row(3, "2025-01"),  # and again
        street_row(101, "2024-12"),
        street_row(102, "January"),
        street_row(103, "2025-01", LSOA_code="", LSOA_name=""),
        street_row(104, "2025-01", Longitude="1.9", Latitude="50.7"),
        street_row(105, "2025-01", Longitude="", Latitude=""),
        street_row(106, "2025-01", Longitude="west", Latitude="nan"),
        street_row(107, "2025-01", Longitude="inf"),
        street_row(108, "2025-01", Crime_type="Cyber"),
        street_row(109, "2025-01", Reported_by="Another Police"),
        street_row(110, "2025-01", Crime_ID="", Last_outcome_category="  "),
        street_row(111, "2025-01", Crime_ID=""),
    ]
    found = load_street(tmp_path, rows)
    assert found == {
        ("blank", "context"): 53,
        ("blank", "crime_id"): 2,
        ("blank", "latitude"): 1,
        ("blank", "longitude"): 1,
        ("blank", "lsoa_code"): 1,
        ("blank", "lsoa_name"): 1,
        ("blank", "outcome"): 1,
        ("another publisher", "reported_by"): 1,
        ("duplicated", "crime_id"): 2,
        ("new category", "crime_type=Cyber"): 1,
        ("outside the force", "longitude"): 1,
        ("outside the month", "stated_month"): 1,
        ("unreadable", "latitude"): 1,
        ("unreadable", "longitude"): 2,
        ("unreadable", "stated_month"): 1,
    }


def test_no_row_is_lost_for_its_faults_and_unreadable_is_not_blank(tmp_path: Path) -> None:
    rows = [street_row(1, "2025-01", Longitude="west", Latitude=""), street_row(2, "2025-01")]
    load_street(tmp_path, rows)
    found = rows_of(
        Warehouse(tmp_path / "warehouse"), "SELECT longitude, latitude, unreadable FROM records ORDER BY crime_id"
    )
    assert found[0] == (None, None, "longitude")
    assert found[1][2] is None


def test_blank_is_not_false_and_hours_that_are_minutes_are_seen(tmp_path: Path) -> None:
    rows = [
        stop_row(0, "2025-01", Date="2025-01-04T11:11:00+00:00"),
        stop_row(1, "2025-01", Date="2025-01-31T23:59:00+00:00"),
        stop_row(2, "2025-01", Date="2025-02-01T00:00:00+00:00"),
        stop_row(3, "2025-01", Date="2025-01-05T12:30:00+01:00"),  # 11:30 in UTC
        stop_row(4, "2025-01", Date="soon"),
        stop_row(5, "2025-01", Outcome_linked_to_object_of_search="perhaps"),
    ]
    path = make_zip(tmp_path / "a.zip", {"2025-01-esk-stop-and-search.csv": make_csv(rows, STOPS)})
    warehouse = Warehouse(tmp_path / "warehouse")
    found = found_in(load(warehouse, path))
    assert found["hour is minute", "searched_at"] == 2
    assert found["outside the month", "searched_at"] == 1
    assert found["unreadable", "searched_at"] == 1
    assert found["unreadable", "outcome_linked"] == 1
    assert found["blank", "outcome_linked"] == 1
    sql = "SELECT outcome_linked, COUNT(*) FROM records GROUP BY ALL"
    assert dict(rows_of(warehouse, sql, "stop-and-search")) == {True: 2, False: 2, None: 2}
    sql = "SELECT searched_at FROM records WHERE day(searched_at) = 5 AND hour(searched_at) = 11"
    assert rows_of(warehouse, sql, "stop-and-search") == [(dt.datetime(2025, 1, 5, 11, 30),)]


TEXTS = st.sampled_from(
    ["", " ", "2025-01", "2025-02", "2025-1", "x", "0", "-1.5", "91", "1e400", "Drugs", "Ünïcode,"]
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            dict.fromkeys(["Crime ID", "Month", "Longitude", "Latitude", "LSOA code", "Crime type"], TEXTS)
        ),
        max_size=12,
    )
)
def test_blank_unreadable_and_duplicated_are_what_plain_python_counts(
    tmp_path_factory: pytest.TempPathFactory, said: list[dict[str, str]]
) -> None:
    rows = [dict(street_row(n, "2025-01")) | each for n, each in enumerate(said)]
    found = load_street(tmp_path_factory.mktemp("quality"), rows)
    expected = Counter(
        fault for row in csv.DictReader(io.StringIO(make_csv(rows).decode())) for fault in faults(row)
    )
    ids = [row["Crime ID"].strip() for row in rows if row["Crime ID"].strip()]
    expected["duplicated", "crime_id"] = len(ids) - len(set(ids))
    compared = ("blank", "unreadable", "duplicated", "outside the month")
    assert {key: rows for key, rows in found.items() if key[0] in compared} == +expected


def faults(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Of one street row; the slow twin of the SQL."""
    for name, column in load_mappings()["street"].columns.items():
        words = row[column.heads[0]].strip()
        if not words:
            yield "blank", name
        elif name in ("longitude", "latitude"):
            if abs(float_of(words)) > (180 if name == "longitude" else 90):
                yield "unreadable", name
        elif name == "stated_month":
            if words not in ("2025-01", "2025-02", "2025-1"):
                yield "unreadable", name
            elif words == "2025-02":
                yield "outside the month", name


def float_of(words: str) -> float:
    try:
        return float(words)
    except ValueError:
        return float("inf")


CELLS = st.text(st.sampled_from(" \u00a0\u2003\u3000\t\u200bxé~!,"), max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=12))
def test_cells_lose_the_spaces_around_them_whichever_they_are(
    tmp_path_factory: pytest.TempPathFactory, said: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("cells")
    rows = [street_row(n, "2025-01", Location=cell) for n, cell in enumerate(said)]
    load_street(folder, rows)
    spaces = " \u00a0\u2003\u3000"  # of those made here, what Unicode calls a space that separates words
    found = rows_of(Warehouse(folder / "warehouse"), "SELECT location FROM records ORDER BY crime_id")
    assert [cell for (cell,) in found] == [cell.strip(spaces) or None for cell in said]


def test_what_is_far_away_is_so_by_either_of_its_coordinates(tmp_path: Path) -> None:
    rows = [street_row(n, "2025-01") for n in range(40)]
    rows += [street_row(50, "2025-01", Longitude="9.9", Latitude=""), street_row(51, "2025-01", Longitude="")]
    assert load_street(tmp_path, rows)["outside the force", "longitude"] == 1


def test_a_boundary_says_better_than_the_records_where_a_force_is(tmp_path: Path) -> None:
    ring = [[-1.6, 52.9], [-1.4, 52.9], [-1.4, 53.02], [-1.6, 53.02], [-1.6, 52.9]]
    feature = {"geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": {"force": "esk"}}
    other = {"geometry": None, "properties": None}
    (tmp_path / "b.geojson").write_text(json.dumps({"type": "x", "features": [feature, other]}))
    boxes = read_boxes(tmp_path / "b.geojson")
    assert boxes == {"esk": Box(-1.6, 52.9, -1.4, 53.02)}
    rows = [street_row(n, "2025-01") for n in range(20)]  # a fifth each at 53.00 to 53.04
    assert load_street(tmp_path, rows, boxes=boxes)["outside the force", "longitude"] == 8


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"features": []}', b'{"features": [{}]}', b"[" * 100_000])
def test_boundaries_that_are_none_are_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "b.geojson").write_bytes(data)
    with pytest.raises(PlainError):
        read_boxes(tmp_path / "b.geojson")


def test_the_report_is_kept_with_the_load(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    files = {
        f"2025-0{m}-esk-street.csv": make_csv([street_row(n, f"2025-0{m}") for n in range(m)]) for m in (1, 2)
    }
    done = load(warehouse, make_zip(tmp_path / "a.zip", files))
    kept = read_quality(warehouse, 1)
    assert kept == done.quality
    assert kept.looked_at == (("street", "esk", 3),)
    assert [(each.month, each.rows, each.of) for each in kept.found if each.check is Check.BLANK] == [
        ("2025-01", 1, 1),
        ("2025-02", 2, 2),
    ]
    with pytest.raises(PlainError):
        read_quality(warehouse, 2)
