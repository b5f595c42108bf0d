"""Spark as tests run it: one core, little memory, quick to start; skipped by name where there is no Java."""

from __future__ import annotations

import hashlib
from typing import Final

import pyarrow as pa
import pytest

from bluelamp.performance.cubes.cube_plan import CubePlan
from bluelamp.performance.spark.address import read_address
from bluelamp.performance.spark.java import find_java
from bluelamp.performance.spark.session import SparkSettings

JAVA: Final = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java compiles once and not again: counts of ten records are as quick as they will be (0.9 s for 4.5 s)."""
FEW: Final = {"spark.sql.shuffle.partitions": "2", "spark.driver.extraJavaOptions": JAVA}
needs_java = pytest.mark.skipif(find_java() is None, reason="Java is missing: Spark was not run")


def local_settings() -> SparkSettings:
    return SparkSettings(address=read_address("local[1]"), memory="700MB", more=FEW)


def digest(table: pa.Table, plan: CubePlan) -> str:
    """Of a cube's types and cells, whatever order they came in."""
    rows = sorted(map(repr, zip(*(column.to_pylist() for column in table.columns), strict=True)))
    assert len(plan.keys) + len(plan.tallies) == table.num_columns
    return hashlib.sha256("\n".join([str(table.schema), *rows]).encode()).hexdigest()
