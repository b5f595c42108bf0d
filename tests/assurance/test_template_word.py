"""The template as a Word file: what it shows, what it hides, and what comes back however it was edited."""

from __future__ import annotations

import copy
import dataclasses
import io
import itertools
import re
import zipfile
from collections.abc import Iterator

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image
from tests.assurance.template_samples import (
    CHOICES,
    KEY,
    blank_row_after,
    fill,
    make_items,
    make_order,
    match,
    open_word,
    read_back,
    row_of,
    rows_of,
    save,
)

from bluelamp.assurance.template_identity import Certainty
from bluelamp.assurance.template_mark import find_numbers, make_template_number
from bluelamp.assurance.template_matching import Verdict
from bluelamp.assurance.template_model import Layout, make_sections
from bluelamp.assurance.template_word import make_word
from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.forms import read_form_bytes
from bluelamp.lib.errors import PlainError

ITEMS = make_items()
FIRST, SECOND, THIRD = (item.reference for item in ITEMS[:3])
DONE = "A daily audit began in April."

# ECMA-376 part 1 (transitional): the order in which children may stand. Of choices, any.
ORDER = {
    "tbl": ("tblPr", "tblGrid", "tr"),
    "tr": ("trPr", "tc"),
    "tc": ("tcPr", "p"),
    "p": ("pPr", "r|bookmarkStart|bookmarkEnd|sdt"),
    "sdt": ("sdtPr", "sdtContent"),
    "sdtPr": ("rPr", "alias", "tag", "id", "lock", "showingPlcHdr", "dropDownList|date|text"),
    "rPr": ("rStyle", "rFonts", "b", "i", "vanish", "color", "sz", "szCs", "lang"),
    "tcPr": ("tcW", "gridSpan", "vMerge", "shd"),
    "tblPr": ("tblStyle", "tblW", "jc", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption"),
    "tblCellMar": ("top", "left", "bottom", "right"),
    "tblBorders": ("top", "left", "bottom", "right", "insideH", "insideV"),
    "date": ("dateFormat", "lid", "storeMappedDataAs", "calendar"),
}


@pytest.mark.parametrize("layout", list(Layout))
def test_every_element_has_its_children_in_words_order(layout: Layout) -> None:
    body = open_word(make_order(layout=layout)).element.body
    for element in body.iter():
        name = element.tag.rsplit("}", 1)[-1]
        if name not in ORDER or element.getparent().tag == qn("w:tblPrEx"):
            continue
        places = {each: at for at, names in enumerate(ORDER[name]) for each in names.split("|")}
        found = [child.tag.rsplit("}", 1)[-1] for child in element]
        assert all(each in places for each in found), (name, found)
        at = [places[each] for each in found]
        assert at == sorted(at), (name, found)


def test_what_identifies_controls_and_bookmarks_is_given_once() -> None:
    body = open_word(make_order(layout=Layout.FULL)).element.body
    for tag in ("w:sdtPr/w:id", "w:bookmarkStart"):
        attribute = "w:val" if tag.endswith("id") else "w:id"
        found = [each.get(qn(attribute)) for each in body.xpath(f".//{tag}")]
        assert len(found) == len(set(found)) > 0


def test_the_annex_has_the_four_columns_and_the_sections_in_order() -> None:
    document = open_word(make_order())
    heads = ["Report Ref", "Page Ref", "ISSUE OF CONCERN", "ACTION TAKEN TO ADDRESS CONCERN"]
    assert all([cell.text for cell in table.rows[0].cells] == heads for table in document.tables)
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == ["Issue of concern", "Areas for improvement", "Cause of concern", "Recommendations"]
    assert [len(table.rows) - 1 for table in document.tables] == [3, 2, 1, 2]
    first = document.tables[0].rows[1].cells
    assert first[0].text.split("\n")[0] == "1"
    assert [cell.text for cell in first][1:] == ["Page 5", ITEMS[0].words, ""]


def test_the_full_layout_asks_for_more_and_says_what_was_answered_before() -> None:
    document = open_word(make_order(layout=Layout.FULL))
    assert [cell.text for cell in document.tables[0].rows[0].cells][3:] == [
        "Owner and deadline",
        "Response",
        "Delivery",
        "Action taken",
        "Target date",
        "Evidence offered",
    ]
    offered = document.element.body.xpath(".//w:dropDownList[1]/w:listItem/@w:value")
    assert {"accepted", "disputed"} <= set(offered)


def test_marking_number_and_return_stand_at_head_and_foot() -> None:
    order = make_order(marking="OFFICIAL-SENSITIVE")
    section = open_word(order).sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    foot = [each.text for each in section.footer.paragraphs]
    assert foot[0] == "OFFICIAL-SENSITIVE"
    assert foot[1] == "Return to inspection@calder-vale.example by 3 July 2024."
    assert find_numbers(foot[2]) == (make_template_number(order, KEY),)


def test_the_same_order_gives_the_same_bytes() -> None:
    order = make_order(layout=Layout.FULL)
    assert make_word(order, KEY) == make_word(order, KEY)
    assert make_template_number(order, KEY) != make_template_number(make_order(owner="Head of Crime"), KEY)


def test_an_office_note_is_printed_only_where_asked_for_and_apart() -> None:
    items = tuple(dataclasses.replace(item, office_notes=("Seen by the chief.",)) for item in ITEMS)
    assert "Seen by the chief" not in "".join(each for each in words_of(make_word(make_order(items), KEY)))
    order = make_order(items, with_office_notes=True)
    cell = row_of(open_word(order), FIRST)[1].cells[2]
    assert [each.text for each in cell.paragraphs] == [ITEMS[0].words, "Office note: Seen by the chief."]
    document = open_word(order)
    fill(document, {FIRST: DONE})
    (found,) = [each for each in match(read_back(save(document)), order) if each.reference == FIRST]
    assert found.verdict is Verdict.ANSWER


def words_of(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        yield re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())


def test_words_that_are_no_xml_and_long_words_do_no_harm() -> None:
    words = "A <b> & “quote” \x00\x0b with \ud83d control characters " + "x" * 300
    items = (dataclasses.replace(ITEMS[0], words=words.encode("utf-8", "replace").decode()), *ITEMS[1:])
    order = make_order(items)
    document = open_word(order)
    fill(document, {FIRST: DONE})
    found = match(read_back(save(document)), order)[0]
    assert (found.verdict, found.answer.action) == (Verdict.ANSWER, DONE)


def test_a_template_without_items_is_refused() -> None:
    with pytest.raises(PlainError, match="choose at least one"):
        dataclasses.replace(make_order(), items=())


def test_sections_are_in_the_templates_order_whatever_the_order_of_items() -> None:
    assert [section.slug for section in make_sections(reversed(ITEMS))] == [
        "issue_of_concern",
        "area_for_improvement",
        "cause_of_concern",
        "recommendation",
    ]


# ---- and back -------------------------------------------------------------------------------------------


def only(document: docx.document.Document, reference: str = FIRST, layout: Layout = Layout.ANNEX):
    matches = match(read_back(save(document)), make_order(layout=layout))
    return next(each for each in matches if reference in (each.reference, *each.rivals))


def test_a_tracked_change_is_read_as_accepted() -> None:
    document = open_word(make_order())
    cell = row_of(document, FIRST)[1].cells[3]
    cell.paragraphs[0]._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="900" w:author="A"><w:r><w:t>A daily audit began.</w:t></w:r></w:ins>'
        )
    )
    cell.paragraphs[0]._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="901" w:author="A"><w:r><w:delText> Nothing.</w:delText></w:r></w:del>'
        )
    )
    returned = read_back(save(document))
    assert returned.rows[0].answer.action == "A daily audit began."
    assert any("Tracked changes" in note for note in returned.notes)


