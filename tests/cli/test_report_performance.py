"""Does `bluelamp report performance` make a plan's report from what was loaded, and say plainly when it cannot?"""

from __future__ import annotations

import random
from pathlib import Path

import pypdfium2
import pytest
from tests.cli.whole import begin, run

PLAN = "nottinghamshire-2018-21"
NAME = f"performance-{PLAN}-2021-03"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reports")
    rnd = random.Random(5)
    rows = ["indicator,area,period,value"]
    for code in ("3B.1", "3B.3"):
        for area in ("force", "city", "county"):
            for nth in range(60):
                year, month = divmod(2016 * 12 + 3 + nth, 12)
                rows.append(f"{code},{area},{year}-{month + 1:02},{round(rnd.gauss(60, 6))}")
    (made / "figures.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    begin(made / "ws")
    loaded = run(
        made / "ws",
        "figures",
        "load",
        made / "figures.csv",
        "--plan",
        PLAN,
        "--known-on",
        "2021-04-09",
        "--accept",
    )
    assert loaded.returncode == 0, loaded.stderr
    return made


def report(folder: Path, *words: str, out: str = "out") -> tuple[int, list[Path], str]:
    done = run(folder / "ws", "report", "performance", *words, "--out", folder / out)
    return done.returncode, [Path(line) for line in done.stdout.splitlines()], done.stderr


def test_six_formats_come_out_and_are_the_same_again(folder: Path) -> None:
    asked = ("--plan", PLAN, "--to", "2021-03", "--format", "html,pdf,docx,xlsx,csv,json")
    code, paths, _ = report(folder, *asked)
    assert code == 0
    assert [path.name for path in paths] == [
        f"{NAME}-force.html",
        f"{NAME}-force.pdf",
        f"{NAME}-force.docx",
        f"{NAME}-force.xlsx",
        f"{NAME}-force-tables.zip",
        f"{NAME}-force.json",
    ]
    _, again, _ = report(folder, *asked, out="again")
    for one, other in zip(paths, again, strict=True):
        assert one.read_bytes() == other.read_bytes()
    words = pypdfium2.PdfDocument(paths[1].read_bytes())[0].get_textpage().get_text_bounded()
    assert "Nottinghamshire, to March 2021" in words
    assert "9 April 2021" in words  # the day of its figures, not of the clock


@pytest.mark.parametrize(
    ("area", "names"),
    [
        ("city,county", ["city", "county"]),
        ("command", ["city", "county"]),
        ("all", ["force", "city", "county"]),
    ],
)
def test_a_pack_has_a_report_for_each_area(folder: Path, area: str, names: list[str]) -> None:
    asked = ("--plan", PLAN, "--to", "2021-03", "--area", area, "--format", "json")
    code, paths, _ = report(folder, *asked, out=area)
    assert code == 0
    assert [path.name for path in paths] == [f"{NAME}-{name}.json" for name in names]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--plan", "x", "--to", "2021-03"), "There is no plan “x”; the plans are: "),
        (("--to", "2021-03"), "Name the plan to report on: --plan SLUG"),
        (("--plan", PLAN), "Name the month to which the report goes: --to 2021-03."),
        (("--plan", PLAN, "--to", "2021-13"), "“2021-13” is no month"),
        (("--plan", PLAN, "--to", "2025-03"), "go from April 2016 to March 2021"),
        (("--plan", PLAN, "--to", "2021-03", "--area", "east"), "has no area “east”"),
        (("--plan", PLAN, "--to", "2021-03", "--area", "ashfield"), "No figure of the area “ashfield” is loaded"),
        (("--plan", PLAN, "--to", "2021-03", "--area", "team"), "No area of “team” has a figure"),
        (("--plan", PLAN, "--to", "2021-03", "--rule", "mine"), "There is no rule of exceptions “mine”"),
        (("--plan", PLAN, "--to", "2021-03", "--format", "odt"), "No paper is made as odt"),
        (("--plan", PLAN, "--to", "2021-03", "--as-of", "2020-01-01"), "was known on 2020-01-01"),
        (("--plan", "national-measures", "--to", "2021-03"), "No figure of the plan national-measures is loaded"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(folder: Path, asked: tuple[str, ...], said: str) -> None:
    code, paths, error = report(folder, *asked, out="none")
    assert code == 2
    assert paths == []
    assert said in error
    assert "Traceback" not in error
    assert len(error.strip().splitlines()) == 1
    assert not (folder / "none").exists()
