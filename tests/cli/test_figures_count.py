"""Do lists of events become figures by `bluelamp figures count`: counted, refused cell by cell, loaded whole?"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.cli.commands import begin, run

from bluelamp.lib.definitions import SHIPPED
from bluelamp.performance.measures.definition import load_measures

EXAMPLES = SHIPPED / "examples" / "measures"
PLAN = """
slug: calder-vale
name: Calder Vale Police and Crime Plan
body: NTS-PCC
force: NTS
themes: [{code: "1", name: Safer streets}]
areas:
  - {slug: force, name: Calder Vale, level: force, population: {"2020": 1000, "2022": 2000}}
  - {slug: calder, name: Calder, level: command}
indicators:
  - code: "1A1"
    name: Calls given up
    theme: "1"
    aim: reduce
    polarity: lower-is-better
    polarity_reason: "Less is better."
    unit: percentage
    decimals: 1
    numerator: Calls
    denominator: Calls
    measure: "calls-abandoned/of-all:101"
  - code: "1A2"
    name: Searches
    theme: "1"
    aim: monitor
    polarity: neither
    polarity_reason: "Neither."
    unit: count
    numerator: Searches
    measure: "stop-search-finds/number"
  - code: "1A3"
    name: Severity
    theme: "1"
    aim: reduce
    polarity: lower-is-better
    polarity_reason: "Less is better."
    unit: rate
    per: 1
    decimals: 3
    numerator: Weighted offences
    denominator: People
    measure: "crime-severity/score"
"""
BAD = """Date,Line,Result
2023-01-16,999,Answered
soon,101,Answered
2023-01-18,103,Abandoned
2023-01-19,101,Abandoned
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("count")
    begin(made / "ws")
    plans = made / "ws" / "definitions" / "plans"
    plans.mkdir(parents=True, exist_ok=True)
    (plans / "calder-vale.yaml").write_text(PLAN, encoding="utf-8")
    (made / "bad.csv").write_text(BAD, encoding="utf-8")
    return made


def wire(folder: Path, *words: str | Path) -> Any:
    done = run(folder / "ws", "figures", *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("slug", sorted(load_measures()))
def test_every_measure_counts_its_example(folder: Path, slug: str) -> None:
    counted = wire(folder, "count", slug, EXAMPLES / load_measures()[slug].example)
    assert counted["schema"] == "bluelamp.figures-count/1"
    assert {each["output"] for each in counted["counted"]} <= {each.slug for each in load_measures()[slug].outputs}
    assert any(point.get("value") for each in counted["counted"] for point in each["points"])


def test_the_counts_are_those_of_the_rows(folder: Path) -> None:
    """Calls by line and month, and how many were given up: counted again with nothing but a Counter."""
    rows = list(csv.DictReader(io.StringIO((EXAMPLES / "calls-abandoned.csv").read_text(encoding="utf-8"))))
    all_ = Counter((row["Line"], row["Date"][:7]) for row in rows)
    gone = Counter((row["Line"], row["Date"][:7]) for row in rows if row["Result"] == "Abandoned")
    counted = wire(
        folder, "count", "calls-abandoned", EXAMPLES / "calls-abandoned.csv", "--covers-to", "2023-06-30"
    )
    found = {
        (each["group"], point["to"]): (int(point["numerator"]), int(point["denominator"]))
        for each in counted["counted"]
        if each["output"] == "of-all"
        for point in each["points"]
    }
    assert {key: (gone[key], all_[key]) for key in all_} == {key: of for key, of in found.items() if of[1]}


def test_the_table_says_what_it_counted_and_left_out(folder: Path) -> None:
    done = run(
        folder / "ws", "figures", "count", "calls-answered", EXAMPLES / "calls-answered.csv", "--months", "2"
    )
    assert done.returncode == 0, done.stderr
    assert "150 rows counted, to 29 June 2023." in done.stdout
    assert "Left out, because no time was recorded: 1 row." in done.stdout
    assert "Months before May 2023 are not shown" in done.stdout
    assert "2023-06" in done.stdout
    assert "2023-04" not in done.stdout


def test_refused_rows_are_listed_by_cell_and_the_exit_says_so(folder: Path) -> None:
    done = run(folder / "ws", "figures", "count", "calls-abandoned", folder / "bad.csv")
    assert done.returncode == 1
    assert "Refused: A3: “soon”" in done.stdout
    assert "Refused: B4: “103”" in done.stdout
    assert "2 rows counted" in done.stdout
    again = run(folder / "ws", "figures", "count", "calls-abandoned", folder / "bad.csv", "--leave-out-refused")
    assert again.returncode == 0


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("count", "nothing", "bad.csv"), "There is no measure “nothing”"),
        (("count", "backlog", "bad.csv"), "The list has no column “Opened”"),
        (("count", "calls-abandoned", "none.csv"), "There is no file"),
        (("count", "calls-abandoned", "bad.csv", "--load"), "Say with --plan"),
        (("count", "calls-abandoned", "bad.csv", "--covers-to", "May"), "is no day"),
        (("count", "calls-abandoned", "bad.csv", "--covers-to", "2019-01-01"), "stands after 2019-01-01"),
        (("count", "satisfaction", str(EXAMPLES / "satisfaction.csv"), "--plan", "calder-vale"), "is computed by"),
        (("count", "calls-abandoned", "bad.csv", "--plan", "no-plan"), "There is no plan called no-plan"),
    ],
)
def test_what_cannot_be_counted_is_one_sentence(folder: Path, words: tuple[str, ...], fault: str) -> None:
    placed = [str(folder / word) if word.endswith(".csv") and not word.startswith("/") else word for word in words]
    done = run(folder / "ws", "figures", *placed)
    assert done.returncode == 2
    assert fault in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_nothing_is_loaded_where_a_row_was_refused(folder: Path) -> None:
    words = ("figures", "count", "calls-abandoned", folder / "bad.csv", "--plan", "calder-vale")
    done = run(folder / "ws", *words, "--load", "--covers-to", "2023-01-31")
    assert done.returncode == 2
    assert "Nothing was loaded" in done.stderr


