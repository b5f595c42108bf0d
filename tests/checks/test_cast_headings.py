"""Is a total above a table held to its rows, and a number that is none left alone?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.cast_headings import check_headings
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database
TABLE = table(
    "Type | Flights | Crew", "Search | 23 | x", "Burglary | 41 | y", "Football | 11 | z", "Other | 9 | w"
)


@pytest.mark.parametrize(
    "words",
    [
        "### Drone flights – {}",
        "### Drone flights: {}",
        "### Drone flights ({})",
        "In the year there was a total of {} flights, by type as follows.",
        "The table below shows the {} flights of the year by type.",
        "Flights totalled {}; the types are shown below.",
    ],
)
@pytest.mark.parametrize(("number", "verdict"), [("84", Verdict.CONSISTENT), ("88", Verdict.CONTRADICTION)])
def test_a_total_above_its_table(words: str, number: str, verdict: Verdict) -> None:
    results = check(check_headings, words.format(number) + "\n\n" + TABLE)
    assert [each.verdict for each in results] == [verdict]
    assert results[0].recomputed == "84"
    assert len(results[0].printed) == 2


@pytest.mark.parametrize(
    "words",
    [
        "Of the 88 flights, the four most frequent types are below.",
        "The table below shows some of the 88 flights of the year.",
        "Around 88 flights were made, as the table below shows.",
        "The flight team – 88 shifts worked",
        "Nothing is said of a number here.",
        "Since 2019 there have been flights (see the 88 sorties of the army).",
    ],
)
def test_a_number_that_is_no_total_of_the_table(words: str) -> None:
    assert wrong(check(check_headings, words + "\n\n" + TABLE)) == []


def test_a_number_far_off_counts_something_else() -> None:
    results = check(check_headings, "### Drone flights – 400\n\n" + TABLE)
    assert [each.verdict for each in results] == [Verdict.UNCHECKED]
