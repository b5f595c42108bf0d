"""Text that came out of a PDF is read as the page was meant: by fictional forces in the three styles seen."""

from __future__ import annotations

import time

import pytest

from bluelamp.documents.blocks import Block, BlockKind
from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.readers.plain import read

H, P, L, T, F, C = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.TABLE,
    BlockKind.FOOTNOTE,
    BlockKind.CONTENTS,
)


def read_text(text: str) -> Document:
    return read(text.encode(), sha256="0" * 64, file_name="report.txt")


def shapes(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in document.blocks]


def only(document: Document, kind: BlockKind) -> list[Block]:
    return [block for block in document.blocks if block.kind is kind]


MARKDOWN = """\
# **PEEL 2031/32**

## Contents

<b>Overall summary</b>\t<b>1</b>
Our judgments\t2
Areas for improvement\t12

## Investigating crime

Requires
improvement

Calder Vale Police requires improvement at [investigating crime \\(volume\\)](#).

**The force should make sure that its investigators are trained within a year of being appointed, by officers**

The force supervises some cases. It gives too little time to supporting

their investigators, and this is known*. We estimate that 84.2% \\(+/- 3.1\\) are timely.

- first of all;
- second, with <b>bold</b> words.
"""


def test_markdown_marks_are_taken_away_and_their_meaning_kept() -> None:
    document = read_text(MARKDOWN)
    assert shapes(document) == [
        (H, "PEEL 2031/32"),
        (H, "Contents"),
        (C, "Overall summary 1"),
        (C, "Our judgments 2"),
        (C, "Areas for improvement 12"),
        (H, "Investigating crime"),
        (H, "Requires improvement"),
        (P, "Calder Vale Police requires improvement at investigating crime (volume)."),
        (
            P,
            "The force should make sure that its investigators are trained within a year of being "
            "appointed, by officers",
        ),
        (
            P,
            "The force supervises some cases. It gives too little time to supporting their "
            "investigators, and this "
            "is known*. We estimate that 84.2% (+/- 3.1) are timely.",
        ),
        (L, "first of all;"),
        (L, "second, with bold words."),
    ]
    assert [block.level for block in only(document, H)] == [1, 2, 2, 2]
    assert [block.strong for block in only(document, P)] == [False, True, False]
    assert len(only(document, P)[2].spans) == 2


def test_a_citation_names_the_line_of_the_file() -> None:
    document = read_text(MARKDOWN)
    citations = document.cite(only(document, P)[2])
    first, last = citations[0], citations[-1]
    lines = MARKDOWN.splitlines()
    assert "supporting" in lines[first.line - 1]
    assert "their investigators" in lines[last.line_end - 1]


WRAPPED = """\
 Neighbourhood Policing

National grade distribution
Excellent Good Fair Poor

6 14 21 2

Contextual factors
Westmarch Constabulary has put neighbourhood policing at the centre of its plans for the county
and has made a chief officer answerable for it. Teams are in place in each of the six districts,
with sergeants who know the area.

GRADE GOOD
 Strengths
• Staff know what the public expects of them and have agreed with partners how priorities are

chosen; the plan is well-
known to all of the teams in the county and to those who work with them in the districts.

• Partners take part in the tasking of the teams, and give evidence of the problems that they
 see in their own work.

 The glyph of this item was lost when the page turned, and so the line begins with a space
and goes on here.

• The force records its work on three systems:

− command and control; and
− case records (with some paper files that are in

use until the end of the year).



Westmarch Phase 2 Final Draft 03 04 31

Page 12

• Another strength is found on the next page, where the text of the list goes on as it was
before.

Work in progress

• A plan for training has been drawn up and is to be agreed by the chief officers; it would let



Westmarch Phase 2 Final Draft 03 04 31

Page 13

each district choose its own courses.
""".replace("\n", " \n")


