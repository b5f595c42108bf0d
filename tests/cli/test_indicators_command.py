"""Does `bluelamp indicators` say what is wrong with a plan, with the exit code that scripts rely on?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.whole import run

PLAN = """
slug: calder-vale
name: Calder Vale plan
body: ""
force: ""
source: Invented.
themes: [{code: "1", name: Safer}]
indicators:
  - {code: "1.1", name: Bicycles, theme: "1", aim: AIM, polarity: neither, unit: count}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A workspace's folder that holds definitions and nothing else."""
    (tmp_path / "definitions" / "plans").mkdir(parents=True)
    return tmp_path


def write(own: Path, aim: str) -> Path:
    path = own / "definitions" / "plans" / "calder.yaml"
    path.write_text(PLAN.replace("AIM", aim), encoding="utf-8")
    return path


def test_every_plan_is_checked_and_a_sound_one_gives_zero(own: Path) -> None:
    write(own, "monitor")
    done = run(own, "indicators", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "calder-vale: 1 indicator, no faults" in done.stdout
    assert "nottinghamshire-2018-21: 73 indicators, no faults" in done.stdout


@pytest.mark.parametrize("named", ["calder", "calder-vale"])
def test_a_fault_gives_one_and_is_said(own: Path, named: str) -> None:
    path = write(own, "up")
    done = run(own, "indicators", "check", path if named == "calder" else named)
    assert done.returncode == 1
    assert "The aim “up” is none of increase, reduce, monitor, maintain." in " ".join(done.stdout.split())


def test_as_json_every_fault_stands_alone(own: Path) -> None:
    done = run(own, "indicators", "check", write(own, "reduces"), "--json", "--day", "2026-11-21")
    said = json.loads(done.stdout)
    assert (said["schema"], said["day"]) == ("bluelamp.indicators-check/1", "2026-11-21")
    (plan,) = said["plans"]
    assert plan["counts"]["fault"] == 1
    assert plan["faults"][0]["place"] == "indicator 1.1"
    assert plan["faults"][0]["words"].endswith("did you mean “reduce”?")


def test_what_cannot_be_read_gives_two_and_the_rest_is_checked(own: Path) -> None:
    good, bad = write(own, "monitor"), own / "bad.yaml"
    bad.write_text("a: [", encoding="utf-8")
    done = run(own, "indicators", "check", bad, good)
    assert done.returncode == 2
    assert "bad.yaml is not valid YAML" in done.stderr
    assert "calder-vale: 1 indicator" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "nowhere"), "no file and no plan “nowhere”"),
        (("check", "nowhere.yaml"), "cannot be read"),
        (("check", "--day", "soon"), "“soon” is no day"),
        (("list", "--plan", "nowhere"), "no plan “nowhere”"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(own: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run(own, "indicators", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_indicators_of_a_plan_are_listed(own: Path) -> None:
    write(own, "monitor")
    done = run(own, "indicators", "list", "--plan", "calder-vale")
    assert "Bicycles" in done.stdout
    assert "Homicides" not in done.stdout
    listed = json.loads(run(own, "indicators", "list", "--json").stdout)["plans"]
    assert {plan["slug"] for plan in listed} >= {"calder-vale", "national-measures", "nottinghamshire-2018-21"}


def test_two_plans_of_one_folder_with_one_slug_are_told(own: Path) -> None:
    first = write(own, "monitor")
    second = first.with_name("other.yaml")
    second.write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    done = run(own, "indicators", "check", first, second)
    assert done.returncode == 1
    assert "folder, calder.yaml, has the slug “calder-vale” too" in " ".join(done.stdout.split())
