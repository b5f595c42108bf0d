"""Numbers that run on, and days of last meetings, in papers that an examiner wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.checks.made_subjects import check, cite, resolutions, said, subject_of, table, wrong

from bluelamp.checks.cast_columns import check_columns
from bluelamp.checks.cast_headings import check_headings
from bluelamp.checks.decided import check_decided
from bluelamp.checks.form import check_form
from bluelamp.checks.model import Paper, Subject, Verdict
from bluelamp.checks.numbered_runs import check_numbered_runs
from bluelamp.checks.previous_meetings import check_previous_meetings
from bluelamp.checks.sequences import check_sequences
from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes

pytestmark = pytest.mark.no_database

TITLES = ["Welcome", "Declarations", "Minutes", "Matters arising", "Audit", "Risk", "Treasury", "Programme"]


def _agenda(*numbers: int) -> str:
    return "\n\n".join(f"{number}. {title}" for number, title in zip(numbers, TITLES, strict=True)) + "\n"


def test_a_number_that_stands_twice_and_one_that_is_left_out() -> None:
    text = "# Agenda\n\nItem 1 follows.\n\n" + _agenda(1, 2, 3, 4, 5, 5, 7, 8).replace(". ", ") ")
    verdicts = [each.verdict for each in wrong(check(check_numbered_runs, text))]
    assert verdicts == [Verdict.CONTRADICTION, Verdict.SUSPECT]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((1, 2, 3, 4, 5, 6), []),
        ((1, 2, 3, 4, 6, 7), ["After Item 4 comes Item 6: one number between them is missing."]),
    ],
)
def test_items_that_are_called_so(numbers: tuple[int, ...], told: list[str]) -> None:
    text = "\n\n".join(f"Item {number} – {title}" for number, title in zip(numbers, TITLES, strict=False))
    assert [each.message for each in wrong(check(check_numbered_runs, text))] == told


def test_sentences_that_speak_of_items_are_no_run() -> None:
    words = ("Item 1 was noted.", "Item 3 of the last minutes is open.", "Item 2 is closed.", "Item 9 Estates")
    assert check(check_numbered_runs, "\n\n".join(words)) == []


def test_numbers_that_run_on() -> None:
    found = check(check_numbered_runs, "# Agenda\n\n" + _agenda(*range(1, 9)))
    assert not wrong(found)
    assert said(found, Verdict.CONSISTENT)


def test_a_list_of_its_own_within_a_paragraph_is_no_part_of_the_run() -> None:
    outer = ["1) First.", "2) Second.", "3) Third, in parts:"]
    inner = ["1) A part.", "2) A part more.", "3) The last part."]
    text = "\n\n".join([*outer, *inner, "4) Fourth.", "5) Fifth.", "6) Sixth."]) + "\n"
    assert not wrong(check(check_numbered_runs, text))


def test_a_number_that_a_heading_bears_is_not_left_out() -> None:
    text = "\n\n".join(["1) One.", "2) Two.", "3) Three.", "## 4 Four", "5) Five.", "6) Six."]) + "\n"
    assert not wrong(check(check_numbered_runs, text))


def test_coded_heads_of_minutes() -> None:
    heads = [
        "2025/01 Minutes",
        "2025/02 Precept",
        "2025/03 Complaints",
        "2025/04 Appointment",
        "2025/06 Programme",
    ]
    assert len(wrong(check(check_numbered_runs, "\n\n".join(heads) + "\n"))) == 1
    heads[-1] = "2025/05 Programme"
    assert not wrong(check(check_numbered_runs, "\n\n".join(heads) + "\n"))


@pytest.mark.parametrize(("named", "is_wrong"), [("15 October 2024", True), ("8 October 2024", False)])
def test_minutes_of_a_file_of_their_own(named: str, is_wrong: bool) -> None:
    minutes = subject_of("# Minutes of the Ethics Panel of Orrin Water\n\nHeld on Tuesday 8 October 2024\n")
    agenda = subject_of(
        "# Ethics Panel of Orrin Water: agenda for the meeting on Tuesday 14 January 2025\n\n"
        f"1. Apologies\n2. Minutes of the meeting held on {named}\n3. Drones\n"
    )
    assert bool(wrong(check_previous_meetings([minutes, agenda]))) is is_wrong


def test_minutes_of_another_body_say_nothing() -> None:
    minutes = subject_of("# Minutes of the Audit Committee of Wray Sands\n\nHeld on Tuesday 8 October 2024\n")
    agenda = subject_of(
        "# Ethics Panel of Orrin Water: agenda for the meeting on Tuesday 14 January 2025\n\n"
        "1. Minutes of the meeting held on 15 October 2024\n"
    )
    assert not list(check_previous_meetings([minutes, agenda]))


@pytest.mark.parametrize(
    "text",
    [
        "# Letter\n\n5 March 2025\n\nThis was approved by the inspection board on Thursday 13 March 2025.\n",
        "# Minutes\n\nHeld on 24 February 2025\n\nThis was approved by the pensions board on 19 March 2025.\n",
        "# Minutes\n\nHeld on Thursday 6 February 2025 at 10.30 am\n\nThe Panel noted that the Commissioner had"
        " appointed a deputy on Monday 3 March 2025.\n",
    ],
)
def test_a_deed_after_the_paper_s_own_day(text: str) -> None:
    assert wrong(check(check_decided, text))


@pytest.mark.parametrize(
    "text",
    [
        "# Letter\n\n15 March 2025\n\nThis was approved by the inspection board on Thursday 13 March 2025.\n",
        "# Minutes\n\nHeld on Thursday 6 February 2025 at 10.30 am\n\nThe accounts will have been approved by the"
        " Board on 3 March 2025.\n",
        "# Report\n\nUpdated 5 March 2025\n\nThe plan was approved by the Board on 13 March 2025.\n",
    ],
)
def test_a_deed_before_the_paper_s_own_day_or_of_no_known_day(text: str) -> None:
    assert not wrong(check(check_decided, text))


def test_two_shares_where_the_table_prints_their_sum() -> None:
    rows = ["Answer | Number | Share", "Safe | 762 | 64%", "Unsafe | 428 | 38%", "Total | 1,190 | 100%"]
    assert wrong(check(check_columns, table(*rows)))
    rows[2] = "Unsafe | 428 | 36%"
    assert not wrong(check(check_columns, table(*rows)))


def test_a_heading_and_the_paragraph_under_it_may_bear_one_number() -> None:
    text = "\n\n".join(["1) A.", "2) B.", "3) C.", "4) D.", "## 5) Papers", "5) There are none.", "6) E."]) + "\n"
    assert not wrong(check(check_numbered_runs, text))


@pytest.mark.parametrize(
    ("purpose", "is_wrong"), [("Purpose: For information", True), ("Status: for decision", False), ("", False)]
)
def test_the_purpose_may_stand_in_a_line_of_the_head(purpose: str, is_wrong: bool) -> None:
    asks = "## Recommendations\n\n1. That the Board approves the sale of the Lomas Street building for £610,000.\n"
    found = check(check_form, f"# Estates update\n\n{purpose}\n\nReport to the Resources Board.\n\n{asks}")
    assert bool(wrong(found)) is is_wrong


@pytest.mark.parametrize(
    ("head", "is_wrong"),
    [
        ("Visits made: 214", True),
        ("Visits made: 204", False),
        ("Visits made: about 214", False),
        ("Visits planned for next year", False),
        ("Of all visits, those unannounced: 202", False),
    ],
)
def test_a_heading_s_total_beside_the_row_that_prints_it(head: str, is_wrong: bool) -> None:
    rows = [
        "Suite | Visits | Seen",
        "Central | 96 | 401",
        "Saltings | 71 | 288",
        "Holm | 37 | 140",
        "Total | 204 | 829",
    ]
    assert bool(wrong(check(check_headings, f"## {head}\n\n{table(*rows)}"))) is is_wrong


def test_a_recommendation_may_stand_in_one_line_with_its_head() -> None:
    text = "# Contract\n\nPurpose: For noting\n\nRecommendation: That the Board approves an extension to 2026.\n"
    assert wrong(check(check_form, text))
    assert not wrong(check(check_form, text.replace("approves", "notes")))


MINUTES = ["21. Apologies", "22. Declarations", "23. Minutes", "24. Actions", "25. Performance", "26. Finance"]


def _minutes(*heads: str) -> Subject:
    text = "\n\n".join(f"{head}\nWords of the minute go on for a while." for head in heads)
    document = read_bytes(f"MINUTES\n\n{text}\n".encode(), file_name="minutes.txt")
    paper = Paper(part=whole(document), title="Minutes", family="other")
    return Subject(document=document, name="minutes.txt", papers=(paper,))


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        ([*MINUTES, "27. Complaints", "29. Work programme"], ["After 27 comes 29"]),
        ([*MINUTES, "27. Complaints", "28. Work programme"], []),
        ([*MINUTES, "28. Complaints", "29. Work programme"], ["After 26 comes 28"]),
        ([*MINUTES, "28. Complaints", "30. Work programme"], []),  # numbers of something else
        ([*MINUTES[:3], "25. Performance"], []),  # too few
        ([*MINUTES, "27. Complaints", "40. Work programme"], []),
        ([*MINUTES, "27. Complaints", "Item 28 was withdrawn", "29. Work programme"], ["After 27 comes 29"]),
        ([*MINUTES, "27. Complaints", "28 Withdrawn", "29. Work programme"], []),
        ([*MINUTES, "27. Exempt items", "29. Work programme"], []),
    ],
)
def test_items_numbered_on_from_an_earlier_meeting(heads: list[str], told: list[str]) -> None:
    found = wrong(check_numbered_runs([_minutes(*heads)]))
    assert [words in each.message for each, words in zip(found, told, strict=True)] == [True] * len(told)


@pytest.mark.parametrize(
    ("numbers", "words", "told"),
    [
        (("2031/041", "2031/043"), "", 1),
        (("2031/041", "2031/042"), "", 0),
        (("2031/041", "2031/044"), "", 0),
        (("2031/041", "2032/043"), "", 0),
        (("2031/041", "2031/043"), "Resolution 2031/042 was taken in March.", 0),
        (("2031/041", "2031/043"), "The public was excluded for an exempt item.", 0),
        (("2031/041", "2031/043", "2031/044"), "", 0),  # more are told elsewhere
    ],
)
def test_a_resolution_of_few_that_is_left_out(numbers: tuple[str, ...], words: str, told: int) -> None:
    made = resolutions(*numbers)
    subject = subject_of("\n\n".join([*(f"Decided: {number}" for number in numbers), words]))
    found = tuple(
        replace(each, citations=cite(subject.document, f"Decided: {each.number}")) for each in made.resolutions
    )
    assert len(wrong(check_sequences([replace(subject, resolutions=found)]), "resolution-number")) == told
