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


CONTRACTS = (
    "Recovery | £212,000 | 4",
    "Consumables | £91,500 | 4",
    "Uniform | £402,300 | 5",
    "Voice | £155,000 | 2",
)


@pytest.mark.parametrize(
    ("below", "verdicts"),
    [
        ("The four contracts have a combined annual value of £860,800.", [Verdict.CONSISTENT]),
        ("The four contracts have a combined annual value of £880,800.", [Verdict.SUSPECT]),
        ("The four contracts have a combined annual value of £0.86m.", [Verdict.CONSISTENT]),
        ("The main contracts have a combined annual value of £820,000.", []),
        ("The contracts have a combined whole-life value of £880,800.", []),
        ("Their annual value last year came to £880,800 in all, compared with this.", []),
        ("The annual value of one is £880,800.", []),
        ("The contracts have a combined annual value of around £880,000.", []),
        ("The contracts have a combined annual value of £3,535,500.", []),
    ],
)
def test_a_total_told_below_its_rows(below: str, verdicts: list[Verdict]) -> None:
    text = table("Contract | Annual value | Years", *CONTRACTS) + f"\n{below}\n"
    assert [each.verdict for each in check(check_headings, text) if each.rule == "total-below"] == verdicts
