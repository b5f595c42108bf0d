"""Is a share or an average of two figures that a sentence names what the table gives?"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, table, wrong

from bluelamp.checks.model import Verdict
from bluelamp.checks.shares_of_rows import check_shares_of_rows

pytestmark = pytest.mark.no_database

_POSTS = table("Group | Posts | Vacancies", "Officers | 400 | 20", "Staff | 200 | 40", "All | 600 | 60")
_SPENT = table("Spent on | £m", "Pay | 140.0", "Fleet | 25.0", "Supplies | 35.0", "Total | 200.0")
_NET = table("Spending | £m", "Pay | 70.0", "Rent | 30.0", "Income | (10.0)", "Total | 90.0")
_YEARS = table("Head | 2023/24 | 2024/25", "Pay | 70 | 80", "Fleet | 30 | 40", "Total | 100 | 120")
_VISITS = table("Station | Visits | Detainees seen", "Hill | 50 | 305", "Dale | 40 | 160", "All | 90 | 465")


@pytest.mark.parametrize(
    ("grid", "text"),
    [
        (_POSTS, "Vacancies stood at 11.4% of posts."),
        (_POSTS, "2.1 Vacancies were around 25% of posts."),
        (_SPENT, "Pay cost 74% of what was spent."),
        (_SPENT, "Fleet took 15% of spending."),
        (_SPENT, "Supplies accounted for 19% of the total."),
        (_YEARS, "Fleet made up 36% of the total."),
        (_VISITS, "On average each visit met 6.2 detainees."),
    ],
)
def test_a_share_that_the_figures_do_not_give_is_told(grid: str, text: str) -> None:
    (found,) = wrong(check(check_shares_of_rows, f"{grid}\n{text}\n"))
    assert found.verdict is (Verdict.SUSPECT if grid in (_YEARS, _VISITS) else Verdict.CONTRADICTION)


@pytest.mark.parametrize(
    ("grid", "text"),
    [
        (_POSTS, "Vacancies stood at 10% of posts."),
        (_POSTS, "Vacancies stood at 20% of posts."),
        (_POSTS, "Vacancies were around 10.5% of posts."),
        (_POSTS, "Vacancies of detectives stood at 12% of posts."),
        (_POSTS, "Vacancies stood at 12% of posts in May."),
        (_POSTS, "Vacancies stood at 12% of turnover."),
        (_POSTS, "Vacancies stood at 12% of posts, against 10%."),
        (_POSTS + "\nThe second list.\n\n" + _POSTS, "Vacancies stood at 12% of posts."),
        (_SPENT, "Pay cost 70% of what was spent."),
        (_SPENT, "Fleet took 12% of spending."),
        (_SPENT, "Fleet took over 12% of spending."),
        (_SPENT, "Pay cost 82% of the net budget."),
        (_NET, "Pay accounted for 70% of spending."),
        (_SPENT, "Pay was 104% of the budget."),
        (_SPENT, "Pay cost 3% more than was planned."),
        (_SPENT, "Cars cost 74% of what was spent."),
        (_YEARS, "Pay made up 70% of the total."),
        (_YEARS, "Pay made up 67% of the total."),
        (_VISITS, "On average each visit met 5.2 detainees."),
        (_VISITS, "Each visit met 6.1 detainees."),
        (_VISITS, "On average each visit lasted 6.2 hours."),
        (_VISITS, "On average each visitor made 6.2 calls."),
        (_VISITS, "On average each visit met 95.5 detainees."),
    ],
)
def test_what_the_figures_give_or_may_be_of_others_is_left(grid: str, text: str) -> None:
    assert wrong(check(check_shares_of_rows, f"{grid}\n{text}\n")) == []


@settings(max_examples=40, deadline=None)
@given(
    st.integers(200, 900),
    st.integers(200, 900),
    st.integers(200, 900),
    st.sampled_from(["1", "0.1"]),
    st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]),
)
def test_a_share_rounded_or_cut_off_is_never_told(one: int, two: int, three: int, place: str, how: str) -> None:
    grid = table(
        "Spent on | £", f"Pay | {one}", f"Fleet | {two}", f"Rent | {three}", f"Total | {one + two + three:,}"
    )
    share = (Decimal(one) * 100 / (one + two + three)).quantize(Decimal(place), rounding=how)
    assert wrong(check(check_shares_of_rows, f"{grid}\nPay cost {share}% of what was spent.\n")) == []
    far = share + 2 if share < 50 else share - 2
    assert wrong(check(check_shares_of_rows, f"{grid}\nPay cost {far}% of what was spent.\n"))
