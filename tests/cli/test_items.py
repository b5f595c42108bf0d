"""Does `bluelamp items` print the register with the five facts of each item, and only what was asked for?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.commands import begin, run

pytestmark = pytest.mark.own_database

MAPPING = """
slug: bicycles
name: The list of bicycles
columns:
  {number: [Ref], title: [Point], raised: [Raised], owner: [Owner], target: [Due], body: [Partner], area: [Area]}
dates: ["%d/%m/%Y"]
kind: {always: recommendation}
source: {always: coroner}
status:
  column: [Status]
  words: {complete: [Done], in-progress: [Ongoing], for-another-body: [Partner], planned: [""]}
add_owners: true
"""
LIST = """Ref,Point,Raised,Owner,Due,Partner,Status,Area
R1,Count the bicycles,14/04/2022,Head of stores,01/05/2022,,Done,Stores
R2,Mend the doors,14/04/2022,Head of stores,01/06/2022,,Ongoing,Stores
R3,Paint the sheds,15/04/2022,,,The council,Partner,Sheds
"""
FACTS = ["response", "delivery", "assurance", "inspectorate", "schedule"]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("items")
    (made / "bicycles.yaml").write_text(MAPPING, encoding="utf-8")
    (made / "list.csv").write_text(LIST, encoding="utf-8")
    begin(made / "ws")
    taken = run(
        made / "ws", "import", "items", made / "bicycles.yaml", made / "list.csv", "--force", "NTS", "--accept"
    )
    assert taken.returncode == 0, taken.stderr
    return made / "ws"


def items(workspace: Path, *options: str) -> list[dict[str, Any]]:
    done = run(workspace, "items", "--json", *options)
    assert done.returncode == 0, done.stderr
    wire = json.loads(done.stdout)
    assert wire["schema"] == "bluelamp.items/1"
    return wire["items"]


def test_an_item_is_printed_with_its_five_facts_in_their_order(workspace: Path) -> None:
    done, ongoing, passed_on = items(workspace, "--as-of-day", "2022-06-02")
    assert [name for name in ongoing if name in FACTS] == FACTS
    assert ongoing["reference"] == "NTS-2022-REC-02"
    assert (ongoing["title"], ongoing["force"], ongoing["source"]) == ("Mend the doors", "NTS", "coroner")
    assert ongoing["response"] == {"state": "awaiting", "name": "Awaiting response"}
    assert ongoing["assurance"]["state"] == "untested"
    assert ongoing["inspectorate"]["state"] == "not-stated"
    assert ongoing["schedule"] == {
        "state": "overdue",
        "name": "Overdue",
        "due": "2022-06-01",
        "original_target": "2022-06-01",
        "current_target": "2022-06-01",
        "deadline": None,
    }
    assert ongoing["owner"] == {"name": "Head of stores", "kind": "post"}
    assert [citation["quote"] for citation in ongoing["citations"]] == ["Mend the doors"]
    assert ongoing["citations"][0]["document_sha256"] == ongoing["document_sha256"]
    assert (ongoing["links"], ongoing["latest_answer"]) == ([], None)
    assert done["closing"] == {"state": "closed-elsewhere", "name": "Closed elsewhere, not tested here"}
    assert done["delivery"]["state"] == "delivered"
    assert passed_on["delivery"]["body"] == "The council"
    assert passed_on["owner"] is None


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--force", "nts"), 3),
        (("--force", "ZZZ"), 0),
        (("--kind", "recommendation"), 3),
        (("--source", "Coroner"), 3),
        (("--area", "sheds"), 1),
        (("--document", "list.csv"), 3),
        (("--response", "awaiting"), 3),
        (("--delivery", "In progress"), 1),
        (("--assurance", "untested"), 3),
        (("--position", "not-stated"), 3),
        (("--schedule", "overdue"), 1),
        (("--schedule", "due-soon", "--as-of-day", "2022-05-31"), 1),
        (("--owner", "head of stores"), 2),
        (("--owner", "none"), 1),
        (("--closing", "closed-elsewhere"), 1),
        (("--words", "doors"), 1),
    ],
)
def test_each_filter_narrows(workspace: Path, options: tuple[str, ...], found: int) -> None:
    assert len(items(workspace, *options)) == found


def test_the_table_names_what_it_shows(workspace: Path) -> None:
    shown = run(workspace, "items", "--limit", "2")
    assert "NTS-2022-REC-01" in shown.stdout
    assert "2 of 3 items shown; --limit 0 shows all." in shown.stdout
    assert "3 of 3 items shown." in run(workspace, "items", "--limit", "0").stdout
    assert "No item of the register answers." in run(workspace, "items", "--words", "nothing").stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--delivery", "done"), "There is no delivery done; it is one of unallocated, planned"),
        (("--source", "gossip"), "There is no source gossip"),
        (("--owner", "Nobody"), "No owner is called Nobody"),
        (("--as-of-day", "soon"), "--as-of-day soon is no day"),
        (("--kind", "gossip"), "There is no kind of item called gossip"),
        (("--document", "gossip"), "The register holds no document"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(workspace: Path, options: tuple[str, ...], said: str) -> None:
    done = run(workspace, "items", *options)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
