"""Are a paper's family, cycle and day what it says of itself, and never what a table or a sentence mentions?"""

from __future__ import annotations

import pytest

from bluelamp.documents.readers import read_bytes
from bluelamp.intake.details import find_published, find_title
from bluelamp.intake.extraction import Extraction, extract

pytestmark = pytest.mark.no_database

LISTED = (
    "| Inspection | Published | Response |\n|---|---|---|\n| PEEL 2023–25 | 12 March 2025 | 2 May 2025 |\n"
    "| Kennels (national) | 4 April 2025 | 6 June 2025 |"
)
PAPERS = ("performance_report", "assurance_template", "finance_report", "other")


def _read(*blocks: str) -> Extraction:
    return extract(read_bytes("\n\n".join(blocks).encode(), file_name="a.md"))


def _day(*blocks: str, family: str = "other") -> str:
    found = find_published(read_bytes("\n\n".join(blocks).encode(), file_name="a.md"), family)
    return found.value if found else ""


def test_a_report_of_the_year_that_lists_inspections_is_no_letter_and_of_no_cycle() -> None:
    office = "Police and Crime Commissioner for Fellwater"
    found = _read("# Annual Report 2030–31", office, "July 2031", "## Foreword", "I will open a kennel.", LISTED)
    assert found.detail("family") == "other"
    assert found.detail("framework") == ""
    assert found.detail("published") == "2031-07"
    assert found.counts == {"undertaking": 1}


@pytest.mark.parametrize(
    "line",
    [
        "In response to the HMICFRS inspection of 2029 the force has taught its dogs to sit and to wait.",
        "The force's response to the last inspection has been praised by all of its neighbours, it says.",
    ],
)
def test_a_sentence_that_mentions_a_response_makes_no_letter(line: str) -> None:
    assert _read("# Dogs in numbers", "July 2031", line).detail("family") == "other"


@pytest.mark.parametrize(
    "line",
    [
        "Response to the HMICFRS inspection of kennels",
        "This is our response to the HMICFRS inspection of kennels, which we read with much care.",
        "I enclose my comments on the report of the inspection of kennels, as the law of the land requires.",
        "| Document | Response to the HMICFRS inspection of kennels |\n|---|---|\n| Author | Ned Fell |",
    ],
)
def test_what_says_that_it_is_a_response_is_one(line: str) -> None:
    assert _read("# Kennels", "July 2031", line).detail("family") == "letter"


@pytest.mark.parametrize(
    "line",
    [
        "Inspection: PEEL 2023–25 (published 22 November 2024)",
        "PEEL 2023–25 (published 22 November 2024)",
        "Custody in Fellwater (report published 22 November 2024)",
        "Inspection: kennels, published 22 November 2024",
        LISTED,
    ],
)
@pytest.mark.parametrize("family", PAPERS)
def test_the_day_of_an_inspection_is_not_the_papers(line: str, family: str) -> None:
    assert _day("# Template of the kennels", line, family=family) == ""


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Version 14 – extracted 02/02/2031", "2031-02-02"),
        ("Extracted on 2 February 2031", "2031-02-02"),
        ("Kennels in figures (published 2 February 2031)", "2031-02-02"),
    ],
)
def test_the_day_of_the_paper_goes_before_that_of_an_inspection(line: str, day: str) -> None:
    assert _day("# Tracker", line, "PEEL 2023–25 (published 3 October 2024)") == day


def test_a_day_under_the_title_goes_before_that_of_the_meeting_it_is_for() -> None:
    title, panel = "# Report to the Panel", "Fellwater Dogs Panel – 6 February 2031"
    assert _day(title, panel, "29 January 2031") == "2031-01-29"
    assert _day(title, panel) == "2031-02-06"
    assert _day(title, panel, "Target date", "29 January 2031") == "2031-02-06"
    assert _day(title, "Date of meeting: 6 February 2031", "29 January 2031") == "2031-02-06"


def _title(page: str) -> str:
    found = find_title(read_bytes(page.encode(), file_name="a.html"))
    return found.value if found else ""


@pytest.mark.parametrize(
    "later",
    [
        "Our first report was published in July 2024.",
        "A response was published by the Home Office on 3 June 2025.",
        "Published figures are to March 2025.",
    ],
)
def test_the_day_of_a_report_of_inspectors_is_that_of_its_title(later: str) -> None:
    family = "inspection_report"
    filling = [f"We saw kennel {number}." for number in range(12)]
    assert _day("# Lost dogs", "18 March 2031", *filling, later, family=family) == "2031-03-18"
    assert _day("# Lost dogs", "Published on 18 March 2031", later, family=family) == "2031-03-18"
    assert _day("# Lost dogs", "18 March 2031", later, family=family) == "2031-03-18"


LINKS = "<p>Skip to content</p><ul><li>Home</li><li>News</li></ul>"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"<title>Dogs | Fellwater</title>{LINKS}<h1>Response on the dogs</h1><p>We will.</p>",
         "Response on the dogs"),
        (f"<title>Our dogs | Fellwater</title>{LINKS}<p>We will walk them.</p>", "Our dogs"),
        (f"{LINKS}<h2>Dogs at night</h2><p>We will.</p>", "Dogs at night"),
        ("<h1>Dogs of Fellwater</h1><h2>Where they sleep</h2><p>No.</p>", "Dogs of Fellwater: Where they sleep"),
    ],
)  # fmt: skip
def test_the_title_of_a_page_is_its_own(page: str, title: str) -> None:
    assert _title(f"<html><body>{page}</body></html>") == title
