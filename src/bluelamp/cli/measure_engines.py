"""What counts the records: DuckDB in this process, or Spark, here or elsewhere? Opened for one command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.performance.cubes.engine_spark import SparkEngine
    from bluelamp.performance.cubes.measuring import Engine
    from bluelamp.performance.warehouse.manifest import Warehouse

ENGINE = Annotated[str, typer.Option("--engine", help="What counts: duckdb, or spark.")]
MEMORY = Annotated[
    str, typer.Option("--memory", help="What the engine may hold, as 1GB; it spills to disk beyond.")
]
SPARK_MASTER = Annotated[
    str,
    typer.Option(
        "--spark-master",
        metavar="ADDRESS",
        envvar="BLUELAMP_SPARK_MASTER",
        help="Where Spark is: local[4], spark://HOST:PORT or sc://HOST:PORT; or by BLUELAMP_SPARK_MASTER.",
    ),
]
SPARK_FILES = Annotated[
    str,
    typer.Option(
        "--spark-files",
        metavar="URI",
        envvar="BLUELAMP_SPARK_FILES",
        help="Where Spark finds the warehouse's files, as s3a://bucket/warehouse; or by BLUELAMP_SPARK_FILES.",
    ),
]
_URI = re.compile(r"[a-z][a-z0-9+.-]{0,20}:/.{1,1000}")


@dataclass(frozen=True, kw_only=True)
class EngineAsked:
    """The options as they were written; `master` and `files` say nothing to DuckDB."""

    name: str
    memory: str
    master: str
    files: str

    def __post_init__(self) -> None:
        if self.name not in ("duckdb", "spark"):
            raise PlainError(f"There is no engine {self.name[:40]}: there are duckdb and spark.")
        if not re.fullmatch(r"[1-9][0-9]{0,5} ?[MGT]B", self.memory):
            raise PlainError(f"--memory {self.memory[:40]}: write it as 500MB or 4GB.")
        if self.files and not _URI.fullmatch(self.files):
            raise PlainError(f"--spark-files {self.files[:60]}: write it as s3a://bucket/warehouse.")

    @property
    def reads_elsewhere(self) -> bool:
        """The records need not be in the warehouse's folder."""
        return self.name == "spark" and bool(self.files)


@contextmanager
def open_engine(asked: EngineAsked, warehouse: Warehouse) -> Iterator[Engine]:
    """PlainError where it cannot be had."""
    if asked.name == "duckdb":
        from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
        from bluelamp.performance.warehouse.connection import EngineLimits

        yield DuckDbEngine(EngineLimits(memory=asked.memory))
    else:
        with _open_spark(asked, warehouse) as engine:
            yield engine


@contextmanager
def _open_spark(asked: EngineAsked, warehouse: Warehouse) -> Iterator[SparkEngine]:
    from contextlib import ExitStack

    from bluelamp.cli.screen import make_progress
    from bluelamp.performance.cubes.engine_spark import FilePlace, SparkEngine
    from bluelamp.performance.spark.address import read_address
    from bluelamp.performance.spark.session import SparkSettings, open_session

    settings = SparkSettings(address=read_address(asked.master), memory=asked.memory)
    with ExitStack() as until_counted:
        with make_progress() as progress:
            progress.add_task(f"Reaching Spark at {settings.address.shown}", total=None)
            session = until_counted.enter_context(open_session(settings))
        yield SparkEngine(session, FilePlace(warehouse.folder, asked.files), asked.memory)
