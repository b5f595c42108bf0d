"""Is a letter known by who speaks in it: the commissioner who answers a report, or the inspector who makes one?"""

from __future__ import annotations

import io
from itertools import pairwise

import docx as word
import pytest

from bluelamp.assurance.facts import TemplateRow, Undertaking
from bluelamp.documents.readers import read_bytes
from bluelamp.inspections.facts import Finding
from bluelamp.intake.extraction import Extraction, extract

pytestmark = pytest.mark.no_database

OPENING = """His Majesty's Inspectorate of Constabulary and Fire & Rescue Services: visits to the cells

6 January 2025

Dear Home Secretary

I welcome this report.
"""
ITEMS = """## Recommendation 1: supervision of visits

By 31 March 2025, the force should make sure that every visit is supervised.

**Chief Constable's response**

Accepted. We will buy a book. All overdue visits had been made by December.

**Commissioner's comments**

I am disappointed that this took so long. I will ask my auditors to look again by 31 May 2025.

## Recommendation 2: The force should keep its records in one place.

**Chief Constable's response**

Accepted in part.

**Commissioner's comments**

I will:

- ask for the figures each quarter; and
- publish them every month.
"""
TABLE = """## Other matters

| Recommendation | Force response | PCC comment | Deadline |
|---|---|---|---|
| The force should count its keys. | Agreed. | I have seen this. | 1 June 2025 |
"""
SIGNED = """
Yours sincerely

Ada Fenwick

Police and Crime Commissioner
"""


def _read(text: str) -> Extraction:
    return extract(read_bytes(text.encode(), file_name="letter.md"))


def _in_word(text: str) -> Extraction:
    made = word.Document()
    for piece in text.strip().split("\n\n"):
        if piece.startswith("## "):
            made.add_heading(piece[3:], level=2)
        elif piece.startswith("**"):
            made.add_paragraph().add_run(piece.strip("*")).bold = True
        elif piece.startswith("|"):
            rows = [line.strip("|").split("|") for line in piece.splitlines() if "---" not in line]
            table = made.add_table(rows=len(rows), cols=len(rows[0]))
            for at, row in enumerate(rows):
                for cell, words in zip(table.rows[at].cells, row, strict=True):
                    cell.text = words.strip()
        else:
            for line in piece.splitlines():
                made.add_paragraph(line.removeprefix("- "), style="List Bullet" if line[:2] == "- " else None)
    held = io.BytesIO()
    made.save(held)
    return extract(read_bytes(held.getvalue(), file_name="letter.docx"))


@pytest.mark.parametrize("read", [_read, _in_word])
class TestACommissionersLetter:
    def test_its_answers_are_rows_and_nothing_is_recommended_anew(self, read) -> None:  # type: ignore[no-untyped-def]
        found = read(OPENING + "\n" + ITEMS + "\n" + TABLE + SIGNED)
        assert found.detail("family") == "letter"
        assert not [each for each in found.facts if isinstance(each.fact, Finding)]
        first, second, third = [each.fact for each in found.facts if isinstance(each.fact, TemplateRow)]
        assert (first.ref, first.text) == (
            "1",
            "By 31 March 2025, the force should make sure that every visit is supervised.",
        )
        assert first.action.startswith("Accepted. We will buy a book.")
        assert first.notes[0].startswith("Commissioner's comments: I am disappointed")
        assert (second.ref, second.text) == ("2", "The force should keep its records in one place.")
        assert second.action == "Accepted in part."
        assert (third.text, third.action, third.due_printed) == (
            "The force should count its keys.",
            "Agreed.",
            "1 June 2025",
        )
        assert third.notes == ("PCC comment: I have seen this.",)
        for before, after in pairwise((first, second, third)):
            assert before.citations[-1].line < after.citations[0].line

    def test_the_commissioner_promises_and_not_the_force(self, read) -> None:  # type: ignore[no-untyped-def]
        found = read(OPENING + "\n" + ITEMS + SIGNED)
        promised = [each.fact for each in found.facts if isinstance(each.fact, Undertaking)]
        assert [(each.text, each.due_printed) for each in promised] == [
            ("I will ask my auditors to look again by 31 May 2025.", "31 May 2025"),
            ("I will: ask for the figures each quarter; and", ""),
            ("I will: publish them every month.", ""),
        ]


