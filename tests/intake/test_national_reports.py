"""Is a report of the inspectorate known by whom it is by, whatever it is called, and what is left unread told?"""

from __future__ import annotations

import pytest

from bluelamp.documents.readers import read_bytes
from bluelamp.inspections.facts import Finding
from bluelamp.intake.extraction import Extraction, extract

pytestmark = pytest.mark.no_database

DAY = "7 May 2031"
ASKED = (
    "## Recommendations\n\n1. By 30 June 2032, chief constables should count their lanterns.\n"
    "2. Within six months, the Home Office should collect the counts."
)
FULL_NAME = "His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services"


def _read(*blocks: str) -> Extraction:
    return extract(read_bytes("\n\n".join(blocks).encode(), file_name="a.md"))


def _recommendations(found: Extraction) -> int:
    return sum(isinstance(read.fact, Finding) and read.fact.type == "recommendation" for read in found.facts)


def _told(found: Extraction) -> list[str]:
    return [part.citations[0].quote for part in found.unread if part.reason.startswith("Recommendations are")]


@pytest.mark.parametrize(
    ("title", "by"),
    [
        ("Dark streets: the police and lanterns", "HMICFRS"),
        ("Dark streets: the police and lanterns", FULL_NAME),
        ("A thematic inspection of lanterns", "HMICFRS"),
        ("Dark streets", "A thematic inspection by HMICFRS"),
        ("A joint inspection of lanterns", "HMICFRS and HM Inspectorate of Probation"),
        ("A joint inspection of lanterns", f"{FULL_NAME}, HM Crown Prosecution Service Inspectorate"),
        ("Rapid review of lanterns", "HMICFRS, for the Home Secretary"),
        ("A national review of how the police buy lanterns", "A report by HMICFRS"),
        ("The police response to dark streets: an inspection", "HMICFRS"),
        ("Dark streets", "© HMICFRS 2031"),
        ("Dark streets", "From: HMICFRS"),
        ("Dark streets", "Published by HMICFRS, March 2031"),
        ("Dark streets", f"{FULL_NAME} (HMICFRS)"),
    ],
)
def test_the_head_says_who_it_is_by(title: str, by: str) -> None:
    found = _read(f"# {title}", by, DAY, ASKED)
    assert found.detail("family") == "inspection_report"
    assert found.detail("publisher") == "HMICFRS"
    assert found.detail("framework") == "thematic"
    assert _recommendations(found) == 2
    assert _told(found) == []


TABLE = (
    "| No. | To | Recommendation |\n|---|---|---|\n"
    "| 1 | Chief constables | By 30 June 2032, chief constables should count lanterns. |\n"
    "| 2 | The Home Office | By 30 June 2032, the Home Office should buy lanterns. |"
)


@pytest.mark.parametrize(
    "asked",
    [
        ("## Recommendation 1", "By 30 June 2032, chief constables should count lanterns."),
        ("## 4. Our recommendations", "By 30 June 2032, chief constables should count lanterns."),
        ("## Recommendations", TABLE),
    ],
)
def test_recommendations_under_other_heads_and_in_a_table(asked: tuple[str, ...]) -> None:
    assert _recommendations(_read("# Dark streets", "HMICFRS", DAY, *asked)) > 0


def test_recommendations_that_a_report_holds_and_nobody_read_are_told() -> None:
    found = _read("# Lanterns", "HMICFRS", DAY, "## Recommendations for lamplighters", "Forces should light them.")
    assert found.detail("family") == "inspection_report"
    assert _recommendations(found) + len(_told(found)) == 1


@pytest.mark.parametrize(
    "blocks",
    [
        ("# Lanterns", "HMICFRS asked forces to count their lanterns in May.", DAY, ASKED),
        ("# HMICFRS recommendations: how far we have come", "Office of the Commissioner", DAY, ASKED),
        ("# Lanterns", "HMICFRS", DAY, "## Recommendations", "That the Panel notes the report."),
        ("# Lanterns", "HMICFRS", DAY, "## Recommendations", "It is recommended that members should note it."),
        ("# Lanterns", "HMICFRS", DAY, "## Background", "Forces should count their lanterns."),
        (
            "# Lanterns",
            "Report to: Lantern Board",
            "Date of meeting: 7 May 2031",
            "Report of: Chief Constable",
            "HMICFRS",
            ASKED,
        ),
        ("# Response to the HMICFRS report on lanterns", "HMICFRS", DAY, ASKED),
    ],
)
def test_a_document_that_names_them_is_not_by_them(blocks: tuple[str, ...]) -> None:
    assert _read(*blocks).detail("family") != "inspection_report"


def test_recommendations_of_a_document_of_no_kind_are_told() -> None:
    found = _read("# A study of lanterns", "The Lantern Trust", DAY, ASKED)
    assert found.detail("family") == "other"
    assert _told(found) == ["Recommendations"]


@pytest.mark.parametrize(
    "blocks",
    [
        ("## Recommendations", "That the Panel notes the report."),
        ("## Recommendations", "Members are invited to agree the plan."),
        ("The recommendations are that lanterns should be counted.",),
        ("## Lanterns", "Forces should count their lanterns."),
        ("## Recommendations", "## Background", "Nothing was said."),
    ],
)
def test_what_a_meeting_is_asked_and_plain_prose_are_not_told(blocks: tuple[str, ...]) -> None:
    found = _read("# A study of lanterns", "The Lantern Trust", DAY, *blocks)
    assert found.detail("family") == "other"
    assert _told(found) == []


def test_a_paper_with_a_header_recommends_to_its_meeting() -> None:
    head = ("Report to: Lantern Board", "Date of meeting: 7 May 2031", "Report of: Chief Constable")
    assert _told(_read("# Lanterns", *head, ASKED)) == []


IN_FULL = (
    "## Our recommendations in full\n\n"
    "1. We recommend that, no later than 30 June 2032, all chief constables count their lanterns.\n"
    "2. We recommend that Calder Vale Police, within nine months, buys a lantern for each street.\n"
    "3. We recommend that the Home Office amends the lantern rules from 1 May 2032 so that wicks are counted."
)


@pytest.mark.parametrize(
    "head", ["Letter to the Home Secretary", "Foreword", "1. Open letter to the Home Secretary"]
)
def test_a_report_that_prints_a_letter_as_a_section_is_a_report(head: str) -> None:
    found = _read(
        "# Dark streets", "HMICFRS", DAY, f"## {head}", "Dear Home Secretary", "You asked me to look.", IN_FULL
    )
    asked = [r.fact for r in found.facts if isinstance(r.fact, Finding) and r.fact.type == "recommendation"]
    assert found.detail("family") == "inspection_report"
    assert [(each.number, each.deadline.printed if each.deadline else "") for each in asked] == [
        ("1", "no later than 30 June 2032"),
        ("2", "within nine months"),
        ("3", "from 1 May 2032"),
    ]


def test_a_letter_under_its_own_title_is_a_letter() -> None:
    for above in ("## Dark streets", "Letter to the chief constable"):
        found = _read(
            "HMICFRS", DAY, above, "Dear Owen", "You asked me to look.", IN_FULL, "Yours sincerely", "Ada Row"
        )
        assert found.detail("family") == "letter"


def test_recommendations_of_a_list_in_the_narrative_are_read() -> None:
    listed = IN_FULL.replace("Our recommendations in full", "What comes next for lanterns")
    found = _read(
        "# Dark streets", "HMICFRS", DAY, listed, "## Recommendations", "The Home Office should buy wicks."
    )
    assert _recommendations(found) == 4
