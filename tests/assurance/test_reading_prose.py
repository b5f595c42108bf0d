"""A commissioner's answer without a table: items, and under each the force's response by its own label."""

from __future__ import annotations

import hashlib

from bluelamp.assurance.facts import TemplateRow
from bluelamp.assurance.reading import read_response
from bluelamp.assurance.reading_columns import Role, role_of, section_of_reference
from bluelamp.assurance.reading_notes import office_note, split_office_notes
from bluelamp.assurance.reading_pages import parse_page_reference
from bluelamp.documents.document import whole
from bluelamp.documents.readers import plain

LETTER = """
Dear Home Secretary

I have read the report with care.

Cause of concern
Callers to the enquiry office wait in the rain.
Force response:
A door was fitted in May. It is
opened at eight.

Recommendation 1 (page 14)
The force should fit a bell.
Chief Constable's response: Accepted. It rings.
PCC comment: I have heard it.

Recommendation 2
The force should review its rota.
Lead: ACC Operations
Update March 2024:
Two things were done:
• a new rota began in April;
• nobody stays after ten.

Area for improvement: The force should answer letters.

Update: A box for letters was bought.

Yours sincerely

The Commissioner
"""


def rows_of(text: str) -> list[TemplateRow]:
    data = text.encode()
    document = plain.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="letter.txt")
    rows = [fact for fact in read_response(whole(document)).facts if isinstance(fact, TemplateRow)]
    assert all(document.verify(citation) for row in rows for citation in row.citations)
    return rows


def test_each_item_has_its_words_and_its_answer() -> None:
    concern, first, second, improvement = rows_of(LETTER)
    assert (concern.section, concern.ref) == ("cause_of_concern", "")
    assert concern.action == "A door was fitted in May. It is opened at eight."
    assert (first.ref, first.page_ref, first.text) == ("1", "page 14", "The force should fit a bell.")
    assert second.action == "Two things were done: a new rota began in April; nobody stays after ten."
    assert improvement.section == "area_for_improvement"
    assert improvement.action == "A box for letters was bought."


def test_what_the_commissioner_says_of_an_answer_is_a_remark() -> None:
    row = rows_of(LETTER)[1]
    assert (row.action, row.notes) == ("Accepted. It rings.", ("PCC comment: I have heard it.",))


def test_a_second_answer_of_the_force_keeps_its_label() -> None:
    said = "Force response: Done.\nUpdate May 2024: Tested.\nPCC comment: Good.\nMore of it."
    (row,) = rows_of(f"Recommendation 1: The force should fit a bell.\n{said}\n")
    assert row.action == "Done. Update May 2024: Tested."
    assert row.notes == ("PCC comment: Good. More of it.",)


def test_where_only_the_commissioner_answers_it_is_the_answer() -> None:
    (row,) = rows_of("Recommendation 1: The force should fit a bell.\nPCC response: I have asked for it.\n")
    assert (row.action, row.notes) == ("I have asked for it.", ())


def test_a_letter_without_any_answer_has_no_rows() -> None:
    assert rows_of("Recommendation 1: fit a bell.\n\nI welcome this recommendation.\n") == []


def test_a_reference_may_name_its_section() -> None:
    assert section_of_reference("Rec 1.2") == "recommendation"
    assert section_of_reference("AFI-03") == "area_for_improvement"
    assert section_of_reference("CoC 1") == "cause_of_concern"
    assert section_of_reference("CoC 1.1") is None
    assert section_of_reference("A1") is None
    assert section_of_reference("12") is None


def test_a_paragraph_is_no_page() -> None:
    found = parse_page_reference("12 / 3.4")
    assert found is not None
    assert found.pages == ("12",)
    found = parse_page_reference("p. 8, para 21")
    assert found is not None
    assert found.pages == ("8",)


def test_a_column_of_the_inspectors_comments_holds_their_words() -> None:
    assert role_of("Comment made by HMICFRS") is Role.TEXT
    assert role_of("Comments from the force") is Role.ACTION


def test_a_bracket_under_initials_at_the_end_is_the_office_s_own() -> None:
    assert office_note("Doors stand open. (JX: since mended).") == ("(JX: since mended)",)
    assert office_note("Doors stand open (see page 4).") == ()
    assert office_note("Doors (JX: two) stand open.") == ()


def test_a_remark_of_the_office_leaves_the_inspectors_words_as_they_were() -> None:
    assert split_office_notes("Doors stand open. (JX: since mended).") == (
        "Doors stand open.",
        ("(JX: since mended)",),
    )
    two = "Doors stand open. (JX: since mended) [PQ: not all]"
    assert split_office_notes(two) == ("Doors stand open.", ("(JX: since mended)", "[PQ: not all]"))
    assert split_office_notes("Doors stand open (NB: two).") == ("Doors stand open (NB: two).", ())
    assert split_office_notes("(JX: see below)") == ("(JX: see below)", ())
