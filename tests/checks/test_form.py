"""Does a head agree with what is asked, a resolution say something, a work programme come to the agenda?"""

from __future__ import annotations

import datetime as dt

import pytest
from tests.checks.made_subjects import agenda, cite, resolutions, subject_of, wrong

from bluelamp.checks.form import check_form
from bluelamp.checks.model import PrintedHeader, Result, Verdict

pytestmark = pytest.mark.no_database
DAY = dt.date(2022, 9, 18)


def _asked(purpose: str, words: str) -> list[Result]:
    text = f"For {purpose}\n\n# Lease\n\n## 2. Recommendations\n\n2.1 {words}\n"
    document = subject_of(text).document
    header = PrintedHeader(
        title="Lease",
        fields={"for": purpose},
        meeting=None,
        agenda_item="4",
        citations=cite(document, f"For {purpose}"),
    )
    return list(check_form([subject_of(text, header=header)]))


@pytest.mark.parametrize(
    "words",
    [
        "It is recommended that the Commissioner approves the new lease.",
        "The Commissioner is asked to approve the budget.",
        "That the Board agrees the write-off of the debt.",
        "That the Police and Crime Commissioner approves the slippage in Appendix B.",
        "The Board is recommended to authorise the award.",
    ],
)
@pytest.mark.parametrize(
    ("purpose", "verdict"),
    [
        ("Information", Verdict.CONTRADICTION),
        ("Decision", Verdict.CONSISTENT),
        ("Noting and approval", Verdict.CONSISTENT),
    ],
)
def test_what_is_asked_against_the_head(words: str, purpose: str, verdict: Verdict) -> None:
    assert [each.verdict for each in _asked(purpose, words)] == [verdict]


@pytest.mark.parametrize(
    "words",
    [
        "It is recommended that members note the report.",
        "That the contents of the report be noted.",
        "The Board is asked to note progress; the lease was approved by the Commissioner in May.",
        "There are no recommendations. The scheme approved last year goes on.",
        "It is recommended that members agree.",
    ],
)
def test_nothing_to_decide(words: str) -> None:
    assert wrong(_asked("Information", words)) == []


def test_a_resolution_that_says_nothing() -> None:
    found = wrong(check_form([resolutions("2021/001", "2021/002", "2021/003", wordless="2021/002")]))
    assert [each.message for each in found] == ["Resolution 2021/002 says nothing: no words follow its number."]


def test_the_work_programme_comes_to_the_agenda() -> None:
    subject = agenda(
        "1 Apologies", "2 Performance report to December", "3 Capital outturn", "4 Custody visiting",
        works=[("Performance report", DAY), ("Capital Outturn 2021/22", DAY), ("Custody visiting scheme", DAY),
               ("Estates strategy", DAY), ("Fleet strategy", DAY + dt.timedelta(days=90))],
        day=DAY,
    )  # fmt: skip
    results = list(check_form([subject]))
    assert [each.verdict for each in results] == [Verdict.CONSISTENT] * 3 + [Verdict.SUSPECT]
    assert "“Estates strategy”" in results[3].message


MINUTES = """24/01 Apologies

None were received.

24/02 Finance

RESOLVED: that the report be noted and the thanks of members passed on.

24/03 Estates

The officer spoke to the paper.

{lead}

{after}
"""


def _led(lead: str, after: str) -> list[Result]:
    return wrong(check_form([subject_of(MINUTES.format(lead=lead, after=after))]), "resolution-words")


@pytest.mark.parametrize(
    "lead", ["RESOLVED", "RESOLVED: that", "It was resolved that:", "Agreed:", "Resolved, that"]
)
def test_a_resolution_that_leads_to_the_next_item(lead: str) -> None:
    (found,) = _led(lead, "## 24/04 Fleet\n\nThe paper was noted.")
    assert found.verdict is Verdict.SUSPECT
    assert "leads to nothing" in found.message


@pytest.mark.parametrize(
    ("lead", "after"),
    [
        ("RESOLVED: that", "- the lease be renewed; and\n- officers report back."),
        ("RESOLVED: that", "1. the lease be renewed\n2. officers report back"),
        ("RESOLVED", "To note the report.\n\n24/04 Fleet"),
        ("RESOLVED", "**To note the report**\n\n24/04 Fleet"),
        ("Agreed", "24/04 Fleet"),
        ("Agreed.", "24/04 Fleet"),
        ("RESOLVED: that the lease be renewed.", "24/04 Fleet"),
        ("RESOLVED: that", "24/09 of the last minutes be reopened"),
    ],
)
def test_a_resolution_that_has_its_words(lead: str, after: str) -> None:
    assert _led(lead, after) == []


def test_a_paper_without_other_resolutions_is_left_alone() -> None:
    assert wrong(check_form([subject_of("3 Estates\n\nRESOLVED: that\n\n4 Fleet\n")]), "resolution-words") == []
