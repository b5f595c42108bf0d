"""Fictional packs and papers, in several offices' styles and several formats, with the facts expected of them."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import msgspec
import openpyxl
import pytest
import yaml

from bluelamp.documents.document import Document
from bluelamp.documents.facts import Fact
from bluelamp.documents.readers import read_bytes
from bluelamp.performance.facts import BudgetRow, IndicatorRow
from bluelamp.performance.reading import read_performance
from bluelamp.scrutiny.facts import AgendaItem, Attendance, PaperHeader, Resolution
from bluelamp.scrutiny.reading.headers import read_headers
from bluelamp.scrutiny.reading.meetings import read_meeting
from bluelamp.scrutiny.reading.packs import split_pack
from bluelamp.scrutiny.reading.work_programme import read_work_programme

PACKS = Path(__file__).resolve().parents[2] / "golden" / "packs"
READERS = (read_headers, read_meeting, read_work_programme, read_performance)


def facts_of(document: Document) -> list[Fact]:
    facts = [fact for part in split_pack(document) for read in READERS for fact in read(part).facts]
    assert all(document.verify(citation) for fact in facts for citation in fact.citations)
    return facts


def told(fact: Fact) -> dict[str, object]:
    plainly: dict[str, object] = msgspec.to_builtins(fact, builtin_types=(date, Decimal))
    return {"kind": fact.kind, **plainly}


def agrees(expected: object, found: object) -> bool:
    """Is everything that is expected found? Fields that the expectation leaves out may be anything."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(k in found and agrees(v, found[k]) for k, v in expected.items())
    if isinstance(expected, list):
        pairs = isinstance(found, (list, tuple)) and len(expected) == len(found)
        return pairs and all(agrees(e, f) for e, f in zip(expected, found, strict=True))  # type: ignore[arg-type]
    if isinstance(found, Decimal) and isinstance(expected, (int, float)):
        return found == Decimal(str(expected))
    return expected == found


@pytest.mark.parametrize("path", sorted(PACKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    expected = yaml.safe_load(path.read_text(encoding="utf-8"))
    source = next(other for other in PACKS.glob(f"{path.stem}.*") if other.suffix != ".yaml")
    facts = facts_of(read_bytes(source.read_bytes(), file_name=source.name))
    assert Counter(fact.kind for fact in facts) == expected["counts"]
    found = [told(fact) for fact in facts]
    missing = [fact for fact in expected["facts"] if not any(agrees(fact, other) for other in found)]
    assert missing == []


def fill(table: docx.table.Table, rows: list[list[str]]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def word_pack() -> bytes:
    """A pack as an office would write it in Word: headings, tables, numbered lists."""
    file = docx.Document()
    file.add_heading("Stonebeck Assurance Board", 1)
    file.add_paragraph("Thursday 11 July 2024, 14:00")
    file.add_heading("Agenda", 2)
    for title in ("Welcome", "Force performance", "Budget monitor"):
        file.add_paragraph(title, style="List Number")
    file.add_page_break()
    file.add_heading("Minutes of the Stonebeck Assurance Board held on 9 May 2024", 1)
    people = [
        ["Name", "Role", "Attendance"],
        ["Ruth Adair", "Commissioner", "Present"],
        ["Sol Penn", "Treasurer", "Apologies"],
    ]
    file.add_paragraph("Attendees")
    fill(file.add_table(3, 3), people)
    file.add_heading("1. Estates", 2)
    file.add_paragraph("The roof leaks.")
    file.add_paragraph("Decision 2024/11: Mend the roof.")
    file.add_page_break()
    labels = [
        ["Report to", "Stonebeck Assurance Board"],
        ["Meeting date", "11 July 2024"],
        ["Report author", "Head of Data"],
    ]
    fill(file.add_table(3, 2), labels)
    file.add_heading("Force performance", 1)
    table = file.add_table(4, 7)
    fill(
        table,
        [
            ["", "", "", "12 months to", "", "Change", ""],
            ["Ref", "Measure", "Aim", "June 2023", "June 2024", "%", "Number"],
            ["S1", "Shop theft", "Reduce", "2,000", "2,200", "+10.0%", "+200"],
            ["S2", "Answer rate", "Increase", "80.0%", "82.5%", "+2.5 pp", "n/a"],
        ],
    )
    table.cell(0, 3).merge(table.cell(0, 4))
    table.cell(0, 5).merge(table.cell(0, 6))
    file.add_page_break()
    labels = [
        ["Report to", "Stonebeck Assurance Board"],
        ["Meeting date", "11 July 2024"],
        ["Report author", "Treasurer"],
    ]
    fill(file.add_table(3, 2), labels)
    file.add_heading("Budget monitor", 1)
    money = [
        ["£'000", "Budget", "Forecast", "Variance"],
        ["Pay", "9,000", "9,120", "120"],
        ["Total", "9,000", "9,120", "120"],
    ]
    fill(file.add_table(3, 4), money)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def test_a_pack_in_word() -> None:
    facts = facts_of(read_bytes(word_pack(), file_name="pack.docx"))
    assert [(f.number, f.title) for f in facts if isinstance(f, AgendaItem)] == [
        ("1", "Welcome"),
        ("2", "Force performance"),
        ("3", "Budget monitor"),
    ]
    assert [(f.name, f.present) for f in facts if isinstance(f, Attendance)] == [
        ("Ruth Adair", True),
        ("Sol Penn", False),
    ]
    assert [(f.number, f.text) for f in facts if isinstance(f, Resolution)] == [("2024/11", "Mend the roof.")]
    headers = [(f.title, f.author, f.meeting_date) for f in facts if isinstance(f, PaperHeader)]
    day = date(2024, 7, 11)
    assert headers == [("Force performance", "Head of Data", day), ("Budget monitor", "Treasurer", day)]
    theft, answers = (f for f in facts if isinstance(f, IndicatorRow))
    assert (theft.code, theft.aim, [p.value.value for p in theft.periods]) == ("S1", "reduce", [2000, 2200])
    assert [p.to for p in theft.periods] == [date(2023, 6, 30), date(2024, 6, 30)]
    assert answers.change_unit == "points"
    money = [f for f in facts if isinstance(f, BudgetRow)]
    assert [(f.line, f.is_total, f.columns[2].value.value) for f in money] == [
        ("Pay", False, 120_000),
        ("Total", True, 120_000),
    ]


def test_figures_in_a_workbook() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Indicators"
    sheet.append(["Ref", "Measure", "Aim", "2022/23", "2023/24", "% change", "Change"])
    sheet.append(["K1", "Collisions", "Reduce", 410, 396, "-3.4%", -14])
    sheet.append(["K2", "Drink drivers caught", "Monitor", 77, 81, "+5.2%", 4])
    money = book.create_sheet("Outturn")
    money.append(["Heading", "Budget £m", "Outturn £m"])
    money.append(["Pay", 12.5, 12.9])
    money.append(["Total", 12.5, 12.9])
    out = io.BytesIO()
    book.save(out)
    facts = facts_of(read_bytes(out.getvalue(), file_name="figures.xlsx"))
    rows = [f for f in facts if isinstance(f, IndicatorRow)]
    assert [(f.code, [p.value.value for p in f.periods]) for f in rows] == [("K1", [410, 396]), ("K2", [77, 81])]
    pay = next(f for f in facts if isinstance(f, BudgetRow))
    assert (pay.line, pay.columns[1].value.value) == ("Pay", 12_900_000)
