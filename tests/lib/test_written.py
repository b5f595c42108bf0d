"""How are periods, money, counts and shares written?"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bluelamp.lib.written import say_count, say_many, say_money, say_month, say_percent, say_period


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ((2020, 4, 1), (2021, 3, 31), "12 months to March 2021"),
        ((2021, 1, 1), (2021, 3, 31), "3 months to March 2021"),
        ((2024, 2, 1), (2024, 2, 29), "February 2024"),
        ((2021, 3, 4), (2021, 4, 9), "4 March 2021 to 9 April 2021"),
        ((2024, 2, 1), (2024, 2, 28), "1 February 2024 to 28 February 2024"),
    ],
)
def test_periods(start: tuple[int, int, int], end: tuple[int, int, int], said: str) -> None:
    assert say_period(dt.date(*start), dt.date(*end)) == said


@pytest.mark.parametrize(
    ("pounds", "thousands", "said"),
    [
        (1_076_000, True, "£1,076k"),
        (1_076_500, True, "£1,077k"),
        (-3_426_000, True, "-£3,426k"),
        (1_234_567, False, "£1,234,567"),
        (Decimal("5.5"), False, "£5.50"),
        (0, False, "£0"),
    ],
)
def test_money(pounds: int | Decimal, thousands: bool, said: str) -> None:
    assert say_money(pounds, thousands=thousands) == said


def test_counts_and_shares() -> None:
    assert say_count(1076) == "1,076"
    assert (say_many(1, "item"), say_many(1076, "item")) == ("1 item", "1,076 items")
    assert say_many(0, "item", in_words=True) == "no items"
    assert say_many(2, "body", "bodies", in_words=True) == "two bodies"
    assert (say_percent(Decimal("0.7745")), say_percent(Decimal("0.5"), 0)) == ("77.5%", "50%")
    assert say_month(dt.date(2021, 3, 31)) == "March 2021"
