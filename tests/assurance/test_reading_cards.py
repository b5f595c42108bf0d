"""Trackers as cards: a table of two columns for each item, its labels down the first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.assurance.facts import TemplateRow
from bluelamp.assurance.reading import read_template
from bluelamp.assurance.reading_columns import Role, role_of
from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes

pytestmark = pytest.mark.no_database

LABELS = ("Reference", "Recommendation", "Owner", "Due date", "Status", "Progress")
KEYS = ("Rec 4", "The force should count its keys.", "Supt Crane", "31 May 2025", "Open", "A cupboard was bought.")
CARS = ("Rec 5", "The force should wash its cars.", "Insp Holm", "June 2025", "Closed", "All are clean.")


def _table(rows: list[tuple[str, ...]]) -> str:
    return (
        "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</table>"
    )


def _rows(*tables: list[tuple[str, ...]], over: str = "") -> list[TemplateRow]:
    page = f"<html><body><h1>Tracker</h1>{over}{'<p>Next.</p>'.join(map(_table, tables))}</body></html>"
    document = read_bytes(page.encode(), file_name="cards.html")
    rows = [fact for fact in read_template(whole(document)).facts if isinstance(fact, TemplateRow)]
    assert all(document.verify(citation) for row in rows for citation in row.citations)
    return rows


def _said(row: TemplateRow) -> tuple[str, ...]:
    return (row.ref, row.text, row.owner, row.due_printed, row.status, row.action)


@pytest.mark.parametrize("apart", [True, False])
def test_each_card_is_one_row(apart: bool) -> None:
    first, second = (list(zip(LABELS, card, strict=True)) for card in (KEYS, CARS))
    rows = _rows(first, second) if apart else _rows(first + second)
    assert [_said(row) for row in rows] == [KEYS, CARS]
    assert {row.section for row in rows} == {"recommendation"}


@given(st.permutations(range(len(LABELS))))
def test_the_order_of_the_labels_does_not_matter(order: list[int]) -> None:
    (row,) = _rows([(LABELS[at], KEYS[at]) for at in order])
    assert _said(row) == KEYS


def test_a_title_over_a_card_is_its_number_and_names_its_section() -> None:
    card = [("AFI 7", ""), ("Finding", "Keys are lost."), ("Owner", "Supt Crane"), ("Status", "Open")]
    (row,) = _rows(card)
    assert (row.section, row.ref, row.text) == ("area_for_improvement", "AFI 7", "Keys are lost.")
    (row,) = _rows([("Recommendation 7", ""), *card[1:]])
    assert (row.section, row.ref, row.doubt) == ("recommendation", "Recommendation 7", "")


def test_an_empty_answer_is_still_a_card() -> None:
    (row,) = _rows(list(zip(LABELS, (*KEYS[:5], ""), strict=True)))
    assert (row.ref, row.action, row.status) == ("Rec 4", "", "Open")


@pytest.mark.parametrize(
    "table",
    [
        [("Recommendation", "Action taken"), ("Count the keys.", "Done."), ("Wash the cars.", "Begun.")],
        [("Recommendation", "Owner"), ("Owner of the keys", "Supt Crane"), ("Status of the cars", "Insp Holm")],
    ],
)
def test_a_table_of_two_columns_with_its_heads_above_is_no_card(table: list[tuple[str, ...]]) -> None:
    assert all(len(row.text.split()) < 5 and not row.due_printed for row in _rows(table))
    assert len(_rows(table)) in {0, 2}


def test_a_table_about_a_paper_is_no_card() -> None:
    head = [("Report to", "Board"), ("Date", "3 May 2025"), ("Report author", "Ada Fenwick"), ("Status", "Public")]
    assert _rows(head) == []


def test_owner_due_date_and_status_are_read_from_columns() -> None:
    heads = ("No.", "Recommendation", "Update", "Action owner", "Due date", "Revised date", "RAG")
    line = ("4", "Count the keys.", "Begun.", "Supt Crane", "May 2025", "July 2025", "Amber")
    (row,) = _rows([heads, line])
    assert (row.ref, row.action, row.owner) == ("4", "Begun.", "Supt Crane")
    assert (row.due_printed, row.status) == ("May 2025; July 2025", "Amber")


def test_recommendations_with_owner_and_status_need_no_number() -> None:
    (row,) = _rows([("Recommendation", "Owner", "Status"), ("Count the keys.", "Supt Crane", "Open")])
    assert (row.text, row.owner, row.status) == ("Count the keys.", "Supt Crane", "Open")
    assert _rows([("Issue", "Owner", "Status"), ("Keys.", "Supt Crane", "Open")]) == []


def _paired(keys: tuple[str, ...], *, section: str) -> list[tuple[str, ...]]:
    ref, words, owner, due, status, done = keys
    return [
        ("Reference", ref, "Type", section),
        ("Page", "p. 9", "RAG", status),
        ("Finding", words),
        ("Owner", owner, "Due", due),
        ("Progress", done),
    ]


def _wide(rows: list[tuple[str, ...]]) -> str:
    spans = {2: (1, 3), 4: (1, 1, 1, 1)}
    cells = (
        "".join(f'<td colspan="{n}">{c}</td>' for n, c in zip(spans[len(row)], row, strict=True)) for row in rows
    )
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _read_wide(*tables: list[tuple[str, ...]]) -> tuple[list[TemplateRow], list[str]]:
    page = f"<html><body><h1>Tracker</h1>{'<p>Next.</p>'.join(map(_wide, tables))}</body></html>"
    document = read_bytes(page.encode(), file_name="wide.html")
    reading = read_template(whole(document))
    return [f for f in reading.facts if isinstance(f, TemplateRow)], [gap.reason for gap in reading.unread]


@pytest.mark.parametrize("apart", [True, False])
def test_labels_may_stand_in_pairs_across_a_row(apart: bool) -> None:
    first, second = _paired(KEYS, section="Area for improvement"), _paired(CARS, section="Recommendation")
    rows, unread = _read_wide(first, second) if apart else _read_wide(first + second)
    assert [_said(row) for row in rows] == [KEYS, CARS]
    assert [row.page_ref for row in rows] == ["p. 9", "p. 9"]
    assert unread == []


def test_a_pair_may_be_answered_by_nothing() -> None:
    card = _paired((*KEYS[:2], "", *KEYS[3:]), section="Recommendation")
    ((row,), _) = _read_wide(card)
    assert (row.ref, row.owner, row.due_printed) == ("Rec 4", "", "31 May 2025")


def test_a_completed_item_is_no_head() -> None:
    ((row,), _) = _read_wide(_paired((*KEYS[:4], "Completed", KEYS[5]), section="Recommendation"))
    assert row.status == "Completed"


def test_labels_and_their_values_are_no_item_where_the_table_is_no_card() -> None:
    table = [*_paired(KEYS, section="Recommendation"), ("Kept by", "the office", "of", "the board")]
    rows, unread = _read_wide(table)
    assert not {"Page", "Owner"} & {row.ref for row in rows}
    assert any(reason.startswith("A row of labels") for reason in unread)


@pytest.mark.parametrize(
    "line",
    [
        ("Area for improvement", "Count the keys.", "Completed", "Supt Crane"),
        ("Recommendation", "Count the keys.", "Closed", "Supt Crane"),
        ("Recommendation", "Count the keys.", "In progress", "Supt Crane"),
    ],
)
def test_a_row_under_heads_is_no_pair_of_labels(line: tuple[str, ...]) -> None:
    rows, _ = _read_wide([("Type", "Finding", "Status", "Owner"), line, (*line[:1], "Wash the cars.", *line[2:])])
    assert [(row.text, row.status) for row in rows] == [
        ("Count the keys.", line[2]),
        ("Wash the cars.", line[2]),
    ]


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("What HMICFRS said", Role.TEXT),
        ("What the inspectors found", Role.TEXT),
        ("What we said", None),
        ("What the report costs", None),
        ("Complete by", Role.DUE),
        ("To be completed by", Role.DUE),
        ("Completed by", Role.STATUS),
        ("Action owner", Role.OWNER),
        ("Responsible officer", Role.OWNER),
        ("Action due date", Role.DUE),
        ("Implementation date", Role.DUE),
        ("BRAG", Role.STATUS),
        ("Date closed", Role.OTHER),
        ("Date of inspection", Role.OTHER),
        ("Risk rating", Role.OTHER),
        ("Priority", Role.OTHER),
        ("Progress update", Role.ACTION),
    ],
)
def test_what_is_told_of_an_item(head: str, role: Role) -> None:
    assert role_of(head) is role