def test_wrapped_lines_are_joined_and_page_furniture_kept_aside() -> None:
    document = read_text(WRAPPED)
    assert shapes(document) == [
        (H, "Neighbourhood Policing"),
        (H, "National grade distribution"),
        (P, "Excellent Good Fair Poor"),
        (P, "6 14 21 2"),
        (H, "Contextual factors"),
        (
            P,
            "Westmarch Constabulary has put neighbourhood policing at the centre of its "
            "plans for the county and has "
            "made a chief officer answerable for it. Teams are in place in each of the six "
            "districts, with sergeants "
            "who know the area.",
        ),
        (P, "GRADE GOOD"),
        (H, "Strengths"),
        (
            L,
            "Staff know what the public expects of them and have agreed with partners how "
            "priorities are chosen; the "
            "plan is well-known to all of the teams in the county and to those who work with "
            "them in the districts.",
        ),
        (
            L,
            "Partners take part in the tasking of the teams, and give evidence of the "
            "problems that they see in their "
            "own work.",
        ),
        (
            L,
            "The glyph of this item was lost when the page turned, and so the line begins "
            "with a space and goes on "
            "here.",
        ),
        (L, "The force records its work on three systems:"),
        (L, "command and control; and"),
        (L, "case records (with some paper files that are in use until the end of the year)."),
        (
            L,
            "Another strength is found on the next page, where the text of the list goes on as it was before.",
        ),
        (H, "Work in progress"),
        (
            L,
            "A plan for training has been drawn up and is to be agreed by the chief "
            "officers; it would let each "
            "district choose its own courses.",
        ),
    ]
    assert [b.marker for b in only(document, L)] == ["•", "•", "", "•", "−", "−", "•", "•"]
    assert [b.level for b in only(document, L)] == [1, 1, 1, 1, 2, 2, 1, 1]
    assert [b.kind.value for b in document.asides] == ["running_head", "page_number"] * 2
    assert all(document.verify(c) for block in document.blocks for c in document.cite(block))


TEMPLATE = """\
ANNEX 1 – MONITORING TEMPLATE

Report Ref\tPage Ref\tISSUE OF CONCERN\tACTION TAKEN
1\tPage 5\tThe force does not know its communities well.\t
2\tPage 21/22\tCalls are put off when the room is busy, and some that were to be answered at once are\t

¹ A note that stands between the two halves of the row.

2 Another note of a body of chief officers. See www.example.org/notes

\t\tanswered later by appointment.\tA review ² is under way.
3\tPage 23\tUnit: staff know little of the plan.\t

Report Ref\tPage Ref\tISSUE OF CONCERN\tACTION TAKEN
4\tPage 24\tA last issue.\t

Recommendations

Report Ref\tPage Ref\tISSUE OF CONCERN\tACTION TAKEN
1\tPage 41\tThe force should improve.\t
"""


def test_a_row_broken_over_a_page_is_one_row_without_the_notes_between() -> None:
    document = read_text(TEMPLATE)
    first, second = only(document, T)
    assert [row.is_head for row in first.rows] == [True, False, False, False, False]
    assert [row.text_at(0) for row in first.rows[1:]] == ["1", "2", "3", "4"]
    broken = first.rows[2]
    assert broken.text_at(2).endswith("to be answered at once are answered later by appointment.")
    assert broken.text_at(3) == "A review ² is under way."
    assert len(broken.cells[2].spans) == 2
    assert [note.marker for note in only(document, F)] == ["¹", "2"]
    assert [aside.kind for aside in document.asides] == [BlockKind.REPEATED_HEAD]
    assert [block.text for block in only(document, H)][-1] == "Recommendations"
    assert len(second.rows) == 2


def test_an_empty_first_cell_is_a_row_of_its_own_where_nothing_was_cut() -> None:
    document = read_text("Good\tAdequate\tInadequate\nCrime\tCustody\t\n\tVetting\t\n\tFraud\tRoads\n")
    (table,) = only(document, T)
    assert [row.text_at(1) for row in table.rows] == ["Adequate", "Custody", "Vetting", "Fraud"]
    assert table.rows[0].is_head


def test_a_bullet_with_a_tab_is_no_table() -> None:
    document = read_text("Findings\n\n•\tThe force is good.\n1.\tIt is fair.\n3.1\tIt is a numbered paragraph.\n")
    assert [(b.kind, b.marker) for b in document.blocks] == [(H, ""), (L, "•"), (L, "1."), (P, "")]


def test_bold_words_over_two_lines_are_one_title() -> None:
    document = read_text(
        "### **The force should improve its approach to\nWestmarch and its towns**\n\nIt knows.\n"
    )
    assert shapes(document)[0] == (H, "The force should improve its approach to Westmarch and its towns")
    assert document.blocks[0].strong


def test_pipes_make_a_table() -> None:
    document = read_text("| Area | Grade | Year |\n|------|:---:|---|\n| Roads | Good | 2031 |\n")
    (table,) = only(document, T)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Area", "Grade", "Year"],
        ["Roads", "Good", "2031"],
    ]
    assert table.rows[0].is_head


def test_form_feeds_begin_pages_with_their_printed_numbers() -> None:
    body = "The force has plans for this part of its work and they are good.\n"
    pages = [f"Calder Vale Police\n\n{body}\n{number}\n" for number in ("i", "ii", "1", "2", "3")]
    document = read_text("\f".join(pages))
    assert [page.number for page in document.pages] == [1, 2, 3, 4, 5]
    assert [page.printed for page in document.pages] == ["i", "ii", "1", "2", "3"]
    assert {block.text for block in document.blocks} == {body.strip()}
    assert [block.page for block in document.blocks] == [0, 1, 2, 3, 4]
    assert len(document.asides) == 10


