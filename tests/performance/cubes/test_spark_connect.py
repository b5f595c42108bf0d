"""Does `bluelamp measure` say the same through Spark Connect, which knows nothing of this machine's Java?"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.performance.cubes.made_plans import LOOKUPS
from tests.performance.cubes.reference_cubes import as_cube, count, make_records, make_row
from tests.performance.cubes.spark_cluster import Machine, start_spark, wait_until
from tests.performance.cubes.spark_for_tests import FEW, digest, needs_java
from tests.performance.warehouse.warehouse_samples import load, make_zip, street_files
from typer.testing import CliRunner

from bluelamp.cli.commands import app
from bluelamp.performance.cubes.cube_plan import CubePlan, Filter, Key, Operator, Tally, Total
from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
from bluelamp.performance.cubes.engine_spark import FilePlace, SparkEngine
from bluelamp.performance.spark.address import check_answers, read_address
from bluelamp.performance.spark.session import SparkSettings, open_session
from bluelamp.performance.warehouse.manifest import Warehouse

pytestmark = [pytest.mark.no_database, pytest.mark.xdist_group("spark"), needs_java]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("connect")
    port = find_free_port()
    settings = FEW | {"spark.ui.enabled": "false", "spark.connect.grpc.binding.port": str(port)}
    settings |= {"spark.connect.grpc.binding.address": "127.0.0.1", "spark.sql.ansi.enabled": "false"}
    conf = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    server = start_spark(
        folder,
        "connect",
        [
            *("spark-submit", "--master", "local[1]", *conf),
            *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"),
        ],
        memory="700m",
    )
    try:
        wait_until(lambda: answers(server, port), "the server never answered")
        yield f"sc://127.0.0.1:{port}"
    finally:
        server.kill()


def find_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answers(server: Machine, port: int) -> bool:
    assert server.process.poll() is None, server.log.read_text(encoding="utf-8", errors="replace")
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def test_a_plan_with_areas_is_counted_alike(address: str, tmp_path: Path) -> None:
    """Whatever the server is set to: sums of 64 bits and blanks are as everywhere."""
    rows = [make_row(lsoa_code=("E1", "E2", None)[n % 3], victims=2**62, force="ab"[n % 2]) for n in range(12)]
    records = make_records(tmp_path, rows)
    plan = CubePlan(
        "street",
        (Key("district", "lsoa_code", lookup="district"), Key("month", "month")),
        (Tally("victims", Total.SUM, "victims"), Tally("crimes")),
        (Filter("force", Operator.ANY_OF, ("a", "b", "c")),),
        window=3,
    )
    check_answers(read_address(address))
    with open_session(SparkSettings(address=read_address(address))) as session:
        found = SparkEngine(session, FilePlace(tmp_path)).count(plan, records, LOOKUPS)
    assert digest(found, plan) == digest(DuckDbEngine().count(plan, records, LOOKUPS), plan)
    assert as_cube(found, plan) == count(plan, rows, LOOKUPS)


def test_the_command_says_what_duckdb_says(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = street_files(["2025-01", "2025-02"], ["calder-vale", "moorland"])
    load(Warehouse(tmp_path / "warehouse"), make_zip(tmp_path / "archive.zip", files))
    monkeypatch.setenv("BLUELAMP_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("BLUELAMP_SPARK_MASTER", address)
    there = (tmp_path / "warehouse" / "records").rename(tmp_path / "records")
    by_spark = measure("--engine", "spark", "--spark-files", tmp_path.as_uri())
    there.rename(tmp_path / "warehouse" / "records")
    by_duckdb = measure("--engine", "duckdb")
    assert by_spark == by_duckdb | {"engine": "spark"}
    assert by_spark["cells"]


def measure(*words: str) -> dict[str, Any]:
    asked = ["measure", "street-crime", "--by", "force,month,crime-type", "--json", *words]
    result = CliRunner().invoke(app, asked, catch_exceptions=False)
    assert result.exit_code == 0
    return dict(json.loads(result.stdout))
