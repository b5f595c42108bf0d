"""A standalone cluster of Spark on loopback: each machine of it is a group of processes that can be killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.performance.cubes.spark_for_tests import JAVA

PATIENCE = 240.0
"""Seconds after which what is waited for will not come: a bound for a hanging test, nothing is measured by it."""


def wait_until(true: Callable[[], object], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, what
        time.sleep(0.02)


@dataclass
class Machine:
    """A process of Spark's, started by its own script, and whatever it starts in turn."""

    process: subprocess.Popen[bytes]
    log: Path

    def said(self, pattern: str) -> str:
        """What it printed, once it has; an AssertionError where it ended without."""
        found: list[str] = []

        def look() -> bool:
            found[:] = re.findall(pattern, self.log.read_text(encoding="utf-8", errors="replace"))
            assert found or self.process.poll() is None, self.log.read_text(encoding="utf-8", errors="replace")
            return bool(found)

        wait_until(look, f"{self.log.name} never said {pattern}")
        return found[0]

    def signal(self, number: int) -> None:
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """It and all that it started are gone at once, as when a machine loses its power."""
        if self.process.poll() is None:
            self.signal(signal.SIGKILL)
            self.process.wait()


def start_spark(folder: Path, name: str, words: Sequence[str], memory: str = "256m") -> Machine:
    """A script of Spark's with its words, in the folder."""
    import pyspark

    home = Path(pyspark.__file__).parent
    own = {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / name),
        "SPARK_DAEMON_MEMORY": memory,
        "SPARK_DAEMON_JAVA_OPTS": JAVA,
    }
    log = folder / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(home / "bin" / words[0]), *words[1:]],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd=folder,
            env=os.environ | own,
            start_new_session=True,
        )
    return Machine(process, log)


@dataclass
class Cluster:
    url: str
    workers: list[Machine]


@contextmanager
def run_cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """A master and workers of one core each, ready; all of them gone afterwards."""
    place = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
    running: list[Machine] = []
    try:
        master = start_spark(folder, "master", ["spark-class", "org.apache.spark.deploy.master.Master", *place])
        running.append(master)
        url = master.said(r"Starting Spark master at (spark://127\.0\.0\.1:\d+)")
        room = ["--cores", "1", "--memory", "900M"]
        for number in range(workers):
            name = f"worker-{number}"
            words = ["spark-class", "org.apache.spark.deploy.worker.Worker", *place, *room]
            running.append(start_spark(folder, name, [*words, "--work-dir", str(folder / name), url]))
        for worker in running[1:]:
            worker.said("Successfully registered with master")
        yield Cluster(url, running[1:])
    finally:
        for machine in running:
            machine.kill()
