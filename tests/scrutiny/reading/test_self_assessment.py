"""Self-assessments: numbered characteristics, statements, and the narrative that answers them."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import docx as word
import pytest

from bluelamp.documents.document import Document, whole
from bluelamp.documents.readers import docx
from bluelamp.documents.readers.plain import read
from bluelamp.scrutiny.facts import SelfAssessmentRow
from bluelamp.scrutiny.reading.self_assessment import read_self_assessment


def text_document(text: str, name: str = "self.txt") -> Document:
    data = text.encode()
    return read(data, sha256=hashlib.sha256(data).hexdigest(), file_name=name)


def rows_of(document: Document) -> list[SelfAssessmentRow]:
    rows = [f for f in read_self_assessment(whole(document)).facts if isinstance(f, SelfAssessmentRow)]
    assert [c for row in rows for c in row.citations if not document.verify(c)] == []
    return rows


@pytest.mark.shared
def test_the_shared_self_assessment_has_four_characteristics(shared: Path) -> None:
    path = next((shared / "seeds").glob("004*.txt"))
    rows = rows_of(text_document(path.read_text(encoding="utf-8"), path.name))
    assert [row.characteristic for row in rows] == ["1.5", "2.1", "3.1", "3.2"]
    assert all(row.statement.startswith("The force ") and row.statement.endswith(".") for row in rows)
    assert rows[2].narrative == rows[3].narrative
    assert len({row.narrative for row in rows}) == 3
    assert not any("bookmark" in row.statement for row in rows)


def test_a_narrative_that_serves_two_characteristics_is_carried_by_both() -> None:
    rows = rows_of(
        text_document(
            "Thematic report: OUR RIVERS\n\n"
            "4.1 The force keeps its boats ready.\n\nand\n\n4.2 The force trains its crews.\n\n"
            "Both launches were inspected in May.\n\nCrews train each week.\n\n"
            "5.3 The force listens to anglers.\n\nA forum meets four times a year.\n"
        )
    )
    assert [(r.characteristic, r.statement) for r in rows] == [
        ("4.1", "The force keeps its boats ready."),
        ("4.2", "The force trains its crews."),
        ("5.3", "The force listens to anglers."),
    ]
    assert rows[0].narrative == rows[1].narrative
    assert rows[0].narrative == "Both launches were inspected in May. Crews train each week."
    assert rows[2].narrative == "A forum meets four times a year."


def test_a_number_in_the_narrative_is_no_characteristic() -> None:
    rows = rows_of(
        text_document(
            "2.4 The force answers its calls.\n\nThe room answers quickly.\n\n"
            "1.7 million people live here.\n\n3.5 per cent of calls were lost.\n"
        )
    )
    assert [r.characteristic for r in rows] == ["2.4"]
    assert "3.5 per cent" in rows[0].narrative


def test_a_characteristic_without_a_narrative_is_reported() -> None:
    document = text_document("6.1 The force plans ahead for floods.\n")
    reading = read_self_assessment(whole(document))
    assert len(reading.facts) == 1
    assert reading.facts[0].doubt
    assert len(reading.unread) == 1


BESIDE = [
    ["Characteristic", "Self-assessment"],
    ["7.1 The force keeps its horses well.", "The stables were rebuilt. Each horse is seen weekly."],
    ["7.2 The force lends its horses.", "Two were lent last summer."],
]
IN_COLUMNS = [
    ["Ref", "Statement", "Force narrative"],
    ["7.1", "The force keeps its horses well.", "The stables were rebuilt. Each horse is seen weekly."],
    ["7.2", "The force lends its horses.", "Two were lent last summer."],
]
STACKED = [[cell] for row in BESIDE[1:] for cell in row]


@pytest.mark.parametrize("table", [BESIDE, IN_COLUMNS, STACKED])
def test_characteristics_in_tables(table: list[list[str]]) -> None:
    made = word.Document()
    made.add_heading("Self-assessment: mounted section", level=1)
    built = made.add_table(rows=0, cols=len(table[0]))
    for row in table:
        for cell, text in zip(built.add_row().cells, row, strict=True):
            cell.text = text
    held = io.BytesIO()
    made.save(held)
    data = held.getvalue()
    document = docx.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="self.docx")
    assert [(r.characteristic, r.statement, r.narrative) for r in rows_of(document)] == [
        ("7.1", "The force keeps its horses well.", "The stables were rebuilt. Each horse is seen weekly."),
        ("7.2", "The force lends its horses.", "Two were lent last summer."),
    ]


def test_a_narrative_may_stand_under_or_behind_its_label() -> None:
    rows = rows_of(
        text_document(
            "SELF ASSESSMENT\n\n4.1 The force keeps its boats ready.\n\nForce position\nTwo of three float.\n\n"
            "4.2 Crews are trained. Narrative: Nine of ten can swim.\n\n"
        )
    )
    assert [(r.statement, r.narrative) for r in rows] == [
        ("The force keeps its boats ready.", "Two of three float."),
        ("Crews are trained.", "Nine of ten can swim."),
    ]


def test_the_next_question_ends_a_narrative() -> None:
    document = text_document(
        "SELF ASSESSMENT\n\n4.1 The force keeps its boats ready.\n\nTwo of three float.\n\n"
        "5. How good is the force at listening to anglers?\n\nThis was not inspected.\n\n"
        "5.1 The force listens.\n\nA forum meets.\n"
    )
    rows = rows_of(document)
    assert [r.narrative for r in rows] == ["Two of three float.", "A forum meets."]
    unread = read_self_assessment(whole(document)).unread
    assert [u.citations[0].quote for u in unread] == ["This was not inspected."]


def test_an_owner_s_column_is_left_out_and_a_third_number_is_a_characteristic_in_a_table() -> None:
    rows = rows_of(
        text_document(
            "| No. | Characteristic | Narrative | Owner |\n|---|---|---|---|\n"
            "| 1.1 | The force rows fairly | Oars are shared. | Supt River |\n"
            "| 1.1.1 | Life jackets are used | Yes, in 88% of trips. | Ch Insp |\n",
            "self.md",
        )
    )
    assert [(r.characteristic, r.narrative) for r in rows] == [
        ("1.1", "Oars are shared."),
        ("1.1.1", "Yes, in 88% of trips."),
    ]