def test_a_row_deleted_with_tracked_changes_is_missing() -> None:
    document = open_word(make_order())
    row = row_of(document, FIRST)[1]
    row._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="902" w:author="A"/>'))
    found = only(document)
    assert found.verdict is Verdict.MISSING
    assert "1 rows were deleted" in " ".join(read_back(save(document)).notes)


def test_a_comment_is_kept_apart_from_the_answer() -> None:
    document = open_word(make_order())
    cell = row_of(document, FIRST)[1].cells[3]
    run = cell.paragraphs[0].add_run(DONE)
    document.add_comment(run, text="Please check the month.", author="A. Reader")
    found = only(document)
    assert found.answer.action == DONE
    assert found.notes == ("Comment: A. Reader: Please check the month.",)


def test_a_pasted_picture_is_named_and_not_lost() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(picture, "PNG")
    picture.seek(0)
    document = open_word(make_order())
    row_of(document, FIRST)[1].cells[3].paragraphs[0].add_run().add_picture(picture)
    found = only(document)
    assert (found.verdict, found.certainty) == (Verdict.ANSWER, Certainty.LIKELY)
    assert "image1.png" in found.answer.pictures[0]
    assert "picture" in found.reason


def test_one_merged_cell_that_answers_three_rows_is_for_a_person() -> None:
    document = open_word(make_order())
    rows = document.tables[0].rows
    merged = rows[1].cells[3].merge(rows[3].cells[3])
    merged.text = DONE
    matches = match(read_back(save(document)), make_order())[:3]
    assert [each.answer.action for each in matches] == [DONE] * 3
    assert {each.certainty for each in matches} == {Certainty.LIKELY}


