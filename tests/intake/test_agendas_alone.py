"""Is an agenda known for one where nothing else of a meeting stands in it?"""

from __future__ import annotations

import pytest

from bluelamp.documents.readers import read_bytes
from bluelamp.intake.checking import read_subject

pytestmark = pytest.mark.no_database

TABLE = """Ethics Committee

Agenda

Date: Monday 4 March 2024

| Item | Subject | Lead |
|---|---|---|
| 1 | Welcome | Chair |
| 2 | Use of cameras | ACC Wren |
| 3 | Dilemmas | All |
| 4 | Close | Chair |
"""


def _agenda(text: str) -> list[str]:
    subject = read_subject(read_bytes(text.encode(), file_name="paper.md"), name="paper.md")
    return [each.number for each in subject.agenda]


def test_a_table_under_the_word() -> None:
    assert _agenda(TABLE) == ["1", "2", "3", "4"]


@pytest.mark.parametrize("marks", ["{}.", "{})", "{}", "Item {}"])
def test_numbers_of_any_form(marks: str) -> None:
    items = [f"{marks.format(n)} {title}" for n, title in enumerate(("Welcome", "Cars", "Vans", "Close"), 1)]
    assert len(_agenda("\n\n".join(["Thorney Board", "AGENDA", "Monday 4 March 2024", *items]))) == 4


def test_a_paper_that_only_speaks_of_its_agenda_item_is_none() -> None:
    lines = ("Agenda item 6", "1. Purpose", "To tell of cars.", "2. Background", "3. Costs", "4. Risks")
    assert _agenda("\n\n".join(lines)) == []


def test_too_few_items_are_none() -> None:
    assert _agenda(TABLE.replace("| 4 | Close | Chair |\n", "").replace("| 3 | Dilemmas | All |\n", "")) == []
