"""Runs `bluelamp` on the database that the tests run on: on PostgreSQL each workspace has one of its own there."""

from __future__ import annotations

import hashlib
import os
import subprocess
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from tests.cli import whole

POSTGRESQL = os.environ.get("BLUELAMP_TEST_DATABASE") == "postgresql"


def run(workspace: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return whole.run(workspace, *words, database_url=_database_of(workspace), columns="200")


def begin(workspace: Path) -> None:
    """As whole.begin: `bluelamp init` on tables that are there already."""
    whole.begin(workspace, database_url=_database_of(workspace, template=_empty_tables() if POSTGRESQL else ""))


def _database_of(workspace: Path, template: str = "") -> str:
    """Made when first asked for; "" for the SQLite file in the workspace."""
    if not POSTGRESQL:
        return ""
    import psycopg

    server = os.environ["DATABASE_URL"]
    name = "cli_" + hashlib.sha256(str(workspace).encode()).hexdigest()[:12]
    with psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    return urlsplit(server)._replace(path=f"/{name}").geturl()


@lru_cache(maxsize=1)
def _empty_tables() -> str:
    """The name of a database that has the record's tables, and nothing in them."""
    folder = Path(os.environ["BLUELAMP_WORKSPACE"]) / "tables"
    whole.make_tables(folder, database_url=(url := _database_of(folder)))
    return urlsplit(url).path.strip("/")
