"""What is harvested from a report: which passages, how are sentences joined, and what is said twice?"""

from __future__ import annotations

import time

import pytest
from tests.inspections.reading.reports import findings, read_report

from bluelamp.documents.document import whole
from bluelamp.documents.readers import read_bytes
from bluelamp.inspections.facts import Finding
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.inspections.reading import read_inspection
from bluelamp.inspections.reading.criticism import GENERAL
from bluelamp.organisations.bodies import Body

FORCE = Body(code="CVP", name="Calder Vale Police", aliases=("CVP",), kind="force", fictional=True)


def harvest(text: str, framework: str = "peel-2021-22", subject: Body | None = FORCE) -> list[Finding]:
    document = read_bytes(text.encode(), file_name="report.md")
    reading = read_inspection(whole(document), load_frameworks()[framework], subject)
    found = findings(reading, "issue_of_concern")
    assert all(document.verify(citation) for each in found for citation in each.citations)
    return found


def texts(text: str, framework: str = "peel-2021-22") -> list[str]:
    return [each.text for each in harvest(text, framework)]


CHAPTER = "# Responding to the public\n\nAdequate\n\n## Main findings\n\n"


def test_an_issue_has_its_words_area_strength_and_lines() -> None:
    (issue,) = harvest(CHAPTER + "The force answers calls well.\n\nBut it does not call back those who gave up.\n")
    assert issue.text == "But it does not call back those who gave up."
    assert (issue.area, issue.strength, issue.parent) == ("responding-to-the-public", "plain", "")
    assert [(c.line, c.line_end, c.quote) for c in issue.citations] == [(9, 9, issue.text)]


def test_what_leans_on_a_criticism_is_of_one_point_with_it() -> None:
    words = "Calls are abandoned too often. This means that people give up on the police. Vans are new."
    assert texts(CHAPTER + words) == [
        "Calls are abandoned too often. This means that people give up on the police."
    ]


def test_two_criticisms_in_a_row_are_two_points_unless_the_second_leans() -> None:
    words = "Calls are abandoned too often. Dispatchers lack training. They have not been on a course since 2019."
    assert texts(CHAPTER + words) == [
        "Calls are abandoned too often.",
        "Dispatchers lack training. They have not been on a course since 2019.",
    ]


def test_an_example_after_a_criticism_is_of_one_point_with_it() -> None:
    words = "Handovers are poor. For example, a witness's name was written on a glove."
    assert texts(CHAPTER + words) == [words]


def test_what_the_next_sentence_says_has_been_put_right_is_no_point() -> None:
    words = "There was a backlog of 40 logs. We are pleased to report that it has been cleared."
    assert texts(CHAPTER + words) == []


def test_more_of_what_an_earlier_inspection_found_is_no_point() -> None:
    words = "In 2018 we found that logs were lost. There was also a shortage of staff. Now logs are kept."
    assert texts(CHAPTER + words) == []
    came = "In 2018, HMICFRS inspected the control room. We found that logs were lost."
    assert texts(CHAPTER + came) == []


def test_after_praise_a_contrast_finds_fault_though_no_word_of_it_does() -> None:
    words = "Vans are clean and new. Bicycles, by contrast, date from 1987."
    assert texts(CHAPTER + words) == ["Bicycles, by contrast, date from 1987."]
    after_fault = "Vans are not serviced. Bicycles, by contrast, are kept in the yard."
    assert texts(CHAPTER + after_fault) == ["Vans are not serviced."]


def test_a_list_that_ends_a_critical_sentence_is_one_point_with_its_parts() -> None:
    (issue,) = harvest(
        CHAPTER + "We found that call handlers do not:\n\n- ask who is at home; or\n- log what they hear.\n"
    )
    assert issue.text == "We found that call handlers do not:"
    assert issue.parts == ("ask who is at home; or", "log what they hear.")
    assert len(issue.citations) == 3


