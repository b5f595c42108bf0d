"""Assurance templates as offices really return them: other columns, other orders, merged rows, Word and Excel."""

from __future__ import annotations

import hashlib
import io
import itertools

import docx as word
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bluelamp.assurance.facts import TemplateRow
from bluelamp.assurance.reading import read_template, tables_left
from bluelamp.assurance.reading_columns import Role, role_of, section_named
from bluelamp.assurance.reading_pages import parse_page_reference
from bluelamp.documents.document import Document, whole
from bluelamp.documents.facts import Reading
from bluelamp.documents.readers import docx, html, plain, sheets

Table = list[list[str]]


def read_text(text: str, name: str = "template.txt") -> Document:
    data = text.encode()
    return plain.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name=name)


def rows_of(document: Document) -> list[TemplateRow]:
    reading = read_template(whole(document))
    check_citations(document, reading)
    return [f for f in reading.facts if isinstance(f, TemplateRow)]


def check_citations(document: Document, reading: Reading) -> None:
    cited = [citation for fact in (*reading.facts, *reading.unread) for citation in fact.citations]
    assert [citation for citation in cited if not document.verify(citation)] == []


CONCERNS: Table = [
    ["Owner", "Page", "Ref", "Action taken", "Point of criticism", "Theme"],
    ["Supt Crane", "p. 12", "A1", "Two sergeants were moved.", "Callers wait too long on Friday nights.", "Open"],
    ["Supt Crane", "pp. 14-16", "A2", "", "The force does not count abandoned calls.", "Open"],
]
STACKED: Table = [
    ["Ref", "Page No.", "Finding", "Force response", "Due date"],
    ["Causes of concern", "", "", "", ""],
    ["1", "9", "Children are not spoken to at the scene.", "Training began in May.", "June"],
    ["Areas for improvement", "", "", "", ""],
    ["1", "11", "Files are late.", "", ""],
    ["2", "Page 11, Figure 3", "Files are thin.", "A checklist is used.", ""],
    ["Recommendations", "", "", "", ""],
    ["1", "10", "The force should speak to every child.", "Agreed.", "July"],
]


def as_word(tables: list[tuple[str, Table]]) -> bytes:
    document = word.Document()
    for heading, table in tables:
        if heading:
            document.add_heading(heading, level=2)
        built = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            cells = built.add_row().cells
            if sum(1 for text in row if text) == 1 and row[0]:
                cells[0].merge(cells[-1]).text = row[0]
                continue
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def read_word(tables: list[tuple[str, Table]]) -> Document:
    data = as_word(tables)
    return docx.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="template.docx")


def read_sheets(tables: list[tuple[str, Table]]) -> Document:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in tables:
        sheet = book.create_sheet(name[:30] or "Sheet1")
        for row in table:
            sheet.append([int(text) if text.isdigit() else text or None for text in row])
    held = io.BytesIO()
    book.save(held)
    data = held.getvalue()
    return sheets.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="template.xlsx")


