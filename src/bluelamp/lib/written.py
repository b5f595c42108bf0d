"""How are periods, money, counts and shares written for a person to read? (UX.md: £1,076k; days: calendar_days)"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from bluelamp.lib.calendar_days import say_day

_SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def say_month(day: dt.date) -> str:
    """March 2021."""
    return f"{day:%B} {day.year}"


def say_period(start: dt.date, end: dt.date) -> str:
    """ "12 months to March 2021" where both ends are those of months, else "4 March 2021 to 9 April 2021"."""
    whole = start.day == 1 and (end + dt.timedelta(days=1)).day == 1
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if whole and months == 1:
        return say_month(end)
    if whole and months > 1:
        return f"{months} months to {say_month(end)}"
    return f"{say_day(start)} to {say_day(end)}"


def say_count(number: int) -> str:
    """1,076."""
    return f"{number:,}"


def say_many(number: int, one: str, many: str = "", *, in_words: bool = False) -> str:
    """ "1 item", "1,076 items"; in words up to ten where asked: "two items", "no items"."""
    said = _SMALL[number] if in_words and 0 <= number <= 10 else say_count(number)
    return f"{said} {one if number == 1 else many or one + 's'}"


def say_money(pounds: int | Decimal, *, thousands: bool = False) -> str:
    """£1,076,000 or, in thousands, £1,076k; pence only where there are any; less than nothing is -£5."""
    amount = Decimal(pounds)
    sign = "-" if amount < 0 else ""
    amount = abs(amount)
    if thousands:
        return f"{sign}£{_round(amount / 1000, '1'):,}k"
    places = "0.01" if amount != amount.to_integral_value() else "1"
    return f"{sign}£{_round(amount, places):,}"


def say_percent(share: Decimal, places: int = 1) -> str:
    """A share of one: Decimal("0.774") is 77.4%."""
    return f"{_round(share * 100, '1' if not places else '0.' + '0' * (places - 1) + '1')}%"


def _round(number: Decimal, places: str) -> Decimal:
    return number.quantize(Decimal(places), rounding=ROUND_HALF_UP)