def test_a_list_of_whole_sentences_under_critical_words_is_one_point_each() -> None:
    listed = "But these weaknesses remain:\n\n- Vans stand idle.\n- Radios fail at night.\n"
    assert texts(CHAPTER + listed) == ["Vans stand idle.", "Radios fail at night."]


def test_a_list_of_what_ought_to_be_is_none() -> None:
    assert (
        texts(CHAPTER + "The force should make sure that:\n\n- no call is lost; and\n- delays are logged.\n") == []
    )


def test_a_labelled_finding_is_not_found_again_but_what_explains_it_is_prose() -> None:
    text = (
        "# Responding to the public\n\nAdequate\n\n## Area for improvement\n\n"
        "### The force should answer calls more quickly\n\nCalls are abandoned too often.\n\n"
        "## Main findings\n\nThe control room is calm. Calls are abandoned too often.\n"
    )
    (issue,) = harvest(text)
    assert (issue.text, issue.parent) == (
        "Calls are abandoned too often.",
        "The force should answer calls more quickly",
    )


def test_a_point_names_the_area_for_improvement_that_says_the_same() -> None:
    text = (
        "# Responding to the public\n\nAdequate\n\n## Area for improvement\n\n"
        "### The force should review abandoned calls each week\n\nThis was not done.\n\n"
        "## Main findings\n\nAbandoned calls go unreviewed for weeks. Vans stand idle and unused.\n"
    )
    found = {issue.text: issue.parent for issue in harvest(text)}
    assert found == {
        "This was not done.": "The force should review abandoned calls each week",
        "Abandoned calls go unreviewed for weeks.": "The force should review abandoned calls each week",
        "Vans stand idle and unused.": "",
    }


def test_what_is_said_in_the_summary_and_in_its_chapter_is_one_issue_of_the_chapter() -> None:
    text = (
        "# Overall summary\n\nThe force does not call back those who abandon calls to its control room.\n\n"
        + CHAPTER
        + "Calls are answered. It doesn't call back people who abandon calls to the control room.\n"
    )
    (issue,) = harvest(text)
    assert issue.area == "responding-to-the-public"
    assert [citation.line for citation in issue.citations] == [11, 3]
    assert issue.text.startswith("It doesn't")


def test_two_chapters_may_say_alike_of_two_things() -> None:
    text = CHAPTER + "Supervisors do not read the logs of the night shift.\n\n"
    text += "# Investigating crime\n\nGood\n\n## Main findings\n\n"
    text += "Supervisors do not read the files of the fraud squad.\n"
    assert [issue.area for issue in harvest(text)] == ["responding-to-the-public", "investigating-crime"]


def test_a_heading_is_no_sentence_of_prose() -> None:
    text = CHAPTER + "### The force is slow to answer calls\n\nVans are new.\n\n"
    text += "### The force needs to improve its logs\n\n"
    assert texts(text + "Logs are fine.\n") == []
    assert texts(text + "Entries are missing.\n") == ["Entries are missing."]


@pytest.mark.parametrize(
    "head", ["About the data", "Methodology", "Annex B: How we inspect", "Glossary", "Important changes to PEEL"]
)
def test_parts_about_the_inspection_are_not_read(head: str) -> None:
    assert texts(f"# {head}\n\nThe force did not send us all of its figures. Delays are long.\n") == []


def test_in_an_introduction_only_what_names_the_force_counts() -> None:
    text = "# Introduction\n\nToo many crimes are never solved. Calder Vale Police has too few detectives.\n"
    assert texts(text) == ["Calder Vale Police has too few detectives."]


def test_a_grade_in_words_is_a_judgment_and_no_issue() -> None:
    text = (
        "# Responding to the public\n\nRequires improvement\n\nCalder Vale Police requires improvement at this.\n"
    )
    assert texts(text) == []


def test_practice_held_up_to_others_is_not_read() -> None:
    text = (
        CHAPTER.replace("Main findings", "Innovative practice")
        + "### A new rota\n\nNights had been short of staff.\n"
    )
    assert texts(text) == []