@pytest.mark.parametrize("read", [read_word, read_sheets])
class TestWordAndExcel:
    def test_columns_are_known_by_their_heads(self, read) -> None:  # type: ignore[no-untyped-def]
        rows = rows_of(read([("Issues of concern", CONCERNS)]))
        assert [(r.section, r.ref, r.page_ref, r.text, r.action) for r in rows] == [
            (
                "issue_of_concern",
                "A1",
                "p. 12",
                "Callers wait too long on Friday nights.",
                "Two sergeants were moved.",
            ),
            ("issue_of_concern", "A2", "pp. 14-16", "The force does not count abandoned calls.", ""),
        ]

    def test_columns_left_out_are_reported(self, read) -> None:  # type: ignore[no-untyped-def]
        reading = read_template(whole(read([("Issues of concern", CONCERNS)])))
        assert any("left out: Theme" in unread.reason for unread in reading.unread)

    def test_sections_are_rows_within_one_table(self, read) -> None:  # type: ignore[no-untyped-def]
        rows = rows_of(read([("Response", STACKED)]))
        assert [(r.section, r.ref, r.action) for r in rows] == [
            ("cause_of_concern", "1", "Training began in May."),
            ("area_for_improvement", "1", ""),
            ("area_for_improvement", "2", "A checklist is used."),
            ("recommendation", "1", "Agreed."),
        ]
        assert rows[2].pages is not None
        assert (rows[2].pages.pages, rows[2].pages.figure) == (("11",), "3")

    def test_a_column_names_the_section(self, read) -> None:  # type: ignore[no-untyped-def]
        table = [
            ["Type", "Text", "Page", "Update"],
            ["AFI", "Files are late.", "3", "Better now."],
            ["Recommendation", "Speak to every child.", "4", ""],
            ["Cause of concern", "No one speaks to children.", "4", ""],
            ["Compliment", "Staff are kind.", "5", ""],
        ]
        rows = rows_of(read([("", table)]))
        assert [r.section for r in rows[:3]] == ["area_for_improvement", "recommendation", "cause_of_concern"]
        assert rows[3].doubt

    def test_a_title_may_stand_over_the_head(self, read) -> None:  # type: ignore[no-untyped-def]
        table = [["Saltmarsh Police: recommendations", "", ""], ["No.", "Recommendation", "Progress"]]
        table += [["1", "Publish the priorities.", "Done."], ["2", "Ask the residents.", ""]]
        rows = rows_of(read([("", table)]))
        assert [(r.section, r.ref, r.text) for r in rows] == [
            ("recommendation", "1", "Publish the priorities."),
            ("recommendation", "2", "Ask the residents."),
        ]

    def test_a_concern_and_its_recommendation_side_by_side(self, read) -> None:  # type: ignore[no-untyped-def]
        table = [
            ["Ref", "Cause of concern", "Recommendation", "Response"],
            ["7", "Custody is unsafe at night.", "Staff every desk.", "A rota began in March."],
        ]
        rows = rows_of(read([("", table)]))
        assert [(r.section, r.ref, r.text, r.action) for r in rows] == [
            ("cause_of_concern", "7", "Custody is unsafe at night.", ""),
            ("recommendation", "7", "Staff every desk.", "A rota began in March."),
        ]


def test_a_sheet_s_name_is_its_section() -> None:
    table = [["No", "Finding", "Response"], ["1", "Files are late.", ""]]
    rows = rows_of(read_sheets([("AFIs", table), ("Recommendations", table), ("Causes of concern", table)]))
    assert [r.section for r in rows] == ["area_for_improvement", "recommendation", "cause_of_concern"]


def test_rows_continued_over_a_page_are_one_row() -> None:
    rows = rows_of(
        read_text(
            "Areas for improvement\n\nRef\tPage\tIssue of concern\tAction taken\n"
            "1\tPage 3\tOfficers are moved to other towns before their plans have been\t\n"
            "\f\t\tread by anyone who could act upon them.\t\n"
            "2\tPage 4\tPlans are not reviewed.\t\n"
        )
    )
    assert [r.ref for r in rows] == ["1", "2"]
    assert rows[0].text.endswith("have been read by anyone who could act upon them.")
    assert [c.page for c in rows[0].citations] == [1, 2]


def test_a_footnote_belongs_to_the_row_with_its_sign() -> None:
    rows = rows_of(
        read_text(
            "Ref\tPage\tIssue of concern\tAction taken\n"
            "1\tPage 3\tThe force keeps no list ¹ of such places.\t\n"
            "2\tPage 4\tThe yard is 40 m² and too small.\t\n\n"
            "¹ A list is kept by two of the councils.\n"
        )
    )
    assert rows[0].notes == ("¹ A list is kept by two of the councils.",)
    assert "councils" not in rows[0].text
    assert rows[1].notes == ()
    assert rows[0].citations[-1].quote == "A list is kept by two of the councils."


def test_a_web_table_is_a_template_too() -> None:
    data = (
        b"<h2>Recommendations</h2><table><tr><th>Action taken</th><th>Recommendation</th><th>Ref</th></tr>"
        b"<tr><td>Begun.</td><td>Keep a list.</td><td>4</td></tr></table>"
    )
    document = html.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="t.html")
    assert [(r.section, r.ref, r.text, r.action) for r in rows_of(document)] == [
        ("recommendation", "4", "Keep a list.", "Begun.")
    ]


def test_a_response_in_prose_is_read_item_by_item() -> None:
    rows = rows_of(
        read_text(
            "The commissioner thanks the inspectors for their report.\n\n"
            "Recommendation 1 (page 12)\n\nThe force should search every cell by 1 May 2021.\n\n"
            "Chief Constable’s response:\n\nAccepted. A rota began in March.\n\nIt is checked weekly.\n\n"
            "Area for improvement 2: The force should answer letters.\n\n"
            "Force response: A clerk was hired.\n\n"
            "Recommendation 3 has been met by others.\n"
        )
    )
    assert [(r.section, r.ref, r.page_ref, r.text, r.action[:21]) for r in rows] == [
        (
            "recommendation",
            "1",
            "page 12",
            "The force should search every cell by 1 May 2021.",
            "Accepted. A rota bega",
        ),
        ("area_for_improvement", "2", "", "The force should answer letters.", "A clerk was hired. Re"),
    ]


