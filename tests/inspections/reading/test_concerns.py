"""Which criticisms does a report make, and where does each end?"""

from __future__ import annotations

import datetime as dt

from tests.inspections.reading.reports import findings, read_report, reasons

CONCERN = """# Investigating crime

Inadequate

## Cause of concern

### The force does not look for evidence

Nobody went to half of the scenes.

## Recommendations

Within three months, Calder Vale Police should:

- go to every scene; and
- record what was found.

By 1 May 2024, the force should report on it.

Detectives told us of their pride in the work.
"""


def test_a_cause_of_concern_has_its_recommendations() -> None:
    _, reading = read_report(CONCERN)
    (concern,) = findings(reading, "cause_of_concern")
    first, second = findings(reading, "recommendation")
    assert (concern.area, concern.title) == ("investigating-crime", "The force does not look for evidence")
    assert concern.text == "Nobody went to half of the scenes."
    assert first.parts == ("go to every scene; and", "record what was found.")
    assert first.deadline is not None
    assert first.deadline.months == 3
    assert second.deadline is not None
    assert second.deadline.date == dt.date(2024, 5, 1)
    assert {first.parent, second.parent} == {concern.title}


def test_narrative_after_the_recommendations_is_no_recommendation() -> None:
    _, reading = read_report(CONCERN)
    assert not any("pride" in f.text for f in findings(reading, "recommendation"))


def test_a_cause_of_concern_without_a_recommendation_is_reported() -> None:
    document, reading = read_report(CONCERN.split("## Recommendations")[0])
    (unread,) = (u for u in reading.unread if "no recommendation" in u.reason)
    assert all(document.verify(citation) for citation in unread.citations)


def test_two_causes_of_concern_under_one_head() -> None:
    text = """# Causes of concern

## The force fails missing children

It is slow.

## Recommendations

Within one month, the force should be quicker.

## The force doesn't keep records

It has none.

## Recommendations

The force should immediately keep records.
"""
    _, reading = read_report(text)
    assert [f.title for f in findings(reading, "cause_of_concern")] == [
        "The force fails missing children",
        "The force doesn't keep records",
    ]
    assert [f.parent for f in findings(reading, "recommendation")] == [
        "The force fails missing children",
        "The force doesn't keep records",
    ]


def test_what_a_cause_of_concern_is_makes_no_finding() -> None:
    text = """## Causes of concern

A cause of concern is a serious, critical or systemic shortcoming, and always comes with advice.

## Areas for improvement

An area for improvement is something that falls short of the expected standard.
"""
    _, reading = read_report(text)
    assert reading.facts == ()
    assert reasons(reading) == []


def test_there_are_none() -> None:
    text = "# Responding to the public\n\nGood\n\n## Areas for improvement\n\nWe have not identified any.\n"
    _, reading = read_report(text)
    assert findings(reading, "area_for_improvement") == []


def test_what_an_earlier_inspection_found_is_not_new() -> None:
    text = """# Investigating crime

Good

## Progress against previous areas for improvement

- The force should plan its investigations.

## Main findings

### The force plans its investigations

In our last inspection we set an area for improvement: the force should plan its investigations. It does.
"""
    _, reading = read_report(text)
    assert findings(reading, "area_for_improvement") == []
    assert any("earlier inspection" in reason for reason in reasons(reading))


def test_bullets_under_a_stub_are_one_each_and_bullets_under_a_title_are_parts() -> None:
    text = """## Areas for improvement

The force should:

- answer the telephone;
- open its doors.

## Main findings

### The force listens

It does.

## Area for improvement

**The force should look after its buildings**

It should:

- mend the roof; and
- paint the doors.
"""
    _, reading = read_report(text)
    first, second, third = findings(reading, "area_for_improvement")
    assert first.text == "The force should:\n\nanswer the telephone;"
    assert second.text.endswith("open its doors.")
    assert third.title == "The force should look after its buildings"
    assert third.parts == ("mend the roof; and", "paint the doors.")


def test_topics_after_a_bulleted_list_end_it() -> None:
    text = """## Areas for improvement

- The force should plan ahead.

We set out our findings below.

### Understanding demand

The force should be proud of its analysts.
"""
    _, reading = read_report(text)
    assert [f.text for f in findings(reading, "area_for_improvement")] == ["The force should plan ahead."]


