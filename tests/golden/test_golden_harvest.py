"""Are the criticisms of reports that the rules were not written from found, and no others?"""

from __future__ import annotations

import pytest
from tests.golden.documents import find_faults
from tests.golden.harvested import HarvestDocument, Tally, harvest_documents, tally_all, tally_first

LEAST = 0.80


def test_four_in_five_criticisms_are_found_and_four_in_five_that_are_proposed_are_criticisms() -> None:
    tally = tally_all()
    assert tally.recall >= LEAST, tally.missed
    assert tally.precision >= LEAST, tally.invented


def test_the_reports_that_no_rule_was_changed_for_do_no_worse() -> None:
    tally = tally_all(unseen=True)
    assert len(tally.found) + len(tally.missed) >= 25
    assert tally.recall >= LEAST, tally.missed
    assert tally.precision >= LEAST, tally.invented


@pytest.mark.parametrize("golden", harvest_documents(), ids=lambda golden: golden.name)
def test_area_parent_and_citations_are_as_expected(golden: HarvestDocument) -> None:
    assert find_faults(golden) == []


@pytest.mark.parametrize("golden", harvest_documents(), ids=lambda golden: golden.name)
def test_every_marked_sentence_stands_in_the_report(golden: HarvestDocument) -> None:
    """A mark on words that the reader joins or cuts otherwise would count as missed whatever the rules do."""
    assert golden.marks_astray == []


def test_a_tally_counts_shares_and_adds_up() -> None:
    one, other = Tally(("a", "b", "c"), ("d",), ()), Tally(("e",), (), ("f", "g"))
    both = one + other
    assert (one.recall, one.precision) == (0.75, 1.0)
    assert (both.recall, both.precision) == (0.8, 4 / 6)
    assert Tally().recall == 0.0


def test_what_was_found_at_the_first_reading_is_kept_beside_each_report() -> None:
    first = tally_first()
    assert first.found > 0
    assert first.read == len(harvest_documents())
