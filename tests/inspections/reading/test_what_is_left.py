"""Are inspectors' own promises and a report's tables of figures told, and read as nothing that they are not?"""

from __future__ import annotations

import pytest
from tests.inspections.reading.reports import findings, practices, read_report, reasons

from bluelamp.inspections.reading.deadlines import read_deadline
from bluelamp.inspections.reading.peel import PROMISED
from bluelamp.inspections.reading.peel_recommendations import opens_promises
from bluelamp.inspections.reading.peel_tables import LEFT

pytestmark = pytest.mark.no_database

ASKED = "By 1 May 2027, chief constables should count their vans."
LIST = "a) publish a guide to vans; and\nb) ask forces for their counts in March 2028.\n"


@pytest.mark.parametrize("head", ["", "## Actions\n\n", "### What we will do\n\n"])
def test_what_inspectors_will_do_themselves_is_asked_of_nobody(head: str) -> None:
    document, reading = read_report(f"## Recommendations\n\n{ASKED}\n\n{head}We will:\n\n{LIST}", "thematic")
    assert [each.text for each in findings(reading, "recommendation")] == [ASKED]
    (told,) = (unread for unread in reading.unread if unread.reason == PROMISED)
    assert "publish a guide" in " ".join(citation.quote for citation in told.citations)
    assert all(document.verify(citation) for citation in told.citations)


@pytest.mark.parametrize("words", ["We will:", "HMICFRS will, by March:", "We have agreed to:"])
def test_words_that_open_a_promise(words: str) -> None:
    assert opens_promises(words)


@pytest.mark.parametrize(
    "words",
    [
        "We recommend that forces will:",
        "The force will:",
        "We will return in May.",
        "Within one month, the force should:",
        "Wells will be dug:",
    ],
)
def test_words_that_open_none(words: str) -> None:
    assert not opens_promises(words)


def test_a_recommendation_with_parts_after_the_list_stays_whole() -> None:
    text = "## Recommendation\n\nWithin one month, the force should:\n\n- count its vans; and\n- wash them.\n"
    (found,) = findings(read_report(text)[1], "recommendation")
    assert len(found.parts) == 2


TABLE = "| Force | 2024 | 2025 |\n|---|---|---|\n| Dale | 1,204 | 1,377 |\n| Fell | n/k | 802 |\n"


def test_a_table_of_figures_that_nothing_was_read_from_is_told() -> None:
    _, reading = read_report(f"# Vans\n\nTable 1. Vans\n\n{TABLE}", "thematic")
    assert reasons(reading) == [LEFT]


@pytest.mark.parametrize(
    "table",
    [
        "| Area | Grade |\n|---|---|\n| Investigating crime | Good |\n| Responding to the public | Adequate |\n",
        "| Word | Meaning |\n|---|---|\n| Van | What one drives |\n| Cell | Where one waits |\n",
        "| No. | Recommendation | By |\n|---|---|---|\n"
        "| 1 | The force should count its vans. | 1 May 2027 |\n"
        "| 2 | The force should wash its vans. | 1 June 2027 |\n",
    ],
)
def test_a_table_that_is_read_or_holds_no_figures_is_not(table: str) -> None:
    assert LEFT not in reasons(read_report(f"# Vans\n\n{table}")[1])


def test_a_fault_found_after_a_practice_is_none_of_it() -> None:
    text = """# Managing offenders

## Good practice

The team takes a social worker along, so that children are cared for.

Risk assessments of 61 offenders were out of date.

## Recommendation

Within six months, the force should write them.
"""
    _, reading = read_report(text, "national-child-protection")
    (practice,) = practices(reading)
    assert practice.text == "The team takes a social worker along, so that children are cared for."
    (issue,) = findings(reading, "issue_of_concern")
    assert issue.text == "Risk assessments of 61 offenders were out of date."


def test_what_a_titled_practice_was_to_mend_stays_with_it() -> None:
    text = """# Managing offenders

## Promising practice

### The team takes a social worker along

Visits were often late. Now they are made in pairs.

It found 63 phones.
"""
    _, reading = read_report(text)
    (practice,) = practices(reading)
    assert "often late" in practice.text
    assert findings(reading, "issue_of_concern") == []


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("As soon as practicable, forces should count their vans.", "As soon as practicable"),
        ("Forces should, as soon as possible, count their vans.", "as soon as possible"),
        ("The force should visit victims as soon as possible after the call.", None),
    ],
)
def test_a_deadline_that_gives_no_day(words: str, printed: str | None) -> None:
    found = read_deadline(words)
    assert (found.printed if found else None) == printed
    assert found is None or found.date is None


def test_topics_after_a_practice_are_none_of_it_and_are_read() -> None:
    text = """# How vans are kept

## Prevention

Good practice: Dale Police and its bank

A banker sits with them twice a week.

## Repair

Nobody mends the brakes.

### Doors

The hinges are not oiled.
"""
    _, reading = read_report(text, "thematic")
    (practice,) = practices(reading)
    assert (practice.title, practice.text) == ("Dale Police and its bank", "A banker sits with them twice a week.")
    assert [each.text for each in findings(reading, "issue_of_concern")] == [
        "Nobody mends the brakes.",
        "The hinges are not oiled.",
    ]


@pytest.mark.parametrize(
    "head",
    ["Recommendation from the 2021 inspection report", "Recommendations made in 2021", "Recommendations of 2021"],
)
def test_what_a_report_of_another_year_recommended_is_not_recommended_anew(head: str) -> None:
    text = f"# Vans\n\n## {head}\n\nWe recommend that, within six months, the force should count its vans.\n\n"
    _, reading = read_report(text + "### What we found\n\nNobody counts them.\n", "thematic")
    assert findings(reading, "recommendation") == []
    assert [each.text for each in findings(reading, "issue_of_concern")] == ["Nobody counts them."]


def test_a_recommendation_on_a_years_figures_is_one() -> None:
    text = "## Recommendation 3: 2021 targets\n\nWithin one month, the force should count its vans.\n"
    assert len(findings(read_report(text)[1], "recommendation")) == 1
