"""Are the cubes of the shipped measures over the real archives the same from Spark, by their digest?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.performance.cubes.spark_for_tests import digest, local_settings, needs_java
from tests.performance.warehouse.warehouse_samples import load

from bluelamp.figures.months import Month
from bluelamp.performance.cubes.asking import read_asked
from bluelamp.performance.cubes.cells import cells_to_wire, measure_to_wire
from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
from bluelamp.performance.cubes.engine_spark import FilePlace, SparkEngine
from bluelamp.performance.cubes.lookups import EVER, Lookup, Placed
from bluelamp.performance.cubes.measuring import make_plan, measure_records
from bluelamp.performance.cubes.opening import open_asked
from bluelamp.performance.cubes.record_measures import columns_of, load_record_measures
from bluelamp.performance.spark.session import open_session
from bluelamp.performance.warehouse.connection import EngineLimits
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.mappings import load_mappings
from bluelamp.performance.warehouse.sight import OPERATOR

pytestmark = [pytest.mark.no_database, pytest.mark.shared, pytest.mark.xdist_group("spark"), needs_java]
DUCKDB = DuckDbEngine(EngineLimits(memory="300MB", threads=1))
ASKED = {
    "street-crime": ("force,month,crime-type", "12-months"),
    "street-crime-outcome-rate": ("lsoa-code,month", "month"),
    "stop-search": ("force,month,object-of-search", "12-months"),
    "stop-search-outcome-rate": ("force,month,gender", "month"),
    "stop-search-find-rate": ("force,officer-defined-ethnicity", "month"),
}


@pytest.fixture(scope="module")
def archive(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(tmp_path_factory.mktemp("real for spark") / "warehouse")
    load(warehouse, shared / "data" / "police-uk-street-2025-east-midlands.zip")
    load(warehouse, shared / "data" / "police-uk-stop-and-search-2019-2021-east-midlands.zip")
    return warehouse


@pytest.fixture(scope="module")
def spark(archive: Warehouse) -> Iterator[SparkEngine]:
    with open_session(local_settings()) as session:
        yield SparkEngine(session, FilePlace(archive.folder))


@pytest.mark.parametrize("code", sorted(load_record_measures(load_mappings())))
def test_the_cube_of_a_shipped_measure_has_one_digest(spark: SparkEngine, archive: Warehouse, code: str) -> None:
    """As it is asked for by default, and as `bluelamp measure` says it."""
    mappings = load_mappings()
    measure, (by, window) = load_record_measures(mappings)[code], ASKED[code]
    columns = columns_of(measure.kind, mappings)
    asked = read_asked(by=by, window=window, first="", last="", only=(), columns=columns, levels=())
    records = open_asked(archive, measure, asked, viewer=OPERATOR)
    plan = make_plan(measure, asked, columns)
    by_spark, by_duckdb = (engine.count(plan, records, {}) for engine in (spark, DUCKDB))
    assert by_spark.num_rows > 10
    assert digest(by_spark, plan) == digest(by_duckdb, plan)
    said = [
        measure_records(measure, asked, records, engine=engine, columns=columns, lookups={})
        for engine in (spark, DUCKDB)
    ]
    assert [each.engine for each in said] == ["spark", "duckdb"]
    assert measure_to_wire(said[0]) == measure_to_wire(said[1]) | {"engine": "spark"}
    if len(said[0]) < 5000:
        assert list(cells_to_wire(said[0])) == list(cells_to_wire(said[1]))


def test_areas_of_a_lookup_with_dates_have_one_digest(spark: SparkEngine, archive: Warehouse) -> None:
    """Every third small area moves to another district in July; every fifth is in none."""
    mappings = load_mappings()
    measure = load_record_measures(mappings)["street-crime"]
    columns = columns_of(measure.kind, mappings)
    by_code = read_asked(by="lsoa-code", window="month", first="", last="", only=(), columns=columns, levels=())
    records = open_asked(archive, measure, by_code, viewer=OPERATOR)
    codes = DUCKDB.count(make_plan(measure, by_code, columns), records, {}).column("key_lsoa_code").to_pylist()
    placed = []
    for nth, code in enumerate(sorted(filter(None, codes))):
        if nth % 5:
            moved = [Placed(code, f"district {nth % 11}", first=Month(2025, 7))] if not nth % 3 else []
            placed += [Placed(code, f"district {nth % 7}", last=Month(2025, 6) if moved else EVER[1]), *moved]
    lookups = {"district": Lookup("district", tuple(placed))}
    asked = read_asked(
        by="district,month", window="12-months", first="", last="", only=(), columns=columns, levels=lookups
    )
    plan = make_plan(measure, asked, columns)
    by_spark, by_duckdb = (engine.count(plan, records, lookups) for engine in (spark, DUCKDB))
    assert sum(by_spark.column(plan.tallies[0].name).to_pylist()) == 12 * 473_612
    assert digest(by_spark, plan) == digest(by_duckdb, plan)