def test_prose_without_answers_is_no_template() -> None:
    text = "Recommendation 1\n\nThe force should search every cell.\n\nRecommendation 2\n\nAnd every van.\n"
    assert rows_of(read_text(text)) == []


def test_a_table_of_words_is_reported_and_not_read() -> None:
    reading = read_template(whole(read_text("District\tSergeant\tStation\nNorth\tAda\tMill\nSouth\tNed\tDock\n")))
    assert reading.facts == ()
    assert len(reading.unread) == 1


def test_a_table_of_figures_is_left_to_another_reader() -> None:
    part = whole(read_text("District\tOfficers\tVacancies\nNorth\t210\t4\nSouth\t180\t9\n"))
    assert read_template(part).facts == ()
    assert read_template(part).unread == ()
    assert len(tables_left(part)) == 1


@pytest.mark.parametrize(
    ("printed", "pages", "figure"),
    [
        ("Page 5", ("5",), ""),
        ("Page 45/46", ("45", "46"), ""),
        ("Page 20 Figure 4", ("20",), "4"),
        ("pp. 12-14", ("12", "13", "14"), ""),
        ("Pages 7 and 9", ("7", "9"), ""),
        ("p12, Fig. 3a", ("12",), "3a"),
        ("Page iv", ("iv",), ""),
        ("31", ("31",), ""),
        ("Pages 3 – 900", ("3", "900"), ""),
    ],
)
def test_page_references(printed: str, pages: tuple[str, ...], figure: str) -> None:
    reference = parse_page_reference(printed)
    assert reference is not None
    assert (reference.printed, reference.pages, reference.figure) == (printed, pages, figure)


def test_no_page_reference_where_none_is_printed() -> None:
    assert parse_page_reference("  ") is None


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Report Ref", Role.REF),
        ("Page Ref", Role.PAGE),
        ("ISSUE OF CONCERN", Role.TEXT),
        ("ACTION TAKEN TO ADDRESS CONCERN", Role.ACTION),
        ("HMICFRS finding", Role.TEXT),
        ("Progress update (March 2019)", Role.ACTION),
        ("Lead officer", Role.OWNER),
        ("Target date", Role.DUE),
        ("Category", Role.SECTION),
        ("Page 5", None),
        ("17", None),
        ("The force does not know how many of its concerns were followed up by anyone.", None),
    ],
)
def test_roles(head: str, role: Role | None) -> None:
    assert role_of(head) is role


def test_sections_by_their_names() -> None:
    assert section_named("Cause of Concern:") == "cause_of_concern"
    assert section_named("AFIs") == "area_for_improvement"
    assert section_named("SECTION 3 – RECOMMENDATIONS") == "recommendation"
    assert section_named("Annex 1") is None


COLUMNS = ["Ref", "Page", "Issue of concern", "Action taken", "Owner"]
ORDERS = list(itertools.permutations(range(len(COLUMNS))))


@settings(max_examples=40, deadline=None)
@given(order=st.sampled_from(ORDERS), count=st.integers(1, 12))
def test_the_order_of_the_columns_changes_nothing(order: tuple[int, ...], count: int) -> None:
    rows = [
        [str(n), f"Page {n + 3}", f"Concern {n} is not met.", f"Step {n}.", "Desk"] for n in range(1, count + 1)
    ]
    table = [[row[column] for column in order] for row in [COLUMNS, *rows]]
    markup = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table)
    data = f"<table>{markup}</table>".encode()
    read = rows_of(html.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="t.html"))
    assert [(r.ref, r.page_ref, r.text, r.action) for r in read] == [tuple(row[:4]) for row in rows]


VOICES: Table = [
    ["No.", "Recommendation", "Chief Constable's response", "{head}"],
    ["1", "The force should fit a bell.", "Done in May.", "I have not heard it ring."],
    ["2", "The force should answer letters.", "Agreed.", ""],
]


@pytest.mark.parametrize(
    "head", ["Commissioner's comment", "PCC response", "OPCC update", "Comments of the Mayor"]
)
def test_what_the_commissioner_says_of_an_answer_is_kept_apart(head: str) -> None:
    table = [[cell.format(head=head) for cell in row] for row in VOICES]
    first, second = rows_of(docx.read(as_word([("", table)]), sha256="0" * 64, file_name="a.docx"))
    assert (first.action, first.notes) == ("Done in May.", (f"{head}: I have not heard it ring.",))
    assert (second.action, second.notes) == ("Agreed.", ())


