"""Is a deed dated after its paper found, and a day told ahead left alone?"""

from __future__ import annotations

import datetime as dt

import pytest
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.decided import check_decided
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database
DAY = dt.date(2021, 5, 19)


@pytest.mark.parametrize(
    "text",
    [
        "The plan was approved by the board in December 2021 after consultation.",
        "The priorities were confirmed at the December 2021 Board.",
        "The project was completed on 4 July 2021.",
        "The group met on 4 July 2021 to agree the scope.",
        "The strategy was published in June 2021.",
        "The bid was endorsed by the Joint Audit Committee on 2 June 2021.",
    ],
)
def test_a_deed_of_a_later_day(text: str) -> None:
    assert [each.verdict for each in check(check_decided, text, meeting=DAY)] == [Verdict.CONTRADICTION]


def test_one_that_leans_on_its_object_is_doubtful() -> None:
    found = check(check_decided, "The committee considered the report in June 2021.", meeting=DAY)
    assert [each.verdict for each in found] == [Verdict.SUSPECT]


@pytest.mark.parametrize(
    "text",
    [
        "The plan was approved by the board in December 2020.",
        "The plan was approved by the board in May 2021.",
        "The board agreed that a further report come in December 2021.",
        "Members approved the closure of the site on 4 July 2022.",
        "The lease, approved by the panel, ends on 4 July 2022.",
        "The lease that was approved by the panel ends on 4 July 2022.",
        "It was agreed that the review would be completed in June 2022.",
        "The scheme will have been approved by the board in June 2021.",
        "The budget was adopted for the year ending 31 March 2022.",
        "Once it was approved by the board in June 2021, work could begin.",
        "A deadline of 4 July 2021 was agreed.",
        "It was noted that the grant runs out in January 2022.",
        "The programme agreed with partners reports in December 2021.",
        "The contract was awarded to start in July 2021.",
        "Members noted the inspection in June 2021.",
    ],
)
def test_what_a_paper_may_say_of_days_to_come(text: str) -> None:
    assert wrong(check(check_decided, text, meeting=DAY)) == []


def test_a_paper_without_a_day_says_nothing() -> None:
    assert check(check_decided, "The plan was approved by the board in December 2090.") == []


DEED = "The terms of reference were agreed by the board in January 2024.\n"


@pytest.mark.parametrize(
    "line",
    [
        "Date of next meeting: Thursday 5 October 2023",
        "Next meeting: 5 October 2023",
        "Date of the next meeting 5 October 2023",
        "Date of last meeting: 5 October 2023",
    ],
)
def test_the_day_of_another_meeting_is_not_the_papers_own(line: str) -> None:
    assert check(check_decided, f"Ethics panel notes\n\n{line}\n\n{DEED}") == []


@pytest.mark.parametrize(
    "line", ["Date of meeting: Thursday 5 October 2023", "Date: 5 October 2023", "5 October 2023"]
)
def test_a_paper_says_its_own_day_in_its_head(line: str) -> None:
    text = f"Ethics panel notes\n\n{line}\n\nDate of next meeting: 9 November 2023\n\n{DEED}"
    assert len(wrong(check(check_decided, text))) == 1
