"""Is a table of names that says so in its own head a list of who came, and any other table none?"""

from __future__ import annotations

import pytest

from bluelamp.documents.document import whole
from bluelamp.documents.facts import Fact
from bluelamp.documents.readers import read_bytes
from bluelamp.scrutiny.facts import ActionRequest, Attendance, Resolution
from bluelamp.scrutiny.reading.meetings import read_meeting

pytestmark = pytest.mark.no_database


def _read(body: str, name: str = "a.md") -> tuple[Fact, ...]:
    text = f"# Dale Audit Committee\n\n**Minutes of the meeting held on 6 March 2031**\n\n{body}\n"
    part = whole(read_bytes(text.encode(), file_name=name))
    facts = read_meeting(part).facts
    assert all(part.document.verify(cited) for fact in facts for cited in fact.citations)
    return facts


def _people(body: str) -> list[tuple[str, str, bool]]:
    return [(fact.name, fact.role, fact.present) for fact in _read(body) if isinstance(fact, Attendance)]


def test_names_with_post_body_and_whether_they_came() -> None:
    table = (
        "| Name | Organisation | Role | Attended |\n|---|---|---|---|\n| Mrs Ada Moss | Dale | Chair | Yes |\n"
        "| Mr Ned Fell | Dale | Member | Apologies |\n| Jo Row | Dale Police | Deputy Chief Constable | Y |"
    )
    assert _people(table) == [
        ("Mrs Ada Moss", "Chair, Dale", True),
        ("Mr Ned Fell", "Member, Dale", False),
        ("Jo Row", "Deputy Chief Constable, Dale Police", True),
    ]


def test_a_table_under_a_heading_is_read_once() -> None:
    table = (
        "| Name | Role | Attended |\n|---|---|---|\n| Ada Moss | Chair | Present |\n| Ned Fell | Clerk | Absent |"
    )
    assert _people(f"## Attendance\n\n{table}") == [("Ada Moss", "Chair", True), ("Ned Fell", "Clerk", False)]


@pytest.mark.parametrize(
    "table",
    [
        "| Name | Role |\n|---|---|\n| Ada Moss | Victim |",  # of whom, it does not say
        "| Name | Offence | Status |\n|---|---|---|\n| Ada Moss | Theft | Open |",
        "| Name | Force | Status |\n|---|---|---|\n| Ada Moss | Dale Police | Suspended |",
        "| Ward | Crimes | Attended |\n|---|---|---|\n| Dale Moss | 41 | 38 |",
    ],
)
def test_other_tables_of_names_list_nobody(table: str) -> None:
    assert _people(table) == []


def test_what_a_committee_did_in_points_is_one_resolution() -> None:
    facts = _read("## 13/31 Audit\n\nThe Committee:\n\na) noted the report; and\n\nb) agreed to meet in June.\n")
    (found,) = [fact for fact in facts if isinstance(fact, Resolution)]
    assert (found.text, found.item) == ("a) noted the report; and b) agreed to meet in June.", "13/31 Audit")


@pytest.mark.parametrize(
    "body",
    [
        "## 13/31 Audit\n\nThe Committee:\n\n- meets in June; and\n- has five members.\n",
        "## 13/31 Audit\n\nThe report covers:\n\n- noted faults; and\n- agreed actions.\n",
    ],
)
def test_other_lists_are_no_resolution(body: str) -> None:
    assert [fact for fact in _read(body) if isinstance(fact, Resolution)] == []


def test_notes_and_actions_are_minutes() -> None:
    text = (
        "# Dale assurance board: notes and actions\n\nDate: 9 May 2031\n\n"
        "Attendees: Ada Moss (Chair), Ned Fell (Clerk)\n\n"
        "| No. | Topic | Action | Owner | Deadline |\n|---|---|---|---|---|\n"
        "| 1 | Calls | Send weekly counts | Ned Fell | 30 May 2031 |\n| 2 | Dogs | None | | |\n"
    )
    facts = read_meeting(whole(read_bytes(text.encode(), file_name="a.md"))).facts
    assert [(fact.name, fact.role) for fact in facts if isinstance(fact, Attendance)] == [
        ("Ada Moss", "Chair"),
        ("Ned Fell", "Clerk"),
    ]
    asked = [(fact.text, fact.owner, fact.due) for fact in facts if isinstance(fact, ActionRequest)]
    assert asked == [("Send weekly counts", "Ned Fell", "30 May 2031")]