FOUND = """His Majesty's Inspectorate of Constabulary and Fire & Rescue Services

8 July 2024

Dear Chief Constable

We inspected the force in May. {said}

## Recommendations

1. By 31 March 2025, the force should make sure that every visit is supervised.

We found that visits were late. I am grateful for your help.

Yours sincerely

Bo Carr

HM Inspector of Constabulary

{below}
"""


@pytest.mark.parametrize(
    ("said", "below"),
    [
        ("I welcome the report that you sent me.", ""),
        ("Section 55 asks the commissioner for comments on this inspection.", ""),
        ("I have read the force's report.", "cc: Police and Crime Commissioner for Marshfen"),
    ],
)
def test_what_an_inspector_signs_is_their_own(said: str, below: str) -> None:
    found = _read(FOUND.format(said=said, below=below))
    types = [each.fact.type for each in found.facts if isinstance(each.fact, Finding)]
    assert "recommendation" in types
    assert not [each for each in found.facts if isinstance(each.fact, TemplateRow)]


def test_a_commissioner_who_welcomes_a_report_and_signs_answers_it_without_labels() -> None:
    body = "## Recommendations\n\nThe force was asked to count its keys. I will ask for a count.\n"
    found = _read(OPENING + "\n" + body + SIGNED)
    assert not [each for each in found.facts if isinstance(each.fact, Finding)]
    assert [each.fact.text for each in found.facts if isinstance(each.fact, Undertaking)] == [
        "I will ask for a count."
    ]


def test_promises_in_the_commissioners_column_and_behind_labels_are_read() -> None:
    table = TABLE.replace("I have seen this.", "Good. I will ask for a count by 3 May 2025.")
    table = table.replace("Agreed.", "Agreed. We will count them.")
    mine = "**Chief Constable's response:** We will.\n\n**My comments:** I will look again in June 2025.\n"
    item = f"## Recommendation 3\n\nThe force should oil its doors.\n\n{mine}"
    found = _read(OPENING + "\n" + item + "\n" + table + SIGNED)
    promised = [each.fact for each in found.facts if isinstance(each.fact, Undertaking)]
    assert [(each.text, each.due_printed) for each in promised] == [
        ("I will look again in June 2025.", "June 2025"),
        ("I will ask for a count by 3 May 2025.", "3 May 2025"),
    ]
    (row, _) = [each.fact for each in found.facts if isinstance(each.fact, TemplateRow)]
    assert (row.action, row.notes) == ("We will.", ("My comments: I will look again in June 2025.",))


def test_a_paper_on_figures_in_which_the_force_answers_is_no_letter() -> None:
    table = "| Measure | 2023/24 | 2024/25 | Change |\n|---|---|---|---|\n| Keys lost | 40 | 50 | 25% |\n"
    table += "| Bells rung | 10 | 20 | 100% |\n"
    said = "Force response: more keys were counted.\n\nCommissioner's comments: noted.\n"
    found = _read(f"# Performance report\n\n## Keys\n\n{table}\n{said}")
    assert found.detail("family") == "performance_report"
    assert [each.fact.kind for each in found.facts] == ["indicator_row"] * 2


AUDIT = """# Internal audit progress report

Joint Audit Committee, 17 September 2025

## Keys

**Recommendation 1 (Priority 1)**

Keys should be counted every week.

**Management response:**

Agreed. A register has been bought.

Owner: Head of Estates

Target date: 31 December 2025

Fleet was looked at next.

**Recommendation 2 (Priority 2)**

The cupboard should be locked.

**Management response:** Agreed.

Responsible officer: Head of Finance; Due date: 30 November 2025; Status: Open

## Next steps

We will report again.
"""


def test_an_auditors_recommendations_in_prose_are_rows_with_their_owners_and_days() -> None:
    found = _read(AUDIT)
    rows = [each.fact for each in found.facts if isinstance(each.fact, TemplateRow)]
    assert [(row.ref, row.text, row.action) for row in rows] == [
        ("1", "Keys should be counted every week.", "Agreed. A register has been bought."),
        ("2", "The cupboard should be locked.", "Agreed."),
    ]
    assert [(row.owner, row.due_printed, row.status) for row in rows] == [
        ("Head of Estates", "31 December 2025", ""),
        ("Head of Finance", "30 November 2025", "Open"),
    ]
    assert found.detail("published") == "2025-09-17"


def test_recommendations_that_nobody_answers_are_no_rows() -> None:
    found = _read(AUDIT.replace("Management response", "Reason"))
    assert not [each for each in found.facts if isinstance(each.fact, TemplateRow)]
