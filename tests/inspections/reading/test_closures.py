"""What became of a cause of concern?"""

from __future__ import annotations

import datetime as dt

import pytest
from tests.inspections.reading.reports import closures, read_report


@pytest.mark.parametrize(
    ("words", "verdict", "concern"),
    [
        ("The cause of concern about call handling is now closed.", "closed", "call handling"),
        ("We have closed our cause of concern relating to missing children.", "closed", "missing children"),
        ("The cause of concern in relation to custody has been discharged.", "closed", "custody"),
        ("Call handling is no longer a cause of concern.", "closed", ""),
        ("We raised a cause of concern about vetting. We have now closed it.", "closed", "vetting"),
        ("The cause of concern about call handling remains in place.", "remains", "call handling"),
        ("We are not able to close the cause of concern about custody.", "remains", "custody"),
        ("The cause of concern about custody has not been closed.", "remains", "custody"),
        ("The cause of concern about visits is superseded by a new one.", "superseded", "visits"),
        ("Our cause of concern ‘The force fails children’ is closed.", "closed", "The force fails children"),
    ],
)
def test_a_verdict_is_read(words: str, verdict: str, concern: str) -> None:
    (found,) = closures(read_report(words)[1])
    assert (found.verdict, found.concern) == (verdict, concern)
    assert bool(found.doubt) == (concern == "")


@pytest.mark.parametrize(
    "words",
    [
        "We issued a cause of concern about the wellbeing of staff.",
        "We will close the cause of concern when the force can show progress.",
        "Before the cause of concern can be closed, the force must act.",
        "The road was closed, which is a concern.",
        "A cause of concern is always accompanied by recommendations until it is closed.",
    ],
)
def test_what_gives_no_verdict_is_left(words: str) -> None:
    assert closures(read_report(words)[1]) == []


def test_the_day_the_reason_and_the_heading_are_taken() -> None:
    text = "## Custody\n\nStaff are trained. Because of this, the cause of concern was closed on 3 May 2023."
    (found,) = closures(read_report(text)[1])
    assert (found.concern, found.date, found.reason) == ("Custody", dt.date(2023, 5, 3), "Staff are trained.")


def test_a_verdict_said_twice_is_one_closure_with_two_citations() -> None:
    said = "The cause of concern about custody is closed."
    text = f"{said}\n\nOther words.\n\n{said}"
    (found,) = closures(read_report(text)[1])
    assert len(found.citations) == 2
