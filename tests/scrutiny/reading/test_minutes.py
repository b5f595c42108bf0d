"""Minutes: who was there, what was resolved under which number, what was asked of whom."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from bluelamp.documents.document import Document, Part, whole
from bluelamp.documents.facts import Reading
from bluelamp.documents.readers import plain, read_bytes
from bluelamp.scrutiny.facts import ActionRequest, AgendaItem, Attendance, Resolution
from bluelamp.scrutiny.reading.meetings import read_meeting
from bluelamp.scrutiny.reading.packs import split_pack

TOP = "MINUTES OF THE MEETING OF THE THORNEY ACCOUNTABILITY BOARD HELD ON 4 MAY 2022\n\n"


def document(text: str) -> Document:
    data = text.encode()
    return plain.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="minutes.txt")


def read(text: str) -> Reading:
    part: Part = whole(document(text))
    reading = read_meeting(part)
    for fact in (*reading.facts, *reading.unread):
        assert all(part.document.verify(citation) for citation in fact.citations)
    return reading


def resolutions(text: str) -> list[tuple[str, str]]:
    return [(fact.number, fact.text) for fact in read(TOP + text).facts if isinstance(fact, Resolution)]


def people(text: str) -> list[tuple[str, str, bool, str]]:
    facts = [fact for fact in read(TOP + text).facts if isinstance(fact, Attendance)]
    return [(fact.name, fact.role, fact.present, fact.capacity) for fact in facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RESOLVED 2022/017\n\nTo note the paper.\n", [("2022/017", "To note the paper.")]),
        ("RESOLVED: That the bid be made.\n", [("", "That the bid be made.")]),
        ("RESOLVED – That the bid be made.\n", [("", "That the bid be made.")]),
        ("Resolution 9/2022\n\nThat the lease end.\n", [("9/2022", "That the lease end.")]),
        ("Decision 2022-04: Approve the plan.\n", [("2022-04", "Approve the plan.")]),
        ("AGREED: that the date be moved.\n", [("", "that the date be moved.")]),
        ("Members RESOLVED to receive the audit.\n", [("", "to receive the audit.")]),
        ("Resolved (unanimously): That the plan be noted.\n", [("", "That the plan be noted.")]),
        ("Decision PCP/23/14 – That the plan be noted.\n", [("PCP/23/14", "That the plan be noted.")]),
        ("DECISION NUMBER: 2023/044\n\nThe plan was signed.\n", [("2023/044", "The plan was signed.")]),
        ("It was AGREED that:\n\n1. cars be sold.\n", [("", "that: 1. cars be sold.")]),
        ("The minutes were AGREED as a record.\n", [("", "The minutes were AGREED as a record.")]),
        ("Agreed actions are listed below.\n", []),
        ("It was resolved that the audit be received.\n", [("", "that the audit be received.")]),
        (
            "RESOLVED\n\n- (1) to note the paper;\n- (2) to write to the council.\n\nTalk then turned to cars.\n",
            [("", "(1) to note the paper; (2) to write to the council.")],
        ),
    ],
)
def test_a_resolution_in_the_words_of_many_offices(text: str, expected: list[tuple[str, str]]) -> None:
    assert resolutions("1. ESTATES\n\nThe Board talked.\n\n" + text) == expected


def test_a_resolution_ends_where_talk_or_the_next_minute_begins() -> None:
    cars = "1. CARS\n\nRESOLVED 2022/001\n\nTo note the paper.\n\nThe Chair left.\n\n"
    text = cars + "2. DOGS\n\nTalk.\n\nRESOLVED 2021/002\n\n3. CATS\n"
    found = [fact for fact in read(TOP + text).facts if isinstance(fact, Resolution)]
    assert [(f.number, f.text, f.item) for f in found] == [
        ("2022/001", "To note the paper.", "1. CARS"),
        ("2021/002", "", "2. DOGS"),  # numbered as printed, and kept though nothing stands under it
    ]
    assert found[1].doubt


def test_talk_of_agreement_is_no_resolution_beside_real_ones() -> None:
    text = "1. CARS\n\nMuch was agreed in passing.\n\nRESOLVED 2022/001\n\nTo note the paper.\n"
    assert len(resolutions(text)) == 1


def test_absence_by_letter_by_word_by_heading_and_by_sentence() -> None:
    text = """MEMBERSHIP

(A – denotes absence)

Ivo Brand – Commissioner
A Tess Moor – Deputy Commissioner
Lena Cray – Chief Constable (apologies)

IN ATTENDANCE

Hal Quill – Auditor

APOLOGIES

Mo Birch - Treasurer

