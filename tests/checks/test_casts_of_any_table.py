"""Law 2 over any table: rounded or cut off, no contradiction; an integer changed beyond rounding, one."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, said, table, wrong

from bluelamp.checks.cast_columns import check_columns
from bluelamp.checks.casts import check_casts
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database
NAMES = ("Aldham", "Birch", "Carrow", "Dell", "Eastgate", "Fenside", "Grey", "Hatherley", "Ivy", "Jubilee")
TRUE = st.integers(-(10**8), 10**9).map(lambda n: Decimal(n) / 1000)


def money(value: Decimal) -> str:
    return f"({-value:,f})" if value < 0 else f"{abs(value):,f}"


@settings(deadline=None, max_examples=80)
@given(
    st.lists(TRUE, min_size=2, max_size=10),
    st.integers(0, 3),
    st.sampled_from([ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN]),
    st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]),
)
def test_true_values_rounded_to_any_place_are_no_contradiction(
    values: list[Decimal], places: int, part: str, whole: str
) -> None:
    """Under "£m" every figure is a rounded one, whole numbers too; below nought it stands in brackets."""
    step = Decimal(1).scaleb(-places)
    shown = [money(value.quantize(step, part)) for value in values]
    printed = money(sum(values, Decimal(0)).quantize(step, whole))
    rows = [f"{name} | {figure}" for name, figure in zip(NAMES, shown, strict=False)]
    text = table("Head | £m", *rows, f"Total | {printed}")
    assert wrong(check(check_casts, text)) == []


@settings(deadline=None, max_examples=80)
@given(st.lists(st.integers(1, 99_999), min_size=2, max_size=5), st.data())
def test_one_digit_changed_in_a_total_of_counts_is_a_contradiction(values: list[int], data: st.DataObject) -> None:
    digits = list(str(sum(values)))
    at = data.draw(st.integers(0, len(digits) - 1))
    digits[at] = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[at] and (at or d != "0")]))
    changed = int("".join(digits))
    assume(
        any(value != changed for value in values)
    )  # the same in every row and below them is one rate, not a sum
    assume(len(values) < 5 or any(value % 5 for value in values))  # six that end in 0 or 5 were rounded to it
    rows = [f"{name} | {value:,} | {value:,}" for name, value in zip(NAMES, values, strict=False)]
    text = table("Area | Open | Closed", *rows, f"Total | {changed:,} | {sum(values):,}")
    found = said(check(check_casts, text), Verdict.CONTRADICTION)
    assert len(found) == 1
    assert f"prints {changed:,}" in found[0].message


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8), st.integers(-3, 3))
def test_the_verdict_is_that_of_the_exact_fractions(values: list[int], off: int) -> None:
    """A slow twin: each thousandth printed may stand for a half unit less, or a whole unit more."""
    total = sum(values) + off
    assume(total > 0)
    low = sum((Fraction(v) - (Fraction(1, 2) if v else 1) for v in values), Fraction(0))
    high = sum((Fraction(v) + 1 for v in values), Fraction(0))
    may_be = low <= Fraction(total) + 1 and Fraction(total) - Fraction(1, 2) <= high
    rows = [f"{name} | {value:,} | x" for name, value in zip(NAMES, values, strict=False)]
    found = check(check_casts, table("Head | £'000 | Lead", *rows, f"Total | {total:,} | x"))
    assert bool(wrong(found)) is not may_be


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(TRUE, TRUE), min_size=4, max_size=10), st.sampled_from([0, 1, 2]))
def test_a_column_that_is_two_others_added_is_never_wrong_when_rounded(
    pairs: list[tuple[Decimal, Decimal]], places: int
) -> None:
    step = Decimal(1).scaleb(-places)
    rows = [
        f"{name} | {money(a.quantize(step))} | {money(b.quantize(step))} | {money((a + b).quantize(step))}"
        for name, (a, b) in zip(NAMES, pairs, strict=False)
    ]
    assert wrong(check(check_columns, table("Head | Base £m | Added £m | Total £m", *rows))) == []