def test_a_table_cut_in_two_without_a_second_head_goes_on() -> None:
    document = open_word(make_order())
    fill(document, {item.reference: DONE for item in ITEMS})
    table = document.tables[0]
    second = copy.deepcopy(table._tbl)
    for row in list(table._tbl.tr_lst)[2:]:
        table._tbl.remove(row)
    for row in list(second.tr_lst)[:2]:
        second.remove(row)
    paragraph = OxmlElement("w:p")
    table._tbl.addnext(paragraph)
    paragraph.addnext(second)
    matches = match(read_back(save(document)), make_order())
    assert [each.reference for each in matches if each.can_be_taken] == [item.reference for item in ITEMS]


def test_rows_copied_into_another_document_are_still_ours() -> None:
    sent = open_word(make_order())
    fill(sent, {FIRST: DONE, THIRD: DONE})
    other = docx.Document()
    other.add_paragraph("Update for the board")
    table = copy.deepcopy(sent.tables[0]._tbl)
    other.element.body.insert(1, table)
    for row in list(table.tr_lst)[:1]:
        table.remove(row)  # without its head, and without our heading
    returned = read_back(save(other))
    assert returned.loose != () or returned.rows  # nothing is lost
    assert returned.templates == (make_template_number(make_order(), KEY),)


def test_a_mark_is_found_where_every_other_carrier_was_dropped() -> None:
    """Tag, hidden words, bookmark, print: any one of them is enough."""
    keep = {
        "tag": (".//w:sdtPr/w:tag", FIRST),
        "hidden": (".//w:r[w:rPr/w:vanish]", FIRST),
        "bookmark": (".//w:bookmarkStart", FIRST),
        "print": (".//w:sdtContent/w:r", FIRST),
    }
    for kept, others in ((each, [other for other in keep if other != each]) for each in keep):
        document = open_word(make_order())
        fill(document, {FIRST: DONE})
        cell = row_of(document, FIRST)[1].cells[0]._tc
        for other in others:
            for element in cell.xpath(keep[other][0]):
                element.getparent().remove(element)
        for row in row_of_cells(document, 1):
            row.cells[1].text = row.cells[0].text = row.cells[0].text if kept == "print" else ""
            break
        returned = read_back(save(document))
        found = next(each for each in match(returned, make_order()) if each.answer.action == DONE)
        assert found.reference == FIRST, kept


def row_of_cells(document: docx.document.Document, at: int):
    return [document.tables[0].rows[at + 1]]


def test_marks_that_a_program_made_visible_are_no_part_of_the_words() -> None:
    document = open_word(make_order())
    fill(document, {FIRST: DONE})
    for each in document.element.body.xpath(".//w:vanish"):
        each.getparent().remove(each)
    found = only(document)
    assert (found.verdict, found.certainty) == (Verdict.ANSWER, Certainty.CERTAIN)
    assert found.rows[0].number == "1"


def test_choices_and_dates_made_in_their_controls_are_read() -> None:
    document = open_word(make_order(layout=Layout.FULL))
    row = row_of(document, FIRST)[1]
    for cell, said in ((4, "Accepted"), (5, "Delivered"), (7, "3 May 2024")):
        properties = row.cells[cell]._tc.xpath(".//w:sdtPr")[0]
        properties.remove(next(properties.iterchildren(qn("w:showingPlcHdr"))))
        next(properties.getparent().iter(qn("w:t"))).text = said
    row.cells[6].text = DONE
    row.cells[8].text = "Minutes of the crime board"
    found = only(document, layout=Layout.FULL)
    answer = found.answer
    assert (answer.response, answer.delivery, str(answer.target)) == ("accepted", "delivered", "2024-05-03")
    assert answer.evidence == "Minutes of the crime board"
    assert found.can_be_taken


def test_choices_that_nobody_made_are_no_answer() -> None:
    document = open_word(make_order(layout=Layout.FULL))
    for each in document.element.body.xpath(".//w:showingPlcHdr"):  # as some programs leave it
        each.getparent().remove(each)
    matches = match(read_back(save(document)), make_order(layout=Layout.FULL))
    assert {each.verdict for each in matches} == {Verdict.UNCHANGED}


def test_a_word_that_is_no_choice_is_kept_and_doubted() -> None:
    document = open_word(make_order(layout=Layout.FULL))
    row = row_of(document, FIRST)[1]
    row.cells[5].text, row.cells[6].text, row.cells[7].text = "Ongoing", DONE, "Summer"
    found = only(document, layout=Layout.FULL)
    assert (found.certainty, found.answer.delivery, found.answer.target) == (Certainty.LIKELY, "", None)
    assert "“Ongoing” is none of the words to choose" in found.reason
    assert "“Summer” names no day" in found.reason


