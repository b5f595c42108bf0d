"""By when must it be done?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.inspections.facts import Deadline
from bluelamp.inspections.reading.deadlines import find_day, find_deadline, read_deadline


def at_once(printed: str) -> Deadline:
    return Deadline(printed=printed, rule="immediately")


def months(printed: str, number: int) -> Deadline:
    return Deadline(printed=printed, rule="months", months=number)


def by(printed: str, year: int, month: int, day: int) -> Deadline:
    return Deadline(printed=printed, rule="date", date=dt.date(year, month, day))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The force should immediately check its records", at_once("immediately")),
        ("The force must now urgently check its records", at_once("urgently")),
        ("With immediate effect, the force should stop", at_once("With immediate effect")),
        ("Immediately:", at_once("Immediately")),
        ("We recommend that, immediately, the force:", at_once("immediately")),
        ("Within three months, the force should:", months("Within three months", 3)),
        ("Within the next three months the force should", months("Within the next three months", 3)),
        ("The force should, within 12 months, finish", months("within 12 months", 12)),
        ("Within one year the force should", months("Within one year", 12)),
        ("within six months of the publication of this report", months("within six months", 6)),
        ("Over the next six months, the force should", months("Over the next six months", 6)),
        ("By 30 September 2024, chief constables should", by("By 30 September 2024", 2024, 9, 30)),
        ("recommends that by 1st May 2017 the force", by("by 1st May 2017", 2017, 5, 1)),
        ("no later than 31 Dec 2022", by("no later than 31 Dec 2022", 2022, 12, 31)),
        ("by the end of March 2025", by("by the end of March 2025", 2025, 3, 31)),
        ("by the end of February 2024", by("by the end of February 2024", 2024, 2, 29)),
        ("by April 2018", by("by April 2018", 2018, 4, 30)),
        ("by the end of 2025", by("by the end of 2025", 2025, 12, 31)),
        ("The force should take immediate action to count", at_once("immediate")),
        ("The force must now take urgent steps to count", at_once("urgent")),
        ("From 1 January 2026, all forces should count", by("From 1 January 2026", 2026, 1, 1)),
        ("Within 12 weeks, the force should", Deadline(printed="Within 12 weeks", rule="date")),
    ],
)
def test_a_deadline_is_read_as_it_is_printed(words: str, expected: Deadline) -> None:
    assert read_deadline(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "The force responded to this feedback immediately and cleared the list",
        "Officers should see offenders within three months of release",
        "The force should take immediate steps",
        "The force should keep what it counted from 1 January 2026, when it began",
        "Officers must know how to immediately secure a scene",
        "The force should answer calls within 10 seconds",
        "By 31 February 2020",
        "by the end of 2025/26",
        "The report was written by May",
    ],
)
def test_what_sets_no_deadline_is_not_read_as_one(words: str) -> None:
    assert read_deadline(words) is None


def test_the_first_of_several_is_taken() -> None:
    found = read_deadline("Within three months, and no later than 1 May 2024, the force should")
    assert found == months("Within three months", 3)


def test_a_day_is_found_without_a_demand() -> None:
    assert find_day("We closed it on 3 October 2025.") == dt.date(2025, 10, 3)
    assert find_day("We closed it in October.") is None


@given(st.text(alphabet="by within the end of three months 2024 March should immediately,.:\n", max_size=200))
def test_any_words_are_read_and_what_is_printed_stands_in_them(words: str) -> None:
    found = find_deadline(words)
    if found:
        assert words[found.start : found.end] == found.deadline.printed


@given(st.dates(dt.date(2014, 1, 1), dt.date(2030, 12, 31)))
def test_every_day_reads_back(day: dt.date) -> None:
    printed = f"{day.day} {day:%B %Y}"
    found = read_deadline(f"By {printed}, the force should act")
    assert found is not None
    assert found.date == day


def test_a_day_from_which_a_recommended_change_holds() -> None:
    found = read_deadline(
        "We recommend that the council amends its lamp rules from 1 April 2031 so that wicks count."
    )
    assert found is not None
    assert (found.printed, found.date) == ("from 1 April 2031", dt.date(2031, 4, 1))
    for other in (
        "We recommend that the council reviews all lamps sold from 1 April 2031.",
        "The council amends its lamp rules from 1 April 2031 so that wicks count.",
        "We recommend that the council amends its lamps. It kept some from 1 April 2031.",
    ):
        assert read_deadline(other) is None
