"""Does `bluelamp figures from-records` count, keep, say what it would do, and name what cannot be?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.whole import begin, run
from tests.performance.records.records_samples import FORCE, load_records, make_definitions

from bluelamp.performance.warehouse.manifest import Warehouse

pytestmark = pytest.mark.no_database
PLAN = """
slug: counted
name: A plan
body: ""
force: CVP
themes: [{code: "1", name: One}]
areas: [{slug: force, name: Calder Vale, level: force}]
indicators:
  - {code: A, name: Crime, theme: "1", aim: monitor, polarity: neither, unit: count, records: street-crime}
  - {code: Z, name: Other, theme: "1", aim: monitor, polarity: neither, unit: count}
"""


def test_records_become_figures_by_command(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    begin(workspace)
    definitions = make_definitions(workspace / "definitions")
    for folder, name, text in (
        ("plans", "counted.yaml", PLAN),
        ("bodies", "cvp.yaml", "bodies:\n  - {code: CVP, name: Calder Vale Police, kind: force}\n"),
    ):
        (definitions / folder).mkdir()
        (definitions / folder / name).write_text(text, encoding="utf-8")
    asked = ("figures", "from-records", "--plan", "counted")
    nothing = run(workspace, *asked)
    assert (nothing.returncode, "none are loaded" in nothing.stderr) == (2, True), nothing.stderr
    rows = [(month, FORCE, "Burglary", "", "E0") for month in ("2025-01", "2025-03")]
    load_records(Warehouse(workspace / "warehouse"), tmp_path, rows, [("2025-02", "wye")])
    looked = run(workspace, *asked, "--dry-run")
    assert looked.returncode == 0, looked.stderr
    assert "3 figures: 3 new.\nNothing was written: leave --dry-run out to keep it." in looked.stdout
    kept = run(workspace, *asked, "--json")
    wire = json.loads(kept.stdout)
    assert (wire["vintage"], wire["counts"]["new"]) == (1, 3)
    assert [
        (each["now"]["to"], each["now"].get("value", each["now"].get("unknown"))) for each in wire["figures"]
    ] == [
        ("2025-01", "1"),
        ("2025-02", "not-published"),
        ("2025-03", "1"),
    ]
    assert "There is nothing new in it, so nothing was written." in run(workspace, *asked).stdout
    for more, words in (
        (("--code", "Z"), "does not say how it is counted"),
        (("--from", "2025-03", "--to", "2025-01"), "is after --to"),
        (("--marking", "SECRET"), "There is no marking"),
    ):
        wrong = run(workspace, *asked, *more)
        assert wrong.returncode == 2, wrong.stdout
        assert words in wrong.stderr
        assert "Traceback" not in wrong.stderr
