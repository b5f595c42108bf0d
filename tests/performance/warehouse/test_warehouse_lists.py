"""Does a force's own list come in as its mapping says, month by month, and only what is new of it?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.performance.warehouse.warehouse_samples import asked, counts_of, files_of, rows_of

from bluelamp.figures.months import Month
from bluelamp.lib.definitions import DefinitionError
from bluelamp.lib.errors import PlainError
from bluelamp.performance.warehouse.coverage import find_coverage
from bluelamp.performance.warehouse.deciding import Verdict
from bluelamp.performance.warehouse.load_in_progress import Loaded, NobodyWatches
from bluelamp.performance.warehouse.loading_lists import load_list
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.mappings import find_mapping, load_mappings, read_mapping

pytestmark = pytest.mark.no_database
MAPPING = """
slug: calls-of-calder-vale
name: Calls for service
kind: calls
force: calder-vale
columns:
  call_id: {heads: [Ref, Call number], kind: identifier}
  received: {heads: [Received], kind: time, places: true,
    formats: ["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"]}
  grade: {heads: [Grade], kind: category, known: [Emergency, Priority]}
  seconds: {heads: [Seconds to arrive], kind: count, optional: true}
  cost: {heads: [Cost], kind: decimal, optional: true}
  repeat: {heads: [Repeat], kind: boolean, optional: true}
"""
CSV = """Ref,Received,Grade,Seconds to arrive,Cost,Repeat
1,01/04/2025 10:00,Emergency,512,10.25,Yes
2,30/04/2025 23:59,Priority,1.5,"1,000",No
3,01/05/2025 00:00,Routine,,0.1,
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def write(path: Path, words: str) -> Path:
    path.write_text(words, encoding="utf-8")
    return path


def load(warehouse: Warehouse, path: Path, mapping: str = MAPPING, day: int = 1, **said: Any) -> Loaded:
    found = read_mapping(write(path.parent / "mapping.yaml", mapping))
    ask = asked(known_on=dt.date(2025, 6, day))
    return load_list(warehouse, path, found, ask, NobodyWatches(), **said)


def test_rows_are_typed_and_stand_in_their_months(warehouse: Warehouse, tmp_path: Path) -> None:
    done = load(warehouse, write(tmp_path / "calls.csv", CSV))
    assert done.verdicts == {Verdict.NEW: 2}
    sql = (
        "SELECT force, month, call_id, received, grade, seconds, cost, repeat, unreadable FROM records ORDER BY 3"
    )
    april, may = dt.date(2025, 4, 1), dt.date(2025, 5, 1)
    assert rows_of(warehouse, sql, "calls") == [
        ("calder-vale", april, "1", dt.datetime(2025, 4, 1, 10), "Emergency", 512, Decimal("10.2500"), True, None),
        (
            "calder-vale",
            april,
            "2",
            dt.datetime(2025, 4, 30, 23, 59),
            "Priority",
            None,
            None,
            False,
            "seconds,cost",
        ),
        ("calder-vale", may, "3", dt.datetime(2025, 5, 1), "Routine", None, Decimal("0.1000"), None, None),
    ]


def test_a_workbook_and_a_parquet_file_say_the_same(warehouse: Warehouse, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    load(warehouse, write(tmp_path / "calls.csv", CSV))
    kept = files_of(warehouse)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Calls of the month"])
    sheet.append([])
    for line in [row.split(",") for row in CSV.replace('"1,000"', "1.000.0").splitlines()]:
        sheet.append([cell or None for cell in line])
    book.save(tmp_path / "calls.xlsx")
    assert load(warehouse, tmp_path / "calls.xlsx").verdicts == {Verdict.SAME: 2}
    columns = list(zip(*[row.split(",") for row in CSV.replace('"1,000"', "1.000.0").splitlines()], strict=True))
    table = pa.table({column[0]: pa.array([cell or None for cell in column[1:]]) for column in columns})
    pq.write_table(table, tmp_path / "calls.parquet")
    assert load(warehouse, tmp_path / "calls.parquet").verdicts == {Verdict.SAME: 2}
    assert files_of(warehouse) == kept


def test_typed_columns_of_a_parquet_file_and_days_of_a_workbook_are_read(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    moments = [dt.datetime(2025, 4, 1, 10), dt.datetime(2025, 5, 2, 11, 30)]
    table = pa.table({"Ref": [1, 2], "Received": moments, "Grade": ["Priority"] * 2, "Repeat": [True, None]})
    pq.write_table(table, tmp_path / "calls.parquet")
    load(warehouse, tmp_path / "calls.parquet")
    sql = "SELECT call_id, received, repeat, unreadable FROM records ORDER BY 1"
    expected = [("1", moments[0], True, None), ("2", moments[1], None, None)]
    assert rows_of(warehouse, sql, "calls") == expected
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Received", "Grade", "Repeat"])
    sheet.append([1, moments[0], "Priority", True])
    sheet.append([2, moments[1], "Priority", None])
    book.save(tmp_path / "calls.xlsx")
    other = Warehouse(tmp_path / "other")
    load(other, tmp_path / "calls.xlsx")
    assert rows_of(other, sql, "calls") == expected


def test_only_the_months_that_changed_are_brought_again(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, write(tmp_path / "calls.csv", CSV))
    lines = CSV.splitlines(keepends=True)
    shuffled = "".join([lines[0], lines[3], lines[2], lines[1]])
    assert load(warehouse, write(tmp_path / "b.csv", shuffled)).record is None
    more = CSV + "4,02/05/2025 08:00,Priority,,,\n"
    assert load(warehouse, write(tmp_path / "c.csv", more), day=2).verdicts == {
        Verdict.CONFIRMS: 1,
        Verdict.REPLACES: 1,
    }
    assert counts_of(warehouse, "calls") == {("2025-04", "calder-vale"): 2, ("2025-05", "calder-vale"): 2}


def test_a_list_that_is_complete_for_its_months_says_none_where_there_is_none(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    covers = (Month(2025, 3), Month(2025, 4))
    done = load(warehouse, write(tmp_path / "calls.csv", CSV), covers=covers)
    covered = find_coverage(warehouse.read_manifest(), kind="calls")
    assert [(str(each.month), each.rows) for each in covered] == [("2025-03", 0), ("2025-04", 2)]
    assert done.told == ("1 row of other months left out: the list is said to cover March 2025 to April 2025.",)


def test_rows_without_a_month_or_a_force_are_counted(warehouse: Warehouse, tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "force: calder-vale", "force_column: desk\nforces: {CV: calder-vale, ES: esk}"
    ).replace("columns:", "columns:\n  desk: {heads: [Desk]}")
    rows = "Ref,Received,Grade,Desk\n1,01/04/2025 10:00,Priority,CV\n2,soon,Priority,ES\n3,01/04/2025 10:00,x,??\n"
    done = load(warehouse, write(tmp_path / "a.csv", rows), mapping)
    assert done.record is not None
    assert (done.record.rows, done.record.unplaced) == (1, 2)
    assert done.told == (
        "1 row without a readable received, so of no month: left out.",
        "1 row of a force that the mapping does not name (??): left out.",
    )
    with pytest.raises(PlainError, match="Not one row of b"):
        load(warehouse, write(tmp_path / "b.csv", "Ref,Received,Grade,Desk\n1,x,y,CV\n"), mapping)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 28)), min_size=1, max_size=20))
