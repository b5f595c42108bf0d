"""Runs `bluelamp` as a person would: in a process of its own, on a workspace of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

BLUELAMP = Path(sys.executable).with_name("bluelamp")
RECORD = "record.sqlite3"


def run(
    workspace: Path, *words: str | Path, database_url: str = "", columns: str = ""
) -> subprocess.CompletedProcess[str]:
    """The finished command, with what it printed."""
    return _finish(workspace, [str(BLUELAMP), *map(str, words)], database_url=database_url, columns=columns)


def begin(workspace: Path, *, database_url: str = "") -> None:
    """`bluelamp init` on tables that are there already: making them takes five seconds of a processor each time.

    That it makes them itself is tested in test_commands_of_the_record.py and test_hard_times.py.
    """
    if not database_url:
        workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(_empty_tables(), workspace / RECORD)
    done = run(workspace, "init", database_url=database_url)
    assert done.returncode == 0, done.stdout + done.stderr


def make_tables(workspace: Path, *, database_url: str = "") -> None:
    """The record's tables, and nothing in them."""
    settings = "--settings=bluelamp.config.settings"
    command = [str(BLUELAMP.with_name("django-admin")), "migrate", settings, "--verbosity=0"]
    done = _finish(workspace, command, database_url=database_url, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr


@lru_cache(maxsize=1)
def _empty_tables() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="bluelamp-tables-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make_tables(folder)
    return folder / RECORD


def _finish(
    workspace: Path, command: list[str], *, database_url: str, columns: str = "", timeout: int = 120
) -> subprocess.CompletedProcess[str]:
    env = environment(workspace)
    env |= {name: said for name, said in (("DATABASE_URL", database_url), ("COLUMNS", columns)) if said}
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=timeout, check=False)


def environment(workspace: Path) -> dict[str, str]:
    """What a command is told, and nothing else of what the tests were told."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "LANG", "XDG_RUNTIME_DIR", "OPENBLAS_NUM_THREADS")
        if name in os.environ
    }
    return {**kept, "BLUELAMP_WORKSPACE": str(workspace)}
