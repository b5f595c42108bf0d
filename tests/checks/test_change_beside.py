"""Is a change told behind a level held to the level and its base, and left alone where either is a guess?"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, wrong

from bluelamp.checks.change_beside import check_changes_beside
from bluelamp.checks.model import Verdict

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    "text",
    [
        "A precept of £286.11 for Band D is proposed, an increase of £13.00 (4.8%) on the current £273.11.",
        "Borrowing stood at £41.4m on 30 June 2023, compared with £36.9m at 31 March 2023, an increase of £4.5m.",
        "Burglary fell to 1,204, a reduction of 96 (7.4%) from 1,300 the year before.",
        "Satisfaction is 74%, an increase of 3 percentage points (4.2%) on the 71% of last year.",
        "Band D council tax of £255.10, an increase of 5.9% on £240.90, will raise £71.2m.",
        "There were 1,108 burglaries, an increase of 96 (9.5%) on last year.",
        "We took 41,208 grade A calls, 1,107 (2.8%) more than in the previous year.",
        "We took 41,208 calls, 1,107 (2.6%) fewer than in the previous year.",
        "Calls of 120,000 a year, an increase of 20% on 100,000, are expected.",
    ],
)
def test_a_change_that_holds(text: str) -> None:
    assert [each.verdict for each in check(check_changes_beside, text)] == [Verdict.CONSISTENT]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A precept of £286.11 is proposed, an increase of £15.00 (4.8%) on the current £273.11.",
         "from £273.11 to £286.11 is +13, not £15.00"),
        ("A precept of £286.11 is proposed, a rise of £13.00 (5.8%) on the current £273.11.", "+4.8%, not 5.8%"),
        ("Debt was £41.4m, compared with £36.9m at 31 March 2023, an increase of £3.5m.", "+4,500,000, not £3.5m"),
        ("Burglary stood at 1,204, a rise of 96 (7.4%) on 1,300 the year before.", "1,204 is less than 1,300"),
        ("Satisfaction is 74%, down 3 percentage points on the 71% of last year.", "74% is more than 71%"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be(text: str, says: str) -> None:
    (found,) = wrong(check(check_changes_beside, text))
    assert found.verdict is Verdict.CONTRADICTION
    assert says in found.message


def test_without_a_base_it_is_a_doubt() -> None:
    (found,) = wrong(
        check(check_changes_beside, "There were 1,108 burglaries, an increase of 96 (12%) on last year.")
    )
    assert found.verdict is Verdict.SUSPECT
    assert found.recomputed == "96 on the 1,012 before is 9.5%"


@pytest.mark.parametrize(
    "text",
    [
        "There were 702 women (34.9%) of 2,011, an increase of 24 (3.5%) on the previous year.",
        "Overtime was £2.4m, an increase of £0.3m (20%) on 2022/23, against a budget of £2.1m.",
        "We recorded 2,410 offences, an increase of 210 (12%) on target and a decrease of 40 (2%) on last year.",
        "The rate is 5.3 per 1,000, an increase of 210 (10%) on last year.",
        "Days lost were 11,079, a fall of 20% from around 12,500.",
        "Burglary fell by 96, a reduction of 30 (9%) on what was planned.",
        "Of 2,410 offences 310 were solved, an increase of 40 (2%) on last year.",
        "Crime is up 8%, a rise of 1,200 (9%) on last year.",
        "We took 41,208 calls, 1,107 (9%) of them on one day, more than ever.",
        "We took 41,208 calls, 1,107 (9%) more than planned for under the forecast.",
        "The team of 40 took 41,208 calls and 1,107 (9%) more than last year by post.",
        "It costs £2.40 a day, an increase of 10% on the budget of £1.80.",
    ],
)
def test_what_may_be_of_something_else(text: str) -> None:
    assert wrong(check(check_changes_beside, text)) == []


@settings(deadline=None, max_examples=80)
@given(
    st.integers(10**5, 10**9),
    st.integers(10**5, 10**9),
    st.integers(0, 2),
    st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]),
)
def test_true_figures_rounded_to_any_place_are_no_contradiction(
    one: int, other: int, places: int, how: str
) -> None:
    before, after = Decimal(one) / 1000, Decimal(other) / 1000
    step = Decimal(1).scaleb(-places)
    assume(before.quantize(step, how) != after.quantize(step, how))
    by, share = abs(after - before), abs(after - before) * 100 / before
    shown = [f"{each.quantize(step, how):,f}" for each in (after, by, before)]
    word = "an increase" if after > before else "a decrease"
    percent = share.quantize(Decimal("0.1"), how)
    text = f"Spend was £{shown[0]}, {word} of £{shown[1]} ({percent}%) on the £{shown[2]} of last year."
    assert wrong(check(check_changes_beside, text)) == []
