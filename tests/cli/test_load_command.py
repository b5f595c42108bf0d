"""Does `bluelamp load` say what it did, and say plainly what it cannot?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.whole import begin, run
from tests.performance.measure_samples import small_areas
from tests.performance.warehouse.warehouse_samples import load, make_zip, street_files

from bluelamp.performance.warehouse.manifest import Warehouse

pytestmark = pytest.mark.no_database
MAPPING = """
slug: calls
name: Calls
kind: calls
force: calder-vale
columns:
  call_id: {heads: [Ref], kind: identifier}
  day: {heads: [Day], kind: date, places: true}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("load")
    begin(made / "ws")
    return made


def test_archives_and_lists_come_in_and_what_is_there_is_shown(folder: Path) -> None:
    base = folder / "ws"
    assert "begin with bluelamp load police-uk" in run(base, "load", "coverage").stdout
    files = street_files(["2025-01", "2025-02"], ["calder-vale", "esk"])
    del files["2025-02/2025-02-esk-street.csv"]
    archive = make_zip(folder / "a.zip", files)
    first = run(base, "load", "police-uk", archive)
    assert first.returncode == 0, first.stderr
    assert first.stderr == ""
    assert "a.zip: 19 records in 3 months of a force (3 new). Known on 2025-02-28; load 1." in first.stdout
    again = json.loads(run(base, "load", "police-uk", archive, "--json").stdout)
    assert again["schema"] == "bluelamp.load/1"
    assert [(each["changed"], each["verdicts"]) for each in again["loads"]] == [(False, {"same": 3})]

    (folder / "calls.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "calls.csv").write_text("Ref,Day\n1,2025-04-01\n1,2025-04-02\n", encoding="utf-8")
    words = ("load", "records", folder / "calls.yaml", folder / "calls.csv", "--covers", "2025-03:2025-04")
    done = json.loads(run(base, *words, "--known-on", "2025-05-01", "--json").stdout)["loads"][0]
    assert (done["load"], done["rows"], done["known_on"]) == (2, 2, "2025-05-01")
    assert [(each["seen"], each["rows"]) for each in done["quality"]] == [("duplicated", 1)]

    shown = run(base, "load", "coverage", "--json")
    found = {(row["kind"], row["force"], row["month"]): row for row in json.loads(shown.stdout)["coverage"]}
    assert found["street", "esk", "2025-02"]["coverage"] == "absent"
    assert found["street", "esk", "2025-02"]["rows"] is None
    assert found["calls", "calder-vale", "2025-03"]["rows"] == 0
    table = run(base, "load", "coverage", "--kind", "street").stdout
    assert "absent" in table
    assert "not known" in table
    assert "calls" not in table
    quality = json.loads(run(base, "load", "quality", "1", "--json").stdout)
    assert {row["month"] for row in quality["found"]} == {"2025-01", "2025-02"}
    assert run(base, "load", "list").stdout.count("police-uk") == 1
    assert run(base, "verify").returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("police-uk", "none.zip"), "There is no archive or folder none.zip"),
        (("police-uk", "."), "holds no file named as the public archive names them"),
        (("police-uk", "x", "--known-on", "soon"), "is no day"),
        (("police-uk", "x", "--known-on", "2999-01-01"), "Nobody knows records on 2999-01-01 yet"),
        (("police-uk", "x", "--memory", "lots"), "is no amount of memory"),
        (("police-uk", "x", "--boundaries", "none.json"), "There is no file none.json of boundaries"),
        (("records", "none.yaml", "x"), "There is no mapping in none.yaml"),
        (("records", "street", "x.csv"), "There is no file x.csv"),
        (("records", "street", __file__, "--covers", "2025"), "are no months"),
        (("records", "street", __file__, "--marking", "SECRET"), "There is no marking"),
        (("records", "street", __file__, "--organisation", "QQQ"), "There is no organisation QQQ"),
        (("coverage", "--kind", "moon"), "There are no records of the kind “moon”"),
        (("quality", "99"), "There is no load 99"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(folder: Path, words: tuple[str, ...], said: str) -> None:
    done = run(folder / "ws", "load", *words)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_command_stopped_before_it_told_the_record_is_caught_up_with(tmp_path: Path) -> None:
    base = tmp_path / "ws"
    begin(base)
    load(Warehouse(base / "warehouse"), make_zip(tmp_path / "a.zip", street_files(["2025-01"], ["esk"])))
    waiting, before = run(base, "verify").stdout.splitlines()[:2]
    assert "not in the record yet" in waiting
    again = run(base, "load", "police-uk", tmp_path / "a.zip")
    assert "there is nothing new in it" in again.stdout
    assert int(run(base, "verify").stdout.split()[0]) == int(before.split()[0]) + 1


def test_boundaries_come_in_matched_with_the_records_or_are_refused_in_a_sentence(tmp_path: Path) -> None:
    base = tmp_path / "ws"
    begin(base)
    drawn = tmp_path / "areas.geojson"
    drawn.write_bytes(small_areas())
    none = run(base, "load", "boundaries", drawn, "--level", "force")
    assert (none.returncode, none.stdout) == (2, "")
    assert "load records first" in none.stderr
    archive = make_zip(tmp_path / "a.zip", street_files(["2025-01"], ["calder-vale"], rows=9))
    assert run(base, "load", "police-uk", archive).returncode == 0
    first = run(base, "load", "boundaries", drawn, "--level", "small-area")
    assert first.returncode == 0, first.stderr
    said = " ".join(first.stdout.split())
    assert "11 areas of the level lsoa-code by “LSOA21CD”, named by “LSOA21NM”; records know 9 of them." in said
    assert "Known to no record: E01000999, E01999999." in said
    again = json.loads(run(base, "load", "boundaries", drawn, "--level", "lsoa-code", "--json").stdout)
    assert (again["schema"], again["changed"], again["matched"]) == ("bluelamp.boundaries/1", False, 9)
    for words, sentence in (
        ((drawn, "--level", "ward"), "there are force, lsoa-code"),
        ((drawn, "--level", "force"), "its properties are LSOA21CD, LSOA21NM"),
        ((tmp_path / "none.geojson", "--level", "force"), "There is no file none.geojson"),
        ((archive, "--level", "force"), "is no GeoJSON collection"),
    ):
        refused = run(base, "load", "boundaries", *words)
        assert refused.returncode == 2
        assert sentence in " ".join(refused.stderr.split())
        assert "Traceback" not in refused.stderr
