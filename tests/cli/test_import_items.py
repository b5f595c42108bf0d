"""Does `bluelamp import items` show each row first, take in what it showed, and say plainly when it cannot?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.commands import begin, run

pytestmark = pytest.mark.own_database

MAPPING = """
slug: bicycles
name: The list of bicycles
columns: {number: [Ref], title: [Point], raised: [Raised], owner: [Owner]}
dates: ["%d/%m/%Y"]
kind: {always: recommendation}
source: {always: internal-audit}
status: {column: [Status], words: {complete: [Done], in-progress: [Ongoing], planned: [""]}}
add_owners: true
"""
LIST = """Ref,Point,Raised,Owner,Status
R1,Count the bicycles,14/04/2022,Head of stores,Done
R2,Mend the doors,sometime,Head of stores,Ongoing
R3,Paint the sheds,15/04/2022,,
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("lists")
    (made / "bicycles.yaml").write_text(MAPPING, encoding="utf-8")
    (made / "list.csv").write_text(LIST, encoding="utf-8")
    begin(made / "ws")
    return made


def test_a_list_is_shown_then_taken_in_then_known(folder: Path) -> None:
    command = ("import", "items", folder / "bicycles.yaml", folder / "list.csv", "--force", "NTS")
    shown = run(folder / "ws", *command)
    assert shown.returncode == 1, shown.stderr  # one row cannot be taken
    assert "“sometime” in C3 is no day" in " ".join(shown.stdout.split())
    assert "3 rows: 2 new, 1 refused." in shown.stdout
    assert "Nothing was written" in shown.stdout
    taken = run(folder / "ws", *command, "--accept", "--json")
    wire = json.loads(taken.stdout)
    assert wire["schema"] == "bluelamp.import/1"
    assert wire["counts"] == {"new": 2, "here": 0, "changed": 0, "refused": 1}
    assert [(row["row"], row["verdict"], row["reference"]) for row in wire["rows"]] == [
        (2, "new", "NTS-2022-REC-01"),
        (3, "refused", None),
        (4, "new", "NTS-2022-REC-02"),
    ]
    assert wire["rows"][0]["fields"]["status"] == "complete"
    again = json.loads(run(folder / "ws", *command, "--accept", "--json").stdout)
    assert again["counts"] == {"new": 0, "here": 2, "changed": 0, "refused": 1}
    assert run(folder / "ws", "verify").returncode == 0


@pytest.mark.parametrize(
    ("mapping", "file", "said"),
    [
        ("nowhere", "list.csv", "There is no mapping called nowhere"),
        ("bicycles.yaml", "nowhere.csv", "There is no file"),
        ("bicycles.yaml", "bicycles.yaml", "comma-separated values"),
        ("internal-audit", "list.csv", "has the heading"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(folder: Path, mapping: str, file: str, said: str) -> None:
    named = str(folder / mapping) if mapping.endswith("yaml") else mapping
    done = run(folder / "ws", "import", "items", named, folder / file)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
