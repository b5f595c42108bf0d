"""Is the day a document was published its own, and never the day of something that it tells of?"""

from __future__ import annotations

import pytest

from bluelamp.documents.readers import read_bytes
from bluelamp.intake.details import find_published

pytestmark = pytest.mark.no_database


def _day(*lines: str, family: str = "other") -> str:
    found = find_published(read_bytes("\n\n".join(("Panel notes", *lines)).encode(), file_name="a.md"), family)
    return found.value if found else ""


@pytest.mark.parametrize(
    "line",
    [
        "The survey was published on 12 December 2023.",
        "Results have been published since 12 December 2023.",
        "Date of next meeting: 5 October 2023",
        "Members noted that the accounts were approved on 28 September 2023.",
    ],
)
@pytest.mark.parametrize("family", ["other", "meeting_pack"])
def test_another_day_is_not_its_own(line: str, family: str) -> None:
    assert _day(line, family=family) == ""


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published 12 December 2023", "2023-12-12"),
        ("This document was published on 12 December 2023.", "2023-12-12"),
        ("First published: December 2023", "2023-12"),
        ("Date: 12 December 2023", "2023-12-12"),
        ("Quarterly figures, 12 December 2023", "2023-12-12"),
    ],
)
def test_its_own_day(line: str, day: str) -> None:
    assert _day(line) == day


def test_a_meetings_day_is_that_of_its_head() -> None:
    lines = ("Date of next meeting: Thursday 5 October 2023", "Date: Thursday 7 September 2023")
    assert _day(*lines, family="meeting_pack") == "2023-09-07"


PAPERS = ("finance_report", "performance_report", "assurance_template", "other")


@pytest.mark.parametrize(
    "head",
    [
        "Report date: 12 March 2025",
        "Date of report 12/03/2025",
        "Dated: 12 Mar 2025",
        "Meeting date: Wednesday 12 March 2025",
        "Report for the meeting of 12 March 2025",
        "This report is for the meeting of 12 March 2025. It tells the position at the end of January 2025.",
        "To the meeting of the Audit Board on 12 March 2025",
        "Audit Board, 12 March 2025 – Agenda item 7",
        "Prepared on 12 March 2025 by the Head of Finance",
        "Report of the Head of Finance\nDate: 12 March 2025\nPurpose: to note the position at 31 January 2025",
        "Report published: 3 June 2024. Response published: 12 March 2025.",
        "Reporting period: 1 April 2024 – 30 September 2024 (Q2). To the Audit Board, Wednesday 12 March 2025.",
        "Position at 31 January 2025 | Meeting date: 12 March 2025",
        "Prepared by the Head of Finance of the Calder Vale office, 12 March 2025",
        "| Report to | Audit Board |\n|---|---|\n| Date | 12 March 2025 |\n| Author | Bo Carr |",
        "| Report to | Audit Board | Date | 12 March 2025 |\n|---|---|---|---|\n| Author | Bo Carr | Item | 4 |",
    ],
)
@pytest.mark.parametrize("family", PAPERS)
def test_the_head_of_a_paper_prints_its_day(head: str, family: str) -> None:
    assert _day(head, "The position at 31 January 2025 is told below.", family=family) == "2025-03-12"


@pytest.mark.parametrize(
    "line",
    [
        "Target date: 31 December 2025",
        "Due date: 31 December 2025 (updated)",
        "Owner: Head of Estates. Date: to be agreed. Completion date: 31 December 2025",
        "Target date\n\n31 December 2025",
        "Date of inspection: 3 June 2024",
        "Stock at 31 January 2025 was low.",
        "The position at 31 January 2025 was told to the board.",
        "Position at 31 January 2025 of the stock",
        "Data: from 1 April 2024 to 30 June 2024",
        "Reporting period: 1 April 2024 – 30 September 2024",
        "The report of the inspection was published on 3 June 2024. Our response follows.",
        "The plan was presented to the Audit Board, 3 June 2024.",
        "Approved by the Audit Board, 3 June 2024",
        "Prepared by the Head of Finance after the visit of 3 June 2024",
        "Date of the next meeting: 12 May 2025",
        "Following the meeting of the Audit Board on 3 January 2025, the plan was changed.",
        "The minutes of the Audit Board, 3 January 2025, were agreed and then they were signed by the chair.",
    ],
)
@pytest.mark.parametrize("family", PAPERS)
def test_a_day_by_which_something_is_due_or_was_done_is_not_the_papers(line: str, family: str) -> None:
    assert _day(line, family=family) == ""


def test_a_review_in_a_title_hides_no_day() -> None:
    assert _day("Annual review, 12 March 2025", family="other") == "2025-03-12"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Position as at 12 March 2025. Total open: 6", "2025-03-12"),
        ("Position at 12 March 2025", "2025-03-12"),
        ("Spending of the year: position at 12 March 2025 (period 11)", "2025-03-12"),
        ("Reporting period: March 2025. Lead: Bo Carr", "2025-03"),
    ],
)
@pytest.mark.parametrize("family", PAPERS)
def test_where_nothing_else_is_printed_the_day_of_the_position_is_taken_in_doubt(
    line: str, day: str, family: str
) -> None:
    found = find_published(read_bytes(f"Panel notes\n\n{line}\n".encode(), file_name="a.md"), family)
    assert found is not None
    assert (found.value, bool(found.doubt)) == (day, True)


def test_a_month_behind_whoever_produced_it_is_its_own() -> None:
    assert _day("Produced by the Office of the Mayor for Calder Vale, March 2025") == "2025-03"
