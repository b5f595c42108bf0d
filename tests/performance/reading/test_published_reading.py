"""Are the tables that other forces publish read to the cell? Twenty-two fictional styles, in each of their forms.

Measured on 21 November 2026, each batch before any rule was changed for it (a row whose name was not told apart
from its code counts as nothing): of the first twelve 53.0% of what is told was read, and 63.9% of what was read
was so; of six more, 31.8% and 37.9%; of four more, one of which holds no indicators, 38.4% and 57.1%. What is
asked now is everything, and nothing more.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.performance.reading.published_tables import Case, find_cases, measure, read_rows

CASES = find_cases()


@pytest.mark.parametrize(
    ("case", "form"),
    [pytest.param(case, form, id=f"{case.name}-{form}") for case in CASES for form in case.forms],
)
def test_a_published_table_is_read_whole_and_nothing_is_added(case: Case, form: str) -> None:
    expected, read = measure(case, form)
    assert sorted(expected - read) == []
    assert sorted(read - expected) == []


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_every_row_is_cited(case: Case) -> None:
    rows = read_rows(case, case.forms[0])  # none, of a paper without indicators
    assert len(rows) == len(case.rows)
    assert all(row.citations and all(citation.quote for citation in row.citations) for row in rows)


def test_fewer_than_five_is_an_interval() -> None:
    (case,) = (case for case in CASES if case.name == "ketterby-marks")
    (homicides,) = (row for row in read_rows(case, "md") if row.name == "Homicides")
    last = homicides.periods[-1].value
    assert last.low is not None
    assert last.low < Decimal(5)
    assert last.high is not None
    assert last.high <= Decimal(5)


def test_a_fall_in_seconds_keeps_its_sign() -> None:
    (case,) = (case for case in CASES if case.name == "lindle-contact")
    (row, *_) = read_rows(case, "md")
    change = row.change_actual
    assert change is not None
    assert change.unit == "seconds"
    assert (change.low, change.value, change.high) == (Decimal("-6.5"), Decimal(-6), Decimal("-5.5"))
