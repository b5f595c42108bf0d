"""Does `bluelamp spc` chart anybody's series, and say in a sentence what it cannot chart?"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli.whole import run

pytestmark = pytest.mark.no_database

MONTHS = [f"{2016 + at // 12}-{at % 12 + 1:02}" for at in range(60)]
FIELDS = {
    *("rebase_group", "mean", "lpl", "upl", "outside_limits", "relative_to_mean", "close_to_limits"),
    *("special_cause_type", "point_type", "short_group_warning", "variation_icon", "assurance"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write_csv(folder: Path, values: list[object], head: str = "Month,Offences") -> Path:
    path = folder / "theft.csv"
    lines = [f"{month},{value}" for month, value in zip(MONTHS, values, strict=False)]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def write_cases(folder: Path, *inputs: object) -> Path:
    path = folder / "cases.json"
    cases = [{"id": f"case {nth}", "input": each} for nth, each in enumerate(inputs, 1)]
    path.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    return path


def results(folder: Path, path: Path, *options: str) -> list[dict[str, Any]]:
    done = run(folder, "spc", path, "--json", *options)
    assert done.returncode == 0, done.stderr
    wire = json.loads(done.stdout)
    assert wire["schema"] == "bluelamp.spc/1"
    return [case["result"] for case in wire["cases"]]


def given(values: object, **more: object) -> dict[str, object]:
    count = len(values) if isinstance(values, list) else 0
    return {"values": values, "dates": [f"{month}-01" for month in MONTHS[:count]], **more}


@pytest.mark.shared
@pytest.mark.parametrize("name", ["spc_cases", "spc_fuzz"])
def test_the_cases_of_the_reference_come_back(folder: Path, shared: Path, name: str) -> None:
    path = shared / "conformance" / f"{name}.json"
    cases = json.loads(path.read_bytes())["cases"]
    found = results(folder, path)
    assert len(found) == len(cases)
    for case, result in zip(cases, found, strict=True):
        if "expected" in case and case["id"] != "own_constant_series":
            assert result.keys() == case["expected"].keys()
            assert result["special_cause_type"] == case["expected"]["special_cause_type"]
            assert result["variation_icon"] == case["expected"]["variation_icon"]
        elif name == "spc_fuzz":
            assert list(result) == ["error"]
            assert result["error"].endswith(": give 12 or more.")


def test_a_table_and_a_sentence(folder: Path) -> None:
    done = run(folder, "spc", write_csv(folder, [10, 12] * 8 + [40]), "--improvement", "decrease")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "unusual and worse: above the upper limit" in done.stdout
    assert done.stdout.rstrip().endswith("Unusual and worse: higher; it is above the upper limit.")


def test_options_are_the_defaults_where_a_case_is_silent(folder: Path) -> None:
    values = [10, 12] * 8 + [40]
    path = write_cases(
        folder,
        given(values),
        given(values, improvement_direction="increase", target=None, rules="mdc_2024"),
        given(values, target=100),
    )
    silent, own, third = results(folder, path, "--improvement", "decrease", "--target", "0", "--fix-after", "12")
    assert (silent["variation_icon"], silent["assurance"]) == ("concern_high", "consistent_fail")
    assert (own["variation_icon"], own["assurance"]) == ("improvement_high", "consistent_pass")
    assert third["assurance"] == "consistent_pass"
    assert results(folder, path)[0]["variation_icon"] == "neutral_high"


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (given([1, 2], fix_after_n_points=11), "12 or more"),
        (given([1, 2], fix_after_n_points=12.5), "whole number"),
        (given([1, 2], fix_after_n_points="12"), "whole number"),
        (given([1, 2], improvement_direction="up"), "increase, decrease, neutral"),
        (given([1, 2], rebase="soon"), "write a date"),
        (given([1, 2], rebase=[7]), "write a date"),
        (given([1, 2], target="high"), "give a number"),
        (given([1, 2], target=True), "give a number"),
        (given([1, 2], screen_outliers="yes"), "true or false"),
        (given([1, 2], rules="mdc_1999"), "mdc_2021 or mdc_2024"),
        (given([1, "x"]), "Value 2 is “x”"),
        (given([1, True]), "Value 2 is “True”"),
        (given([1, [2]]), "Value 2 is “list”"),
        (given([1, 10**400]), "too large"),
        (given([1, 1e200]), "not a number that can be charted"),
        (given([None, None]), "no value"),
        (given([]), "no value"),
        ({"values": [1, 2], "dates": ["2021-01-01"]}, "2 values for 1 dates"),
        ({"values": [1, 2], "dates": ["2021-01-01", "2021-01-01"]}, "stands twice"),
        ({"values": [1, 2], "dates": ["2021-01-01", "2021-02-30"]}, "Date 2 is “2021-02-30”"),
        ({"values": [1, 2]}, "no “dates”"),
        ({}, "no “values”"),
        (None, "no “input”"),
        ([1, 2], "no “input”"),
    ],
)
def test_a_case_that_cannot_be_charted_has_an_error_and_the_others_their_result(
    folder: Path, case: object, words: str
) -> None:
    bad, good = results(folder, write_cases(folder, case, given([1, 2])))
    assert list(bad) == ["error"]
    assert words in bad["error"]
    assert "\n" not in bad["error"]
    assert good.keys() == FIELDS


def test_a_gap_and_a_constant_series_have_results(folder: Path) -> None:
    gap, constant = results(folder, write_cases(folder, given([5, 6, None, 5, 6]), given([5] * 15)))
    assert gap["special_cause_type"][2] is None
    assert gap["outside_limits"] == [False, False, None, False, False]
    assert gap["mean"] == [5.5] * 5
    assert (constant["lpl"], constant["upl"], constant["outside_limits"]) == ([5] * 15, [5] * 15, [False] * 15)


def test_one_point_without_lists_is_answered_without_lists(folder: Path) -> None:
    bare, listed = results(folder, write_cases(folder, {"values": 5, "dates": "2020-01-01"}, given([5])))
    assert (bare["mean"], bare["lpl"], bare["short_group_warning"]) == (5, None, True)
    assert (listed["mean"], listed["lpl"], listed["short_group_warning"]) == ([5], [None], [True])


def test_dates_out_of_order_are_put_in_order(folder: Path) -> None:
    path = write_cases(folder, {"values": [9, 1, 2], "dates": ["2021-03-01", "2021-01-01", "2021-02-01"]})
    assert results(folder, path)[0]["relative_to_mean"] == [-1, -1, 1]


def test_what_was_not_used_is_said(folder: Path) -> None:
    path = write_cases(folder, given([1, 2], rebase="2030-01-01", colour="red"))
    done = run(folder, "spc", path, "--json")
    assert "“colour” is no setting" in done.stderr
    assert "no point has the date 2030-01-01" in done.stderr
    assert done.returncode == 0


def test_a_season_is_said_and_taken_out_when_asked(folder: Path) -> None:
    values = [round(100 + 30 * math.sin(at / 6 * math.pi)) + at % 5 for at in range(60)]
    path = write_csv(folder, values)
    kept, out = run(folder, "spc", path, "--json"), run(folder, "spc", path, "--json", "--deseasonalise")
    assert "has a season" in kept.stderr
    assert "--deseasonalise takes it out" in kept.stderr
    assert "It was taken out" in out.stderr
    marked = [json.loads(done.stdout)["cases"][0]["result"]["special_cause_type"] for done in (kept, out)]
    common = [causes.count("Common Cause") for causes in marked]
    assert common[1] > common[0] + 10
    assert "Offences, theft, season taken out. December 2020" in run(folder, "spc", path, "--deseasonalise").stdout
    short = run(folder, "spc", write_csv(folder, values[:20]), "--deseasonalise")
    assert "20 monthly values are too few" in short.stderr


def test_a_rebase_by_month(folder: Path) -> None:
    (result,) = results(folder, write_csv(folder, [1, 2, 1, 2, 9, 8, 9, 8]), "--rebase", "May 2016")
    assert result["rebase_group"] == [0] * 4 + [1] * 4
    done = run(folder, "spc", write_csv(folder, [1, 2, 3]), "--rebase", "2030-01")
    assert done.returncode == 2
    assert "no value at 2030-01" in done.stderr


def test_the_drawing(folder: Path) -> None:
    out = folder / "chart.svg"
    done = run(folder, "spc", write_csv(folder, [10, 12] * 8 + [40]), "--svg", out)
    assert done.stdout.strip() == str(out)
    svg = out.read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert "<title>Offences, theft</title>" in svg
    assert "above the upper limit" in svg
    one = run(folder, "spc", write_cases(folder, given([1, 2, 3])), "--svg", out)
    assert one.returncode == 0
    two = run(folder, "spc", write_cases(folder, given([1, 2]), given([1, 2])), "--svg", out)
    assert two.returncode == 2
    assert "holds 2 cases" in two.stderr


@pytest.mark.parametrize(
    ("name", "content", "options", "words"),
    [
        ("a.json", '{"cases": [', (), "not valid JSON"),
        ("a.json", '{"cases": 3}', (), "holds no cases"),
        ("a.json", "[1, 2]", (), "holds no cases"),
        ("a.json", '{"cases": [{"id": 1, "input": {"values": [NaN]}}]}', (), "not valid JSON"),
        ("a.json", "[" * 100_000, (), "not valid JSON"),
        ("a.csv", "", (), "empty"),
        ("a.csv", "Month,Value\n2021-01,x\n", (), "a.csv: Row 2 (cell B2): “x” is no number"),
        ("a.csv", "Month,Rolling 12 months\n2021-01,5\n", (), "overlapping periods"),
        ("a.csv", "Month,Value\n2021-01,5\n", ("--fix-after", "11"), "12 or more"),
        ("a.csv", "Month,Value\n2021-01,5\n", ("--improvement", "up"), "increase, decrease, neutral"),
        ("a.csv", "Month,Value\n2021-01,5\n", ("--rules", "mine"), "mdc_2021 or mdc_2024"),
        ("a.csv", "Month,Value\n2021-01,5\n", ("--json", "--svg", "x.svg"), "give one of them"),
        ("a.json", '{"cases": []}', ("--deseasonalise",), "for a CSV"),
    ],
)
def test_what_cannot_be_charted_is_one_sentence(
    folder: Path, name: str, content: str, options: tuple[str, ...], words: str
) -> None:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    done = run(folder, "spc", path, *options)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_no_file_is_one_sentence(folder: Path) -> None:
    done = run(folder, "spc", folder / "absent.csv")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_charting_loads_no_django_and_nothing_slow_that_it_does_not_need(folder: Path) -> None:
    path = write_cases(folder, given([1, 2, 3]))
    program = (
        "import sys; from pathlib import Path; from bluelamp.cli.spc import spc;"
        f" spc(Path({str(path)!r}), as_json=True);"
        " slow = {'django', 'scipy', 'statsmodels', 'altair', 'vl_convert'};"
        " sys.exit(len(slow & {name.split('.')[0] for name in sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0
