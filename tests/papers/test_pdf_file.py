"""Can anybody read the PDF: with eyes, with a screen reader, on paper, in grey?"""

from __future__ import annotations

import dataclasses
import re

import pypdfium2
import pytest
import typst
from tests.papers.reading_back import folded, words_of_pdf
from tests.papers.samples import (
    AS_OF,
    SAMPLES,
    assurance_template,
    committee_update,
    every_block,
    item,
    item_history,
    one_page_summary,
    register_of,
    sixty_pages,
)

from bluelamp.papers.model import (
    Column,
    Figure,
    Link,
    Marking,
    Paper,
    Paragraph,
    Section,
    Table,
    Text,
)
from bluelamp.papers.pdf_file import UnprintablePaperError
from bluelamp.papers.rendering import render


def paper_of(*sections: Section) -> Paper:
    return Paper(title="T", kind="k", marking=Marking.OFFICIAL, as_of=AS_OF, sections=sections)


def pages_of(paper: Paper) -> list[str]:
    return words_of_pdf(render(paper, "pdf"))


@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_is_tagged_and_says_it_keeps_to_pdf_ua(name: str) -> None:
    data = render(SAMPLES[name](), "pdf").data
    document = pypdfium2.PdfDocument(data)
    assert document.is_tagged()
    assert b"pdfuaid:part" in data
    assert b"/Lang" in data
    about = document.get_metadata_dict()
    assert about["Title"] == " ".join(SAMPLES[name]().title.split()) or "[U+" in about["Title"]
    assert about["CreationDate"] == about["ModDate"] == about["Author"] == ""


def test_a_paper_that_breaks_the_standard_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def compile_badly(*_: object, **__: object) -> bytes:
        return typst.compile(b'#set document(title: "T")\n== Too low', pdf_standards=["ua-1"])

    monkeypatch.setattr("bluelamp.papers.pdf_file._compile", compile_badly)
    with pytest.raises(UnprintablePaperError):
        render(one_page_summary(), "pdf")


@pytest.mark.parametrize("build", [committee_update, assurance_template, every_block])
def test_each_page_has_the_marking_twice_and_its_number(build: object) -> None:
    paper = build()  # type: ignore[operator]
    pages = pages_of(paper)
    for number, words in enumerate(pages, 1):
        assert len(re.findall(rf"{paper.marking.value}\b(?!-)", words)) >= 2
        assert f"Page {number} of {len(pages)}" in words


def test_a_summary_fits_one_page() -> None:
    assert len(pages_of(one_page_summary())) == 1


def test_the_heads_of_a_long_table_stand_on_each_page_and_no_row_is_lost() -> None:
    pages = pages_of(register_of(300))
    assert all("Reference What was said" in page for page in pages)
    for nth in range(300):
        assert sum(f"{item(nth)} " in page for page in pages) == 1


def test_no_row_is_torn_between_pages() -> None:
    """A row's words, told apart by its number, all stand on the page of its first word."""
    rows = tuple((f"row{nth}", " ".join(f"w{nth}x{each}" for each in range(40))) for nth in range(60))
    pages = pages_of(paper_of(Section("S", (Table("T", (Column("A"), Column("B")), rows),))))
    for page in pages:
        for nth in re.findall(r"row(\d+)", page):
            assert folded(f"w{nth}x39") in folded(page)


def test_a_row_longer_than_a_page_runs_over_pages_whole() -> None:
    words = " ".join(f"word{nth}" for nth in range(3000))
    pages = pages_of(paper_of(Section("S", (Table("T", (Column("A"), Column("B")), (("1", words),)),))))
    assert len(pages) > 3
    assert re.findall(r"word\d+", " ".join(pages)) == words.split()


def test_a_heading_is_never_the_last_thing_on_a_page() -> None:
    for words in pages_of(sixty_pages())[1:]:
        body = [line for line in words.splitlines() if line.strip()]
        assert not re.fullmatch(r"\d+ .*, part \d+", body[-2]), body[-3:]


def test_wide_tables_lie_on_their_side_and_nothing_else_does() -> None:
    document = pypdfium2.PdfDocument(render(every_block(), "pdf").data)
    turned = [page.get_textpage().get_text_bounded() for page in document if page.get_width() > page.get_height()]
    assert any("Fourteen columns" in words for words in turned)
    assert not any("Points past their date" in words for words in turned)
    template = pypdfium2.PdfDocument(render(assurance_template(), "pdf").data)
    assert all(page.get_width() > page.get_height() for page in template)


def test_only_a_paper_of_more_than_ten_pages_has_contents() -> None:
    assert "Contents" in pages_of(sixty_pages())[0]
    assert not any("Contents" in page for page in pages_of(committee_update()))


def test_headings_are_bookmarks() -> None:
    document = pypdfium2.PdfDocument(render(committee_update(), "pdf").data)
    titles = [entry.get_title() for entry in document.get_toc()]
    assert titles[0] == "1 Purpose of the report"
    assert titles[-2:] == ["Signed", "About this paper"]


def test_links_lead_to_the_desk_and_nowhere_that_acts() -> None:
    bad = Paragraph((Link("words", "javascript:alert(1)"),))
    paper = committee_update()
    data = render(dataclasses.replace(paper, sections=(*paper.sections, Section("Bad", (bad,)))), "pdf").data
    assert b"https://bluelamp.example/items/CAL-2024-AFI-07" in data
    assert b"javascript" not in data


def test_nothing_a_paper_says_is_read_as_markup() -> None:
    evil = """#import "@preview/x:1.0.0": *
#read("/etc/passwd") #{1+1} \\u{41} $x^2$ *b* _i_ = H <l> @r //c `c` ~ -- ' \""""
    said = "".join(pages_of(paper_of(Section(evil, (Paragraph(evil), Paragraph((Text(evil, bold=True),)))))))
    assert folded(said).count(folded(evil)) == 3


def test_a_paper_says_unknown_and_empty_in_words() -> None:
    said = "".join(pages_of(committee_update()))
    assert "no reason given" in said
    assert "No dispute waits for advice." in said


def test_what_the_fonts_lack_is_said_by_its_code_with_a_note() -> None:
    said = "".join(pages_of(paper_of(Section("S", (Paragraph("Mr 王 said a\U0001f3fb\nand a line"),)))))
    assert "Mr [U+738B] said a[U+1F3FB]\r\nand a line" in said
    assert "printed by their code" in said
    assert "printed by their code" not in "".join(pages_of(item_history()))


def test_a_figure_without_its_own_size_fits_the_page() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9000 900"><rect width="9000" height="900"/></svg>'
    assert len(pages_of(paper_of(Section("S", (Figure(svg, "C", "A bar"),))))) == 1