def test_every_row_is_in_the_month_of_its_day(
    tmp_path_factory: pytest.TempPathFactory, days: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("calls")
    rows = "".join(f"{n},{day:02}/{month:02}/2025 00:00,Priority\n" for n, (month, day) in enumerate(days))
    done = load(Warehouse(folder / "warehouse"), write(folder / "a.csv", "Ref,Received,Grade\n" + rows))
    expected = Counter((f"2025-{month:02}", "calder-vale") for month, _ in days)
    assert counts_of(Warehouse(folder / "warehouse"), "calls") == expected
    assert done.record is not None
    assert done.record.rows == len(days)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"x", "is neither .csv nor .xlsx nor .parquet"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"Ref,Grade\n1,2\n", "has no column “Received”"),
        ("a.csv", b"Ref,Received,Grade\n1,2\n", "too many or too few cells in line 2"),
        ("a.parquet", b"PAR1 and no more", "is no whole Parquet file"),
        ("a.xlsx", b"PK\x03\x04 and no more", "a.xlsx: "),
    ],
)
def test_a_list_that_cannot_be_read_is_said(
    warehouse: Warehouse, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PlainError) as refusal:
        load(warehouse, tmp_path / name)
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not warehouse.path("manifest.json").exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("slug: calls-of", "slug: Calls of", "slug and kind are small letters"),
        ("kind: calls\n", "kind: ../calls\n", "slug and kind are small letters"),
        ("call_id:", "force:", "every file has a column force"),
        ("call_id:", '"x y":', "is no name of a column"),
        ("kind: count", "kind: number of seconds", "Invalid enum value"),
        ("places: true,", "", "must have places: true"),
        ("kind: boolean", "kind: boolean, places: true", "its kind is month, date or time"),
        ("force: calder-vale", "", "it must say the force"),
        ("force: calder-vale", "force: Calder Vale", "is no slug of a force"),
        ("force: calder-vale", "force: calder-vale\ncolour: blue", "there is no field “colour”"),
        ("heads: [Grade]", "heads: [Grade], colour: blue", "grade has a field “colour”"),
        ("heads: [Grade]", "heads: []", "grade has no heads"),
        ('"%d/%m/%Y %H:%M"', '"day"', "is no format"),
    ],
)
def test_a_mapping_that_is_wrong_says_where(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in MAPPING
    with pytest.raises(DefinitionError, match=r"^mapping\.yaml: ") as refusal:
        read_mapping(write(tmp_path / "mapping.yaml", MAPPING.replace(old, new)))
    assert words in str(refusal.value)


def test_the_shipped_mappings_are_of_the_public_archive() -> None:
    assert {each.archive for each in load_mappings().values()} == {"street", "outcomes", "stop-and-search"}
    assert find_mapping("street").kind == "street"
    with pytest.raises(PlainError, match="There is no mapping called streets"):
        find_mapping("streets")
    with pytest.raises(PlainError, match="There is no mapping in"):
        find_mapping("none.yaml")


def test_words_cannot_become_sql(warehouse: Warehouse, tmp_path: Path) -> None:
    mapping = MAPPING.replace("[Grade]", '["Gra\'de\\") --"]').replace("known: [Emergency", 'known: ["x\') OR 1"')
    rows = 'Ref,Received,"Gra\'de"") --"\n1,01/04/2025 10:00,\'; DROP\n'
    load(warehouse, write(tmp_path / "it's.csv", rows), mapping)
    assert rows_of(warehouse, "SELECT grade FROM records", "calls") == [("'; DROP",)]
