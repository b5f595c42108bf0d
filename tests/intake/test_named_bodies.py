"""Which force and which office does a document name in its head, and is what it only mentions left alone?"""

from __future__ import annotations

import pytest

from bluelamp.documents.readers import read_bytes
from bluelamp.intake.details import find_publisher, find_subject
from bluelamp.intake.extraction import extract
from bluelamp.intake.named_bodies import printed_force, printed_holder
from bluelamp.intake.wire import extraction_to_wire
from bluelamp.organisations.bodies import Body

pytestmark = pytest.mark.no_database

BODIES = {
    body.code: body
    for body in (
        Body(code="CVP", name="Calder Vale Police", kind="force", fictional=True),
        Body(code="TMC", name="Tolmere Constabulary", kind="force", fictional=True),
        Body(code="CVP-PCC", name="Police and Crime Commissioner for Calder Vale", kind="local_policing_body",
             force="CVP", area="Calder Vale", fictional=True),
    )
}  # fmt: skip
PROSE = "\n\n".join(f"Officers of shift {number} keep their vans clean." for number in range(30))
OFTEN = "\n\n".join(["Tolmere Constabulary lent its vans, as it does each year."] * 5)


def _document(*blocks: str):
    return read_bytes("\n\n".join(blocks).encode(), file_name="a.md")


def _subject(*blocks: str, on_many: bool = False) -> str:
    found = find_subject(_document(*blocks), BODIES, on_many=on_many)
    return found.value if found else ""


def _publisher(*blocks: str, family: str = "other") -> str:
    found = find_publisher(_document(*blocks), family, _subject(*blocks), BODIES)
    return found.value if found else ""


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Fellwater Police", "Fellwater Police"),
        ("An inspection of Fellwater and Marsh Constabulary", "Fellwater and Marsh Constabulary"),
        ("Vans 2031 – Fellwater Police", "Fellwater Police"),
        ("FELLWATER CONSTABULARY: VANS", "FELLWATER CONSTABULARY"),
        ("Fellwater Police’s vans", "Fellwater Police"),
        ("Mr Ned Moss Chief Constable Fellwater Police", "Fellwater Police"),
        ("Chief Constable Ada Moss QPM Fellwater Police", "Fellwater Police"),
        ("Fellwater Police and the Office of the Commissioner", "Fellwater Police"),
        ("PEEL 2030–32 assessment of Fellwater Police", "Fellwater Police"),
        ("Fellwater Police Performance Report", "Fellwater Police"),
        ("Police and Crime Commissioner for Fellwater and Fellwater Constabulary", "Fellwater Constabulary"),
        ("Commissioner for Mill Vale and Mill Vale Police", "Mill Vale Police"),
        ("North Mere and North Dale Police", "North Mere and North Dale Police"),
        ("Fellwater Police was praised.", ""),
        ("Fellwater Police and Crime Panel", ""),
        ("Fellwater Police and Crime Plan 2031", ""),
        ("How the police use vans", ""),
        ("HM Inspectorate of Constabulary", ""),
        ("National Police", ""),
        ("Better Neighbourhood Police", ""),
        ("Fellwater Police keeps all of its vans in a shed by the river.", ""),
    ],
)
def test_a_force_as_printed(line: str, name: str) -> None:
    assert printed_force(_document("# Vans", line)) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Police, Fire and Crime Commissioner for Fellwater", "Police, Fire and Crime Commissioner for Fellwater"),
        (
            "Police and Crime Commissioner for Fellwater to the report",
            "Police and Crime Commissioner for Fellwater",
        ),
        (
            "Office of the Police and Crime Commissioner for Fellwater Bridge House, Mill Lane",
            "Police and Crime Commissioner for Fellwater",
        ),
        ("PCC for Fellwater", "PCC for Fellwater"),
        ("PCC for Fellwater and Fellwater Constabulary", "PCC for Fellwater"),
        ("PCC for Mill Vale and Mill Vale Police", "PCC for Mill Vale"),
        ("PCC for Fellwater and Marsh", "PCC for Fellwater and Marsh"),
        ("PCC for North Mere and North Dale", "PCC for North Mere and North Dale"),
        ("Fellwater Police and Crime Commissioner", "Fellwater Police and Crime Commissioner"),
        ("Fellwater Police and Crime Panel – 6 May 2031", "Fellwater Police and Crime Panel"),
        ("Report to the Police and Crime Panel", ""),
        ("The Police and Crime Commissioner", ""),
        ("The Police and Crime Commissioner for Fellwater has written to all of the families by the river.", ""),
    ],
)
def test_an_office_as_printed(line: str, name: str) -> None:
    found = printed_holder(_document("# Vans", line))
    assert (found[0] if found else "") == name


