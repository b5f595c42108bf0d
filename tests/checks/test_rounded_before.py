"""Is a column whose last decimals are all noughts taken for what it is: rounded before it was printed?"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.cast_columns import check_columns
from bluelamp.checks.casts import check_casts
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database

HEAD = "Parish | Dogs (thousands) | Cats (thousands) | Total (thousands)"
ROWS = [("Kelp", 3, 4, 7), ("Marsh", 12, 15, 28), ("Cove", 21, 9, 30), ("Dune", 8, 11, 19), ("Wold", 5, 6, 10),
        ("Fell", 40, 33, 73), ("Holt", 17, 18, 35), ("Lea", 26, 2, 28)]  # fmt: skip


def _rows(decimals: str) -> list[str]:
    return [" | ".join([name, *(f"{figure}{decimals}" for figure in figures)]) for name, *figures in ROWS]


def test_sums_of_figures_that_were_rounded_may_miss_by_their_rounding() -> None:
    assert wrong(check(check_columns, table(HEAD, *_rows(".00")))) == []


def test_a_sum_that_misses_by_more_is_told_all_the_same() -> None:
    rows = [*_rows(".00"), "Gorse | 14.00 | 16.00 | 35.00"]
    assert [each.verdict for each in wrong(check(check_columns, table(HEAD, *rows)))] == [Verdict.CONTRADICTION]


def test_pounds_and_figures_with_one_decimal_that_tells_are_exact() -> None:
    pounds = [row.replace(" | ", " | £") for row in _rows(".00")]
    told = wrong(check(check_columns, table("Parish | Dogs | Cats | Total", *pounds)))
    assert len(told) == 2
    rows = [
        *_rows(".00"),
        "Gorse | 14.25 | 16.00 | 30.25",
        "Moor | 1.00 | 2.50 | 3.50",
        "Tarn | 1.00 | 2.50 | 3.50",
    ]
    assert len(wrong(check(check_columns, table(HEAD, *rows)))) == 2


@given(st.lists(st.decimals(1, 900, places=3), min_size=8, max_size=16, unique=True), st.integers(0, 2))
def test_a_total_of_figures_rounded_before_is_never_told(parts: list[Decimal], kept: int) -> None:
    place = Decimal(1).scaleb(-kept)
    printed = [f"{value.quantize(place, ROUND_HALF_UP):.3f}" for value in [*parts, sum(parts)]]
    assume(len(set(printed)) > 6)  # fewer that are all noughts may be exact
    names = [*(f"Parish {chr(65 + n)}" for n in range(len(parts))), "Total"]
    rows = [f"{name} | {figure}" for name, figure in zip(names, printed, strict=True)]
    assert wrong(check(check_casts, table("Parish | Dogs", *rows))) == []
