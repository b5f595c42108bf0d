"""Are a document's words shown whole, escaped, with the cited ones marked and every line to be found?"""

from __future__ import annotations

import re

from django.test import Client
from tests.desk.conftest import Full, finish, store
from tests.intake.samples import BY, NOW, make_extraction

from bluelamp.documents.document import Document
from bluelamp.documents.models import StoredDocument, StoredPage
from bluelamp.documents.readers import read_bytes
from bluelamp.documents.sheets import Mark, SheetBlock, find_marks, make_sheet, mark_lines
from bluelamp.documents.windows import PART, around, part_of
from bluelamp.inspections import facts
from bluelamp.intake.actions import propose
from bluelamp.intake.models import Proposal
from bluelamp.intake.stored_facts import stored_citations
from bluelamp.register.models import Item

MARKED = re.compile(r'<mark class="here(?: first)?">(.*?)</mark>', re.S)


def runs_of(blocks: list[SheetBlock]) -> str:
    parts = []
    for block in blocks:
        parts += ["".join(run.text for run in block.runs)]
        parts += ["".join(run.text for run in item.runs) for item in block.items]
        parts += ["".join(run.text for run in cell.runs) for row in block.rows for cell in row]
    return "\n".join(part for part in parts if part)


def read(words: str, name: str = "words.txt") -> tuple[Document, bytes]:
    return read_bytes(words.encode(), file_name=name), words.encode()


def first_page(document: StoredDocument) -> StoredPage:
    return document.pages.get(index=0)


def test_a_sheet_holds_every_word_of_its_page(full: Full) -> None:
    page = first_page(full.accepted)
    assert runs_of(make_sheet(page)).split() == page.text.split()


def test_what_is_cited_is_marked_word_for_word(full: Full) -> None:
    page = first_page(full.waiting)
    for proposal in Proposal.objects.filter(document=full.waiting).exclude(kind="document_detail"):
        marks = find_marks(page, [(str(proposal.pk), proposal.citations)], here=str(proposal.pk))
        blocks = make_sheet(page, marks)
        words = " ".join(run.text for block in blocks for run in block.runs if run.mark and run.mark.here)
        assert words.split() == " ".join(c["quote"] for c in proposal.citations).split()


def test_marks_that_overlap_leave_the_words_whole(full: Full) -> None:
    page = first_page(full.waiting)
    cited = [(str(p.pk), p.citations) for p in Proposal.objects.filter(document=full.waiting)]
    marks = [*find_marks(page, cited, here=cited[3][0]), *mark_lines(page, 1, 6)]
    assert runs_of(make_sheet(page, marks)).split() == page.text.split()


def test_every_line_is_anchored_once(full: Full) -> None:
    blocks = make_sheet(first_page(full.accepted))
    lines = [run.line for block in blocks for run in block.runs if run.line]
    assert lines == sorted(set(lines))
    assert set(lines) == {
        n for n, line in enumerate(first_page(full.accepted).text.split("\n"), 1) if line.strip()
    }


def test_the_page_of_an_item_shows_its_words_marked_beside_it(desk: Client, full: Full) -> None:
    page = desk.get(f"/register/{full.item.reference}").content.decode()
    assert MARKED.findall(page) == ["The constabulary fails people at risk in its custody suites."]
    assert 'id="L5"' in page


def test_a_search_result_opens_its_page_at_the_passage(desk: Client, full: Full) -> None:
    page = desk.get("/search?q=custody").content.decode()
    assert '<mark class="here">custody</mark>' in page
    link = re.search(r'href="(/documents/[^"]+lines=[^"]+)"', page)
    assert link
    opened = desk.get(link.group(1).replace("&amp;", "&")).content.decode()
    assert any("custody suites" in words for words in MARKED.findall(opened))


def test_hostile_words_and_names_are_escaped(desk: Client, organisations: None) -> None:
    words = "<script>alert(1)</script> & <img src=x onerror=alert(2)>\n\nA second “paragraph” <b>here</b>.\n"
    document, data = read(words)
    stored = store(document, data)
    found = [
        facts.Finding(type="strength", text=document.blocks[0].text, citations=document.cite(document.blocks[0]))
    ]
    details = {"title": "<i>Title</i>", "family": "other"}
    propose(stored, make_extraction(document, found, details=details), by=BY, now=NOW)
    base = f"/documents/{stored.pk}"
    for address in (
        base,
        f"{base}/pages/1",
        f"{base}/review",
        f"{base}/facts",
        "/",
        "/documents",
        "/search?q=alert",
    ):
        page = desk.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert "<i>Title" not in page, address