def test_a_column_that_somebody_added_is_a_note() -> None:
    document = open_word(make_order())
    fill(document, {FIRST: DONE})
    table = document.tables[0]
    for row, said in zip(table.rows, ("Board", "Crime board", "", ""), strict=True):
        row._tr.append(parse_xml(f"<w:tc {nsdecls('w')}><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:tc>"))
    table._tbl.tblGrid.append(parse_xml(f"<w:gridCol {nsdecls('w')}/>"))
    assert only(document).notes == ("Board: Crime board",)


def test_words_outside_the_table_are_listed_and_ours_are_not() -> None:
    document = open_word(make_order())
    document.add_paragraph("See also the letter of 3 May.")
    assert read_back(save(document)).loose == ("See also the letter of 3 May.",)


def test_an_answer_in_an_added_row_is_joined() -> None:
    document = open_word(make_order())
    fill(document, {FIRST: DONE, SECOND: DONE})
    blank_row_after(row_of(document, FIRST)[1]).cells[3].text = "It goes on in June."
    assert only(document).answer.action == f"{DONE}\nIt goes on in June."


def test_paragraphs_and_bullets_of_an_answer_are_kept_apart() -> None:
    document = open_word(make_order())
    cell = row_of(document, FIRST)[1].cells[3]
    cell.text = "First.\nSecond."
    cell.add_paragraph("Third.")
    assert only(document).answer.action == "First.\nSecond.\nThird."


def test_a_table_pasted_into_an_answer_is_part_of_it() -> None:
    document = open_word(make_order())
    cell = row_of(document, FIRST)[1].cells[3]
    nested = cell.add_table(2, 2)
    for at, row in enumerate(nested.rows):
        row.cells[0].text, row.cells[1].text = f"Month {at + 1}", f"{at + 10} audits"
    assert only(document).answer.action == "Month 1 | 10 audits\nMonth 2 | 11 audits"


def test_a_link_offered_as_evidence_keeps_its_address() -> None:
    document = open_word(make_order())
    cell = row_of(document, FIRST)[1].cells[3]
    part = document.part.relate_to(
        "https://calder-vale.example/minutes", docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    cell.paragraphs[0]._p.append(
        parse_xml(
            f'<w:hyperlink {nsdecls("w", "r")} r:id="{part}"><w:r><w:t>the minutes</w:t></w:r></w:hyperlink>'
        )
    )
    answer = only(document).answer
    assert (answer.action, answer.links) == ("the minutes", ("https://calder-vale.example/minutes",))


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "back.doc", "old Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "b.docx", "password"),
        (b"%PDF-1.7 and more", "back.pdf", "is Word (.docx) or Excel (.xlsx)"),
        (b"Report Ref\tAction\n", "back.txt", "is Word (.docx) or Excel (.xlsx)"),
        (b"", "back.docx", "empty"),
    ],
)
def test_a_file_that_is_no_template_is_refused_in_a_sentence(data: bytes, name: str, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=re.escape(said)):
        read_form_bytes(data, file_name=name)


def test_another_workspaces_template_is_recognised() -> None:
    document = open_word(make_order())
    fill(document, {FIRST: DONE})
    returned = read_back(save(document), key=b"another workspace")
    assert not returned.is_ours
    assert read_back(save(document)).is_ours


def test_every_place_is_told_as_people_count() -> None:
    document = open_word(make_order())
    returned = read_back(save(document))
    assert [row.place for row in returned.rows][:4] == [
        "table 1, row 2",
        "table 1, row 3",
        "table 1, row 4",
        "table 2, row 2",
    ]
    assert [row.order for row in returned.rows] == list(range(len(ITEMS)))
    assert all(one.table <= other.table for one, other in itertools.pairwise(returned.rows))
    assert len(rows_of(document)) == len(ITEMS)
    assert CHOICES.response[0].slug == "accepted"


@pytest.mark.parametrize("columns", [(0,), (0, 1, 2), (2,), (0, 1, 2, 3)])
def test_rows_that_somebody_merged_are_conflicts_and_not_guesses(columns: tuple[int, ...]) -> None:
    document = open_word(make_order())
    fill(document, {THIRD: DONE})
    table = document.tables[0]
    for column in columns:
        table.cell(1, column).merge(table.cell(2, column))
    table.cell(1, 3).text = "One answer for the two."
    matches = match(read_back(save(document)), make_order())
    assert not [each for each in matches if each.can_be_taken and each.reference in (FIRST, SECOND)]
    assert next(each for each in matches if each.reference == THIRD).can_be_taken
