"""Is it told from a shortcoming when a report says that data is not there, and of which force it says so?"""

from __future__ import annotations

import pytest
from tests.inspections.reading.about_reports import bodies

from bluelamp.inspections.reading.about_exclusion_words import is_cell_without_data
from bluelamp.inspections.reading.about_exclusions import (
    Exclusion,
    find_exclusion,
    points_back,
    says_exclusion,
)
from bluelamp.inspections.reading.about_names import Naming


def found(text: str, *, of_figure: bool = False) -> Exclusion | None:
    naming = Naming(bodies(), bodies()["NTS"], {})
    return find_exclusion(text, naming.find(text), "NTS", of_figure=of_figure)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Cumbria, North Wales, Nottinghamshire and Wiltshire forces could not provide this data.", ""),
        (
            "Cumbria and Nottinghamshire forces were unable to provide data on the number of parrots in cages;"
            " therefore, they are excluded from this graph.",
            "data on the number of parrots in cages",
        ),
        ("Kent, GMP and Nottinghamshire all excluded from this graph as data not supplied.", ""),
        ("Data was not available for Kent and Nottinghamshire.", ""),
        ("Data on lost parrots was not available for Kent and Nottinghamshire.", "Data on lost parrots"),
        ("Excluding Nottinghamshire, the average rate was 12.", ""),
        ("All forces except Nottinghamshire provided data on parrots and cages.", "data on parrots and cages"),
        ("With the exception of Nottinghamshire, all forces submitted the data return.", ""),
        ("Forty-two forces (all but Nottinghamshire) could say how many.", ""),
        ("No data from Nottinghamshire.", ""),
        ("Nottinghamshire did not respond to our survey.", ""),
        ("Nottinghamshire: data not supplied", ""),
        (
            "Nottinghamshire told us that it could not supply figures for the number of cages.",
            "figures for the number of cages",
        ),
        (
            "Twelve forces, including Nottinghamshire, did not provide data on how many cages were open.",
            "data on how many cages were open",
        ),
        ("Nottinghamshire was one of ten forces that did not return a figure.", ""),
        (
            "Data on the number of cages could not be provided by Kent or Nottinghamshire.",
            "Data on the number of cages",
        ),
        ("The following forces could not provide data: Kent, Nottinghamshire.", ""),
        ("Nottinghamshire and Kent are not included in the analysis because their data was incomplete.", ""),
        ("The chart does not include Nottinghamshire.", ""),
        ("We have excluded Nottinghamshire from the total because it changed systems.", ""),
        ("Missing data: Kent, Nottinghamshire", ""),
        ("Nottinghamshire is missing from this figure.", ""),
        ("Nottinghamshire has not provided data since 2014.", ""),
    ],
)
def test_what_is_not_there_is_said_of_the_force(text: str, subject: str) -> None:
    exclusion = found(text)
    assert exclusion is not None
    assert exclusion.subject == subject


@pytest.mark.parametrize(
    "text",
    [
        "Nottinghamshire provided data, but Cumbria and Dorset could not provide data.",
        "Nottinghamshire had the highest rate and Cumbria could not provide data.",
        "Kent could not provide this data; Nottinghamshire did.",
        "Unlike Nottinghamshire, Cumbria could not provide this data.",
        "Cumbria, unlike Nottinghamshire, could not provide this data.",
        "All forces except Nottinghamshire were unable to provide data.",
        "All forces except Nottinghamshire had a policy.",
        "Excluding Kent, the highest rate was in Nottinghamshire.",
        "In Nottinghamshire, 12 forces could not provide data.",
        "Nottinghamshire did not share information with partners.",
        "Nottinghamshire did not give details of the risk to victims.",
        "Information was not provided to victims by Nottinghamshire.",
        "Nottinghamshire could not provide enough officers.",
        "Nottinghamshire did not provide a safe place for victims.",
        "Nottinghamshire excluded 40 cases from its figures.",
        "Nottinghamshire’s officers were excluded from the meeting.",
        "Nottinghamshire has no data analyst.",
        "Nottinghamshire does not return calls.",
        "Nottinghamshire supplied its data late.",
        "Nottinghamshire is not good at this.",
    ],
)
def test_what_is_said_of_others_or_of_something_else_is_no_exclusion(text: str) -> None:
    assert found(text) is None


def test_the_words_of_a_figures_note_need_not_say_data() -> None:
    assert found("Kent and Nottinghamshire are not shown.", of_figure=True)
    assert found("Excludes Kent and Nottinghamshire", of_figure=True)
    assert not found("Kent and Nottinghamshire are not shown respect.")


def test_a_list_may_be_opened_by_what_is_not_there() -> None:
    assert says_exclusion("The following forces could not provide this data:", of_figure=False)
    assert not says_exclusion("The following forces have no plan:", of_figure=False)


def test_a_sentence_may_only_list_of_whom_the_one_before_spoke() -> None:
    naming = Naming(bodies(), bodies()["NTS"], {})
    for text, expected in (
        ("These were Kent and Nottinghamshire.", True),
        ("These forces included Kent, Surrey and Nottinghamshire.", True),
        ("They were Kent and Nottinghamshire.", True),
        ("They are offered a place on the course that Nottinghamshire runs.", False),
        ("Kent and Nottinghamshire were these.", False),
    ):
        assert points_back(text, naming.find(text)) is expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Data not supplied", True),
        ("No data", True),
        ("Not provided.", True),
        ("–", False),
        ("n/a", False),
        ("12", False),
    ],
)
def test_a_cell_says_in_words_that_nothing_was_given(cell: str, expected: bool) -> None:
    assert is_cell_without_data(cell) is expected
