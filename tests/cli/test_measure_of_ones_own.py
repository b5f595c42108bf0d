"""Does the guide's path to a measure of one's own work as printed, and is a missing mapping told with its cure?"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli import whole
from tests.cli.whole import begin, environment

pytestmark = pytest.mark.no_database
GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "measures.md"
MAPPING = """
slug: calls-of-calder-vale
name: Calls
kind: calls
force: calder-vale
columns:
  call_id: {heads: [Ref], kind: identifier}
  day: {heads: [Day], kind: date, places: true}
  lsoa_code: {heads: [Area], kind: area}
  minutes: {heads: [Minutes], kind: count}
"""
MEASURE = """
slug: calls
name: Calls
kind: calls
tallies: {calls: {name: Calls}}
outputs: [{slug: number, name: Calls, numerator: calls}]
"""


def run(base: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return whole.run(base, *words, columns="1000")


def commands() -> str:
    text = GUIDE.read_text(encoding="utf-8")
    section = text.split("## A measure of your own", 1)[1].split("\n## ", 1)[0]
    return "\n".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL))


def test_the_guides_commands_run_as_printed(tmp_path: Path) -> None:
    env = environment(tmp_path / "office")
    env["PATH"] = f"{Path(sys.executable).parent}:{env['PATH']}"
    del env["BLUELAMP_WORKSPACE"]  # the guide's first command names it
    done = subprocess.run(
        ["bash", "-eu", "-c", commands()], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    # A third of 40 calls a month; a third of them for twelve months; of one area one in four is an emergency.
    assert "E01000001 2025-01 14" in lines
    assert {"E01000003 2024-12 160", "E01000003 2025-06 160"} <= set(lines)
    assert '"numerator":40,"denominator":160,"value":25.0' in done.stdout
    assert {"Hilltop 2024-12 160", "Riverside 2024-12 320"} <= set(lines)
    assert "wards.geojson: 2 areas of the level ward by “WD24NM”; records know 2 of them." in lines


def words_of(done: subprocess.CompletedProcess[str]) -> str:
    """Neither the width of a terminal nor the depth of a folder matters."""
    return " ".join((done.stdout + done.stderr).split())


def test_a_list_whose_mapping_is_not_kept_says_what_to_copy_where_and_that_cures_it(tmp_path: Path) -> None:
    base = tmp_path / "my office"
    begin(base)
    (tmp_path / "calls.yaml").write_text(MAPPING, encoding="utf-8")
    rows = "".join(f"{n},2025-04-0{n % 9 + 1},E0100000{n % 3},{n % 2}\n" for n in range(12))
    (tmp_path / "calls.csv").write_text(f"Ref,Day,Area,Minutes\n{rows}", encoding="utf-8")
    loaded = run(base, "load", "records", tmp_path / "calls.yaml", tmp_path / "calls.csv")
    assert loaded.returncode == 0
    said = loaded.stdout.split("cannot be measured yet", 1)[1]
    copy = " ".join(said.split()).split("definitions: ", 1)[1]
    assert copy.startswith("mkdir -p ")

    own = base / "definitions" / "record-measures"
    own.mkdir(parents=True)
    (own / "calls.yaml").write_text(MEASURE, encoding="utf-8")
    refused = run(base, "measure", "calls", "--by", "lsoa-code")
    assert refused.returncode == 2
    assert "it counts records of the kind calls, and no mapping says which columns those have" in words_of(refused)
    kept = shlex.quote(str(base / "definitions" / "records"))
    assert f"mkdir -p {kept} && cp MAPPING.yaml {kept}/" in words_of(refused)

    (own / "calls.yaml").unlink()
    (tmp_path / "areas.geojson").write_text('{"features": []}', encoding="utf-8")
    drawn = run(base, "load", "boundaries", tmp_path / "areas.geojson", "--level", "small-area")
    assert drawn.returncode == 2
    assert "no mapping says which of their columns holds areas" in words_of(drawn)
    assert f"cp MAPPING.yaml {kept}/" in words_of(drawn)

    (own / "calls.yaml").write_text(MEASURE, encoding="utf-8")
    assert subprocess.run(["bash", "-c", copy], check=False).returncode == 0
    counted = run(base, "measure", "calls", "--by", "lsoa-code")
    assert counted.returncode == 0, counted.stderr
    assert "E01000002 4" in words_of(counted)
    again = run(base, "load", "records", "calls-of-calder-vale", tmp_path / "calls.csv")
    assert "cannot be measured" not in again.stdout


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("only") / "ws"
    begin(base)
    for folder, text in (("records", MAPPING), ("record-measures", MEASURE)):
        (base / "definitions" / folder).mkdir(parents=True)
        (base / "definitions" / folder / "calls.yaml").write_text(text, encoding="utf-8")
    (base / "definitions" / "areas").mkdir()
    (base / "definitions" / "areas" / "ward.csv").write_text("code,area\nE01000000,A\n", encoding="utf-8")
    (base / "calls.csv").write_text("Ref,Day,Area,Minutes\n1,2025-04-01,E01000000,7\n", encoding="utf-8")
    assert run(base, "load", "records", "calls-of-calder-vale", base / "calls.csv").returncode == 0
    return base


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ("call-id=1", "the column call-id (of the kind identifier) tells single records"),
        ("call_id=none", "there are force, lsoa-code, minutes."),
        ("day=2025-04-01", "the column day (of the kind date) tells single records, places or moments apart"),
        ("month=2025-04", "months are chosen with --from and --to"),
        ("ward=A", "areas of the level ward are told apart with --by ward"),
        ("minutes=8", "No calls record that is loaded has the minutes “8”; there are 7."),
        ("minutes=some", "minutes: “some” is no whole number"),
        ("colour=red", "there is no column colour; there are force, lsoa-code, minutes."),
    ],
)
def test_what_no_key_is_made_of_is_refused_and_not_counted_as_none(office: Path, only: str, said: str) -> None:
    done = run(office, "measure", "calls", "--by", "month", "--only", only)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in words_of(done)