1. WELCOME

Apologies were also received from Hal Quill and the Deputy Mayor Ada Finch.
"""
    assert people(text) == [
        ("Ivo Brand", "Commissioner", True, "member"),
        ("Tess Moor", "Deputy Commissioner", False, "member"),
        ("Lena Cray", "Chief Constable", False, "member"),
        ("Hal Quill", "Auditor", False, "other"),
        ("Mo Birch", "Treasurer", False, "member"),
        ("Ada Finch", "the Deputy Mayor", False, "member"),
    ]


def test_names_in_a_table_with_a_column_of_presence() -> None:
    table = "Name\tRole\tPresent\nIvo Brand\tCommissioner\tYes\nTess Moor\tTreasurer\tApologies\n"
    text = f"Attendance\n\n{table}\n1. WELCOME\n"
    found = [(name, present) for name, _, present, _ in people(text)]
    assert ("Ivo Brand", True) in found
    assert ("Tess Moor", False) in found


def test_names_that_run_on_in_one_paragraph() -> None:
    text = (
        "PRESENT: Cllr Ivo Brand (Chair), Tess Moor and Dr Lena Cray (Independent Member, Audit).\n\n1 WELCOME\n"
    )
    assert people(text) == [
        ("Cllr Ivo Brand", "Chair", True, "member"),
        ("Tess Moor", "", True, "member"),
        ("Dr Lena Cray", "Independent Member, Audit", True, "member"),
    ]


def test_what_is_asked_has_an_owner_and_a_time() -> None:
    text = """1. CUSTODY

The Board asked the Chief Constable to report on cells to the next meeting. Nothing else was said.

ACTION 3 (Treasurer): Recount the cars.

RESOLVED 2022/001

