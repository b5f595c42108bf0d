"""Is each row of a log of decisions one decision of its own day, and no meeting of a work programme?"""

from __future__ import annotations

import datetime as dt

import pytest

from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.readers import read_part
from bluelamp.scrutiny.facts import PaperHeader, Resolution, WorkProgrammeItem
from bluelamp.scrutiny.reading.decision_records import read_decision_records
from bluelamp.scrutiny.reading.decision_tables import is_decision_table

pytestmark = pytest.mark.no_database

LOG = (
    "| Decision no. | Title | Decision | Date |\n|---|---|---|---|\n"
    "| CV-31-04 | Drill hall | Approved a lease of two years | 12/11/2031 |\n"
    "| CV-31-05 | Kennels | Approved the sale | 19/11/2031 |"
)
PLAN = (
    "| Meeting | Item | Lead |\n|---|---|---|\n| 21 April 2032 | Draft accounts | Treasurer |\n"
    "| 14 July 2032 | Kennels | Clerk |"
)
PACK = f"""# Calder Audit Committee

Tuesday 3 February 2032

## Agenda

1. Minutes
2. Progress of the audit
3. Decision log
4. Forward plan

## Minutes of the Calder Audit Committee held on 4 November 2031

Present: Jo Row (Chair), Ann Dale

**31/32 Risk register**

Resolved: that the register be noted.

## Agenda item 2: Progress of the audit

Report of: Head of Audit

Date: 3 February 2032

Purpose: For assurance

**1. Work completed**

| Audit | Opinion | Priority 1 |
|---|---|---|
| Payroll | Substantial | 0 |
| Kennels | Limited | 3 |

## Agenda item 3: Decision log

{LOG}

## Agenda item 4: Forward plan

{PLAN}
"""


def _read(text: str, family: str = "other") -> list[object]:
    part = whole(read_bytes(text.encode(), file_name="a.md"))
    return [fact for reading in read_part(part, family, None, None) for fact in reading.facts]


def _resolved(facts: list[object]) -> list[tuple[str, str, str, dt.date | None]]:
    return [
        (fact.number, fact.item, fact.text, fact.meeting_date) for fact in facts if isinstance(fact, Resolution)
    ]


TWO = [
    ("CV-31-04", "Drill hall", "Approved a lease of two years", dt.date(2031, 11, 12)),
    ("CV-31-05", "Kennels", "Approved the sale", dt.date(2031, 11, 19)),
]


def test_a_log_by_itself() -> None:
    part = whole(read_bytes(f"# Decision log\n\n{LOG}\n".encode(), file_name="a.md"))
    reading = read_decision_records(part)
    assert _resolved(list(reading.facts)) == TWO
    assert reading.unread == ()
    assert all(part.document.verify(cited) for fact in reading.facts for cited in fact.citations)


def test_a_log_within_a_pack_is_no_programme_and_a_table_of_opinions_is_none_either() -> None:
    facts = _read(PACK, "meeting_pack")
    noted = ("", "31/32 Risk register", "that the register be noted.", dt.date(2031, 11, 4))
    assert _resolved(facts) == [noted, *TWO]
    planned = [(fact.meeting, fact.title) for fact in facts if isinstance(fact, WorkProgrammeItem)]
    assert planned == [("21 April 2032", "Draft accounts"), ("14 July 2032", "Kennels")]
    headers = [(fact.title, fact.agenda_item) for fact in facts if isinstance(fact, PaperHeader)]
    assert headers == [("Progress of the audit", "2")]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Ref | Subject | Decision taken | Date of decision", "1 | Kennels | Approved the sale | 3 May 2031"),
        ("Date | Decision | Reference", "03/05/2031 | Approved the sale | 7/31"),
        ("Decision ref | Summary of decision", "7/31 | Approved the sale"),
    ],
)
def test_heads_of_a_log(head: str, row: str) -> None:
    rule = "|".join("---" for _ in head.split("|"))
    found = _resolved(_read(f"# Log\n\n| {head} |\n|{rule}|\n| {row} |\n"))
    assert [text for _, _, text, _ in found] == ["Approved the sale"]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Meeting | Item | Decision required", "3 May 2031 | Kennels | Yes, to approve the sale"),
        ("Item | Decision", "Kennels | Approved the sale"),
        ("Date | Title | Author", "3 May 2031 | Decision on the kennels | Clerk"),
        ("Ref | Decision | Date", "1 | TBC | 3 May 2031"),
    ],
)
def test_what_is_no_log_or_no_decision(head: str, row: str) -> None:
    rule = "|".join("---" for _ in head.split("|"))
    assert _resolved(_read(f"# Kennels\n\n| {head} |\n|{rule}|\n| {row} |\n")) == []


def test_a_table_of_words_alone_is_no_log() -> None:
    part = whole(read_bytes(PLAN.encode(), file_name="a.md"))
    assert [is_decision_table(block) for block in part.blocks] == [False]