def test_a_form_feed_at_a_lines_end_begins_the_next_line() -> None:
    document = read_text("one\f\ntwo\n\fthree\f\n")
    assert document.text == "one\n\ftwo\n\fthree\n"
    assert [page.number for page in document.pages] == [1, 2, 3]


def test_short_lines_that_stand_apart_stay_apart() -> None:
    document = read_text(
        "Findings\n\nChild abuse 3 17 21 2\n\nMissing persons 1 21 21 0\n\nChild abuse Good\n\nRoads Fair\n"
    )
    assert [b.text for b in document.blocks] == [
        "Findings",
        "Child abuse 3 17 21 2",
        "Missing persons 1 21 21 0",
        "Child abuse Good",
        "Roads Fair",
    ]


@pytest.mark.parametrize("data", [b"", b"\n\n \t\n", b"\x00\x01\x02\x03" * 20])
def test_a_file_without_words_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read(data, sha256="0" * 64, file_name="report.txt")


@pytest.mark.parametrize(
    "text",
    [
        "The force does well so that\n" * 100_000,
        "The force is good. " * 130_000,
        "1\tPage 5\tThe force does well\t\n" * 60_000,
        *[mark * 300_000 for mark in ("*", "[", "[a](", "<b", "_a", "|-", ". ", "- ", "a\t", "¹", "\\", ".", "`")],
    ],
    ids=lambda text: repr(text[:12]),
)
def test_large_and_hostile_text_is_read_in_linear_time(text: str) -> None:
    started = time.process_time()
    read_text("x" + text + "y")
    assert time.process_time() - started < 20


TITLES_OVER_LINES = """\
Areas for improvement
The force should make sure that its supervisors
direct and review investigations
In our audit, 31 of the 90 cases had effective supervision, and in many there was no plan that anybody had
written down. The rest had one.
Main findings
In this section we set out our main findings that relate to how well the force investigates and solves crime.
The force makes good use of evidence
Scenes of crime staff attend within a day.
"""


def test_titles_without_marks_that_are_broken_over_lines_are_headings() -> None:
    titles = [block.text for block in only(read_text(TITLES_OVER_LINES), H)]
    assert "The force should make sure that its supervisors direct and review investigations" in titles
    assert "The force makes good use of evidence" in titles


def test_a_name_and_role_broken_over_lines_is_no_heading() -> None:
    text = (
        "Mara Dell – Chair\n\nIvo Stane – Head of Commissioning, Office of the\npolice authority\n\n"
        + "Words. " * 20
    )
    assert only(read_text(text), H) == []


def test_a_note_directly_under_the_text_that_asks_for_it_by_a_glued_number_is_a_footnote() -> None:
    text = (
        "The force assessed legitimacy.1\nIt spoke to 212 people in May 2021.\n1 Police Act 1996, section 54.\n\n"
        "Calls rose.2 They fell later.\n19 May 2021\n2 Times of calls are in annex A.\n"
    )
    document = read_text(text)
    notes = [(block.marker, block.text) for block in only(document, BlockKind.FOOTNOTE)]
    assert notes == [("1", "Police Act 1996, section 54.")]
    assert "19 May 2021" in " ".join(block.text for block in document.blocks)


def test_a_chapters_title_printed_on_its_further_pages_is_a_running_head_there() -> None:
    body = "The force answers calls within ten seconds, and it asks each caller the same questions.\n" * 4
    chapters = ("Answering the public", "Investigating crime")
    pages = [f"{title}\n\n{n} {body}" for title in chapters for n in ("First", "Second", "Third", "Fourth")]
    document = read_text("\f".join(pages))
    assert [block.text for block in only(document, H)] == list(chapters)
    assert len([aside for aside in document.asides if aside.kind is BlockKind.RUNNING_HEAD]) == 6


def test_a_foot_above_growing_numbers_is_kept_aside_without_form_feeds() -> None:
    body = "The force answers calls within ten seconds.\n\n" * 6
    document = read_text("".join(f"{body}An inspection of Westmarch\n{n}\n" for n in (4, 6, 9)) + body)
    assert all("Westmarch" not in block.text for block in document.blocks)
    assert sorted(aside.text for aside in document.asides)[:3] == ["4", "6", "9"]


def test_a_link_broken_over_two_lines_keeps_its_words_only() -> None:
    document = read_text("Read our [report on the\nforce](https://example.org/a) and answer it [1].\n")
    assert [block.text for block in document.blocks] == ["Read our report on the force and answer it [1]."]
