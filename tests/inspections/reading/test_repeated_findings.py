"""Is a finding that is printed twice one fact with two citations, and its paragraph's number none of its words?"""

from __future__ import annotations

import pytest
from tests.inspections.reading.reports import findings, read_report

pytestmark = pytest.mark.no_database

CUSTODY = """# Section 1. Leadership

1.1 Nobody counts the cells.

## Area for improvement

1.2 The force should count its cells.

# Section 2. Summary

Recommendation: The force should take immediate action to clean its cells. (S3)

Area for improvement: The force should count its cells. {again}
"""
SUMMARY = """# Summary

## Cause of concern: cells

1.5 The force does not clean its cells.

## Recommendation

The force should take immediate action to clean its cells.

"""


def test_what_the_last_chapter_says_again_is_one_fact_with_two_citations() -> None:
    document, reading = read_report(SUMMARY + CUSTODY.format(again="(1.2)"), "police-custody")
    (area,) = findings(reading, "area_for_improvement")
    (asked,) = findings(reading, "recommendation")
    assert (area.number, area.text) == ("1.2", "The force should count its cells.")
    assert asked.text == "The force should take immediate action to clean its cells."
    assert len(area.citations) == len(asked.citations) == 2
    assert all(document.verify(citation) for citation in (*area.citations, *asked.citations))
    assert asked.parent


def test_another_paragraph_of_the_same_words_is_another_finding() -> None:
    _, reading = read_report(SUMMARY + CUSTODY.format(again="(2.7)"), "police-custody")
    assert [each.number for each in findings(reading, "area_for_improvement")] == ["1.2", "2.7"]


def test_a_concerns_paragraph_number_is_its_number() -> None:
    _, reading = read_report(SUMMARY, "police-custody")
    (concern,) = findings(reading, "cause_of_concern")
    assert (concern.number, concern.text) == ("1.5", "The force does not clean its cells.")


@pytest.mark.parametrize("where", ["(Section 1)", "(see paragraph 4.2)", "(see chapter 3)"])
def test_a_finding_that_says_its_own_number_and_where_it_was_found(where: str) -> None:
    text = (
        f"## Areas for improvement\n\n1.12 The force should keep vans. {where}\n\n1.13 The force should wash vans."
    )
    found = findings(read_report(text, "police-custody")[1], "area_for_improvement")
    assert [(each.number, each.text) for each in found] == [
        ("1.12", "The force should keep vans."),
        ("1.13", "The force should wash vans."),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "The force should answer 4.5 calls a minute (in 2.5 seconds).",
        "The force should use form S3 (see the annex).",
        "The force should keep its vans (12).",
    ],
)
def test_figures_that_are_no_paragraphs_number_stay(words: str) -> None:
    (area,) = findings(read_report(f"## Area for improvement\n\n{words}")[1], "area_for_improvement")
    assert (area.number, area.text) == ("", words)


def test_a_titles_number_is_its_number() -> None:
    one, other = (
        "### 1. The force should keep vans\n\nIt has 12.",
        "### 2. The force should wash them\n\nIt has none.",
    )
    text = f"## Areas for improvement\n\n{one}\n\n{other}\n"
    found = findings(read_report(text)[1], "area_for_improvement")
    assert [(each.number, each.title) for each in found] == [
        ("1", "The force should keep vans"),
        ("2", "The force should wash them"),
    ]


def test_a_parts_number_is_not_the_findings() -> None:
    listed = "- count its vans (1.4); and\n- wash them (1.5).\n"
    text = f"## Recommendation\n\nWithin one month, the force should:\n\n{listed}"
    (found,) = findings(read_report(text)[1], "recommendation")
    assert found.number == ""
    assert len(found.parts) == 2