To note the paper.
"""
    asked = [fact for fact in read(TOP + text).facts if isinstance(fact, ActionRequest)]
    assert [(f.owner, f.due) for f in asked] == [("Chief Constable", "to the next meeting"), ("Treasurer", "")]
    assert asked[0].text == "The Board asked the Chief Constable to report on cells to the next meeting."
    assert {f.meeting_date for f in asked} == {date(2022, 5, 4)}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Action\tOwner\tDeadline\nRecount the cars\tTreasurer\t1 July 2022\n", ("Treasurer", "1 July 2022")),
        (
            "Item\tDiscussion\tAction\n2\tThe cars were not counted.\tRB to count the cars by July 2022\n",
            ("RB", "by July 2022"),
        ),
        ("Item\tDiscussion\tAction\n2\tSomeone must count the cars.\tRB\n3\tDogs are fine.\t\n", ("RB", "")),
    ],
)
def test_actions_in_a_table(table: str, expected: tuple[str, str]) -> None:
    asked = [fact for fact in read(f"{TOP}ACTIONS\n\n{table}").facts if isinstance(fact, ActionRequest)]
    assert [(f.owner, f.due) for f in asked] == [expected]


def test_minutes_without_a_resolution_say_so() -> None:
    assert [u.reason for u in read(TOP + "1. CARS\n\nTalk.\n").unread] == [
        "Minutes in which no resolution was found."
    ]


@pytest.mark.parametrize(
    "items",
    [
        "1 Welcome\n2 Minutes\n3 Budget\n",
        "1. Welcome\n2. Minutes\n3. Budget\n",
        "- 1 Welcome\n- 2 Minutes\n- 3 Budget\n",
        "Item\tTitle\tPages\n1\tWelcome\n2\tMinutes\t3 - 8\n3\tBudget\t9 - 12\n",
    ],
)
def test_an_agenda_in_any_layout(items: str) -> None:
    reading = read(
        f"THORNEY BOARD\n\nMonday 6 June 2022 at 2 pm\n\nA G E N D A\n\n{items}\nNOTES\n\n- 4 copies are kept.\n"
    )
    found = [fact for fact in reading.facts if isinstance(fact, AgendaItem)]
    assert [(f.number, f.title) for f in found] == [("1", "Welcome"), ("2", "Minutes"), ("3", "Budget")]
    assert {f.meeting_date for f in found} == {date(2022, 6, 6)}


def test_a_paper_is_neither_agenda_nor_minutes() -> None:
    assert read("Cars\n\n1. Purpose of the report\n\n1.1 To tell of cars.\n").facts == ()


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("The Chair asked why files were late and was told that staff had left.", 0),
        ("Members asked whether the force was ready.", 0),
        ("Members asked if dates could be sent to them.", 1),
        ("The Chair requested a list of the files.", 1),
        ("ACTION 4/22: closed.", 0),
        ("ACTION 4/22: Clerk to send the list.", 1),
    ],
)
def test_a_question_is_no_request_and_a_closed_action_none_either(said: str, count: int) -> None:
    reading = read(TOP + "1. FILES\n\n" + said + "\n")
    assert sum(isinstance(fact, ActionRequest) for fact in reading.facts) == count


def test_numbered_titles_in_plain_letters_are_items_if_their_numbers_go_up() -> None:
    text = TOP + "".join(
        f"{number}. {title}\n\nThe paper was heard.\n\nRESOLVED: That it be noted.\n\n"
        for number, title in (("16/22", "Vehicles"), ("17/22", "Estates"), ("18/22", "Risk"))
    )
    items = [fact.item for fact in read(text).facts if isinstance(fact, Resolution)]
    assert items == ["16/22. Vehicles", "17/22. Estates", "18/22. Risk"]


def test_a_line_of_megabytes_under_a_list_of_names_is_no_name() -> None:
    assert people("Present\n\n" + "Present: A B, " * 70_000) == []


def test_a_numbered_title_between_headings_is_one_of_them() -> None:
    facts = read(BETWEEN).facts
    assert [(each.item, each.text) for each in facts if isinstance(each, Resolution)] == [
        ("2. Staffing", "that the report be noted."),
        ("3. Precept", "That the precept be supported."),
    ]
    (asked,) = [each for each in facts if isinstance(each, ActionRequest)]
    assert (
        asked.text == "The Panel asked the Chief Constable for figures of joiners and leavers since January 2025."
    )


def test_a_meeting_by_which_something_is_due_is_told_whole() -> None:
    facts = read(f"{TOP}The Panel asked the Treasurer to report before the November meeting.\n").facts
    assert [each.due for each in facts if isinstance(each, ActionRequest)] == ["before the November meeting"]


def test_names_with_accents_run_on_like_others() -> None:
    found = people(
        "Also in attendance: Si\u00e2n Row (Treasurer), Zo\u00eb Dale (Clerk, Panel), \u00c9mile Hart (Auditor)\n"
    )
    assert [(name, role) for name, role, _, _ in found] == [
        ("Si\u00e2n Row", "Treasurer"),
        ("Zo\u00eb Dale", "Clerk, Panel"),
        ("\u00c9mile Hart", "Auditor"),
    ]


NAMES = "Jo Row (Chair){0}Ann Dale, Independent Member{0}Bo Hart \u2013 Treasurer{0}Ned Fell"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.html",
            "<h1>Notes of the panel held on 12 March 2025</h1><p>Present:</p><p>" + NAMES.format("<br>") + "</p>",
        ),
        ("a.txt", "Notes of the panel held on 12 March 2025\n\nPresent:\n\n" + NAMES.format("\n") + "\n"),
    ],
)
def test_names_on_lines_of_one_paragraph_are_each_a_person(name: str, text: str) -> None:
    part = whole(read_bytes(text.encode(), file_name=name))
    found = [fact for fact in read_meeting(part).facts if isinstance(fact, Attendance)]
    assert [(fact.name, fact.role) for fact in found] == [
        ("Jo Row", "Chair"),
        ("Ann Dale", "Independent Member"),
        ("Bo Hart", "Treasurer"),
        ("Ned Fell", ""),
    ]


def test_names_that_run_on_over_lines_are_not_parted_there() -> None:
    names = "Jo Row (Chair), Ann Dale (Clerk),<br>Lee Marsh (Treasurer), Bo<br>Hart (Auditor) and<br>Ned Fell"
    page = f"<h1>Notes of the panel held on 12 March 2025</h1><p>Present: {names}</p>"
    facts = read_meeting(whole(read_bytes(page.encode(), file_name="a.html"))).facts
    found = [fact.name for fact in facts if isinstance(fact, Attendance)]
    assert found == ["Jo Row", "Ann Dale", "Lee Marsh", "Bo Hart", "Ned Fell"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_two_names_alone_under_a_heading_are_no_heading(gap: str) -> None:
    text = f"PRESENT:{gap}Councillors A Row (Chair) and B Dale\n\nAPOLOGIES:{gap}Councillors C Hart and D Fell\n\n"
    assert [(name, present) for name, _, present, _ in people(text + "1. DOGS\n\nDogs were counted.\n")] == [
        ("A Row", True),
        ("B Dale", True),
        ("C Hart", False),
        ("D Fell", False),
    ]


@pytest.mark.parametrize("heading", ["Vans and Dogs", "Mill Repairs and Lamp Tax", "Mr Row and the Vans"])
def test_a_heading_of_two_things_under_a_list_is_nobody(heading: str) -> None:
    text = f"APOLOGIES:\n\n{heading.upper()}\n\nDogs were counted by the panel for the sixth time.\n"
    assert people(text) == []
    assert people(text.replace(heading.upper(), f"## {heading}")) == []


def test_those_present_may_stand_over_the_title() -> None:
    text = (
        "PRESENT\n\nCouncillor A Row (in the Chair)\nCouncillors B Dale, C Hart and D Fell\n\n"
        "MINUTES OF THE DALE PANEL HELD ON 18 SEPTEMBER 2031\n\n"
        "Apologies were received from Councillor E Moss.\n\n17. DOGS\n\nRESOLVED\n\nThat dogs be counted.\n"
    )
    parts = split_pack(document(text))
    found = [f for part in parts for f in read_meeting(part).facts if isinstance(f, Attendance)]
    assert [(fact.name, fact.present) for fact in found] == [
        ("Councillor A Row", True),
        ("B Dale", True),
        ("C Hart", True),
        ("D Fell", True),
        ("E Moss", False),
    ]


def test_a_list_of_others_over_the_title_stays_where_it_is() -> None:
    agenda = "Agenda\n\n1. Dogs\n2. Cats\n3. Other business\n\nNotes\n\n"
    text = f"{agenda}Minutes of the Dale Panel held on 18 May 2031\n\nNone.\n"
    (*_, last) = split_pack(document(text))
    assert last.blocks[0].text.startswith("Minutes of the Dale Panel")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("It was moved by Cllr Row, seconded by Cllr Dale and carried that the precept be supported.", 1),
        ("Proposed by Cllr Row, seconded by Cllr Dale and agreed unanimously: to support the precept.", 1),
        ("3.2 Moved by Cllr Row, seconded by Ms Dale, and carried by 7 votes to 2, that the precept stand.", 1),
        ("Moved by Cllr Row, seconded by Cllr Dale and carried by a majority that the precept stand.", 1),
        ("3.2 It was moved by Cllr Row, seconded by Ms Dale and lost by 2 votes to 7 that the precept fall.", 0),
        ("It was moved by Cllr Row that the precept be supported, but nobody seconded it.", 0),
        ("Cllr Row was seconded to the force, and it was carried on that way.", 0),
    ],
)
def test_what_was_moved_seconded_and_carried_is_resolved(said: str, expected: int) -> None:
    assert (
        len(resolutions(f"1. PRECEPT\n\n{said}\n\n2. DOGS\n\nRESOLVED: That dogs be counted.\n")) == 1 + expected
    )


@pytest.mark.parametrize("said", ["She undertook to write", "The Clerk undertook to write"])
def test_days_of_work_are_due_and_a_pronoun_is_nobody(said: str) -> None:
    facts = read(f"{TOP}{said} to members within ten working days.\n").facts
    (asked,) = [each for each in facts if isinstance(each, ActionRequest)]
    assert (asked.due, asked.owner) == ("within ten working days", "Clerk" if "Clerk" in said else "")


MINUTES_IN_TABLES = """# Dale Performance Board \u2013 Minutes

