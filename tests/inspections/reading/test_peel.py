"""Is a PEEL report read whole: its grades, its checks, and the seed?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.inspections.reading.reports import findings, judgements, practices, read_report, reasons

from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes
from bluelamp.inspections.facts import Judgement, Statistic
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.inspections.reading import read_inspection
from bluelamp.inspections.reading.peel_areas import Names

PEEL = (
    "peel-2014",
    "peel-2015",
    "peel-2016",
    "peel-2017",
    "peel-2018-19",
    "peel-2021-22",
    "peel-2023-25",
    "peel-2025-27",
)


@pytest.mark.parametrize("slug", PEEL)
def test_each_cycle_is_defined(slug: str) -> None:
    framework = load_frameworks()[slug]
    assert [grade.slug for grade in framework.grades][:2] == ["outstanding", "good"]
    assert ("adequate" in [grade.slug for grade in framework.grades]) == (framework.first_year >= 2021)
    assert framework.comparable_with == ()
    assert framework.recognised_by
    for area in framework.areas:
        assert all(framework.area_named(name) == area for name in (area.name, area.slug, *area.aliases))


def test_a_table_and_its_chapters_are_one_judgement_with_both_cited() -> None:
    text = """# Our judgments

| Good | Adequate |
|---|---|
| Good use of resources | Preventing crime |

# Strategic planning, organisational management and value for money

Good

# Preventing crime and anti-social behaviour

Adequate
"""
    document, reading = read_report(text)
    assert judgements(reading) == {"value-for-money": "good", "preventing-crime": "adequate"}
    (fact,) = (f for f in reading.facts if isinstance(f, Judgement) and f.area == "value-for-money")
    assert {c.line for c in fact.citations} >= {3, 5, 7, 9}
    assert fact.doubt == ""
    assert all(document.verify(c) for c in fact.citations)


def test_two_grades_for_one_area_are_both_kept_and_reported() -> None:
    text = "| Good | Adequate |\n|---|---|\n| Preventing crime | |\n\n# Preventing crime\n\nAdequate\n"
    _, reading = read_report(text)
    found = [fact for fact in reading.facts if isinstance(fact, Judgement)]
    assert {fact.grade for fact in found} == {"good", "adequate"}
    assert all(fact.doubt for fact in found)
    assert any("two grades" in reason for reason in reasons(reading))


def test_a_grade_for_an_ungraded_area_is_reported() -> None:
    _, reading = read_report("# Victim service assessment\n\nGood\n")
    assert any("not graded in this framework" in reason for reason in reasons(reading))


def test_inadequate_without_a_cause_of_concern_is_reported() -> None:
    _, reading = read_report("# Investigating crime\n\nInadequate\n")
    assert any("no cause of concern" in reason for reason in reasons(reading))


def test_a_chapter_without_a_grade_is_reported() -> None:
    _, reading = read_report("# Investigating crime\n\nThe force works hard.\n")
    assert judgements(reading) == {}
    assert any("No grade" in reason for reason in reasons(reading))


def test_an_ungraded_area_is_inspected_and_has_no_grade() -> None:
    _, reading = read_report("# Disrupting serious organised crime\n\nWe inspect this with the region.\n")
    assert judgements(reading) == {"serious-and-organised-crime": None}


def test_a_sentence_grades_a_chapter_that_has_no_line_of_its_own() -> None:
    _, reading = read_report(
        "# Investigating crime\n\nCalder Vale Police requires improvement at investigating crime.\n"
    )
    assert judgements(reading) == {"investigating-crime": "requires-improvement"}


def test_a_sentence_later_in_a_chapter_is_no_grade() -> None:
    text = (
        "# Investigating crime\n\nGood\n\n## Main findings\n\n### The force is inadequate at some of it\n\nSlow.\n"
    )
    _, reading = read_report(text)
    assert judgements(reading) == {"investigating-crime": "good"}


def test_a_count_of_graded_judgments_is_checked() -> None:
    _, reading = read_report("We make graded judgments in nine of these ten.\n\n# Investigating crime\n\nGood\n")
    assert any("9 graded judgments and 1 were found" in reason for reason in reasons(reading))


def test_a_contents_list_is_no_chapter() -> None:
    text = (
        "# Contents\n\nInvestigating crime 4\n\nAreas for improvement 5\n\n# Overall summary\n\nIt works hard.\n"
    )
    _, reading = read_report(text)
    assert reading.facts == ()


def test_practice_told_as_problem_and_solution() -> None:
    text = """## Innovative practice

**A clinic saves time**

**Problem**

Phones waited.

**Solution**

A clinic opened.

**Outcome**

They wait less.

