"""Are judgements read that stand in odd shapes: in lines, squeezed, with a note's sign, in another chapter?"""

from __future__ import annotations

import pytest
from tests.inspections.reading.reports import judgements, read_report, reasons

pytestmark = pytest.mark.no_database

TITLE = "# PEEL: Police effectiveness 2016\n\n"
CRIME = "How effective is the force at investigating crime and reducing re-offending?"
HARM = "How effective is the force at protecting those who are vulnerable from harm, and supporting victims?"
ORGANISED = "How effective is the force at tackling serious and organised crime?"
ARMED = "How effective are the force's specialist capabilities?"
HARMED = "protecting-vulnerable-people"


def test_questions_with_their_grades_on_lines_of_their_own() -> None:
    lines = [f"{CRIME}  Good", f"{HARM}  Inadequate", f"{ORGANISED}  Requires improvement", f"{ARMED}  Ungraded"]
    _, reading = read_report(TITLE + "\n\n".join(lines), "peel-2016")
    assert judgements(reading) == {
        "investigating-crime": "good",
        HARMED: "inadequate",
        "serious-and-organised-crime": "requires-improvement",
        "specialist-capabilities": None,
    }


def test_a_table_that_lost_its_rows_is_read_pair_by_pair() -> None:
    line = f"Question Judgment Overall judgment1 Good {CRIME} Good {HARM} Inadequate {ARMED} Ungraded"
    _, reading = read_report(TITLE + line, "peel-2016")
    assert judgements(reading) == {
        "effectiveness": "good",
        "investigating-crime": "good",
        HARMED: "inadequate",
        "specialist-capabilities": None,
    }


@pytest.mark.parametrize(
    "line",
    [
        f"{CRIME} Good {HARM} Inadequate, which we shall watch",
        f"In some places {CRIME} Good and in others it is Inadequate",
        f"Few forces are Good and few Inadequate. {CRIME}",
    ],
)
def test_a_line_that_says_anything_else_is_no_table(line: str) -> None:
    assert judgements(read_report(TITLE + line, "peel-2016")[1]) == {}


def test_an_overall_judgment_with_a_notes_sign_is_the_pillars() -> None:
    table = f"| Question | Grade |\n|---|---|\n| Overall judgment1 | Good |\n| {ORGANISED} | Good |\n"
    _, reading = read_report(TITLE + table, "peel-2016")
    assert judgements(reading) == {"effectiveness": "good", "serious-and-organised-crime": "good"}
    assert not any("does not name" in reason for reason in reasons(reading))


def test_an_overall_judgment_in_a_report_on_every_pillar_is_nobodys() -> None:
    table = f"| Question | Grade |\n|---|---|\n| Overall judgment1 | Good |\n| {ORGANISED} | Good |\n"
    _, reading = read_report("# PEEL\n\n" + table, "peel-2016")
    assert judgements(reading) == {"serious-and-organised-crime": "good"}


def test_names_and_grades_that_a_narrow_column_broke() -> None:
    table = (
        "| Out standing | Goo d |\n|---|---|\n"
        "| Respondi ng to the public | Investigat ing crime Managin g offenders |\n"
    )
    _, reading = read_report(table)
    assert judgements(reading) == {
        "responding-to-the-public": "outstanding",
        "investigating-crime": "good",
        "managing-offenders": "good",
    }
    assert reasons(reading) == []


@pytest.mark.parametrize(
    "line",
    [
        "Graded judgment: Requires improvement",
        "Our judgment: the force requires improvement at this.",
        "Judgment2 Requires improvement",
    ],
)
def test_a_grade_behind_its_label(line: str) -> None:
    found = judgements(read_report(f"# Investigating crime\n\n{line}\n")[1])
    assert found == {"investigating-crime": "requires-improvement"}


def test_a_sentence_in_another_chapter_grades_the_area_that_it_names() -> None:
    text = """# Managing offenders

Adequate

The unit has four officers.

We have graded Calder Vale Police as outstanding at protecting vulnerable people.
"""
    assert judgements(read_report(text)[1]) == {
        "managing-offenders": "adequate",
        "protecting-vulnerable-people": "outstanding",
    }


@pytest.mark.parametrize(
    ("line", "grade"),
    [
        ("Calder Vale Police’s performance in managing offenders is adequate.", "adequate"),
        ("The force's performance in managing offenders requires thought.", None),
        ("The force’s performance in managing offenders is better than in 2023.", None),
    ],
)
def test_a_sentence_on_performance_in_an_area_grades_it(line: str, grade: str | None) -> None:
    assert judgements(read_report(f"# Managing offenders\n\n{line}\n")[1]).get("managing-offenders") == grade


def test_an_overall_judgment_under_a_pillars_own_question_is_the_pillars() -> None:
    question = "Overview – How effective is the force at keeping people safe and reducing crime?"
    text = f"# An inspection\n\n## {question}\n\nOverall judgment\n\nGood\n\n## {ORGANISED}\n\nGood\n"
    assert judgements(read_report(text, "peel-2016")[1]) == {
        "effectiveness": "good",
        "serious-and-organised-crime": "good",
    }