Date: 14 May 2031

| Present | Role |
|---|---|
| Jo Row | Deputy Mayor (Chair) |
| Ann Dale (Clerk) | Dale Council |
| Apologies | |
| Bo Hart | Treasurer |

| Item | Discussion | Action / owner |
|---|---|---|
| 1. Dogs | Agreed. | |
| 2. Cats | AD said that cats were few. | Action 14/31: AD to count cats by 9 June 2031 |
"""


def test_minutes_may_be_tables() -> None:
    facts = read_meeting(whole(read_bytes(MINUTES_IN_TABLES.encode(), file_name="a.md"))).facts
    assert [(fact.name, fact.role, fact.present) for fact in facts if isinstance(fact, Attendance)] == [
        ("Jo Row", "Deputy Mayor (Chair)", True),
        ("Ann Dale", "Clerk, Dale Council", True),
        ("Bo Hart", "Treasurer", False),
    ]
    (asked,) = [each for each in facts if isinstance(each, ActionRequest)]
    assert (asked.text, asked.owner, asked.due) == ("AD to count cats by 9 June 2031", "AD", "by 9 June 2031")


BETWEEN = """Dale Police and Crime Panel

Minutes of the meeting held on 12 March 2025

1. Minutes of the last meeting

The minutes were a correct record.

2. Staffing

The Panel asked the Chief Constable for figures of joiners and leavers since January
2025. It was told that the budget is tight.

RESOLVED: that the report be noted.

3. Precept

Resolved (unanimously) \u2013

That the precept be supported.
"""
