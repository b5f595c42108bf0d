"""Is it said in a sentence why Spark cannot be had: no PySpark, no Java or an old one, no room, no start?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.performance.cubes.spark_for_tests import needs_java

from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.engine_spark import find_reason
from bluelamp.performance.spark.address import read_address
from bluelamp.performance.spark.java import check_java, find_java
from bluelamp.performance.spark.session import SparkSettings, open_session

pytestmark = [pytest.mark.no_database, pytest.mark.xdist_group("spark")]
LOCAL = read_address("local[1]")


def refuse(settings: SparkSettings) -> str:
    with pytest.raises(PlainError) as refused, open_session(settings):
        pytest.fail("a session was opened")
    said = str(refused.value)
    assert said.endswith(".")
    assert "\n" not in said
    return said


def make_java(folder: Path, says: str) -> Path:
    java = folder / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(f"#!/bin/sh\necho '{says}' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    return folder


def test_without_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert "pip install 'bluelamp[spark]'" in refuse(SparkSettings(address=LOCAL))


def test_without_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert find_java() is None
    assert "Spark needs Java 17 or newer, and there is none" in refuse(SparkSettings(address=LOCAL))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert "there is none" in refuse(SparkSettings(address=LOCAL))


@pytest.mark.parametrize(
    ("says", "enough"),
    [
        ('openjdk version "17.0.15" 2025-04-15', True),
        ('openjdk version "21" 2023-09-19', True),
        ('java version "1.8.0_392"', False),
        ('openjdk version "11.0.2"', False),
        ("no java of ours", False),
    ],
)
def test_an_old_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, says: str, enough: bool) -> None:
    monkeypatch.setenv("JAVA_HOME", str(make_java(tmp_path, says)))
    if enough:
        check_java()
    else:
        said = refuse(SparkSettings(address=LOCAL))
        assert "Spark needs Java 17 or newer, and" in said
        assert str(tmp_path) in said


@needs_java
def test_with_too_little_memory() -> None:
    assert "does not start with less than 512MB" in refuse(SparkSettings(address=LOCAL, memory="100MB"))


@needs_java
def test_a_java_that_does_not_start_says_why() -> None:
    said = refuse(SparkSettings(address=LOCAL, memory="900000TB"))
    assert said.startswith("Spark cannot be had at local[1]: ")
    assert "heap" in said


def test_the_last_cause_is_the_reason() -> None:
    said = (
        "An error occurred while calling o1.collect.\n: org.apache.spark.SparkException: Job aborted\n"
        "\tat x.A(B:1)\nCaused by: java.io.FileNotFoundException: no such file\n\tat x.Y(Z:1)\n"
    )
    assert find_reason(said) == "no such file"
    assert find_reason("[PATH_NOT_FOUND] it is gone\nmore") == "[PATH_NOT_FOUND] it is gone"
    assert find_reason("") == "it did not say why"
