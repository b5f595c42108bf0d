"""What may a number in a sentence mean at the most generous?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.checks.claim_spans import span_of
from bluelamp.checks.numbers import find_numbers

pytestmark = pytest.mark.no_database


def may_be(words: str, value: str) -> bool:
    (number,) = find_numbers(f"it was {words} then")
    span = span_of(number)
    return span.low <= Decimal(value) <= span.high


@pytest.mark.parametrize(
    ("words", "value", "fits"),
    [
        ("16%", "16.9", True),  # cut off
        ("16%", "15.5", True),  # rounded
        ("16%", "15.4", False),
        ("5,109", "5109", True),
        ("5,109", "5110", False),
        ("12,500", "12487", True),  # noughts at the end
        ("12,500", "12700", False),
        ("over 25,000", "25365", True),
        ("over 25,000", "24000", False),
        ("over 7,000", "6873", False),
        ("nearly 7,000", "6873", True),
        ("nearly 7,000", "7300", False),
        ("under 14,000", "13988", True),
        ("under 14,000", "14243", False),
        ("around 5,100", "5109", True),
        ("around 5,100", "5600", False),
        ("almost 50%", "49.7", True),
    ],
)
def test_a_number_and_a_value(words: str, value: str, fits: bool) -> None:
    assert may_be(words, value) is fits


@given(
    st.integers(1, 10**7),
    st.sampled_from(["", "around ", "over ", "nearly ", "at least ", "up to ", "just under "]),
)
def test_a_figure_may_always_be_itself(value: int, hedge: str) -> None:
    if 1900 <= value <= 2099:
        return
    assert may_be(f"{hedge}{value:,}", str(value))
