"""Is the answer right where one of a cluster's two machines dies in the middle of the count?"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.performance.cubes.reference_cubes import Row, as_cube, count, make_records, make_row
from tests.performance.cubes.spark_cluster import Cluster, Machine, run_cluster, wait_until
from tests.performance.cubes.spark_for_tests import FEW, JAVA, digest, needs_java

from bluelamp.figures.months import Month
from bluelamp.performance.cubes.cube_plan import CubePlan, Filter, Key, Operator, Tally, Total
from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
from bluelamp.performance.cubes.engine_spark import FilePlace, SparkEngine
from bluelamp.performance.spark.address import read_address
from bluelamp.performance.spark.session import SparkSettings, open_session
from bluelamp.performance.warehouse.opening import OpenedRecords

pytestmark = [pytest.mark.no_database, pytest.mark.xdist_group("spark"), needs_java]
MONTHS = [Month(2015, 1).plus(later) for later in range(120)]
PLAN = CubePlan(
    "street",
    (Key("force", "force"), Key("crime-type", "crime_type"), Key("month", "month")),
    (
        Tally("crimes"),
        Tally("victims", Total.SUM, "victims"),
        Tally("linked", where=(Filter("outcome_linked", Operator.KNOWN),)),
    ),
    window=12,
)
A_FILE_A_TASK = {"spark.sql.files.maxPartitionBytes": "1m", "spark.sql.files.openCostInBytes": "1m"}


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with run_cluster(tmp_path, workers=2) as running:
        yield running


def make_decade() -> list[Row]:
    return [
        make_row(
            month=month.first,
            force=("calder-vale", "moorland")[n % 2],
            crime_type=("Burglary", "Drugs", None)[n % 3],
            victims=(month.index * 7 + n) % 5,
            outcome_linked=(True, None)[n % 2],
        )
        for month in MONTHS
        for n in range(20 + month.index % 9)
    ]


class Watched:
    """What Spark is doing, as its own status says."""

    def __init__(self, session: Any) -> None:
        self.context = session.sparkContext

    def executors(self) -> list[int]:
        """How many tasks each runs at this moment. The driver, which Spark lists with them, never runs any."""
        found = self.context._jsc.sc().statusTracker().getExecutorInfos()
        return sorted(each.numRunningTasks() for each in found)[1:]

    def reads(self) -> list[tuple[int, int]]:
        """Tasks that are done, and all there are, of stages that read the files at this moment."""
        tracker = self.context.statusTracker()
        stages = [tracker.getStageInfo(each) for each in tracker.getActiveStageIds()]
        return [
            (each.numCompletedTasks, each.numTasks) for each in stages if each and each.numTasks == len(MONTHS)
        ]


def stop_in_the_middle(engine: SparkEngine, records: OpenedRecords, watched: Watched, victim: Machine) -> Any:
    """The cube to come of a count that ran on both workers, of which the victim has stopped before the end."""
    threads = ThreadPoolExecutor(1)
    for _ in range(20):
        future = threads.submit(engine.count, PLAN, records, {})
        wait_until(
            lambda future=future: (
                future.done() or (any(done >= 10 for done, _ in watched.reads()) and watched.executors() == [1, 1])
            ),
            "the count never ran on both workers",
        )
        victim.signal(signal.SIGSTOP)
        if not future.done():
            threads.shutdown(wait=False)
            return future
        victim.signal(signal.SIGCONT)  # it was quicker than we looked
    raise AssertionError("the count was never seen in its middle")


def test_the_answer_is_right_though_a_worker_was_killed(cluster: Cluster, tmp_path: Path) -> None:
    rows = make_decade()
    records = make_records(tmp_path / "records", rows)
    assert len(records.files) == len(MONTHS)
    settings = SparkSettings(
        address=read_address(cluster.url),
        memory="512MB",
        more=FEW | A_FILE_A_TASK | {"spark.executor.extraJavaOptions": JAVA},
    )
    with open_session(settings) as session:
        engine, watched = SparkEngine(session, FilePlace(tmp_path)), Watched(session)
        wait_until(lambda: len(watched.executors()) == 2, "two workers never took part")
        victim = cluster.workers[1]
        future = stop_in_the_middle(engine, records, watched, victim)
        victim.kill()
        assert not future.done()
        found = future.result(timeout=240)
        wait_until(lambda: len(watched.executors()) == 1, "Spark never noticed that a worker was gone")
        again = engine.count(PLAN, records, {})
    assert as_cube(found, PLAN) == count(PLAN, rows, {})
    assert digest(found, PLAN) == digest(again, PLAN) == digest(DuckDbEngine().count(PLAN, records, {}), PLAN)