## Main findings
"""
    _, reading = read_report(text)
    (found,) = practices(reading)
    assert (found.title, found.problem, found.solution, found.outcomes) == (
        "A clinic saves time", "Phones waited.", "A clinic opened.", "They wait less.",
    )  # fmt: skip


def test_a_caption_is_no_main_finding() -> None:
    caption = "Proportion of people who listen, in the year"
    text = f"## Main findings\n\n### The force listens\n\nIt does.\n\n### {caption}\n\nMore.\n"
    _, reading = read_report(text)
    (found,) = findings(reading, "main_finding")
    assert found.text == "It does.\n\nMore."


LINES = st.sampled_from(
    ["# Investigating crime", "Good", "## Areas for improvement", "- The force should act", "- part",
     "words", "",
     "**The force should act**", "## Cause of concern", "Recommendations", "## Main findings",
     "1. Recommendations",
     "Within three months, the force should:", "### The force is slow", "86% (+/- 3%) of files",
     "| Good | Adequate |\n|---|---|\n| Preventing crime | x |", "The cause of concern is closed.",
     "Recommendation 1: By 1 May 2024, forces should act."]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=25), st.sampled_from(PEEL))
def test_any_order_of_parts_is_read_and_every_quote_is_on_its_page(lines: list[str], slug: str) -> None:
    document, reading = read_report("\n\n".join(["words", *lines]), slug)
    assert all(document.verify(c) for fact in (*reading.facts, *reading.unread) for c in fact.citations)


@pytest.mark.shared
def test_the_report_of_2022_is_read_whole(shared: Path) -> None:
    (path,) = (shared / "seeds").glob("000*.txt")
    document = read_bytes(path.read_bytes(), file_name=path.name)
    reading = read_inspection(whole(document), load_frameworks()["peel-2021-22"], None)
    grades = Counter(judgements(reading).values())
    assert grades == {"adequate": 6, "good": 2, "requires-improvement": 1, None: 3}
    afis = findings(reading, "area_for_improvement")
    assert len(afis) == 12
    assert all(f.title and f.text for f in afis)
    assert sorted(f.deadline.rule for f in afis if f.deadline) == ["immediately", "months"]
    assert [len(f.parts) for f in afis if f.parts] == [4]
    assert len(findings(reading, "main_finding")) == 37
    assert [p.type for p in practices(reading)] == ["innovative"]
    intervals = [
        (str(f.value), str(f.half_width)) for f in reading.facts if isinstance(f, Statistic) and f.half_width
    ]
    assert intervals == [("86.4", "3.1"), ("83.6", "4.9"), ("85.5", "4.6"), ("93.1", "4.9")]
    assert all(document.verify(c) for fact in (*reading.facts, *reading.unread) for c in fact.citations)
    assert len(reading.unread) == 1


def test_an_area_that_the_framework_does_not_name_is_reported_and_lends_its_name_to_nobody() -> None:
    text = """| Good | Adequate |
|---|---|
| Rural policing | Investigating crime |

# Investigating crime

Adequate

## Main findings

### The force listens

It does.

# Rural policing

Good

## Areas for improvement

- The force should visit farms.
"""
    _, reading = read_report(text)
    assert judgements(reading) == {"investigating-crime": "adequate"}
    assert [f.area for f in findings(reading, "area_for_improvement")] == [""]
    assert any("does not name" in reason for reason in reasons(reading))
    assert any("not under an area" in reason for reason in reasons(reading))


def test_grades_as_marks_as_lists_and_beside_areas() -> None:
    marks = "| | Good | Adequate |\n|---|---|---|\n| Investigating crime | ✓ | |\n| Managing offenders | | ✓ |\n"
    lists = "- Good: Investigating crime\n- Adequate: Managing offenders\n"
    lines = "- Investigating crime: Good\n- Managing offenders – Adequate\n"
    rows = "| Area | Grade |\n|---|---|\n| Investigating crime | Good |\n| Managing offenders | Adequate |\n"
    for text in (marks, lists, lines, rows):
        _, reading = read_report("# Our judgments\n\n" + text)
        assert judgements(reading) == {"investigating-crime": "good", "managing-offenders": "adequate"}, text


def test_a_grade_of_an_earlier_year_is_kept_beside_the_latest() -> None:
    text = "| Question | 2016 | 2017 |\n|---|---|---|\n| Investigating crime | Good | Requires improvement |\n"
    _, reading = read_report(text, "peel-2017")
    (fact,) = (f for f in reading.facts if isinstance(f, Judgement))
    assert (fact.grade, fact.previous_grade) == ("requires-improvement", "good")


def test_names_vary_in_print() -> None:
    names = Names(load_frameworks()["peel-2017"])
    for printed in (
        "How effective is Devon and Cornwall Police at investigating crime and reducing re-offending?",
        "Question 2: Investigating crime",
        "2. How effective is the force at investigating crime and reducing reoffending?",
        "INVESTIGATING CRIME",
    ):
        area = names.area(printed)
        assert area is not None, printed
        assert area.slug == "investigating-crime"
    assert names.area("Investigating crime is hard") is None


def test_a_short_heading_among_findings_is_one_of_them() -> None:
    text = """## Main findings

### Local teams know their streets

Officers stay in post.

### There is not enough supervision of new recruits

They wait a year.

### Working with others

The force shares its offices.
"""
    titles = [finding.title for finding in findings(read_report(text)[1], "main_finding")]
    assert titles == [
        "Local teams know their streets",
        "There is not enough supervision of new recruits",
        "Working with others",
    ]


LEVELS = """# Investigating crime

Good

## Main findings

### The force solves crime well

It has a plan.

### {other}

It has a team.

# Preventing crime and anti-social behaviour

Good

## Main findings

### {lone}

They walk.
"""


def test_a_heading_that_stands_alone_among_findings_of_another_chapter_is_one() -> None:
    text = LEVELS.format(other="Victims are told what happens", lone="Teams in every town")
    titles = [finding.title for finding in findings(read_report(text)[1], "main_finding")]
    assert titles[-1] == "Teams in every town"


def test_where_most_headings_name_topics_a_lone_one_does_too() -> None:
    text = LEVELS.format(other="Initial work", lone="Teams in every town")
    titles = [finding.title for finding in findings(read_report(text)[1], "main_finding")]
    assert "Teams in every town" not in titles
