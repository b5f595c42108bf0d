"""Are columns set apart by spaces read as tables, and is running text left alone?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.readers import read_bytes
from bluelamp.documents.readers.plain_aligned import find_aligned
from bluelamp.documents.readers.plain_lines import normalise

BUDGET = """
                     Annual     Forecast   Variance
                     £000       £000       £000

Employees
Officers             91,220     90,650     (570)
Staff                38,115     38,240     125

Running costs
Premises             6,310      6,390      80
"""


def blocks(text: str) -> tuple[Block, ...]:
    return read_bytes(text.encode(), file_name="a.txt").blocks


def rows(text: str) -> list[list[str]]:
    (table,) = (block for block in blocks(text) if block.kind is BlockKind.TABLE)
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_figures_under_each_other_are_a_table_with_its_bands() -> None:
    found = rows(BUDGET)
    assert found[0] == ["", "Annual", "Forecast", "Variance"]
    assert found[2] == ["Employees", "", "", ""]
    assert found[3] == ["Officers", "91,220", "90,650", "(570)"]
    assert found[-1] == ["Premises", "6,310", "6,390", "80"]


def test_a_cell_broken_over_lines_is_one() -> None:
    text = (
        "Ref    Finding                               Page\n"
        "1      The force should record the reason    12\n"
        "       for each strip search it carries out.\n"
        "2      The force should brief its staff.     14\n"
    )
    found = rows(text)
    assert found[1] == ["1", "The force should record the reason for each strip search it carries out.", "12"]
    assert len(found) == 3


def test_running_text_and_fields_are_no_table() -> None:
    for text in (
        "The force listens.  It acts on what it hears.\nResidents say so.  They are asked each year.\n",
        "This is  a line that  a machine set\nto  the full  width of  its column.\n",
        "Date:    Friday 1 February 2019\nTime:    10.30am\n",
        "Excellent Good Fair Poor\n6 14 21 2\n",
        "Frameworks       Grade\n\nDelivery         Good\nof services\n\nProblem          Fair\n",
    ):
        assert all(block.kind is not BlockKind.TABLE for block in blocks(text)), text


@given(st.lists(st.text(alphabet=" \tabC1.(£é", max_size=40), max_size=12))
def test_every_character_keeps_its_place(written: list[str]) -> None:
    _, lines, _ = normalise("\n".join(written) or "x")
    for before, after in zip(lines, find_aligned(lines), strict=True):
        assert after.text.replace("\t", " ").rstrip() == before.text.replace("\t", " ").rstrip()
        assert (after.start, after.page) == (before.start, before.page)


def test_the_longest_cell_of_a_column_may_end_with_a_stop_close_to_the_next() -> None:
    text = (
        "Ref   Finding                             Answer                      Owner\n"
        "1.1   Feed should be counted each week.   Agreed. It is now counted.   Clerk\n"
        "1.2   Leads should be locked.             Agreed.                     Keeper\n"
    ).replace("counted.   Clerk", "counted.  Clerk")
    assert rows(text) == [
        ["Ref", "Finding", "Answer", "Owner"],
        ["1.1", "Feed should be counted each week.", "Agreed. It is now counted.", "Clerk"],
        ["1.2", "Leads should be locked.", "Agreed.", "Keeper"],
    ]


def test_a_row_whose_only_gap_is_after_a_stop_is_one_of_its_table() -> None:
    text = (
        "Question                          Grade\n"
        "Is the feed counted each week?    Good\n"
        "Are the dogs walked every day?    Poor\n"
        "Is the straw kept dry all year?   Fair\n"
    )
    assert rows(text) == [
        ["Question", "Grade"],
        ["Is the feed counted each week?", "Good"],
        ["Are the dogs walked every day?", "Poor"],
        ["Is the straw kept dry all year?", "Fair"],
    ]


def test_two_spaces_after_a_stop_in_a_cell_part_nothing_by_themselves() -> None:
    text = (
        "Ref   Finding                                      Owner\n"
        "1.1   Feed is not counted.  It should be weekly.   Clerk\n"
        "1.2   Leads should be locked.                      Keeper\n"
    )
    assert rows(text)[1] == ["1.1", "Feed is not counted. It should be weekly.", "Clerk"]


RULED = """
DALE POLICE                                                  OFFICIAL
ACTION PLAN                                             Version 2.3
Updated in May

Ref      Area for improvement            Action                  Due
----------------------------------------------------------------------
AFI 1    Improve supervision of          Weekly reviews begun.   Jul
         investigations.
AFI 2    Record the views of victims.    Form changed.           Done
----------------------------------------------------------------------
"""


def test_a_table_ruled_with_strokes_under_a_letterhead_is_one() -> None:
    assert rows(RULED) == [
        ["Ref", "Area for improvement", "Action", "Due"],
        ["AFI 1", "Improve supervision of investigations.", "Weekly reviews begun.", "Jul"],
        ["AFI 2", "Record the views of victims.", "Form changed.", "Done"],
    ]
    assert "-----" not in " ".join(block.text for block in blocks(RULED))


def test_strokes_that_rule_no_table_stay() -> None:
    assert [block.text for block in blocks("Dogs bark.\n\n.....\n\nCats do not.\n")] == [
        "Dogs bark.",
        ".....",
        "Cats do not.",
    ]