def test_a_very_long_page_is_shown_in_parts(desk: Client, organisations: None) -> None:
    document, data = read("".join(f"Paragraph number {n} stands here.\n\n" for n in range(1, 1001)))
    stored = store(document, data)
    page = first_page(stored)
    whole = [words for part in range(1, 9) for words in shown_in(page, part)]
    assert whole == page.text.split()
    parts = -(-1000 // PART)
    assert part_of(page).parts == parts
    middle = f"/documents/{stored.pk}/lines/1001"
    opened = desk.get(middle, follow=True).content.decode()
    assert MARKED.findall(opened) == ["Paragraph number 501 stands here."]
    assert f"Part 2 of {parts}" in opened
    assert "Paragraph number 2 stands" not in opened
    window = around(page, 1001)
    assert window.holds(1001)
    assert window.cut_before
    assert window.cut_after
    assert len(window.blocks) < 100


def shown_in(page: StoredPage, part: int) -> list[str]:
    window = part_of(page, part)
    return runs_of(make_sheet(page, [], window.blocks)).split() if window.part == part else []


def test_a_long_table_is_cut_between_its_rows(organisations: None) -> None:
    rows = "".join(f"row {n},value {n}\n" for n in range(1, 1201))
    document, data = read(f"name,number\n{rows}", "table.csv")
    page = first_page(store(document, data))
    whole = [words for part in range(1, 9) for words in shown_in(page, part)]
    assert [word for word in whole if word != "row"][:6] == ["name", "number", "1", "value", "1", "2"]
    assert len(whole) == 2 + 4 * 1200


def test_a_line_of_megabytes_is_shown_around_what_is_cited(desk: Client, organisations: None) -> None:
    document, data = read("word " * 400_000 + "needle " + "straw " * 400_000)
    stored = store(document, data)
    page = first_page(stored)
    words = runs_of(make_sheet(page))
    assert words.startswith("… word")
    assert len(words) < 25_000
    offset = page.text.index("needle")
    marked = make_sheet(page, [Mark("x", ((offset, offset + 6),), here=True)])
    assert "needle" in runs_of(marked)
    assert len(desk.get(f"/documents/{stored.pk}/pages/1").content) < 60_000


def test_lines_from_elsewhere_are_no_error(desk: Client, full: Full) -> None:
    base = f"/documents/{full.accepted.pk}/pages/1"
    for questions in (
        "lines=9999-99999",
        "lines=5-1",
        "lines=a-b",
        "fact=x",
        "item=CVP-1-X-1",
        "part=99",
        "part=0",
    ):
        assert desk.get(f"{base}?{questions}").status_code == 200
    assert desk.get(f"/documents/{full.accepted.pk}/lines/99999").status_code == 404
    assert desk.get(f"/documents/{full.accepted.pk}/pages/2").status_code == 404
    assert desk.get(f"/documents/{full.accepted.pk}/pages/0").status_code == 404


def test_the_original_comes_back_byte_for_byte_and_is_never_shown(desk: Client, full: Full) -> None:
    response = desk.get(f"/documents/{full.accepted.pk}/original")
    assert finish(response) == read_original(full.accepted)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def read_original(document: StoredDocument) -> bytes:
    from bluelamp.documents.originals import workspace_originals

    return workspace_originals().read(document.sha256)


def test_a_citation_into_a_page_that_is_gone_is_said(desk: Client, full: Full) -> None:
    StoredPage.objects.filter(document=full.accepted).delete()
    page = desk.get(f"/register/{full.item.reference}").content.decode()
    assert "could not be found in the document as it is stored now" in page


def test_a_quote_that_does_not_stand_there_marks_nothing(full: Full) -> None:
    page = first_page(full.accepted)
    citation = stored_citations([])
    assert find_marks(page, [("x", citation)]) == []
    wrong = {**Item.objects.all()[0].mentions.all()[0].citations[0], "quote": "Nobody wrote this."}
    assert find_marks(page, [("x", [wrong])]) == []


def test_every_number_of_a_document_links_to_the_facts_it_counts(desk: Client, full: Full) -> None:
    page = desk.get(f"/documents/{full.accepted.pk}").content.decode()
    links = re.findall(r'href="(/documents/[^"]+/facts\?[^"]+)">([\d,]+)<', page)
    assert len(links) >= 8
    for link, number in links:
        listed = desk.get(link.replace("&amp;", "&")).content.decode()
        assert listed.count('<div class="tags">') == int(number), link


def test_what_has_no_pages_is_not_opened_at_a_page(desk: Client, full: Full) -> None:
    page = desk.get(f"/register/{full.item.reference}").content.decode()
    assert "Open the document at these words" in page
    assert "Open the page" not in page
    assert ">open the page" not in page


def test_the_home_page_counts_the_documents_that_items_rest_on(desk: Client, full: Full) -> None:
    page = " ".join(desk.get("/").content.decode().split())
    assert "from 1 document; " in page
    assert "2 documents</a> are held." in page
