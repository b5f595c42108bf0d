"""Does Spark count every plan as DuckDB and plain Python do, to the integer and in the same types?"""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from tests.performance.cubes.made_plans import LOOKUPS, plans, rows
from tests.performance.cubes.reference_cubes import Row, as_cube, count, make_records, make_row
from tests.performance.cubes.spark_for_tests import digest, local_settings, needs_java

from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.cube_plan import CubePlan, Filter, Key, Operator, Tally, Total
from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
from bluelamp.performance.cubes.engine_spark import FilePlace, SparkEngine
from bluelamp.performance.spark.session import open_session
from bluelamp.performance.warehouse.connection import EngineLimits
from bluelamp.performance.warehouse.opening import OpenedRecords

pytestmark = [pytest.mark.no_database, pytest.mark.xdist_group("spark"), needs_java]
DUCKDB = DuckDbEngine(EngineLimits(memory="300MB", threads=1))
CRIMES = Tally("crimes")


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkEngine]:
    with open_session(local_settings()) as session:
        yield SparkEngine(session, FilePlace(Path("/nowhere")))


def count_alike(spark: SparkEngine, plan: CubePlan, records: OpenedRecords) -> pa.Table:
    """Spark's cube, which is DuckDB's."""
    found = spark.count(plan, records, LOOKUPS)
    assert digest(found, plan) == digest(DUCKDB.count(plan, records, LOOKUPS), plan)
    return found


