"""Is a revisit's verdict on what was recommended read, and nothing that only speaks of a recommendation?"""

from __future__ import annotations

import pytest
from tests.inspections.reading.reports import closures, findings, read_report, reasons

from bluelamp.inspections.reading.closures_asked import verdict_on_asked

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("This recommendation is complete.", "closed"),
        ("I have decided to close this recommendation.", "closed"),
        ("I am satisfied that this recommendation has been met and it is now closed.", "closed"),
        ("We have closed both areas for improvement.", "closed"),
        ("The recommendation on vans has been implemented.", "closed"),
        ("This recommendation has been fully addressed and we consider it closed.", "closed"),
        ("Both recommendations have been addressed.", "closed"),
        ("Your earlier recommendation on vans is superseded by the area for improvement below.", "superseded"),
        ("Our 2029 recommendation has been replaced.", "superseded"),
        ("The force considers this recommendation closed.", None),
        ("These recommendations have been addressed to all forces.", None),
        ("This recommendation is addressed in chapter 4.", None),
        ("This recommendation has been partly addressed.", None),
        ("Your earlier vans have been replaced, as this recommendation asks.", None),
        ("This recommendation remains open.", "remains"),
        ("I am not yet able to close this recommendation.", "remains"),
        ("The area for improvement about cells has not been met.", "remains"),
        ("We cannot close these recommendations.", "remains"),
        ("The force told us that this recommendation has been met.", None),
        ("We will close this recommendation when the vans are counted.", None),
        ("This recommendation should be completed by May.", None),
        ("We made a recommendation to close the door.", None),
        ("Recommendations are closed once they are met.", None),
        ("The recommendation asks the force to count its vans.", None),
    ],
)
def test_a_verdict_on_what_was_asked(words: str, verdict: str | None) -> None:
    assert verdict_on_asked(words) == verdict


LETTER = """Dear Owen

## Recommendation 1: vans

The queue has gone. I have decided to close this recommendation.

## Recommendation 2: cells

A panel sits, but it does not read the files. I am not yet able to close this recommendation.

## Doors

Every door is oiled. I am satisfied that this recommendation has been met.
"""


def test_each_heading_is_what_was_closed_and_nothing_is_asked_anew() -> None:
    document, reading = read_report(LETTER, "thematic")
    assert [(each.concern, each.verdict) for each in closures(reading)] == [
        ("Recommendation 1: vans", "closed"),
        ("Recommendation 2: cells", "remains"),
        ("Doors", "closed"),
    ]
    assert all(document.verify(citation) for each in closures(reading) for citation in each.citations)
    assert [citation.quote for citation in closures(reading)[0].citations][1] == "Recommendation 1: vans"
    assert findings(reading, "recommendation") == []
    assert reasons(reading) == []
    assert [each.text for each in findings(reading, "issue_of_concern")] == [
        "A panel sits, but it does not read the files."
    ]


def test_a_recommendation_that_asks_stays_one_whatever_is_said_of_another() -> None:
    text = (
        "## Recommendation 3\n\nBy 1 May 2027, the force should count its vans. This recommendation replaces ours."
    )
    (found,) = findings(read_report(text)[1], "recommendation")
    assert found.number == "3"


def test_what_was_asked_is_not_the_concern_that_was_spoken_of_before() -> None:
    text = """# Revisit

The cause of concern about cells can be closed. The cause of concern about force remains in place.

We also found that the following area for improvement hasn't been addressed: the force should oil its doors.

The recommendation about vans has been met.
"""
    found = closures(read_report(text, "thematic")[1])
    assert [(each.concern, each.verdict, each.reason) for each in found if each.concern != "Revisit"] == [
        ("cells", "closed", ""),
        ("force", "remains", ""),
        ("vans", "closed", ""),
    ]
    assert len(found) == 4


def test_a_verdict_under_each_subject_and_what_only_goes_before_it_is_no_fault() -> None:
    text = """Dear Owen

## Vans

Clerks count every van. This recommendation has been fully addressed and we consider it closed.

## Cells

The position has not improved. Nine cells had no light. This recommendation stays open.

## Night doors

Your earlier recommendation on doors is superseded by the following area for improvement.

## Area for improvement

The force should oil its doors.
"""
    reading = read_report(text, "thematic")[1]
    assert [(each.concern, each.verdict) for each in closures(reading)] == [
        ("Vans", "closed"),
        ("Cells", "remains"),
        ("Night doors", "superseded"),
    ]
    assert [each.text for each in findings(reading, "issue_of_concern")] == ["Nine cells had no light."]
    assert len(findings(reading, "area_for_improvement")) == 1


def test_a_position_that_has_not_improved_is_a_fault_where_no_verdict_stands_beside_it() -> None:
    text = "# Revisit\n\n## Cells\n\nThe position has not improved. The cells are dark.\n"
    found = findings(read_report(text, "thematic")[1], "issue_of_concern")
    assert any("The position has not improved." in each.text for each in found)
