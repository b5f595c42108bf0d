"""How is a Spark session opened and closed, so that it counts as DuckDB does and leaves nothing behind?

In one process there is one Java machine at a time, of which PySpark keeps the only handle in its classes; what is
set there is taken back when the session closes, so that the next one gets the memory it asks for.
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.engine_faults import first_line
from bluelamp.performance.cubes.engine_spark import find_reason, unwarned
from bluelamp.performance.spark.address import Reach, SparkAddress, check_answers
from bluelamp.performance.spark.java import check_java

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NAME: Final = "bluelamp measure"
_MEGABYTES: Final = {"MB": 1, "GB": 1024, "TB": 1024 * 1024}
LEAST_MEMORY: Final = 512
"""Megabytes: Spark refuses to start under 450 of its own and a half more."""
_TALKATIVE: Final = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")
"""They print Java's stack for what is told in a sentence here."""
_REASON: Final = re.compile(
    r"^Error occurred during initialization of VM\n(.{1,200})|(?:Error|Exception): (.{1,200})", re.M
)


@dataclass(frozen=True, kw_only=True)
class SparkSettings:
    """`memory` is what each machine may hold: this one where the count is local, each executor on a cluster.

    `more` are settings of Spark's own by their names, which stand above ours.
    """

    address: SparkAddress
    memory: str = "1GB"
    more: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def open_session(settings: SparkSettings) -> Iterator[SparkSession]:
    """PlainError where PySpark, Java or the cluster is not there."""
    _check_installed(settings.address.reach)
    check_answers(settings.address)
    if settings.address.reach is not Reach.CONNECT:
        check_java()
    opened = _open_connect if settings.address.reach is Reach.CONNECT else _open_classic
    with opened(settings) as session:
        yield session


def _check_installed(reach: Reach) -> None:
    try:
        with unwarned():
            import pyspark.logger
            import pyspark.sql

            if reach is Reach.CONNECT:
                import pyspark.sql.connect.session
    except ImportError as error:  # PySpark's own, of what Connect needs, is one too
        raise PlainError("--engine spark needs PySpark: install it with pip install 'bluelamp[spark]'.") from error
    for name in _TALKATIVE:
        pyspark.logger.PySparkLogger.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def _open_connect(settings: SparkSettings) -> Iterator[SparkSession]:
    from pyspark.errors import PySparkException
    from pyspark.sql.connect.session import SparkSession as ConnectSession

    try:
        with unwarned():
            session: Any = ConnectSession.builder.remote(settings.address.url).create()
        for name, value in settings.more.items():
            session.conf.set(name, value)
    except (PySparkException, OSError) as error:
        raise _refused(settings, str(error)) from error
    try:
        yield session
    finally:
        session.stop()


@contextmanager
def _open_classic(settings: SparkSettings) -> Iterator[SparkSession]:
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    if SparkContext._active_spark_context is not None:
        raise PlainError("Spark is counting in this process already: wait until it has ended.")
    with tempfile.TemporaryDirectory(prefix="bluelamp-spark-", ignore_cleanup_errors=True) as folder:
        conf = SparkConf(loadDefaults=False).setAll(list(_configure(settings, Path(folder)).items()))
        with _java(conf, Path(folder) / "spark.log", settings) as gateway:
            try:
                with unwarned():
                    session = SparkSession(SparkContext(conf=conf, gateway=gateway))
            except (PySparkException, Py4JError) as error:
                raise _refused(settings, find_reason(str(error))) from error
            try:
                yield session
            finally:
                session.stop()


@contextmanager
def _java(conf: Any, log: Path, settings: SparkSettings) -> Iterator[Any]:
    """Spark's Java process, which says what it has to say to a file; it ends here, however the count ends."""
    from pyspark import SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway

    with log.open("wb") as said:
        try:
            gateway: Any = launch_gateway(conf, {"stdout": said, "stderr": said})
        except (PySparkRuntimeError, OSError) as error:
            _let_go(error)
            found = _REASON.search(log.read_text(encoding="utf-8", errors="replace"))
            raise _refused(settings, (found[1] or found[2]) if found else str(error)) from error
    process = gateway.proc
    try:
        yield gateway
    finally:
        gateway.shutdown()
        SparkContext._gateway = SparkContext._jvm = None
        process.stdin.close()  # Spark's Java ends when this does
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _let_go(error: Exception) -> None:
    """PySpark gives no hold of a Java that did not start: its end of the pipe is looked up where it was made."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        process = frame.f_locals.get("proc")
        if isinstance(process, subprocess.Popen):
            process.communicate()


def _configure(settings: SparkSettings, folder: Path) -> dict[str, str]:
    """What must be known before Java starts. Rules of counting are set by the engine, on any session."""
    address = settings.address
    memory = f"{_megabytes(settings.memory)}m"
    found = {
        "spark.app.name": NAME,
        "spark.master": address.url,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": (folder / "tables").as_uri(),
        "spark.sql.catalogImplementation": "in-memory",
        "spark.driver.maxResultSize": "0",  # a cube may be large, and the driver's memory bounds it anyway
    }
    if address.on_loopback:
        found |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    if address.reach is Reach.LOCAL:
        cores = os.cpu_count() or 1
        found |= {"spark.driver.memory": memory, "spark.sql.shuffle.partitions": str(max(2 * cores, 4))}
    else:
        found["spark.executor.memory"] = memory
    return found | dict(settings.more)


def _megabytes(memory: str) -> int:
    number, unit = memory[:-2].strip(), memory[-2:]
    size = int(number) * _MEGABYTES[unit]
    if size < LEAST_MEMORY:
        raise PlainError(f"--memory {memory}: Spark does not start with less than {LEAST_MEMORY}MB.")
    return size


def _refused(settings: SparkSettings, why: str) -> PlainError:
    return PlainError(f"Spark cannot be had at {settings.address.shown}: {first_line(why).rstrip('.')}.")
