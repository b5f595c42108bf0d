"""Is an agenda item found for its paper, and the table for the paper that speaks of it, and nothing guessed?"""

from __future__ import annotations

import pytest
from tests.checks.check_samples import block_with, make_pack, read, result

from bluelamp.checks.model import Check, Verdict
from bluelamp.checks.pack_links import likeness, link_pack

pytestmark = pytest.mark.no_database


def test_items_find_their_papers_by_title_by_number_and_by_being_minutes() -> None:
    links = link_pack(make_pack(read()))
    assert {paper.title: paper.agenda_number for paper in links.papers} == {
        "Agenda": "",
        "Minutes of the meeting of March": "2",
        "Custody in Calder Vale: the year": "3",
        "Stables": "4",
    }
    assert [item.number for item in links.items_without_paper] == ["1"]


def test_a_number_that_no_item_has_is_not_forced() -> None:
    links = link_pack(make_pack(read(), horses="9"))
    assert next(paper for paper in links.papers if paper.title == "Stables").agenda_number == ""
    assert [item.number for item in links.items_without_paper] == ["1", "4"]


def test_a_sentence_speaks_of_the_table_it_was_compared_with() -> None:
    document = read()
    sentence, table = block_with(document, "Alder has"), block_with(document, "Area Patrols")
    compared = [
        result(document, sentence, table, check=Check.CLAIM, verdict=Verdict.CONSISTENT),
        result(document, sentence, table, check=Check.CLAIM, message="Another."),
        result(document, sentence, table, check=Check.CAST, message="A sum speaks of nothing."),
    ]
    (found,) = link_pack(make_pack(document, *compared)).speaks_of
    assert (found.paper, found.of) == ("Custody in Calder Vale: the year", "Custody in Calder Vale: the year")
    assert (found.times, found.agree) == (2, 1)
    assert found.place.line == document.line_at(document.blocks[table].spans[0][0])


def test_one_paper_speaks_of_another() -> None:
    document = read()
    fed, table = block_with(document, "Horses were"), block_with(document, "All were")
    compared = result(document, fed, table, check=Check.CROSS_DOCUMENT)
    (found,) = link_pack(make_pack(document, compared)).speaks_of
    assert (found.paper, found.of) == ("Stables", "Minutes of the meeting of March")


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("Custody in Calder Vale", "Custody in Calder Vale: update", True),
        ("Quarter 4 Capital Outturn", "Quarter 4 2020-2021 – Capital Outturn", True),
        ("Custody", "Custody", True),
        ("Custody", "Custody of horses in winter", False),
        ("Update report", "Report", False),
        ("", "", False),
        ("Rural crime", "Hate crime", False),
    ],
)
def test_titles_are_alike_by_the_words_that_count(left: str, right: str, alike: bool) -> None:
    assert (likeness(left, right) >= 0.6) is alike
    assert (likeness(right, left) >= 0.6) is alike


def test_a_title_of_a_megabyte_takes_no_time() -> None:
    assert likeness("a " * 500_000, "b-" * 500_000) == 0.0