def test_a_table_in_which_only_the_commissioner_answers_is_an_answer() -> None:
    table = [["No.", "Recommendation", "PCC response"], ["1", "The force should fit a bell.", "I will ask."]]
    (row,) = rows_of(docx.read(as_word([("", table)]), sha256="0" * 64, file_name="a.docx"))
    assert (row.action, row.notes) == ("I will ask.", ())


# -- lists that audits and action logs keep --------------------------------------------------------------------


def test_agreed_actions_with_owner_and_day_are_what_an_audit_asks() -> None:
    rows = rows_of(
        read_text(
            "Ref\tAgreed action\tResponsible\tTimescale\tStatus\n"
            "K1\tFeed should be counted.\tAda Moss\tMay 31\tOpen\n"
        )
    )
    assert [(r.section, r.ref, r.text, r.owner, r.due_printed, r.status) for r in rows] == [
        ("recommendation", "K1", "Feed should be counted.", "Ada Moss", "May 31", "Open")
    ]


@pytest.mark.parametrize(
    "head",
    [
        "Minute\tAction\tWho\tWhen",  # of a meeting
        "Ref\tAgreed action\tCost\tHours",  # nobody owns it
        "Ref\tFinding\tAgreed action\tOwner",  # the finding is the point
    ],
)
def test_other_columns_of_actions_are_no_points(head: str) -> None:
    rows = rows_of(read_text(f"{head}\nK1\tFeed should be counted.\tAda Moss\tMay 31\n"))
    assert [row.text for row in rows if row.text != "Feed should be counted."] == []
    assert head.startswith("Ref\tFinding") == bool(rows)


def test_the_number_of_a_row_is_no_reference_beside_that_of_a_recommendation() -> None:
    rows = rows_of(
        read_text("No.\tReport\tRec no.\tText\tWhere are we now?\tAction owner\n"
                  "1\tKennels\t7\tForces should count feed.\tCounted weekly\tAda Moss\n"
                  "2\tKennels\t9\tForces should lock leads.\tBegun\tNed Fell\n")
    )  # fmt: skip
    assert [(r.section, r.ref, r.action, r.owner, r.doubt) for r in rows] == [
        ("recommendation", "7", "Counted weekly", "Ada Moss", ""),
        ("recommendation", "9", "Begun", "Ned Fell", ""),
    ]


@pytest.mark.parametrize("ref", ["CV-PEEL-01", "IA/2031/07", "AFI 3", "2.1", "(b)"])
def test_references_are_not_doubted(ref: str) -> None:
    (row,) = rows_of(read_text(f"Ref\tFinding\tUpdate\n{ref}\tFeed is not counted.\tIt is now.\n"))
    assert (row.ref, row.doubt) == (ref.strip(".()"), "")


def test_words_across_the_table_are_kept_with_the_rows_under_them() -> None:
    rows = rows_of(
        html.read(
            b"<table><tr><th>Ref</th><th>Recommendation</th><th>Action</th></tr>"
            b"<tr><td colspan=3>Kennels (published 4 March 2031)</td></tr>"
            b"<tr><td>K1</td><td>Feed should be counted.</td><td>Done.</td></tr>"
            b"<tr><td colspan=3>Stables</td></tr>"
            b"<tr><td>S1</td><td>Straw should be dry.</td><td>Begun.</td></tr></table>",
            sha256="0" * 64,
            file_name="a.html",
        )
    )
    assert [(row.ref, row.notes) for row in rows] == [
        ("K1", ("Kennels (published 4 March 2031)",)),
        ("S1", ("Stables",)),
    ]


def test_how_much_is_done_is_no_status() -> None:
    document = read_text("Ref\tFinding\tUpdate\tRAG\t% complete\nA1\tFeed is not counted.\tIt is now.\tG\t62\n")
    assert [row.status for row in rows_of(document)] == ["G"]


def test_the_rest_of_an_owner_in_a_row_below_is_no_second_owner() -> None:
    head = "Ref\tRecommendation\tResponse\tOwner\tDue date\tRevised date\n"
    rows = rows_of(
        read_text(f"{head}1\tLeads should be\tDone.\tHead of\tMay 31\tJune 31\n\tlocked.\t\tKennels\t\t\n")
    )
    assert [(row.text, row.owner, row.due_printed) for row in rows] == [
        ("Leads should be locked.", "Head of Kennels", "May 31; June 31")
    ]
