"""Does a workspace live through being made, filled, verified, tampered with, backed up and brought back?"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from tests.cli.whole import BLUELAMP, run

from bluelamp.lib.definitions import SHIPPED

EXAMPLES = SHIPPED / "examples"
REPORT = EXAMPLES / "calder-vale-peel-2024.pdf"


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """A database of its own on the server that the tests run on; "" for SQLite."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield ""
        return
    import psycopg

    base = settings.WORKSPACE.database_url
    name = f"life_{tmp_path.name.replace('-', '_')}"[:60].lower()
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield base.replace("/postgres?", f"/{name}?")
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def make(workspace: Path, database_url: str = "") -> None:
    """A workspace with the example force's report in its register."""
    bodies = workspace / "definitions" / "bodies"
    bodies.mkdir(parents=True)
    (bodies / "example.yaml").write_text((EXAMPLES / "bodies" / "calder-vale.yaml").read_text())
    done = run(workspace, "ingest", "--accept", REPORT, database_url=database_url)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that `make` made on SQLite, and its archive; each test copies what it changes."""
    folder = tmp_path_factory.mktemp("made")
    make(folder / "one")
    assert run(folder / "one", "backup", folder / "kept.tar.gz").returncode == 0
    return folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "one", tmp_path / "one"))


def test_a_workspace_is_filled_verified_backed_up_and_brought_back(tmp_path: Path, database_url: str) -> None:
    make(tmp_path / "one", database_url)
    assert run(tmp_path / "one", "verify", database_url=database_url).returncode == 0
    before = json.loads(run(tmp_path / "one", "register", "--json", database_url=database_url).stdout)
    archive = tmp_path / "kept.tar.gz"
    assert run(tmp_path / "one", "backup", archive, database_url=database_url).returncode == 0
    assert archive.stat().st_mode & 0o077 == 0, "the archive holds keys: only its owner may read it"
    back = run(tmp_path / "two", "restore", archive)  # always onto SQLite: an office may move
    assert back.returncode == 0, back.stdout + back.stderr
    assert json.loads(run(tmp_path / "two", "register", "--json").stdout) == before
    assert json.loads(run(tmp_path / "two", "verify", "--json").stdout)["sound"]
    assert run(tmp_path / "two", "search", "missing children").returncode == 0


def test_a_second_ingest_of_the_same_bytes_changes_nothing(tmp_path: Path, database_url: str) -> None:
    make(tmp_path, database_url)
    before = json.loads(run(tmp_path, "verify", "--json", database_url=database_url).stdout)
    again = run(tmp_path, "ingest", "--accept", REPORT, database_url=database_url)
    assert again.returncode == 0
    assert "Already held; nothing changed" in again.stdout
    assert json.loads(run(tmp_path, "verify", "--json", database_url=database_url).stdout) == before


def test_a_restored_archive_that_was_damaged_is_refused(made: Path, tmp_path: Path) -> None:
    archive = tmp_path / "kept.tar.gz"
    archive.write_bytes((made / "kept.tar.gz").read_bytes()[:-2000])
    back = run(tmp_path / "two", "restore", archive)
    assert back.returncode == 2
    assert "Traceback" not in back.stderr
    assert not (tmp_path / "two" / "bluelamp.toml").exists()


def test_a_workspace_is_never_restored_over_another(made: Path, workspace: Path) -> None:
    back = run(workspace, "restore", made / "kept.tar.gz")
    assert back.returncode == 2
    assert "not empty" in back.stderr


def test_tampering_in_the_file_is_found(workspace: Path) -> None:
    with sqlite3.connect(workspace / "record.sqlite3") as connection:
        connection.execute("UPDATE register_item SET title = 'All is well' WHERE kind = 'cause_of_concern'")
    found = run(workspace, "verify")
    assert found.returncode == 1
    assert "is not as its last event wrote it" in found.stdout


def test_a_kill_while_taking_in_leaves_all_or_nothing(workspace: Path, tmp_path: Path) -> None:
    other = tmp_path / "report.txt"
    other.write_text((EXAMPLES / "calder-vale-hmic-2007.txt").read_text())
    environment = {**os.environ, "BLUELAMP_WORKSPACE": str(workspace)}
    for wait in (0.5, 0.7, 0.9, 1.1, 1.3):
        started = subprocess.Popen(
            [BLUELAMP, "ingest", "--accept", other],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        time.sleep(wait)
        started.send_signal(signal.SIGKILL)
        started.communicate()
        found = json.loads(run(workspace, "verify", "--json").stdout)
        assert found["problems"] == []
    assert run(workspace, "ingest", "--accept", other).returncode == 0
    assert json.loads(run(workspace, "verify", "--json").stdout)["sound"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ingest", "no-such-file.pdf"), "no-such-file.pdf"),
        (("extract", "no-such-file.pdf"), "no-such-file.pdf"),
        (("text", "."), "folder"),
        (("verify",), "There is no workspace"),
        (("backup", "x.tar.gz"), "There is no workspace"),
        (("restore", "no-such.tar.gz"), "no-such.tar.gz"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_2(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    done = run(tmp_path / "none", *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