@pytest.mark.own_database
def test_whole_months_are_loaded_once_and_the_list_stays_behind(folder: Path) -> None:
    base, path = folder / "ws", EXAMPLES / "calls-abandoned.csv"
    words = ("figures", "count", "calls-abandoned", path, "--plan", "calder-vale")
    looked = run(base, *words)
    assert "Of the plan calder-vale these are figures of 1A1." in looked.stdout
    assert "Nothing was written" in looked.stdout
    done = run(base, *words, "--load", "--covers-to", "2023-06-19", "--known-on", "2023-07-01")
    assert "Loaded as vintage 1." in done.stdout, done.stderr
    assert (
        "nothing was loaded"
        in run(base, *words, "--load", "--covers-to", "2023-06-19", "--known-on", "2023-07-01").stdout
    )
    run(base, "figures", "export", "--plan", "calder-vale", "--out", folder / "star", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO((folder / "star" / "fact_figure.csv").read_text("utf-8-sig"))))
    assert len(rows) == 5, "June is covered to the 19th only"
    originals = [each for each in (base / "originals").rglob("*") if each.is_file()]
    assert path.read_bytes() not in [each.read_bytes() for each in originals]
    assert run(base, "verify").returncode == 0


@pytest.mark.own_database
def test_a_score_per_person_takes_the_plans_population(folder: Path) -> None:
    """2,000 people in the year 2022, which is the latest before the list's end in 2023."""
    counted = wire(folder, "count", "crime-severity", EXAMPLES / "crime-severity.csv", "--plan", "calder-vale")
    score = next(each for each in counted["counted"] if (each["output"], each["area"]) == ("score", "force"))
    assert {point["denominator"] for point in score["points"]} == {"2000"}
    assert "Vale" in counted["plan"]["unplaced"]


def test_the_measures_are_listed(folder: Path) -> None:
    listed = wire(folder, "measures")["measures"]
    assert [each["slug"] for each in listed] == sorted(load_measures())
    assert all(Path(each["example"]).is_file() for each in listed)
    words = run(folder / "ws", "figures", "measures").stdout
    assert "calls-answered: Calls answered within the standard" in words
    assert "Seconds to answer (may be missing)" in words