@pytest.mark.parametrize(
    ("blocks", "subject"),
    [
        (("# Calder Vale Police", OFTEN), "CVP"),
        (("# Fellwater Police", OFTEN), ""),
        (("# Vans", "Police and Crime Commissioner for Fellwater", OFTEN), ""),
        (("# Vans", "Police and Crime Commissioner for Calder Vale", OFTEN), "CVP"),
        (("# Vans", "Calder Vale Police and Crime Panel", OFTEN), "CVP"),
        (("# Vans", PROSE, OFTEN), "TMC"),
        (("# Vans", PROSE, "Tolmere Constabulary lent its vans."), ""),
    ],
)
def test_the_head_goes_before_what_is_mentioned(blocks: tuple[str, ...], subject: str) -> None:
    assert _subject(*blocks) == subject


@pytest.mark.parametrize("office", ["PCC for Calder Vale", "Calder Vale PCC", "PFCC for Calder Vale"])
def test_an_office_that_is_printed_otherwise_is_the_listed_one_of_its_area(office: str) -> None:
    assert (_subject("# Vans", office), _publisher("# Vans", office)) == ("CVP", "CVP-PCC")
    assert _publisher("# Vans", office.replace("Calder", "Marsh")) == office.replace("Calder", "Marsh")


def test_a_report_on_many_is_about_the_one_that_its_head_names_or_none() -> None:
    assert _subject("# Vans", PROSE, OFTEN, on_many=True) == ""
    assert _subject("# Vans of Calder Vale Police", PROSE, OFTEN, on_many=True) == "CVP"


@pytest.mark.parametrize(
    ("blocks", "publisher"),
    [
        (("# Vans", "Calder Vale Police"), "CVP"),
        (("# Vans", "Police and Crime Commissioner for Calder Vale", "Calder Vale Police"), "CVP-PCC"),
        (("# Report to the Panel", "Calder Vale Police and Crime Panel", "6 May 2031"),
         "Calder Vale Police and Crime Panel"),
        (("# Vans", "Police, Fire and Crime Commissioner for Fellwater"),
         "Police, Fire and Crime Commissioner for Fellwater"),
        (("# Vans", "Calder Vale Police", "HMICFRS"), "HMICFRS"),
        (("# Vans", "Calder Vale Police", "HMICFRS inspection"), "CVP"),
        (("# Vans", "Fellwater Police", "Calder Vale Police lent a van, as it does each year."), ""),
        (("# Vans", PROSE, OFTEN), ""),
    ],
)  # fmt: skip
def test_who_published_it(blocks: tuple[str, ...], publisher: str) -> None:
    assert _publisher(*blocks) == publisher


def test_a_line_of_a_tracker_or_an_addressee_is_no_publisher() -> None:
    assert _publisher("# Vans", "Calder Vale Police", "HMICFRS", family="assurance_template") == "CVP"
    assert _publisher("HMICFRS", "Calder Vale Police", "Dear Ada", "We will wash the vans.") == "CVP"


def test_a_force_of_no_list_has_its_name_on_the_wire_and_no_code() -> None:
    said = extraction_to_wire(extract(_document("# Fellwater Police", "Vans of the year", PROSE)))["document"]
    assert said["subject"] == "Fellwater Police"
    assert said["subject_code"] is None


def test_a_listed_force_has_both() -> None:
    said = extraction_to_wire(extract(_document("# Kent Police", "Vans of the year", PROSE)))["document"]
    assert (said["subject"], said["subject_code"]) == ("Kent Police", "KEN")
