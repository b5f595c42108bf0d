"""Is a report on many forces read for one from the command line, and an unknown force refused plainly?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.whole import begin, run
from tests.inspections.reading.about_reports import DEFINITIONS, FOLDER

REPORT = FOLDER / "national-2026-property.txt"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    shutil.copytree(DEFINITIONS, folder / "definitions")
    return folder


def test_extract_adds_what_is_said_of_the_force(workspace: Path) -> None:
    for said in ("CVP", "calder vale"):
        done = run(workspace, "extract", REPORT, "--about", said, "--json")
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert found["document"]["about"] == "CVP"
        assert found["counts"]["mention"] == 15
        (row,) = [fact for fact in found["facts"] if fact.get("nature") == "table_row"]
        assert row["columns"][1] | {"printed": "18,200", "value": 18200} == row["columns"][1]
        assert row["critical"] is None
        assert row["citations"][0]["page"] == 4


def test_without_about_nothing_is_said_of_one_force(workspace: Path) -> None:
    found = json.loads(run(workspace, "extract", REPORT, "--json").stdout)
    assert "mention" not in found["counts"]
    assert "about" not in found["document"]


@pytest.mark.parametrize("command", ["extract", "ingest"])
def test_a_force_that_is_not_known_is_one_sentence_with_the_nearest(workspace: Path, command: str) -> None:
    begin(workspace)
    done = run(workspace, command, REPORT, "--about", "Caldr Vale")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "did you mean Calder Vale Police (CVP)" in done.stderr
    assert "Traceback" not in done.stderr


def test_ingest_proposes_for_the_force_and_the_register_names_it(workspace: Path) -> None:
    begin(workspace)
    done = run(workspace, "ingest", "--about", "CVP", "--accept", REPORT)
    assert done.returncode == 0, done.stderr
    assert "15 mention" in done.stdout
    assert "CVP-2026-REC-01" in run(workspace, "register", "--force", "CVP").stdout
    assert run(workspace, "verify").returncode == 0
