"""Does `bluelamp figures` look first, load whole, compare, withdraw and export, and say plainly what it cannot?"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.cli.commands import begin, run

PLAN = """
slug: calder-vale
name: Calder Vale Police and Crime Plan
body: NTS-PCC
force: NTS
themes: [{code: "1", name: Safer streets}]
areas:
  - {slug: force, name: Calder Vale, level: force}
  - {slug: north, name: North Calder, level: command}
indicators:
  - code: "1A1"
    name: Knife crime
    theme: "1"
    aim: reduce
    polarity: lower-is-better
    polarity_reason: "Less is better."
    unit: count
    numerator: Offences
  - code: "1A2"
    name: Positive outcomes
    theme: "1"
    aim: increase
    polarity: higher-is-better
    polarity_reason: "More is better."
    unit: percentage
    decimals: 1
    numerator: Offences with a positive outcome
    denominator: Offences
"""
FIRST = "Code,Area,Feb-21,Mar-21\n1A1,Force,168,171\n1A2,North,77.4%,pending\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("figures")
    begin(made / "ws")
    plans = made / "ws" / "definitions" / "plans"
    plans.mkdir(parents=True, exist_ok=True)
    (plans / "calder-vale.yaml").write_text(PLAN, encoding="utf-8")
    (made / "first.csv").write_text(FIRST, encoding="utf-8")
    (made / "later.csv").write_text("Code,Area,Apr-21\n1A1,Force,170\n", encoding="utf-8")
    return made


@pytest.mark.own_database
def test_figures_are_looked_at_loaded_compared_withdrawn_and_exported(folder: Path) -> None:
    base, plan = folder / "ws", ("--plan", "calder-vale")
    looked = run(base, "figures", "load", folder / "first.csv", *plan)
    assert looked.returncode == 0, looked.stderr
    assert "4 figures: 4 new." in looked.stdout
    assert "Nothing was written: give --accept" in looked.stdout
    assert "Loaded as vintage 1." in run(base, "figures", "load", folder / "first.csv", *plan, "--accept").stdout
    again = run(base, "figures", "load", folder / "first.csv", *plan, "--accept")
    assert "There is nothing new in it" in again.stdout

    (folder / "second.csv").write_text(FIRST.replace("171", "175") + "9Z9,Force,1,2\n", encoding="utf-8")
    stopped = run(base, "figures", "load", folder / "second.csv", *plan, "--accept")
    assert stopped.returncode == 2
    assert "second.csv, cell A4: “9Z9” is no indicator" in " ".join(stopped.stderr.split())
    assert "Traceback" not in stopped.stderr
    left = run(base, "figures", "load", folder / "second.csv", *plan, "--accept", "--leave-out-refused", "--json")
    wire = json.loads(left.stdout)
    assert (wire["vintage"], wire["counts"]["revised"], wire["refused"][0]["cell"]) == (2, 1, "A4")
    assert wire["figures"][0]["before"]["value"] == "171"

    compared = json.loads(run(base, "figures", "compare", *plan, "--since", "1", "--json").stdout)
    assert [(each["then"], each["now"], each["moved"], each["vintage"]) for each in compared["changes"]] == [
        ("171", "175", "4", 2)
    ]
    refused = run(base, "figures", "withdraw", "2", *plan)
    assert refused.returncode == 2
    assert "Say why" in refused.stderr
    done = run(base, "figures", "withdraw", "2", *plan, "--reason", "The wrong month.")
    assert "counts no more, from vintage 3 on" in done.stdout
    listed = json.loads(run(base, "figures", "loads", *plan, "--json").stdout)["loads"]
    assert [(each["vintage"], each["withdrawn_reason"]) for each in listed] == [(1, None), (2, "The wrong month.")]

    out = folder / "star"
    assert run(base, "figures", "export", *plan, "--out", out).returncode == 0
    rows = list(csv.DictReader(io.StringIO((out / "fact_figure.csv").read_text(encoding="utf-8-sig"))))
    assert [row["value"] for row in rows] == ["168", "171", "77.4", ""]
    assert rows[-1]["unknown"] == "pending"
    assert (out / "fact_vintage.parquet").read_bytes().startswith(b"PAR1")
    assert run(base, "verify").returncode == 0


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("load",), "Name the files to load"),
        (("load", "nothing.csv", "--plan", "calder-vale"), "There is no file nothing.csv"),
        (("load", "{first}", "--plan", "nobody"), "There is no plan called nobody"),
        (("load", "{first}"), "Say of which plan"),
        (("load", "{first}", "--plan", "calder-vale", "--mapping", "none"), "There is no mapping called none"),
        (("load", "{first}", "--plan", "calder-vale", "--sheet", "May"), "has no sheet called May"),
        (("load", "{first}", "--plan", "calder-vale", "--known-on", "soon"), "“soon” is no day"),
        (("load", "{first}", "--plan", "calder-vale", "--known-on", "2999-01-01"), "Nobody knows figures"),
        (("load", "{first}", "--plan", "calder-vale", "--span", "week"), "is no length of a period"),
        (("load", "--from-document", "feedbeef", "--plan", "calder-vale"), "There is no document feedbeef"),
        (("load", "--from-document", "zz", "--plan", "calder-vale"), "is no SHA-256"),
        (("compare", "--plan", "calder-vale"), "Say since when"),
        (("compare", "--plan", "calder-vale", "--since", "99"), "There is no vintage 99"),
        (("export", "--plan", "calder-vale", "--format", "xml"), "There is no format xml"),
        (("withdraw", "99", "--plan", "calder-vale", "--reason", "x"), "There is no load 99"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_2(
    folder: Path, command: tuple[str, ...], words: str
) -> None:
    first = str(folder / "first.csv")
    done = run(folder / "ws", "figures", *(part.replace("{first}", first) for part in command))
    assert done.returncode == 2, done.stdout
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.own_database
def test_figures_are_of_whose_plan_it_is_unless_somebody_says_otherwise(folder: Path, tmp_path: Path) -> None:
    base = tmp_path / "whose"
    begin(base)
    plans = base / "definitions" / "plans"
    plans.mkdir(parents=True)
    (plans / "calder-vale.yaml").write_text(PLAN, encoding="utf-8")
    plan = ("--plan", "calder-vale")
    looked = run(base, "figures", "load", folder / "first.csv", *plan).stdout
    assert "It would be the record of NTS-PCC (" in looked
    assert "--organisation everybody" in looked
    shared = run(base, "figures", "load", folder / "first.csv", *plan, "--organisation", "everybody").stdout
    assert "It would be everybody’s: all who sign in" in shared
    wire = json.loads(
        run(base, "figures", "load", folder / "first.csv", *plan, "--organisation", "nts", "--json").stdout
    )
    assert wire["organisation"] == "NTS"
    loaded = run(base, "figures", "load", folder / "first.csv", *plan, "--accept", "--json")
    assert json.loads(loaded.stdout)["organisation"] == "NTS-PCC"
    (plans / "calder-vale.yaml").write_text(PLAN.replace("body: NTS-PCC", 'body: ""'), encoding="utf-8")
    assert "It would be the record of NTS (" in run(base, "figures", "load", folder / "later.csv", *plan).stdout
    nobody = PLAN.replace("body: NTS-PCC", 'body: ""').replace("force: NTS", 'force: ""')
    (plans / "calder-vale.yaml").write_text(nobody, encoding="utf-8")
    assert "It would be everybody’s" in run(base, "figures", "load", folder / "later.csv", *plan).stdout
