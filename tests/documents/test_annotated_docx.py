"""Do comments of a Word copy stand at exactly their words, whatever the runs, and is nothing else changed?"""

from __future__ import annotations

import io
import re
from itertools import pairwise

import docx
import pytest
from docx.document import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from bluelamp.documents.annotated_docx import W, annotate_docx
from bluelamp.documents.annotation import CannotAnnotateError, Note, Place, Weight, annotate, why_not
from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers import read_bytes

pytestmark = pytest.mark.no_database


def saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def covered(data: bytes) -> list[tuple[str, str]]:
    """Each comment with the words between its marks, as a slow reader would find them."""
    document = docx.Document(io.BytesIO(data))
    said = {str(each.comment_id): each.text for each in document.comments}
    begun: dict[str, list[str]] = {}
    found: list[tuple[str, str]] = []
    for element in document.element.body.iter():
        if element.tag == W + "commentRangeStart":
            begun[element.get(W + "id")] = []
        elif element.tag == W + "commentRangeEnd":
            key = element.get(W + "id")
            found.append((said[key], "".join(begun.pop(key))))
        elif element.tag in (W + "t", W + "tab"):
            for words in begun.values():
                words.append(element.text or "" if element.tag == W + "t" else "\t")
    assert begun == {}
    return found


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def text_of(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def note(words: str, *places: tuple[int, str]) -> Note:
    return Note(words, Weight.GRAVE, tuple(Place(line, line, quote) for line, quote in places))


def test_a_comment_covers_words_with_a_note_s_raised_number() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Complaints rose from 950")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(" to 1,000.")
    data = saved(made)
    line = read_bytes(data, file_name="paper.docx").text.split("\n")[0]
    assert line == "Complaints rose from 950¹ to 1,000."
    done = annotate_docx(data, [note("It is wrong.", (1, "from 950¹ to 1,000"))])
    assert [words for _, words in covered(done.data)] == ["from 9501 to 1,000"]


def test_a_comment_covers_its_words_over_runs_of_any_looks() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The heading says ")
    paragraph.add_run("67").bold = True
    paragraph.add_run("4 patrols, and 12 more.")
    copy = annotate_docx(saved(document), [note("Wrong.", (1, "674 patrols")), note("Too.", (1, "patrols, and"))])
    assert (copy.placed, copy.elsewhere) == (2, 0)
    assert sorted(covered(copy.data)) == [("Too.", "patrols, and"), ("Wrong.", "674 patrols")]
    assert text_of(copy.data) == ["The heading says 674 patrols, and 12 more."]
    runs = docx.Document(io.BytesIO(copy.data)).paragraphs[0].runs
    assert [run.text for run in runs if run.bold] == ["67"]


def test_words_of_several_pieces_in_one_run_stay_in_order() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("one two")
    run.add_tab()
    run.add_text("three four")
    run.add_break()
    run.add_text("five")
    data = saved(document)
    notes = [note("A", (1, "two three")), note("B", (1, "three")), note("C", (1, "one")), note("D", (2, "five"))]
    copy = annotate_docx(data, notes)
    assert {said: squeezed(words) for said, words in covered(copy.data)} == {
        "A": "twothree", "B": "three", "C": "one", "D": "five",
    }  # fmt: skip
    assert text_of(copy.data) == text_of(data)


def test_cells_of_a_table_and_the_same_number_elsewhere_are_told_apart() -> None:
    document = docx.Document()
    document.add_paragraph("In all 7 were counted.")
    table = document.add_table(2, 3)
    for index, words in enumerate(("Area", "North", "South", "Total", "7", "7")):
        table.cell(index // 3, index % 3).text = words
    document.add_paragraph("Later 7 again.")
    copy = annotate_docx(saved(document), [note("Row", (3, "Total 7 7")), note("Last", (4, "7"))])
    assert copy.elsewhere == 0
    assert covered(copy.data) == [("Row", "Total77"), ("Last", "7")]
    parsed = docx.Document(io.BytesIO(copy.data))
    last = parsed.paragraphs[-1]._p
    assert last.findall(W + "commentRangeStart")


def test_links_and_tracked_insertions_can_be_commented_on() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    link = paragraph._p.makeelement(W + "hyperlink")
    inserted = paragraph._p.makeelement(W + "ins", {W + "id": "90", W + "author": "A"})
    for holder, words in ((link, "the linked table"), (inserted, " of 40 rows")):
        run = holder.makeelement(W + "r")
        piece = run.makeelement(W + "t")
        piece.text = words
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(piece)
        holder.append(run)
        paragraph._p.append(holder)
    copy = annotate_docx(saved(document), [note("Link", (1, "linked table of 40"))])
    assert covered(copy.data) == [("Link", "linked table of 40")]


def test_what_stands_nowhere_is_said_at_the_head_and_never_lost() -> None:
    document = docx.Document()
    document.add_paragraph("First words.")
    document.add_paragraph("Second words.")
    copy = annotate_docx(saved(document), [note("Lost.", (2, "never printed")), note("Kept.", (2, "Second"))])
    assert (copy.placed, copy.elsewhere) == (1, 1)
    said = [words for words, _ in covered(copy.data)]
    assert any("Lost." in words and words.startswith("Also found") for words in said)
    assert "Kept." in said


def test_comments_that_were_there_stay() -> None:
    document = docx.Document()
    run = document.add_paragraph("A paper.").runs[0]
    document.add_comment([run], text="Mine.", author="Ada", initials="A")
    copy = annotate_docx(saved(document), [note("Ours.", (1, "paper"))])
    assert sorted(words for words, _ in covered(copy.data)) == ["Mine.", "Ours."]


def test_the_copy_reads_as_the_original_does() -> None:
    document = docx.Document()
    document.add_heading("Patrols", 1)
    document.add_paragraph("Alder has 40 patrols.", style="List Bullet")
    data = saved(document)
    copy = annotate_docx(data, [note("N", (2, "40 patrols"))])
    before, after = read_bytes(data, file_name="a.docx"), read_bytes(copy.data, file_name="a.docx")
    assert after.text == before.text
    assert [block.kind for block in after.blocks] == [block.kind for block in before.blocks]


WORDS = st.text(alphabet="ab1,% £é☒", min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(paragraphs=st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=6), data=st.data())
def test_any_stretch_of_any_paragraph_gets_its_comment(paragraphs: list[list[str]], data: st.DataObject) -> None:
    """The twin: the letters between a comment's marks are those of the quote."""
    document = docx.Document()
    for number, runs in enumerate(paragraphs):
        paragraph = document.add_paragraph(f"P{number}x ")
        for run in runs:
            paragraph.add_run(run)
    original = saved(document)
    lines = read_bytes(original, file_name="x.docx").text.split("\n")
    notes = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        edges = sorted(data.draw(st.lists(st.integers(0, len(line)), min_size=2, max_size=5, unique=True)))
        notes += [
            note(f"{number}.{start}", (number, line[start:end]))
            for start, end in pairwise(edges)
            if line[start:end].strip() and line.count(line[start:end].strip()) == 1
        ]
    copy = annotate_docx(original, notes)
    assert text_of(copy.data) == text_of(original)
    wanted = {each.words: squeezed(each.places[0].quote) for each in notes}
    found = {said: squeezed(words) for said, words in covered(copy.data) if not said.startswith("Also found")}
    assert copy.elsewhere == 0
    assert found == wanted


def test_other_formats_are_refused_in_a_sentence() -> None:
    assert why_not("docx") == why_not("pdf") == ""
    for file_format in ("xlsx", "pptx", "html", "txt", "md", "csv"):
        sentence = why_not(file_format)
        assert sentence.endswith(".")
        with pytest.raises(CannotAnnotateError, match=re.escape(sentence)):
            annotate(b"", file_format, ())


def test_damaged_bytes_are_a_sentence_from_the_sandbox() -> None:
    for data in (b"PK\x03\x04 not a paper", b"%PDF-1.7 nothing"):
        with pytest.raises(UnreadableFileError):
            annotate(data, "docx" if data.startswith(b"PK") else "pdf", [note("N", (1, "a"))])


def test_the_sandbox_makes_the_same_copy() -> None:
    document = docx.Document()
    document.add_paragraph("In all 7 were counted.")
    copy = annotate(saved(document), "docx", [note("N", (1, "7"))])
    assert covered(copy.data) == [("N", "7")]
