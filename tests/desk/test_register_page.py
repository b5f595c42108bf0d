"""Does the register count what it shows, show what it counts, and give away exactly that?"""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import openpyxl
import pytest
from django.test import Client
from tests.desk.conftest import Full
from tests.register.samples import make_register, point

from bluelamp.register.exports import defuse
from bluelamp.register.models import Item

HOSTILE = '=HYPERLINK("http://example.org")<script>alert(1)</script>&amp;"\'>'


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = dict(attrs).get("href") or "" if tag == "a" else self._open

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found.append((self._open, data))
            self._open = ""


def links_in(page: str) -> list[tuple[str, str]]:
    parser = _Links()
    parser.feed(page)
    return parser.found


def references_on(page: str) -> list[str]:
    return re.findall(r'<a href="/register/([A-Z0-9-]+)">', page)


@pytest.fixture
def many(db: None) -> None:
    register = make_register("WMC")
    register.add(
        *(point(title=f"Count the bicycles, time {n}", area="roads", area_name="Roads") for n in range(120))
    )
    register.add(*(point("recommendation", f"Mend the gate, time {n}") for n in range(7)))
    register.add(*(point("judgement", f"Roads: Good {n}", grade="good") for n in range(3)), year=2019)


def walk(desk: Client, address: str) -> list[str]:
    """The references of every page from this one on, by its links alone."""
    seen: list[str] = []
    while address:
        page = desk.get(address).content.decode()
        seen += references_on(page)
        onwards = re.search(r'<a rel="next" href="([^"]+)"', page)
        address = "/register" + onwards.group(1).replace("&amp;", "&") if onwards else ""
    return seen


@pytest.mark.parametrize(
    "questions", ["", "?sort=year", "?kind=recommendation", "?words=bicycles&sort=newest", "?year=2019"]
)
def test_the_export_is_exactly_what_is_shown(desk: Client, many: None, questions: str) -> None:
    shown = walk(desk, f"/register{questions}")
    exported = desk.get(f"/register.csv{questions}").content.decode("utf-8-sig")
    assert [row["Reference"] for row in csv.DictReader(io.StringIO(exported))] == shown
    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"/register.xlsx{questions}").content))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == shown
    assert len(set(shown)) == len(shown) > 0


def test_every_number_of_the_answer_links_to_the_rows_it_counts(desk: Client, many: None) -> None:
    for start in ("/register", "/register?kind=recommendation", "/register?words=gate"):
        page = desk.get(start).content.decode()
        answer = page[page.index('<p class="answer">') : page.index("</p>", page.index('<p class="answer">'))]
        counted = [(link, text) for link, text in links_in(answer) if re.match(r"[\d,]+ ", text)]
        assert counted
        for link, text in counted:
            number = int(text.split()[0].replace(",", ""))
            assert len(walk(desk, f"/register{link}")) == number, (link, text)


def test_the_numbers_of_the_rows_are_told(desk: Client, many: None) -> None:
    first = desk.get("/register").content.decode()
    assert "1 to 50 of 130" in first
    onwards = re.search(r'<a rel="next" href="([^"]+)"', first)
    assert onwards
    second = desk.get("/register" + onwards.group(1).replace("&amp;", "&")).content.decode()
    assert "51 to 100 of 130" in second


@pytest.mark.parametrize(
    "questions",
    [
        "?after=nonsense",
        "?before=~~",
        "?row=-1&after=x",
        "?year=twenty",
        "?kind=<script>",
        "?sort=up",
        "?words=%00",
    ],
)
def test_an_address_that_nobody_of_ours_made_is_no_error(desk: Client, many: None, questions: str) -> None:
    assert desk.get(f"/register{questions}").status_code == 200


def test_a_document_that_is_not_there_is_not_found(desk: Client, many: None) -> None:
    assert desk.get("/register?document=11111111-1111-1111-1111-111111111111").status_code == 404
    assert desk.get("/register?document=x").status_code == 404


def test_a_filter_that_finds_nothing_says_so_and_leads_back(desk: Client, many: None) -> None:
    page = desk.get("/register?kind=cause_of_concern").content.decode()
    assert "No item answers all of these filters." in page
    assert "cause_of_concern (0)" in page


def test_pages_cost_the_same_however_many_rows(
    desk: Client, many: None, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    for address in ("/register", "/register?sort=area", "/register?words=bicycles"):
        with django_assert_max_num_queries(22):  # type: ignore[operator]
            desk.get(address)


def test_hostile_words_are_only_words(desk: Client, db: None) -> None:
    register = make_register("WMC")
    (item,) = register.add(point(title=HOSTILE, text=HOSTILE, area_name=HOSTILE, source_number=HOSTILE))
    for address in ("/register", f"/register/{item.reference}", "/", "/audit-trail", "/forces/WMC"):
        page = desk.get(address).content.decode()
        assert "<script>alert" not in page, address
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in desk.get("/register").content.decode()
    rows = list(csv.DictReader(io.StringIO(desk.get("/register.csv").content.decode("utf-8-sig"))))
    assert rows[0]["What was said"] == defuse(HOSTILE)
    assert rows[0]["What was said"].startswith("'=")


def test_a_reference_in_small_letters_leads_to_the_item(desk: Client, many: None) -> None:
    item = Item.objects.filter(kind="judgement").first()
    assert item
    assert desk.get(f"/register/{item.reference.lower()}")["Location"] == f"/register/{item.reference}"
    assert (
        desk.get("/search", {"q": item.reference.replace("-", " ")})["Location"] == f"/register/{item.reference}"
    )


def test_the_sentence_names_the_force_that_is_asked_for(desk: Client) -> None:
    for code in ("AAA", "BBB"):
        make_register(code).add(point())
    said = desk.get("/register?force=BBB").content.decode()
    assert "BBB Constabulary" in said.split("</h1>")[1].split("<form")[0]
    assert "AAA Constabulary" not in said.split("</h1>")[1].split("<form")[0]
    everything = desk.get("/register").content.decode().split("</h1>")[1].split("<form")[0]
    assert "Constabulary" not in everything


@pytest.mark.parametrize("query", ["force=BBB&words=zebra", "force=ZZZ", "force=BBB&kind=judgement&words=zebra"])
def test_a_force_with_words_that_nothing_holds_is_no_error(desk: Client, query: str) -> None:
    make_register("BBB").add(point())
    answer = desk.get(f"/register?{query}")
    assert answer.status_code == 200
    assert "0 items" in answer.content.decode()


def test_a_grade_is_counted_in_no_trouble_and_each_number_leads_to_its_rows(desk: Client, full: Full) -> None:
    shown = desk.get("/register").content.decode()
    found = re.search(r'href="\?([^"]*delivery=unallocated[^"]*)">(\d+) unallocated', shown)
    assert found
    rows = desk.get("/register.csv?" + found[1].replace("&amp;", "&")).content.decode()
    assert (
        rows.count("\n") - 1
        == int(found[2])
        == Item.objects.exclude(kind="judgement").filter(delivery="unallocated").count()
    )
    assert "a grade: nothing to be answered" in shown
    assert "a grade: nothing to be answered" not in desk.get("/register?kind=points").content.decode()
