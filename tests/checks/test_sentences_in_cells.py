"""What a table's cells say in words is read as sentences are, and labels and figures are left alone."""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, subject_of, table, wrong

from bluelamp.checks.cast_sentences import check_sentences
from bluelamp.checks.change_beside import check_changes_beside
from bluelamp.checks.model import Paper
from bluelamp.checks.ratio_sentences import check_ratio_sentences
from bluelamp.checks.ratios import check_ratios
from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes

pytestmark = pytest.mark.no_database

HEAD = "Action | Owner | Progress"


def _cell(words: str) -> str:
    return table(HEAD, f"Visits to cells | A Lark | {words}", "Keys | B Rook | Not begun.")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("38 of 52 cases done (83%).", True),
        ("38 of 52 cases done (73%).", False),
        ("38 of 52 cases done (target 83%).", False),
        ("38 of about 52 cases done (73%).", False),
        ("38 done, 83% of plan.", False),
        ("38 of 52", False),
    ],
)
def test_a_share_in_a_cell(words: str, told: bool) -> None:
    assert bool(wrong(check(check_ratios, _cell(words)))) is told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("There are 41 sites: 12 stations, 17 leased offices and 11 other sites.", True),
        ("There are 40 sites: 12 stations, 17 leased offices and 11 other sites.", False),
        ("There are 41 sites, among them 12 stations, 17 leased offices and 11 stores.", False),
    ],
)
def test_a_sum_in_a_cell(words: str, told: bool) -> None:
    assert bool(wrong(check(check_sentences, _cell(words)))) is told


def test_a_share_of_what_stands_before_it_in_a_cell() -> None:
    assert wrong(check(check_ratio_sentences, _cell("212 were closed, of which 41 (17%) were upheld.")))
    assert not wrong(check(check_ratio_sentences, _cell("212 were closed, of which 41 (19%) were upheld.")))


def test_a_change_in_a_cell() -> None:
    assert wrong(check(check_changes_beside, _cell("The levy is £286.11, up £13.00 (4.8%) on £263.11.")))
    assert not wrong(check(check_changes_beside, _cell("The levy is £286.11, up £13.00 (4.8%) on £273.11.")))


def test_cells_of_figures_and_heads_are_no_prose() -> None:
    paper = subject_of(table(HEAD, "Visits | A Lark | 38 of 52 (83%)", "38 | 52 | 73%")).papers[0]
    assert [block.text for block in paper.prose] == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("paper.md", f"| Action | Progress |\n|---|---|\n| Cells | {'38 of 52 cases done (83%).'} |\n"),
        (
            "paper.html",
            "<table><tr><th>Action<th>Progress</tr><tr><td>Cells<td>38 of 52 cases done (83%).</tr>"
            "<tr><td>Keys<td>None</tr></table>",
        ),
    ],
)
def test_a_cell_is_cited_as_it_stands(name: str, data: str) -> None:
    document = read_bytes(data.encode(), file_name=name)
    paper = Paper(part=whole(document), title="A paper", family="other")
    blocks = [block for block in paper.prose if "52" in block.text]
    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH]
    printed = paper.print_of((blocks[0], 0, 8))
    assert (printed.text, printed.citations[0].quote) == ("38 of 52", "38 of 52")
