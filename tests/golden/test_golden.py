"""Is each golden inspection report read as expected, and every quote found on its page?"""

from __future__ import annotations

import pytest
from tests.golden.documents import GoldenDocument, find_faults, golden_documents, matches


@pytest.mark.parametrize("golden", golden_documents(), ids=lambda golden: golden.name)
def test_a_golden_report_is_read_as_expected(golden: GoldenDocument) -> None:
    assert find_faults(golden) == []


def test_an_expectation_is_met_by_what_contains_it() -> None:
    found = {"title": "The force should listen", "deadline": {"months": 3}, "parts": ["a", "b"]}
    assert matches({"title~": "should LISTEN", "deadline.months": 3, "parts#": 2}, found)
    assert not matches({"deadline": None}, found)
    assert not matches({"parts#": 3}, found)
