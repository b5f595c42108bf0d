"""Do DuckDB and plain Python count every plan alike, to the integer, whatever the records and the plans?"""

from __future__ import annotations

import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
import sqlglot
from hypothesis import given, settings
from sqlglot import exp
from tests.performance.cubes.made_plans import LOOKUPS, plans, rows
from tests.performance.cubes.reference_cubes import Row, as_cube, count, make_records, make_row

from bluelamp.figures.months import Month
from bluelamp.performance.cubes.compiling import compile_plan
from bluelamp.performance.cubes.cube_plan import CubePlan, Filter, Key, Operator, PlanError, Tally, Total
from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
from bluelamp.performance.warehouse.connection import EngineLimits

pytestmark = pytest.mark.no_database
ENGINE = DuckDbEngine(EngineLimits(memory="300MB", threads=1))


@settings(max_examples=120, deadline=None)
@given(rows, plans())
def test_duckdb_counts_what_plain_python_counts(records: list[Row], plan: CubePlan) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = ENGINE.count(plan, make_records(Path(folder), records), LOOKUPS)
    assert as_cube(table, plan) == count(plan, records, LOOKUPS)


@settings(max_examples=100, deadline=None)
@given(plans())
def test_spark_is_given_the_same_statement(plan: CubePlan) -> None:
    """Its text is read back by Spark's grammar, asks for the same values, and leaves it no arithmetic."""
    duckdb, spark = compile_plan(plan, "duckdb"), compile_plan(plan, "spark")
    assert spark.values == duckdb.values
    for word in ("$", "::", "ILIKE", "FILTER", "UNNEST"):
        assert word not in spark.sql
    read = sqlglot.parse_one(spark.sql, read="spark")
    assert {each.this for each in read.find_all(exp.Placeholder)} == set(spark.values)
    assert not list(read.find_all(exp.Window, exp.Div, exp.Round, exp.Coalesce))
    assert read.sql(dialect="spark") == spark.sql


@settings(max_examples=60, deadline=None)
@given(plans())
def test_no_word_of_a_value_stands_in_the_statement(plan: CubePlan) -> None:
    sql = compile_plan(plan).sql
    for word in ("Burglary", "DROP", "calder-vale", "é%_"):
        assert word not in sql


@pytest.mark.parametrize("name", ['a"b', "a b", "A", "", "a;", "1a", "x" * 61])
def test_names_that_are_no_names_never_reach_a_statement(name: str) -> None:
    with pytest.raises(PlanError):
        Filter(name, Operator.KNOWN)
    with pytest.raises(PlanError):
        Key("key", name)
    with pytest.raises(PlanError):
        Tally(name)


@pytest.mark.parametrize(
    "make",
    [
        lambda: CubePlan("street", (), ()),
        lambda: CubePlan("street", (), (Tally("n"), Tally("n"))),
        lambda: CubePlan("street", (Key("force", "force"),), (Tally("n"),), window=12),
        lambda: CubePlan("street", (Key("month", "force"),), (Tally("n"),)),
        lambda: CubePlan("street", (Key("month", "month"),), (Tally("n"),), window=0),
        lambda: Tally("n", Total.SUM),
        lambda: Tally("n", Total.COUNT, "victims"),
        lambda: Filter("victims", Operator.AT_LEAST, (1, 2)),
        lambda: Filter("victims", Operator.ANY_OF),
    ],
)
def test_plans_that_say_nothing_are_refused(make: object) -> None:
    with pytest.raises(PlanError):
        make()  # type: ignore[operator]


def test_sums_beyond_sixty_four_bits_are_exact(tmp_path: Path) -> None:
    records = [make_row(victims=2**62, loss=Decimal("99999999999999.9999")) for _ in range(9)]
    plan = CubePlan("street", (), (Tally("n", Total.SUM, "victims"), Tally("m", Total.SUM, "loss")))
    found = as_cube(ENGINE.count(plan, make_records(tmp_path, records), {}), plan)
    assert found == {(): (9 * 2**62, Decimal("899999999999999.9991"))}


def test_a_window_counts_months_in_which_nothing_happened(tmp_path: Path) -> None:
    """One record in January is in the windows to January, February, ..., December, and in no other."""
    records = [make_row(month=dt.date(2024, 1, 1))]
    plan = CubePlan("street", (Key("month", "month"),), (Tally("n"),), window=12)
    found = as_cube(ENGINE.count(plan, make_records(tmp_path, records), {}), plan)
    assert found == {(Month(2024, 1).plus(later).index,): (1,) for later in range(12)}
