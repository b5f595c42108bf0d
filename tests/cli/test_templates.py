"""Do `template out` and `template in` send points, read answers back, and say plainly what they cannot do?"""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from tests.cli.commands import run

pytestmark = pytest.mark.own_database

SENTENCES = (
    "The constabulary should count its bicycles once a year.",
    "The constabulary should ask visitors to the front counter what they came for.",
    "The constabulary should mend the roof of the custody suite before winter.",
)
REPORT = "# PEEL 2021/22\n\nAn inspection of Calder Vale Police\n\n" + "\n".join(
    f"## Area for improvement\n\n{sentence}\n" for sentence in SENTENCES
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    taken = run(
        folder / "ws", "ingest", "--accept", "--force", "NTS", "--published", "2022-04", folder / "report.md"
    )
    assert taken.returncode == 0, taken.stderr
    return folder / "ws"


def test_out_filled_in_and_back(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.docx"
    sent = run(workspace, "template", "out", file, "--due", "2096-09-30", "--document", "report.md", "--json")
    assert sent.returncode == 0, sent.stderr
    (told,) = json.loads(sent.stdout)["templates"]
    assert (told["items"], told["file"]) == (3, str(file))

    document = docx.Document(str(file))
    rows = document.tables[0].rows
    rows[1].cells[3].text = "They were counted in May."
    rows[2].cells[3].text = "See above"
    rows[1]._tr.addprevious(rows[3]._tr)
    document.save(str(tmp_path / "back.docx"))
    back = run(workspace, "template", "in", tmp_path / "back.docx", "--accept", "--json")
    assert back.returncode == 0, back.stderr
    wire = json.loads(back.stdout)
    assert wire["schema"] == "bluelamp.template-return/1"
    assert wire["template"]["number"] == told["template"]
    assert (wire["counts"]["taken"], wire["counts"]["answer"]) == (1, 1)
    by_verdict = {(row["verdict"], row["decision"]) for row in wire["rows"]}
    assert ("unchanged", "taken") in by_verdict  # it says now what we hold
    waiting = next(row for row in wire["rows"] if row["answer"]["action"] == "See above")
    assert (waiting["certainty"], waiting["decision"]) == ("likely", None)

    again = run(workspace, "template", "in", tmp_path / "back.docx", "--accept")
    assert "0 answers were taken" in again.stdout


def test_excel_is_chosen_by_the_name(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    assert run(workspace, "template", "out", file, "--layout", "full").returncode == 0
    told = run(workspace, "template", "in", file)
    assert "3 unchanged. 0 certain." in told.stdout


def test_a_file_for_each_owner(workspace: Path, tmp_path: Path) -> None:
    assert run(workspace, "template", "out", tmp_path / "t.docx", "--split-by", "owner").returncode == 0
    (only,) = tmp_path.iterdir()
    assert only.name.startswith("t-unallocated-")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("out", "x.pdf"), "ends in neither .docx nor .xlsx"),
        (("out", "x.docx", "--due", "soon"), "is no day"),
        (("out", "x.docx", "--layout", "wide"), "There is no layout wide"),
        (("out", "x.docx", "--split-by", "area"), "split by owner, not by area"),
        (("out", "x.docx", "--owner", "Nobody At All"), "No owner is called Nobody At All"),
        (("out", "x.docx", "--words", "zeppelin"), "choose at least one"),
        (("out", "x.docx", "--document", "nothing"), "holds no document"),
        (("out", "x.docx", "--marking", "SECRET"), "There is no marking SECRET"),
        (("in", "missing.docx"), "is not there or not a file"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(workspace: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(workspace, "template", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