def test_an_explanation_sets_no_deadline() -> None:
    text = """## Area for improvement

### The force should review its lists

We found gaps. It responded immediately, and within two months it had read them all.
"""
    _, reading = read_report(text)
    (found,) = findings(reading, "area_for_improvement")
    assert found.deadline is None


def test_a_finding_printed_twice_is_one_with_two_citations() -> None:
    text = """## Areas for improvement

- The force should plan ahead.

# Annex: Areas for improvement

- The force should plan ahead.
"""
    _, reading = read_report(text)
    (found,) = findings(reading, "area_for_improvement")
    assert len(found.citations) == 2


def test_findings_stand_in_the_rows_of_a_register() -> None:
    text = """| Ref | Type | Area | Finding | Deadline |
|---|---|---|---|---|
| C1 | Cause of concern | Investigating crime | The force does not look for evidence. | |
| C1a | Recommendation | Investigating crime | The force should look for evidence. | 1 May 2024 |
| A1 | AFI | Preventing crime | The force should plan ahead. | Within three months |
"""
    _, reading = read_report(text)
    (advice,) = findings(reading, "recommendation")
    (improvement,) = findings(reading, "area_for_improvement")
    assert (advice.number, advice.area, advice.parent) == (
        "C1a", "investigating-crime", "The force does not look for evidence.",
    )  # fmt: skip
    assert advice.deadline is not None
    assert advice.deadline.date == dt.date(2024, 5, 1)
    assert improvement.area == "preventing-crime"
    assert improvement.deadline is not None
    assert improvement.deadline.months == 3


def test_a_head_that_runs_into_its_words_is_a_head() -> None:
    text = """**Cause of concern:** The force is too slow. Recommendation: by 31 May 2025, the force should hurry.

**Area for improvement 2:** The force should keep its appointments.
"""
    _, reading = read_report(text)
    (concern,) = findings(reading, "cause_of_concern")
    (advice,) = findings(reading, "recommendation")
    (improvement,) = findings(reading, "area_for_improvement")
    assert (concern.text, advice.parent) == ("The force is too slow.", "The force is too slow.")
    assert advice.text == "by 31 May 2025, the force should hurry."
    assert (improvement.number, improvement.text) == ("2", "The force should keep its appointments.")


def test_what_is_recommended_in_the_narrative_is_read_and_what_was_recommended_is_not() -> None:
    text = """# Custody

In 2019 we recommended that the force should clean its cells.

We recommend that, within three months, Calder Vale Police:

- cleans its cells.
"""
    _, reading = read_report(text)
    (advice,) = findings(reading, "recommendation")
    assert advice.parts == ("cleans its cells.",)


def test_a_head_may_say_to_whom_or_which_numbers_it_holds() -> None:
    text = """# Recommendations

## Recommendation 1 (to chief constables)

By 31 March 2026, chief constables should count their visits.

## Recommendations 2 and 3

From 1 January 2026, all forces should publish what they count.

By 30 June 2026, the College of Policing should say how.
"""
    found = findings(read_report(text)[1], "recommendation")
    assert [(each.number, each.text.split(",")[0]) for each in found] == [
        ("1", "By 31 March 2026"),
        ("", "From 1 January 2026"),
        ("", "By 30 June 2026"),
    ]


def test_a_chapter_after_an_area_for_improvement_is_no_other() -> None:
    text = """# Leadership

## Area for improvement

The force should improve its counting.

### Section 2. Before the door

Officers knew enough. They were told at each briefing.
"""
    (found,) = findings(read_report(text)[1], "area_for_improvement")
    assert found.text == "The force should improve its counting."


def test_what_a_letter_is_about_is_no_concern_of_its_own() -> None:
    text = """# Causes of concern: early notice

Dear Chief Constable,

I write to tell you of one matter before the report.

## Cause of concern

The force does not answer in time.

## Recommendation

Within one month, the force should make a plan.
"""
    (found,) = findings(read_report(text)[1], "cause_of_concern")
    assert found.text == "The force does not answer in time."
