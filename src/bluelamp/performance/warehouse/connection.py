"""How is DuckDB opened, so that it reads the files it was given and nothing else, in the memory it was given?"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class EngineLimits:
    """What a connection may use. DuckDB spills to disk beyond `memory`; Python itself comes on top."""

    memory: str = "1GB"
    threads: int = 0  # 0 for all the machine has


DEFAULT: Final = EngineLimits()
_MEMORY: Final = re.compile(r"[1-9][0-9]{0,5}(MB|GB)")


def check_memory(said: str) -> None:
    """PlainError unless it is such as 512MB or 2GB."""
    if not _MEMORY.fullmatch(said):
        raise PlainError(f"“{said}” is no amount of memory: write it as 512MB or 2GB.")


@contextmanager
def open_for_loading(limits: EngineLimits, spill: Path) -> Iterator[DuckDBPyConnection]:
    """A connection that may write files. It fetches no extension and reads what SQL names; the SQL is ours."""
    spill.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _connect(limits, spill) as connection:
        connection.execute("SET lock_configuration = true")
        yield connection


@contextmanager
def open_for_reading(files: Sequence[Path], limits: EngineLimits = DEFAULT) -> Iterator[DuckDBPyConnection]:
    """A connection in memory that can read these files and no other, and write none but its own spilling.

    External access is off and the configuration locked, so a definition that somebody wrote cannot reach further.
    """
    with (
        tempfile.TemporaryDirectory(prefix="bluelamp-spill-") as spill,
        _connect(limits, Path(spill)) as connection,
    ):
        allowed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
        connection.execute(f"SET allowed_paths = [{allowed}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


@contextmanager
def _connect(limits: EngineLimits, spill: Path) -> Iterator[DuckDBPyConnection]:
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": limits.memory,
        "temp_directory": str(spill),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if limits.threads:
        settings["threads"] = limits.threads
    connection = duckdb.connect(":memory:", config=settings)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()
