"""Is a mention's criticism that of the force, and not of another in the same sentence?"""

from __future__ import annotations

import pytest
from tests.inspections.reading.about_reports import mentions_in

from bluelamp.inspections.reading.criticism_sentences import strength_order

REPORT = "# Out of hours\n\nAn inspection by HMICFRS\n\n## Nights\n\n"


def critical(sentence: str) -> str | None:
    (found,) = mentions_in(REPORT + sentence + "\n")
    return found.critical


@pytest.mark.parametrize(
    "sentence",
    [
        "Calder Vale Police does not understand its demand.",
        "Call handlers in Calder Vale had not been trained.",
        "Elmshire answers well, but Calder Vale Police does not understand its demand.",
        "Calder Vale and Elmshire had no plan for the night.",
    ],
)
def test_what_criticises_the_force_has_a_strength(sentence: str) -> None:
    assert critical(sentence) in strength_order()


@pytest.mark.parametrize(
    "sentence",
    [
        "Calder Vale Police answers every call well.",
        "Unlike Calder Vale, Elmshire does not understand its demand.",
        "Elmshire does not understand its demand, but Calder Vale Police does.",
        "We visited Calder Vale Police and Elmshire Constabulary.",
    ],
)
def test_what_praises_or_criticises_another_has_none(sentence: str) -> None:
    assert critical(sentence) is None


def test_a_sentence_under_a_forces_name_and_a_cell_are_judged_too() -> None:
    text = (
        "## Calder Vale\n\nThe force does not understand its demand.\n\n| Force | Found |\n|---|---|\n"
        "| Elmshire | Good |\n| Calder Vale | Call handlers had not been trained for the night at all. |\n"
    )
    assert all(each.critical for each in mentions_in(REPORT + text))


def test_a_recommendation_to_all_criticises_nobody() -> None:
    assert critical("All forces should understand their demand, which is poor.") is None
