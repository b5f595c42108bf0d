"""Is a demand on every force told from one on somebody else, a standard, and what was once recommended?"""

from __future__ import annotations

import pytest
from tests.inspections.reading.about_reports import mentions_in

from bluelamp.inspections.reading.about_demands import CONDITIONAL, addresses_all


@pytest.mark.parametrize(
    "text",
    [
        "All forces should review their stores.",
        "By 31 March 2027, chief constables should audit every store.",
        "With immediate effect, chief constables should make sure that it is done.",
        "Recommendation 3: Within three months, all chief constables should act.",
        "The Home Office, the College of Policing and chief constables should agree a standard.",
        "Chief constables, working with the College of Policing, should act.",
        "Working with the NPCC lead, chief constables should act.",
        "Every force should have a plan.",
        "Each chief constable should appoint a lead.",
        "We recommend that all forces review their plans.",
        "We recommend that, by 1 September 2027, chief constables review their plans.",
        "We expect all forces to act.",
        "Chief constables of all forces should act.",
        "Chief constables should, by 31 March, act.",
        "Most forces are good, but all forces should learn from this.",
        "All 43 forces should act.",
        "Senior officers in all forces should know.",
        "It is vital that all forces should act.",
        "All forces’ control rooms should mark repeat callers.",
        "All forces need to act on this report.",
    ],
)
def test_a_demand_on_every_force_is_found(text: str) -> None:
    addressed = addresses_all(text)
    assert addressed is not None
    assert addressed.strong


@pytest.mark.parametrize(
    "text",
    [
        "The College of Policing should, in consultation with chief constables, act.",
        "The NPCC lead, with chief constables, should act.",
        "In consultation with chief constables, the Home Office should act.",
        "The NPCC lead for forces should act.",
        "The chief constable should act.",
        "The force should act.",
        "The forces we inspected should act.",
        "These forces should act.",
        "Some forces should do more.",
        "All five forces should act.",
        "Chief constables of the 12 forces should act.",
        "Nottinghamshire Police should act.",
        "Police and crime commissioners should hold chief constables to account.",
        "In our 2016 report, we recommended that all forces should act.",
        "The Code of Practice says that all forces should act.",
        "Under the rules, all forces should record within a day.",
        "Should all forces act?",
        "All forces should have been told by now.",
        "We do not say that all forces should buy it.",
        "It is not clear how forces should act.",
        "All forces have a plan.",
        "",
    ],
)
def test_a_demand_on_somebody_else_or_of_another_day_is_not(text: str) -> None:
    assert addresses_all(text) is None


def test_a_demand_on_forces_of_which_something_holds_is_in_doubt() -> None:
    addressed = addresses_all("By 1 May 2027, chief constables of forces without a plan should write one.")
    assert addressed is not None
    assert addressed.doubt == CONDITIONAL


def demands_in(text: str) -> list[str]:
    return [mention.text for mention in mentions_in(text) if mention.nature == "recommendation_to_all"]


REPORT = "# Out of hours\n\nAn inspection by HMICFRS\n\n"


def test_forces_should_have_states_a_standard_and_forces_should_review_asks_for_a_change() -> None:
    assert demands_in(f"{REPORT}## Calls\n\nForces should have a policy on calls. They vary.\n") == []
    assert demands_in(f"{REPORT}## Calls\n\nForces should review how they answer.\n") == [
        "Forces should review how they answer."
    ]


def test_under_a_heading_of_standards_nothing_is_demanded() -> None:
    assert demands_in(f"{REPORT}## What good looks like\n\nAll forces should answer at once.\n") == []


def test_a_recommendation_printed_twice_is_one_with_both_places() -> None:
    again = "By 30 April 2027, chief constables should answer the telephone at night."
    text = f"{REPORT}## Recommendations\n\n### Recommendation 1\n\n{again}\n\n## Nights\n\nIt rings. {again}\n"
    (mention,) = [each for each in mentions_in(text) if each.nature == "recommendation_to_all"]
    assert mention.number == "1"
    assert [citation.line for citation in mention.citations] == [9, 13]
    assert mention.section == "Recommendations"


def test_the_parts_of_a_demand_belong_to_it() -> None:
    text = f"{REPORT}## Nights\n\nAll forces should:\n\n- answer;\n- listen; and\n- write it down.\n\nMost do.\n"
    assert demands_in(text) == ["All forces should: answer; listen; and write it down."]


def test_a_recommendation_to_somebody_else_is_not_everybodys() -> None:
    text = (
        f"{REPORT}## Recommendations\n\n### Recommendation 1\n\nBy 1 May 2027, the Home Office should pay.\n\n"
        "### Recommendation 2\n\nImmediately, chief constables should say what it costs.\n"
    )
    assert demands_in(text) == ["Immediately, chief constables should say what it costs."]


def test_under_a_heading_that_says_whom_it_is_for_an_order_is_a_demand() -> None:
    text = (
        f"{REPORT}## Recommendations for chief constables\n\n1. By 1 May 2027, review every certificate.\n"
        "2. Train licensing staff.\n3. The Home Office should raise the fee.\n\n## Recommendations for others\n\n"
        "1. Train licensing staff elsewhere.\n"
    )
    found = [each for each in mentions_in(text) if each.nature == "recommendation_to_all"]
    assert [(each.number, each.text) for each in found] == [
        ("1", "By 1 May 2027, review every certificate."),
        ("2", "Train licensing staff."),
    ]


def test_a_table_of_recommendations_says_whom_each_is_for_and_by_when() -> None:
    text = (
        f"{REPORT}## Summary of recommendations\n\n| No. | Recommendation | Owner | When |\n|---|---|---|---|\n"
        "| 1 | Review every certificate that is held | Chief constables | 1 May 2027 |\n"
        "| 2 | Set a national standard for checks | Home Office | 1 May 2027 |\n"
        "| 3 | All forces should count the guns in stations | | Immediately |\n"
    )
    found = [each for each in mentions_in(text) if each.nature == "recommendation_to_all"]
    assert [each.number for each in found] == ["1", "3"]
    assert found[0].deadline is not None
    assert (found[0].deadline.printed, found[0].deadline.rule) == ("1 May 2027", "date")


def test_a_table_repeats_what_the_text_recommends() -> None:
    text = (
        f"{REPORT}## Recommendations\n\n### Recommendation 1\n\nBy 1 May 2027, chief constables should count their"
        " guns.\n\n## Annex\n\n| Recommendation | By |\n|---|---|\n"
        "| Chief constables should count their guns. | 1 May 2027 |\n"
    )
    (found,) = [each for each in mentions_in(text) if each.nature == "recommendation_to_all"]
    assert len(found.citations) == 2
