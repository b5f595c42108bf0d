"""Does a pack stay a pack where one of its papers holds a table of recommendations, and are its rows read?"""

from __future__ import annotations

import pytest

from bluelamp.documents.readers import read_bytes
from bluelamp.intake.extraction import Extraction, extract

pytestmark = pytest.mark.no_database

AGENDA = "## Agenda\n\n1. Welcome\n2. Minutes of the last meeting\n3. Audit of the kennels"
MINUTES = (
    "## Minutes of the Animals Committee held on 5 March 2031\n\nPresent: Ada Moss (Chair), Ned Fell\n\n"
    "**31/1 Register of leads**\n\nResolved: that the register be noted."
)
HEAD = (
    "| Ref | Recommendation | Management response | Responsible officer | Target date |\n|---|---|---|---|---|\n"
)
ROWS = (
    "| 1.1 | Feed should be counted once a week. | Agreed. | Head of Kennels | 30 May 2031 |\n",
    "| 1.2 | Leads should be kept under lock. | Agreed. | Head of Kennels | 30 June 2031 |\n",
    "| 1.3 | Straw should be kept dry. | Not agreed. | Head of Stables | none |\n",
)
AUDIT = "## Audit of the kennels"
PLAN = (
    "## Work programme\n\n| Meeting | Item | Lead |\n|---|---|---|\n"
    "| 4 June 2031 | Annual report on straw | Head of Stables |"
)


def _read(*blocks: str) -> Extraction:
    text = "\n\n".join(("# Animals Committee", "Tuesday 3 April 2031", *blocks))
    return extract(read_bytes(text.encode(), file_name="a.md"))


def _kinds(found: Extraction) -> dict[str, int]:
    return dict(found.counts)


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_pack_with_a_table_of_recommendations_keeps_its_meeting_and_gives_the_rows(rows: int) -> None:
    found = _read(AGENDA, MINUTES, AUDIT, HEAD + "".join(ROWS[:rows]), PLAN)
    assert found.detail("family") == "meeting_pack"
    assert _kinds(found) == {
        "agenda_item": 3,
        "attendance": 2,
        "resolution": 1,
        "template_row": rows,
        "work_programme_item": 1,
    }


def test_nothing_of_the_meeting_is_lost_by_the_table() -> None:
    without = _read(AGENDA, MINUTES, AUDIT, PLAN)
    beside = _read(AGENDA, MINUTES, AUDIT, HEAD + "".join(ROWS), PLAN)
    said = {(read.fact.kind, read.fact.citations[0].quote) for read in without.facts}
    assert said
    assert said <= {(read.fact.kind, read.fact.citations[0].quote) for read in beside.facts}


@pytest.mark.parametrize(
    "kept", [(AGENDA,), (MINUTES,), (AGENDA.replace("Agenda", "Order of business"),), (f"{AGENDA}\n4. Close",)]
)
def test_an_agenda_or_minutes_alone_make_the_pack(kept: tuple[str, ...]) -> None:
    found = _read(*kept, AUDIT, HEAD + "".join(ROWS))
    assert found.detail("family") == "meeting_pack"
    assert _kinds(found)["template_row"] == 3


@pytest.mark.parametrize(
    "lines",
    [
        ("Agenda item 7", "For information"),
        ("Approved in the minutes of the committee held on 5 March 2031", "Apologies for the delay"),
        ("Agenda item 6", "Minutes of the meeting of 5 March 2031 asked for this tracker."),
        ("Report to: Animals Committee", "Date of meeting: 3 April 2031", "Report of: Head of Kennels"),
    ],
)
def test_a_tracker_that_names_its_meeting_stays_a_tracker(lines: tuple[str, ...]) -> None:
    found = _read(*lines, AUDIT, HEAD + "".join(ROWS))
    assert found.detail("family") == "assurance_template"
    assert _kinds(found)["template_row"] == 3


@pytest.mark.parametrize(
    "head",
    [
        "| Item | Details | Lead |",
        "| Ref | Issue | Action |",
        "| Ref | Risk description | Mitigating action |",
        "| Item | Recommendation | Lead |",
        "| Minute | Action | Owner |",
    ],
)
def test_other_tables_of_a_pack_give_no_rows_of_a_template(head: str) -> None:
    table = (
        f"{head}\n|---|---|---|\n| 9 | Straw is to be turned. | Ada Moss |\n| 10 | Bowls are dirty. | Ned Fell |"
    )
    found = _read(AGENDA, MINUTES, AUDIT, table)
    assert found.detail("family") == "meeting_pack"
    assert "template_row" not in _kinds(found)
