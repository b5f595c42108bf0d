"""Does what leaves say exactly what is shown, and can no cell of it act?"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.register.samples import BY, NOW, make_register, point

from bluelamp.ledger.actions import recording
from bluelamp.organisations.models import Owner, User
from bluelamp.register.actions import index_items
from bluelamp.register.actions_links import say_same
from bluelamp.register.exports import ACTIVE, HEADS, defuse, export_rows, make_csv, make_xlsx
from bluelamp.register.queries import filter_items

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    '=HYPERLINK("http://x")',
    " =1+1",
    "=cmd|' /C calc'!A0",
]


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_csv_cell_begins_a_formula(cell: str) -> None:
    row = tuple([cell] * len(HEADS))
    _, written = rows_of(make_csv([row]).data)
    assert all(each.startswith("'") and each[1:] == cell for each in written)


@given(st.text())
def test_defusing_only_ever_adds_an_apostrophe(cell: str) -> None:
    safe = defuse(cell)
    assert safe in (cell, f"'{cell}")
    assert not safe.startswith(ACTIVE)


@pytest.mark.parametrize("cell", [*HOSTILE, "http://example.org", "12", "plain"])
def test_every_xlsx_cell_is_words(cell: str) -> None:
    data = make_xlsx([tuple([cell] * len(HEADS))], now=NOW).data
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert {each.data_type for each in sheet[2]} == {"s"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert not [name for name in package.namelist() if "externalLinks" in name]


def test_a_cell_longer_than_excel_holds_is_cut() -> None:
    data = make_xlsx([tuple(["x" * 40_000] * len(HEADS))], now=NOW).data
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert len(sheet["A2"].value) == 32_767


@pytest.mark.django_db
def test_the_rows_are_those_shown_in_their_order() -> None:
    register = make_register("WMC")
    register.add(
        point(title="=Second"), point("judgement", "Calls: not graded"), point("recommendation", "Repair")
    )
    items = filter_items(viewer=None, kind="area_for_improvement")
    (row,) = export_rows(items, today=NOW.date(), viewer=None)
    shown = dict(zip(HEADS, row, strict=True))
    assert shown["Reference"] == "WMC-2022-AFI-01"
    assert (shown["Page"], shown["Printed page"], shown["Line"], shown["Quote"]) == ("3", "iii", "7", "=Second")
    everything = list(export_rows(filter_items(viewer=None), today=NOW.date(), viewer=None))
    assert [row[0] for row in everything] == ["WMC-2022-AFI-01", "WMC-2022-JUD-01", "WMC-2022-REC-01"]
    assert dict(zip(HEADS, everything[1], strict=True))["Grade"] == "Not graded"


@pytest.mark.django_db
def test_an_item_leaves_with_its_five_facts_its_dates_and_what_it_belongs_with() -> None:
    register = make_register("WMC")
    one, two, grade = register.add(point(), point(), point("judgement", "Calls: good", grade="good"))
    owner = Owner(kind="post", name="Head of stores")
    one.response, one.delivery, one.assurance, one.owner = "partly-accepted", "for-another-body", "none", owner
    one.delivery_body, one.timing, one.due = "The council", "to-meet", NOW.date() - dt.timedelta(days=1)
    one.original_target, one.closing = dt.date(2025, 1, 31), "closed-elsewhere"
    with recording(by=BY, now=NOW) as book:
        book.event("register.item_changed", subject=one, add=[owner], change=[one])
        book.write()
        index_items([one])
    say_same(one, two, by=BY, now=NOW)
    rows = export_rows(filter_items(viewer=None), today=NOW.date(), viewer=None)
    shown = {row[0]: dict(zip(HEADS, row, strict=True)) for row in rows}
    said = shown[one.reference]
    assert [said[head] for head in ("Response", "Delivery", "For the body", "Assurance")] == [
        "Partly accepted",
        "For another body",
        "The council",
        "No assurance",
    ]
    assert (said["Inspectorate"], said["Schedule"], said["Due"]) == ("Not stated", "Overdue", "2026-03-01")
    assert (said["Original target"], said["Current target"], said["Owner"]) == ("2025-01-31", "", "Head of stores")
    assert said["Closing"] == "Closed elsewhere, not tested here"
    assert said["Belongs with"] == f"is the same point as {two.reference}"
    assert [shown[grade.reference][head] for head in ("Response", "Schedule", "Closing")] == ["", "", ""]
    stranger = User(user_name="ann", organisation=None, role="reader")
    two.organisation = register.force
    with recording(by=BY, now=NOW) as book:
        book.event("register.item_changed", subject=two, change=[two])
        book.write()
        index_items([two])
    seen = export_rows(filter_items(viewer=stranger), today=NOW.date(), viewer=stranger)
    assert not any(two.reference in cell for row in seen for cell in row)
