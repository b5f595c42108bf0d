"""Are an inspector's requests with a day, and a force's stage of monitoring, told?"""

from __future__ import annotations

import pytest
from tests.inspections.reading.reports import findings, read_report, reasons

from bluelamp.inspections.reading.peel_requests import MONITORED, REQUESTED

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("I ask that you confirm to me by 21 November 2026 that the doors are shut.", REQUESTED),
        ("Please send me your plan by 17 October 2026.", REQUESTED),
        ("Within six weeks of this report, HMICFRS requires a plan from the force.", REQUESTED),
        ("The force will return to routine (Scan) monitoring from 1 November 2026.", MONITORED),
        ("It remains in the Engage phase of monitoring.", MONITORED),
    ],
)
def test_what_somebody_must_act_on_is_told(words: str, reason: str) -> None:
    document, reading = read_report(f"# Vans\n\nWe went to see them. {words}\n")
    (told,) = (unread for unread in reading.unread if unread.reason == reason)
    assert [citation.quote for citation in told.citations] == [words]
    assert all(document.verify(citation) for citation in told.citations)


@pytest.mark.parametrize(
    "words",
    [
        "We asked 40 officers on 3 May 2026 how they keep their vans.",
        "The force asks victims by letter how they were treated.",
        "Please ring the bell.",
        "The force will return to this in its monthly monitoring.",
        "We ask all forces the same questions.",
    ],
)
def test_what_asks_for_nothing_by_a_day_is_not(words: str) -> None:
    assert not {REQUESTED, MONITORED} & set(reasons(read_report(f"# Vans\n\n{words}\n")[1]))


def test_a_recommendation_is_told_as_no_request() -> None:
    _, reading = read_report(
        "## Recommendation\n\nBy 1 May 2027, we require that the force should count its vans.\n"
    )
    assert len(findings(reading, "recommendation")) == 1
    assert REQUESTED not in reasons(reading)
