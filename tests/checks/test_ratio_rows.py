"""Is a row of percentages held to the two rows it is made of, where its columns show that it is?"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, said, table, wrong

from bluelamp.checks.cast_columns import check_columns
from bluelamp.checks.model import Verdict
from bluelamp.checks.ratio_rows import check_ratio_rows

pytestmark = pytest.mark.no_database

HEAD = " | Jan | Feb | Mar | Q4"
CALLS = "999 calls | 21,304 | 19,877 | 20,412 | 61,593"
ANSWERED = "Answered in 10 seconds | 18,960 | 18,088 | 18,779 | 55,827"
SHARE = "% answered in 10 seconds | 89.0% | 91.0% | 92.0% | 90.6%"
TIME = "Average answer time (seconds) | 9 | 7 | 7 | 8"
LOST = "Abandoned | 212 | 230 | 198 | 640"


def test_a_row_of_shares_that_holds() -> None:
    results = check(check_ratio_rows, table(HEAD, CALLS, ANSWERED, SHARE, TIME))
    assert [each.verdict for each in results] == [Verdict.CONSISTENT] * 4


def test_a_share_that_its_column_does_not_give() -> None:
    text = table(HEAD, CALLS, ANSWERED, SHARE.replace("91.0%", "93.0%"), TIME)
    (found,) = wrong(check(check_ratio_rows, text))
    assert found.verdict is Verdict.CONTRADICTION
    assert "prints 93.0% under “Feb” beside 18,088 by 19,877, which is 91%" in found.message


@pytest.mark.parametrize(
    "share",
    [
        "Public satisfied % | 61.0% | 64.0% | 62.0% | 62.3%",
        "% change | +3.0% | -7.0% | +2.6% | +1.1%",
        "% answered in 10 seconds | 89.0% | 64.0% | 41.0% | 90.6%",  # two of four hold: nothing is learnt
    ],
)
def test_a_row_that_is_made_otherwise(share: str) -> None:
    assert wrong(check(check_ratio_rows, table(HEAD, CALLS, ANSWERED, share, TIME))) == []


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 50_000), st.integers(0, 50_000)), min_size=3, max_size=12),
    st.integers(0, 2),
    st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]),
)
def test_true_shares_however_rounded_are_never_wrong(pairs: list[tuple[int, int]], places: int, how: str) -> None:
    step = Decimal(1).scaleb(-places)
    tops, wholes = [top for top, _ in pairs], [top + more for top, more in pairs]
    shares = [(Decimal(a) * 100 / b).quantize(step, how) for a, b in zip(tops, wholes, strict=True)]
    rows = [
        "Calls | " + " | ".join(f"{n:,}" for n in wholes),
        "Answered | " + " | ".join(f"{n:,}" for n in tops),
        "Answered % | " + " | ".join(f"{n}%" for n in shares),
    ]
    text = table(" | ".join(["", *(f"Week {n}" for n in range(len(pairs)))]), *rows)
    assert wrong(check(check_ratio_rows, text)) == []


# -- the same tables, across --------------------------------------------------------------------------------------


def test_a_quarter_is_the_sum_of_its_months_in_the_rows_that_count() -> None:
    good = check(check_columns, table(HEAD, CALLS, ANSWERED, SHARE, TIME, LOST))
    assert wrong(good) == []
    assert len(said(good, Verdict.CONSISTENT, "total-across")) == 3


def test_a_quarter_that_its_months_do_not_sum_to() -> None:
    more = "Transferred | 101 | 99 | 120 | 320"
    text = table(HEAD, CALLS, ANSWERED.replace("55,827", "58,527"), SHARE, TIME, LOST, more)
    (found,) = wrong(check(check_columns, text))
    assert "“Q4” prints 58,527; the 3 columns it adds up sum to 55,827" in found.message


def test_a_quarter_of_stocks_is_no_sum() -> None:
    rows = (
        "Officers | 2,011 | 2,020 | 2,019 | 2,019",
        "Staff | 1,187 | 1,190 | 1,179 | 1,179",
        "Open | 12 | 9 | 8 | 8",
    )
    assert check(check_columns, table(HEAD, *rows)) == []
