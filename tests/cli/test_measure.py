"""Does `bluelamp measure` print what was counted, and say in a sentence what it cannot?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.performance.warehouse.warehouse_samples import load, make_csv, make_zip, street_row
from typer.testing import CliRunner

from bluelamp.cli.commands import app
from bluelamp.lib.errors import PlainError
from bluelamp.performance.warehouse.manifest import Warehouse

pytestmark = pytest.mark.no_database
MONTHS = [f"2024-{number:02}" for number in range(1, 13)] + ["2025-01"]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two forces over thirteen months, three crimes each; Moorland did not publish June."""
    folder = tmp_path_factory.mktemp("loaded")
    files = {
        f"{month}/{month}-{force}-street.csv": make_csv([street_row(100 * nth + each, month) for each in range(3)])
        for nth, month in enumerate(MONTHS)
        for force in ("calder-vale", "moorland")
        if (force, month) != ("moorland", "2024-06")
    }
    load(Warehouse(folder / "warehouse"), make_zip(folder / "archive.zip", files))
    return folder


@pytest.fixture
def workspace(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is loaded, each test's own."""
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("BLUELAMP_WORKSPACE", str(tmp_path))
    return tmp_path


def run(*words: str) -> str:
    result = CliRunner().invoke(app, ["measure", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def run_json(*words: str) -> dict[str, Any]:
    return json.loads(run(*words, "--json"))


def test_json_has_the_words_of_the_wire(workspace: Path) -> None:
    wire = run_json("street-crime", "--by", "force,month,crime-type", "--from", "2024-05", "--to", "2024-06")
    assert (wire["schema"], wire["measure"], wire["engine"]) == ("bluelamp.measure/1", "street-crime", "duckdb")
    cells = {tuple(cell["keys"].values()): cell for cell in wire["cells"]}
    assert set(wire["cells"][0]["keys"]) == {"force", "month", "crime-type"}
    known = cells["calder-vale", "2024-06", "Drugs"]
    assert (known["numerator"], known["value"], known["coverage"]) == (1, 1, {"state": "complete"})
    assert known["interval"]["method"] == "exact"
    absent = cells["moorland", "2024-06", "Drugs"]
    assert (absent["numerator"], absent["value"], absent["interval"]) == (None, None, None)
    assert absent["coverage"]["absent"] == [{"force": "moorland", "month": "2024-06", "presence": "absent"}]


def test_a_year_with_an_absent_month_is_unknown_in_the_table(workspace: Path) -> None:
    said = run("street-crime", "--window", "12-months", "--from", "2024-12", "--to", "2025-01")
    lines = [line.split() for line in said.splitlines() if line.startswith(("calder-vale", "moorland"))]
    assert lines[0] == ["calder-vale", "2024-12", "36"]
    assert " ".join(lines[2]) == "moorland 2024-12 unknown: without moorland Jun 2024 (absent)"


def test_areas_come_from_the_workspaces_lookup(workspace: Path) -> None:
    areas = workspace / "definitions" / "areas"
    areas.mkdir(parents=True)
    (areas / "district.csv").write_text("code,area\nE01000000,Riverside\nE01000001,Riverside\n")
    wire = run_json("street-crime", "--by", "district", "--only", "force=calder-vale", "--to", "2024-01")
    assert {cell["keys"]["district"]: cell["value"] for cell in wire["cells"]} == {"Riverside": 2, None: 1}


def test_several_measures_are_a_line_each(workspace: Path) -> None:
    lines = run("street-crime", "street-crime-outcome-rate", "--by", "force", "--json").splitlines()
    assert [json.loads(line)["measure"] for line in lines] == ["street-crime", "street-crime-outcome-rate"]


def test_the_measures_are_listed(workspace: Path) -> None:
    said = run("--list")
    assert "stop-search-find-rate" in said
    assert "of: All searches" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say which measure"),
        (("crime",), "There is no measure crime"),
        (("street-crime", "--engine", "abacus"), "There is no engine abacus"),
        (("street-crime", "--memory", "lots"), "write it as 500MB"),
        (("street-crime", "--engine", "spark", "--spark-master", "yarn"), "write local"),
        (("street-crime", "--engine", "spark", "--spark-files", "bucket"), "write it as s3a://bucket/warehouse"),
        (("street-crime", "--engine", "spark", "--by", "no-such"), "there is no key no-such"),
        (("street-crime", "--only", "force=nowhere"), "no street records of nowhere"),
        (("street-crime", "--only", "crime-type=Buglary"), "has the crime-type “Buglary”; near it is Burglary"),
        (("street-crime", "--only", "crime-type=burglary"), "near it is Burglary"),
        (("street-crime", "--only", "crime-type=Q", "--published"), "has the crime-type “Q”; there are .*Drugs"),
        (("street-crime", "--only", "crime-type=Drugs", "--only", "crime-type=Rugs"), "near it is Drugs"),
        (("street-crime", "--from", "2030-01"), "nothing of the months"),
        (("street-crime", "--window", "12-months", "--to", "2024-05"), "less than one window"),
        (("stop-search",), "There are no records of the kind"),
    ],
)
def test_what_cannot_be_counted_is_said(workspace: Path, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(PlainError, match=said):
        CliRunner().invoke(app, ["measure", *words], catch_exceptions=False)


def test_what_is_published_withholds_small_numbers_and_says_so(workspace: Path) -> None:
    wire = run_json("street-crime", "--by", "force,month,crime-type", "--from", "2024-05", "--published")
    assert wire["published"]["table"] == ["force", "month", "crime-type"]
    known = [cell for cell in wire["cells"] if cell["coverage"]["state"] == "complete"]
    assert known
    assert all(cell["withheld"] and cell["numerator"] is None and cell["value"] is None for cell in known)
    absent = [cell for cell in wire["cells"] if cell["coverage"]["state"] != "complete"]
    assert all(not cell["withheld"] and cell["numerator"] is None for cell in absent)
    said = run("street-crime", "--from", "2024-05", "--published")
    assert "withheld" in said
    assert "Numbers from 1 to 4 are withheld" in said


def test_no_partial_count_slips_into_what_is_published(workspace: Path) -> None:
    """Moorland's absent June leaves the total unknown; what the other force counted is not told beside it."""
    wire = run_json("street-crime", "--by", "month", "--from", "2024-06", "--to", "2024-06", "--published")
    assert "counted" not in wire["cells"][0]["coverage"]
    assert wire["cells"][0]["within"] is None


def test_a_second_table_is_not_published(workspace: Path) -> None:
    with pytest.raises(PlainError, match="one table is published"):
        run("street-crime", "--by", "lsoa-code", "--published")


def test_a_published_number_has_its_margin_and_a_share_that_rounding_decides_is_not_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [street_row(each, "2024-01") for each in range(47)]
    ends = ["Suspect charged"] * 41 + ["Investigation complete; no suspect identified"] * 6
    made = [row | {"Last outcome category": end} for row, end in zip(rows, ends, strict=True)]
    data = make_zip(tmp_path / "archive.zip", {"2024-01/2024-01-calder-vale-street.csv": make_csv(made)})
    load(Warehouse(tmp_path / "warehouse"), data)
    monkeypatch.setenv("BLUELAMP_WORKSPACE", str(tmp_path))
    assert "45 ± 2" in run("street-crime", "--published")
    said = " ".join(run("street-crime-outcome-rate", "--published", "--by", "month").split())
    assert "not given:" in said
    assert "87." not in said
    assert "87.2%" in run("street-crime-outcome-rate", "--by", "month")
