"""What went out to be filled in, and what is read of it when it comes back sorted, copied or cut?"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.documents.readers.forms import Form, FormCell, FormRow, FormTable, read_form_bytes
from bluelamp.lib.errors import PlainError
from bluelamp.papers.anchors import bookmark_of, tag_of
from bluelamp.papers.rendering import render
from bluelamp.performance.insight_word import HEADS, AskedRow, Order, make_order_paper, read_returned

pytestmark = pytest.mark.no_database

KEYS = {f"{n:032x}": f"1A.{n}" for n in range(1, 6)}


def order(**said: object) -> Order:
    rows = tuple(
        AskedRow(key=key, code=code, name=f"Indicator {code}", facts=(f"It is {code}.",))
        for key, code in KEYS.items()
    )
    given = {
        "title": "Performance to March 2021",
        "owner": "Head of crime",
        "due": dt.date(2021, 5, 1),
        "as_of": dt.date(2021, 4, 20),
        "rows": rows,
        "name": "insight",
    }
    return Order(**(given | said))  # type: ignore[arg-type]


def row(number: int, key: str, words: str = "", evidence: str = "", code: str = "") -> FormRow:
    names = (bookmark_of(key),) if key else ()
    return FormRow(
        number,
        (
            FormCell(code or KEYS.get(key, ""), 0, names=names, hidden=(tag_of(key),) if key else ()),
            FormCell("Indicator", 1),
            FormCell(words, 2, names=(bookmark_of(f"w{key}"),) if key else ()),
            FormCell(evidence, 3, names=(bookmark_of(f"e{key}"),) if key else ()),
        ),
    )


def form(*rows: FormRow, loose: tuple[str, ...] = ()) -> Form:
    head = FormRow(1, tuple(FormCell(words, at) for at, words in enumerate(HEADS)))
    return Form("docx", (FormTable("table 2", (head, *rows)),), loose=("Title", *loose))


def read(*rows: FormRow) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    returned = read_returned(form(*rows), KEYS, file_name="back.docx")
    return {KEYS[each.key]: (each.words, each.evidence, each.doubts) for each in returned.answers}


def test_what_went_out_is_read_back_empty_and_whole() -> None:
    data = render(make_order_paper(order()), "docx").data
    returned = read_returned(read_form_bytes(data, file_name="o.docx"), KEYS, file_name="o.docx")
    assert [each.key for each in returned.answers] == list(KEYS)
    assert {(each.words, each.evidence, each.doubts) for each in returned.answers} == {("", "", ())}
    assert returned.unread == ()


def test_the_same_order_is_the_same_bytes() -> None:
    assert render(make_order_paper(order()), "docx").data == render(make_order_paper(order()), "docx").data


@given(
    words=st.lists(st.text("abc déf.[1]", max_size=30), min_size=5, max_size=5),
    seed=st.integers(min_value=0, max_value=999),
)
def test_rows_in_any_order_find_their_own(words: list[str], seed: int) -> None:
    pairs = list(zip(KEYS, words, strict=True))
    random.Random(seed).shuffle(pairs)
    found = read(*(row(at, key, said) for at, (key, said) in enumerate(pairs, start=2)))
    assert {code: said[0] for code, said in found.items()} == {KEYS[key]: said.strip() for key, said in pairs}


def test_a_row_without_its_key_is_found_by_its_code_with_a_doubt() -> None:
    found = read(row(2, "", "By code.", code="1a.2"))
    assert found == {"1A.2": ("By code.", "", ("It lost its key, and was found by its code.",))}


def test_a_copied_row_is_one_answer_with_a_doubt() -> None:
    key = next(iter(KEYS))
    found = read(row(2, key, "One."), row(3, key, "Two."))
    words, _, doubts = found["1A.1"]
    assert words == "One.\nTwo."
    assert doubts == ("It stands in more than one row of the file.",)


def test_a_key_against_its_code_is_a_doubt() -> None:
    key = next(iter(KEYS))
    assert read(row(2, key, "x", code="1A.4"))["1A.1"][2] == ("Its key and its code name different indicators.",)


def test_a_column_that_was_added_is_read_too_with_a_doubt() -> None:
    key = next(iter(KEYS))
    wide = row(2, key, "In its place.")
    wide = replace(wide, cells=(*wide.cells, FormCell("In a new column.", 4)))
    words, _, doubts = read(wide)["1A.1"]
    assert words == "In its place.\nIn a new column."
    assert "Its columns were changed." in doubts


def test_a_comment_and_a_picture_are_said() -> None:
    key = next(iter(KEYS))
    made = row(2, key, "x")
    cells = list(made.cells)
    cells[2] = replace(cells[2], comments=("Ann: sure?",), pictures=("chart.png",))
    doubts = read(replace(made, cells=tuple(cells)))["1A.1"][2]
    assert doubts == ("A comment: Ann: sure?", "A picture stands in it, which was not read.")


def test_rows_of_something_else_are_left_and_said() -> None:
    returned = read_returned(
        form(row(2, "f" * 32, "Theirs.", code="9Z.1"), row(3, next(iter(KEYS)), "Ours.")), KEYS, file_name="x.docx"
    )
    assert [each.words for each in returned.answers] == ["Ours."]
    assert returned.strangers == 1
    assert "belongs to something else" in returned.unread[0]


def test_words_outside_the_table_are_said() -> None:
    said = "We should also like to say that the figures were late this quarter."
    returned = read_returned(form(row(2, next(iter(KEYS)), "x"), loose=(said,)), KEYS, file_name="x.docx")
    assert returned.unread == (f"Outside the table stands: “{said}”.",)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([row(2, "f" * 32, "Theirs.", code="9Z.1")], "filled in for another report"),
        ([], "has no row of the insight"),
        ([row(2, "", "x", code="no code")], "has no row of the insight"),
    ],
)
def test_a_file_that_answers_nothing_is_refused(rows: list[FormRow], fault: str) -> None:
    with pytest.raises(PlainError, match=fault):
        read_returned(form(*rows), KEYS, file_name="x.docx")
