"""Is a row held to the periods that it is the sum of, and to what other names of a whole stand for?"""

from __future__ import annotations

import pytest
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.casts import check_casts
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database

QUARTERS = ("Quarter | Logged | Average days", "Q1 | 298 | 61", "Q2 | 321 | 66", "Q3 | 304 | 72", "Q4 | 325 | 70")
MONTHS = ("Month | Calls | Answered", "April | 100 | 90", "May | 110 | 99", "June | 120 | 108")
PLACES = (
    "District | Logged | Told",
    "Kelp | 298 | 409",
    "Marsh | 321 | 452",
    "Cove | 304 | 418",
    "Dune | 325 | 452",
)


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        ((*QUARTERS, "Year | 1,248 | 67"), []),
        ((*QUARTERS, "Year | 1,258 | 67"), [Verdict.CONTRADICTION]),
        ((*QUARTERS, "Full year 2031/32 | 1,258 | 67"), [Verdict.CONTRADICTION]),
        ((*QUARTERS, "Year | 325 | 67"), []),  # what stood at its end
        ((*QUARTERS, "Year | 312 | 67"), []),  # their average
        ((*QUARTERS[:4], "Year | 1,258 | 67"), []),  # of three quarters nobody knows the fourth
        ((*QUARTERS, "Last year | 1,258 | 67"), []),
        ((*MONTHS, "Quarter 1 | 340 | 297"), [Verdict.CONTRADICTION]),
        ((*MONTHS, "Q1 2031/32 | 330 | 297"), []),
        ((*MONTHS[:3], "Quarter 1 | 340 | 297"), []),
        ((*MONTHS, "Quarter 2 | 340 | 297"), [Verdict.CONTRADICTION]),
        ((*PLACES, "All districts | 1,258 | 1,731"), [Verdict.CONTRADICTION]),
        ((*PLACES, "All districts | 1,248 | 1,731"), []),
        ((*PLACES, "All other districts | 1,258 | 1,731"), []),
        # what its districts may not be all of is doubted, and only where it adds up elsewhere
        ((*PLACES, "County | 1,258 | 1,731"), [Verdict.SUSPECT]),
        ((*PLACES, "County | 1,258 | 1,741"), []),
        ((PLACES[0], "City | 600 | 800", *PLACES[1:], "Total | 1,848 | 2,531"), []),
    ],
)  # fmt: skip
def test_a_sum_by_another_name(rows: tuple[str, ...], verdicts: list[Verdict]) -> None:
    assert [each.verdict for each in wrong(check(check_casts, table(*rows)))] == verdicts


GRANTS = ("Provider | Award £ | People", "Kelp | 128,000 | 320", "Marsh | 90,000 | 450", "Cove | 65,000 | 130")


@pytest.mark.parametrize("none", ["n/a", "–", "N/A"])
@pytest.mark.parametrize(
    ("total", "verdicts"),
    [
        ("910", [Verdict.SUSPECT]),  # ten more than what is printed: hardly what is not
        ("950", []),  # it may be the fifty that are not printed
        ("900", []),
        ("890", [Verdict.CONTRADICTION]),  # too small to hold the parts
    ],
)
def test_a_figure_that_is_not_printed(none: str, total: str, verdicts: list[Verdict]) -> None:
    rows = (*GRANTS, f"Dune | 15,000 | {none}", f"Total | 298,000 | {total}")
    assert [each.verdict for each in wrong(check(check_casts, table(*rows)))] == verdicts


@pytest.mark.parametrize(("odd", "told"), [("*", 1), ("", 1), ("5 F", 0), ("see note 3", 0)])
def test_a_total_that_is_too_small(odd: str, told: int) -> None:
    rows = (*GRANTS, f"Dune | 15,000 | {odd}", "Total | 298,000 | 870")
    assert len(wrong(check(check_casts, table(*rows)))) == told
    money = ("Head | Net £", "Kelp | 320", "Marsh | 450", "Cove | 130", f"Dune | {odd or '?'}", "Total | 870")
    assert wrong(check(check_casts, table(*money))) == []  # income may stand there
