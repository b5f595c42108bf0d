"""A pack falls into its agenda, minutes, papers and appendices, each block in exactly one of them."""

from __future__ import annotations

import hashlib
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bluelamp.documents.document import Document, whole
from bluelamp.documents.readers import plain
from bluelamp.scrutiny.facts import PaperHeader, WorkProgrammeItem
from bluelamp.scrutiny.reading.headers import read_headers
from bluelamp.scrutiny.reading.packs import PackPart, split_pack
from bluelamp.scrutiny.reading.work_programme import read_work_programme

PACK = """THORNEY BOARD

Monday 6 June 2022

AGENDA

1. Welcome
2. Cars
3. Dogs

NOTES

- Ask the office for large print.

Vans of the future

Slides by the fleet team

MINUTES OF THE MEETING OF THE THORNEY BOARD HELD ON 4 MAY 2022

1. CARS

RESOLVED 2022/001

To note the paper.

For Decision\t
Public/Non Public*\tPublic
Report to:\tThorney Board
Date of Meeting:\t6 June 2022
Report of:\tChief Constable
Report Author:\tFleet Manager
Agenda Item:\t2

*If not public, say why.

New cars

1. Purpose of the Report

1.1 To tell of cars.

2. Background Papers

2.1 None

APPENDIX A

Car list

Car\tCost £
Red\t10,000
Blue\t12,000

Report to:\tThorney Board
Date:\t6 June 2022
Report by:\tChief Executive
Subject:\tDogs at work
Contact Officer:\tHead of Kennels

1. Purpose of the Report

1.1 To tell of dogs.
"""


def read(text: str) -> Document:
    data = text.encode()
    return plain.read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="pack.txt")


def parts_of(text: str) -> list[PackPart]:
    return [part for part in split_pack(read(text)) if isinstance(part, PackPart)]


def test_each_part_has_its_role_and_title() -> None:
    assert [(part.role, part.title) for part in parts_of(PACK)] == [
        ("agenda", "THORNEY BOARD"),
        ("presentation", "Vans of the future"),
        ("minutes", "MINUTES OF THE MEETING OF THE THORNEY BOARD HELD ON 4 MAY 2022"),
        ("paper", "New cars"),
        ("appendix", "APPENDIX A Car list"),
        ("paper", "Dogs at work"),
    ]


def test_headers_are_read_with_any_labels_of_the_field() -> None:
    headers = [f for part in parts_of(PACK) for f in read_headers(part).facts if isinstance(f, PaperHeader)]
    first, second = headers
    assert (first.title, first.purpose, first.public, first.agenda_item) == (
        "New cars",
        "For Decision",
        "Public",
        "2",
    )
    assert (first.report_of, first.author, first.meeting_date) == (
        "Chief Constable",
        "Fleet Manager",
        date(2022, 6, 6),
    )
    assert (second.title, second.report_of, second.author) == (
        "Dogs at work",
        "Chief Executive",
        "Head of Kennels",
    )


def test_a_document_that_is_no_pack_is_one_part() -> None:
    (part,) = parts_of("Cars\n\nCars are red.\n\nSome are blue.\n")
    assert part.role == ""
    assert len(part.blocks) == 3


@given(
    st.lists(
        st.sampled_from([*PACK.split("\n\n"), "Report to:\tX\nDate:\t1 May 2022", "Agenda Item 4"]),
        min_size=1,
        max_size=30,
    )
)
def test_no_block_is_lost_or_told_twice(pieces: list[str]) -> None:
    document = read("\n\n".join(pieces) + "\n")
    spans = [span for part in split_pack(document) for block in part.blocks for span in block.spans]
    assert sorted(spans) == sorted(span for block in document.blocks for span in block.spans)


def test_two_tables_read_as_one_are_parted_at_a_header() -> None:
    rows = "Car\tCost £\nRed\t10,000\nBlue\t12,000\n"
    header = "Report to:\tThorney Board\nDate:\t6 June 2022\nReport of:\tTreasurer\nAgenda Item:\t3\n"
    assert [part.role for part in parts_of(f"Cars\n\n{rows}{header}\nMoney\n\nText of the paper.\n")] == [
        "",
        "paper",
    ]


def items(text: str) -> list[tuple[str, str, str, str]]:
    document = read(text)
    reading = read_work_programme(whole(document))
    assert all(document.verify(c) for fact in reading.facts for c in fact.citations)
    found = [fact for fact in reading.facts if isinstance(fact, WorkProgrammeItem)]
    return [(f.meeting, f.title, f.focus, f.author) for f in found]


def test_a_work_programme_under_dates() -> None:
    text = """WORK PROGRAMME

21 July 2022

ITEM\tReport Focus\tREPORT AUTHOR
Standard Items\t\t
Cars\tHow many\tForce
\tHow fast\tForce
Dogs\t\tOffice

6 October 2022

\tITEM\tFREQUENCY\tREPORT AUTHOR
\tVans\tTwice a year\tForce
"""
    assert items(text) == [
        ("21 July 2022", "Cars", "How many", "Force"),
        ("21 July 2022", "Cars", "How fast", "Force"),
        ("21 July 2022", "Dogs", "", "Office"),
        ("6 October 2022", "Vans", "Twice a year", "Force"),
    ]


def test_a_work_programme_with_a_column_of_dates_and_one_as_a_list() -> None:
    table = "Forward Plan\n\nMeeting\tItem\tLead\n21 July 2022\tCars\tForce\n\tDogs\tOffice\n"
    assert items(table) == [("21 July 2022", "Cars", "", "Force"), ("21 July 2022", "Dogs", "", "Office")]
    listed = "Forward Plan\n\n21 July 2022\n\n- Cars\n- Dogs\n"
    assert [(meeting, title) for meeting, title, _, _ in items(listed)] == [
        ("21 July 2022", "Cars"),
        ("21 July 2022", "Dogs"),
    ]


def test_a_table_of_dates_elsewhere_is_no_work_programme() -> None:
    assert items("Events\n\nDate\tItem\tLead\n21 July 2022\tFair\tForce\n") == []


def test_an_item_with_a_letter_that_was_read_as_a_title_ends_no_agenda() -> None:
    lines = ["AGENDA", "1. Welcome", "2. Minutes", "3. Fleet", "3a. Vans", "5. Estates", "6. Close"]
    (part,) = parts_of("\n\n".join(["THORNEY BOARD", "Monday 6 June 2022", *lines]))
    assert part.role == "agenda"
