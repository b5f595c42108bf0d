"""Does `bluelamp check` say what is wrong, write its files, exit as promised, and never touch a paper?"""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pypdfium2
import pytest
from tests.cli.whole import run
from tests.intake.paper_samples import RIGHT, paper_docx, paper_pdf, paper_text

pytestmark = pytest.mark.no_database
WRONG = RIGHT + 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    papers = {
        "wrong.docx": paper_docx(WRONG),
        "wrong.pdf": paper_pdf(WRONG),
        "wrong.md": paper_text(WRONG),
        "right.md": paper_text(RIGHT),
    }
    for name, data in papers.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["right.md"], 0),
        (["wrong.md"], 1),
        (["right.md", "wrong.md"], 1),
        (["missing.pdf"], 2),
        (["missing.pdf", "wrong.md"], 2),
    ],
)
def test_the_exit_code_says_how_it_went(folder: Path, names: list[str], code: int) -> None:
    done = run(folder, "check", *(folder / name for name in names))
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "Checked" in done.stdout


def test_the_table_names_what_was_found_and_all_of_it_if_asked(folder: Path) -> None:
    found = run(folder, "check", folder / "wrong.md").stdout
    assert "cannot be true" in found
    assert f"sum to {RIGHT}" in " ".join(found.split())
    assert "Monday" not in found
    assert "Monday" in run(folder, "check", folder / "wrong.md", "--all").stdout


def test_copies_and_a_certificate_are_written_and_papers_stay(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    out = folder / "out"
    out.mkdir()
    done = run(
        folder, "check", folder / "wrong.docx", folder / "wrong.pdf", "--annotate", out,
        "--certificate", out / "c.pdf",
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert sorted(path.name for path in out.iterdir()) == ["c.pdf", "wrong-checked.docx", "wrong-checked.pdf"]
    comments = docx.Document(io.BytesIO((out / "wrong-checked.docx").read_bytes())).comments
    assert any(f"sum to {RIGHT}" in each.text for each in comments)
    assert b"/Highlight" in (out / "wrong-checked.pdf").read_bytes()
    with pypdfium2.PdfDocument(out / "c.pdf") as pdf:
        assert "What was checked in this paper" in pdf[0].get_textpage().get_text_range()
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_json_stays_json_while_files_are_written(folder: Path) -> None:
    done = run(folder, "check", folder / "wrong.docx", "--json", "--annotate", folder / "copy.docx")
    assert json.loads(done.stdout)["counts"]["contradiction"] == 1
    assert (folder / "copy.docx").is_file()
    assert "Wrote" in done.stderr


def test_two_papers_of_one_name_get_two_copies(folder: Path) -> None:
    (folder / "b").mkdir()
    (folder / "out").mkdir()
    (folder / "b" / "wrong.docx").write_bytes(paper_docx(WRONG + 1))
    run(folder, "check", folder / "wrong.docx", folder / "b" / "wrong.docx", "--annotate", folder / "out")
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "wrong-checked-2.docx",
        "wrong-checked.docx",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["wrong.docx", "--annotate", "wrong.docx"], "is one of the papers"),
        (["wrong.docx", "--certificate", "wrong.docx"], "is one of the papers"),
        (["wrong.docx", "--certificate", "c.xls"], "A certificate is written as"),
        (["wrong.docx", "--annotate", "nowhere/copy.docx"], "There is no folder"),
        (["wrong.docx", "wrong.pdf", "--annotate", "copy.docx"], "several papers need one"),
        (["wrong.md", "--annotate", "copy.md"], "A text file has no room for notes"),
    ],
)
def test_what_cannot_be_written_is_one_sentence(folder: Path, words: list[str], said: str) -> None:
    before = (folder / "wrong.docx").read_bytes()
    done = run(folder, "check", *(word if word.startswith("--") else folder / word for word in words))
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "wrong.docx").read_bytes() == before


def test_a_copy_is_never_written_over_another_paper_that_was_given(folder: Path) -> None:
    other = folder / "wrong-checked.docx"
    other.write_bytes(paper_docx(RIGHT))
    done = run(folder, "check", folder / "wrong.docx", other, "--annotate", folder)
    assert done.returncode == 2
    assert other.read_bytes() == paper_docx(RIGHT) or b"comments" not in other.read_bytes()


def test_a_hostile_name_prints_as_marks(folder: Path) -> None:
    path = folder / "a\x1b[31mred\n.md"
    path.write_bytes(paper_text(WRONG))
    done = run(folder, "check", path, folder / "right.md")
    assert "\x1b[31m" not in done.stdout + done.stderr