def test_a_number_before_a_paragraph_is_no_part_of_its_words() -> None:
    assert texts(CHAPTER + "3.14 Entries are missing from the log of each cell.") == [
        "Entries are missing from the log of each cell."
    ]


def test_a_national_report_says_that_it_speaks_of_forces_in_general() -> None:
    text = (
        "# Findings\n\nMost forces fail to record drones. Forces lack pilots. Calder Vale Police has no drones.\n"
    )
    found = {issue.text: issue.doubt for issue in harvest(text, "thematic")}
    assert found == {
        "Most forces fail to record drones.": GENERAL,
        "Forces lack pilots.": GENERAL,
        "Calder Vale Police has no drones.": "",
    }


HMIC = """Neighbourhood Policing

GRADE FAIR

National contextual factors

Few areas had a team at the start of the programme.

Contextual factors

The force has 30 teams. Four of them have no sergeant.

Strengths

- Teams are popular. However, they are often taken away from their beats.
- The scheme is sound.

Work in progress

- A survey is planned. No date has been set for it.

Areas for improvement

- Leaflets are not translated.
"""


def test_in_a_report_of_2007_context_strengths_and_work_in_progress_are_read() -> None:
    assert texts(HMIC, "hmic-2007") == [
        "Four of them have no sergeant.",
        "However, they are often taken away from their beats.",
        "No date has been set for it.",
    ]
    assert {issue.area for issue in harvest(HMIC, "hmic-2007")} == {"neighbourhood-policing"}


def test_reading_again_makes_the_same_issues() -> None:
    assert harvest(HMIC, "hmic-2007") == harvest(HMIC, "hmic-2007")


def test_a_report_that_repeats_itself_a_thousand_times_costs_no_square() -> None:
    """No clock is asserted on: with a comparison of each with each this test would take minutes."""
    paragraphs = (f"Unit {n} of the force does not log visit {n} to place {n}." for n in range(2000))
    started = time.process_time()
    assert len(harvest(CHAPTER + "\n\n".join(paragraphs))) > 1500
    assert time.process_time() > started


def test_a_report_without_prose_has_no_issues() -> None:
    _, reading = read_report("# Contents\n\nInvestigating crime 3\n")
    assert findings(reading, "issue_of_concern") == []


FOREWORD = """# Who looks for them

## Foreword

Forces had 300,000 reports last year. Too often they were treated as a bother.

Most calls came by night. Some callers do not give a name.
"""


def test_a_foreword_on_forces_in_general_criticises_where_it_is_hard() -> None:
    assert texts(FOREWORD, "thematic") == ["Too often they were treated as a bother."]


def test_what_a_sign_in_a_table_stands_for_is_no_criticism() -> None:
    assert texts(CHAPTER + "n/k: not known.\n\nThe times are not known.\n") == ["The times are not known."]


def test_what_is_only_announced_is_no_criticism_though_it_turns() -> None:
    said = "The force does much of this well. But there are areas in which it needs to improve."
    assert texts(CHAPTER + said + " These are the findings I consider most important.\n") == []


def test_what_is_to_be_expected_of_a_suite_is_no_criticism_of_it() -> None:
    text = """# Section 2. At the gate

### Expected outcomes

*Children are not brought here if there is another way.*

Nobody waits for long.

### What we saw

Not all knew the way in.
"""
    assert texts(text, "police-custody") == ["Not all knew the way in."]


def test_what_follows_the_list_of_an_area_for_improvement_is_read_for_criticism() -> None:
    text = """# Responding to the public

Adequate

### Area for improvement

The force should improve its answers so as to make sure that:

- calls are heard; and
- they are answered.

We read 40 logs. In two cases, we found that the answer was weak.
"""
    (issue,) = harvest(text)
    assert issue.text == "In two cases, we found that the answer was weak."
    (area,) = findings(read_report(text)[1], "area_for_improvement")
    assert "40 logs" not in area.text
