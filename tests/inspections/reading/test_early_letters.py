"""Is a concern told in a letter, before the report, read as the letter states it, and nothing else of it?"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.inspections.reading.reports import closures, findings, read_report

from bluelamp.documents.sandbox import read_file
from bluelamp.inspections.facts import Finding
from bluelamp.inspections.reading.vocabulary import Role, read_head
from bluelamp.intake.extraction import Extraction, extract

pytestmark = pytest.mark.no_database

LETTER = """{head}

3 March 2026

Dear Chief Constable

{subject}

We are inspecting your force. We have found a cause of concern so grave that I tell you of it now.

## Cause of concern

The force does not look for adults who are lost because nobody reads the reports.

Of the 20 reports we read, nine had no plan. Nobody had rung the family in four of them.

## Recommendations

1. Within one month, the force should read each report.
2. Within six months, the force should train those who read them.

Yours sincerely,

{signed}
"""


def read_letter(
    tmp_path: Path,
    *,
    head: str = "Ash Bell, Chief Constable, Calder Vale Police.",
    subject: str = "## Causes of concern: early notification",
    signed: str = "His Majesty’s Inspector of Constabulary",
) -> Extraction:
    path = tmp_path / "early.md"
    path.write_text(LETTER.format(head=head, subject=subject, signed=signed), encoding="utf-8")
    return extract(read_file(path))


ADVICE = "\n\n## Recommendation\n\nWithin one month, the force should count them."


def of_type(letter: Extraction, type_: str) -> list[Finding]:
    return [read.fact for read in letter.facts if isinstance(read.fact, Finding) and read.fact.type == type_]


@pytest.mark.parametrize(
    "subject", ["## Causes of concern: early notification", "## Cause of concern", "## Cause of concern: reports"]
)
def test_what_the_letter_is_about_is_no_second_concern(tmp_path: Path, subject: str) -> None:
    letter = read_letter(tmp_path, subject=subject)
    (concern,) = of_type(letter, "cause_of_concern")
    assert concern.text.startswith("The force does not look for adults")
    assert len(of_type(letter, "recommendation")) == 2


def test_by_what_a_concern_was_seen_is_criticism_of_its_own(tmp_path: Path) -> None:
    letter = read_letter(tmp_path)
    (concern,) = of_type(letter, "cause_of_concern")
    assert concern.text.endswith("reads the reports.")
    said = [each.text for each in of_type(letter, "issue_of_concern")]
    assert "Nobody had rung the family in four of them." in said


def test_a_subject_that_is_the_only_head_of_a_concern_stays_one() -> None:
    text = f"Dear Chief Constable,\n\n## Cause of concern: vans\n\nThe force fails to keep its vans.{ADVICE}"
    (concern,) = findings(read_report(text)[1], "cause_of_concern")
    assert concern.title == "vans"


@pytest.mark.parametrize("text", ["This means that people wait.", "It is not the first time that this is so."])
def test_what_goes_on_about_a_concern_belongs_to_it(text: str) -> None:
    page = f"# Vans\n\n## Cause of concern\n\nThe force fails to keep its vans.\n\n{text}{ADVICE}"
    (concern,) = findings(read_report(page)[1], "cause_of_concern")
    assert concern.text == f"The force fails to keep its vans.\n\n{text}"


def test_a_title_keeps_all_that_explains_it() -> None:
    page = f"## Cause of concern\n\n### The force fails to keep its vans\n\nOf 20 vans, nine were lost.{ADVICE}"
    (concern,) = findings(read_report(page)[1], "cause_of_concern")
    assert concern.text == "Of 20 vans, nine were lost."


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Causes of concern: early notification", Role.OUTSIDE),
        ("Cause of concern – letter", Role.OUTSIDE),
        ("Cause of concern: letters from victims", Role.CAUSE_OF_CONCERN),
        ("Cause of concern: notification of victims", Role.CAUSE_OF_CONCERN),
    ],
)
def test_a_head_that_names_a_paper_opens_no_finding(words: str, role: Role) -> None:
    found = read_head(words)
    assert found is not None
    assert found.role is role


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("PEEL: what became of our visit to the vans", "PEEL: what became of our visit to the vans"),
        ("**A visit to the vans**", "A visit to the vans"),
    ],
)
def test_a_letter_is_called_by_what_it_is_about(tmp_path: Path, subject: str, title: str) -> None:
    assert read_letter(tmp_path, subject=subject).detail("title") == title


@pytest.mark.parametrize(
    "words", ["We went to see the vans.", "In March we went to see the vans, and I write to say:"]
)
def test_neither_its_first_sentence_nor_its_day_is_a_letters_title(tmp_path: Path, words: str) -> None:
    assert read_letter(tmp_path, subject=words).detail("title") not in (words, "3 March 2026")


@pytest.mark.parametrize(
    ("signed", "publisher"),
    [
        ("His Majesty’s Inspector of Constabulary", "HMICFRS"),
        ("HM Chief Inspector of Constabulary", "HMICFRS"),
        ("Clerk of the Committee", None),
    ],
)
def test_a_letter_is_published_by_the_inspectorate_in_whose_name_it_is_signed(
    tmp_path: Path, signed: str, publisher: str | None
) -> None:
    assert (read_letter(tmp_path, signed=signed).detail("publisher") or None) == publisher


def test_a_closure_cites_where_its_concern_is_named() -> None:
    text = "## Cause of concern 2: vans\n\nVans are kept. I have decided to close this cause of concern."
    (found,) = closures(read_report(text)[1])
    assert [citation.quote for citation in found.citations] == [
        "I have decided to close this cause of concern.",
        "Cause of concern 2: vans",
    ]


def test_a_concern_named_a_sentence_before_is_cited_there() -> None:
    text = "We gave a cause of concern about vans. Vans are kept. We have now closed the cause of concern."
    (found,) = closures(read_report(text)[1])
    assert [citation.quote[:22] for citation in found.citations] == [
        "We have now closed the",
        "We gave a cause of con",
    ]


@pytest.mark.parametrize(
    "name", ["HM Inspectorate of Constabulary", "HMICFRS", "Her Majesty's Inspectorate of Constabulary"]
)
def test_a_letterhead_is_no_title(tmp_path: Path, name: str) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        f"{name}\n\nVANS IN CALDER VALE\n\nMay 2018\n\nRecommendations\n\nThe force should count them.\n"
    )
    assert extract(read_file(path)).detail("title") == "VANS IN CALDER VALE"


def test_a_subject_that_lost_its_line_break_is_the_title(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(
        "HMICFRS\n89 Some Square\n\nAsh Bell\nHis Majesty's Inspector of Constabulary\n\n14 March 2025\n\n"
        "Dear Jo,\n\n"
        "Calder Vale Police: a visit to the cells\n\nWe went there in May. We found that doors stick.\n\n"
        "Yours sincerely,\n\nAsh Bell\n",
        encoding="utf-8",
    )
    letter = extract(read_file(path))
    assert letter.detail("title") == "Calder Vale Police: a visit to the cells"
