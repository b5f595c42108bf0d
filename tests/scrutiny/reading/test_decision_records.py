"""Is what a commissioner decided read from a record of it, however its labels are set?"""

from __future__ import annotations

import datetime as dt

import pytest

from bluelamp.documents.document import whole
from bluelamp.documents.facts import Reading
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.extraction import extract
from bluelamp.scrutiny.facts import Resolution
from bluelamp.scrutiny.reading.decision_records import read_decision_records

pytestmark = pytest.mark.no_database

LINES = """# Record of decision

**Decision number:** 2025/017

**Title:** Renewal of the lease of the drill hall

**Decision:** I approve the renewal of the lease for three years.

**Date of decision:** 12 February 2025

Signed: Ada Fenwick
"""
UNDER = """# Decision notice

## Decision number

2025/017

## Subject

Renewal of the lease of the drill hall

## Decision

I approve the renewal of the lease for three years.

## Reasons

The hall is used every week.

## Date of decision

12 February 2025
"""
ROWS = """# Decision notice

| Decision number | 2025/017 |
|---|---|
| Title | Renewal of the lease of the drill hall |
| Decision | I approve the renewal of the lease for three years. |
| Date of decision | 12 February 2025 |
"""
PLAIN = """RECORD OF DECISION

Decision number: 2025/017
Title: Renewal of the lease of the drill hall
Decision: I approve the renewal of the lease
for three years.
Date of decision: 12 February 2025
"""


def _reading(text: str, name: str = "a.md") -> Reading:
    document = read_bytes(text.encode(), file_name=name)
    reading = read_decision_records(whole(document))
    assert all(document.verify(c) for fact in (*reading.facts, *reading.unread) for c in fact.citations)
    return reading


def _decided(text: str, name: str = "a.md") -> list[Resolution]:
    return [fact for fact in _reading(text, name).facts if isinstance(fact, Resolution)]


@pytest.mark.parametrize(("text", "name"), [(LINES, "a.md"), (UNDER, "a.md"), (ROWS, "a.md"), (PLAIN, "a.txt")])
def test_number_words_and_day(text: str, name: str) -> None:
    (decided,) = _decided(text, name)
    assert decided.number == "2025/017"
    assert decided.text == "I approve the renewal of the lease for three years."
    assert decided.meeting_date == dt.date(2025, 2, 12)
    assert decided.item == "Renewal of the lease of the drill hall"


def test_a_decision_in_two_paragraphs_is_whole() -> None:
    (decided,) = _decided(LINES.replace("three years.", "three years.\n\nThe rent is £40."))
    assert decided.text.endswith("three years. The rent is £40.")


def test_two_records_in_one_file_are_two() -> None:
    both = _decided(LINES + "\n" + LINES.replace("017", "018").replace("Record", "Another record"))
    assert [each.number for each in both] == ["2025/017", "2025/018"]


def test_a_record_without_its_decision_is_told() -> None:
    reading = _reading(LINES.replace("**Decision:**", "**Background:**"))
    assert reading.facts == ()
    assert [each.reason for each in reading.unread] == ["A record of a decision whose decision was not found."]


@pytest.mark.parametrize(
    "text",
    [
        "# Budget\n\nDecision: the board is asked to agree the budget.\n\nDate: 12 February 2025\n",
        "# Policy on decisions\n\nEvery decision number is kept. Decision makers sign.\n",
        "# Notes\n\nThe decision: to be made on 12 February 2025.\n",
    ],
)
def test_words_about_decisions_are_no_record(text: str) -> None:
    reading = _reading(text)
    assert (reading.facts, reading.unread) == ((), ())


def test_it_is_read_with_the_document() -> None:
    found = extract(read_bytes(LINES.encode(), file_name="a.md"))
    assert [each.fact.kind for each in found.facts] == ["resolution"]
    assert found.detail("published") == "2025-02-12"