@settings(max_examples=25, deadline=None)
@given(records=rows, plan=plans())
def test_spark_counts_what_duckdb_and_plain_python_count(
    spark: SparkEngine, records: list[Row], plan: CubePlan
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = count_alike(spark, plan, make_records(Path(folder), records))
    assert as_cube(table, plan) == count(plan, records, LOOKUPS)


def test_sums_beyond_sixty_four_bits_are_exact_in_windows_too(spark: SparkEngine, tmp_path: Path) -> None:
    records = [
        make_row(victims=2**62, loss=Decimal("99999999999999.9999"), month=dt.date(2024, month, 1))
        for month in (1, 2)
        for _ in range(9)
    ]
    tallies = (Tally("n", Total.SUM, "victims"), Tally("m", Total.SUM, "loss"), Tally("x", Total.MOST, "victims"))
    for plan in (CubePlan("street", (), tallies), CubePlan("street", (Key("month", "month"),), tallies, window=3)):
        table = count_alike(spark, plan, make_records(tmp_path, records))
        assert as_cube(table, plan) == count(plan, records, {})


def test_words_are_told_apart_by_their_bytes(spark: SparkEngine, tmp_path: Path) -> None:
    """Case, accents in one piece or two, white space and the empty word are all different; so is their order."""
    words = ["a", "A", "é", "e\u0301", "a ", " a", "", "ß", "ss", "\U0001f600", "\uffee", "a\0b", "a\nb", None]
    records = make_records(tmp_path, [make_row(crime_type=word) for word in words])
    by_type = CubePlan("street", (Key("crime-type", "crime_type"),), (CRIMES,))
    assert count_alike(spark, by_type, records).num_rows == len(words)
    for word in filter(None, words):
        filters = (Filter("crime_type", Operator.AT_LEAST, (word,)),)
        count_alike(spark, CubePlan("street", (), (CRIMES,), filters), records)


def test_a_value_is_never_read_as_a_statement(spark: SparkEngine, tmp_path: Path) -> None:
    words = ["${spark.app.name}", "' OR 1=1 --", "\\'", ":v0", "`", "{records}"]
    records = make_records(tmp_path, [make_row(crime_type=word) for word in words])
    for word in words:
        plan = CubePlan("street", (), (CRIMES,), (Filter("crime_type", Operator.ANY_OF, (word, "other")),))
        assert as_cube(count_alike(spark, plan, records), plan) == {(): (1,)}


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock is not on UTC."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_moments_compare_with_days_as_midnights_in_utc(spark: SparkEngine, tmp_path: Path, far_away: None) -> None:
    """As the warehouse keeps them, without a zone; the machine's own zone has no part in it."""
    moments = [dt.datetime(2024, 3, 31, hour, minute) for hour, minute in ((0, 0), (0, 30), (1, 30), (23, 59))]
    table = pa.table(
        {
            "force": pa.array(["calder-vale"] * 5),
            "month": pa.array([dt.date(2024, 3, 1)] * 5, pa.date32()),
            "received": pa.array([*moments, None], pa.timestamp("us")),
            "share": pa.array([0.1, 0.3, 0.1 + 0.2, -0.0, None], pa.float64()),
        }
    )
    pq.write_table(table, tmp_path / "calls.parquet")
    records = OpenedRecords(kind="calls", load=1, files=(tmp_path / "calls.parquet",), covered=())
    day, zone = dt.date(2024, 3, 31), dt.timezone(dt.timedelta(hours=-1))
    late: Any = dt.datetime(2024, 3, 30, 23, 30, tzinfo=zone)  # half past midnight in UTC
    filters = (
        Filter("received", Operator.AT_LEAST, (day,)),
        Filter("received", Operator.AT_MOST, (day,)),
        Filter("received", Operator.ANY_OF, (day, dt.date(2024, 1, 1))),
        Filter("received", Operator.NONE_OF, (day,)),
        Filter("received", Operator.AT_MOST, (late,)),
        Filter("received", Operator.AT_MOST, (dt.datetime(2024, 3, 31, 23, 30),)),
        Filter("share", Operator.AT_LEAST, (Decimal("0.3"),)),
        Filter("share", Operator.AT_MOST, (Decimal("0"),)),
        Filter("share", Operator.ANY_OF, (Decimal("0.1"), Decimal("0.30"))),
    )
    for each in filters:
        count_alike(spark, CubePlan("calls", (), (CRIMES,), (each,)), records)


def test_a_months_file_may_have_columns_that_others_have_not(spark: SparkEngine, tmp_path: Path) -> None:
    records = make_records(tmp_path, [make_row(), make_row(month=dt.date(2024, 2, 1), outcome_linked=True)])
    first = pq.read_table(records.files[0])
    pq.write_table(first.drop_columns(["outcome_linked"]), records.files[0])
    plan = CubePlan("street", (Key("outcome-linked", "outcome_linked"),), (CRIMES,))
    assert as_cube(count_alike(spark, plan, records), plan) == {(True,): (1,), (None,): (1,)}


def test_forces_that_are_hidden_count_nowhere(spark: SparkEngine, tmp_path: Path) -> None:
    made = make_records(tmp_path, [make_row(force=force) for force in ("a", "b", "it's", "it\\'s")])
    plan = CubePlan("street", (Key("force", "force"),), (CRIMES,))
    records = dataclasses.replace(made, hidden=("b", "it's"))
    assert as_cube(count_alike(spark, plan, records), plan) == {("a",): (1,), ("it\\'s",): (1,)}


def test_a_path_is_no_pattern(spark: SparkEngine, tmp_path: Path) -> None:
    folder = tmp_path / "kind=street" / "a{b,c}[d] *?" / "month=2030-01"
    plan = CubePlan("street", (Key("month", "month"),), (CRIMES,))
    table = count_alike(spark, plan, make_records(folder, [make_row()]))
    assert as_cube(table, plan) == {(Month(2024, 1).index,): (1,)}  # the record's month, not the folder's


def test_files_are_found_under_a_base_address(spark: SparkEngine, tmp_path: Path) -> None:
    plan = CubePlan("street", (), (CRIMES,))
    there = make_records(tmp_path / "bucket" / "records", [make_row()])
    here = tmp_path / "warehouse"
    records = dataclasses.replace(there, files=tuple(here / "records" / file.name for file in there.files))
    placed = SparkEngine(spark.session, FilePlace(here, f"file://{tmp_path}/bucket/"))
    assert as_cube(placed.count(plan, records, {}), plan) == {(): (1,)}
    with pytest.raises(PlainError, match=r"cannot read the files of street in .*warehouse"):
        SparkEngine(spark.session, FilePlace(here)).count(plan, records, {})


def test_what_cannot_be_counted_is_said_in_a_sentence(
    spark: SparkEngine, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    records = make_records(tmp_path, [make_row()])
    for column, value in (("no_such", 1), ("victims", "many"), ("crime_type", 7)):
        plan = CubePlan("street", (), (CRIMES,), (Filter(column, Operator.AT_LEAST, (value,)),))
        with pytest.raises(PlainError, match=r"have not the columns that the measure counts .+: load them again"):
            spark.count(plan, records, {})
    records.files[0].write_bytes(b"PAR1 and no more")
    with pytest.raises(PlainError, match=r"cannot read the files of street in .+ \(.+\): put them there"):
        spark.count(CubePlan("street", (), (CRIMES,)), records, {})
    assert capfd.readouterr().err == ""


def test_an_overflow_is_an_error_and_never_another_number(spark: SparkEngine, tmp_path: Path) -> None:
    """Sums of exact decimals have 34 digits before the point; more is refused by both."""
    schema = pa.schema({"month": pa.date32(), "force": pa.string(), "loss": pa.decimal128(38, 0)})
    rows = [{"month": dt.date(2024, 1, 1), "force": "a", "loss": Decimal(9 * 10**37)}] * 2
    pq.write_table(pa.Table.from_pylist(rows, schema), tmp_path / "large.parquet")
    records = OpenedRecords(kind="street", load=1, files=(tmp_path / "large.parquet",), covered=())
    with pytest.raises(PlainError):
        spark.count(CubePlan("street", (), (Tally("n", Total.SUM, "loss"),)), records, {})
