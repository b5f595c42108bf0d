"""How is a figure of an indicator printed, and how its change, as the published tables print them?

A count as "8,105", a percentage as "77.4%", a ratio with the two numbers it is made of ("101.34% 1,980/2,006"),
money as "£1,076"; a change as "+16.1%" or "-0.8% pts". Halves are rounded away from zero, as people do.
"""

from __future__ import annotations

from decimal import Decimal

from bluelamp.figures.saying import round_figure, say_ratio
from bluelamp.performance.plans import Indicator

SHARES = ("percentage", "ratio")
"""Units whose change is in percentage points."""


def places_of(value: Decimal) -> int:
    """How many decimals a number has, the zeros at its end not counted."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def print_value(
    indicator: Indicator,
    value: Decimal,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    *,
    places: int | None = None,
    parts: bool = False,
) -> str:
    """The figure in the indicator's unit, with its decimals unless `places` says another number of them.

    A ratio, and a percentage with `parts`, has what it is made of beside it: "101.34% 1,980/2,006".
    """
    number = f"{round_figure(value, indicator.decimals if places is None else places):,}"
    if indicator.unit == "money":
        return f"-£{number[1:]}" if number.startswith("-") else f"£{number}"
    if indicator.unit not in SHARES:
        return number
    if numerator is None or not (parts or indicator.unit == "ratio"):
        return f"{number}%"
    if denominator is None:
        return f"{number}% {round_figure(numerator, places_of(numerator)):,}"
    return f"{number}% {say_ratio(numerator, denominator)}"


def unit_words(indicator: Indicator) -> str:
    """What the figures count, for the head of a column and the axis of a chart."""
    if indicator.unit in SHARES:
        return "per cent"
    if indicator.unit == "rate" and indicator.per:
        return f"per {indicator.per:,}"
    return {"money": "£", "days": "days", "mean": "average", "rate": "rate"}.get(indicator.unit, "number")
