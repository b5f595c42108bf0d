"""A figure that one row prints for two periods."""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.repeats import check_repeats

pytestmark = pytest.mark.no_database

HEAD = "Suite | Q1 detentions | Q1 cost £ | Q2 detentions | Q2 cost £"
CENTRAL = "Central | 2,210 | 618,244 | 2,315 | 655,145"
QUAYSIDE = "Quayside | 809 | 290,431 | 832 | 299,520"


def test_a_cost_that_stood_still_while_what_it_is_of_moved() -> None:
    text = table(HEAD, CENTRAL, "Marl Street | 1,154 | 371,588 | 1,162 | 371,588", QUAYSIDE)
    found = wrong(check(check_repeats, text))
    assert len(found) == 1
    assert "371,588" in found[0].message


@pytest.mark.parametrize(
    "row",
    [
        "Marl Street | 1,154 | 371,588 | 1,154 | 371,588",  # nothing moved
        "Marl Street | 1,154 | 370,000 | 1,162 | 370,000",  # a round sum may stand still
        "Marl Street | 1,154 | 371,588 | 1,162 | 372,588",
    ],
)
def test_a_cost_that_may_stand_as_it_does(row: str) -> None:
    assert not wrong(check(check_repeats, table(HEAD, CENTRAL, row, QUAYSIDE)))


def test_a_budget_that_was_not_revised_is_no_repeat() -> None:
    rows = [
        "Base budget | Revised budget | Spend",
        "Pay | 48,212 | 48,212 | 48,100",
        "Other | 6,115 | 6,240 | 6,240",
    ]
    assert not wrong(check(check_repeats, table("Heading | " + rows[0], *rows[1:])))
