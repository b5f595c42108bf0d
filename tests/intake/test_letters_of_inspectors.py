"""Is an inspector's letter read as what it says today, and not as the report that it speaks of?"""

from __future__ import annotations

from pathlib import Path

import pytest

from bluelamp.documents.sandbox import read_file
from bluelamp.inspections.facts import Closure, Finding
from bluelamp.intake.extraction import Extraction, extract

pytestmark = pytest.mark.no_database

LETTER = """# Revisit letter

His Majesty's Inspectorate of Constabulary and Fire & Rescue Services

Chief Constable

8 July 2024

Dear Chief Constable,

Our report was published on 12 May 2023. In it we gave two causes of concern, and we have now visited you again.

## Cause of concern 1: investigating crime

We recommended that by 31 August 2023 the force should teach its supervisors to review cases. It has done so.
I have decided to close this cause of concern.

## Cause of concern 2: custody

The force has begun to improve its care of detainees. Checks were not done in 11 of 40 cases.
The cause of concern remains in place.

{more}

## Area for improvement

The force should improve how it supervises visits.

I should like to thank you and your staff for your help.

Yours sincerely,

HM Inspector of Constabulary
"""
NEW = """## New accelerated cause of concern

The force does not manage people on its register well enough.

## Recommendations

1. By 31 March 2025, the force should make sure that overdue visits are done.
"""


@pytest.fixture
def letter(tmp_path: Path) -> Extraction:
    path = tmp_path / "letter.md"
    path.write_text(LETTER.format(more=NEW), encoding="utf-8")
    return extract(read_file(path))


def of_type(letter: Extraction, type_: str) -> list[Finding]:
    return [read.fact for read in letter.facts if isinstance(read.fact, Finding) and read.fact.type == type_]


def test_what_became_of_a_concern_is_neither_found_nor_recommended_anew(letter: Extraction) -> None:
    closures = {read.fact.concern: read.fact.verdict for read in letter.facts if isinstance(read.fact, Closure)}
    assert closures == {"investigating crime": "closed", "custody": "remains"}
    (concern,) = of_type(letter, "cause_of_concern")
    assert concern.text.startswith("The force does not manage people on its register")
    (recommended,) = of_type(letter, "recommendation")
    assert recommended.text.startswith("By 31 March 2025")
    assert recommended.parent


def test_criticism_under_a_concern_that_remains_is_read(letter: Extraction) -> None:
    assert "11 of 40" in " ".join(each.text for each in of_type(letter, "issue_of_concern"))


def test_thanks_and_a_signature_end_every_list(letter: Extraction) -> None:
    (area,) = of_type(letter, "area_for_improvement")
    assert area.text == "The force should improve how it supervises visits."


def test_a_concern_that_names_no_area_is_not_on_that_of_the_one_before(letter: Extraction) -> None:
    assert [each.area for each in (*of_type(letter, "cause_of_concern"), *of_type(letter, "recommendation"))] == [
        "",
        "",
    ]


def test_a_letter_has_its_own_day_and_the_framework_of_no_cycle(letter: Extraction) -> None:
    assert letter.detail("family") == "letter"
    assert letter.detail("published") == "2024-07-08"
    assert letter.framework is not None
    assert letter.framework.slug == "thematic"


@pytest.mark.parametrize(
    "head",
    [
        "New cause of concern",
        "Accelerated cause of concern",
        "New, accelerated causes of concern",
        "Further recommendations",
    ],
)
def test_heads_are_known_with_what_qualifies_them(head: str) -> None:
    from bluelamp.inspections.reading.vocabulary import CLAIMED, read_head

    found = read_head(head)
    assert found is not None
    assert found.role in CLAIMED


def test_words_that_go_on_after_a_qualifier_are_no_head() -> None:
    from bluelamp.inspections.reading.vocabulary import read_head

    assert read_head("Further recommendations were made to the force") is None


def test_a_concern_that_is_stated_anew_with_what_is_recommended_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "again.md"
    asked = "By 1 May 2025, the force should visit all."
    again = f"The force still fails to visit. The cause of concern remains in place.\n\n{asked}"
    path.write_text(LETTER.format(more=f"## Cause of concern 3: visits\n\n{again}\n"), encoding="utf-8")
    found = extract(read_file(path))
    assert [each.title for each in of_type(found, "cause_of_concern")] == ["visits"]
    assert [each.text for each in of_type(found, "recommendation")] == [
        "By 1 May 2025, the force should visit all."
    ]


def test_a_letter_that_decides_under_subjects_of_its_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "subjects.txt"
    path.write_text(
        "HM Inspectorate of Constabulary and Fire & Rescue Services\n\nOwen Reed\nChief Constable\n\n"
        "21 October 2025\n\nDear Owen\n\nProgress on vans\n\nQueues\n\nThe queue has gone. I am satisfied that"
        " this recommendation has been met.\n\nDoors\n\nYou have a panel. This recommendation remains open.\n\n"
        "With best wishes\n\nJuno Farr\nHM Inspector of Constabulary\n",
        encoding="utf-8",
    )
    found = extract(read_file(path))
    closures = {read.fact.concern: read.fact.verdict for read in found.facts if isinstance(read.fact, Closure)}
    assert closures == {"Queues": "closed", "Doors": "remains"}
    assert of_type(found, "issue_of_concern") == []


def test_a_letter_in_an_inspectors_name_is_read_for_what_it_decides(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text(
        "HMICFRS\n\n14 March 2025\n\nDear Jo\n\n"
        "The doors are oiled. The cause of concern about doors can be closed.\n\n"
        "We will come again in June.\n\nYours sincerely,\n\nAsh Bell\nHis Majesty's Inspector of Constabulary\n",
        encoding="utf-8",
    )
    found = extract(read_file(path))
    assert [read.fact.kind for read in found.facts] == ["closure"]
